"""Checks for chapter 09, LeNet-5 whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

from lenet.exercises._check import Case, Slip, check


def check_layer(answer: Callable[[int, int, int, int], tuple[int, int, int]]) -> None:
    """Check a function that computes the rows, weights and multiplications of a convolution.

    Args:
        answer: takes the rows of each map that the layer reads, their number, the rows of the window, and the number of
            maps that it makes; returns (rows of a map that it makes, weights, multiplications).
    """

    def layer(n: int, i: int, k: int, m: int, bias: int = 1, off: int = 1) -> tuple[int, int, int]:
        rows = n - k + off
        return rows, m * (i * k * k + bias), rows**2 * m * i * k * k

    check(
        answer,
        [
            Case((14, 6, 5, 16), layer(14, 6, 5, 16), "C3, which reads 6 maps of 14 × 14 with windows of 5 × 5 and makes 16"),
            Case((20, 2, 3, 4), layer(20, 2, 3, 4), "a layer that reads 2 maps of 20 × 20 with windows of 3 × 3 and makes 4"),
            Case((7, 3, 7, 5), layer(7, 3, 7, 5), "a layer whose window is as large as the maps that it reads"),
        ],
        [
            Slip("one row is missing: a map has size - kernel + 1.", lambda n, i, k, m: layer(n, i, k, m, off=0)),
            Slip("the rows and the multiplications are as if the map were as large as what it reads. It has size - kernel + 1 rows.", lambda n, i, k, m: layer(n, i, k, m, off=k)),
            Slip("the biases are missing among the weights: one for each map that the layer makes.", lambda n, i, k, m: layer(n, i, k, m, bias=0)),
            Slip("there is one bias for each map that the layer makes, not one for each kernel.", lambda n, i, k, m: layer(n, i, k, m, bias=i)),
            Slip("there is one bias for each map that the layer makes, not one in all.", lambda n, i, k, m: (layer(n, i, k, m)[0], m * i * k * k + 1, layer(n, i, k, m)[2])),
            Slip("each map reads all the maps before it: it has a kernel for each of them.", lambda n, i, k, m: layer(n, 1, k, m)),
            Slip("rows and weights are right. The multiplications leave the biases out.", lambda n, i, k, m: (*layer(n, i, k, m)[:2], layer(n, i, k, m)[0] ** 2 * layer(n, i, k, m)[1])),
            Slip("rows and weights are right. The kernels work at rows * rows places, not at rows.", lambda n, i, k, m: (*layer(n, i, k, m)[:2], layer(n, i, k, m)[0] * m * i * k * k)),
            Slip("rows and weights are right. The multiplications forget how many maps are read.", lambda n, i, k, m: (*layer(n, i, k, m)[:2], layer(n, 1, k, m)[2])),
            Slip("rows and weights are right. The multiplications forget how many maps are made.", lambda n, i, k, m: (*layer(n, i, k, m)[:2], layer(n, i, k, 1)[2])),
            Slip("rows and weights are right. The multiplications are those of one place. The kernels work at rows * rows places.", lambda n, i, k, m: (*layer(n, i, k, m)[:2], m * i * k * k)),
            Slip("a window is square: kernel * kernel.", lambda n, i, k, m: (n - k + 1, m * (i * k + 1), (n - k + 1) ** 2 * m * i * k)),
            Slip("the maps that are read and those that are made are exchanged.", lambda n, i, k, m: layer(n, m, k, i)),
            Slip("the order is rows, weights, multiplications.", lambda n, i, k, m: (layer(n, i, k, m)[0], layer(n, i, k, m)[2], layer(n, i, k, m)[1])),
        ],
    )  # fmt: skip


def check_field(answer: Callable[[list[tuple[int, int]]], int]) -> None:
    """Check a function that computes the receptive field of a stack of layers.

    Args:
        answer: takes a list of (window, step), the first layer first; returns the rows of the picture that one number
            of the last layer sees.
    """

    def field(layers: Sequence[tuple[int, int]], begin: int = 1, shrink: int = 1, first: bool = False) -> int:
        seen, step = begin, 1
        for window, own in layers:
            step = step * own if first else step
            seen = seen + (window - shrink) * step
            step = step if first else step * own
        return seen

    stacks = [([(3, 1), (3, 3), (4, 1)], "windows of 3, 3 and 4, the second moves on by 3"),
              ([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)], "C1, S2, C3, S4 and C5"),
              ([(4, 3), (3, 2)], "two layers that move on by 3 and by 2"), ([(4, 3), (3, 2), (3, 1)], "three layers, of which the first moves on by 3"), ([(7, 1)], "a single layer")]  # fmt: skip
    check(
        answer,
        [Case((stack,), field(stack), name) for stack, name in stacks],
        [
            Slip("each layer's second number counts for the layers after it: multiply the step after you have added.", lambda s: field(s, first=True)),
            Slip("the field begins with 1, the single number itself.", lambda s: field(s, begin=0)),
            Slip("a window of k adds k - 1 steps: the first of its numbers is there already.", lambda s: field(s, shrink=0)),
            Slip("the steps are left out. Each layer adds (window - 1) times the step before it.", lambda s: 1 + sum(w - 1 for w, _ in s)),
            Slip("only the windows are added up. Each layer adds (window - 1) times the step before it.", lambda s: sum(w for w, _ in s)),
            Slip("steps multiply: after two steps of 2, neighbours lie 4 pixels apart.", lambda s: 1 + sum((w - 1) * (1 + sum(o - 1 for _, o in s[:k])) for k, (w, _) in enumerate(s))),
            Slip("the first layer's second number is forgotten: it counts for the layers after it.", lambda s: field([(s[0][0], 1), *s[1:]])),
            Slip("the step is only what the layer just before moves on by. Multiply it by the step before that.", lambda s: 1 + sum((w - 1) * (s[k - 1][1] if k else 1) for k, (w, _) in enumerate(s))),
            Slip("the layers are taken from the last to the first. Begin with the first.", lambda s: field(s[::-1])),
            Slip("this is the step. Give back the field.", lambda s: prod(o for _, o in s)),
            Slip("windows are not multiplied. Each layer adds (window - 1) times the step before it.", lambda s: prod(w for w, _ in s)),
        ],
    )  # fmt: skip
