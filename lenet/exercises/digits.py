"""Checks for chapter 01, The digits."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def check_top_row(answer: Callable[[np.ndarray], int]) -> None:
    """Check a function that finds the first row with ink of a digit, uint8 ``(28, 28)`` with at least one pixel above 0."""
    blank = np.zeros((28, 28), np.uint8)
    slanted, faint, high = blank.copy(), blank.copy(), blank.copy()
    slanted[range(10, 24), range(26, 12, -1)] = 200
    faint[3, 17], faint[9:20, 5] = 1, 255
    high[0, 14], high[5:10, 14] = 255, 255

    def rows(image: np.ndarray) -> np.ndarray:
        return np.flatnonzero(image.max(axis=1))

    cases = {
        "a slanted stroke from row 10 to row 23": (slanted,),
        "a digit whose top is faint": (faint,),
        "a stroke that begins in row 0": (high,),
    }
    slips = {
        "this is a column. The first index counts the rows: image[row] is one row.": lambda i: rows(i.T)[0],
        "this is the last row with ink. The first one is wanted.": lambda i: rows(i)[-1],
        "rows are counted from 0, not from 1.": lambda i: rows(i)[0] + 1,
        "a row holds 28 numbers, and if takes one: image[row].max() > 0.": lambda i: bool(i[0] > 0),
    }
    check(answer, lambda i: rows(i)[0], cases, slips)


def check_prepare(answer: Callable[[np.ndarray], np.ndarray]) -> None:
    """Check a function that pads and scales a digit, from uint8 ``(28, 28)`` to ``(32, 32)`` with paper −0.1 and ink 1.175."""
    image = np.zeros((28, 28), np.uint8)
    image[0, 3:9], image[1:20, 5], image[27, 27] = 255, 128, 51

    def build(before: int = 2, after: int = 2, paper: float = -0.1, ink: float = 1.175, frame: float | None = None) -> Callable:
        around = paper if frame is None else frame
        return lambda i: np.pad(paper + (ink - paper) * (i / 255), (before, after), constant_values=around)

    cases = {"a test pattern": (image,)}
    slips = {
        "the scale is right, but the two pixels of paper around are missing.": build(0, 0),
        "two pixels are wanted on each side, not four on one side.": build(0, 4),
        "the size is right, but the values still run from 0 to 255.": build(paper=0, ink=255),
        "// rounds down to a whole number. Divide with /.": lambda i: -0.1 + 1.275 * (np.pad(i, 2) // 255),
        "the values run from 0 to 1. Paper must become −0.1, and ink 1.175.": build(paper=0, ink=1),
        "ink becomes 1.075. From paper to ink it is 1.275, not 1.175: 1.175 − (−0.1).": build(ink=1.075),
        "the frame is 0. It must be paper like the rest, −0.1: pad first, then scale.": build(frame=0),
    }
    check(answer, build(), cases, slips, tolerance=1e-5)
