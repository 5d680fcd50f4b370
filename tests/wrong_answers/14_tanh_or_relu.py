"""Slips in the exercises of chapter 14. Each docstring is a part of what the check must say."""

import math

import numpy as np


def check_redrawn__share(table, rows, columns):
    """Times 100"""
    return table[rows][:, columns].mean()


def check_redrawn__whole(table, rows, columns):
    """the mean of the whole table"""
    return 100 * table.mean()


def check_redrawn__rows_alone(table, rows, columns):
    """the columns are not"""
    return 100 * table[rows].mean()


def check_redrawn__columns_alone(table, rows, columns):
    """the rows are not"""
    return 100 * table[:, columns].mean()


def check_redrawn__sum(table, rows, columns):
    """expected 58.3333, received 7"""
    return table[rows][:, columns].sum()


def check_redrawn__without_copies(table, rows, columns):
    """expected 58.3333, received 50"""
    return 100 * table[sorted(set(rows))][:, sorted(set(columns))].mean()


def check_redrawn__in_pairs(table, rows, columns):
    """takes both in pairs"""
    return 100 * table[rows, columns].mean()


def check_redrawn__rows_twice(table, rows, columns):
    """takes rows twice"""
    return 100 * table[rows][columns].mean()


def check_redrawn__nothing(table, rows, columns):
    """Is `return` missing?"""
    table[rows][:, columns].mean()


def check_seeds_needed__no_whole_number(spread, difference):
    """this is no whole number"""
    return (2.8 * spread / difference) ** 2


def check_seeds_needed__down(spread, difference):
    """one pair too few"""
    return int((2.8 * spread / difference) ** 2)


def check_seeds_needed__nearest(spread, difference):
    """one pair too few"""
    return round((2.8 * spread / difference) ** 2)


def check_seeds_needed__no_square(spread, difference):
    """the square is missing"""
    return math.ceil(2.8 * spread / difference)


def check_seeds_needed__factor_outside(spread, difference):
    """under the square with the rest"""
    return math.ceil(2.8 * (spread / difference) ** 2)


def check_seeds_needed__no_factor(spread, difference):
    """expected 8, received 1"""
    return math.ceil((spread / difference) ** 2)


def check_seeds_needed__two(spread, difference):
    """every second time"""
    return math.ceil((2 * spread / difference) ** 2)


def check_seeds_needed__upside_down(spread, difference):
    """a smaller difference needs more pairs"""
    return math.ceil((2.8 * difference / spread) ** 2)


def check_redrawn__absolute(table, rows, columns):
    """for 6 seeds and 6 digits, expected"""
    return 100 * np.abs(table[rows][:, columns]).mean()
