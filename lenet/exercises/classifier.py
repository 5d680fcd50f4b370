"""Checks for chapter 02, A first classifier."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check


def check_scores(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check ten weighted sums for each digit: uint8 ``(n, 28, 28)``, weights ``(784, 10)`` and biases ``(10,)`` give ``(n, 10)``."""
    random = np.random.default_rng(2)
    images = random.integers(0, 256, (3, 28, 28)).astype(np.uint8)
    weights, biases = random.normal(size=(784, 10)), random.normal(size=10)

    def scores(images: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> np.ndarray:
        return images.reshape(len(images), 784) / 255 @ weights + biases

    cases = {"three digits": (images, weights, biases), "a batch of one digit": (images[:1], weights, biases)}
    slips = {
        "the biases are missing: add them to each row of scores.": lambda i, w, b: scores(i, w, 0),
        "the pixels run from 0 to 255 here. Divide them by 255 first.": lambda i, w, b: scores(i, 255 * w, b),
        "these are the answers. Give back the scores themselves.": lambda i, w, b: scores(i, w, b).argmax(axis=1),
        "* pairs the numbers one by one. To multiply and add, use @.": lambda i, w, b: i.reshape(len(i), 784) / 255 * w + b,
        "the digits are still 28 × 28. Lay the rows end to end first: flatten(images).": lambda i, w, b: i / 255 @ w + b,
    }
    check(answer, scores, cases, slips)


def check_error_on(answer: Callable[[int, np.ndarray, np.ndarray], float]) -> None:
    """Check the share of wrong answers, in percent, among the digits with one label: of that digit, scores ``(n, 10)`` and labels ``(n,)``."""
    labels = (np.arange(40) % 10).astype(np.uint8)
    labels[32:] = 3
    scores = np.random.default_rng(3).normal(size=(40, 10))
    scores[np.arange(40), labels] += 9
    for row, read in [(13, 8), (33, 5), (34, 6), (36, 1), (5, 3), (14, 3), (24, 3)]:  # misread: as what
        scores[row, read] = 30

    def error(scores: np.ndarray, labels: np.ndarray) -> float:
        return 100 * np.mean(scores.argmax(axis=1) != labels)

    def error_on(d: int, s: np.ndarray, t: np.ndarray) -> float:
        return error(s[t == d], d)

    cases = {
        "11 threes, four of them misread": (3, scores, labels),
        "three fives, one of them misread": (5, scores, labels),
        "three sevens, all of them right": (7, scores, labels),
    }
    slips = {
        "this is the share of right answers. The error counts the wrong ones.": lambda d, s, t: 100 - error_on(d, s, t),
        "this is a fraction. The error is in percent: multiply by 100.": lambda d, s, t: error_on(d, s, t) / 100,
        "this is the number of wrong answers. Divide by how many digits have this label.": lambda d, s, t: error_on(d, s, t) * sum(t == d) / 100,
        "this divides by the number of all digits. Divide by those with this label.": lambda d, s, t: error_on(d, s, t) * np.mean(t == d),
        "this is the error on all digits. Keep those with this label first: labels == digit.": lambda d, s, t: error(s, t),
        "every digit counts as wrong. Compare the place of the highest score in each row, argmax(axis=1), with the label.": lambda d, s, t: 100,
        "scores and labels must be picked out alike: error(scores[marked], labels[marked]).": lambda d, s, t: error(s[t == d], t),
    }
    check(answer, error_on, cases, slips)
