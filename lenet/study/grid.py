"""The studies of the book: which networks are trained, how, and how often."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from lenet.distort import Distortion
from lenet.study.results import read_runs, results_folder
from lenet.training import Recipe, Recipe1998

ACTIVATIONS = ("tanh", "relu", "relu-all", "scaled-tanh", "sigmoid", "silu")
RATES = (1e-3, 2e-3, 4e-3, 8e-3)
HIGHER_RATES = {"tanh": (1.6e-2,), "sigmoid": (1.6e-2, 3.2e-2), "silu": (1.6e-2,)}  # where the highest of the others did best
RULES = ("glorot", "he")
NO_RUBBISH = 1e3  # a j that no distance reaches
EBLEARN = {"initial": "eblearn", "parts": {"coefficient": 0.5}}  # the first weights of that later library


class Study(NamedTuple):
    """A grid of runs: each arm once with each seed.

    An arm is a configuration: ``preset``, ``initial`` and changed ``parts`` of `lenet.models.lenet5`, ``digits`` (how many of
    the training digits, ``None`` for all), and the fields of a `lenet.training.Recipe`; or, where training is that of 1998, of
    a `lenet.training.Recipe1998`, with ``distortion``, the numbers of a `lenet.distort.Distortion`, or ``None``.
    """

    name: str
    arms: dict[str, dict[str, Any]]  # name of the arm → configuration
    seeds: range
    choosing: bool = False  # learn from 55,000, look at 5,000 others, and leave the test digits alone


def configuration(**changes: Any) -> dict[str, Any]:
    """The one configuration that all arms are changes of; with ``mu``, that of `configuration_1998`."""
    if "mu" in changes:
        return configuration_1998(**changes)
    return {"preset": "tanh", "initial": "lecun", "parts": {}, "digits": None, **Recipe()._asdict()} | changes


def configuration_1998(eta: float = 1.0, **changes: Any) -> dict[str, Any]:
    """The network of 1998, trained as published but for what is changed. ``eta`` multiplies the published rates."""
    own = Recipe1998()._asdict() | {"rates": [float(f"{eta * rate:.4g}") for rate in Recipe1998().rates]}
    return {"preset": "paper", "initial": "1998-root", "parts": {}, "digits": None, "distortion": None, **own} | changes


def rehearsal(folder: Path) -> Study:
    """Try out a machine or a cluster: six runs of a few seconds. Says nothing about networks."""
    short = {"digits": 1_000, "epochs": 1, "batch_size": 50}
    arms = {preset: configuration(preset=preset, **short) for preset in ("tanh", "relu")}
    return Study("rehearsal", arms, range(3))


def activations_choice(folder: Path) -> Study:
    """Choose the learning rate and the initial scale of each activation by the mean validation loss after the last epoch."""
    arms = {
        f"{preset}, {rule}, {rate:g}": configuration(preset=preset, initial=rule, learning_rate=rate)
        for preset in ACTIVATIONS
        for rule in RULES
        for rate in (*RATES, *HIGHER_RATES.get(preset, ()))
    }
    return Study("activations-choice", arms, range(5), choosing=True)


def activations(folder: Path) -> Study:
    """tanh or relu? Primary outcome, fixed before the first run: the test error after the last epoch, tanh minus relu,
    paired by seed. Every other comparison is exploratory, that with the rates of lowest validation error among them."""
    choice = activations_choice(folder)
    runs = read_runs(choice.name, folder)
    candidates = {preset: {name: arm for name, arm in choice.arms.items() if arm["preset"] == preset} for preset in ACTIVATIONS}
    arms = {preset: choose(runs, arms) for preset, arms in candidates.items()}
    for preset in ("tanh", "relu"):  # does the answer hang on how the rate was chosen?
        other = choose(runs, candidates[preset], "validation_error")
        if other != arms[preset]:
            arms[f"{preset} by error"] = other
    return Study("activations", arms, range(5, 25))  # not those that have chosen


def original(folder: Path) -> Study:
    """What the project that this book grew from could have reported: its recipe, with the tanh of its code and the relu of its
    README, ten seeds each. Nothing is chosen; the test error after the last epoch is looked at."""
    recipe = {"batch_size": 32, "learning_rate": 1e-3, "warm_up": None, "paper": 0.0, "ink": 1.0}
    return Study("original", {preset: configuration(preset=preset, initial="glorot", **recipe) for preset in ("tanh", "relu")}, range(10))


def paper1998_choice(folder: Path) -> Study:
    """Choose the first weights, a factor to the published rates, and how far digits are distorted, by the mean validation error after the last
    pass. Of equals what was published, or the milder."""
    arms = {f"plain, {eta:g}": configuration_1998(eta) for eta in (1.0, 0.5, 0.25, 0.125)}
    arms |= {f"plain, {eta:g}, eblearn": configuration_1998(eta, **EBLEARN) for eta in (1.0, 0.5, 0.25, 0.125)}
    # First with half the rates, which were thought best when this began; then, as those of `plain` were chosen, with a quarter.
    for eta, strengths in {0.5: (0.125, 0.25, 0.5), 0.25: (0.25, 0.5, 1.0, 2.0)}.items():
        for strength in strengths:
            distortion = [float(f"{strength * most:.4g}") for most in Distortion()]
            name = f"distorted, {strength:g}" if eta == 0.5 else f"distorted, {strength:g}, {eta:g}"
            arms[name] = configuration_1998(eta, distortion=distortion, **EBLEARN)
    return Study("paper1998-choice", arms, range(5), choosing=True)


def chosen_1998(folder: Path) -> dict[str, dict[str, Any]]:
    """The configurations that `paper1998_choice` found: ``plain``; ``distorted more``, the same but for the distortion, as in the paper;
    and ``distorted``, with the distortion that was best at half the rates, which were not chosen in the end."""
    choice = paper1998_choice(folder)
    runs = read_runs(choice.name, folder)

    def best(which: Callable[[dict[str, Any]], bool], size: str) -> dict[str, Any]:
        arms = {name: arm for name, arm in choice.arms.items() if which(arm)}
        return choose(runs, arms, "validation_error", lambda arm: arm[size][0])

    plain, half = best(lambda arm: not arm["distortion"], "rates"), choice.arms["plain, 0.5"]["rates"]
    stronger = best(lambda arm: arm["distortion"] and arm["rates"] == plain["rates"], "distortion")
    first = best(lambda arm: arm["distortion"] and arm["rates"] == half, "distortion")
    return {"plain": plain, "distorted": plain | {"distortion": first["distortion"]}, "distorted more": plain | {"distortion": stronger["distortion"]}}


def paper1998(folder: Path) -> Study:
    """Is 0.95 % true? The network of 1998, trained as in 1998, plain and with distorted digits. Primary outcome, fixed before the
    first run: the mean test error of ``plain`` after the last of its 20 passes. All else is exploratory. ``distorted more`` was added after the
    other two had been tested: the distortion of ``distorted`` had been chosen at rates that were not taken in the end."""
    return Study("paper1998", chosen_1998(folder), range(5, 15))  # not those that have chosen


def paper1998_sizes(folder: Path) -> Study:
    """The same with fewer digits to learn from, as many passes. Exploratory."""
    plain = chosen_1998(folder)["plain"]
    return Study("paper1998-sizes", {f"{digits:,}": plain | {"digits": digits} for digits in (3_750, 7_500, 15_000, 30_000)}, range(5, 10))


def paper1998_questions(folder: Path) -> Study:
    """What difference does it make, where the paper can be read in two ways, or other books build it otherwise? One change each
    to ``plain`` as it was chosen, whose runs are in paper1998-choice; on validation digits."""
    changes = {
        "first weights within 2.4 / F": {"initial": "1998", "parts": {"coefficient": None}},
        "distance alone": {"j": None},
        "j = 1": {"j": 1.0},
        "j = 40": {"j": 40.0},
        "no rubbish": {"j": NO_RUBBISH},
        "curvature of MAP": {"curvature": "map"},
        "batches of 8": {"batch_size": 8},
        "another order in each pass": {"reshuffled": True},
        "first coefficients 1/4": {"parts": {"coefficient": 0.25}},
        "C3 reads all maps": {"parts": {"table": False}},
        "softmax output": {"parts": {"output": "softmax"}, "j": NO_RUBBISH, "curvature": "map"},
        "bitmaps without bar": {"parts": {"output": "distances, no bar"}},
    }
    plain = chosen_1998(folder)["plain"]
    arms = {name: plain | change | {"parts": plain["parts"] | change.get("parts", {})} for name, change in changes.items()}
    return Study("paper1998-questions", arms, range(5), choosing=True)


def rungs(rates: dict[str, float]) -> dict[str, dict[str, Any]]:
    """The networks between that of 1998 and that of today, each one change from the one above, all trained by Adam; and one
    aside, maxima with tanh, which shows whether what maxima do hangs on the bend.

    Args:
        rates: the learning rate of each; one that is not named has none yet.
    """
    parts = {
        "Adam": {"preset": "paper", "parts": EBLEARN["parts"]},
        "softmax": {"preset": "paper", "parts": EBLEARN["parts"] | {"output": "softmax"}},
        "averages": {"preset": "paper", "parts": {"output": "softmax", "pooling": "average"}},
        "all maps": {"preset": "scaled-tanh"},
        "tanh": {"preset": "tanh"},
        "relu": {"preset": "relu"},
        "maxima": {"preset": "relu", "parts": {"pooling": "max"}},
        "aside": {"preset": "tanh", "parts": {"pooling": "max"}},
    }
    return {name: configuration(initial=EBLEARN["initial"], epochs=20, **change) | {"learning_rate": rates.get(name)} for name, change in parts.items()}


def ladder_choice(folder: Path) -> Study:
    """Choose the learning rate of each rung that Adam trains, by the mean validation error after the last epoch, as that of 1998 was chosen. Until
    58 of these runs were done, and before any of the ladder's, the rule was the loss: after 20 epochs it mostly wanted the lowest rate tried, which mostly errs more."""
    return Study("ladder-choice", {f"{name}, {rate:g}": rungs({name: rate})[name] for name in rungs({}) for rate in RATES}, range(5), choosing=True)


