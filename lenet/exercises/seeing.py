"""Checks for chapter 11, what it sees."""

from collections.abc import Callable
from typing import Any

import numpy as np

from lenet.exercises._check import check


def check_occlude(answer: Callable[[np.ndarray, int, int, int, int], np.ndarray]) -> None:
    """Check a new picture with a square filled: of a picture ``(rows, columns)``, the row and column of the square's upper left
    pixel, its size and the value to fill in. What lies outside is cut off."""
    image = np.random.default_rng(11).integers(1, 200, (12, 10), dtype=np.uint8)

    def fill(i: np.ndarray, rows: slice | int, columns: slice | int, value: int) -> np.ndarray:
        covered = i.copy()
        covered[rows, columns] = value
        return covered

    def occlude(i: np.ndarray, r: int, c: int, n: int, v: int) -> np.ndarray:
        return fill(i, slice(r, r + n), slice(c, c + n), v)

    cases = {
        "a square of 5 × 5 in row 3 and column 4": (image, 3, 4, 5, 77),
        "a square that reaches over the edge": (image, 9, 6, 5, 0),
    }
    slips = {
        "rows and columns are exchanged. The first slice is for rows.": lambda i, r, c, n, v: occlude(i, c, r, n, v),
        "the square is one too large: a slice stops before its end.": lambda i, r, c, n, v: occlude(i, r, c, n + 1, v),
        "the square is filled with 0. Fill it with value.": lambda i, r, c, n, v: occlude(i, r, c, n, 0),
        "row and column are not the middle of the square, but its upper left pixel.": lambda i, r, c, n, v: occlude(i, r - n // 2, c - n // 2, n, v),
        "the second slice takes rows again. Put both into one pair of brackets.": lambda i, r, c, n, v: fill(i, slice(r + c, r + n), slice(None), v),
        "the slices end at size. They end at row + size and column + size.": lambda i, r, c, n, v: fill(i, slice(r, n), slice(c, n), v),
    }
    check(answer, occlude, cases, slips)


def check_centre(answer: Callable[[np.ndarray], tuple[float, float]]) -> None:
    """Check the centre of mass of a picture ``(rows, columns)``: (row, column), counted from 0."""
    small, other = np.zeros((9, 7), np.uint8), np.zeros((6, 11), np.uint8)
    small[2:8, 1], small[7, 1:6], small[3, 4] = 250, 120, 60
    other[1, 3:10], other[2:5, 8] = 200, 90

    def centre(i: np.ndarray, ink: Any = None) -> np.ndarray:
        return np.array([(i * places).sum() for places in np.indices(i.shape)]) / (i.sum() if ink is None else ink)

    def in_bytes(i: np.ndarray, ink: Any) -> np.ndarray:
        return np.array([(i * places.astype(np.uint8)).sum(dtype=np.uint8) for places in np.indices(i.shape)]) / ink

    cases = {"a picture of 9 × 7": (small,), "a picture of 6 × 11": (other,)}
    slips = {
        "row and column are exchanged: the row comes first, and sum(axis=1) adds up each row.": lambda i: centre(i)[::-1],
        "the places count from 1. The first row and the first column are 0: np.arange(n).": lambda i: centre(i) + 1,
        "every inked pixel counts the same here. A dark pixel weighs more: multiply by its value.": lambda i: centre(i > 0),
        "the division by all the ink is missing.": lambda i: centre(i, ink=1),
        "divide by the sum of the ink, not by the number of pixels.": lambda i: centre(i, ink=i.size),
        "the centre lies between pixels: do not round it.": lambda i: np.round(centre(i)),
        "uint8 runs over at 255: begin with image.astype(float).": lambda i: in_bytes(i, i.sum()),
        "uint8 runs over at 255: turn the picture into image.astype(float) first.": lambda i: in_bytes(i, i.sum(dtype=np.uint8)),
    }
    check(answer, centre, cases, slips)
