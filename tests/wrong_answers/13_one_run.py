"""Slips in the exercises of chapter 13. Each docstring is a part of what the check must say."""

import numpy as np


def check_standard_error__deviation(errors):
    """this is the standard deviation"""
    return errors.std(ddof=1)


def check_standard_error__by_n(errors):
    """expected 1.1547, received 0.666667"""
    return errors.std(ddof=1) / len(errors)


def check_standard_error__no_ddof(errors):
    """std(ddof=1)"""
    return errors.std() / np.sqrt(len(errors))


def check_standard_error__numpy_std(errors):
    """the root of n is missing"""
    return np.std(errors)


def check_standard_error__variance(errors):
    """expected 1.1547, received 1.33333"""
    return errors.var(ddof=1) / len(errors)


def check_standard_error__nothing(errors):
    """Is `return` missing?"""
    errors.std(ddof=1) / np.sqrt(len(errors))


def standard_error(x):
    return x.std(ddof=1) / np.sqrt(len(x))


def check_paired__torn(a, b):
    """the pairs are torn apart"""
    return a.mean() - b.mean(), np.sqrt(standard_error(a) ** 2 + standard_error(b) ** 2)


def check_paired__added(a, b):
    """expected 0.0991704 as result 2 of 2, received 0.568834"""
    return a.mean() - b.mean(), standard_error(a) + standard_error(b)


def check_paired__reversed(a, b):
    """expected 0.463984 as result 1 of 2, received -0.463984"""
    return (b - a).mean(), standard_error(b - a)


def check_paired__no_ddof(a, b):
    """std(ddof=1)"""
    return (a - b).mean(), (a - b).std() / np.sqrt(len(a))


def check_paired__order(a, b):
    """right, but in another order"""
    return standard_error(a - b), (a - b).mean()


def check_paired__mean_alone(a, b):
    """expected"""
    return (a - b).mean()


def check_paired__spread(a, b):
    """the second number is a spread"""
    return (a - b).mean(), (a - b).std(ddof=1)
