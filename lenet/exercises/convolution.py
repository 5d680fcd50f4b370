"""Checks for chapter 04, C1: convolution."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def _convolve(image: np.ndarray, kernels: np.ndarray, biases: np.ndarray) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2])
    return np.einsum("rcij,ijm->rcm", windows, kernels) + biases


def check_convolve(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that slides several kernels over one image.

    Args:
        answer: takes an image ``(n, n)``, kernels ``(k, k, maps)`` and biases ``(maps,)``; returns
            ``(n - k + 1, n - k + 1, maps)``, as Keras' ``Conv2D`` does for a batch of one.
    """
    random = np.random.default_rng(5)
    image, kernels, biases = random.normal(size=(9, 9)), random.normal(size=(5, 5, 6)), random.normal(size=6)
    other = random.normal(size=(7, 7)), random.normal(size=(3, 3, 2)), random.normal(size=2)

    def smaller(size: int) -> Callable:
        return lambda i, k, b: _convolve(i, k, b)[:size, :size]

    def same_size(i: np.ndarray, k: np.ndarray, b: np.ndarray) -> np.ndarray:
        return _convolve(np.pad(i, len(k) // 2), k, b)

    def all_biases(i: np.ndarray, k: np.ndarray, b: np.ndarray) -> np.ndarray:
        result = np.zeros((2, 2))
        result[0, 0] = (i[: len(k), : len(k)] * k[:, :, 0]).sum() + b  # stops, as convolve does
        return result

    check(
        answer,
        [
            Case((image, kernels, biases), _convolve(image, kernels, biases), "an image of 9 × 9 and six kernels of 5 × 5"),
            Case(other, _convolve(*other), "an image of 7 × 7 and two kernels of 3 × 3"),
        ],
        [
            Slip("the biases are missing: each map adds its own.", lambda i, k, b: _convolve(i, k, 0 * b)),
            Slip("every map has the bias of the first. Map m adds biases[m].", lambda i, k, b: _convolve(i, k, b[:1])),
            Slip("the kernels are flipped: the first row of a kernel should meet the first row of the patch.", lambda i, k, b: _convolve(i, k[::-1, ::-1], b)),
            Slip("rows and columns of the kernels are exchanged.", lambda i, k, b: _convolve(i, k.transpose(1, 0, 2), b)),
            Slip("the last row and column are missing: a map has n - k + 1 of them.", lambda i, k, b: smaller(len(i) - len(k))(i, k, b)),
            Slip("the window sticks out of the image here. It starts at n - k + 1 places only.", same_size),
            Slip("the maps stand on the first axis. They should be on the last.", lambda i, k, b: _convolve(i, k, b).transpose(2, 0, 1)),
            Slip("every map uses the first kernel. Map m uses kernels[:, :, m].", lambda i, k, b: _convolve(i, np.repeat(k[:, :, :1], len(b), axis=2), b)),
            Slip("the bias is added once for each pixel of the window. Add it once, after the sum.", lambda i, k, b: _convolve(i, k, b * k[..., 0].size)),
            Slip("this is the mean of the products. A convolution takes their sum.", lambda i, k, b: _convolve(i, k / k[..., 0].size, b)),
            Slip("each map has one bias, a single number: biases[m], not biases.", all_biases),
            Slip("the maps are added up. Keep each one.", lambda i, k, b: _convolve(i, k, b).sum(axis=-1)),
        ],
    )  # fmt: skip


def check_counts(answer: Callable[[int, int, int], tuple[int, int]]) -> None:
    """Check a function that counts the weights and connections of a convolution over one map.

    Args:
        answer: takes the image's size, the kernel's size and the number of maps; returns (weights, connections).
    """

    def counts(n: int, k: int, m: int, bias: int = 1, places: int | None = None) -> tuple[int, int]:
        weights = m * (k * k + bias)
        return weights, ((n - k + 1) ** 2 if places is None else places) * weights

    check(
        answer,
        [
            Case((32, 5, 6), counts(32, 5, 6), "an image of 32 × 32, kernels of 5 × 5, 6 maps"),
            Case((20, 3, 4), counts(20, 3, 4), "an image of 20 × 20, kernels of 3 × 3, 4 maps"),
        ],
        [
            Slip("the biases are missing: one for each map.", lambda n, k, m: counts(n, k, m, bias=0)),
            Slip("the weights are right, but the bias counts as a connection too, at each place.", lambda n, k, m: (counts(n, k, m)[0], counts(n, k, m, bias=0)[1])),
            Slip("the connections are right, but the weights lack one bias for each map.", lambda n, k, m: (counts(n, k, m, bias=0)[0], counts(n, k, m)[1])),
            Slip("the map is smaller than the image: n - k + 1 rows and columns.", lambda n, k, m: counts(n, k, m, places=n * n)),
            Slip("windows overlap: each starts one pixel further on, so they start in n - k + 1 rows, not in n / k.", lambda n, k, m: counts(n, k, m, places=(n // k) ** 2)),
            Slip("windows overlap: each starts one pixel further on, so they start in n - k + 1 rows, not in n / k.", lambda n, k, m: counts(n, k, m, places=(n / k) ** 2)),
            Slip("the weights are right. They are those of all maps already: do not multiply by the maps twice.", lambda n, k, m: (counts(n, k, m)[0], counts(n, k, m)[1] * m)),
            Slip("one row and one column of the map are missing: n - k + 1 of them.", lambda n, k, m: counts(n, k, m, places=(n - k) ** 2)),
            Slip("the map has n - k + 1 rows and as many columns: square it.", lambda n, k, m: counts(n, k, m, places=n - k + 1)),
            Slip("the weights are right, but these are the connections of one map. Count those of all maps.", lambda n, k, m: (counts(n, k, m)[0], counts(n, k, 1)[1])),
            Slip("these are the counts of one map. Each map has weights and connections of its own.", lambda n, k, m: counts(n, k, 1)),
            Slip("the weights are right. A connection joins a place to each of its k * k pixels and to the bias: count those, not the places.", lambda n, k, m: (counts(n, k, m)[0], (n - k + 1) ** 2 * m)),
            Slip("all maps share one bias here. Each has its own.", lambda n, k, m: (m * k * k + 1, (n - k + 1) ** 2 * (m * k * k + 1))),
            Slip("the order is weights first, then connections.", lambda n, k, m: counts(n, k, m)[::-1]),
            Slip("weights are shared by all places: count them once.", lambda n, k, m: (counts(n, k, m)[1],) * 2),
        ],
    )  # fmt: skip
