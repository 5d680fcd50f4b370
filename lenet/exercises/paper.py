"""Checks for part IV, 1998: from chapter 15."""

# fmt: off
import numpy as np

from lenet.exercises._check import Results, checks, normal


@checks(normal((6, 4, 3), 3, 3), normal((4, 8, 6), 6, 6))
def check_subsample(maps: np.ndarray, coefficient: np.ndarray, bias: np.ndarray) -> Results:
    """Check f(coefficient · sum of 2 × 2 + bias): of maps ``(rows, columns, n)``, coefficients ``(n,)`` and biases ``(n,)``."""
    sums = maps[::2, ::2] + maps[::2, 1::2] + maps[1::2, ::2] + maps[1::2, 1::2]
    yield f"maps of shape {maps.shape}", 1.7159 * np.tanh(2 / 3 * (coefficient * sums + bias))
    yield "the bend is missing: f of the sums.", coefficient * sums + bias
    yield "this bends with tanh. Bend with f, of 1998.", np.tanh(coefficient * sums + bias)
    yield "the bias is missing. It is added before the bend.", 1.7159 * np.tanh(2 / 3 * coefficient * sums)
    yield "these are averages. Add up the four numbers.", 1.7159 * np.tanh(2 / 3 * (coefficient * sums / 4 + bias))
    yield "the coefficient multiplies the bias too. It multiplies the sum alone.", 1.7159 * np.tanh(2 / 3 * coefficient * (sums + bias))
    yield "the bias is added after the bend. Add it before.", 1.7159 * np.tanh(2 / 3 * coefficient * sums) + bias


@checks(normal((8, 6), (5, 6)), normal((20, 20), (20, 20)))
def check_nearest(x: np.ndarray, codes: np.ndarray) -> Results:
    """Check the numbers ``(n,)`` of the nearest codes: of features ``(n, features)`` and codes ``(answers, features)``."""
    differences = x[:, np.newaxis] - codes
    yield f"features of shape {x.shape} and codes of shape {codes.shape}", (differences**2).sum(axis=2).argmin(axis=1)
    yield "this takes the largest distance. The nearest code has the smallest: argmin.", (differences**2).sum(axis=2).argmax(axis=1)
    yield "this compares products, x @ codes.T. Take the squares of the differences.", (x @ codes.T).argmax(axis=1)


@checks(*(normal((n, inputs), (inputs, units), units, (n, units)) for n, inputs, units in [(4, 3, 2), (2, 5, 5), (3, 2, 4)]))
def check_curvatures(X: np.ndarray, W: np.ndarray, b: np.ndarray, H: np.ndarray) -> Results:
    """Check the curvatures of W ``(inputs, units)`` and X ``(n, inputs)`` in tanh(X @ W + b): of X, W, b and H, those of tanh."""
    bend = 1 - np.tanh(X @ W + b) ** 2
    w, x = (X**2).T @ (H * bend**2) / len(X), (H * bend**2) @ (W**2).T
    yield f"X of shape {X.shape} and W of shape {W.shape}", (w, x)
    yield "the slope of the bend is not squared: (1 - A**2) ** 2.", ((X**2).T @ (H * bend) / len(X), (H * bend) @ (W**2).T)
    yield "to W: X is not squared.", (X.T @ (H * bend**2) / len(X), x)
    yield "to X: W is not squared.", (w, (H * bend**2) @ W.T)
    yield "neither X nor W is squared. Square every link.", (X.T @ (H * bend**2) / len(X), (H * bend**2) @ W.T)


@checks((np.linspace(2, 9, 10), 3, 5.0), (np.linspace(30, 60, 10), 7, 10.0), (np.linspace(0.5, 4, 10), 9, 1.0))
def check_map(distances: np.ndarray, label: int, j: float) -> Results:
    """Check the MAP criterion of one digit, and its slopes ``(10,)``: of the distances ``(10,)``, the label and j."""
    powers, one = np.exp(-distances), np.eye(10)[label]
    total = np.exp(-j) + powers.sum()
    E, slopes = distances[label] + np.log(total), one - powers / total
    yield f"distances from {distances[0]:g} to {distances[9]:g} and j = {j:g}", (E, slopes)
    yield "rubbish is missing: add np.exp(-j) to the sum.", (distances[label] + np.log(powers.sum()), one - powers / powers.sum())
    yield "the distance of the correct answer is missing: add it to the logarithm.", (E - distances[label], slopes)
    yield "these are the probabilities. The slopes are -p, and 1 - p for the correct answer.", (E, one - slopes)
    yield "a 1 is missing: the slope of the correct answer is 1 - p.", (E, slopes - one)
    yield "the wrong answers are to be pushed away: their slopes are -p, not p.", (E, np.abs(slopes))


@checks(*((1 + 0.1 * normal(n)[0],) for n in (10, 3, 5)))
def check_one_more(errors: np.ndarray) -> Results:
    """Check the ends (low, high) of the interval of 95 % in which one more run is expected: of the errors ``(n,)`` of n runs."""
    from scipy import stats  # takes a second, and only this check needs it
    n, mean, s, t = len(errors), errors.mean(), np.array([-1, 1]) * errors.std(ddof=1), stats.t.ppf(0.975, len(errors) - 1)
    yield f"{n} runs", tuple(mean + t * s * (1 + 1 / n) ** 0.5)
    yield "this is the interval of the mean. One more run lies away from the mean, too: add the square of s.", mean + t * s / n**0.5
    yield "the mean is unsure too: add its square, s² / n.", mean + t * s
    yield "the spreads do not add up. Add their squares, and take the root.", mean + t * s * (1 + n**-0.5)
    yield "the squares are divided by n, not by n - 1: ddof=1.", mean + t * s * (1 - 1 / n**2) ** 0.5
    yield "stats.t wants n - 1, one less than runs.", mean + stats.t.ppf(0.975, n) * s * (1 + 1 / n) ** 0.5
    yield "2 to each side is for many runs. For few, stats.t takes more.", mean + 2 * s * (1 + 1 / n) ** 0.5
    yield "this takes stats.t for three runs. For n, ask stats.t.ppf(0.975, n - 1).", mean + stats.t.ppf(0.975, 2) * s * (1 + 1 / n) ** 0.5
    yield "a fortieth is left out on each side: 0.975.", mean + stats.t.ppf(0.95, n - 1) * s * (1 + 1 / n) ** 0.5


@checks(
    ([np.array([4, 7, 9]), np.array([2, 7]), np.array([2, 7, 9, 11])], 2),
    *(([np.array(run) for run in ([1, 2, 3], [3, 8], [2, 3, 8], [2, 5, 8], [0, 5, 8, 9])], least) for least in (3, 2)),
)
def check_missed(misread: list[np.ndarray], least: int) -> Results:
    """Check the digits that at least so many runs misread, in rising order: of a list of arrays of digits, and that number."""
    times = np.bincount(np.concatenate(misread))
    yield f"{len(misread)} runs, {least} at least", np.flatnonzero(times >= least)
    yield "this asks for more than that many runs. At least: >=.", np.flatnonzero(times > least)
    yield "this says of each digit whether it is one. Give back their numbers: np.flatnonzero.", times >= least
