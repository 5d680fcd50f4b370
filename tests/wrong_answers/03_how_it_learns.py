"""Slips in the exercises of chapter 03. Each docstring is a part of what the check must say."""

import numpy as np


def check_descent__uphill(slope, start, rate, steps):
    """Subtract the step"""
    w = start
    for step in range(steps):
        w = w + rate * slope(w)
    return w


def check_descent__one_too_many(slope, start, rate, steps):
    """expected 1.568, received 1.7408"""
    w = start
    for step in range(steps + 1):
        w = w - rate * slope(w)
    return w


def check_descent__one_too_few(slope, start, rate, steps):
    """expected 1.568, received 1.28"""
    w = start
    for step in range(1, steps):
        w = w - rate * slope(w)
    return w


def check_descent__one_step(slope, start, rate, steps):
    """one step alone"""
    return start - rate * slope(start)


def check_descent__slope_at_the_start(slope, start, rate, steps):
    """Ask for the slope where the weight now stands"""
    w = start
    for step in range(steps):
        w = w - rate * slope(start)
    return w


def check_descent__no_rate(slope, start, rate, steps):
    """the learning rate is missing"""
    w = start
    for step in range(steps):
        w = w - slope(w)
    return w


def check_descent__returns_in_the_loop(slope, start, rate, steps):
    """one step alone"""
    w = start
    for step in range(steps):
        w = w - rate * slope(w)
        return w


def check_descent__returns_the_slope(slope, start, rate, steps):
    """expected 1.568, received -1.728"""
    w = start
    for step in range(steps):
        w = w - rate * slope(w)
    return slope(w)


def check_softmax__columns(scores):
    """each column adds up to 1"""
    return np.exp(scores) / np.exp(scores).sum(axis=0)


def check_softmax__all_together(scores):
    """expected 0.0971667 at [0, 0], received 0.0233898"""
    return np.exp(scores) / np.exp(scores).sum()


def check_softmax__not_divided(scores):
    """expected 0.0971667 at [0, 0], received 0.57134"""
    return np.exp(scores - scores.max(axis=1, keepdims=True))


def check_softmax__no_e(scores):
    """expected 0.0971667 at [0, 0], received 0.153656"""
    return scores / scores.sum(axis=1, keepdims=True)


def check_softmax__overflow(scores):
    """Subtract each row's maximum first"""
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


def check_softmax__one_maximum(scores):
    """Take each row's own"""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum(axis=1, keepdims=True)


def check_softmax__no_keepdims(scores):
    """These arrays do not fit number by number"""
    return np.exp(scores) / np.exp(scores).sum(axis=1)


def check_softmax__maxima_in_a_row(scores):
    """keepdims=True"""
    powers = np.exp(scores - scores.max(axis=1))
    return powers / powers.sum(axis=1, keepdims=True)
