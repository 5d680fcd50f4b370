"""Slips in the exercises of chapter 05. Each docstring is a part of what the check must say."""

import numpy as np


def check_collapse__first_bias_not_through(W1, b1, W2, b2):
    """the first bias goes through the second table"""
    return W1 @ W2, b2


def check_collapse__second_bias_missing(W1, b1, W2, b2):
    """the second bias is missing"""
    return W1 @ W2, b1 @ W2


def check_collapse__no_bias(W1, b1, W2, b2):
    """expected [-0.544984, 1.38827] as result 2 of 2, received [0, 0]"""
    return W1 @ W2, np.zeros(len(b2))


def check_collapse__biases_added(W1, b1, W2, b2):
    """These arrays do not fit number by number"""
    return W1 @ W2, b1 + b2


def check_collapse__both_through(W1, b1, W2, b2):
    """These arrays do not fit number by number"""
    return W1 @ W2, (b1 + b2) @ W2


def check_collapse__wrong_order(W1, b1, W2, b2):
    """a row of A must be as long as a column of B"""
    return W2 @ W1, b1 @ W2 + b2


def check_collapse__exchanged(W1, b1, W2, b2):
    """right, but in another order"""
    return b1 @ W2 + b2, W1 @ W2


def check_collapse__table_alone(W1, b1, W2, b2):
    """expected 2 results"""
    return W1 @ W2


def check_collapse__rounded(W1, b1, W2, b2):
    """as result 1 of 2"""
    return (W1 @ W2).round(2), b1 @ W2 + b2


def check_bend__too_large(s):
    """e to the power of 1,000 is too large"""
    with np.errstate(all="ignore"):
        t = (np.exp(s) - np.exp(-s)) / (np.exp(s) + np.exp(-s))
    return t, 1 - t**2


def check_bend__too_large_below(s):
    """for sums of -1,000 nan comes out"""
    with np.errstate(all="ignore"):
        t = (1 - np.exp(-2 * s)) / (1 + np.exp(-2 * s))
    return t, 1 - t**2


def check_bend__slope_not_squared(s):
    """not 1 - tanh."""
    return np.tanh(s), 1 - np.tanh(s)


def check_bend__slope_without_one(s):
    """as result 2 of 2"""
    return np.tanh(s), np.tanh(s) ** 2


def check_bend__slope_of_the_sum(s):
    """as result 2 of 2, received [-3, 0.75, 1, 0.91, 0]"""
    return np.tanh(s), 1 - s**2


def check_bend__sign_lost(s):
    """as result 1 of 2, received [0.964028, 0.462117, 0, 0.291313"""
    small = np.exp(-2 * np.abs(s))
    t = (1 - small) / (1 + small)
    return t, 1 - t**2


def check_bend__tanh_alone(s):
    """expected 2 results"""
    small = np.exp(-2 * np.abs(s))
    return np.sign(s) * (1 - small) / (1 + small)


def check_bend__exchanged(s):
    """right, but in another order"""
    return 1 - np.tanh(s) ** 2, np.tanh(s)


def check_bend__if_on_an_array(s):
    """`if` takes one number"""
    if s < 0:
        return -np.tanh(-s), 1 - np.tanh(s) ** 2
    return np.tanh(s), 1 - np.tanh(s) ** 2
