"""Checks for chapter 10, Training it."""

from collections.abc import Callable, Sequence

import numpy as np

from lenet.exercises._check import check


def check_choice(answer: Callable[[Sequence[float]], int]) -> None:
    """Check the number of the epoch whose weights to keep, counted from 1, of the validation loss after each epoch."""

    def lowest(losses: Sequence[float]) -> int:
        return int(np.argmin(losses)) + 1

    def first_rise(losses: Sequence[float]) -> int:
        return next(number for number in range(1, len(losses)) if losses[number] > losses[number - 1])

    cases = {
        "twelve epochs, of which two share the lowest loss": ([0.50, 0.40, 0.45, 0.20, 0.09, 0.11, 0.09, 0.30, 0.70, 0.25, 0.28, 0.26],),
        "three epochs, each better than the one before": ([0.8, 0.3, 0.2],),
        "two epochs, of which the first is better": ([0.2, 0.3],),
    }
    slips = {
        "epochs are counted from 1 here, but places in a list from 0. Add 1.": lambda v: lowest(v) - 1,
        "this is the last epoch. Keep the one with the lowest loss.": len,
        "two epochs share the lowest loss. Keep the earlier one.": lambda v: len(v) - int(np.argmin(v[::-1])),
        "this stops where the loss rises for the first time. Look at all epochs: it may fall again.": first_rise,
        "this is the lowest loss itself. Give back the number of its epoch.": min,
    }
    check(answer, lowest, cases, slips)


def check_confusion(answer: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that counts how often each digit was answered as each digit: labels and answers, uint8 ``(n,)``,
    give ``(10, 10)``, a row for each label, a column for each answer."""
    random = np.random.default_rng(10)
    labels = random.integers(0, 10, 60).astype(np.uint8)
    answers = np.where(random.random(60) < 0.5, labels, random.integers(0, 10, 60)).astype(np.uint8)

    def count(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        table = np.zeros((10, 10), int)
        np.add.at(table, (rows, columns), 1)
        return table

    cases = {
        "60 digits, about half of them misread": (labels, answers),
        "four digits, labels 3, 5, 5, 5, answers 3, 3, 3, 5": (np.array([3, 5, 5, 5], np.uint8), np.array([3, 3, 3, 5], np.uint8)),
    }
    slips = {
        "rows and columns are exchanged: a row for each label, a column for each answer.": lambda t, a: count(a, t),
        "each pair is counted only once, however often it comes. Add in a loop.": lambda t, a: np.minimum(count(t, a), 1),
        "these are shares of each row. Give back how often.": lambda t, a: count(t, a) / count(t, a).sum(axis=1, keepdims=True),
        "only the first digit is counted: return stands inside the loop. Put it after the loop.": lambda t, a: count(t[:1], a[:1]),
        "all ten rows are one and the same list. Begin with np.zeros((10, 10), int).": lambda t, a: np.tile(np.bincount(a, minlength=10), (10, 1)),
    }
    check(answer, count, cases, slips)
