"""Checks for part III, tanh or relu?: chapters 12 to 14."""

# fmt: off
from math import ceil

import numpy as np

from lenet.exercises._check import Cases, checks, normal
from lenet.exercises.layers import convolve


@checks
def check_dense_back() -> Cases:
    """Check the slopes of W ``(inputs, outputs)``, b and X in X @ W + b: of X ``(n, inputs)``, W and G, the slopes of the sums."""
    for n, inputs, outputs in (4, 3, 2), (2, 5, 5), (1, 2, 3):
        X, W, G = arguments = normal((n, inputs), (inputs, outputs), (n, outputs))
        w, b, x = X.T @ G, G.sum(axis=0), G @ W.T
        yield f"{n} pictures, {inputs} inputs, {outputs} sums", arguments, (w, b, x), {
            "the slopes of W are divided by the number of pictures. Add, and do not divide.": (w / n, b, x),
            "the slopes of b are means. Each picture adds its slope: a sum.": (w, b / n, x),
            "the slopes of b are added over the sums. Add over the pictures: axis=0.": (w, G.sum(axis=1), x),
            "the slopes of b are still one row for each picture. Add over the pictures.": (w, G, x),
            "a transpose is missing, or the order is wrong. W: X.T @ G.": lambda: (G @ X.T, b, x),
            "a transpose is missing, or the order is wrong. X: G @ W.T.": lambda: (w, b, G @ W),
            "the order is W, b, X.": (w, x, b),
        }


@checks
def check_kernel_back() -> Cases:
    """Check the slopes of a kernel that slides over an image ``(n, n)``: of the image and G ``(m, m)``, the slopes of the map."""
    for n, m in (6, 4), (5, 5), (7, 2):
        image, G = arguments = normal((n, n), (m, m))
        yield f"an image of {n} × {n} and a map of {m} × {m}", arguments, convolve(image, G), {
            "G is turned upside down and left to right. Slide it as it is.": convolve(image, G[::-1, ::-1]),
            "this is a mean over the places. Each place adds: a sum.": convolve(image, G) / m**2,
            "this is one place of the map alone. Add over all places.": image[: n - m + 1, : n - m + 1] * G[0, 0],
            "this is a product of tables, @. Multiply number by number, *, and add.": convolve(image, np.tile(G.sum(axis=1), (m, 1))),
            "G is not used: multiply each number of the window by its slope.": convolve(image, np.ones((m, m))),
        }


@checks
def check_standard_error() -> Cases:
    """Check the standard error of a mean, of the errors of n runs: their standard deviation (over n − 1) divided by √n."""
    for errors in np.array([6.0, 8.0, 10.0]), np.array([4.0, 7.5, 5.0, 5.5, 3.0]):
        n, deviation = len(errors), errors.std(ddof=1)
        yield f"{n} runs with the errors {errors.tolist()}", (errors,), deviation / n**0.5, {
            "this is the standard deviation, the spread of single runs. Divide it by the root of n.": deviation,
            "this divides by n, not by its root.": deviation / n,
            "the squares are divided by n, not by n - 1: std(ddof=1).": errors.std() / n**0.5,
            "the squares are divided by n, and the root of n is missing.": errors.std(),
        }


@checks
def check_paired() -> Cases:
    """Check the mean of the differences of two networks, first minus second, and its standard error: of the errors of both, ``(n,)``."""
    for n in 3, 10, 6:
        shared, a, b = normal(n, n, n)
        first, second = 5.5 + shared + 0.3 * a, 5 + shared + 0.3 * b
        mean, deviation = (first - second).mean(), (first - second).std(ddof=1)
        torn = (first.var(ddof=1) + second.var(ddof=1)) ** 0.5
        yield f"{n} pairs", (first, second), (mean, deviation / n**0.5), {
            "the pairs are torn apart: take the differences first, then their spread.": (mean, torn / n**0.5),
            "this is second minus first. First minus second is wanted.": (-mean, deviation / n**0.5),
            "the second number is a spread. Divide it by the root of n.": (mean, deviation),
            "the squares are divided by n, not by n - 1: std(ddof=1).": (mean, (first - second).std() / n**0.5),
            "the order is the mean first, then its standard error.": (deviation / n**0.5, mean),
        }


@checks
def check_redrawn() -> Cases:
    """Check the mean, in points, of the drawn rows and columns of a table ``(seeds, digits)``: of the table and both drawings."""
    random = np.random.default_rng(14)
    cases = [(np.array([[1, 0, 0, 1], [0, 0, -1, 1], [1, 0, 0, 0]]), np.array([0, 0, 2]), np.array([3, 3, 0, 1]))]
    cases += [(random.integers(-1, 2, (n, n)), random.integers(0, n, n), random.integers(0, n, n)) for n in (6, 9)]
    for table, rows, columns in cases:
        share = table[rows][:, columns].mean()
        yield f"{len(table)} seeds and {len(table.T)} digits", (table, rows, columns), 100 * share, {
            "this is a share. Times 100, it is in points.": share,
            "this is the mean of the whole table. Take the drawn rows and columns.": 100 * table.mean(),
            "the rows are drawn, the columns are not: table[rows][:, columns].": 100 * table[rows].mean(),
            "the columns are drawn, the rows are not: table[rows][:, columns].": 100 * table[:, columns].mean(),
            "table[rows, columns] takes both in pairs. Write table[rows][:, columns].": lambda: 100 * table[rows, columns].mean(),
            "table[rows][columns] takes rows twice. Write table[rows][:, columns].": lambda: 100 * table[rows][columns].mean(),
        }


@checks
def check_seeds_needed() -> Cases:
    """Check the fewest pairs whose 2.8 standard errors are no more than a difference: of a standard deviation and that difference."""
    for s, d in (0.1, 0.1), (0.1, 0.05), (0.12, 0.02), (1.0, 0.3):
        pairs = (2.8 * s / d) ** 2
        yield f"a standard deviation of {s} and a difference of {d}", (s, d), ceil(pairs), {
            "this is no whole number. Take the next one above: math.ceil.": pairs,
            "rounded down, or to the nearest, it is one pair too few. Take the next one above: math.ceil.": int(pairs),
            "the square is missing: four times the pairs, half the standard error.": ceil(2.8 * s / d),
            "the 2.8 must be squared too: it stands under the square with the rest.": ceil(2.8 * (s / d) ** 2),
            "with 2 standard errors it is seen only every second time. Take 2.8.": ceil((2 * s / d) ** 2),
            "upside down: a smaller difference needs more pairs.": ceil((2.8 * d / s) ** 2),
        }
