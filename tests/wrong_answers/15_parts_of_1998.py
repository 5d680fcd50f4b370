"""Slips in the exercises of chapter 15. Each docstring is a part of what the check must say."""

import numpy as np


def f(s):
    return 1.7159 * np.tanh(2 / 3 * s)


def sums(maps):
    rows, columns, n = maps.shape
    return maps.reshape(rows // 2, 2, columns // 2, 2, n).sum(axis=(1, 3))


def check_subsample__average(maps, coefficient, bias):
    """these are averages"""
    return f(coefficient * sums(maps) / 4 + bias)


def check_subsample__straight(maps, coefficient, bias):
    """the bend is missing"""
    return coefficient * sums(maps) + bias


def check_subsample__tanh(maps, coefficient, bias):
    """this bends with tanh"""
    return np.tanh(coefficient * sums(maps) + bias)


def check_subsample__no_bias(maps, coefficient, bias):
    """the bias is missing"""
    return f(coefficient * sums(maps))


def check_subsample__bias_after(maps, coefficient, bias):
    """after the bend"""
    return f(coefficient * sums(maps)) + bias


def check_subsample__bias_inside(maps, coefficient, bias):
    """multiplies the bias too"""
    return f(coefficient * (sums(maps) + bias))


def check_subsample__maxima(maps, coefficient, bias):
    """expected 1.42479 at [0, 0, 0], received 0.458022"""
    rows, columns, n = maps.shape
    return f(coefficient * maps.reshape(rows // 2, 2, columns // 2, 2, n).max(axis=(1, 3)) + bias)


def check_subsample__whole_map(maps, coefficient, bias):
    """expected the shape"""
    return f(coefficient * maps.sum(axis=(0, 1)) + bias)


def check_subsample__not_halved(maps, coefficient, bias):
    """expected the shape (3, 2, 3), received the shape (6, 4, 3)"""
    return f(coefficient * maps + bias)


def check_subsample__nothing(maps, coefficient, bias):
    """Is `return` missing?"""
    f(coefficient * sums(maps) + bias)


def distances(x, codes):
    return ((x[:, np.newaxis] - codes) ** 2).sum(axis=2)


def check_nearest__farthest(x, codes):
    """this takes the largest distance"""
    return distances(x, codes).argmax(axis=1)


def check_nearest__distances(x, codes):
    """expected the shape (8,), received the shape (8, 5)"""
    return distances(x, codes)


def check_nearest__smallest(x, codes):
    """received [1.23019"""
    return distances(x, codes).min(axis=1)


def check_nearest__down(x, codes):
    """expected the shape (8,), received the shape (5,)"""
    return distances(x, codes).argmin(axis=0)


def check_nearest__no_square(x, codes):
    """expected [0, 0, 4, 2, 2, 1, 1, 1], received [0, 0, 0, 0, 0, 0, 0, 0]"""
    return (x[:, np.newaxis] - codes).sum(axis=2).argmin(axis=1)


def check_nearest__absolute(x, codes):
    """expected [0, 0, 4, 2, 2, 1, 1, 1], received [0, 4, 4, 0, 2, 1, 1, 2]"""
    return np.abs(x[:, np.newaxis] - codes).sum(axis=2).argmin(axis=1)


def check_nearest__products(x, codes):
    """this compares products"""
    return (x @ codes.T).argmax(axis=1)


def check_nearest__one_number(x, codes):
    """expected the shape (8,), received one number"""
    return distances(x, codes).argmin()


def check_nearest__no_newaxis(x, codes):
    """expected"""
    return ((x - codes[0]) ** 2).argmin(axis=1)


def check_nearest__sum_first(x, codes):
    """expected [0, 0, 4, 2, 2, 1, 1, 1], received [0, 0, 1, 0, 2, 0, 2, 2]"""
    return ((x[:, np.newaxis] - codes).sum(axis=2) ** 2).argmin(axis=1)


def check_nearest__over_the_codes(x, codes):
    """expected [0, 0, 4, 2, 2, 1, 1, 1], received [0, 1, 5, 3, 3, 2, 5, 5]"""
    return ((x[:, np.newaxis] - codes) ** 2).sum(axis=1).argmin(axis=1)


def four(maps):
    rows, columns, n = maps.shape
    return maps.reshape(rows // 2, 2, columns // 2, 2, n).sum(axis=(1, 3))


def check_subsample__bias_subtracted(maps, coefficient, bias):
    """expected 1.42479 at [0, 0, 0], received -0.0090306"""
    return 1.7159 * np.tanh(2 / 3 * (coefficient * four(maps) - bias))


def check_subsample__stretched_one_way(maps, coefficient, bias):
    """expected 1.42479 at [0, 0, 0], received 1.62171"""
    return 1.7159 * np.tanh(coefficient * four(maps) + bias)


def check_subsample__bent_first(maps, coefficient, bias):
    """expected 1.42479 at [0, 0, 0], received 1.76284"""
    return coefficient * 1.7159 * np.tanh(2 / 3 * four(maps)) + bias


def check_subsample__one_coefficient(maps, coefficient, bias):
    """expected 0.889521 at [0, 0, 1], received -0.451811"""
    return 1.7159 * np.tanh(2 / 3 * (coefficient[0] * four(maps) + bias[0]))


def check_subsample__far_apart(maps, coefficient, bias):
    """expected 1.42479 at [0, 0, 0], received 1.31925"""
    rows, columns, n = maps.shape
    sums = maps.reshape(2, rows // 2, 2, columns // 2, n).sum(axis=(0, 2))
    return 1.7159 * np.tanh(2 / 3 * (coefficient * sums + bias))
