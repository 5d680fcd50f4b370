"""Checks for chapter 08, C5, F6 and the output."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check
from lenet.exercises.learning import softmax


def check_dense(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a dense layer with tanh: inputs ``(n, inputs)``, weights ``(inputs, outputs)`` and biases ``(outputs,)`` give
    ``(n, outputs)``, as Keras' ``Dense(outputs, activation="tanh")`` does."""
    random = np.random.default_rng(9)
    cases = {
        "four inputs of 4 numbers, which become 4": (random.normal(size=(4, 4)), random.normal(size=(4, 4)), random.normal(size=4)),
        "three inputs of 7 numbers, which become 2": (random.normal(size=(3, 7)), random.normal(size=(7, 2)), random.normal(size=2)),
    }
    slips = {
        "the bend is missing: tanh of the sums.": lambda x, w, b: x @ w + b,
        "the biases are missing. They are added before the bend.": lambda x, w, b: np.tanh(x @ w),
        "the biases are added after the bend. Add them to the sums first.": lambda x, w, b: np.tanh(x @ w) + b,
        "the weights come second: inputs @ weights.": lambda x, w, b: np.tanh(w @ x + b),
        "* pairs the numbers one by one. To multiply and add, use @.": lambda x, w, b: np.tanh(x * w + b),
    }
    check(answer, lambda x, w, b: np.tanh(x @ w + b), cases, slips)


def check_answer(answer: Callable[[np.ndarray, float], np.ndarray]) -> None:
    """Check a function that makes answers ``(n,)`` of scores ``(n, 10)``, with −1 where the highest probability is below the
    least, a number from 0 to 1."""
    random = np.random.default_rng(10)
    ten, six = 2 * random.normal(size=(10, 10)), 3 * random.normal(size=(6, 10))
    highest = np.array([-5, -0.2, -0.1, 0.1, 0.3, 0.5, 2, 3, -2, 4])  # so that scores, powers of e and probabilities differ
    ten += (highest - ten.max(axis=1))[:, np.newaxis]
    even = np.zeros((1, 10))
    even[0, [2, 5]] = 50  # two answers of the same probability, one half

    def sure(s: np.ndarray, axis: int = 1) -> np.ndarray:
        return softmax(s, axis).max(axis=1)

    def chosen(s: np.ndarray, kept: np.ndarray, doubtful: int = -1) -> np.ndarray:
        return np.where(kept, s.argmax(axis=1), doubtful)

    cases = {
        "ten digits, of which some are doubtful": (ten, 0.6),
        "six digits, of which some are doubtful": (six, 0.5),
        "a highest probability of exactly the least": (even, 0.5),
    }
    slips = {
        "nothing is doubted here. Put -1 where the highest probability is below least.": lambda s, least: s.argmax(axis=1),
        "a highest probability of exactly least is sure enough: >=.": lambda s, least: chosen(s, sure(s) > least),
        "the doubtful and the sure ones are exchanged.": lambda s, least: chosen(s, sure(s) < least),
        "this compares the score with least. Make probabilities first: softmax.": lambda s, least: chosen(s, s.max(axis=1) >= least),
        "the powers of e are not normalised. Divide each row by its sum: softmax.": lambda s, least: chosen(s, np.exp(s).max(axis=1) >= least),
        "softmax goes down the columns here. The scores of one digit are a row: axis=1.": lambda s, least: chosen(s, sure(s, axis=0) >= least),
        "doubtful digits get 0 here, which is a digit. Give them -1.": lambda s, least: chosen(s, sure(s) >= least, doubtful=0),
    }
    check(answer, lambda s, least: chosen(s, sure(s) >= least), cases, slips)