def ladder(folder: Path) -> Study:
    """Which changes since 1998 matter? From ``plain`` of paper1998, whose runs are the first rung, one change at a time. Fixed before
    the first run: each rung's outcome is its test error after the last of 20 epochs, minus that of the rung above, paired by seed."""
    choice = ladder_choice(folder)
    runs = read_runs(choice.name, folder)
    candidates = {rung: {name: arm for name, arm in choice.arms.items() if name.startswith(f"{rung}, ")} for rung in rungs({})}
    rates = {rung: choose(runs, arms, "validation_error")["learning_rate"] for rung, arms in candidates.items()}
    no_rubbish = chosen_1998(folder)["plain"] | {"j": NO_RUBBISH}
    return Study("ladder", {"no rubbish": no_rubbish, **rungs(rates)}, range(5, 15))


STUDIES: dict[str, Callable[[Path], Study]] = {  # the docstring of each is its purpose
    function.__name__.replace("_", "-"): function
    for function in (rehearsal, activations_choice, activations, original, paper1998_choice, paper1998, paper1998_sizes, paper1998_questions, ladder_choice, ladder)
}  # fmt: skip


def load_study(name: str, folder: Path | None = None) -> Study:
    """The study of a name; where its arms depend on what another study chose, that one's results are read.

    Args:
        name: one of `STUDIES`.
        folder: where the results are; ``None`` for ``data/results``.

    Raises:
        ValueError: no study of that name, or the study that chooses for it is not complete.
    """
    if name not in STUDIES:
        raise ValueError(f"Expected a study among {', '.join(STUDIES)}, received {name!r}.")
    return STUDIES[name](folder or results_folder())


