"""Checks for chapter 16, learning in 1998."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def check_curvatures(answer: Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]) -> None:
    """Check the curvatures of W ``(inputs, units)``, means over the digits, and of X ``(n, inputs)``, in tanh(X @ W + b): of X, W,
    b ``(units,)`` and H ``(n, units)``, the curvatures of what tanh gives."""
    random = np.random.default_rng(16)
    sizes = [(4, 3, 2), (2, 5, 5), (3, 2, 4)]

    def bent(X: np.ndarray, W: np.ndarray, b: np.ndarray, H: np.ndarray) -> np.ndarray:
        return H * (1 - np.tanh(X @ W + b) ** 2) ** 2

    def back(X: np.ndarray, W: np.ndarray, b: np.ndarray, H: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        sums = bent(X, W, b, H)
        return (X**2).T @ sums / len(X), sums @ (W**2).T

    def unsquared_bend(X, W, b, H):
        sums = H * (1 - np.tanh(X @ W + b) ** 2)
        return (X**2).T @ sums / len(X), sums @ (W**2).T

    def fourth_power(X, W, b, H):
        sums = H * (1 - np.tanh(X @ W + b) ** 4)
        return (X**2).T @ sums / len(X), sums @ (W**2).T

    def no_bias(X, W, b, H):
        return back(X, W, 0 * b, H)

    def slope_of_sums(X, W, b, H):
        sums = H * (1 - (X @ W + b) ** 2) ** 2
        return (X**2).T @ sums / len(X), sums @ (W**2).T

    cases = {
        f"{n} digits, {i} inputs, {u} units": (random.normal(size=(n, i)), random.normal(size=(i, u)), random.normal(size=u), random.uniform(size=(n, u)))
        for n, i, u in sizes
    }
    slips = {
        "the slope of the bend is not squared: (1 - A**2) ** 2.": unsquared_bend,
        "the bend is missing: multiply H by (1 - A**2) ** 2 first.": lambda X, W, b, H: ((X**2).T @ H / len(X), H @ (W**2).T),
        "the bias is missing: A is tanh(X @ W + b).": no_bias,
        "the slope of the bend is 1 - A**2, where A is tanh of the sums, not the sums.": slope_of_sums,
        "to W: X is not squared.": lambda X, W, b, H: (X.T @ bent(X, W, b, H) / len(X), bent(X, W, b, H) @ (W**2).T),
        "to X: W is not squared.": lambda X, W, b, H: ((X**2).T @ bent(X, W, b, H) / len(X), bent(X, W, b, H) @ W.T),
        "nothing is squared: neither the slope of the bend, nor X, nor W. Square every link.": lambda X, W, b, H: (
            X.T @ (H * (1 - np.tanh(X @ W + b) ** 2)) / len(X),
            (H * (1 - np.tanh(X @ W + b) ** 2)) @ W.T,
        ),
        "the square of 1 - A**2 is (1 - A**2) ** 2, not 1 - A**4.": fourth_power,
        "neither X nor W is squared. Square every link.": lambda X, W, b, H: (X.T @ bent(X, W, b, H) / len(X), bent(X, W, b, H) @ W.T),
        "the curvatures of W are sums. Divide by the number of digits.": lambda X, W, b, H: ((X**2).T @ bent(X, W, b, H), bent(X, W, b, H) @ (W**2).T),
        "the curvatures of X are of one digit each: divide only those of W.": lambda X, W, b, H: (back(X, W, b, H)[0], back(X, W, b, H)[1] / len(X)),
        "the curvatures of W are slopes' products squared. Square the links first, and add then.": lambda X, W, b, H: (
            (X.T @ (np.sqrt(H) * (1 - np.tanh(X @ W + b) ** 2))) ** 2 / len(X),
            back(X, W, b, H)[1],
        ),
        "the order is W, X.": lambda X, W, b, H: back(X, W, b, H)[::-1],
    }
    check(answer, back, cases, slips)


def check_map(answer: Callable[[np.ndarray, int, float], tuple[float, np.ndarray]]) -> None:
    """Check the MAP criterion of one digit, and its slopes ``(10,)``: of the distances ``(10,)``, the label and j."""
    random = np.random.default_rng(17)
    cases = {
        "distances near j = 5": (random.uniform(2, 9, 10), 3, 5.0),
        "distances from 1 to 10, j = 4": (np.arange(1.0, 11.0), 0, 4.0),
        "distances far above j = 10": (random.uniform(30, 60, 10), 7, 10.0),
        "j = 1": (random.uniform(0.5, 4, 10), 9, 1.0),
    }

    def total(d: np.ndarray, j: float) -> float:
        return np.exp(-j) + np.exp(-d).sum()

    def right(d: np.ndarray, label: int, j: float) -> tuple[float, np.ndarray]:
        return d[label] + np.log(total(d, j)), np.eye(10)[label] - np.exp(-d) / total(d, j)

    def positive(d, label, j):
        powers = np.exp(d)
        whole = np.exp(j) + powers.sum()
        return d[label] + np.log(whole), np.eye(10)[label] - powers / whole

    def no_rubbish(d, label, j):
        powers = np.exp(-d)
        return d[label] + np.log(powers.sum()), np.eye(10)[label] - powers / powers.sum()

    def j_itself(d, label, j):
        powers = np.exp(-d)
        return d[label] + np.log(j + powers.sum()), np.eye(10)[label] - powers / (j + powers.sum())

    def growing_rubbish(d, label, j):
        whole = np.exp(j) + np.exp(-d).sum()
        return d[label] + np.log(whole), np.eye(10)[label] - np.exp(-d) / whole

    slips = {
        "a minus is missing: np.exp(-j).": growing_rubbish,
        "this takes j = 10, whatever it is given.": lambda d, k, j: right(d, k, 10.0),
        "the logarithm is subtracted. Add it.": lambda d, k, j: (d[k] - np.log(total(d, j)), right(d, k, j)[1]),
        "a minus is missing: e to the power of minus the distance, and of minus j.": positive,
        "rubbish is missing: add np.exp(-j) to the sum.": no_rubbish,
        "j stands in the sum as it is. Add np.exp(-j).": j_itself,
        "a 1 is missing: the slope of the correct answer is 1 - p.": lambda d, k, j: (right(d, k, j)[0], -np.exp(-d) / total(d, j)),
        "the signs of the slopes are turned: 1 - p for the correct answer, -p for the others.": lambda d, k, j: (right(d, k, j)[0], -right(d, k, j)[1]),
        "these are the probabilities. The slopes are -p, and 1 - p for the correct answer.": lambda d, k, j: (right(d, k, j)[0], np.exp(-d) / total(d, j)),
        "the wrong answers are to be pushed away: their slopes are -p, not p.": lambda d, k, j: (right(d, k, j)[0], np.abs(right(d, k, j)[1])),
        "only the correct answer has a slope here. The others have -p.": lambda d, k, j: (right(d, k, j)[0], np.eye(10)[k] * right(d, k, j)[1]),
        "the logarithm is missing.": lambda d, k, j: (d[k] + total(d, j), right(d, k, j)[1]),
        "the distance of the correct answer is missing: add it to the logarithm.": lambda d, k, j: (np.log(total(d, j)), right(d, k, j)[1]),
        "this is the logarithm of the probability. E is minus that.": lambda d, k, j: (-right(d, k, j)[0], right(d, k, j)[1]),
        "this is the distance alone. Add the logarithm.": lambda d, k, j: (d[k], right(d, k, j)[1]),
        "this is the smallest distance. Take that of the label.": lambda d, k, j: (d.min() + np.log(total(d, j)), right(d, k, j)[1]),
        "the 1 belongs to the label, not to the smallest distance.": lambda d, k, j: (right(d, k, j)[0], np.eye(10)[d.argmin()] - np.exp(-d) / total(d, j)),
    }
    check(answer, right, cases, slips)
