"""Figures that several chapters draw. Each function takes data and returns a matplotlib ``Figure``; none shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIGNED = "RdBu_r"  # blue below zero, white at zero, red above; told apart by all readers


def digits(images: np.ndarray, titles: Sequence[object] | None = None, columns: int = 10) -> Figure:
    """Pictures of digits, dark ink on light paper, in rows.

    Args:
        images: ``(n, height, width)``; the darkest ink is the highest value of each image's type (255 for uint8),
            or of all images together if they are fractions.
        titles: one for each image, written above it.
        columns: pictures in a row.

    >>> figure = digits(np.zeros((3, 28, 28), np.uint8), titles=[7, 1, 4])
    >>> [axis.get_title() for axis in figure.axes]
    ['7', '1', '4']
    """
    images = _images(images)
    low, top = (0, 255) if images.dtype == np.uint8 else (images.min(), images.max())
    figure, axes = _grid(len(images), titles, columns, 0.7 if columns > 5 else 1.15, room=0.25)
    for axis, image in zip(axes, images):
        axis.imshow(image, cmap="gray_r", vmin=low, vmax=top)
    return figure


def numbers(image: np.ndarray) -> Figure:
    """One small picture of ink on paper with the number of each pixel written into it, rows and columns counted from 0.

    Args:
        image: uint8, ``(height, width)``, at most 28 × 28; 0 is paper and 255 is ink.

    >>> figure = numbers(np.array([[0, 255], [128, 3]], np.uint8))
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['0', '255', '128', '3']
    """
    image = _images(image[np.newaxis])[0]
    height, width = image.shape
    if max(height, width) > 28 or image.dtype != np.uint8:
        raise ValueError(f"Expected at most 28 rows and columns of type uint8, received {height} × {width} of {image.dtype}.")
    few = width <= 8
    figure, (axis,) = _grid(1, None, 1, 1)
    figure.set_size_inches(max(width * (0.62 if few else 0.34), 1.8), height * (0.42 if few else 0.34) + 0.2)
    axis.imshow(image, cmap="gray_r", vmin=0, vmax=255, aspect="auto")
    for (row, column), value in np.ndenumerate(image):
        color = "white" if value > 140 else "#222222"
        axis.text(column, row, str(value), ha="center", va="center", color=color, fontsize=9.5 if few else 6.5)
    axis.set(xticks=range(width), yticks=range(height))
    axis.tick_params(length=0, labelsize=7.5 if few else 6, labelcolor="#888888")
    return figure


def signed(
    images: np.ndarray, titles: Sequence[object] | None = None, columns: int = 5, limit: float | None = None, label: str = ""
) -> Figure:
    """Pictures of weights or of maps: blue below zero, white at zero, red above, one colour scale for all.

    Args:
        images: ``(n, height, width)``.
        titles: one for each image.
        columns: pictures in a row.
        limit: the number whose colour is the strongest; by default the largest without its sign.
        label: what the colours mean, written beside their scale, with its unit.

    >>> figure = signed(np.array([[[-2.0, 1.0]]]))
    >>> figure.axes[0].images[0].get_clim()
    (-2.0, 2.0)
    """
    images = _images(images)
    limit = limit or float(np.abs(images).max()) or 1.0
    figure, axes = _grid(len(images), titles, columns, 1.25 if columns > 3 else 1.8, room=0.2)
    width, height = figure.get_size_inches()
    figure.set_size_inches(width + 0.8, height)  # room for the scale of colours
    for axis, image in zip(axes, images):
        drawn = axis.imshow(image, cmap=SIGNED, vmin=-limit, vmax=limit)
    bar = figure.colorbar(drawn, ax=axes, shrink=0.8, aspect=30, pad=0.02)
    bar.set_label(label)
    bar.outline.set_visible(False)
    return figure


def feature_maps(model, image: np.ndarray) -> Figure:
    """What each layer of a network makes of one digit, a row for each, from the picture down to the answer.

    Maps and vectors are blue below zero and red above, each row with a colour scale of its own, white at zero.

    Args:
        model: a `keras.Model` such as `lenet.models.lenet5` builds; its last layer gives ten probabilities.
        image: the digit, uint8, ``(28, 28)``.

    >>> from lenet.models import lenet5
    >>> figure = feature_maps(lenet5(), np.zeros((28, 28), np.uint8))
    >>> [text.get_text() for text in figure.texts][:3]
    ['picture', 'C1\\n28 × 28 × 6', 'S2\\n14 × 14 × 6']
    """
    import keras
    import matplotlib.pyplot as plt

    from lenet.data import prepare

    layers = [layer for layer in model.layers[1:] if not isinstance(layer, keras.layers.Flatten)]
    prepared = prepare(_images(image[np.newaxis]))
    values = keras.Model(model.input, [layer.output for layer in layers])(prepared)
    rows = [("picture", prepared[0])] + [(layer.name, np.squeeze(value[0])) for layer, value in zip(layers, values)]
    heights = [0.88 if value.ndim == 3 and value.shape[-1] < 16 else 0.36 for _, value in rows[:-1]] + [0.7]
    figure = plt.figure(figsize=(7, sum(heights) + 0.14 * len(heights) + 0.3), layout="none")
    width, height = figure.get_size_inches()
    top = height
    for (name, value), tall in zip(rows, heights):
        top -= tall + 0.14
        label = name if name == "picture" else f"{name}\n{' × '.join(map(str, value.shape))}"
        figure.text(0.005, (top + tall / 2) / height, label, va="center", fontsize=9)
        vector = value.ndim == 1
        maps = value[np.newaxis, np.newaxis] if vector else np.moveaxis(value, -1, 0)
        wide = (width - 1.25) / len(maps)
        wide = wide if vector else min(wide, tall + 0.06)
        limit = float(np.abs(value).max()) or 1.0
        for k, shown in enumerate(maps):
            axis = figure.add_axes((1.2 / width + k * wide / width, top / height, (wide - 0.05) / width, tall / height))
            _frame(axis)
            if name == "picture":
                axis.imshow(shown, cmap="gray_r")
            elif name == layers[-1].name:
                axis.bar(range(len(value)), value)
                axis.set(ylim=(0, 1), xticks=range(len(value)), xlim=(-0.6, len(value) - 0.4))
            else:
                axis.imshow(shown, cmap=SIGNED, vmin=-limit, vmax=limit, aspect="auto" if vector else "equal")
    plt.close(figure)
    return figure


def _grid(n: int, titles: Sequence[object] | None, columns: int, size: float, room: float = 0.0) -> tuple[Figure, list[Axes]]:
    """An empty figure with ``n`` axes of ``size`` inches, and room for titles, which pyplot forgets, so that it is shown once."""
    import matplotlib.pyplot as plt

    if titles is not None and len(titles) != n:
        raise ValueError(f"Expected {n} titles, one for each picture, received {len(titles)}.")
    columns = min(n, columns)
    rows = -(-n // columns)
    high = size if titles is None else size + room
    figure, axes = plt.subplots(rows, columns, figsize=(columns * size, rows * high), squeeze=False, layout="constrained")
    plt.close(figure)
    for axis in axes.flat:
        _frame(axis)
    for axis in axes.flat[n:]:
        axis.axis("off")
    for axis, title in zip(axes.flat, () if titles is None else titles):
        axis.set_title(str(title), fontsize=9.5, pad=3)
    return figure, list(axes.flat[:n])


def _frame(axis: Axes) -> None:
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, color="#BBBBBB", linewidth=0.6)


def _images(images: np.ndarray) -> np.ndarray:
    images = np.asarray(images)
    if images.ndim != 3 or not images.size:
        raise ValueError(f"Expected pictures of shape (n, height, width), received {images.shape}.")
    return images
