"""Checks for chapter 03, How it learns."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def check_descent(answer: Callable[[Callable[[float], float], float, float, int], float]) -> None:
    """Check the last weight of a walk downhill: of the slope, a function of the weight, the first weight, the learning rate and
    the number of steps."""

    def slope(w: float) -> float:
        return 4 * w - 8

    def walk(slope: Callable, start: float, rate: float, steps: int) -> float:
        w = start
        for _ in range(steps):
            w = w - rate * slope(w)
        return w

    cases = {
        "three steps at rate 0.1 on the slope 4w − 8, from 0": (slope, 0.0, 0.1, 3),
        "one step at rate 0.05 on the slope 4w − 8, from 5": (slope, 5.0, 0.05, 1),
        "no step at all, from 5": (slope, 5.0, 0.05, 0),
    }
    slips = {
        "this walks uphill. Subtract the step instead of adding it.": lambda s, w, r, n: walk(s, w, -r, n),
        "this is one step alone. Repeat it, as often as steps says.": lambda s, w, r, n: walk(s, w, r, 1),
        "every step uses the slope at the start. Ask for the slope where the weight now stands.": lambda s, w, r, n: w - n * r * s(w),
        "the learning rate is missing: multiply the slope by it.": lambda s, w, r, n: walk(s, w, 1.0, n),
        "this is the slope at the end. Give back the weight.": lambda s, w, r, n: s(walk(s, w, r, n)),
    }
    check(answer, walk, cases, slips)


def softmax(scores: np.ndarray, axis: int | None = 1) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def check_softmax(answer: Callable[[np.ndarray], np.ndarray]) -> None:
    """Check a function that turns scores ``(n, 10)``, as large as 1000, into probabilities ``(n, 10)``: each row adds up to 1."""
    scores = np.random.default_rng(4).normal(scale=2.0, size=(4, 10))
    large = scores + np.array([[1000.0], [0.0], [-1000.0], [500.0]])

    def naive(s: np.ndarray, axis: int | None = 1) -> np.ndarray:
        return np.exp(s) / np.exp(s).sum(axis=axis, keepdims=True)

    cases = {"four rows of scores": (scores,), "scores near 1000 and −1000": (large,)}
    slips = {
        "each column adds up to 1, but each row should: sum along axis=1.": lambda s: naive(s, 0),
        "all numbers together add up to 1, but each row should: sum along axis=1.": lambda s: naive(s, None),
        "the rows do not add up to 1 yet: divide each by its sum.": lambda s: np.exp(s - s.max(axis=1, keepdims=True)),
        "e is missing: take np.exp of the scores before you divide.": lambda s: s / s.sum(axis=1, keepdims=True),
        "the maxima or the sums are a row, not a column. keepdims=True keeps one number for each row.": lambda s: s - s.max(axis=1),
        "e to the power of 1000 is too large. Subtract each row's maximum first.": naive,
        "a maximum of all rows is subtracted: rows far below it vanish. Take each row's own, along axis=1.": lambda s: naive(s - s.max()),
    }
    with np.errstate(all="ignore"):  # a reader's overflow is told by the check, not by a warning
        check(answer, softmax, cases, slips)
