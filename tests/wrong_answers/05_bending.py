"""Slips in the exercises of chapter 05. Each docstring is a part of what the check must say."""

import numpy as np


def check_collapse__first_bias_not_through(W1, b1, W2, b2):
    """the first bias goes through the second table"""
    return W1 @ W2, b2


def check_collapse__second_bias_missing(W1, b1, W2, b2):
    """the second bias is missing"""
    return W1 @ W2, b1 @ W2


def check_collapse__no_bias(W1, b1, W2, b2):
    """both biases are missing"""
    return W1 @ W2, np.zeros(len(b2))


def check_collapse__biases_added(W1, b1, W2, b2):
    """before the second is added"""
    return W1 @ W2, b1 + b2


def check_collapse__both_through(W1, b1, W2, b2):
    """the second bias goes through no table"""
    return W1 @ W2, (b1 + b2) @ W2


def check_collapse__bias_through_the_first(W1, b1, W2, b2):
    """goes through W2, not W1"""
    return W1 @ W2, b1 @ W1 + b2


def check_collapse__wrong_order(W1, b1, W2, b2):
    """X meets W1 first"""
    return W2 @ W1, b1 @ W2 + b2


def check_collapse__times(W1, b1, W2, b2):
    """multiplied with @"""
    return W1 * W2, b1 @ W2 + b2


def check_collapse__added(W1, b1, W2, b2):
    """the tables are added here"""
    return W1 + W2, b1 @ W2 + b2


def check_collapse__exchanged(W1, b1, W2, b2):
    """the table first, then the bias"""
    return b1 @ W2 + b2, W1 @ W2


def check_collapse__on_its_side(W1, b1, W2, b2):
    """on its side"""
    return (W1 @ W2).T, b1 @ W2 + b2


def check_collapse__table_alone(W1, b1, W2, b2):
    """expected 2 results"""
    return W1 @ W2


def check_collapse__rounded(W1, b1, W2, b2):
    """as result 1 of 2"""
    return (W1 @ W2).round(2), b1 @ W2 + b2


def check_bend__too_large(s):
    """the powers of e are too large"""
    with np.errstate(all="ignore"):
        t = (np.exp(s) - np.exp(-s)) / (np.exp(s) + np.exp(-s))
    return t, 1 - t**2


def check_bend__too_large_below(s):
    """Use np.abs(s) and np.sign(s)"""
    with np.errstate(all="ignore"):
        t = (1 - np.exp(-2 * s)) / (1 + np.exp(-2 * s))
    return t, 1 - t**2


def check_bend__slope_not_squared(s):
    """not 1 - tanh."""
    return np.tanh(s), 1 - np.tanh(s)


def check_bend__slope_without_one(s):
    """The slope is 1 minus it"""
    return np.tanh(s), np.tanh(s) ** 2


def check_bend__slope_of_the_sum(s):
    """not 1 - s squared"""
    return np.tanh(s), 1 - s**2


def check_bend__half(s):
    """this is tanh of s / 2"""
    small = np.exp(-np.abs(s))
    t = np.sign(s) * (1 - small) / (1 + small)
    return t, 1 - t**2


def check_bend__sign_lost(s):
    """the sign is lost"""
    small = np.exp(-2 * np.abs(s))
    t = (1 - small) / (1 + small)
    return t, 1 - t**2


def check_bend__turned_round(s):
    """the sign is turned round"""
    small = np.exp(-2 * np.abs(s))
    t = -np.sign(s) * (1 - small) / (1 + small)
    return t, 1 - t**2


def check_bend__from_0_to_1(s):
    """from 0 to 1"""
    t = 1 / (1 + np.exp(-s))
    return t, t * (1 - t)


def check_bend__relu(s):
    """this is relu"""
    return np.maximum(s, 0), np.where(s > 0, 1.0, 0.0)


def check_bend__tanh_alone(s):
    """Give back two arrays"""
    small = np.exp(-2 * np.abs(s))
    return np.sign(s) * (1 - small) / (1 + small)


def check_bend__exchanged(s):
    """tanh first, then its slope"""
    return 1 - np.tanh(s) ** 2, np.tanh(s)


def check_bend__square_of_the_difference(s):
    """the square of 1 - tanh"""
    return np.tanh(s), (1 - np.tanh(s)) ** 2


def check_bend__if_on_an_array(s):
    """if takes one number"""
    if s < 0:
        return -np.tanh(-s), 1 - np.tanh(s) ** 2
    return np.tanh(s), 1 - np.tanh(s) ** 2
