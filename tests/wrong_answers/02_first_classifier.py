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


def check_scores__times(images, weights, biases):
    """To multiply and add, use @"""
    return flatten(images) * weights + biases


def check_scores__weights_first(images, weights, biases):
    """the weights come second"""
    return weights @ flatten(images) + biases


def check_scores__rounded(images, weights, biases):
    """do not round them"""
    return (flatten(images) @ weights + biases).round(2)


def check_scores__not_flattened(images, weights, biases):
    """Lay the rows end to end first"""
    return images / 255 @ weights + biases


def check_scores__one_digit_only(images, weights, biases):
    """expected the shape (3, 10), received the shape (10,)"""
    return images[0].reshape(784) / 255 @ weights + biases


def error(scores, labels):
    return 100 * (scores.argmax(axis=1) != labels).mean()


def check_error_on__right_answers(digit, scores, labels):
    """The error counts the wrong ones"""
    return 100 * (scores[labels == digit].argmax(axis=1) == digit).mean()


def check_error_on__fraction(digit, scores, labels):
    """multiply by 100"""
    return (scores[labels == digit].argmax(axis=1) != digit).mean()


def check_error_on__count(digit, scores, labels):
    """Divide by how many digits have this label"""
    return (scores[labels == digit].argmax(axis=1) != digit).sum()


def check_error_on__divided_by_all(digit, scores, labels):
    """divides by the number of all digits"""
    return 100 * ((scores.argmax(axis=1) != labels) & (labels == digit)).mean()


def check_error_on__all_digits(digit, scores, labels):
    """Keep those with this label first"""
    return error(scores, labels)


def check_error_on__answered_so(digit, scores, labels):
    """digits that were answered so"""
    marked = scores.argmax(axis=1) == digit
    return error(scores[marked], labels[marked])


def check_error_on__labels_not_picked(digit, scores, labels):
    """scores and labels must be picked out alike"""
    return error(scores[labels == digit], labels)


def check_error_on__scores_not_picked(digit, scores, labels):
    """scores and labels must be picked out alike"""
    return error(scores, labels[labels == digit])


def check_error_on__lowest(digit, scores, labels):
    """The highest wins: argmax"""
    return 100 * (scores[labels == digit].argmin(axis=1) != digit).mean()


def check_error_on__down_the_columns(digit, scores, labels):
    """this looks down the columns"""
    return 100 * (scores[labels == digit].argmax(axis=0) != labels[labels == digit]).mean()


def check_error_on__the_whole_table(digit, scores, labels):
    """argmax looks through the whole table"""
    return 100 * (scores[labels == digit].argmax() != labels[labels == digit]).mean()


def check_error_on__highest_score(digit, scores, labels):
    """compares the highest scores with the label"""
    return 100 * (scores[labels == digit].max(axis=1) != digit).mean()


def check_error_on__answers(digit, scores, labels):
    """Compare them with the label"""
    return scores[labels == digit].argmax(axis=1)


def check_error_on__of_each_digit(digit, scores, labels):
    """Take the mean, in percent"""
    return scores[labels == digit].argmax(axis=1) != labels[labels == digit]


def check_error_on__rounded(digit, scores, labels):
    """received 36"""
    return round(error(scores[labels == digit], labels[labels == digit]))


def check_scores__biases_on_the_weights(images, weights, biases):
    """the biases are added to the weights"""
    return images.reshape(len(images), 784) / 255 @ (weights + biases)


def check_scores__one_long_row(images, weights, biases):
    """Keep a row for each"""
    return images.reshape(784) / 255 @ weights + biases


def check_error_on__a_column(digit, scores, labels):
    """one answer's scores of all digits"""
    return 100 * (scores[:, digit].argmax(axis=1) != labels).mean()
