"""Checks for chapter 10, Training it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_choice(answer: Callable[[Sequence[float]], int]) -> None:
    """Check a function that names the epoch whose weights to keep.

    Args:
        answer: takes the validation loss after each epoch; returns the number of the epoch, counted from 1.
    """
    long = [0.50, 0.40, 0.45, 0.20, 0.09, 0.11, 0.09, 0.30, 0.70, 0.25, 0.28, 0.26]

    def lowest(losses: Sequence[float]) -> int:
        return int(np.argmin(losses)) + 1

    def last_lowest(losses: Sequence[float]) -> int:
        return len(losses) - int(np.argmin(losses[::-1]))

    def rise(losses: Sequence[float]) -> int:
        return next(number for number in range(1, len(losses)) if losses[number] > losses[number - 1])

    check(
        answer,
        [
            Case((long,), lowest(long), "twelve epochs, of which two share the lowest loss"),
            Case(([0.8, 0.3, 0.2],), 3, "three epochs, each better than the one before"),
            Case(([0.2, 0.3],), 1, "two epochs, of which the first is better"),
        ],
        [
            Slip("epochs are counted from 1 here, but places in a list from 0. Add 1.", lambda v: lowest(v) - 1),
            Slip("this is the last epoch. Keep the one with the lowest loss.", len),
            Slip("this is the place of the last epoch. Keep the epoch with the lowest loss.", lambda v: len(v) - 1),
            Slip("two epochs share the lowest loss. Keep the earlier one.", last_lowest),
            Slip("two epochs share the lowest loss: keep the earlier one, and count from 1.", lambda v: last_lowest(v) - 1),
            Slip("this epoch has the highest loss. Keep the one with the lowest.", lambda v: int(np.argmax(v)) + 1),
            Slip("this is the place of the highest loss. Keep the epoch with the lowest, counted from 1.", lambda v: int(np.argmax(v))),
            Slip("this stops where the loss rises for the first time. Look at all epochs: it may fall again.", rise),
            Slip("this stops where the loss rises for the first time. Look at all epochs: it may fall again.", lambda v: rise(v) + 1),
            Slip("this stops where the loss rises for the first time. Look at all epochs: it may fall again.", lambda v: rise(v) - 1),
            Slip("this is the lowest loss itself. Give back the number of its epoch.", min),
            Slip("this is where the loss fell most. Keep the epoch where it is lowest.", lambda v: int(np.argmin(np.diff(v))) + 2),
            Slip("these are all epochs with the lowest loss. Give back the number of the earliest.", lambda v: [n + 1 for n in range(len(v)) if v[n] == min(v)]),
        ],
    )  # fmt: skip


def check_confusion(answer: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that counts how often each digit was answered as each digit.

    Args:
        answer: takes labels and answers, uint8 ``(n,)``; returns ``(10, 10)``, a row for each label, a column for each answer.
    """
    random = np.random.default_rng(10)
    labels = np.append(random.integers(0, 10, 60), [9, 4, 4, 4]).astype(np.uint8)
    answers = np.where(random.random(64) < 0.5, labels, random.integers(0, 10, 64)).astype(np.uint8)
    answers[-4:] = [4, 9, 9, 9]
    small = np.array([3, 5, 5, 5], np.uint8), np.array([3, 3, 3, 5], np.uint8)

    def count(rows: np.ndarray, columns: np.ndarray, n: int = 10, offset: int = 0) -> np.ndarray:
        table = np.zeros((n, n), int)
        for row, column in zip(rows.astype(int), columns.astype(int)):
            table[row - offset, column - offset] += 1
        return table

    def without_diagonal(t: np.ndarray, a: np.ndarray) -> np.ndarray:
        return count(t, a) * (1 - np.eye(10, dtype=int))

    def shares(table: np.ndarray, axis: int | None) -> np.ndarray:
        return table / np.maximum(table.sum(axis=axis, keepdims=axis is not None), 1)

    check(
        answer,
        [
            Case((labels, answers), count(labels, answers), "64 digits, about half of them misread"),
            Case(small, count(*small), "four digits, labels 3, 5, 5, 5, answers 3, 3, 3, 5"),
        ],
        [
            Slip("rows and columns are exchanged: a row for each label, a column for each answer.", lambda t, a: count(a, t)),
            Slip(
                "each pair is counted only once, however often it comes. Add 1 for each digit, in a loop or with np.add.at.",
                lambda t, a: np.minimum(count(t, a), 1),
            ),
            Slip("the right answers are missing. They belong on the diagonal.", without_diagonal),
            Slip("only the right answers are counted. Count the mistakes too, off the diagonal.", lambda t, a: count(t, a) * np.eye(10)),
            Slip("these are shares of each row. Give back how often.", lambda t, a: shares(count(t, a), 1)),
            Slip("these are shares of each column. Give back how often.", lambda t, a: shares(count(t, a), 0)),
            Slip("these are shares of all digits. Give back how often.", lambda t, a: shares(count(t, a), None)),
            Slip("these are percentages. Give back how often.", lambda t, a: 100 * shares(count(t, a), None)),
            Slip("these are percentages. Give back how often.", lambda t, a: 100 * shares(count(t, a), 1)),
            Slip("the digits begin with 0: row 0 belongs to the label 0. Do not subtract 1.", lambda t, a: count(t, a, offset=1)),
            Slip("there are ten digits, 0 to 9, so the table has ten rows and ten columns.", lambda t, a: count(t, a, n=9)),
            Slip("always ten rows and ten columns, even if some digits do not come.", lambda t, a: count(t, a, n=1 + int(max(t.max(), a.max())))),
            Slip("each digit is counted twice, once on either side of the diagonal. Row: label, column: answer.", lambda t, a: count(t, a) + count(a, t)),
            Slip("only the first digit is counted: return stands inside the loop. Put it after the loop.", lambda t, a: count(t[:1], a[:1])),
            Slip("all ten rows are one and the same list. Begin with np.zeros((10, 10), int).", lambda t, a: np.tile(np.bincount(a, minlength=10), (10, 1))),
            Slip("the counts should begin at 0, not at 1: np.zeros.", lambda t, a: count(t, a) + 1),
            Slip("this is how often each label comes. Count each pair of label and answer.", lambda t, a: np.bincount(t, minlength=10)),
            Slip("this is how often each digit was read rightly. Count each pair of label and answer.", lambda t, a: np.diag(count(t, a))),
        ],
    )  # fmt: skip
