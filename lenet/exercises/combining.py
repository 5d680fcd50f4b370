"""Checks for chapter 07, C3: combining maps."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check
from lenet.exercises.convolution import convolve


def check_combine(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that makes several output maps, each from all input maps.

    It takes maps ``(n, n, inputs)``, kernels ``(k, k, inputs, outputs)`` and biases ``(outputs,)`` and returns
    ``(n - k + 1, n - k + 1, outputs)``, as Keras' ``Conv2D`` without activation does for a batch of one.
    """
    random = np.random.default_rng(7)
    first = random.normal(size=(9, 9, 3)), random.normal(size=(5, 5, 3, 4)), random.normal(size=4)
    other = random.normal(size=(6, 6, 5)), random.normal(size=(3, 3, 5, 2)), random.normal(size=2)

    def partial(maps: np.ndarray, kernels: np.ndarray, i: int) -> np.ndarray:
        return convolve(maps[:, :, i], kernels[:, :, i])

    def combine(maps: np.ndarray, kernels: np.ndarray, biases: np.ndarray | float) -> np.ndarray:
        return sum(partial(maps, kernels, i) for i in range(maps.shape[2])) + biases

    cases = {
        "3 maps of 9 × 9, kernels of 5 × 5, 4 output maps": first,
        "5 maps of 6 × 6, kernels of 3 × 3, 2 output maps": other,
    }
    slips = {
        "the biases are missing: output map o adds biases[o].": lambda x, k, b: combine(x, k, 0),
        "the bias is added once for each input map. Add it once, after the sum.": lambda x, k, b: combine(x, k, b * x.shape[2]),
        "only the first input map counts here. Go through all of them, and return after the loop.": lambda x, k, b: partial(x, k, 0) + b,
        "only the last input map counts here, in place of those before. Add them up, with +=.": lambda x, k, b: partial(x, k, -1) + b,
        "the output maps stand on the first axis. They should be on the last.": lambda x, k, b: combine(x, k, b).transpose(2, 0, 1),
        "each output map has one bias, a single number: biases[o], not biases.": lambda x, k, b: combine(x, k, 0)[:, :, 0] + b,
        "convolve takes one map and one kernel: maps[:, :, i], not maps.": lambda x, k, b: x[: len(k), : len(k)] * k[:, :, 0, 0],
    }
    check(answer, combine, cases, slips)


def check_table_weights(answer: Callable[[np.ndarray, int], int]) -> None:
    """Check the number of weights of a layer that is wired by a table of 0 and 1, ``(inputs, outputs)``, of that table and the kernel's size."""
    first = np.array([[1, 0, 1, 0, 1], [1, 1, 0, 0, 1], [0, 1, 0, 1, 1]])
    second = np.array([[1, 0], [1, 1], [0, 1], [1, 1]])
    cases = {
        "a table of 3 rows and 5 columns with 9 ones, kernels of 7 × 7": (first, 7),
        "a table of 4 rows and 2 columns with 6 ones, kernels of 3 × 3": (second, 3),
    }
    slips = {
        "the biases are missing: one for each output map, that is for each column.": lambda t, k: t.sum() * k * k,
        "all output maps share one bias here. Each column has its own.": lambda t, k: t.sum() * k * k + 1,
        "this is a bias for each input map, or row. Each output map has one: count the columns.": lambda t, k: t.sum() * k * k + len(t),
        "this is a bias for each kernel. The kernels of one output map share one bias.": lambda t, k: t.sum() * (k * k + 1),
        "every map is connected with every map here. Count the ones in the table only.": lambda t, k: t.size * k * k + t.shape[1],
        "a kernel has kernel_size * kernel_size weights: square it.": lambda t, k: t.sum() * k + t.shape[1],
    }
    check(answer, lambda t, k: t.sum() * k * k + t.shape[1], cases, slips)
