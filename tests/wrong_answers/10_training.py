"""Slips in the exercises of chapter 10. Each docstring is a part of what the check must say."""

import numpy as np


def check_choice__place(losses):
    """places in a list from 0"""
    return losses.index(min(losses))


def check_choice__last(losses):
    """this is the last epoch"""
    return len(losses)


def check_choice__last_place(losses):
    """the place of the last epoch"""
    return list(range(len(losses)))[-1]


def check_choice__later_of_two(losses):
    """Keep the earlier one"""
    best = 0
    for place in range(len(losses)):
        if losses[place] <= losses[best]:
            best = place
    return best + 1


def check_choice__later_of_two_from_0(losses):
    """keep the earlier one, and count from 1"""
    best = 0
    for place, loss in enumerate(losses):
        if loss <= losses[best]:
            best = place
    return best


def check_choice__highest(losses):
    """this epoch has the highest loss"""
    return np.argmax(losses) + 1


def check_choice__highest_place(losses):
    """the place of the highest loss"""
    return np.argmax(losses)


def check_choice__first_rise(losses):
    """it may fall again"""
    for number in range(1, len(losses)):
        if losses[number] > losses[number - 1]:
            return number
    return len(losses)


def check_choice__after_first_rise(losses):
    """it may fall again"""
    number = 1
    while number < len(losses) and losses[number] < losses[number - 1]:
        number += 1
    return number + 1


def check_choice__loss(losses):
    """the lowest loss itself"""
    return min(losses)


def check_choice__largest_fall(losses):
    """where the loss fell most"""
    falls = [before - after for before, after in zip(losses, losses[1:])]
    return falls.index(max(falls)) + 2


def check_choice__all_of_them(losses):
    """the number of the earliest"""
    return [number for number, loss in enumerate(losses, start=1) if loss == min(losses)]


def counted(labels, answers):
    matrix = np.zeros((10, 10), int)
    for label, answer in zip(labels, answers):
        matrix[label, answer] += 1
    return matrix


def check_confusion__transposed(labels, answers):
    """rows and columns are exchanged"""
    return counted(answers, labels)


def check_confusion__each_pair_once(labels, answers):
    """each pair is counted only once"""
    matrix = np.zeros((10, 10), int)
    matrix[labels, answers] += 1
    return matrix


def check_confusion__only_marked(labels, answers):
    """each pair is counted only once"""
    matrix = np.zeros((10, 10), bool)
    matrix[labels, answers] = True
    return matrix


def check_confusion__only_mistakes(labels, answers):
    """the right answers are missing"""
    wrong = labels != answers
    return counted(labels[wrong], answers[wrong])


def check_confusion__only_right(labels, answers):
    """only the right answers are counted"""
    right = labels == answers
    return counted(labels[right], answers[right])


def check_confusion__shares_of_rows(labels, answers):
    """shares of each row"""
    matrix = counted(labels, answers)
    return matrix / matrix.sum(axis=1, keepdims=True)


def check_confusion__shares_of_columns(labels, answers):
    """shares of each column"""
    matrix = counted(labels, answers)
    return matrix / matrix.sum(axis=0)


def check_confusion__shares(labels, answers):
    """shares of all digits"""
    return counted(labels, answers) / len(labels)


def check_confusion__percent(labels, answers):
    """these are percentages"""
    return 100 * counted(labels, answers) / len(labels)


def check_confusion__from_one(labels, answers):
    """the digits begin with 0"""
    matrix = np.zeros((10, 10), int)
    for label, answer in zip(labels.astype(int), answers.astype(int)):
        matrix[label - 1, answer - 1] += 1
    return matrix


def check_confusion__nine_rows(labels, answers):
    """there are ten digits"""
    matrix = np.zeros((9, 9), int)
    for label, answer in zip(labels, answers):
        matrix[label, answer] += 1
    return matrix


def check_confusion__as_large_as_needed(labels, answers):
    """even if some digits do not come"""
    n = max(labels.max(), answers.max()) + 1
    return counted(labels, answers)[:n, :n]


def check_confusion__both_ways(labels, answers):
    """each digit is counted twice"""
    return counted(labels, answers) + counted(answers, labels)


def check_confusion__from_ones(labels, answers):
    """begin at 0"""
    return np.ones((10, 10)) + counted(labels, answers)


def check_confusion__labels_alone(labels, answers):
    """how often each label comes"""
    return np.array([np.sum(labels == digit) for digit in range(10)])


def check_confusion__right_for_each(labels, answers):
    """how often each digit was read rightly"""
    return np.array([np.sum((labels == digit) & (answers == digit)) for digit in range(10)])


def check_confusion__return_in_the_loop(labels, answers):
    """return stands inside the loop"""
    table = np.zeros((10, 10))
    for label, answer in zip(labels, answers):
        table[label, answer] += 1
        return table


def check_confusion__one_row_ten_times(labels, answers):
    """one and the same list"""
    table = [[0] * 10] * 10
    for label, answer in zip(labels, answers):
        table[label][answer] += 1
    return table
