"""Checks for chapter 02, A first classifier."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_scores(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check a function that computes ten weighted sums for each digit of a batch.

    Args:
        answer: takes digits, uint8 ``(n, 28, 28)``, weights ``(784, 10)`` and biases ``(10,)``; returns ``(n, 10)``.
    """
    random = np.random.default_rng(2)
    images = random.integers(0, 256, (3, 28, 28)).astype(np.uint8)
    weights, biases = random.normal(size=(784, 10)), random.normal(size=10)

    def scores(images, weights, biases):
        return images.reshape(len(images), 784) / 255 @ weights + biases

    check(
        answer,
        [
            Case((images, weights, biases), scores(images, weights, biases), "three digits"),
            Case((images[:1], weights, biases), scores(images[:1], weights, biases), "a batch of one digit"),
        ],
        [
            Slip("the biases are missing: add them to each row of scores.", lambda i, w, b: scores(i, w, 0 * b)),
            Slip("the biases are subtracted. Add them.", lambda i, w, b: scores(i, w, -b)),
            Slip(
                "the pixels run from 0 to 255 here. Divide them by 255 first.",
                lambda i, w, b: i.reshape(len(i), 784) @ w + b,
            ),
            Slip(
                "the pixels run from 0 to 255 here, and the biases are missing. Divide by 255, and add the biases.",
                lambda i, w, b: i.reshape(len(i), 784) @ w,
            ),
            Slip("divide by 255 with /. The sign // cuts the fractions off.", lambda i, w, b: i.reshape(len(i), 784) // 255 @ w + b),
            Slip("rows and columns are exchanged: each digit should be a row of scores.", lambda i, w, b: scores(i, w, b).T),
            Slip("these are the answers. Give back the scores themselves.", lambda i, w, b: scores(i, w, b).argmax(axis=1)),
            Slip("this is the highest score of each digit. Give back all ten.", lambda i, w, b: scores(i, w, b).max(axis=1)),
            Slip(
                "the pixels come in another order than the weights: lay the rows end to end, not the columns.",
                lambda i, w, b: scores(i.transpose(0, 2, 1), w, b),
            ),
            Slip(
                "the pixels of different digits are mixed: each digit becomes one row, images.reshape(len(images), 784).",
                lambda i, w, b: i.reshape(784, len(i)).T / 255 @ w + b,
            ),
            Slip("the products are added up over all digits. Use @, one sum for each digit.", lambda i, w, b: scores(i, w, b).sum(0)),
        ],
    )


def check_error(answer: Callable[[np.ndarray, np.ndarray], float]) -> None:
    """Check a function that computes the share of wrong answers.

    Args:
        answer: takes scores ``(n, 10)`` and labels ``(n,)``; returns a number from 0 to 100, in percent.
    """
    random = np.random.default_rng(3)
    labels = np.arange(40) % 10
    scores = random.normal(size=(40, 10))
    wrong = np.arange(0, 36, 4)
    read = labels.copy()
    read[wrong] = (read[wrong] + 3) % 10
    scores[np.arange(40), read] += 9
    scores[0, 3], scores[[0, 4], [0, 4]] = 30, -9  # so that each slip below gives another number
    labels, ten = labels.astype(np.uint8), slice(10)

    def error(scores, labels):
        return 100 * np.mean(scores.argmax(axis=1) != labels)

    check(
        answer,
        [
            # as many digits as answers: looking down the columns then gives a number, not an error of NumPy's
            Case((scores[ten], labels[ten]), error(scores[ten], labels[ten]), "ten digits, three of them wrong"),
            Case((scores, labels), error(scores, labels), "40 digits, nine of them wrong"),
            Case((scores[1:4], labels[1:4]), 0.0, "three digits, all of them right"),
        ],
        [
            Slip("this is the share of right answers. The error counts the wrong ones.", lambda s, t: 100 - error(s, t)),
            Slip("this is a fraction. The error is in percent: multiply by 100.", lambda s, t: error(s, t) / 100),
            Slip("this is the fraction of right answers. Count the wrong ones, in percent.", lambda s, t: 1 - error(s, t) / 100),
            Slip("this is the number of wrong answers. Divide by the number of digits.", lambda s, t: error(s, t) * len(t) / 100),
            Slip("this takes the lowest score as the answer. The highest wins: argmax.", lambda s, t: error(-s, t)),
            Slip(
                "this looks down the columns. The ten scores of one digit are a row: axis=1.",
                lambda s, t: 100 * np.mean(s.argmax(axis=0) != t),
            ),
            Slip(
                "argmax looks through the whole table here. It needs axis=1: one answer for each row.",
                lambda s, t: 100 * np.mean(s.argmax() != t),
            ),
            Slip(
                "this compares the highest scores with the labels. The answer is the place of the highest: argmax.",
                lambda s, t: 100 * np.mean(s.max(axis=1) != t),
            ),
            Slip("these are the answers, one for each digit. Compare them with the labels.", lambda s, t: s.argmax(axis=1)),
            Slip("the number of wrong answers is still to be divided by the number of digits.", lambda s, t: error(s, t) * len(t)),
            Slip("this says of each digit whether it is wrong. Take the mean, in percent.", lambda s, t: s.argmax(axis=1) != t),
        ],
    )
