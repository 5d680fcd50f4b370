"""The networks of the book: LeNet-5 by Keras' functional API, and its weights as safetensors files."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from lenet.data import data_folder


class Parts(NamedTuple):
    """What a network of the book is made of."""

    bend: str = "tanh"  # of C1, C3 and C5, and of S2 and S4 where these learn: a Keras name, or "scaled_tanh"
    bend_f6: str = "tanh"
    pooling: str = "average"  # S2 and S4: "average", "max", or "trained" as in 1998
    coefficient: float | None = None  # where those of trained pooling start; None draws them as the other weights
    table: bool = False  # each map of C3 reads only those maps of S2 that Table I of 1998 names
    output: str = "softmax"  # or "distances" to ten bitmaps; "distances, no bar" to bitmaps without a bar above 0, 2, 4 and 5


PRESETS = {
    "tanh": Parts(),
    "relu": Parts("relu"),
    "relu-all": Parts("relu", "relu"),
    "scaled-tanh": Parts("scaled_tanh", "scaled_tanh"),
    "sigmoid": Parts("sigmoid", "sigmoid"),
    "silu": Parts("silu", "silu"),
    "paper": Parts("scaled_tanh", "scaled_tanh", "trained", None, True, "distances"),
}
# The fresh weights lie evenly within ±√(3 · scale / n), n what the rule counts: inputs, or the mean of inputs and outputs.
INITIAL = {"lecun": (1.0, "fan_in"), "glorot": (1.0, "fan_avg"), "he": (2.0, "fan_in")}
INITIAL_1998 = {"1998": (2.4, 1.0), "1998-root": (2.4, 0.5), "eblearn": (1.0, 0.5)}  # ±a / n to the power b, n the inputs


def lenet5(preset: str = "tanh", weights: str | Path | None = None, seed: int = 0, initial: str = "lecun", **changes: Any):
    """Build LeNet-5: in its everyday version of 61,706 weights, or as published, with 60,000.

    C1 and C3 are convolutions, S2 and S4 average pooling, C5 a convolution that sees all of S4, F6 a dense layer,
    the output a softmax. Every map of C3 looks at all six maps of S2. The layers carry these names. In ``"paper"``, S2 and
    S4 have weights and bend too, C3 keeps to `lenet.layers.C3_TABLE`, and the layer ``distances`` compares F6 with ten
    fixed bitmaps.

    Args:
        preset: ``"tanh"``, tanh in every layer; ``"relu"``, relu in C1, C3 and C5, tanh in F6. Four more exist to be
            compared with these two: ``"relu-all"``, ``"scaled-tanh"`` (that of 1998), ``"sigmoid"``, ``"silu"``.
            ``"paper"`` is the network of LeCun et al. 1998, section II-B.
        weights: ``None`` for fresh ones, ``"trained"`` for those that come with the book, or the path of a
            safetensors file written by `save_weights`. All three presets of the book come trained.
        seed: of the fresh weights. The same seed gives the same draws, whatever the preset and the rule; biases are 0.
        initial: the rule for how far from 0 the draws reach. ``"lecun"``: ±√(3 / inputs of a sum); ``"glorot"``:
            ±√(6 / (inputs + outputs)), not for parts of 1998; ``"he"``: ±√(6 / inputs). ``"1998"``: ±2.4 / inputs, as in
            the paper; ``"1998-root"``: ±2.4 / √inputs; ``"eblearn"``: ±1 / √inputs, as in a later library of the authors' group.
        changes: `Parts` that differ from the preset's, such as ``pooling="max"``.

    Returns: a `keras.Model`. Input: float32, ``(batch, 32, 32, 1)``, in [−0.1, 1.175], from `lenet.data.prepare`. Output:
        float32, ``(batch, 10)``, probabilities that sum to 1. In ``"paper"`` they are `lenet.losses.softmin` of the
        distances, which ``model.get_layer("distances").output`` gives; there the smallest wins.

    Raises: ``ValueError`` for no such preset, part or rule, a rule that is not for the parts, or weights that do not fit;
        ``FileNotFoundError`` for no such file of weights.

    >>> lenet5("tanh").count_params()
    61706
    >>> lenet5("paper").count_params()
    60000
    """
    import keras
    from keras import layers

    from lenet.layers import BARS, BITMAPS, C3_TABLE, EuclideanRBF, FanIn, TableConv2D, TrainableSubsampling, scaled_tanh
    from lenet.losses import softmin

    for what, known, given in (("a preset", PRESETS, [preset]), ("a rule", INITIAL | INITIAL_1998, [initial]), ("parts", Parts._fields, changes)):
        if not set(given) <= set(known):
            raise ValueError(f"Expected {what} among {', '.join(known)}, received {', '.join(map(repr, given))}.")
    parts = PRESETS[preset]._replace(**changes)
    if parts.pooling not in ("average", "max", "trained") or parts.output not in ("softmax", "distances", "distances, no bar"):
        raise ValueError(f"Expected a pooling and an output as in Parts, received {parts.pooling!r} and {parts.output!r}.")
    counts_inputs = parts.table or parts.pooling == "trained"
    if counts_inputs and initial == "glorot":
        raise ValueError("Expected a rule that counts inputs alone for the parts of 1998, received 'glorot'. Take lecun, he or 1998-root.")
    bend, bend_f6 = (scaled_tanh if name == "scaled_tanh" else name for name in (parts.bend, parts.bend_f6))
    draws = dict(zip(("C1", "C3", "C5", "F6", "output", "S2", "S4"), np.random.SeedSequence(seed).generate_state(7)))

    def fresh(layer: str):
        if initial in INITIAL_1998:
            return FanIn(*INITIAL_1998[initial], seed=int(draws[layer]))
        scale, mode = INITIAL[initial]
        if counts_inputs:
            return FanIn((3 * scale) ** 0.5, seed=int(draws[layer]))
        return keras.initializers.VarianceScaling(scale, mode, "uniform", seed=int(draws[layer]))

    def pool(layer: str):
        if parts.pooling == "trained":
            first = fresh(layer) if parts.coefficient is None else keras.initializers.Constant(parts.coefficient)
            return TrainableSubsampling(bend, first, name=layer)
        return (layers.MaxPooling2D if parts.pooling == "max" else layers.AveragePooling2D)(2, name=layer)

    image = keras.Input((32, 32, 1), name="image")
    x = layers.Conv2D(6, 5, activation=bend, kernel_initializer=fresh("C1"), name="C1")(image)  # 28 × 28 × 6
    x = pool("S2")(x)  # 14 × 14 × 6
    c3 = partial(TableConv2D, C3_TABLE) if parts.table else partial(layers.Conv2D, 16)
    x = c3(5, activation=bend, kernel_initializer=fresh("C3"), name="C3")(x)  # 10 × 10 × 16
    x = pool("S4")(x)  # 5 × 5 × 16
    x = layers.Conv2D(120, 5, activation=bend, kernel_initializer=fresh("C5"), name="C5")(x)  # 1 × 1 × 120
    x = layers.Flatten(name="flatten")(x)  # 120
    x = layers.Dense(84, activation=bend_f6, kernel_initializer=fresh("F6"), name="F6")(x)  # 84
    if parts.output == "softmax":
        answer = layers.Dense(10, activation="softmax", kernel_initializer=fresh("output"), name="output")(x)  # 10
    else:  # the answers of every network here are read by argmax, so the smallest distance becomes the highest probability
        codes = BITMAPS.copy()
        if parts.output == "distances, no bar":
            codes[BARS, :7] = -1.0
        answer = layers.Activation(softmin, name="output")(EuclideanRBF(codes, name="distances")(x))  # 10
    model = keras.Model(image, answer, name=f"lenet5_{preset}")

    if weights is not None:
        load_weights(model, data_folder() / "weights" / f"{preset}.safetensors" if weights == "trained" else weights)
    return model


def named_weights(model) -> dict[str, np.ndarray]:
    """The weights of a model by name, such as ``"C1/kernel"``: float32 arrays, in Keras' shapes.

    >>> [(name, value.shape) for name, value in named_weights(lenet5()).items()][:2]
    [('C1/kernel', (5, 5, 1, 6)), ('C1/bias', (6,))]
    """
    return {f"{layer.name}/{w.name}": w.numpy() for layer in model.layers for w in layer.weights}


def save_weights(model, path: str | Path, metadata: dict[str, str] | None = None) -> None:
    """Write the weights of a `keras.Model` as `write_tensors` does; ``metadata``: words to keep, such as the recipe that made them."""
    write_tensors(named_weights(model), path, metadata)


def write_tensors(tensors: dict[str, np.ndarray], path: str | Path, metadata: dict[str, str] | None = None) -> None:
    """Write arrays to one safetensors file in a folder that exists, whole or not at all: first beside it, then moved into place."""
    from safetensors.numpy import save_file

    path = Path(path)
    half_written = path.with_name(path.name + ".part")
    try:
        save_file(tensors, half_written, metadata)
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)


def read_tensors(path: str | Path) -> dict[str, np.ndarray]:
    """Read all arrays of a safetensors file, by name.

    Raises: ``FileNotFoundError``, or ``ValueError`` for a file that is no safetensors file, or is damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    if not Path(path).is_file():
        raise FileNotFoundError(f"{path}: expected a safetensors file of weights, found none.")
    try:
        return load_file(path)
    except SafetensorError as problem:
        raise ValueError(f"{path}: expected a safetensors file, found one that cannot be read ({problem}).") from None


def load_weights(model, path: str | Path) -> None:
    """Read weights that `save_weights` wrote into a model of the same shape.

    Raises: as `read_tensors`, or ``ValueError`` for other names or shapes than the model's. The model is then unchanged.
    """
    tensors = read_tensors(path)
    expected = {name: value.shape for name, value in named_weights(model).items()}
    received = {name: value.shape for name, value in tensors.items()}
    if received != expected:
        name = next(n for n in [*expected, *received] if expected.get(n) != received.get(n))
        wanted = f"weights for {model.name}, where {name} has the shape {expected.get(name)}"
        raise ValueError(f"{path}: expected {wanted}, found {received.get(name)}. Build the network that these weights belong to.")
    for layer in model.layers:
        layer.set_weights([tensors[f"{layer.name}/{w.name}"] for w in layer.weights])
