"""Checks for part I, digits and learning: chapters 01 to 03."""

# fmt: off
import numpy as np

from lenet.exercises._check import Cases, checks, normal


@checks
def check_top_row() -> Cases:
    """Check a function that finds the first row with ink of a digit, uint8 ``(28, 28)`` with at least one pixel above 0."""
    slanted, faint, high = np.zeros((3, 28, 28), np.uint8)
    slanted[range(10, 24), range(26, 12, -1)] = 200
    faint[3, 17], faint[9:20, 5] = 1, 255
    high[0, 14], high[5:10, 14] = 255, 255
    names = "a slanted stroke from row 10 to row 23", "a digit whose top is faint", "a stroke that begins in row 0"
    for name, image in zip(names, (slanted, faint, high)):
        rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
        yield name, (image,), rows[0], {
            "this is a column. The first index counts the rows: image[row] is one row.": columns[0],
            "this is the last row with ink. The first one is wanted.": rows[-1],
            "rows are counted from 0, not from 1.": rows[0] + 1,
            "a row holds 28 numbers, and if takes one: image[row].max() > 0.": lambda: bool(image[0] > 0),
        }


@checks
def check_prepare() -> Cases:
    """Check a function that pads and scales a digit, from uint8 ``(28, 28)`` to ``(32, 32)`` with paper −0.1 and ink 1.175."""
    image = np.zeros((28, 28), np.uint8)
    image[0, 3:9], image[1:20, 5], image[27, 27] = 255, 128, 51
    padded = np.pad(image, 2)
    yield "a test pattern", (image,), -0.1 + 1.275 * (padded / 255), {
        "the scale is right, but the two pixels of paper around are missing.": -0.1 + 1.275 * (image / 255),
        "two pixels are wanted on each side, not four on one side.": -0.1 + 1.275 * (np.pad(image, (0, 4)) / 255),
        "the size is right, but the values still run from 0 to 255.": padded,
        "// rounds down to a whole number. Divide with /.": -0.1 + 1.275 * (padded // 255),
        "the values run from 0 to 1. Paper must become −0.1, and ink 1.175.": padded / 255,
        "ink becomes 1.075. From paper to ink it is 1.275, not 1.175: 1.175 − (−0.1).": -0.1 + 1.175 * (padded / 255),
        "the frame is 0. It must be paper like the rest, −0.1: pad first, then scale.": np.pad(-0.1 + 1.275 * (image / 255), 2),
    }


@checks
def check_scores() -> Cases:
    """Check ten weighted sums for each digit: uint8 ``(n, 28, 28)``, weights ``(784, 10)`` and biases ``(10,)`` give ``(n, 10)``."""
    w, b = normal((784, 10), 10)
    three = np.random.default_rng(2).integers(0, 256, (3, 28, 28), np.uint8)
    for name, images in ("three digits", three), ("a batch of one digit", three[1:2]):
        flat = images.reshape(len(images), 784) / 255
        yield name, (images, w, b), flat @ w + b, {
            "the biases are missing: add them to each row of scores.": flat @ w,
            "the pixels run from 0 to 255 here. Divide them by 255 first.": 255 * flat @ w + b,
            "these are the answers. Give back the scores themselves.": (flat @ w + b).argmax(axis=1),
            "* pairs the numbers one by one. To multiply and add, use @.": lambda: flat * w + b,
            "the digits are still 28 × 28. Lay the rows end to end first: flatten(images).": lambda: images / 255 @ w + b,
        }


@checks
def check_error_on() -> Cases:
    """Check the error, in percent, on the digits with one label: of that digit, scores ``(n, 10)`` and labels ``(n,)``."""
    labels = np.repeat([3, 5, 7, 2], [11, 3, 3, 3]).astype(np.uint8)
    answers = labels.copy()
    answers[[0, 4, 5, 9, 11, 17, 18]] = 8
    names = "11 threes, four of them misread", "three fives, one of them misread", "three sevens, all of them right"
    for name, digit in zip(names, (3, 5, 7)):
        marked, wrong = labels == digit, answers != labels
        error = 100 * wrong[marked].mean()
        yield name, (digit, 30 * np.eye(10)[answers], labels), error, {
            "this is the share of right answers. The error counts the wrong ones.": 100 - error,
            "this is a fraction. The error is in percent: multiply by 100.": error / 100,
            "this is the number of wrong answers. Divide by how many digits have this label.": wrong[marked].sum(),
            "this divides by the number of all digits. Divide by those with this label.": 100 * (wrong & marked).mean(),
            "this is the error on all digits. Keep those with this label first: labels == digit.": 100 * wrong.mean(),
            "every digit counts as wrong. Compare the place of the highest score in each row, argmax(axis=1), with the label.": 100,
            "scores and labels must be picked out alike: error(scores[marked], labels[marked]).": lambda: answers[marked] != labels,
        }


@checks
def check_descent() -> Cases:
    """Check the last weight of a walk downhill: of the slope, a function of the weight, the first weight, the rate and the steps."""

    def slope(w: float) -> float:
        return 4 * w - 8

    for start, rate, steps in (0.0, 0.1, 3), (5.0, 0.05, 1), (5.0, 0.05, 0):
        away = start - 2  # each step multiplies the distance to 2, where the slope is 0
        last = 2 + away * (1 - 4 * rate) ** steps
        yield f"the slope 4w − 8, start {start:g}, rate {rate} and {steps} steps", (slope, start, rate, steps), last, {
            "this walks uphill. Subtract the step instead of adding it.": 2 + away * (1 + 4 * rate) ** steps,
            "this is one step alone. Repeat it, as often as steps says.": 2 + away * (1 - 4 * rate),
            "every step uses the slope at the start. Ask for the slope where the weight now stands.": start - steps * rate * slope(start),
            "the learning rate is missing: multiply the slope by it.": 2 + away * (1 - 4) ** steps,
            "this is the slope at the end. Give back the weight.": slope(last),
        }


def softmax(scores: np.ndarray, axis: int = 1) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


@checks
def check_softmax() -> Cases:
    """Check a function that turns scores ``(n, 10)``, as large as 1000, into probabilities ``(n, 10)``: each row adds up to 1."""
    (small,) = normal((4, 10))
    for name, s in ("four rows of scores", small), ("scores near 1000 and −1000", small + [[1000], [0], [-1000], [500]]):
        powers, less = np.exp(s), np.exp(s - s.max())
        total, less_total = (numbers.sum(axis=1, keepdims=True) for numbers in (powers, less))
        yield name, (s,), softmax(s), {
            "each column adds up to 1, but each row should: sum along axis=1.": powers / powers.sum(axis=0),
            "all numbers together add up to 1, but each row should: sum along axis=1.": powers / powers.sum(),
            "the rows do not add up to 1 yet: divide each by its sum.": np.exp(s - s.max(axis=1, keepdims=True)),
            "e is missing: take np.exp of the scores before you divide.": s / s.sum(axis=1, keepdims=True),
            "the maxima or the sums are a row, not a column. keepdims=True keeps one number for each row.": lambda: s - s.max(axis=1),
            "e to the power of 1000 is too large. Subtract each row's maximum first.": powers / total,
            "a maximum of all rows is subtracted: rows far below it vanish. Take each row's own, along axis=1.": less / less_total,
        }
