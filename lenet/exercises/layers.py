"""Checks for part II, layer by layer: chapters 04 to 08."""

# fmt: off
from operator import setitem

import numpy as np

from lenet.exercises._check import Cases, checks, normal
from lenet.exercises.digits import softmax


def convolve(image: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Kernels ``(k, k, …)`` over an image ``(n, n)``: ``(n - k + 1, n - k + 1, …)``."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2])
    return np.einsum("rcij,ij...->rc...", windows, kernels)


@checks
def check_convolve() -> Cases:
    """Check a convolution: ``(n, n)``, kernels ``(k, k, maps)`` and biases ``(maps,)`` give ``(n - k + 1, n - k + 1, maps)``."""
    for n, k, m in (9, 5, 6), (7, 3, 2):
        image, kernels, biases = arguments = normal((n, n), (k, k, m), m)
        right, flipped = convolve(image, kernels) + biases, convolve(image, kernels[::-1, ::-1])
        yield f"an image of {n} × {n} and {m} kernels of {k} × {k}", arguments, right, {
            "the biases are missing: each map adds its own.": right - biases,
            "each map has one bias, a single number: biases[m], not biases.": lambda: setitem(np.zeros(1), 0, biases),
            "every map uses the first kernel. Map m uses kernels[:, :, m].": convolve(image, kernels[..., :1]) + biases,
            "the kernels are flipped: the first row of a kernel should meet the first row of the patch.": flipped + biases,
            "the maps stand on the first axis. They should be on the last.": right.transpose(2, 0, 1),
        }


@checks
def check_counts() -> Cases:
    """Check (weights, connections) of a convolution over one map, of the image's size, the kernel's size and the number of maps."""
    for n, k, m in (32, 5, 6), (20, 3, 4):
        weights, places = m * (k * k + 1), (n - k + 1) ** 2
        yield f"an image of {n} × {n}, kernels of {k} × {k}, {m} maps", (n, k, m), (weights, places * weights), {
            "the biases are missing: one for each map.": (weights - m, places * (weights - m)),
            "the weights are right, but the bias counts as a connection too.": (weights, places * (weights - m)),
            "the map is smaller than the image: n - k + 1 rows and columns.": (weights, n**2 * weights),
            "windows overlap: they start in n - k + 1 rows, not in n / k.": (weights, (n // k) ** 2 * weights),
            "one row and one column of the map are missing: n - k + 1 of them.": (weights, (n - k) ** 2 * weights),
            "these are the counts of one map. Each map has weights and connections of its own.": (weights // m, places * weights // m),
            "the order is weights first, then connections.": (places * weights, weights),
        }


@checks
def check_collapse() -> Cases:
    """Check (W, b) with X @ W + b = (X @ W1 + b1) @ W2 + b2: of W1 ``(pixels, hidden)``, b1, W2 ``(hidden, answers)`` and b2."""
    for pixels, hidden, answers in (3, 3, 3), (4, 3, 2):
        W1, b1, W2, b2 = arguments = normal((pixels, hidden), hidden, (hidden, answers), answers)
        W, b = W1 @ W2, b1 @ W2 + b2
        yield f"layers of {pixels} to {hidden} and {hidden} to {answers} numbers", arguments, (W, b), {
            "the table is right, but the first bias goes through the second table: b1 @ W2.": (W, b2),
            "the table is right, but the second bias is missing. It is added at the end.": (W, b1 @ W2),
            "the table is right, but the first bias goes through the second table first: b1 @ W2 + b2.": lambda: (W, b1 + b2),
            "the table is right, but the second bias goes through no table: b1 @ W2 + b2.": lambda: (W, (b1 + b2) @ W2),
            "the tables are in the wrong order. X meets W1 first: W1 @ W2.": lambda: (W2 @ W1, b),
            "the order is the table first, then the bias.": (b, W),
        }


@checks
def check_bend() -> Cases:
    """Check a function that gives tanh and its slope of an array of sums, from -1,000 to 1,000: two arrays of its shape."""
    calm, wide = np.array([-2.0, -0.5, 0.0, 0.3, 1.0]), np.array([[1000.0, -1000.0], [0.1, -30.0]])
    for name, s in ("sums from -2 to 1", calm), ("sums of 1,000 and -1,000", wide):
        t, plus, minus = np.tanh(s), np.sinh(s) / np.cosh(s), (1 - np.exp(-2 * s)) / (1 + np.exp(-2 * s))
        yield name, (s,), (t, 1 - t**2), {
            "e to the power of 1,000 is too large, and nan comes out. Use np.abs(s) and np.sign(s).": (plus, 1 - plus**2),
            "for sums of -1,000 nan comes out. Use np.abs(s) and np.sign(s).": (minus, 1 - minus**2),
            "the sign is lost: tanh of a negative sum is negative. Multiply by np.sign(s).": (np.abs(t), 1 - t**2),
            "tanh is right, but its slope is 1 - tanh squared, not 1 - tanh.": (t, 1 - t),
            "tanh is right, but its slope is 1 - tanh(s) squared, not 1 - s squared.": (t, 1 - s**2),
            "if takes one number, and s is a whole array. np.abs(s) and np.sign(s) take all of it at once.": lambda: bool(s < 0),
            "the order is tanh first, then its slope.": (1 - t**2, t),
        }


@checks
def check_average() -> Cases:
    """Check the averages ``(n // k, n // k)`` of the blocks of a map: of the map ``(n, n)`` and k, the size of a block."""
    for n, k in (9, 3), (8, 2):
        (numbers,), rows = normal((n, n)), n // k
        right, mixed = numbers.reshape(rows, k, rows, k).mean(axis=(1, 3)), numbers.reshape(rows, rows, k, k).mean(axis=(2, 3))
        sliding = convolve(numbers, np.ones((k, k)) / k**2)
        yield f"a map of {n} × {n} and blocks of {k} × {k}", (numbers, k), right, {
            "this is the sum of each block, not normalised. Divide by k * k.": right * k**2,
            "a block has k * k numbers, not k. Divide by k * k.": right * k,
            "this divides by 4 always. A block has k * k numbers.": right * k**2 / 4,
            "the windows overlap: block r begins at row r * k, not at row r.": sliding[:rows, :rows],
            "the reshape mixes the blocks. Its four axes are block row, row, block column, column: average over axes 1 and 3.": mixed,
        }


@checks
def check_reach() -> Cases:
    """Check how far, from 0 to 4, a digit can move to both sides with its answer unchanged: of nine answers, at shifts from −4 to 4."""
    cases = {
        "an answer that changes at 2 to the right and at 3 to the left, and comes back": [7, 2, 7, 7, 7, 7, 1, 7, 7],
        "an answer that changes at 2 to the left and later comes back": [5, 5, 3, 5, 5, 5, 5, 5, 5],
        "an answer that changes to the same on both sides": [7, 7, 2, 7, 7, 7, 2, 7, 7],
        "an answer that changes at once": [1, 1, 1, 4, 9, 9, 9, 9, 9],
        "an answer that never changes": [6] * 9,
    }

    def far(same: np.ndarray) -> int:
        return int(np.cumprod(same).sum())

    for name, answers in cases.items():
        left, right = np.equal(answers[3::-1], answers[4]), np.equal(answers[5:], answers[4])
        both, between = left & right, far(np.equal(answers[3::-1], answers[5:]))
        yield f"{name}, {answers}", (answers,), far(both), {
            "this is one too many: the answer already differs there. Give back the shift before it.": min(far(both) + 1, 4),
            "this looks at the right side alone. Both sides must agree with the middle.": far(right),
            "this looks at the left side alone. Both sides must agree with the middle.": far(left),
            "one side is enough here. Both sides must agree with the middle.": far(left | right),
            "the larger side counts here. The digit must keep its answer on both.": max(far(left), far(right)),
            "this goes on after the first change, and a later one counts. Stop there.": np.append(4, np.flatnonzero(~both))[-1],
            "this goes on to where the answer comes back. Stop at the first change.": max(np.flatnonzero(both) + 1, default=0),
            "this counts on after the answer has changed. Stop at the first change.": both.sum(),
            "the two sides are compared with one another. Compare both with the middle, answers[4].": between,
        }


@checks
def check_combine() -> Cases:
    """Check maps made of all input maps: of maps ``(n, n, inputs)``, kernels ``(k, k, inputs, outputs)`` and biases ``(outputs,)``."""
    for inputs, n, k, outputs in (3, 9, 5, 4), (5, 6, 3, 2):
        maps, kernels, biases = arguments = normal((n, n, inputs), (k, k, inputs, outputs), outputs)
        partial = np.array([convolve(maps[:, :, i], kernels[:, :, i]) for i in range(inputs)])
        total = partial.sum(axis=0)
        yield f"{inputs} maps of {n} × {n}, kernels of {k} × {k}, {outputs} output maps", arguments, total + biases, {
            "the biases are missing: output map o adds biases[o].": total,
            "the bias is added once for each input map. Add it once, after the sum.": total + inputs * biases,
            "only the first input map counts here. Go through all of them, and return after the loop.": partial[0] + biases,
            "only the last input map counts here, in place of those before. Add them up, with +=.": partial[-1] + biases,
            "the output maps stand on the first axis. They should be on the last.": (total + biases).transpose(2, 0, 1),
            "each output map has one bias, a single number: biases[o], not biases.": lambda: total[:, :, 0] + biases,
            "convolve takes one map and one kernel: maps[:, :, i], not maps.": lambda: maps[:k, :k] * kernels[:, :, 0, 0],
        }


@checks
def check_table_weights() -> Cases:
    """Check the number of weights of a layer wired by a table of 0 and 1: of the table ``(inputs, outputs)`` and a kernel's size."""
    for rows, k in ([[1, 0, 1, 0, 1], [1, 1, 0, 0, 1], [0, 1, 0, 1, 1]], 7), ([[1, 0], [1, 1], [0, 1], [1, 1]], 3):
        table = np.array(rows)
        ones, (inputs, outputs) = table.sum(), table.shape
        name = f"a table of {inputs} rows and {outputs} columns with {ones} ones, kernels of {k} × {k}"
        yield name, (table, k), ones * k**2 + outputs, {
            "the biases are missing: one for each output map, that is for each column.": ones * k**2,
            "all output maps share one bias here. Each column has its own.": ones * k**2 + 1,
            "this is a bias for each input map, or row. Each output map has one: count the columns.": ones * k**2 + inputs,
            "this is a bias for each kernel. The kernels of one output map share one bias.": ones * (k**2 + 1),
            "every map is connected with every map here. Count the ones in the table only.": table.size * k**2 + outputs,
            "a kernel has kernel_size * kernel_size weights: square it.": ones * k + outputs,
        }


@checks
def check_dense() -> Cases:
    """Check a dense layer with tanh: ``(n, inputs)``, weights ``(inputs, outputs)`` and biases ``(outputs,)`` give ``(n, outputs)``."""
    for n, inputs, outputs in (4, 4, 4), (3, 7, 2):
        x, w, b = arguments = normal((n, inputs), (inputs, outputs), outputs)
        yield f"{n} inputs of {inputs} numbers, which become {outputs}", arguments, np.tanh(x @ w + b), {
            "the bend is missing: tanh of the sums.": x @ w + b,
            "the biases are missing. They are added before the bend.": np.tanh(x @ w),
            "the biases are added after the bend. Add them to the sums first.": np.tanh(x @ w) + b,
            "the weights come second: inputs @ weights.": lambda: np.tanh(w @ x + b),
            "* pairs the numbers one by one. To multiply and add, use @.": lambda: np.tanh(x * w + b),
        }


@checks
def check_answer() -> Cases:
    """Check the answers ``(n,)`` to scores ``(n, 10)``, with −1 where the highest probability is below the least, from 0 to 1."""
    ten = 3 * normal((10, 10))[0] + np.linspace(-6, 4, 10)[:, np.newaxis]  # high scores are not always sure ones
    even = 50 * np.eye(10)[[2]] + 50 * np.eye(10)[[5]]
    for name, s, least in ("ten digits, of which some are doubtful", ten, 0.57), ("a highest probability of exactly 0.5", even, 0.5):
        digits, powers = s.argmax(axis=1), np.exp(s).max(axis=1)
        sure, down = softmax(s).max(axis=1), softmax(s, axis=0).max(axis=1)
        yield name, (s, least), np.where(sure >= least, digits, -1), {
            "nothing is doubted here. Put -1 where the highest probability is below least.": digits,
            "a highest probability of exactly least is sure enough: >=.": np.where(sure > least, digits, -1),
            "the doubtful and the sure ones are exchanged.": np.where(sure < least, digits, -1),
            "this compares the score with least. Make probabilities first: softmax.": np.where(s.max(axis=1) >= least, digits, -1),
            "the powers of e are not normalised. Divide each row by its sum: softmax.": np.where(powers >= least, digits, -1),
            "softmax goes down the columns here. The scores of one digit are a row: axis=1.": np.where(down >= least, digits, -1),
            "doubtful digits get 0 here, which is a digit. Give them -1.": np.where(sure >= least, digits, 0),
        }
