"""Slips in the exercises of chapter 08. Each docstring is a part of what the check must say."""

import numpy as np


def softmax(scores, axis=1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def check_dense__no_bend(inputs, weights, biases):
    """the bend is missing"""
    return inputs @ weights + biases


def check_dense__no_bias(inputs, weights, biases):
    """the biases are missing"""
    return np.tanh(inputs @ weights)


def check_dense__bias_after_the_bend(inputs, weights, biases):
    """the biases are added after the bend"""
    return np.tanh(inputs @ weights) + biases


def check_dense__weights_first(inputs, weights, biases):
    """a row of A must be as long as a column of B"""
    return np.tanh(weights @ inputs + biases)


def check_dense__exchanged(inputs, weights, biases):
    """right, but with the axes exchanged"""
    return np.tanh(inputs @ weights + biases).T


def check_dense__times(inputs, weights, biases):
    """These arrays do not fit number by number"""
    return np.tanh(inputs * weights + biases)


def check_answer__no_doubt(scores, least):
    """expected [-1, -1, 2, -1, 9, -1, -1, 0, -1, -1], received [4, 5, 2, 0, 9, 6, 7, 0, 4, 4]"""
    return scores.argmax(axis=1)


def check_answer__turned_round(scores, least):
    """expected [-1, -1, 2, -1, 9, -1, -1, 0, -1, -1], received [4, 5, -1, 0, -1, 6, 7, -1, 4, 4]"""
    return np.where(softmax(scores).max(axis=1) < least, scores.argmax(axis=1), -1)


def check_answer__score_compared(scores, least):
    """Make probabilities first"""
    return np.where(scores.max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__not_normalised(scores, least):
    """expected [-1, -1, 2, -1, 9, -1, -1, 0, -1, -1], received [-1, -1, 2, 0, 9, 6, 7, 0, 4, 4]"""
    return np.where(np.exp(scores).max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__down_the_columns(scores, least):
    """received [-1, -1, -1, -1, -1, -1, -1, -1, 4, 4]"""
    return np.where(softmax(scores, axis=0).max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__probabilities(scores, least):
    """received [-1, -1, 0.645502, -1, 0.583025"""
    return np.where(softmax(scores).max(axis=1) >= least, softmax(scores).max(axis=1), -1)


def check_answer__zero_for_doubt(scores, least):
    """expected [-1, -1, 2, -1, 9, -1, -1, 0, -1, -1], received [0, 0, 2, 0, 9, 0, 0, 0, 0, 0]"""
    return np.where(softmax(scores).max(axis=1) >= least, scores.argmax(axis=1), 0)


def check_answer__strictly(scores, least):
    """exactly least is sure enough"""
    return np.where(softmax(scores).max(axis=1) > least, scores.argmax(axis=1), -1)
