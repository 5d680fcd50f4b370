"""Checks for part IV, 1998: from chapter 15."""

# fmt: off
import numpy as np

from lenet.exercises._check import Cases, checks, normal


@checks
def check_subsample() -> Cases:
    """Check f(coefficient · sum of 2 × 2 + bias): of maps ``(rows, columns, n)``, coefficients ``(n,)`` and biases ``(n,)``."""

    def f(s: np.ndarray) -> np.ndarray:
        return 1.7159 * np.tanh(2 / 3 * s)

    for rows, columns, n in (6, 4, 3), (4, 8, 6):
        maps, c, b = arguments = normal((rows, columns, n), n, n)
        blocks = maps.reshape(rows // 2, 2, columns // 2, 2, n)
        sums, apart = blocks.sum(axis=(1, 3)), maps.reshape(2, rows // 2, 2, columns // 2, n).sum(axis=(0, 2))
        yield f"{n} maps of {rows} × {columns}", arguments, f(c * sums + b), {
            "these are averages. Add up the four numbers: the coefficient does the rest.": f(c * sums / 4 + b),
            "the bend is missing: f of the sums.": c * sums + b,
            "this bends with tanh. Bend with f, of 1998.": np.tanh(c * sums + b),
            "the bias is missing. It is added before the bend.": f(c * sums),
            "the bias is added after the bend. Add it before.": f(c * sums) + b,
            "the coefficient multiplies the bias too. It multiplies the sum alone.": f(c * (sums + b)),
            "the bias is subtracted. Add it.": f(c * sums - b),
            "f stretches both ways: 1.7159 * np.tanh(2 / 3 * s). The 2 / 3 is missing.": 1.7159 * np.tanh(c * sums + b),
            "this bends the sums first. The coefficient and the bias come before the bend.": c * f(sums) + b,
            "each map has a coefficient and a bias of its own: not c[0] and b[0] for all.": f(c[0] * sums + b[0]),
            "these four are not neighbours. Split each axis into pairs: reshape(rows // 2, 2, columns // 2, 2, n).": f(c * apart + b),
            "this is the largest of the four. Add them up.": f(c * blocks.max(axis=(1, 3)) + b),
        }


@checks
def check_nearest() -> Cases:
    """Check the numbers ``(n,)`` of the nearest codes: of features ``(n, features)`` and codes ``(answers, features)``."""
    for n, answers, features in (8, 5, 6), (20, 20, 20):
        x, codes = normal((n, features), (answers, features))
        codes *= np.linspace(0.5, 3, answers)[:, np.newaxis]  # of unlike size, so that products and distances do not decide alike
        differences = x[:, np.newaxis] - codes
        distances = (differences**2).sum(axis=2)
        yield f"{n} digits and {answers} codes", (x, codes), distances.argmin(axis=1), {
            "this takes the largest distance. The nearest code has the smallest: argmin.": distances.argmax(axis=1),
            "these are the distances. Give the place of the smallest in each row.": distances,
            "these are the smallest distances. Give their places: argmin.": distances.min(axis=1),
            "this finds a digit for each code. Find a code for each digit: axis=1.": distances.argmin(axis=0),
            "the differences are added up before they are squared. Square first.": (differences.sum(axis=2) ** 2).argmin(axis=1),
            "this adds up over the codes. Add up over the features, axis=2.": (differences**2).sum(axis=1).argmin(axis=1),
            "the differences are not squared, so that they cancel.": differences.sum(axis=2).argmin(axis=1),
            "these are absolute values. Square the differences.": np.abs(differences).sum(axis=2).argmin(axis=1),
            "this compares products, x @ codes.T. Take the squares of the differences.": (x @ codes.T).argmax(axis=1),
        }


@checks
def check_curvatures() -> Cases:
    """Check the curvatures of W ``(inputs, units)`` and X ``(n, inputs)`` in tanh(X @ W + b): of X, W, b and H, those of tanh."""
    for n, inputs, units in (4, 3, 2), (2, 5, 5), (3, 2, 4):
        X, W, b, H = arguments = normal((n, inputs), (inputs, units), units, (n, units))
        A = np.tanh(X @ W + b)

        def back(bend: np.ndarray | int, X: np.ndarray = X**2, W: np.ndarray = W**2) -> tuple[np.ndarray, np.ndarray]:
            return X.T @ (H * bend) / n, (H * bend) @ W.T

        w, x = back((1 - A**2) ** 2)
        yield f"{n} digits, {inputs} inputs, {units} units", arguments, (w, x), {
            "the slope of the bend is not squared: (1 - A**2) ** 2.": back(1 - A**2),
            "the square of 1 - A**2 is (1 - A**2) ** 2, not 1 - A**4.": back(1 - A**4),
            "the slope of the bend is 1 - A**2, where A is tanh of the sums, not the sums.": back((1 - (X @ W + b) ** 2) ** 2),
            "the bend is missing: multiply H by (1 - A**2) ** 2 first.": back(1),
            "the bias is missing: A is tanh(X @ W + b).": back((1 - np.tanh(X @ W) ** 2) ** 2),
            "to W: X is not squared.": back((1 - A**2) ** 2, X=X),
            "to X: W is not squared.": back((1 - A**2) ** 2, W=W),
            "neither X nor W is squared. Square every link.": back((1 - A**2) ** 2, X, W),
            "nothing is squared: neither the slope of the bend, nor X, nor W. Square every link.": back(1 - A**2, X, W),
            "the curvatures of W are sums. Divide by the number of digits.": (n * w, x),
            "the curvatures of X are of one digit each: divide only those of W.": (w, x / n),
            "the order is W, X.": (x, w),
        }


@checks
def check_map() -> Cases:
    """Check the MAP criterion of one digit, and its slopes ``(10,)``: of the distances ``(10,)``, the label and j."""
    for low, high, label, j in (2, 9, 3, 5.0), (30, 60, 7, 10.0), (0.5, 4, 9, 1.0):
        d, one = np.linspace(low, high, 10), np.eye(10)[label]

        def criterion(powers: np.ndarray, rubbish: float) -> tuple[float, np.ndarray]:
            total = rubbish + powers.sum()
            return d[label] + np.log(total), one - powers / total

        E, slopes = criterion(np.exp(-d), np.exp(-j))
        yield f"distances from {low} to {high} and j = {j:g}", (d, label, j), (E, slopes), {
            "a minus is missing: np.exp(-j).": criterion(np.exp(-d), np.exp(j)),
            "a minus is missing: e to the power of minus the distance, and of minus j.": criterion(np.exp(d), np.exp(j)),
            "rubbish is missing: add np.exp(-j) to the sum.": criterion(np.exp(-d), 0),
            "j stands in the sum as it is. Add np.exp(-j).": criterion(np.exp(-d), j),
            "this takes j = 10, whatever it is given.": criterion(np.exp(-d), np.exp(-10)),
            "the logarithm is missing.": (d[label] + np.exp(E - d[label]), slopes),
            "the logarithm is subtracted. Add it.": (2 * d[label] - E, slopes),
            "this is the distance alone. Add the logarithm.": (d[label], slopes),
            "the distance of the correct answer is missing: add it to the logarithm.": (E - d[label], slopes),
            "this is the logarithm of the probability. E is minus that.": (-E, slopes),
            "a 1 is missing: the slope of the correct answer is 1 - p.": (E, slopes - one),
            "the signs of the slopes are turned: 1 - p for the correct answer, -p for the others.": (E, -slopes),
            "these are the probabilities. The slopes are -p, and 1 - p for the correct answer.": (E, one - slopes),
            "the wrong answers are to be pushed away: their slopes are -p, not p.": (E, np.abs(slopes)),
            "only the correct answer has a slope here. The others have -p.": (E, one * slopes),
        }


@checks
def check_one_more() -> Cases:
    """Check the ends (low, high) of the interval of 95 % in which one more run is expected: of the errors ``(n,)`` of n runs."""
    from scipy import stats

    for n in (10, 3, 5):
        errors = 1 + 0.1 * normal(n)[0]
        s, wider, t = errors.std(ddof=1), (1 + 1 / n) ** 0.5, stats.t.ppf(0.975, n - 1)

        def interval(reach: float) -> tuple[float, float]:
            return errors.mean() - reach, errors.mean() + reach

        yield f"{n} runs", (errors,), interval(t * s * wider), {
            "this is the interval of the mean. One more run lies away from the mean, too: add the square of s.": interval(t * s / n**0.5),
            "the mean is unsure too: add its square, s² / n.": interval(t * s),
            "the spreads do not add up. Add their squares, and take the root.": interval(t * s * (1 + n**-0.5)),
            "the root is missing: it is taken of the sum of both squares.": interval(t * (s * wider) ** 2),
            "the squares are divided by n, not by n - 1: ddof=1.": interval(t * errors.std() * wider),
            "stats.t wants n - 1, one less than runs.": interval(stats.t.ppf(0.975, n) * s * wider),
            "2 to each side is for many runs. For few, stats.t takes more.": interval(2 * s * wider),
            "a fortieth is left out on each side: 0.975.": interval(stats.t.ppf(0.95, n - 1) * s * wider),
            "4.3 is for three runs. For n, ask stats.t.ppf(0.975, n - 1).": interval(4.3 * s * wider),
            "this is once the root. Multiply it by what stats.t.ppf says.": interval(s * wider),
            "the order is low, high.": interval(-t * s * wider),
            "this is the reach. Go as far from the mean, to both sides.": t * s * wider,
            "this is the mean and the reach. Give back mean - reach and mean + reach.": (errors.mean(), t * s * wider),
        }


@checks
def check_missed() -> Cases:
    """Check the digits that at least so many runs misread, in rising order: of a list of arrays of digits, and that number."""
    three, five = [[4, 7, 9], [2, 7], [7, 9, 2, 11]], [[1, 2, 3], [3, 8], [8, 3, 2], [5, 2, 8], [0, 8, 9]]
    for runs, least in (three, 2), (five, 3), (five, 2):
        misread = [np.sort(run) for run in runs]
        times = np.bincount(np.concatenate(misread))
        right, few = np.flatnonzero(times >= least), np.flatnonzero(np.bincount(np.concatenate(misread[:least])) >= least)
        yield f"{len(runs)} runs, {least} at least", (misread, least), right, {
            "this asks for more than that many runs. At least: >=.": np.flatnonzero(times > least),
            "this asks for exactly that many runs. At least: >=.": np.flatnonzero(times == least),
            "one run is enough here. Count how many misread each digit.": np.flatnonzero(times),
            "here all runs must misread it. At least `least` of them is enough.": np.flatnonzero(times == len(runs)),
            "this is how often each was misread. Give back which digits: np.flatnonzero.": times[right],
            "this is how many digits there are. Give back which: np.flatnonzero.": len(right),
            "this says of each digit whether it is one. Give back their numbers: np.flatnonzero.": times >= least,
            "this looks at the first runs alone. Count over all of them.": few,
            "these are the digits, the most misread first. Give them in rising order.": np.argsort(-times, kind="stable")[: len(right)],
        }
