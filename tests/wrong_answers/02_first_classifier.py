"""Slips in the exercises of chapter 02. Each docstring is a part of what the check must say."""

import numpy as np


def flatten(images):
    return images.reshape(len(images), 784) / 255


def check_scores__no_bias(images, weights, biases):
    """the biases are missing"""
    return flatten(images) @ weights


def check_scores__not_divided(images, weights, biases):
    """Divide them by 255 first"""
    return images.reshape(len(images), 784) @ weights + biases


def check_scores__on_its_side(images, weights, biases):
    """right, but with the axes exchanged"""
    return weights.T @ flatten(images).T + biases[:, np.newaxis]


def check_scores__answers(images, weights, biases):
    """expected the shape (3, 10), received the shape (3,)"""
    return (flatten(images) @ weights + biases).argmax(axis=1)


def check_scores__highest(images, weights, biases):
    """expected the shape (3, 10), received the shape (3,)"""
    return (flatten(images) @ weights + biases).max(axis=1)


def check_scores__times(images, weights, biases):
    """These arrays do not fit number by number"""
    return flatten(images) * weights + biases


def check_scores__weights_first(images, weights, biases):
    """stopped with ValueError: matmul"""
    return weights @ flatten(images) + biases


def check_scores__rounded(images, weights, biases):
    """expected -5.26513 at [0, 0], received -5.27"""
    return (flatten(images) @ weights + biases).round(2)


def check_scores__not_flattened(images, weights, biases):
    """a row of A must be as long as a column of B"""
    return images / 255 @ weights + biases


def check_scores__one_digit_only(images, weights, biases):
    """expected the shape (3, 10), received the shape (10,)"""
    return images[0].reshape(784) / 255 @ weights + biases


def error(scores, labels):
    return 100 * (scores.argmax(axis=1) != labels).mean()


def check_error_on__right_answers(digit, scores, labels):
    """expected 36.3636, received 63.6364"""
    return 100 * (scores[labels == digit].argmax(axis=1) == digit).mean()


def check_error_on__fraction(digit, scores, labels):
    """expected 36.3636, received 0.363636"""
    return (scores[labels == digit].argmax(axis=1) != digit).mean()


def check_error_on__count(digit, scores, labels):
    """expected 36.3636, received 4"""
    return (scores[labels == digit].argmax(axis=1) != digit).sum()


def check_error_on__divided_by_all(digit, scores, labels):
    """expected 36.3636, received 20"""
    return 100 * ((scores.argmax(axis=1) != labels) & (labels == digit)).mean()


def check_error_on__all_digits(digit, scores, labels):
    """Keep those with this label first"""
    return error(scores, labels)


def check_error_on__labels_not_picked(digit, scores, labels):
    """These arrays do not fit number by number"""
    return error(scores[labels == digit], labels)


def check_error_on__lowest(digit, scores, labels):
    """the highest score in each row"""
    return 100 * (scores[labels == digit].argmin(axis=1) != digit).mean()


def check_error_on__the_whole_table(digit, scores, labels):
    """expected 36.3636, received 100"""
    return 100 * (scores[labels == digit].argmax() != labels[labels == digit]).mean()


def check_error_on__highest_score(digit, scores, labels):
    """the place of the highest score"""
    return 100 * (scores[labels == digit].max(axis=1) != digit).mean()


def check_error_on__answers(digit, scores, labels):
    """expected one number, received the shape (11,)"""
    return scores[labels == digit].argmax(axis=1)


def check_error_on__rounded(digit, scores, labels):
    """received 36"""
    return round(error(scores[labels == digit], labels[labels == digit]))


def check_scores__one_long_row(images, weights, biases):
    """cannot reshape array of size 2352"""
    return images.reshape(784) / 255 @ weights + biases
