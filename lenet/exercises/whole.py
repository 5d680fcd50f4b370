"""Checks for part II, layer by layer: chapters 09 to 11."""

# fmt: off
import numpy as np

from lenet.exercises._check import Results, checks


@checks((14, 6, 5, 16), (20, 2, 3, 4))
def check_layer(size: int, inputs: int, window: int, maps: int) -> Results:
    """Check (rows of a map, weights, multiplications) of a convolution: of (rows of an input map, input maps, rows of a window, maps)."""
    rows, kernels = size - window + 1, maps * inputs * window**2
    yield f"{inputs} maps of {size} × {size}, windows of {window} × {window}, {maps} new maps", (rows, kernels + maps, rows**2 * kernels)
    yield "each new map has one bias, not one for each of its kernels.", (rows, kernels + maps * inputs, rows**2 * kernels)
    yield "rows and weights are right. The multiplications leave the biases out.", (rows, kernels + maps, rows**2 * (kernels + maps))


@checks(*((layers,) for layers in ([(3, 1), (3, 3), (4, 1)], [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)], [(4, 3), (3, 2), (3, 2)])))
def check_field(layers: list[tuple[int, int]]) -> Results:
    """Check how many rows of the picture a number of the last layer sees: of (window, step) for each layer, the first one first."""
    windows, steps = np.array(layers).T
    distances = np.cumprod([1, *steps[:-1]])
    yield f"the layers {layers}", 1 + (windows - 1) @ distances
    yield "a layer's second number counts for those after it. Multiply the step last.", 1 + (windows - 1) @ np.cumprod(steps)
    yield "a window of k adds k - 1 steps: the first of its numbers is there already.", 1 + windows @ distances
    yield "the step is only what the layer just before moves on by. Multiply the steps.", 1 + (windows - 1) @ [1, *steps[:-1]]


@checks(([0.5, 0.4, 0.45, 0.2, 0.09, 0.11, 0.09, 0.3, 0.7, 0.25],), ([0.8, 0.3, 0.2],), ([0.2, 0.3],))
def check_choice(losses: list[float]) -> Results:
    """Check the number of the epoch whose weights to keep, counted from 1, of the validation loss after each epoch."""
    rising = np.diff([*losses, np.inf]) > 0
    yield f"the losses {losses}", losses.index(min(losses)) + 1
    yield "two epochs share the lowest loss. Keep the earlier one.", len(losses) - losses[::-1].index(min(losses))
    yield "this stops where the loss rises for the first time. Look at all epochs: it may fall again.", rising.argmax() + 1


@checks(tuple(np.array([[3, 5, 5, 5], [3, 3, 3, 5]], np.uint8)), tuple(np.random.default_rng(10).integers(0, 10, (2, 200), np.uint8)))
def check_confusion(labels: np.ndarray, answers: np.ndarray) -> Results:
    """Check how often each label, a row, got each answer, a column, ``(10, 10)``: of labels and answers, uint8 ``(n,)``."""
    table = np.histogram2d(labels, answers, bins=np.arange(11))[0]
    yield f"labels that begin with {labels[:4].tolist()} and answers with {answers[:4].tolist()}", table
    yield "each pair is counted only once, however often it comes. Add in a loop.", table > 0
    yield "all ten rows are one and the same list. Begin with np.zeros((10, 10), int).", np.tile(table.sum(axis=0), (10, 1))
    yield "only the first digit is counted: return stands inside the loop.", np.eye(10)[labels[:1]].T @ np.eye(10)[answers[:1]]


@checks(*((np.random.default_rng(11).integers(1, 200, (12, 10), np.uint8), *square) for square in [(3, 4, 5, 77), (9, 6, 5, 0)]))
def check_occlude(image: np.ndarray, row: int, column: int, size: int, value: int) -> Results:
    """Check a new picture with a square filled: of a picture, the square's upper row, left column and size, and the value."""
    r, c = np.indices(image.shape)

    def filled(row: int, column: int) -> np.ndarray:
        return np.where((r >= row) & (r < row + size) & (c >= column) & (c < column + size), value, image)

    yield f"row {row}, column {column}, size {size}", filled(row, column)
    yield "rows and columns are exchanged. The first slice is for rows.", filled(column, row)
    yield "row and column are the upper left pixel, not the middle.", filled(row - size // 2, column - size // 2)
    yield "the second slice takes rows again. Put both into one pair of brackets.", np.where((r >= row + column) & (r < row + size), value, image)


@checks(*((np.random.default_rng(12).integers(0, 256, shape, np.uint8),) for shape in [(9, 7), (6, 11)]))
def check_centre(image: np.ndarray) -> Results:
    """Check the centre of mass of a picture ``(rows, columns)``: (row, column), counted from 0."""
    places = np.indices(image.shape, np.uint8)
    in_bytes = (image * places).sum(axis=(1, 2), dtype=np.uint8)
    yield f"a picture of shape {image.shape}", tuple((image * places.astype(int)).sum(axis=(1, 2)) / image.sum())
    yield "every inked pixel counts the same here. A dark pixel weighs more: multiply by its value.", np.argwhere(image).mean(axis=0)
    yield "uint8 runs over at 255: begin with image.astype(float).", in_bytes / image.sum()
    yield "uint8 runs over at 255: begin with image.astype(float).", in_bytes / image.sum(dtype=np.uint8)
