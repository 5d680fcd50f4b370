"""Checks for part I, digits and learning: chapters 01 to 03."""

# fmt: off
from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Results, checks, normal


@checks(*((np.diag(np.repeat(ink, rows).astype(np.uint8))[:, ::-1],) for ink, rows in [  # slanted strokes
    ([0, 200, 0], [10, 14, 4]),
    ([0, 1, 0, 255, 0], [3, 1, 5, 11, 8]),
    ([255, 0, 255, 0], [1, 4, 5, 18]),
]))
def check_top_row(image: np.ndarray) -> Results:
    """Check a function that finds the first row with ink of a digit, uint8 ``(28, 28)`` with at least one pixel above 0."""
    rows, columns = np.nonzero(image)
    yield f"a digit that begins in row {rows[0]} with ink of {image[rows[0]].max()}", rows[0]
    yield "this is a column. The first index counts the rows: image[row] is one row.", columns.min()


@checks((np.random.default_rng(1).integers(0, 256, (28, 28), np.uint8),))
def check_prepare(image: np.ndarray) -> Results:
    """Check a function that pads and scales a digit, from uint8 ``(28, 28)`` to ``(32, 32)`` with paper −0.1 and ink 1.175."""
    yield "a test pattern", -0.1 + 1.275 * np.pad(image / 255, 2)
    yield "// rounds down to a whole number. Divide with /.", -0.1 + 1.275 * np.pad(image // 255, 2)
    yield "ink becomes 1.075. From paper to ink it is 1.275, not 1.175: 1.175 − (−0.1).", -0.1 + 1.175 * np.pad(image / 255, 2)
    yield "the frame is 0. It must be paper like the rest, −0.1: pad first, then scale.", np.pad(-0.1 + 1.275 * (image / 255), 2)


@checks(*((np.random.default_rng(n).integers(0, 256, (n, 28, 28), np.uint8), *normal((784, 10), 10)) for n in (3, 1)))
def check_scores(images: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> Results:
    """Check ten weighted sums for each digit: uint8 ``(n, 28, 28)``, weights ``(784, 10)`` and biases ``(10,)`` give ``(n, 10)``."""
    sums = images.reshape(-1, 784) / 255 @ weights
    yield f"images of shape {images.shape}", sums + biases
    yield "the biases are missing: add them to each row of scores.", sums
    yield "the pixels run from 0 to 255 here. Divide them by 255 first.", 255 * sums + biases


@checks(*(
    (digit, 30 * np.eye(10)[[8, 3, 3, 3, 8, 8, 3, 3, 3, 8, 3, 8, 5, 5, 7, 7, 7, 8, 8, 2]], np.repeat([3, 5, 7, 2], [11, 3, 3, 3]))
    for digit in (3, 5, 7)
))
def check_error_on(digit: int, scores: np.ndarray, labels: np.ndarray) -> Results:
    """Check the error, in percent, on the digits with one label: of that digit, scores ``(n, 10)`` and labels ``(n,)``."""
    marked, wrong = labels == digit, scores.argmax(axis=1) != labels
    yield f"{marked.sum()} of {len(labels)} digits, {wrong[marked].sum()} of them misread", 100 * wrong[marked].mean()
    yield "this is the error on all digits. Keep those with this label first: labels == digit.", 100 * wrong.mean()
    yield "every digit counts as wrong. Compare the place of the highest score in each row, argmax(axis=1), with the label.", 100


@checks(*((lambda w: 4 * w - 8, start, rate, steps) for start, rate, steps in [(0.0, 0.1, 3), (5.0, 0.05, 1), (5.0, 0.05, 0)]))
def check_descent(slope: Callable[[float], float], start: float, rate: float, steps: int) -> Results:
    """Check the last weight of a walk downhill: of the slope, a function of the weight, the first weight, the rate and the steps."""
    away = start - 2  # each step multiplies the distance to 2, where the slope is 0
    yield f"the slope 4w − 8, start {start:g}, rate {rate} and {steps} steps", 2 + away * (1 - 4 * rate) ** steps
    yield "this walks uphill. Subtract the step instead of adding it.", 2 + away * (1 + 4 * rate) ** steps
    yield "this is one step alone. Repeat it, as often as steps says.", start - rate * slope(start)
    yield "the learning rate is missing: multiply the slope by it.", 2 + away * (1 - 4) ** steps
    yield "every step uses the slope at the start. Ask for the slope where the weight now stands.", start - steps * rate * slope(start)


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@checks(normal((4, 10)), (normal((3, 10))[0] + [[1000], [0], [-1000]],))
def check_softmax(scores: np.ndarray) -> Results:
    """Check a function that turns scores ``(n, 10)``, as large as 1000, into probabilities ``(n, 10)``: each row adds up to 1."""
    powers, less = np.exp(scores), np.exp(scores - scores.max())
    yield f"scores of shape {scores.shape}, from {scores.min():.0f} to {scores.max():.0f}", softmax(scores)
    yield "each column adds up to 1, but each row should: sum along axis=1.", powers / powers.sum(axis=0)
    yield "e to the power of 1000 is too large. Subtract each row's maximum first.", powers / powers.sum(axis=1, keepdims=True)
    yield "a maximum of all rows is subtracted. Take each row's own, along axis=1.", less / less.sum(axis=1, keepdims=True)
