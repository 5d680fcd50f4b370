"""Checks for chapter 06, S2: subsampling."""

from collections.abc import Callable, Sequence

import numpy as np

from lenet.exercises._check import check


def check_average(answer: Callable[[np.ndarray, int], np.ndarray]) -> None:
    """Check the averages ``(n // k, n // k)`` of the blocks of a map ``(n, n)``, of the map and the size k of a block, with n a
    multiple of k."""
    random = np.random.default_rng(8)
    nine, eight = random.normal(size=(9, 9)), random.normal(size=(8, 8))

    def average(m: np.ndarray, k: int) -> np.ndarray:
        return m.reshape(len(m) // k, k, len(m) // k, k).mean(axis=(1, 3))

    def sliding(m: np.ndarray, k: int) -> np.ndarray:
        return np.lib.stride_tricks.sliding_window_view(m, (k, k)).mean(axis=(2, 3))

    cases = {
        "a map of 9 × 9 and blocks of 3 × 3": (nine, 3),
        "a map of 8 × 8 and blocks of 2 × 2": (eight, 2),
    }
    slips = {
        "this is the sum of each block, not normalised. Divide by k * k.": lambda m, k: average(m, k) * k * k,
        "a block has k * k numbers, not k. Divide by k * k.": lambda m, k: average(m, k) * k,
        "this divides by 4 always. A block has k * k numbers.": lambda m, k: average(m, k) * k * k / 4,
        "the windows overlap: block r begins at row r * k, not at row r.": lambda m, k: sliding(m, k)[: len(m) // k, : len(m) // k],
        "the reshape mixes the blocks. Its four axes are block row, row, block column, column: average over axes 1 and 3.":
            lambda m, k: m.reshape(len(m) // k, len(m) // k, k, k).mean(axis=(2, 3)),
    }  # fmt: skip
    check(answer, average, cases, slips)


def check_reach(answer: Callable[[Sequence[int]], int]) -> None:
    """Check how far, from 0 to 4, a digit can move to both sides with its answer unchanged: of nine answers, at shifts from −4 to 4."""

    def alike(answers: Sequence[int], side: int) -> np.ndarray:
        return np.array([answers[4 + side * by] == answers[4] for by in range(1, 5)])

    def both(answers: Sequence[int]) -> np.ndarray:
        return alike(answers, -1) & alike(answers, 1)

    def far(same: np.ndarray) -> int:
        return int(np.cumprod(same).sum())

    asked = {
        "an answer that changes at 2 to the right and at 3 to the left, and comes back": [7, 2, 7, 7, 7, 7, 1, 7, 7],
        "an answer that changes at 2 to the left and later comes back": [5, 5, 3, 5, 5, 5, 5, 5, 5],
        "an answer that changes to the same on both sides": [7, 7, 2, 7, 7, 7, 2, 7, 7],
        "an answer that changes at once": [1, 1, 1, 4, 9, 9, 9, 9, 9],
        "an answer that never changes": [6] * 9,
    }
    cases = {f"{name}, {answers}": (answers,) for name, answers in asked.items()}
    slips = {
        "this is one too many: the answer already differs there. Give back the shift before it.": lambda a: min(far(both(a)) + 1, 4),
        "this looks at the right side alone. Both sides must agree with the middle.": lambda a: far(alike(a, 1)),
        "this looks at the left side alone. Both sides must agree with the middle.": lambda a: far(alike(a, -1)),
        "one side is enough here. Both sides must agree with the middle.": lambda a: far(alike(a, -1) | alike(a, 1)),
        "this goes on after the first change, and a later one counts. Stop there.": lambda a: np.append(4, np.flatnonzero(~both(a)))[-1],
        "the larger side counts here. The digit must keep its answer on both.": lambda a: max(far(alike(a, -1)), far(alike(a, 1))),
        "this goes on to where the answer comes back. Stop at the first change.": lambda a: max(np.flatnonzero(both(a)) + 1, default=0),
        "the two sides are compared with one another. Compare both with the middle, answers[4].": lambda a: far(np.equal(a[3::-1], a[5:])),
        "this counts on after the answer has changed. Stop at the first change.": lambda a: both(a).sum(),
    }
    check(answer, lambda a: far(both(a)), cases, slips)
