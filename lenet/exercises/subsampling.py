"""Checks for chapter 06, S2: subsampling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_average(answer: Callable[[np.ndarray, int], np.ndarray]) -> None:
    """Check a function that averages the blocks of a map.

    Args:
        answer: takes a map ``(n, n)`` and the size k of a block, with n a multiple of k; returns ``(n // k, n // k)``,
            as Keras' ``AveragePooling2D(k)`` does for one map.
    """
    random = np.random.default_rng(8)
    nine, eight = random.normal(size=(9, 9)), random.normal(size=(8, 8))

    def blocks(m: np.ndarray, k: int) -> np.ndarray:
        n = len(m) // k
        return m[: n * k, : n * k].reshape(n, k, n, k)

    def average(m: np.ndarray, k: int) -> np.ndarray:
        return blocks(m, k).mean(axis=(1, 3))

    def sliding(m: np.ndarray, k: int) -> np.ndarray:
        return np.lib.stride_tricks.sliding_window_view(m, (k, k)).mean(axis=(2, 3))

    check(
        answer,
        [
            Case((nine, 3), average(nine, 3), "a map of 9 × 9 and blocks of 3 × 3"),
            Case((eight, 2), average(eight, 2), "a map of 8 × 8 and blocks of 2 × 2"),
            Case((eight, 8), average(eight, 8), "one block as large as the map"),
        ],
        [
            Slip("these are the maxima. The average is wanted.", lambda m, k: blocks(m, k).max(axis=(1, 3))),
            Slip("this is the sum of each block, not normalised. Divide by k * k.", lambda m, k: blocks(m, k).sum(axis=(1, 3))),
            Slip("a block has k * k numbers, not k. Divide by k * k.", lambda m, k: average(m, k) * k),
            Slip("this divides by 4 always. A block has k * k numbers.", lambda m, k: average(m, k) * k * k / 4),
            Slip("the windows overlap: they move on by one. Blocks move on by k.", sliding),
            Slip("the windows overlap: block r begins at row r * k, not at row r.", lambda m, k: sliding(m, k)[: len(m) // k, : len(m) // k]),
            Slip("this keeps one number of each block. Take the average of all its numbers.", lambda m, k: m[::k, ::k]),
            Slip("rows are averaged, columns are not.", lambda m, k: m.reshape(len(m) // k, k, len(m)).mean(axis=1)),
            Slip("columns are averaged, rows are not.", lambda m, k: m.reshape(len(m), len(m) // k, k).mean(axis=2)),
            Slip("rows and columns of the result are exchanged.", lambda m, k: average(m, k).T),
            Slip("the reshape mixes the blocks: four axes, block row, row, block column, column; average over axes 1 and 3.", lambda m, k: m.reshape(len(m) // k, len(m) // k, k, k).mean(axis=(2, 3))),
            Slip("the block is one row and one column short: slices stop before their end, so r * k : r * k + k.", lambda m, k: blocks(m, k)[:, : max(k - 1, 1), :, : max(k - 1, 1)].mean(axis=(1, 3))),
            Slip("the last row and column of blocks are missing: there are n // k of them.", lambda m, k: average(m, k)[:-1, :-1]),
            Slip("the blocks are 2 × 2 always. They should be k × k.", lambda m, k: average(m, 2)),
        ],
    )  # fmt: skip


def check_reach(answer: Callable[[Sequence[int]], int]) -> None:
    """Check a function that finds how far a digit can move to both sides with its answer unchanged.

    Args:
        answer: takes nine answers, at shifts from −4 to 4; returns a number from 0 to 4.
    """

    def reach(answers: Sequence[int], left: bool = True, right: bool = True) -> int:
        same = [(not left or answers[4 - by] == answers[4]) and (not right or answers[4 + by] == answers[4]) for by in range(1, 5)]
        return int(np.cumprod(same).sum())

    def both_differ(answers: Sequence[int]) -> int:
        return int(np.cumprod([answers[4] in (answers[4 - by], answers[4 + by]) for by in range(1, 5)]).sum())

    def count(answers: Sequence[int]) -> int:
        return int(sum(answers[4 - by] == answers[4] == answers[4 + by] for by in range(1, 5)))

    def last(answers: Sequence[int], behind: int) -> int:
        """Without a stop at the first change: what the last change that is seen leaves."""
        far = 4
        for by in range(1, 5):
            if not answers[4 - by] == answers[4] == answers[4 + by]:
                far = by - behind
        return far

    def last_alike(answers: Sequence[int]) -> int:
        return max((by for by in range(1, 5) if answers[4 - by] == answers[4] == answers[4 + by]), default=0)

    cases = [
        ("an answer that changes at 2 to the right and at 4 to the left", [2, 7, 7, 7, 7, 7, 1, 1, 7]),
        ("an answer that changes at 2 to the left and later comes back", [5, 5, 3, 5, 5, 5, 5, 5, 5]),
        ("an answer that changes to the same on both sides", [7, 7, 2, 7, 7, 7, 2, 7, 7]),
        ("an answer that changes at once", [1, 1, 1, 4, 9, 9, 9, 9, 9]),
        ("an answer that never changes", [6] * 9),
        ("an answer that changes at 4 alone", [8, 8, 8, 8, 8, 8, 8, 8, 3]),
    ]
    check(
        answer,
        [Case((answers,), reach(answers), f"{name}, {answers}") for name, answers in cases],
        [
            Slip("this is one too many: the answer already differs there. Give back the shift before it.", lambda a: min(reach(a) + 1, 4)),
            Slip("this looks at the right side alone. Both sides must agree with the middle.", lambda a: reach(a, left=False)),
            Slip("this looks at the left side alone. Both sides must agree with the middle.", lambda a: reach(a, right=False)),
            Slip("one side is enough here. Both sides must agree with the middle.", both_differ),
            Slip("this goes on after the first change, and a later one overwrites it. Stop there, with return or break.", lambda a: last(a, 1)),
            Slip("this goes on after the first change, and a later one overwrites it. Stop there, with return or break.", lambda a: last(a, 0)),
            Slip("this goes on after the first change, to where the answer comes back. Stop at the first, with return or break.", last_alike),
            Slip("the larger side counts here. The digit must keep its answer on both.", lambda a: max(reach(a, left=False), reach(a, right=False))),
            Slip("4 pixels are never tried: range stops before its end.", lambda a: min(reach(a), 3)),
            Slip("this counts on after the answer has changed. Stop at the first change.", count),
            Slip("this counts the answers that agree. How far does the digit get before the first that does not?", lambda a: sum(x == a[4] for x in a)),
            Slip("the two sides are compared with one another. Compare both with the middle, answers[4].", lambda a: int(np.cumprod([a[4 - by] == a[4 + by] for by in range(1, 5)]).sum())),
        ],
    )  # fmt: skip
