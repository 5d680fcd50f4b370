"""The studies of the book: which networks are trained, how, and how often."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from lenet.study.results import read_runs, results_folder
from lenet.training import Recipe

ACTIVATIONS = ("tanh", "relu", "relu-all", "scaled-tanh", "sigmoid", "silu")
RATES = (1e-3, 2e-3, 4e-3, 8e-3)
HIGHER_RATES = {"tanh": (1.6e-2,), "sigmoid": (1.6e-2, 3.2e-2), "silu": (1.6e-2,)}  # where the highest of the others did best
RULES = ("glorot", "he")


class Study(NamedTuple):
    """A grid of runs: each arm once with each seed.

    An arm is a configuration: ``preset`` and ``initial`` of `lenet.models.lenet5`, ``digits`` (how many of the training
    digits, ``None`` for all), and the fields of a `lenet.training.Recipe`.
    """

    name: str
    arms: dict[str, dict[str, Any]]  # name of the arm → configuration
    seeds: range
    choosing: bool = False  # learn from 55,000, look at 5,000 others, and leave the test digits alone


def configuration(**changes: Any) -> dict[str, Any]:
    """The one configuration that all arms are changes of."""
    return {"preset": "tanh", "initial": "lecun", "digits": None, **Recipe()._asdict()} | changes


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


STUDIES: dict[str, Callable[[Path], Study]] = {  # the docstring of each is its purpose
    "rehearsal": rehearsal,
    "activations-choice": activations_choice,
    "activations": activations,
    "original": original,
}


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


def choose(runs: list[dict[str, Any]], arms: dict[str, dict[str, Any]], by: str = "validation_loss") -> dict[str, Any]:
    """The configuration with the lowest mean validation loss after the last epoch, to three decimals.

    Args:
        runs: lines of a study that chooses, from `read_runs`.
        arms: the candidates, simplest first: of equals the first is taken. A run that diverged counts as infinite.
        by: ``"validation_loss"``, or ``"validation_error"`` to see what that would have chosen.

    Returns:
        The configuration of the winner.

    Raises:
        ValueError: a candidate has fewer than five runs, or the winner has the lowest or the highest rate that was tried.
    """
    means = {}
    for name in arms:
        losses = [run["epochs"][-1][by] for run in runs if run["arm"] == name]
        if len(losses) < 5:
            study = "the study that chooses" if not runs else runs[0]["study"]
            raise ValueError(f"Expected at least five runs of the arm {name!r} in {study}, found {len(losses)}. Run it first.")
        means[name] = round(sum(float("inf") if loss is None else loss for loss in losses) / len(losses), 3)
    winner = arms[min(means, key=means.__getitem__)]
    rates = sorted(arm["learning_rate"] for arm in arms.values())
    if winner["learning_rate"] in (rates[0], rates[-1]):
        raise ValueError(f"Expected the best rate inside the grid, found it at the edge, {winner}. Extend the grid.")
    return winner
