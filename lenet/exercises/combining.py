"""Checks for chapter 07, C3: combining maps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def _partial(maps: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Each kernel over its own map, not yet added: ``(rows, columns, inputs, outputs)``."""
    windows = np.lib.stride_tricks.sliding_window_view(maps, kernels.shape[:2], axis=(0, 1))
    return np.einsum("rcmij,ijmo->rcmo", windows, kernels)


def _combine(maps: np.ndarray, kernels: np.ndarray, biases: np.ndarray) -> np.ndarray:
    return _partial(maps, kernels).sum(axis=2) + biases


def check_combine(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that makes several output maps, each from all input maps.

    Args:
        answer: takes maps ``(n, n, inputs)``, kernels ``(k, k, inputs, outputs)`` and biases ``(outputs,)``; returns
            ``(n - k + 1, n - k + 1, outputs)``, as Keras' ``Conv2D`` without activation does for a batch of one.
    """
    random = np.random.default_rng(7)
    first = random.normal(size=(9, 9, 3)), random.normal(size=(5, 5, 3, 4)), random.normal(size=4)
    other = random.normal(size=(6, 6, 5)), random.normal(size=(3, 3, 5, 2)), random.normal(size=2)

    def same_size(x: np.ndarray, k: np.ndarray, b: np.ndarray) -> np.ndarray:
        edge = len(k) // 2
        return _combine(np.pad(x, [(edge, edge), (edge, edge), (0, 0)]), k, b)

    def repeated(array: np.ndarray, axis: int) -> np.ndarray:
        return np.repeat(array.take([0], axis), array.shape[axis], axis)

    check(
        answer,
        [
            Case(first, _combine(*first), "3 maps of 9 × 9, kernels of 5 × 5, 4 output maps"),
            Case(other, _combine(*other), "5 maps of 6 × 6, kernels of 3 × 3, 2 output maps"),
        ],
        [
            Slip("the biases are missing: output map o adds biases[o].", lambda x, k, b: _combine(x, k, 0 * b)),
            Slip("the bias is added once for each input map. Add it once, after the partial maps are summed.", lambda x, k, b: _combine(x, k, b * x.shape[2])),
            Slip("the partial maps are averaged. Add them up, and do not divide.", lambda x, k, b: _partial(x, k).mean(axis=2) + b),
            Slip("the partial maps and the bias are averaged. Add them up, and do not divide.", lambda x, k, b: (_partial(x, k).sum(axis=2) + b) / x.shape[2]),
            Slip("only the first input map counts here. Go through all of them, and return after the loop.", lambda x, k, b: _partial(x, k)[:, :, 0] + b),
            Slip("only the last input map counts here: each partial map replaces the one before. Add them up, with +=.", lambda x, k, b: _partial(x, k)[:, :, -1] + b),
            Slip("every input map meets the kernel of the first. Input map i meets kernels[:, :, i, o].", lambda x, k, b: _combine(x, repeated(k, 2), b)),
            Slip("every kernel looks at the first input map. kernels[:, :, i, o] looks at maps[:, :, i].", lambda x, k, b: _combine(repeated(x, 2), k, b)),
            Slip("every output map uses the kernels of the first. Output map o uses kernels[:, :, i, o].", lambda x, k, b: _combine(x, repeated(k, 3), b)),
            Slip("every output map has the bias of the first. Output map o adds biases[o].", lambda x, k, b: _combine(x, k, b[:1])),
            Slip("maps and kernels are added up before they meet. Slide each kernel over its own map first, then add.", lambda x, k, b: _combine(x.sum(2, keepdims=True), k.sum(2, keepdims=True), b)),
            Slip("the kernels are flipped: the first row of a kernel should meet the first row of the patch.", lambda x, k, b: _combine(x, k[::-1, ::-1], b)),
            Slip("rows and columns of the kernels are exchanged.", lambda x, k, b: _combine(x, k.transpose(1, 0, 2, 3), b)),
            Slip("the last row and column are missing: a map has n - k + 1 of them.", lambda x, k, b: _combine(x, k, b)[:-1, :-1]),
            Slip("the last row is missing: a map has n - k + 1 of them.", lambda x, k, b: _combine(x, k, b)[:-1]),
            Slip("the window sticks out of the map here. It starts at n - k + 1 places only.", same_size),
            Slip("the output maps stand on the first axis. They should be on the last: np.stack(…, axis=-1).", lambda x, k, b: _combine(x, k, b).transpose(2, 0, 1)),
            Slip("the partial maps are still apart. Add them up over the input maps.", lambda x, k, b: _partial(x, k) + b),
            Slip("the output maps are added up too. Add over the input maps only, and keep each output map.", lambda x, k, b: _combine(x, k, b).sum(axis=-1)),
            Slip("this is the first output map only. Make one for each bias, and stack them.", lambda x, k, b: _combine(x, k, b)[:, :, 0]),
            Slip("these are bent. Leave the sums as they are, without tanh.", lambda x, k, b: np.tanh(_combine(x, k, b))),
            # from here on: slips that stop, as convolve or an index does
            Slip("i or o runs too far. In kernels[:, :, i, o], i is from range(maps.shape[2]) and o from range(len(biases)).", lambda x, k, b: k[:, :, x.shape[2]]),
            Slip("each output map has one bias, a single number: biases[o], not biases.", lambda x, k, b: _combine(x, k, 0 * b)[:, :, 0] + b),
            Slip("convolve takes one map and one kernel: maps[:, :, i], not maps.", lambda x, k, b: x[: len(k), : len(k)] * k[:, :, 0, 0]),
            Slip("a kernel is chosen by two numbers, input and output: kernels[:, :, i, o].", lambda x, k, b: x[: len(k), : len(k), 0] * k[:, :, 0]),
        ],
    )  # fmt: skip


def check_table_weights(answer: Callable[[np.ndarray, int], int]) -> None:
    """Check a function that counts the weights of a layer wired by a connection table.

    Args:
        answer: takes a table of 0 and 1, ``(inputs, outputs)``, and the kernel's size; returns the number of weights.
    """
    first = np.array([[1, 0, 1, 0, 1], [1, 1, 0, 0, 1], [0, 1, 0, 1, 1]])
    second = np.array([[1, 0], [1, 1], [0, 1], [1, 1]])

    def weights(t: np.ndarray, k: int) -> int:
        return t.sum() * k * k + t.shape[1]

    check(
        answer,
        [
            Case((first, 7), weights(first, 7), "a table of 3 rows and 5 columns with 9 ones, kernels of 7 × 7"),
            Case((second, 3), weights(second, 3), "a table of 4 rows and 2 columns with 6 ones, kernels of 3 × 3"),
        ],
        [
            Slip("the biases are missing: one for each output map, that is for each column.", lambda t, k: t.sum() * k * k),
            Slip("all output maps share one bias here. Each column has its own.", lambda t, k: t.sum() * k * k + 1),
            Slip("this is a bias for each input map, or row. Each output map has one: count the columns, table.shape[1].", lambda t, k: t.sum() * k * k + len(t)),
            Slip("this is a bias for each kernel. The kernels of one output map share one bias.", lambda t, k: t.sum() * (k * k + 1)),
            Slip("every map is connected with every map here. Count the ones in the table only.", lambda t, k: t.size * k * k + t.shape[1]),
            Slip("a kernel has kernel_size * kernel_size weights: square it.", lambda t, k: t.sum() * k + t.shape[1]),
            Slip("each 1 in the table is a whole kernel: multiply by its kernel_size * kernel_size weights.", lambda t, k: t.sum() + t.shape[1]),
            Slip("this is one kernel for each output map. It has one for each 1 in its column.", lambda t, k: t.shape[1] * (k * k + 1)),
            Slip("these are the weights of each output map. Add them up.", lambda t, k: t.sum(axis=0) * k * k + 1),
            Slip("these are sums over the rows, or input maps. Add up the whole table.", lambda t, k: t.sum(axis=1) * k * k + 1),
            Slip("the bias is added once for each column to a list. Add up the kernels first: table.sum(), then add the columns.", lambda t, k: t.sum(axis=0) * k * k + t.shape[1]),
            Slip("this is the first output map only. Add up all columns.", lambda t, k: t[:, 0].sum() * k * k + 1),
        ],
    )  # fmt: skip
