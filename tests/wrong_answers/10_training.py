"""Slips in the exercises of chapter 10. Each docstring is a part of what the check must say."""

import numpy as np


def check_choice__place(losses):
    """expected 5, received 4"""
    return losses.index(min(losses))


def check_choice__last(losses):
    """expected 5, received 10"""
    return len(losses)


def check_choice__later_of_two(losses):
    """Keep the earlier one"""
    best = 0
    for place in range(len(losses)):
        if losses[place] <= losses[best]:
            best = place
    return best + 1


def check_choice__highest(losses):
    """expected 5, received 9"""
    return np.argmax(losses) + 1


def check_choice__first_rise(losses):
    """it may fall again"""
    for number in range(1, len(losses)):
        if losses[number] > losses[number - 1]:
            return number
    return len(losses)


def check_choice__loss(losses):
    """expected 5, received 0.09"""
    return min(losses)


def check_choice__all_of_them(losses):
    """expected one number, received the shape (2,)"""
    return [number for number, loss in enumerate(losses, start=1) if loss == min(losses)]


def counted(labels, answers):
    matrix = np.zeros((10, 10), int)
    for label, answer in zip(labels, answers):
        matrix[label, answer] += 1
    return matrix


def check_confusion__transposed(labels, answers):
    """right, but with the axes exchanged"""
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
    """expected 1 at [3, 3], received 0"""
    wrong = labels != answers
    return counted(labels[wrong], answers[wrong])


def check_confusion__shares_of_rows(labels, answers):
    """expected 0 at [0, 0], received nan"""
    matrix = counted(labels, answers)
    return matrix / matrix.sum(axis=1, keepdims=True)


def check_confusion__percent(labels, answers):
    """your numbers are 25 times the right ones"""
    return 100 * counted(labels, answers) / len(labels)


def check_confusion__nine_rows(labels, answers):
    """expected the shape (10, 10), received the shape (9, 9)"""
    matrix = np.zeros((9, 9), int)
    for label, answer in zip(labels, answers):
        matrix[label, answer] += 1
    return matrix


def check_confusion__as_large_as_needed(labels, answers):
    """expected the shape (10, 10), received the shape (6, 6)"""
    n = max(labels.max(), answers.max()) + 1
    return counted(labels, answers)[:n, :n]


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
