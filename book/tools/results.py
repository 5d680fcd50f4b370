"""Write the page book/results.md: what each study asked, what it found, and on what.

    .venv/bin/python book/tools/results.py
"""

from __future__ import annotations

import statistics
from collections import Counter
from pathlib import Path

from lenet.study import STUDIES, Study, detectable_difference, load_study, paired_difference, read_runs
from lenet.study.grid import purpose
from lenet.study.statistics import wrong_answers

PAGE = Path(__file__).resolve().parents[1] / "results.md"

LAST = ("validation_loss", "validation_error")
HEAD = """# Results and their provenance

What one run of a minute cannot show is answered by a study: a grid of runs, each arm once with each seed. The chapters read the results; nothing is copied by hand. Here is each study, with what was fixed before its first run, what it found, and where its numbers come from.

Each run is one line of `data/results/NAME.jsonl`: its configuration, its seed, the loss and the error after each epoch, the test digits that it got wrong, its seconds, the versions, the processor, and a digest of the code. `python -m lenet.study run NAME` does the runs that are missing; to repeat one, remove its line first. A repeated run agrees to the last digit on the same kind of processor, and nearly so on others.

A study whose name ends in *choice* learns from 55,000 digits and validates on the other 5,000. It never looks at the test digits. What it chooses is then trained on all 60,000, and tested once, after the last epoch.
"""


def choice(study: Study, runs: list[dict]) -> str:
    """Validation loss and error after the last epoch, a row for each arm."""
    text = "After the last epoch, on validation digits, means over the seeds:\n\n| arm | seeds | loss | error in percent |\n|---|---:|---:|---:|\n"
    for name in study.arms:
        last = [run["epochs"][-1] for run in runs if run["arm"] == name]
        means = [statistics.mean(float("inf") if (value := epoch[key]) is None else value for epoch in last) for key in LAST] if last else []
        text += f"| {name} | {len(last)} | {' | '.join(f'{mean:.4f}' for mean in means) or ' | '} |\n"
    return text


def choice_by_rate(study: Study, runs: list[dict]) -> str:
    """Mean validation loss after the last epoch: a row for each network and rule, a column for each rate."""
    arms = list(study.arms.values())
    rates = sorted({arm["learning_rate"] for arm in arms})
    losses: dict[tuple, list[float]] = {}
    for run in runs:
        key = tuple(run["config"][name] for name in ("preset", "initial", "learning_rate"))
        losses.setdefault(key, []).append(float("inf") if (loss := run["epochs"][-1]["validation_loss"]) is None else loss)
    text = f"Mean validation loss in nats after the last epoch, {len(study.seeds)} seeds each:\n\n"
    text += "| activation | first weights | " + " | ".join(f"rate {rate:g}" for rate in rates) + " |\n"
    text += "|---|---|" + "---:|" * len(rates) + "\n"
    for preset, rule in dict.fromkeys((arm["preset"], arm["initial"]) for arm in arms):
        cells = [losses.get((preset, rule, rate), []) for rate in rates]
        text += f"| {preset} | {rule} | " + " | ".join(f"{statistics.mean(cell):.4f}" if len(cell) == len(study.seeds) else "" for cell in cells) + " |\n"
    return text


def final(study: Study, runs: list[dict]) -> str:
    """Test error of each arm: mean, standard deviation over the seeds, least and greatest."""
    text = "Test error in percent, over the seeds:\n\n| arm | first weights | rate | seeds | mean | standard deviation | least | greatest |\n|---|---|---:|---:|---:|---:|---:|---:|\n"
    for name, arm in study.arms.items():
        errors = [run["test_error"] for run in runs if run["arm"] == name]
        numbers = [f"{f(errors):.3f}" for f in (statistics.mean, statistics.stdev, min, max)] if len(errors) > 1 else [""] * 4
        text += f"| {name} | {arm['initial']} | {rate(arm):g} | {len(errors)} | " + " | ".join(numbers) + " |\n"
    text += "\nDifferences of the test error in points, paired by seed. The interval of 95 % and the standard error are for new seeds and new digits. The last column is the true difference that such a study sees four times in five.\n\n| difference | mean | interval | standard error | could be seen |\n|---|---:|---:|---:|---:|\n"
    for name in study.arms:
        base, seeds = "relu" if "relu" in study.arms else next(iter(study.arms)), study.seeds
        base = "tanh by error" if name == "relu by error" else base
        if name == base or any(sum(run["arm"] == each for run in runs) < len(seeds) for each in (name, base)):
            continue
        found = paired_difference(wrong_answers(runs, name, seeds), wrong_answers(runs, base, seeds))
        seen = detectable_difference(found.standard_error, len(seeds))
        text += f"| {name} minus {base} | {found.mean:.3f} | {found.low:.3f} to {found.high:.3f} | {found.standard_error:.3f} | {seen:.3f} |\n"
    return text


def rate(arm: dict) -> float:
    """The highest rate: Adam's, or η of 1998's first passes."""
    return arm["rates"][0] if "rates" in arm else arm["learning_rate"]


def provenance(runs: list[dict]) -> str:
    def counted(values) -> str:
        return "; ".join(f"{value} ({n})" for value, n in Counter(values).most_common())

    versions = counted(", ".join(f"{name} {number}" for name, number in run["versions"].items()) for run in runs)
    seconds = statistics.median(run["seconds"] for run in runs)
    return f"Runs by processor: {counted(run['processor'] for run in runs)}. By versions: {versions}. By code: {counted(run['code'] for run in runs)}. Median seconds of a run, one thread: {seconds:.0f}.\n"


def page() -> str:
    text = HEAD
    for name in STUDIES:
        if name == "rehearsal":
            continue
        if not (runs := read_runs(name)):  # not begun
            continue
        study = load_study(name)
        text += f"\n## {name}\n\n{purpose(name)}\n\n{len(runs)} of {len(study.arms) * len(study.seeds)} runs are done: {len(study.arms)} arms, seeds {study.seeds[0]} to {study.seeds[-1]}.\n"
        found = choice_by_rate if name == "activations-choice" else choice if study.choosing else final
        text += f"\n{found(study, runs)}\n{provenance(runs)}"
    return text + "\n`book/tools/results.py` writes this page.\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
