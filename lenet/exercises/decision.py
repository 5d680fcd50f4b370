"""Checks for chapter 08, C5, F6 and the output."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_dense(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that computes a dense layer with tanh.

    Args:
        answer: takes inputs ``(n, inputs)``, weights ``(inputs, outputs)`` and biases ``(outputs,)``; returns
            ``(n, outputs)``, as Keras' ``Dense(outputs, activation="tanh")`` does.
    """
    random = np.random.default_rng(9)
    square = random.normal(size=(4, 4)), random.normal(size=(4, 4)), random.normal(size=4)
    wide = random.normal(size=(3, 7)), random.normal(size=(7, 2)), random.normal(size=2)

    def dense(x: np.ndarray, w: np.ndarray, b: np.ndarray, bend: Callable = np.tanh) -> np.ndarray:
        return bend(x @ w + b)

    check(
        answer,
        [
            Case(square, dense(*square), "four inputs of 4 numbers, which become 4"),
            Case(wide, dense(*wide), "three inputs of 7 numbers, which become 2"),
        ],
        [
            Slip("the bend is missing: tanh of the sums.", lambda x, w, b: x @ w + b),
            Slip("the biases are missing. They are added before the bend.", lambda x, w, b: np.tanh(x @ w)),
            Slip("the biases and the bend are missing.", lambda x, w, b: x @ w),
            Slip("the biases are added after the bend. Add them to the sums first.", lambda x, w, b: np.tanh(x @ w) + b),
            Slip("the inputs are bent here. Bend the sums.", lambda x, w, b: np.tanh(x) @ w + b),
            Slip("this bends with relu. F6 bends with tanh.", lambda x, w, b: dense(x, w, b, lambda s: np.maximum(s, 0))),
            Slip("this bends with 1 / (1 + e^-s). F6 bends with tanh.", lambda x, w, b: dense(x, w, b, lambda s: 1 / (1 + np.exp(-s)))),
            Slip("the weights are on their side: inputs @ weights, without .T.", lambda x, w, b: np.tanh(x @ w.T + b)),
            Slip("the weights come second: inputs @ weights.", lambda x, w, b: np.tanh(w @ x + b)),
            Slip("rows and columns of the result are exchanged: a row for each input.", lambda x, w, b: dense(x, w, b).T),
            Slip("* pairs the numbers one by one. To multiply and add, use @.", lambda x, w, b: np.tanh(x * w + b)),
            Slip("the biases are subtracted. Add them.", lambda x, w, b: np.tanh(x @ w - b)),
        ],
    )  # fmt: skip


def check_answer(answer: Callable[[np.ndarray, float], np.ndarray]) -> None:
    """Check a function that makes answers of scores, and −1 where it is not sure enough.

    Args:
        answer: takes scores ``(n, 10)`` and the least probability, from 0 to 1; returns integers ``(n,)``.
    """
    random = np.random.default_rng(10)
    ten, six = 2 * random.normal(size=(10, 10)), 3 * random.normal(size=(6, 10))
    highest = np.array([-5, -0.2, -0.1, 0.1, 0.3, 0.5, 2, 3, -2, 4])  # so that scores, powers of e and probabilities differ
    ten += (highest - ten.max(axis=1))[:, np.newaxis]
    even = np.zeros((1, 10))
    even[0, [2, 5]] = 50  # two answers of the same probability, one half

    def softmax(s: np.ndarray, axis: int | None = 1) -> np.ndarray:
        powers = np.exp(s - s.max(axis=axis, keepdims=True))
        return powers / powers.sum(axis=axis, keepdims=True)

    def chosen(s: np.ndarray, least: float, sure: np.ndarray | None = None) -> np.ndarray:
        sure = softmax(s).max(axis=1) if sure is None else sure
        return np.where(sure >= least, s.argmax(axis=1), -1)

    check(
        answer,
        [
            Case((ten, 0.6), chosen(ten, 0.6), "ten digits, of which some are doubtful"),
            Case((six, 0.5), chosen(six, 0.5), "six digits, of which some are doubtful"),
            Case((even, 0.5), chosen(even, 0.5), "a highest probability of exactly the least"),
            Case((six, 0.0), chosen(six, 0.0), "a least probability of 0, at which nothing is doubtful"),
        ],
        [
            Slip("nothing is doubted here. Put -1 where the highest probability is below least.", lambda s, p: s.argmax(axis=1)),
            Slip("a highest probability of exactly least is sure enough: >=.", lambda s, p: np.where(softmax(s).max(axis=1) > p, s.argmax(axis=1), -1)),
            Slip("the doubtful and the sure ones are exchanged.", lambda s, p: np.where(softmax(s).max(axis=1) < p, s.argmax(axis=1), -1)),
            Slip("this compares the score with least. Make probabilities of the scores first: softmax.", lambda s, p: chosen(s, p, s.max(axis=1))),
            Slip("the powers of e are not normalised. Divide each row by its sum: softmax.", lambda s, p: chosen(s, p, np.exp(s).max(axis=1))),
            Slip("softmax goes down the columns here. The ten scores of one digit are a row: axis=1.", lambda s, p: chosen(s, p, softmax(s, 0).max(axis=1))),
            Slip("softmax goes over the whole table here. Each row is normalised by itself.", lambda s, p: chosen(s, p, softmax(s, None).max(axis=1))),
            Slip("this gives the place of the lowest score. The highest wins: argmax.", lambda s, p: np.where(softmax(s).max(axis=1) >= p, s.argmin(axis=1), -1)),
            Slip("these are the probabilities. Give back the digits.", lambda s, p: np.where(softmax(s).max(axis=1) >= p, softmax(s).max(axis=1), -1)),
            Slip("doubtful digits get 0 here, which is a digit. Give them -1.", lambda s, p: np.where(softmax(s).max(axis=1) >= p, s.argmax(axis=1), 0)),
            Slip("this says whether each answer is sure. Give back the digit, or -1.", lambda s, p: softmax(s).max(axis=1) >= p),
        ],
    )  # fmt: skip
