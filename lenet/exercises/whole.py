"""Checks for part II, layer by layer: chapters 09 to 11."""

# fmt: off
import numpy as np

from lenet.exercises._check import Cases, checks


@checks
def check_layer() -> Cases:
    """Check (rows of a map, weights, multiplications) of a convolution: of (rows of an input map, input maps, rows of a window, maps)."""
    for n, inputs, k, maps in (14, 6, 5, 16), (20, 2, 3, 4):
        rows, kernels = n - k + 1, maps * inputs * k**2
        weights, times = kernels + maps, rows**2 * kernels
        name = f"a layer that reads {inputs} maps of {n} × {n} with windows of {k} × {k} and makes {maps}"
        yield name, (n, inputs, k, maps), (rows, weights, times), {
            "one row is missing: a map has size - kernel + 1.": (rows - 1, weights, (rows - 1) ** 2 * kernels),
            "the map is smaller than what it reads: it has size - kernel + 1 rows.": (n, weights, n**2 * kernels),
            "the biases are missing among the weights: one for each map that the layer makes.": (rows, kernels, times),
            "there is one bias for each map that the layer makes, not one for each kernel.": (rows, kernels + maps * inputs, times),
            "rows and weights are right. The multiplications leave the biases out.": (rows, weights, rows**2 * weights),
            "rows and weights are right. The kernels work at rows * rows places, not at rows.": (rows, weights, rows * kernels),
        }


@checks
def check_field() -> Cases:
    """Check how many rows of the picture a number of the last layer sees: of (window, step) for each layer, the first one first."""
    stacks = [(3, 1), (3, 3), (4, 1)], [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)], [(4, 3), (3, 2)], [(4, 3), (3, 2), (3, 1)]
    for layers in stacks:
        windows, steps = np.array(layers).T
        earlier = np.array([1, *steps[:-1]])
        distance = np.cumprod(earlier)
        yield f"the layers {layers}", (layers,), 1 + (windows - 1) @ distance, {
            "a layer's second number counts for those after it. Multiply the step last.": 1 + (windows - 1) @ np.cumprod(steps),
            "the field begins with 1, the single number itself.": (windows - 1) @ distance,
            "a window of k adds k - 1 steps: the first of its numbers is there already.": 1 + windows @ distance,
            "the steps are left out. Each layer adds (window - 1) times the step before it.": 1 + (windows - 1).sum(),
            "steps multiply: after two steps of 2, neighbours lie 4 pixels apart.": 1 + (windows - 1) @ (1 + np.cumsum(earlier - 1)),
            "the step is only what the layer just before moves on by. Multiply the steps.": 1 + (windows - 1) @ earlier,
        }


@checks
def check_choice() -> Cases:
    """Check the number of the epoch whose weights to keep, counted from 1, of the validation loss after each epoch."""
    for losses in [0.5, 0.4, 0.45, 0.2, 0.09, 0.11, 0.09, 0.3, 0.7, 0.25], [0.8, 0.3, 0.2], [0.2, 0.3]:
        rises = [number for number in range(1, len(losses)) if losses[number] > losses[number - 1]]
        yield f"the losses {losses}", (losses,), losses.index(min(losses)) + 1, {
            "epochs are counted from 1 here, but places in a list from 0. Add 1.": losses.index(min(losses)),
            "this is the last epoch. Keep the one with the lowest loss.": len(losses),
            "two epochs share the lowest loss. Keep the earlier one.": len(losses) - losses[::-1].index(min(losses)),
            "this stops where the loss rises for the first time. Look at all epochs: it may fall again.": [*rises, len(losses)][0],
            "this is the lowest loss itself. Give back the number of its epoch.": min(losses),
        }


