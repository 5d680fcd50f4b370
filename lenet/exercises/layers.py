"""Checks for part II, layer by layer: chapters 04 to 08."""

# fmt: off
import numpy as np

from lenet.exercises._check import Results, checks, normal
from lenet.exercises.digits import softmax


def convolve(image: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Kernels ``(k, k, …)`` over an image ``(n, n)``: ``(n - k + 1, n - k + 1, …)``."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2])
    return np.einsum("rcij,ij...->rc...", windows, kernels)


@checks(normal((9, 9), (5, 5, 6), 6), normal((7, 7), (3, 3, 2), 2))
def check_convolve(image: np.ndarray, kernels: np.ndarray, biases: np.ndarray) -> Results:
    """Check a convolution: ``(n, n)``, kernels ``(k, k, maps)`` and biases ``(maps,)`` give ``(n - k + 1, n - k + 1, maps)``."""
    yield f"an image of shape {image.shape} and kernels of shape {kernels.shape}", convolve(image, kernels) + biases
    yield "the biases are missing: each map adds its own.", convolve(image, kernels)
    yield "the kernels are flipped. A kernel's first row meets the first row of the patch.", convolve(image, kernels[::-1, ::-1]) + biases


@checks((32, 5, 6), (20, 3, 4))
def check_counts(size: int, kernel: int, maps: int) -> Results:
    """Check (weights, connections) of a convolution over one map, of the image's size, the kernel's size and the number of maps."""
    places, weights = (size - kernel + 1) ** 2, maps * (kernel**2 + 1)
    yield f"an image of {size} × {size}, kernels of {kernel} × {kernel}, {maps} maps", (weights, places * weights)
    yield "the weights are right, but the bias counts as a connection too.", (weights, places * (weights - maps))
    yield "the map is smaller than the image: n - k + 1 rows and columns.", (weights, size**2 * weights)


@checks(normal((4, 3), 3, (3, 2), 2), normal((3, 3), 3, (3, 3), 3))
def check_collapse(W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray) -> Results:
    """Check (W, b) with X @ W + b = (X @ W1 + b1) @ W2 + b2: of W1 ``(pixels, hidden)``, b1, W2 ``(hidden, answers)`` and b2."""
    yield f"tables of shape {W1.shape} and {W2.shape}", (W1 @ W2, b1 @ W2 + b2)
    yield "the table is right, but the first bias goes through the second table: b1 @ W2.", (W1 @ W2, b2)
    yield "the table is right, but the second bias is missing. It is added at the end.", (W1 @ W2, b1 @ W2)


@checks((np.array([-2.0, -0.5, 0.0, 0.3, 1.0]),), (np.array([[1000.0, -1000.0], [0.1, -30.0]]),))
def check_bend(s: np.ndarray) -> Results:
    """Check a function that gives tanh and its slope of an array of sums, from -1,000 to 1,000: two arrays of its shape."""
    t, plus, minus = np.tanh(s), np.sinh(s) / np.cosh(s), (1 - np.exp(-2 * s)) / (1 + np.exp(-2 * s))
    yield f"the sums {s.tolist()}", (t, 1 - t**2)
    yield "tanh is right, but its slope is 1 - tanh squared, not 1 - tanh.", (t, 1 - t)
    yield "e to the power of 1,000 is too large, and nan comes out. Use np.abs(s) and np.sign(s).", (plus, 1 - plus**2)
    yield "for sums of -1,000 nan comes out. Use np.abs(s) and np.sign(s).", (minus, 1 - minus**2)


@checks((*normal((9, 9)), 3), (*normal((8, 8)), 2))
def check_average(numbers: np.ndarray, k: int) -> Results:
    """Check the averages ``(n // k, n // k)`` of the blocks of a map: of the map ``(n, n)`` and k, the size of a block."""
    rows, sliding = len(numbers) // k, convolve(numbers, np.ones((k, k)) / k**2)
    yield f"a map of shape {numbers.shape} and blocks of {k} × {k}", sliding[::k, ::k]
    yield "the windows overlap: block r begins at row r * k, not at row r.", sliding[:rows, :rows]


@checks(*(([*map(int, answers)],) for answers in ("727777177", "553555555", "772777277", "111499999", "666666666")))
def check_reach(answers: list[int]) -> Results:
    """Check how far, from 0 to 4, a digit can move to both sides with its answer unchanged: of nine answers, at shifts from −4 to 4."""
    left, right = np.equal(answers[3::-1], answers[4]), np.equal(answers[5:], answers[4])
    yield f"the answers {answers}", np.cumprod(left & right).sum()
    yield "one side is enough here. Both sides must agree with the middle.", np.cumprod(left | right).sum()
    yield "this counts on after the answer has changed. Stop at the first change.", (left & right).sum()
    yield "the sides are compared with one another. Compare both with the middle.", np.cumprod(np.equal(answers[3::-1], answers[5:])).sum()


@checks(normal((9, 9, 3), (5, 5, 3, 4), 4), normal((6, 6, 5), (3, 3, 5, 2), 2))
def check_combine(maps: np.ndarray, kernels: np.ndarray, biases: np.ndarray) -> Results:
    """Check maps made of all input maps: of maps ``(n, n, inputs)``, kernels ``(k, k, inputs, outputs)`` and biases ``(outputs,)``."""
    partial = np.array([convolve(maps[:, :, i], kernels[:, :, i]) for i in range(maps.shape[2])])
    yield f"maps of shape {maps.shape} and kernels of shape {kernels.shape}", partial.sum(axis=0) + biases
    yield "the biases are missing: output map o adds biases[o].", partial.sum(axis=0)
    yield "the bias is added once for each input map. Add it once, after the sum.", (partial + biases).sum(axis=0)
    yield "only the last input map counts here, in place of those before. Add them up, with +=.", partial[-1] + biases


@checks((np.array([[1, 0, 1, 0, 1], [1, 1, 0, 0, 1], [0, 1, 0, 1, 1]]), 7), (np.array([[1, 0], [1, 1], [0, 1], [1, 1]]), 3))
def check_table_weights(table: np.ndarray, size: int) -> Results:
    """Check the number of weights of a layer wired by a table of 0 and 1: of the table ``(inputs, outputs)`` and a kernel's size."""
    ones, (inputs, outputs) = table.sum(), table.shape
    yield f"a table of shape {table.shape} with {ones} ones, kernels of {size} × {size}", ones * size**2 + outputs
    yield "the biases are missing: one for each output map, that is for each column.", ones * size**2
    yield "this is a bias for each input map, or row. Each output map has one: count the columns.", ones * size**2 + inputs
    yield "this is a bias for each kernel. The kernels of one output map share one bias.", ones * (size**2 + 1)
    yield "every map is connected with every map here. Count the ones in the table only.", table.size * size**2 + outputs


@checks(normal((3, 7), (7, 2), 2), normal((4, 4), (4, 4), 4))
def check_dense(inputs: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> Results:
    """Check a dense layer with tanh: ``(n, inputs)``, weights ``(inputs, outputs)`` and biases ``(outputs,)`` give ``(n, outputs)``."""
    yield f"inputs of shape {inputs.shape} and weights of shape {weights.shape}", np.tanh(inputs @ weights + biases)
    yield "the bend is missing: tanh of the sums.", inputs @ weights + biases
    yield "the biases are missing. They are added before the bend.", np.tanh(inputs @ weights)
    yield "the biases are added after the bend. Add them to the sums first.", np.tanh(inputs @ weights) + biases


# In the first question high scores are not always sure ones, in the second the highest probability is exactly the least.
@checks((3 * normal((10, 10))[0] + np.linspace(-6, 4, 10)[:, np.newaxis], 0.57), (50 * np.eye(10)[[2]] + 50 * np.eye(10)[[5]], 0.5))
def check_answer(scores: np.ndarray, least: float) -> Results:
    """Check the answers ``(n,)`` to scores ``(n, 10)``, with −1 where the highest probability is below the least, from 0 to 1."""
    digits, sure = scores.argmax(axis=1), softmax(scores).max(axis=1)
    yield f"scores of shape {scores.shape} and a least probability of {least}", np.where(sure >= least, digits, -1)
    yield "a highest probability of exactly least is sure enough: >=.", np.where(sure > least, digits, -1)
    yield "this compares the score with least. Make probabilities first: softmax.", np.where(scores.max(axis=1) >= least, digits, -1)
