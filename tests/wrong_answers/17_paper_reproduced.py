"""Slips in the exercises of chapter 17. Each docstring is a part of what the check must say."""

import numpy as np
from scipy import stats


def interval(errors, width):
    return stats.t.interval(0.95, len(errors) - 1, errors.mean(), width)


def check_one_more__of_the_mean(errors):
    """this is the interval of the mean"""
    return interval(errors, errors.std(ddof=1) / len(errors) ** 0.5)


def check_one_more__spread_alone(errors):
    """the mean is unsure, too"""
    return interval(errors, errors.std(ddof=1))


def check_one_more__added(errors):
    """add up as squares"""
    s = errors.std(ddof=1)
    return interval(errors, s + s / len(errors) ** 0.5)


def check_one_more__no_root(errors):
    """the root is missing"""
    return interval(errors, errors.std(ddof=1) * (1 + 1 / len(errors)))


def check_one_more__no_ddof(errors):
    """std(ddof=1)"""
    return interval(errors, errors.std() * (1 + 1 / len(errors)) ** 0.5)


def check_one_more__n_for_t(errors):
    """t wants n - 1"""
    n = len(errors)
    return stats.t.interval(0.95, n, errors.mean(), errors.std(ddof=1) * (1 + 1 / n) ** 0.5)


def check_one_more__normal(errors):
    """need t, not the normal curve"""
    return stats.norm.interval(0.95, errors.mean(), errors.std(ddof=1) * (1 + 1 / len(errors)) ** 0.5)


def check_one_more__two(errors):
    """expected"""
    return errors.mean() - 2 * errors.std(ddof=1), errors.mean() + 2 * errors.std(ddof=1)


def check_one_more__order(errors):
    """the order is low, high"""
    low, high = interval(errors, errors.std(ddof=1) * (1 + 1 / len(errors)) ** 0.5)
    return high, low


def check_one_more__nothing(errors):
    """Is `return` missing?"""
    interval(errors, errors.std(ddof=1) * (1 + 1 / len(errors)) ** 0.5)


def counts(misread):
    return np.bincount(np.concatenate(misread), minlength=10_000)


def check_missed__more_than(misread, least):
    """>=, not >"""
    return np.flatnonzero(counts(misread) > least)


def check_missed__exactly(misread, least):
    """not exactly so many"""
    return np.flatnonzero(counts(misread) == least)


def check_missed__all_runs(misread, least):
    """all runs misread"""
    shared = set(misread[0])
    for each in misread[1:]:
        shared &= set(each)
    return np.array(sorted(shared))


def check_missed__any_run(misread, least):
    """any run misread"""
    return np.unique(np.concatenate(misread))


def check_missed__counts(misread, least):
    """these are counts"""
    found = counts(misread)
    return found[found >= least]


def check_missed__all_counts(misread, least):
    """these are all counts"""
    return counts(misread)


def check_missed__mask(misread, least):
    """True and False"""
    return counts(misread) >= least


def check_missed__first_run(misread, least):
    """expected"""
    return misread[0]


def check_missed__nonzero(misread, least):
    """expected"""
    return np.nonzero(counts(misread) >= least)


def check_missed__nothing(misread, least):
    """Is `return` missing?"""
    np.flatnonzero(counts(misread) >= least)
