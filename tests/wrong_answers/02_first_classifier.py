"""Slips in the exercises of chapter 02. Each docstring is a part of what the check must say."""

import numpy as np


def flatten(images):
    return images.reshape(len(images), 784) / 255


def check_scores__no_bias(images, weights, biases):
    """the biases are missing"""
    return flatten(images) @ weights


def check_scores__bias_subtracted(images, weights, biases):
    """the biases are subtracted"""
    return flatten(images) @ weights - biases


def check_scores__not_divided(images, weights, biases):
    """Divide them by 255 first"""
    return images.reshape(len(images), 784) @ weights + biases


def check_scores__on_its_side(images, weights, biases):
    """rows and columns are exchanged"""
    return weights.T @ flatten(images).T + biases[:, np.newaxis]


def check_scores__answers(images, weights, biases):
    """Give back the scores themselves"""
    return (flatten(images) @ weights + biases).argmax(axis=1)


def check_scores__columns_end_to_end(images, weights, biases):
    """lay the rows end to end"""
    return images.reshape(len(images), 784, order="F") / 255 @ weights + biases


def check_scores__neither_divided_nor_bias(images, weights, biases):
    """Divide by 255, and add the biases"""
    return images.reshape(len(images), 784) @ weights


def check_scores__whole_division(images, weights, biases):
    """divide by 255 with /"""
    return images.reshape(len(images), 784) // 255 @ weights + biases


def check_scores__digits_mixed(images, weights, biases):
    """each digit becomes one row"""
    return images.reshape(784, len(images)).T / 255 @ weights + biases


def check_scores__highest(images, weights, biases):
    """Give back all ten"""
    return (flatten(images) @ weights + biases).max(axis=1)


def check_scores__not_flattened(images, weights, biases):
    """stopped with ValueError"""
    return images / 255 @ weights + biases


def check_scores__one_digit_only(images, weights, biases):
    """expected a result of shape (3, 10), received (10,)"""
    return images[0].reshape(784) / 255 @ weights + biases


def check_error__right_answers(scores, labels):
    """The error counts the wrong ones"""
    return 100 * (scores.argmax(axis=1) == labels).mean()


def check_error__fraction(scores, labels):
    """multiply by 100"""
    return (scores.argmax(axis=1) != labels).mean()


def check_error__fraction_of_right_answers(scores, labels):
    """the fraction of right answers"""
    return (scores.argmax(axis=1) == labels).mean()


def check_error__count(scores, labels):
    """Divide by the number of digits"""
    return (scores.argmax(axis=1) != labels).sum()


def check_error__lowest(scores, labels):
    """The highest wins: argmax"""
    return 100 * (scores.argmin(axis=1) != labels).mean()


def check_error__down_the_columns(scores, labels):
    """this looks down the columns"""
    return 100 * (scores.argmax(axis=0) != labels).mean()


def check_error__the_whole_table(scores, labels):
    """argmax looks through the whole table"""
    return 100 * (scores.argmax() != labels).mean()


def check_error__highest_score(scores, labels):
    """compares the highest scores with the labels"""
    return 100 * (scores.max(axis=1) != labels).mean()


def check_error__answers(scores, labels):
    """Compare them with the labels"""
    return scores.argmax(axis=1)


def check_error__count_times_100(scores, labels):
    """still to be divided by the number of digits"""
    return 100 * (scores.argmax(axis=1) != labels).sum()


def check_error__rounded(scores, labels):
    """expected 22.5, received 22"""
    return round(100 * (scores.argmax(axis=1) != labels).mean())


def check_error__of_each_digit(scores, labels):
    """Take the mean, in percent"""
    return scores.argmax(axis=1) != labels
