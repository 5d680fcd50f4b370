"""Draw the picture of the first page: one digit on its way through the trained LeNet-5.

    .venv/bin/python book/tools/cover.py

Writes book/_static/cover.png, and cover-tall.png for phones. Every map is the one that the trained network computes, and
from C1 to S4 one pixel has the same size everywhere, so that the picture shows how the maps shrink.
"""

import os
import sys
from pathlib import Path

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "book" / "_static"
DIGIT = 38  # of the training set: the seven that goes through all chapters
SHAPES = {"image": "32 × 32", "C1": "6 of 28 × 28", "S2": "6 of 14 × 14", "C3": "16 of 10 × 10", "S4": "16 of 5 × 5", "C5": "120", "F6": "84", "answer": "10"}
LAYERS = ("C1", "S2", "C3", "S4", "C5", "F6", "output")
GAP = 14  # pixels between two layers
SIGNED = {"cmap": "RdBu_r", "vmin": -1.2, "vmax": 1.2}  # tanh gives −1 to 1
INK = {"cmap": "gray_r", "vmin": -0.1, "vmax": 1.175}
BEST, OTHER = "#D55E00", "#9AA7B2"


def layers() -> dict[str, np.ndarray]:
    """What each layer computes: ``(n, height, width)``, and the ten probabilities."""
    import keras

    from lenet.data import load_mnist, prepare
    from lenet.models import lenet5

    image = prepare(load_mnist()[0].images[DIGIT : DIGIT + 1])
    model = lenet5("tanh", weights="trained")
    computed = keras.Model(model.input, [model.get_layer(name).output for name in LAYERS])(image)
    found = {name: np.moveaxis(np.array(x[0]), -1, 0) for name, x in zip(LAYERS, computed)}
    found["C5"], found["F6"] = found["C5"].reshape(1, 12, 10), found["F6"].reshape(1, 12, 7)
    return {"image": np.array(image)[..., 0], **found}


def grid(axis, maps: np.ndarray, x: float, y: float, columns: int, pixel: float = 1, space: float = 3) -> float:
    """Draw maps in rows, the first one's upper left corner at (x, y). Gives the width of all."""
    _, height, width = maps.shape
    step_x, step_y = width * pixel + space, height * pixel + space
    for k, picture in enumerate(maps):
        left, top = x + k % columns * step_x, y + k // columns * step_y
        box = (left, left + width * pixel, top + height * pixel, top)
        axis.imshow(picture, extent=box, interpolation="nearest", **(INK if width == 32 else SIGNED))
        axis.plot([box[0], box[1], box[1], box[0], box[0]], [box[2], box[2], box[3], box[3], box[2]], color="#BBBBBB", linewidth=0.5)
    return columns * step_x - space


def paper(width: float, height: float, inches: float):
    import matplotlib.pyplot as plt

    with plt.style.context("lenet.book"):
        figure = plt.figure(figsize=(inches, inches * height / width), dpi=150, layout="none")
    plt.close(figure)
    axis = figure.add_axes((0, 0, 1, 1))
    axis.set_axis_off()
    return figure, axis


def wide(found: dict[str, np.ndarray]):
    """The way of the digit from left to right."""
    width, height, middle = 432, 122, 71
    figure, axis = paper(width, height, 9.5)
    x = 5.0
    shapes = {"image": (1, 2), "C1": (2, 1), "S2": (2, 1), "C3": (4, 1), "S4": (4, 1), "C5": (1, 2.6), "F6": (1, 2.6)}
    for layer, (columns, pixel) in shapes.items():
        n, rows, _ = found[layer].shape
        down = -(-n // columns) * (rows * pixel + 3) - 3
        right = grid(axis, found[layer], x, middle - down / 2, columns, pixel)
        names(axis, x + right / 2, layer)
        axis.annotate("", (x + right + GAP - 3, middle), (x + right + 3, middle), arrowprops={"arrowstyle": "->", "color": "#888888", "lw": 1.2})
        x += right + GAP
    for digit, share in enumerate(found["output"]):
        best, y = digit == found["output"].argmax(), middle - 36 + 8 * digit
        axis.barh(y, max(share * (width - x - 15), 0.8), left=x + 9, height=5, color=BEST if best else OTHER)
        label(axis, x + 3, y, digit, best)
    names(axis, (x + width - 5) / 2, "answer")
    axis.set(xlim=(0, width), ylim=(height, 0))
    return figure


def tall(found: dict[str, np.ndarray]):
    """The same from top to bottom, for a phone."""
    width, height = 196, 312
    figure, axis = paper(width, height, 4.6)
    y = 3.0
    shapes = {"image": (1, 1.6), "C1": (6, 1), "S2": (6, 1), "C3": (8, 1), "S4": (8, 1), "C5": (1, 1.6), "F6": (1, 1.6)}
    for layer, (columns, pixel) in shapes.items():
        maps = found[layer].reshape(1, 3, -1) if layer in ("C5", "F6") else found[layer]
        n, rows, cells = maps.shape
        right, down = columns * (cells * pixel + 3) - 3, -(-n // columns) * (rows * pixel + 3) - 3
        heading(axis, width / 2, y + 6, layer)
        grid(axis, maps, (width - right) / 2, y + 12, columns, pixel)
        y += down + 18
    heading(axis, width / 2, y + 6, "answer")
    for digit, share in enumerate(found["output"]):
        best, x = digit == found["output"].argmax(), 23 + digit * 16.6
        axis.bar(x, -max(share * 16, 0.6), bottom=y + 29, width=10, color=BEST if best else OTHER)
        label(axis, x, y + 35, digit, best)
    axis.set(xlim=(0, width), ylim=(height, 0))
    return figure


def label(axis, x: float, y: float, digit: int, best: bool) -> None:
    axis.text(x, y, str(digit), ha="center", va="center", fontsize=10, color=BEST if best else "#444444", weight="bold" if best else "normal")


def names(axis, x: float, layer: str) -> None:
    """A layer's name, and under it the shape of what it computes."""
    axis.text(x, 11, {"image": "picture"}.get(layer, layer), ha="center", va="bottom", fontsize=11.5, weight="bold")
    axis.text(x, 13, SHAPES[layer], ha="center", va="top", fontsize=9, color="#555555")


def heading(axis, x: float, y: float, layer: str) -> None:
    words = f"{'picture' if layer == 'image' else layer}:  {SHAPES[layer]}"
    axis.text(x, y, words, ha="center", va="center", fontsize=9.5)


def main() -> None:
    found = layers()
    assert found["output"].argmax() == 7, "the cover shows a seven that is read as a seven"
    for words, figure in (("cover", wide(found)), ("cover-tall", tall(found))):
        figure.savefig(FOLDER / f"{words}.png", metadata={"Software": None})


if __name__ == "__main__":
    main()
