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
    """the weights come second"""
    return np.tanh(weights @ inputs + biases)


def check_dense__exchanged(inputs, weights, biases):
    """expected 0.668407 at [0, 1], received"""
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
    """Make probabilities first"""
    return np.where(scores.max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__not_normalised(scores, least):
    """not normalised"""
    return np.where(np.exp(scores).max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__down_the_columns(scores, least):
    """softmax goes down the columns"""
    return np.where(softmax(scores, axis=0).max(axis=1) >= least, scores.argmax(axis=1), -1)


def check_answer__probabilities(scores, least):
    """for ten digits, of which some are doubtful"""
    return np.where(softmax(scores).max(axis=1) >= least, softmax(scores).max(axis=1), -1)


def check_answer__zero_for_doubt(scores, least):
    """Give them -1"""
    return np.where(softmax(scores).max(axis=1) >= least, scores.argmax(axis=1), 0)


def check_answer__strictly(scores, least):
    """exactly least is sure enough"""
    return np.where(softmax(scores).max(axis=1) > least, scores.argmax(axis=1), -1)
