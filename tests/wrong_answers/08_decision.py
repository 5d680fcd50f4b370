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


def check_dense__sums_alone(inputs, weights, biases):
    """the biases and the bend are missing"""
    return inputs @ weights


def check_dense__bias_after_the_bend(inputs, weights, biases):
    """the biases are added after the bend"""
    return np.tanh(inputs @ weights) + biases


def check_dense__inputs_bent(inputs, weights, biases):
    """Bend the sums"""
    return np.tanh(inputs) @ weights + biases


def check_dense__relu(inputs, weights, biases):
    """this bends with relu"""
    return np.maximum(inputs @ weights + biases, 0)


def check_dense__on_its_side(inputs, weights, biases):
    """the weights are on their side"""
    return np.tanh(inputs @ weights.T + biases)


def check_dense__weights_first(inputs, weights, biases):
    """the weights come second"""
    return np.tanh(weights @ inputs + biases)


def check_dense__exchanged(inputs, weights, biases):
    """a row for each input"""
    return np.tanh(inputs @ weights + biases).T


def check_dense__times(inputs, weights, biases):
    """To multiply and add, use @"""
    return np.tanh(inputs * weights + biases)


def check_answer__no_doubt(scores, least):
    """nothing is doubted here"""
    return scores.argmax(axis=1)


def check_answer__turned_round(scores, least):
    """are exchanged"""
    return np.where(softmax(scores).max(axis=1) < least, scores.argmax(axis=1), -1)


def check_answer__score_compared(scores, least):
    """Make probabilities of the scores first"""
    return np.where(scores.max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__not_normalised(scores, least):
    """not normalised"""
    return np.where(np.exp(scores).max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__down_the_columns(scores, least):
    """softmax goes down the columns"""
    return np.where(softmax(scores, axis=0).max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__whole_table(scores, least):
    """over the whole table"""
    return np.where(softmax(scores, axis=None).max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__lowest(scores, least):
    """The highest wins"""
    return np.where(softmax(scores).max(axis=1) >= least, scores.argmin(axis=1), -1)


def check_answer__probabilities(scores, least):
    """Give back the digits"""
    return np.where(softmax(scores).max(axis=1) >= least, softmax(scores).max(axis=1), -1)


def check_answer__zero_for_doubt(scores, least):
    """Give them -1"""
    return np.where(softmax(scores).max(axis=1) >= least, scores.argmax(axis=1), 0)


def check_answer__whether_sure(scores, least):
    """Give back the digit, or -1"""
    return softmax(scores).max(axis=1) >= least


def check_answer__strictly(scores, least):
    """exactly least is sure enough"""
    return np.where(softmax(scores).max(axis=1) > least, scores.argmax(axis=1), -1)
