"""Figures that several chapters draw. Each function takes data and returns a matplotlib ``Figure``; none shows it."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np

from lenet.data import prepare

SIGNED = "RdBu_r"  # blue below zero, white at zero, red above; told apart by all readers


def digits(images: np.ndarray, titles: Sequence[object] | None = None, columns: int = 10) -> plt.Figure:
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
    images = np.asarray(images)
    low, top = (0, 255) if images.dtype == np.uint8 else (images.min(), images.max())
    return _grid(images, titles, columns, 0.7 if columns > 5 else 1.15, 0.25, cmap="gray_r", vmin=low, vmax=top)


def numbers(image: np.ndarray) -> plt.Figure:
    """One small picture of ink on paper with the number of each pixel written into it, rows and columns counted from 0.

    Args:
        image: uint8, ``(height, width)``, at most 28 × 28; 0 is paper and 255 is ink.

    >>> figure = numbers(np.array([[0, 255], [128, 3]], np.uint8))
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['0', '255', '128', '3']
    """
    if max(image.shape) > 28 or image.dtype != np.uint8:
        raise ValueError(f"Expected at most 28 rows and columns of type uint8, received {image.shape} of {image.dtype}.")
    figure = _grid(image[np.newaxis], None, 1, 1, 0, cmap="gray_r", vmin=0, vmax=255, aspect="auto")
    height, width = image.shape
    figure.set_size_inches(max(0.62 * width, 1.8), 0.42 * height + 0.2)
    for (row, column), value in np.ndenumerate(image):
        figure.axes[0].text(column, row, value, ha="center", va="center", color="white" if value > 140 else "#222222", fontsize=9.5)
    figure.axes[0].set(xticks=range(width), yticks=range(height))
    figure.axes[0].tick_params(length=0, labelsize=7.5, labelcolor="#888888")
    return figure


def signed(
    images: np.ndarray, titles: Sequence[object] | None = None, columns: int = 5, limit: float | None = None, label: str = ""
) -> plt.Figure:
    """Pictures of weights or of maps: blue below zero, white at zero, red above, one colour scale for all.

    Args:
        images, titles, columns: as in `digits`.
        limit: the number whose colour is the strongest; by default the largest without its sign.
        label: what the colours mean, written beside their scale, with its unit.

    >>> figure = signed(np.array([[[-2.0, 1.0]]]))
    >>> figure.axes[0].images[0].get_clim()
    (-2.0, 2.0)
    """
    images = np.asarray(images)
    limit = limit or float(np.abs(images).max()) or 1.0
    figure = _grid(images, titles, columns, 1.25 if columns > 3 else 1.8, 0.2, 0.8, cmap=SIGNED, vmin=-limit, vmax=limit)
    axes = figure.axes[: len(images)]
    figure.colorbar(axes[0].images[0], ax=axes, shrink=0.8, aspect=30, pad=0.02, label=label).outline.set_visible(False)
    return figure


def feature_maps(model, image: np.ndarray) -> plt.Figure:
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

    layers = [layer for layer in model.layers[1:] if not isinstance(layer, keras.layers.Flatten)]
    prepared = prepare(image[np.newaxis])
    values = keras.Model(model.input, [layer.output for layer in layers])(prepared)
    rows = [("picture", prepared[0])] + [(layer.name, np.squeeze(value[0])) for layer, value in zip(layers, values)]
    talls = [0.88 if value.ndim == 3 and value.shape[-1] < 16 else 0.36 for _, value in rows[:-1]] + [0.7]
    width, height = 7, sum(talls) + 0.14 * len(talls) + 0.3
    figure, top = plt.figure(figsize=(width, height), layout="none"), height
    plt.close(figure)
    for (name, value), tall in zip(rows, talls):
        top -= tall + 0.14
        label = name if name == "picture" else f"{name}\n{' × '.join(map(str, value.shape))}"
        figure.text(0.005, (top + tall / 2) / height, label, va="center", fontsize=9)
        vector, limit = value.ndim == 1, float(np.abs(value).max()) or 1.0
        maps = value[np.newaxis, np.newaxis] if vector else np.moveaxis(value, -1, 0)
        wide = width - 1.25 if vector else min((width - 1.25) / len(maps), tall + 0.06)
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
    return figure


def _grid(images: np.ndarray, titles: Sequence[object] | None, columns: int, size: float, room: float, beside: float = 0, **look) -> plt.Figure:
    """Images of ``size`` inches, with ``room`` for titles and ``beside`` them all, on a figure that pyplot forgets, to be shown once."""
    if images.ndim != 3 or not images.size:
        raise ValueError(f"Expected pictures of shape (n, height, width), received {images.shape}.")
    n = len(images)
    if titles is not None and len(titles) != n:
        raise ValueError(f"Expected {n} titles, one for each picture, received {len(titles)}.")
    columns = min(n, columns)
    rows = -(-n // columns)
    inches = columns * size + beside, rows * (size if titles is None else size + room)
    figure, axes = plt.subplots(rows, columns, figsize=inches, squeeze=False, layout="constrained")
    plt.close(figure)
    for k, axis in enumerate(axes.flat):
        _frame(axis)
        if k >= n:
            axis.axis("off")
            continue
        axis.imshow(images[k], **look)
        if titles is not None:
            axis.set_title(str(titles[k]), fontsize=9.5, pad=3)
    return figure


def _frame(axis: plt.Axes) -> None:
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, color="#BBBBBB", linewidth=0.6)
