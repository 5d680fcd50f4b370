"""What a difference between two arms means."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Difference(NamedTuple):
    """The difference of two arms' test errors, in points of a percent, the first minus the second."""

    mean: float
    low: float  # of the interval
    high: float
    standard_error: float  # of the mean, for new seeds and new digits, by formula: without the bootstrap's surplus
    per_seed: np.ndarray  # (seeds,)


def wrong_answers(runs: list[dict[str, Any]], arm: str, seeds: range) -> np.ndarray:
    """Which test digits each run of an arm got wrong.

    Args:
        runs: lines of a study, from `lenet.study.read_runs`.
        arm: the arm's name.
        seeds: those that are expected, in their order.

    Returns:
        bool, ``(len(seeds), 10000)``.

    Raises:
        ValueError: not each of the seeds is there, once.
    """
    found = sorted((run for run in runs if run["arm"] == arm), key=lambda run: run["seed"])
    if [run["seed"] for run in found] != list(seeds):
        raise ValueError(f"Expected the seeds {seeds[0]} to {seeds[-1]} of the arm {arm!r}, found {[run['seed'] for run in found]}.")
    wrong = np.zeros((len(seeds), 10_000), bool)
    for row, run in zip(wrong, found):
        row[run["test_errors"]] = True
    return wrong


def paired_difference(first: np.ndarray, second: np.ndarray, confidence: float = 0.95, draws: int = 10_000, seed: int = 0) -> Difference:
    """The difference of two arms, with an interval for new seeds **and** new test digits.

    A bootstrap crossed over both: each draw takes as many seeds as there are, with replacement, and as many digits,
    and computes the difference anew on these. Row k of both arms has the same seed, so the pairs stay together.

    The interval errs on the wide side: it counts the luck of single seeds with single digits about three times (in
    simulations like the book's studies an interval of 95 % held the truth in 96 to 99 % of the cases). The standard
    error of the same mean is given beside it, which counts that luck once: the variance of the seeds' means, plus that
    of the digits' means, less that of what neither explains, as in an analysis of variance with two crossed random
    factors. Both take digits as independent, though MNIST's come in groups by writer.

    Args:
        first, second: bool, ``(seeds, digits)``, true where the answer was wrong; see `wrong_answers`.
        confidence: the share of the draws that the interval holds, between 0 and 1.
        draws: how many.
        seed: of the draws.

    Returns:
        The `Difference`.

    Raises:
        ValueError: the shapes differ, or there are fewer than two seeds.

    >>> a, b = np.zeros((2, 20, 10_000), bool)
    >>> a[:, :120], b[:, :100] = True, True
    >>> round(paired_difference(a, b).mean, 2)
    0.2
    """
    if first.shape != second.shape or first.ndim != 2 or len(first) < 2:
        raise ValueError(f"Expected two arrays of one shape (seeds, digits), seeds at least 2, received {first.shape} and {second.shape}.")
    seeds, digits = first.shape
    gap = first.astype(np.float32) - second.astype(np.float32)
    random = np.random.default_rng(seed)
    resampled = np.empty(draws)
    moved = gap[:, gap.any(axis=0)]  # other digits add nothing, however often they are drawn
    chances = np.append(np.full(len(moved.T), 1 / digits), max(1 - len(moved.T) / digits, 0))
    for part in np.split(resampled, range(500, draws, 500)):  # in parts, to save memory
        of_digits = random.multinomial(digits, chances, len(part))[:, :-1].astype(np.float32)
        of_seeds = random.multinomial(seeds, np.full(seeds, 1 / seeds), len(part))
        part[:] = ((of_digits @ moved.T) * of_seeds).sum(axis=1) * 100 / (seeds * digits)
    low, high = np.quantile(resampled, [(1 - confidence) / 2, (1 + confidence) / 2])
    per_seed, per_digit = (100 * gap.mean(axis=axis, dtype=np.float64) for axis in (1, 0))
    mean = per_seed.mean()
    rest = ((100 * gap - per_seed[:, np.newaxis] - per_digit + mean) ** 2).sum() / ((seeds - 1) * (digits - 1))
    variance = per_seed.var(ddof=1) / seeds + per_digit.var(ddof=1) / digits - rest / (seeds * digits)
    return Difference(float(mean), float(low), float(high), float(max(variance, 0) ** 0.5), per_seed)


def detectable_difference(standard_error: float, seeds: int, power: float = 0.8, significance: float = 0.05) -> float:
    """The smallest true difference that a two-sided t-test would show, with the given power.

    Args:
        standard_error: of the mean difference, in points of a percent. That of a `Difference` answers for new test
            digits; ``per_seed.std(ddof=1) / seeds**0.5`` for the same ones.
        seeds: how many pairs of runs it came from, two or more.
        power: how often it is to be seen, between 0 and 1.
        significance: how often a test may see a difference where there is none.

    Returns:
        Points of a percent.

    >>> round(detectable_difference(0.02, seeds=20), 3)
    0.059
    """
    from scipy import optimize, stats

    border = stats.t.ppf(1 - significance / 2, seeds - 1)
    size = optimize.brentq(lambda size: stats.nct.sf(border, seeds - 1, size) - power, 0, 10)  # in standard errors
    return float(standard_error * size)
