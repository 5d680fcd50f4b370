"""Checks for chapter 01, The digits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_top_row(answer: Callable[[np.ndarray], int]) -> None:
    """Check a function that finds the first row with ink.

    Args:
        answer: takes uint8 ``(28, 28)`` with at least one pixel above 0, returns the number of its first row with ink.
    """
    blank = np.zeros((28, 28), np.uint8)
    slanted, faint, high = blank.copy(), blank.copy(), blank.copy()
    slanted[range(10, 24), range(26, 12, -1)] = 200
    faint[3, 17] = 1
    faint[9:20, 5] = 255
    high[0, 14], high[5:10, 14] = 255, 255
    cases = [
        Case((slanted,), 10, "a slanted stroke from row 10 to row 23"),
        Case((faint,), 3, "a digit whose top is faint"),
        Case((high,), 0, "a stroke that begins in row 0"),
    ]

    def rows(image: np.ndarray) -> np.ndarray:
        return np.flatnonzero(image.max(axis=1))

    check(
        answer,
        cases,
        [
            Slip("this is a column. The first index counts the rows: image[row] is one row.", lambda i: np.flatnonzero(i.max(axis=0))[0]),
            Slip("this is the last row with ink. The first one is wanted.", lambda i: rows(i)[-1]),
            Slip("rows are counted from 0, not from 1.", lambda i: rows(i)[0] + 1),
            Slip("this is the row before the first one with ink.", lambda i: rows(i)[0] - 1),
            Slip("this counts the rows with ink. The number of the first one is wanted.", lambda i: len(rows(i))),
            Slip("any value above 0 is ink, also a faint one.", lambda i: np.flatnonzero(i.max(axis=1) > 127)[0]),
            Slip("a row holds 28 numbers, and if takes one: image[row].max() > 0.", lambda i: bool(i[0] > 0)),
            Slip("these are all rows with ink. Give back the first one alone.", rows),
        ],
    )


def check_prepare(answer: Callable[[np.ndarray], np.ndarray]) -> None:
    """Check a function that pads and scales one digit as LeNet-5 wants it.

    Args:
        answer: takes uint8 ``(28, 28)``, returns ``(32, 32)``: two pixels of paper on each side, paper −0.1, ink 1.175.
    """
    image = np.zeros((28, 28), np.uint8)
    image[0, 3:9], image[1:20, 5], image[27, 27] = 255, 128, 51

    def build(before: int = 2, after: int = 2, paper: float = -0.1, ink: float = 1.175) -> Callable:
        return lambda i: np.pad(paper + (ink - paper) * (i / 255), (before, after), constant_values=paper)

    check(
        answer,
        [Case((image,), build()(image), "a test pattern")],
        [
            Slip("the scale is right, but the two pixels of paper around are missing.", build(0, 0)),
            Slip("two pixels are wanted on each side, not four on one side.", build(0, 4)),
            Slip("two pixels are wanted on each side, not four on one side.", build(4, 0)),
            Slip("the size is right, but the values still run from 0 to 255.", build(paper=0, ink=255)),
            Slip("// rounds down to a whole number. Divide with /.", lambda i: -0.1 + 1.275 * (np.pad(i, 2) // 255)),
            Slip("the darkest ink is 255, so divide by 255, not by 256.", lambda i: -0.1 + 1.275 * (np.pad(i, 2) / 256)),
            Slip("ink is right, but paper is still 0. It must become −0.1.", build(paper=0)),
            Slip("the values run from 0 to 1. Paper must become −0.1, and ink 1.175.", build(paper=0, ink=1)),
            Slip("paper and ink are exchanged: 0 must become −0.1.", build(paper=1.175, ink=-0.1)),
            Slip("ink becomes 1.075. From paper to ink it is 1.275, not 1.175: 1.175 − (−0.1).", build(ink=1.075)),
            Slip(
                "the frame is 0. It must be paper like the rest, −0.1: pad first, then scale.",
                lambda i: np.pad(-0.1 + 1.275 * (i / 255), 2),
            ),
        ],
        tolerance=1e-5,
    )