@checks
def check_confusion() -> Cases:
    """Check how often each label, a row, got each answer, a column, ``(10, 10)``: of labels and answers, uint8 ``(n,)``."""
    many = np.random.default_rng(10).integers(0, 10, (2, 200), np.uint8)
    four = np.array([[3, 5, 5, 5], [3, 3, 3, 5]], np.uint8)
    for name, (labels, answers) in ("200 digits", many), ("four digits, labels 3, 5, 5, 5, answers 3, 3, 3, 5", four):
        right, first = np.zeros((2, 10, 10), int)
        np.add.at(right, (labels, answers), 1)
        first[labels[0], answers[0]] = 1
        yield name, (labels, answers), right, {
            "rows and columns are exchanged: a row for each label, a column for each answer.": right.T,
            "each pair is counted only once, however often it comes. Add in a loop.": right > 0,
            "these are shares of each row. Give back how often.": right / right.sum(axis=1, keepdims=True),
            "only the first digit is counted: return stands inside the loop. Put it after the loop.": first,
            "all ten rows are one and the same list. Begin with np.zeros((10, 10), int).": np.tile(right.sum(axis=0), (10, 1)),
        }


@checks
def check_occlude() -> Cases:
    """Check a new picture with a square filled: of a picture, the square's upper row, left column and size, and the value."""
    image = np.random.default_rng(11).integers(1, 200, (12, 10), np.uint8)

    def filled(rows: slice, columns: slice, value: int) -> np.ndarray:
        covered = image.copy()
        covered[rows, columns] = value
        return covered

    names = "a square of 5 × 5 in row 3 and column 4", "a square that reaches over the edge"
    for name, (r, c, n, value) in zip(names, [(3, 4, 5, 77), (9, 6, 5, 0)]):
        rows, columns, half = slice(r, r + n), slice(c, c + n), n // 2
        around = slice(r - half, r + half + 1), slice(c - half, c + half + 1)
        yield name, (image, r, c, n, value), filled(rows, columns, value), {
            "rows and columns are exchanged. The first slice is for rows.": filled(columns, rows, value),
            "the square is one too large: a slice stops before its end.": filled(slice(r, r + n + 1), slice(c, c + n + 1), value),
            "the square is filled with 0. Fill it with value.": filled(rows, columns, 0),
            "row and column are not the middle of the square, but its upper left pixel.": filled(*around, value),
            "the second slice takes rows again. Put both into one pair of brackets.": filled(slice(r + c, r + n), slice(None), value),
            "the slices end at size. They end at row + size and column + size.": filled(slice(r, n), slice(c, n), value),
        }


@checks
def check_centre() -> Cases:
    """Check the centre of mass of a picture ``(rows, columns)``: (row, column), counted from 0."""
    small, other = np.zeros((9, 7), np.uint8), np.zeros((6, 11), np.uint8)
    small[2:8, 1], small[7, 1:6], small[3, 4] = 250, 120, 60
    other[1, 3:10], other[2:5, 8] = 200, 90
    for image in small, other:
        places, ink = np.indices(image.shape, np.uint8), image.sum()
        weighted = (image.astype(int) * places).sum(axis=(1, 2))
        in_bytes = (image * places).sum(axis=(1, 2), dtype=np.uint8)
        yield f"a picture of {len(image)} × {len(image.T)}", (image,), weighted / ink, {
            "row and column are exchanged: the row comes first, and sum(axis=1) adds up each row.": weighted[::-1] / ink,
            "the places count from 1. The first row and the first column are 0: np.arange(n).": weighted / ink + 1,
            "every inked pixel counts the same here. A dark pixel weighs more: multiply by its value.": np.argwhere(image).mean(axis=0),
            "the division by all the ink is missing.": weighted,
            "divide by the sum of the ink, not by the number of pixels.": weighted / image.size,
            "the centre lies between pixels: do not round it.": np.round(weighted / ink),
            "uint8 runs over at 255: begin with image.astype(float).": in_bytes / ink,
            "uint8 runs over at 255: turn the picture into image.astype(float) first.": in_bytes / image.sum(dtype=np.uint8),
        }
