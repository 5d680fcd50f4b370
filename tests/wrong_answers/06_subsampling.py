"""Slips in the exercises of chapter 06. Each docstring is a part of what the check must say."""

import numpy as np


def pool(numbers, k, take):
    size = len(numbers) // k
    return np.array([[take(numbers[r * k : r * k + k, c * k : c * k + k]) for c in range(size)] for r in range(size)])


def check_average__sum(numbers, k):
    """your numbers are 9 times the right ones"""
    return pool(numbers, k, np.sum)


def check_average__divided_by_k(numbers, k):
    """your numbers are 3 times the right ones"""
    return pool(numbers, k, np.sum) / k


def check_average__divided_by_four(numbers, k):
    """your numbers are 2.25 times the right ones"""
    return pool(numbers, k, np.sum) / 4


def check_average__moves_by_one(numbers, k):
    """expected the shape (3, 3), received the shape (7, 7)"""
    size = len(numbers) - k + 1
    return np.array([[numbers[r : r + k, c : c + k].mean() for c in range(size)] for r in range(size)])


def check_average__begins_at_r(numbers, k):
    """block r begins at row r * k"""
    size = len(numbers) // k
    return np.array([[numbers[r : r + k, c : c + k].mean() for c in range(size)] for r in range(size)])


def check_average__rows_only(numbers, k):
    """expected the shape (3, 3), received the shape (3, 9)"""
    return numbers.reshape(len(numbers) // k, k, len(numbers)).mean(axis=1)


def check_average__mixed(numbers, k):
    """received [[0.217217"""
    size = len(numbers) // k
    return numbers.reshape(size, size, k, k).mean(axis=(2, 3))


def check_reach__one_too_many(answers):
    """expected 1, received 2"""
    for by in range(1, 5):
        if answers[4 - by] != answers[4] or answers[4 + by] != answers[4]:
            return by
    return 4


def check_reach__right_alone(answers):
    """expected 1, received 4"""
    for by in range(1, 5):
        if answers[4 + by] != answers[4]:
            return by - 1
    return 4


def check_reach__left_alone(answers):
    """expected 1, received 2"""
    for by in range(1, 5):
        if answers[4 - by] != answers[4]:
            return by - 1
    return 4


def check_reach__one_side_enough(answers):
    """one side is enough here"""
    for by in range(1, 5):
        if answers[4 - by] != answers[4] and answers[4 + by] != answers[4]:
            return by - 1
    return 4


def check_reach__counts_on(answers):
    """Stop at the first change"""
    return sum(answers[4 - by] == answers[4] and answers[4 + by] == answers[4] for by in range(1, 5))


def check_reach__sides_compared(answers):
    """with one another"""
    for by in range(1, 5):
        if answers[4 - by] != answers[4 + by]:
            return by - 1
    return 4


def check_reach__no_end(answers):
    """your function returns nothing"""
    for by in range(1, 5):
        if answers[4 - by] != answers[4] or answers[4 + by] != answers[4]:
            return by - 1


def check_reach__no_stop(answers):
    """expected 1, received 2"""
    far = 4
    for by in range(1, 5):
        if answers[4 - by] != answers[4] or answers[4 + by] != answers[4]:
            far = by - 1
    return far


def check_reach__no_stop_and_one_more(answers):
    """expected 1, received 3"""
    far = 4
    for by in range(1, 5):
        if answers[4 - by] != answers[4] or answers[4 + by] != answers[4]:
            far = by
    return far


def check_reach__keeps_the_last_good(answers):
    """expected 1, received 4"""
    far = 0
    for by in range(1, 5):
        if answers[4 - by] == answers[4] == answers[4 + by]:
            far = by
    return far


def check_reach__never_tries_four(answers):
    """expected 4, received 3"""
    for by in range(1, 4):
        if answers[4 - by] != answers[4] or answers[4 + by] != answers[4]:
            return by - 1
    return 3


def check_reach__larger_side(answers):
    """expected 1, received 2"""
    sides = [0, 0]
    for k, sign in enumerate([-1, 1]):
        while sides[k] < 4 and answers[4 + sign * (sides[k] + 1)] == answers[4]:
            sides[k] += 1
    return max(sides)
