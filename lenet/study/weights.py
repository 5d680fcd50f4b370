"""The weights that come with the book, and how they changed while they were trained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from lenet.data import data_folder, load_mnist, split
from lenet.models import named_weights, save_weights, write_tensors
from lenet.study.grid import configuration
from lenet.study.job import learn
from lenet.study.results import read_runs
from lenet.training import error, versions


def median_run(study: str, arm: str) -> dict[str, Any]:
    """The run of an arm that has as many better ones as worse ones; of an even number, the better of the two in the middle.

    Raises:
        ValueError: the arm has no run yet.
    """
    runs = sorted((run for run in read_runs(study) if run["arm"] == arm), key=lambda run: (run["test_error"], run["seed"]))
    if not runs:
        raise ValueError(f"Expected runs of {arm} in {study}, found none. Call: python -m lenet.study run {study}")
    return runs[(len(runs) - 1) // 2]


def make_weights(preset: str, folder: Path | None = None) -> None:
    """Train one preset and write two files: ``<preset>.safetensors``, the weights after the last epoch, and
    ``<preset>-epochs.safetensors``, those before the first and after each, as ``epoch-00/C1/kernel`` and so on.

    Args:
        preset: ``"tanh"`` or ``"relu"``, on 55,000 digits with seed 0 and the recipe of the book; or ``"paper"``: what the
            median run of ``plain`` in the study paper1998 did. The test digits are looked at once, at the end.
        folder: where to write; ``None`` for ``data/weights``.

    Raises:
        ValueError: the study has no runs.
    """
    training, test = load_mnist()
    if preset == "paper":
        median = median_run("paper1998", "plain")
        config, seed, validation = median["config"], median["seed"], None
    else:
        config, seed = configuration(preset=preset), 0
        training, validation = split(training)
    snapshots: dict[str, np.ndarray] = {}

    def snapshot(epoch: int, model: Any) -> None:
        print(f"{preset}: {epoch} of {len(config.get('rates', ())) or config['epochs']} epochs done", flush=True)
        snapshots.update({f"epoch-{epoch:02}/{name}": value for name, value in named_weights(model).items()})

    model, run = learn(config, seed, training[: config["digits"]], validation, snapshot)
    story = {
        "preset": preset,
        "recipe": json.dumps(run.recipe._asdict()),
        "seed": str(seed),
        "versions": ", ".join(f"{name} {number}" for name, number in versions().items()),
        "epochs": json.dumps([epoch._asdict() for epoch in run.epochs]),
        "test_error": str(round(error(model, test), 2)),
    }
    folder = folder or data_folder() / "weights"
    save_weights(model, folder / f"{preset}.safetensors", story)
    write_tensors(snapshots, folder / f"{preset}-epochs.safetensors", story)
    print(f"{preset}: test error {story['test_error']} %, {run.seconds:.0f} s, written to {folder}")
