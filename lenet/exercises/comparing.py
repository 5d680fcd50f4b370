"""Checks for part III, tanh or relu?: chapters 12 to 14."""

# fmt: off
import numpy as np

from lenet.exercises._check import Results, checks, normal
from lenet.exercises.layers import convolve


@checks(normal((4, 3), (3, 2), (4, 2)), normal((2, 5), (5, 5), (2, 5)), normal((1, 2), (2, 3), (1, 3)))
def check_dense_back(X: np.ndarray, W: np.ndarray, G: np.ndarray) -> Results:
    """Check the slopes of W ``(inputs, outputs)``, b and X in X @ W + b: of X ``(n, inputs)``, W and G, the slopes of the sums."""
    yield f"X of shape {X.shape} and W of shape {W.shape}", (X.T @ G, G.sum(axis=0), G @ W.T)


@checks(normal((6, 6), (4, 4)), normal((5, 5), (5, 5)), normal((7, 7), (2, 2)))
def check_kernel_back(image: np.ndarray, G: np.ndarray) -> Results:
    """Check the slopes of a kernel that slides over an image ``(n, n)``: of the image and G ``(m, m)``, the slopes of the map."""
    yield f"an image of shape {image.shape} and G of shape {G.shape}", convolve(image, G)
    yield "G is turned upside down and left to right. Slide it as it is.", convolve(image, G[::-1, ::-1])
    yield "this is a product of tables, @. Multiply number by number, *, and add.", convolve(image, np.tile(G.sum(axis=1), (len(G), 1)))


@checks((np.array([6.0, 8.0, 10.0]),), (np.array([4.0, 7.5, 5.0, 5.5, 3.0]),))
def check_standard_error(errors: np.ndarray) -> Results:
    """Check the standard error of a mean, of the errors of n runs: their standard deviation (over n − 1) divided by √n."""
    yield f"the errors {errors.tolist()}", errors.std(ddof=1) / len(errors) ** 0.5
    yield "this is the standard deviation, the spread of single runs. Divide it by the root of n.", errors.std(ddof=1)
    yield "the squares are divided by n, not by n - 1: std(ddof=1).", errors.std() / len(errors) ** 0.5
    yield "the squares are divided by n, and the root of n is missing.", errors.std()


@checks(*((5.5 + shared + 0.3 * a, 5 + shared + 0.3 * b) for shared, a, b in (normal(n, n, n) for n in (3, 10, 6))))
def check_paired(first: np.ndarray, second: np.ndarray) -> Results:
    """Check the mean of the differences of two networks, first minus second, and its standard error: of the errors of both, ``(n,)``."""
    n, d, apart = len(first), first - second, first.var(ddof=1) + second.var(ddof=1)
    yield f"{n} pairs", (d.mean(), d.std(ddof=1) / n**0.5)
    yield "the pairs are torn apart: take the differences first, then their spread.", (d.mean(), (apart / n) ** 0.5)
    yield "the second number is a spread. Divide it by the root of n.", (d.mean(), d.std(ddof=1))
    yield "the squares are divided by n, not by n - 1: std(ddof=1).", (d.mean(), d.std() / n**0.5)


@checks(
    (np.array([[1, 0, 0, 1], [0, 0, -1, 1], [1, 0, 0, 0]]), np.array([0, 0, 2]), np.array([3, 3, 0, 1])),
    (np.eye(6) - np.eye(6, k=2), np.array([5, 0, 0, 2, 3, 3]), np.array([0, 2, 2, 1, 5, 4])),
)
def check_redrawn(table: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> Results:
    """Check the mean, in points, of the drawn rows and columns of a table ``(seeds, digits)``: of the table and both drawings."""
    yield f"the seeds {rows.tolist()} and the digits {columns.tolist()}", 100 * table[rows][:, columns].mean()
    yield "the rows are drawn, the columns are not: table[rows][:, columns].", 100 * table[rows].mean()


@checks((0.1, 0.1), (0.1, 0.05), (0.12, 0.02), (1.0, 0.3))
def check_seeds_needed(spread: float, difference: float) -> Results:
    """Check the fewest pairs whose 2.8 standard errors are no more than a difference: of a standard deviation and that difference."""
    yield f"a standard deviation of {spread} and a difference of {difference}", np.ceil((2.8 * spread / difference) ** 2)
    yield "rounded down, it is one pair too few. Take the next one above: math.ceil.", np.floor((2.8 * spread / difference) ** 2)
    yield "the 2.8 must be squared too: it stands under the square with the rest.", np.ceil(2.8 * (spread / difference) ** 2)
    yield "the square is missing: four times the pairs, half the standard error.", np.ceil(2.8 * spread / difference)
