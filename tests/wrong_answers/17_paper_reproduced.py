"""Slips in the exercises of chapter 17. Each docstring is a part of what the check must say."""

import numpy as np
from scipy import stats


def interval(errors, spread, times):
    return errors.mean() - times * spread, errors.mean() + times * spread


def t(n):
    return stats.t.ppf(0.975, n - 1)


def check_one_more__of_the_mean(errors):
    """this is the interval of the mean"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) / n**0.5, t(n))


def check_one_more__mean_is_sure(errors):
    """the mean is unsure too"""
    return interval(errors, errors.std(ddof=1), t(len(errors)))


def check_one_more__added_before_squares(errors):
    """Add their squares"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + n**-0.5), t(n))


def check_one_more__no_root(errors):
    """expected 0.865104 as result 1 of 2, received 1.01154"""
    n = len(errors)
    return interval(errors, errors.var(ddof=1) * (1 + 1 / n), t(n))


def check_one_more__divided_by_n(errors):
    """ddof=1"""
    n = len(errors)
    return interval(errors, errors.std() * (1 + 1 / n) ** 0.5, t(n))


def check_one_more__t_of_n(errors):
    """one less than runs"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + 1 / n) ** 0.5, t(n + 1))


def check_one_more__two_for_all(errors):
    """stats.t takes more"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + 1 / n) ** 0.5, 2)


def check_one_more__one_side(errors):
    """0.975"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + 1 / n) ** 0.5, stats.t.ppf(0.95, n - 1))


def check_one_more__three_for_all(errors):
    """expected 0.865104 as result 1 of 2, received 0.723324"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + 1 / n) ** 0.5, 4.3)


def check_one_more__t_of_three(errors):
    """this takes stats.t for three runs"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + 1 / n) ** 0.5, stats.t.ppf(0.975, 2))


def check_one_more__no_t(errors):
    """expected 0.865104 as result 1 of 2, received 0.952917"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + 1 / n) ** 0.5, 1)


def check_one_more__mean_and_reach(errors):
    """expected 0.865104 as result 1 of 2, received 1.02249"""
    n = len(errors)
    return errors.mean(), t(n) * errors.std(ddof=1) * (1 + 1 / n) ** 0.5


def check_one_more__turned(errors):
    """right, but in another order"""
    n = len(errors)
    return interval(errors, errors.std(ddof=1) * (1 + 1 / n) ** 0.5, t(n))[::-1]


def check_one_more__reach(errors):
    """expected 2 results, received 0.157387"""
    n = len(errors)
    return t(n) * errors.std(ddof=1) * (1 + 1 / n) ** 0.5


def counts(misread):
    return np.bincount(np.concatenate(misread))


def check_missed__more_than(misread, least):
    """more than that many"""
    return np.flatnonzero(counts(misread) > least)


def check_missed__exactly(misread, least):
    """expected the shape (3,), received the shape (2,)"""
    return np.flatnonzero(counts(misread) == least)


def check_missed__any(misread, least):
    """expected the shape (3,), received the shape (5,)"""
    return np.unique(np.concatenate(misread))


def check_missed__all(misread, least):
    """expected the shape (3,), received the shape (1,)"""
    return np.flatnonzero(counts(misread) == len(misread))


def check_missed__counts(misread, least):
    """expected [2, 7, 9], received [2, 3, 2]"""
    found = counts(misread)
    return found[found >= least]


def check_missed__how_many(misread, least):
    """expected the shape (3,), received one number"""
    return (counts(misread) >= least).sum()


def check_missed__mask(misread, least):
    """whether it is one"""
    return counts(misread) >= least


def check_missed__first_run(misread, least):
    """expected the shape (3,), received the shape (1,)"""
    return np.flatnonzero(counts(misread[:least]) >= least)


def check_missed__most_first(misread, least):
    """expected [2, 7, 9], received [7, 2, 9]"""
    found = counts(misread)
    return np.argsort(-found, kind="stable")[: (found >= least).sum()]