def purpose(name: str) -> str:
    """What a study is for, and what was fixed before its first run: one line."""
    return " ".join((STUDIES[name].__doc__ or "").split())


def choose(
    runs: list[dict[str, Any]],
    arms: dict[str, dict[str, Any]],
    by: str = "validation_loss",
    size: Callable[[dict[str, Any]], float] = lambda arm: arm["learning_rate"],
) -> dict[str, Any]:
    """The configuration with the lowest mean validation loss after the last epoch, to three decimals.

    Args:
        runs: lines of a study that chooses, from `read_runs`.
        arms: the candidates, simplest first: of equals the first is taken. A run that diverged counts as infinite.
        by: ``"validation_loss"`` or ``"validation_error"``.
        size: of what is tried in an arm, its learning rate if nothing else is said.

    Returns:
        The configuration of the winner.

    Raises:
        ValueError: a candidate has fewer than five runs, or the winner has the smallest or the largest size that was tried.
    """
    means = {}
    for name in arms:
        losses = [run["epochs"][-1][by] for run in runs if run["arm"] == name]
        if len(losses) < 5:
            study = "the study that chooses" if not runs else runs[0]["study"]
            raise ValueError(f"Expected at least five runs of the arm {name!r} in {study}, found {len(losses)}. Run it first.")
        means[name] = round(sum(float("inf") if loss is None else loss for loss in losses) / len(losses), 3)
    winner = arms[min(means, key=means.__getitem__)]
    sizes = sorted(map(size, arms.values()))
    if size(winner) in (sizes[0], sizes[-1]):
        raise ValueError(f"Expected the best rate inside the grid, found it at the edge, {winner}. Extend the grid.")
    return winner
