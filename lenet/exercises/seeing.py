"""Checks for chapter 11, what it sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lenet.exercises._check import Case, Slip, check


def _occlude(image: np.ndarray, row: int, column: int, size: int, value: int) -> np.ndarray:
    covered = image.copy()
    covered[row : row + size, column : column + size] = value
    return covered


def check_occlude(answer: Callable[[np.ndarray, int, int, int, int], np.ndarray]) -> None:
    """Check a function that fills a square of a picture.

    Args:
        answer: takes a picture ``(rows, columns)``, the row and column of the square's upper left pixel, its size and
            the value to fill in; returns a new picture of the same shape. What lies outside is cut off.
    """
    image = np.random.default_rng(11).integers(1, 200, (12, 10), dtype=np.uint8)

    def middle(i: np.ndarray, r: int, c: int, n: int, v: int) -> np.ndarray:
        covered = i.copy()
        covered[max(r - n // 2, 0) : r - n // 2 + n, max(c - n // 2, 0) : c - n // 2 + n] = v
        return covered

    def bands(i: np.ndarray, r: int, c: int, n: int, v: int) -> np.ndarray:
        covered = i.copy()
        covered[r : r + n], covered[:, c : c + n] = v, v
        return covered

    def to_size(i: np.ndarray, r: int, c: int, n: int, v: int) -> np.ndarray:
        covered = i.copy()
        covered[r:n, c:n] = v
        return covered

    def shifted_back(i: np.ndarray, r: int, c: int, n: int, v: int) -> np.ndarray:
        return _occlude(i, min(r, i.shape[0] - n), min(c, i.shape[1] - n), n, v)

    cases = [((image, 3, 4, 5, 77), "a square of 5 × 5 in row 3 and column 4"), ((image, 9, 6, 5, 0), "a square that reaches over the edge")]
    check(
        answer,
        [Case(arguments, _occlude(*arguments), name) for arguments, name in cases],
        [
            Slip("nothing is covered: the picture comes back as it was.", lambda i, r, c, n, v: i),
            Slip("rows and columns are exchanged. The first slice is for rows: [row : row + size, column : column + size].", lambda i, r, c, n, v: _occlude(i, c, r, n, v)),
            Slip("the square is one too large: a slice stops before its end, so row + size is right.", lambda i, r, c, n, v: _occlude(i, r, c, n + 1, v)),
            Slip("the square is one too small. It has size rows: from row to row + size, which the slice leaves out.", lambda i, r, c, n, v: _occlude(i, r, c, n - 1, v)),
            Slip("the square starts one pixel too far down and right: row and column count from 0.", lambda i, r, c, n, v: _occlude(i, r + 1, c + 1, n, v)),
            Slip("the square starts one pixel too far up and left: row and column count from 0.", lambda i, r, c, n, v: _occlude(i, r - 1, c - 1, n, v)),
            Slip("the square is filled with 0. Fill it with value.", lambda i, r, c, n, v: _occlude(i, r, c, n, 0)),
            Slip("the square is filled with 255. Fill it with value.", lambda i, r, c, n, v: _occlude(i, r, c, n, 255)),
            Slip("row and column are taken for the middle of the square. They are its upper left pixel.", middle),
            Slip("whole rows and columns are covered. Put both slices into one pair of brackets: [rows, columns].", bands),
            Slip("the slices end at size. They end at row + size and column + size.", to_size),
            Slip("only one pixel is covered: both places need a slice.", lambda i, r, c, n, v: _occlude(i, r, c, 1, v)),
            Slip("everything but the square is filled.", lambda i, r, c, n, v: np.where(_occlude(np.ones_like(i), r, c, n, 0) == 0, i, np.uint8(v))),
            Slip("this is the square alone. Return the whole picture.", lambda i, r, c, n, v: np.full((n, n), v)),
            Slip("value is added to the picture. Set the pixels to it.", lambda i, r, c, n, v: i + (_occlude(np.zeros_like(i), r, c, n, v))),
            Slip("at the edge the square is moved back into the picture. Cut it off there: a slice does that by itself.", shifted_back),
        ],
    )  # fmt: skip


def _centre(image: np.ndarray, first: float = 0) -> tuple[float, float]:
    ink = image.astype(float)
    return tuple(float((ink.sum(axis=1 - axis) * (np.arange(ink.shape[axis]) + first)).sum() / ink.sum()) for axis in (0, 1))


def check_centre(answer: Callable[[np.ndarray], tuple[float, float]]) -> None:
    """Check a function that finds the centre of mass of a picture.

    Args:
        answer: takes a picture ``(rows, columns)``; returns (row, column), counted from 0.
    """
    small = np.zeros((9, 7), np.uint8)
    small[2:8, 1], small[7, 1:6], small[3, 4] = 250, 120, 60
    other = np.zeros((6, 11), np.uint8)
    other[1, 3:10], other[2:5, 8] = 200, 90

    def box(i: np.ndarray) -> tuple[float, float]:
        return tuple((np.flatnonzero(i.any(axis=1 - axis))[[0, -1]]).mean() for axis in (0, 1))

    def moments(i: np.ndarray) -> np.ndarray:
        return np.array(_centre(i)) * i.sum()

    def in_bytes(i: np.ndarray, divide_by: Callable[[np.ndarray], Any]) -> tuple[Any, Any]:
        return tuple((i * p.astype(np.uint8)).sum(dtype=np.uint8) / divide_by(i) for p in np.indices(i.shape))

    check(
        answer,
        [Case((each,), _centre(each), f"a picture of {each.shape[0]} × {each.shape[1]}") for each in (small, other)],
        [
            Slip("row and column are exchanged: the row comes first, and sum(axis=1) adds up each row.", lambda i: _centre(i)[::-1]),
            Slip("the places count from 1. The first row and the first column are 0: np.arange(n).", lambda i: _centre(i, first=1)),
            Slip("the edges of pixels are counted. The middle of the first pixel is at 0.", lambda i: _centre(i, first=0.5)),
            Slip("every inked pixel counts the same here. A dark pixel weighs more: multiply by its value.", lambda i: _centre(i > 0)),
            Slip("this is the middle of the box around the ink. Weigh each place by its ink.", box),
            Slip("this is the middle of the picture, whatever is drawn. Weigh each place by its ink.", lambda i: ((i.shape[0] - 1) / 2, (i.shape[1] - 1) / 2)),
            Slip("the division by all the ink is missing.", moments),
            Slip("divide by the sum of the ink, not by the number of pixels.", lambda i: moments(i) / i.size),
            Slip("divide by the sum of the ink, not by the number of inked pixels.", lambda i: moments(i) / (i > 0).sum()),
            Slip("this is the darkest pixel. The centre is an average over all ink.", lambda i: np.unravel_index(i.argmax(), i.shape)),
            Slip("the centre lies between pixels: do not round it.", lambda i: np.round(_centre(i))),
            Slip("the centre lies between pixels: do not cut off its fraction.", lambda i: np.floor(_centre(i))),
            Slip("uint8 runs over at 255: turn the picture into image.astype(float) before you multiply.", lambda i: tuple((i * p.astype(np.uint8)).sum() / i.sum() for p in np.indices(i.shape))),
            Slip("uint8 runs over at 255: turn the picture into image.astype(float) before you multiply.", lambda i: in_bytes(i, lambda i: i.sum(dtype=np.uint8))),
            Slip("uint8 runs over at 255: turn the picture into image.astype(float) before you multiply.", lambda i: in_bytes(i, np.sum)),
        ],
    )  # fmt: skip
