"""Checks for chapter 04, C1: convolution."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def convolve(image: np.ndarray, kernels: np.ndarray, biases: np.ndarray | float = 0.0) -> np.ndarray:
    """Kernels ``(k, k, maps)`` over an image ``(n, n)``, each with its bias: ``(n - k + 1, n - k + 1, maps)``."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2])
    return np.einsum("rcij,ijm->rcm", windows, kernels) + biases


def check_convolve(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that does what `convolve` does, as Keras' ``Conv2D`` does it for a batch of one."""
    random = np.random.default_rng(5)

    def all_biases(i: np.ndarray, k: np.ndarray, b: np.ndarray) -> None:
        np.zeros((2, 2))[0, 0] = i[0, 0] + b  # stops, as the convolve of the chapter does

    cases = {
        "an image of 9 × 9 and six kernels of 5 × 5": (random.normal(size=(9, 9)), random.normal(size=(5, 5, 6)), random.normal(size=6)),
        "an image of 7 × 7 and two kernels of 3 × 3": (random.normal(size=(7, 7)), random.normal(size=(3, 3, 2)), random.normal(size=2)),
    }
    slips = {
        "the biases are missing: each map adds its own.": lambda i, k, b: convolve(i, k),
        "each map has one bias, a single number: biases[m], not biases.": all_biases,
        "every map uses the first kernel. Map m uses kernels[:, :, m].": lambda i, k, b: convolve(i, k[..., :1], b),
        "the kernels are flipped: the first row of a kernel should meet the first row of the patch.": lambda i, k, b: convolve(i, k[::-1, ::-1], b),
        "the maps stand on the first axis. They should be on the last.": lambda i, k, b: convolve(i, k, b).transpose(2, 0, 1),
    }
    check(answer, convolve, cases, slips)


def check_counts(answer: Callable[[int, int, int], tuple[int, int]]) -> None:
    """Check (weights, connections) of a convolution over one map, of the image's size, the kernel's size and the number of maps."""

    def counts(n: int, k: int, m: int, bias: int = 1, rows: int | None = None) -> tuple[int, int]:
        weights = m * (k * k + bias)
        return weights, (n - k + 1 if rows is None else rows) ** 2 * weights

    cases = {
        "an image of 32 × 32, kernels of 5 × 5, 6 maps": (32, 5, 6),
        "an image of 20 × 20, kernels of 3 × 3, 4 maps": (20, 3, 4),
    }
    slips = {
        "the biases are missing: one for each map.": lambda n, k, m: counts(n, k, m, bias=0),
        "the weights are right, but the bias counts as a connection too.": lambda n, k, m: (counts(n, k, m)[0], counts(n, k, m, bias=0)[1]),
        "the map is smaller than the image: n - k + 1 rows and columns.": lambda n, k, m: counts(n, k, m, rows=n),
        "windows overlap: they start in n - k + 1 rows, not in n / k.": lambda n, k, m: counts(n, k, m, rows=n // k),
        "one row and one column of the map are missing: n - k + 1 of them.": lambda n, k, m: counts(n, k, m, rows=n - k),
        "these are the counts of one map. Each map has weights and connections of its own.": lambda n, k, m: counts(n, k, 1),
        "the order is weights first, then connections.": lambda n, k, m: counts(n, k, m)[::-1],
    }
    check(answer, counts, cases, slips)
