"""Checks for chapter 09, LeNet-5 whole."""

from collections.abc import Callable, Sequence

from lenet.exercises._check import check


def check_layer(answer: Callable[[int, int, int, int], tuple[int, int, int]]) -> None:
    """Check (rows of a map, weights, multiplications) of a convolution: of the rows of each map that it reads, their number, the
    rows of the window, and the number of maps that it makes."""

    def layer(n: int, i: int, k: int, m: int, bias: int = 1, off: int = 1) -> tuple[int, int, int]:
        rows = n - k + off
        return rows, m * (i * k * k + bias), rows**2 * m * i * k * k

    def wrong_end(multiplications: Callable) -> Callable:
        return lambda n, i, k, m: (*layer(n, i, k, m)[:2], multiplications(n - k + 1, i, k, m))

    cases = {
        "C3, which reads 6 maps of 14 × 14 with windows of 5 × 5 and makes 16": (14, 6, 5, 16),
        "a layer that reads 2 maps of 20 × 20 with windows of 3 × 3 and makes 4": (20, 2, 3, 4),
    }
    slips = {
        "one row is missing: a map has size - kernel + 1.": lambda n, i, k, m: layer(n, i, k, m, off=0),
        "the map is smaller than what it reads: it has size - kernel + 1 rows.": lambda n, i, k, m: layer(n, i, k, m, off=k),
        "the biases are missing among the weights: one for each map that the layer makes.": lambda n, i, k, m: layer(n, i, k, m, bias=0),
        "there is one bias for each map that the layer makes, not one for each kernel.": lambda n, i, k, m: layer(n, i, k, m, bias=i),
        "rows and weights are right. The multiplications leave the biases out.": wrong_end(lambda rows, i, k, m: rows**2 * m * (i * k * k + 1)),
        "rows and weights are right. The kernels work at rows * rows places, not at rows.": wrong_end(lambda rows, i, k, m: rows * m * i * k * k),
    }
    check(answer, layer, cases, slips)


def check_field(answer: Callable[[list[tuple[int, int]]], int]) -> None:
    """Check the receptive field of a stack of layers, a list of (window, step) with the first layer first: the rows of the
    picture that one number of the last layer sees."""

    def field(layers: Sequence[tuple[int, int]], begin: int = 1, shrink: int = 1, after: Callable = lambda step, own: step * own) -> int:
        seen, step = begin, 1
        for window, own in layers:
            seen, step = seen + (window - shrink) * step, after(step, own)
        return seen

    cases = {
        "windows of 3, 3 and 4, the second moves on by 3": ([(3, 1), (3, 3), (4, 1)],),
        "C1, S2, C3, S4 and C5": ([(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)],),
        "two layers that move on by 3 and by 2": ([(4, 3), (3, 2)],),
        "three layers, of which the first moves on by 3": ([(4, 3), (3, 2), (3, 1)],),
    }
    slips = {
        "a layer's second number counts for those after it. Multiply the step last.":
            lambda s: field([pair for window, own in s for pair in [(1, own), (window, 1)]]),
        "the field begins with 1, the single number itself.": lambda s: field(s, begin=0),
        "a window of k adds k - 1 steps: the first of its numbers is there already.": lambda s: field(s, shrink=0),
        "the steps are left out. Each layer adds (window - 1) times the step before it.": lambda s: field(s, after=lambda step, own: 1),
        "steps multiply: after two steps of 2, neighbours lie 4 pixels apart.": lambda s: field(s, after=lambda step, own: step + own - 1),
        "the step is only what the layer just before moves on by. Multiply the steps.": lambda s: field(s, after=lambda step, own: own),
    }  # fmt: skip
    check(answer, field, cases, slips)
