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
            Slip("rows and columns are exchanged: each digit should be a row of scores.", lambda i, w, b: scores(i, w, b).T),
            Slip("these are the answers. Give back the scores themselves.", lambda i, w, b: scores(i, w, b).argmax(axis=1)),
            Slip(
                "the pixels come in another order than the weights: lay the rows end to end, not the columns.",
                lambda i, w, b: scores(i.transpose(0, 2, 1), w, b),
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
    labels = random.integers(0, 10, 40).astype(np.uint8)
    scores = random.normal(size=(40, 10))
    scores[range(31), labels[:31]] += 9  # 31 right, and the others wrong
    scores[range(31, 40), (labels[31:] + 3) % 10] += 9

    def error(scores, labels):
        return 100 * np.mean(scores.argmax(axis=1) != labels)

    check(
        answer,
        [
            Case((scores, labels), error(scores, labels), "40 digits, 9 of them wrong"),
            Case((scores[:31], labels[:31]), 0.0, "31 digits, all of them right"),
        ],
        [
            Slip("this is the share of right answers. The error counts the wrong ones.", lambda s, t: 100 - error(s, t)),
            Slip("this is a fraction. The error is in percent: multiply by 100.", lambda s, t: error(s, t) / 100),
            Slip("this is the fraction of right answers. Count the wrong ones, in percent.", lambda s, t: 1 - error(s, t) / 100),
            Slip("this is the number of wrong answers. Divide by the number of digits.", lambda s, t: error(s, t) * len(t) / 100),
            Slip("this takes the lowest score as the answer. The highest wins: argmax.", lambda s, t: error(-s, t)),
            Slip(
                "this looks down the columns. The ten scores of one digit are a row: axis=1.",
                lambda s, t: s.argmax(axis=0),
            ),
            Slip(
                "this says of each digit whether it is wrong. Take the mean, in percent.",
                lambda s, t: s.argmax(axis=1) != t,
            ),
        ],
    )
