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
            Slip("* pairs the numbers one by one. To multiply and add, use @.", lambda i, w, b: i.reshape(len(i), 784) / 255 * w + b),
            Slip("the biases are added to the weights. Add them to the sums: flatten(images) @ weights + biases.", lambda i, w, b: scores(i, w + b, 0 * b)),
            Slip("these are several digits. Keep a row for each: flatten(images).", lambda i, w, b: i.reshape(784) / 255 @ w + b),
            Slip("the digits are still 28 × 28. Lay the rows end to end first: flatten(images).", lambda i, w, b: i / 255 @ w + b),
            Slip("the weights come second: flatten(images) @ weights.", lambda i, w, b: w @ (i.reshape(len(i), 784) / 255) + b),
            Slip("leave the scores as they are: do not round them.", lambda i, w, b: scores(i, w, b).round(2)),
            Slip("leave the scores as they are: do not round them.", lambda i, w, b: scores(i, w, b).round(1)),
            Slip("the products are added up over all digits. Use @, one sum for each digit.", lambda i, w, b: scores(i, w, b).sum(0)),
        ],
    )


def check_error_on(answer: Callable[[int, np.ndarray, np.ndarray], float]) -> None:
    """Check a function that computes the share of wrong answers among the digits with one label.

    Args:
        answer: takes a digit, scores ``(n, 10)`` and labels ``(n,)``; returns a number from 0 to 100, in percent.
    """
    random = np.random.default_rng(3)
    labels = np.arange(40) % 10
    labels[32:] = 3
    scores = random.normal(size=(40, 10))
    scores[np.arange(40), labels] += 9
    for row, read in [(13, 8), (33, 5), (34, 6), (36, 1), (5, 3), (14, 3), (24, 3)]:  # misread: as what
        scores[row, read] = 30
    scores[13, 3] = -9
    scores[3, 3] = 40  # so that looking through the whole table gives another number than each other slip
    labels = labels.astype(np.uint8)

    def error_on(d, s, t, read=np.argmax):
        return 100 * np.mean(read(s[t == d], axis=1) != d)

    check(
        answer,
        [
            Case((3, scores, labels), error_on(3, scores, labels), "11 threes, four of them misread"),
            Case((5, scores, labels), error_on(5, scores, labels), "three fives, one of them misread"),
            Case((7, scores, labels), 0.0, "three sevens, all of them right"),
        ],
        [
            Slip("this is the share of right answers. The error counts the wrong ones.", lambda d, s, t: 100 - error_on(d, s, t)),
            Slip("this is a fraction. The error is in percent: multiply by 100.", lambda d, s, t: error_on(d, s, t) / 100),
            Slip("this is the number of wrong answers. Divide by how many digits have this label.", lambda d, s, t: error_on(d, s, t) * (t == d).sum() / 100),
            Slip("this divides by the number of all digits. Divide by those with this label.", lambda d, s, t: error_on(d, s, t) * np.mean(t == d)),
            Slip("this is the error on all digits. Keep those with this label first: labels == digit.", lambda d, s, t: 100 * np.mean(s.argmax(axis=1) != t)),
            Slip(
                "this looks at the digits that were answered so. Look at those with this label: labels == digit.",
                lambda d, s, t: 100 * np.mean(t[s.argmax(axis=1) == d] != d),
            ),
            Slip("this takes the lowest score as the answer. The highest wins: argmax.", lambda d, s, t: error_on(d, s, t, np.argmin)),
            Slip(
                "this looks down the columns. The ten scores of one digit are a row: axis=1.",
                lambda d, s, t: 100 * np.mean(s[t == d].argmax(axis=0) != t[t == d]),
            ),
            Slip("argmax looks through the whole table here. It needs axis=1: one answer for each row.", lambda d, s, t: 100 * np.mean(s[t == d].argmax() != d)),
            Slip(
                "this compares the highest scores with the label. The answer is the place of the highest: argmax.",
                lambda d, s, t: 100 * np.mean(s[t == d].max(axis=1) != d),
            ),
            Slip("scores and labels must be picked out alike: error(scores[marked], labels[marked]).", lambda d, s, t: 100 * np.mean(s[t == d].argmax(axis=1) != t)),
            Slip("scores and labels must be picked out alike: error(scores[marked], labels[marked]).", lambda d, s, t: 100 * np.mean(s.argmax(axis=1) != t[t == d])),
            Slip("scores[:, digit] is one answer's scores of all digits. Keep the rows of the digits with this label: labels == digit.", lambda d, s, t: s[:, d].argmax(axis=1)),
            Slip("these are the answers. Compare them with the label.", lambda d, s, t: s[t == d].argmax(axis=1)),
            Slip("this says of each digit whether it is wrong. Take the mean, in percent.", lambda d, s, t: s[t == d].argmax(axis=1) != d),
        ],
    )  # fmt: skip
