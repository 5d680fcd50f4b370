"""Slips in the exercises of chapter 14. Each docstring is a part of what the check must say."""

import math

import numpy as np


def check_redrawn__share(table, rows, columns):
    """expected 58.3333, received 0.583333"""
    return table[rows][:, columns].mean()


def check_redrawn__whole(table, rows, columns):
    """expected 58.3333, received 25"""
    return 100 * table.mean()


def check_redrawn__rows_alone(table, rows, columns):
    """the columns are not"""
    return 100 * table[rows].mean()


def check_redrawn__columns_alone(table, rows, columns):
    """expected 58.3333, received 50"""
    return 100 * table[:, columns].mean()


def check_redrawn__sum(table, rows, columns):
    """expected 58.3333, received 7"""
    return table[rows][:, columns].sum()


def check_redrawn__without_copies(table, rows, columns):
    """expected 58.3333, received 50"""
    return 100 * table[sorted(set(rows))][:, sorted(set(columns))].mean()


def check_redrawn__in_pairs(table, rows, columns):
    """takes rows and columns in pairs"""
    return 100 * table[rows, columns].mean()


def check_redrawn__rows_twice(table, rows, columns):
    """stopped with IndexError: index 3 is out of bounds for axis 0 with size 3"""
    return 100 * table[rows][columns].mean()


def check_redrawn__nothing(table, rows, columns):
    """Is `return` missing?"""
    table[rows][:, columns].mean()


def check_seeds_needed__no_whole_number(spread, difference):
    """expected 8, received 7.84"""
    return (2.8 * spread / difference) ** 2


def check_seeds_needed__down(spread, difference):
    """one pair too few"""
    return int((2.8 * spread / difference) ** 2)


def check_seeds_needed__nearest(spread, difference):
    """expected 32, received 31"""
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
    """expected 8, received 4"""
    return math.ceil((2 * spread / difference) ** 2)


def check_seeds_needed__upside_down(spread, difference):
    """expected 32, received 2"""
    return math.ceil((2.8 * difference / spread) ** 2)


def check_redrawn__absolute(table, rows, columns):
    """expected -5.55556, received 33.3333"""
    return 100 * np.abs(table[rows][:, columns]).mean()
