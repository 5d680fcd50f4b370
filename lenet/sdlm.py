"""How LeNet-5 learned in 1998: stochastic diagonal Levenberg–Marquardt, a rate of its own for each weight."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial

import keras
import numpy as np
import tensorflow as tf

from lenet.layers import EuclideanRBF, TableConv2D, TrainableSubsampling
from lenet.losses import MAP, Distance

_RESHAPING = (keras.layers.Flatten, keras.layers.Reshape)
_PLAIN = {"strides": (1, 1), "padding": "valid", "dilation_rate": (1, 1), "groups": 1, "use_bias": True}
_WEIGHTED = (keras.layers.Conv2D, keras.layers.Dense, TableConv2D, TrainableSubsampling)


class SDLM:
    """Stochastic diagonal Levenberg–Marquardt: weight k moves by −η / (μ + h_k) times its slope (LeCun et al. 1998, appendix C).

    h_k is the mean over some digits of an estimate of ∂²E/∂w_k². It is propagated back as the slopes are, with squares:
    with x the inputs of a layer, u its connections, a its sums and f its bend,

    - at a sum, h(a_i) = f'(a_i)² · h(f(a_i)), dropping the term of f'' (Gauss–Newton);
    - at a weight, h_k = Σ h(a_i) · x_j² over all connections (i, j) that share it, dropping what two of them do together;
    - at an input, h(x_j) = Σ_i h(a_i) · u_ij², dropping what two sums do together.

    The coefficient of a `TrainableSubsampling` has four connections to a unit, one from each input: so the paper counts them.

    It starts with ∂²E/∂x_j² at the outputs of F6, ``curvature_of.curvature``; distances and codes count as part of the loss. In
    the paper E is the loss that is minimised. Here it is `lenet.losses.Distance`, 2 at every unit, whichever that is: the rates
    then stay as small as they have to be for one digit that is still wrong. The alternative, ``MAP(j)``, starts with the same 2
    while all codes are far, but approaches 0 for each digit that has been learned, and the rates grow towards η / μ. A softmax
    output, which LeNet-5 lacked, is read as distances too, −1 times its sums; its curvature is p (1 − p), that of the cross-entropy.

    Args:
        model: a `keras.Model` whose layers form a chain up to an `lenet.layers.EuclideanRBF` named ``distances``, or up to a
            Dense softmax: Conv2D without steps or padding, Dense, TableConv2D, TrainableSubsampling, with activations that
            bend each number by itself, and Flatten or Reshape.
        criterion: what is minimised, a loss on labels and distances; ``MAP()`` if ``None``.
        curvature_of: the criterion whose curvature is propagated; ``Distance()`` if ``None``.
        mu: μ, above 0.

    Raises: ``ValueError`` for a model with another layer or no chain, or a μ that is not above 0.

    >>> from lenet.models import lenet5
    >>> optimizer = SDLM(lenet5("paper"))
    >>> h = optimizer.curvatures(np.zeros((2, 32, 32, 1), np.float32))
    >>> h["C1/kernel"].shape, float(h["F6/bias"].max()) <= 2 * (1.7159 * 2 / 3) ** 2
    ((5, 5, 1, 6), True)
    """

    def __init__(self, model, criterion: keras.losses.Loss | None = None, curvature_of: MAP | Distance | None = None, mu: float = 0.02):
        if not 0 < mu < float("inf"):
            raise ValueError(f"Expected a μ above 0, received {mu}.")
        self.criterion, self.curvature_of, self.mu = criterion or MAP(), curvature_of or Distance(), mu
        _start_compiler()
        layers, self._distances = _chain(model)
        self.dtype = self._distances.compute_dtype
        self._layers = [(layer, _sums(layer), _bend(layer)) for layer in layers]
        self._weights = {f"{layer.name}/{w.name}": w for layer in layers for w in layer.trainable_weights}
        # As partials, because TensorFlow warns of the fifth compiling of one method, and each optimizer compiles its own.
        self._curvatures_of, self._looked = (tf.function(partial(f)) for f in (self._curvatures_of, self._look))
        self._run_pass = tf.function(partial(self._run_pass), jit_compile=True)  # a step is small: uncompiled, it is mostly overhead

    def curvatures(self, images) -> dict[str, np.ndarray]:
        """The estimates h of the second derivatives, means over prepared images, ``(n, 32, 32, 1)``; 500 in the paper. For each name
        of a weight, such as ``"C1/kernel"``, an array of its shape, numbers from 0."""
        if not len(images):
            raise ValueError("Expected images to estimate curvatures on, received none.")
        found = self._curvatures_of(tf.cast(images, self.dtype))
        return {name: found[name].numpy() for name in self._weights}

    def rates(self, curvatures: dict[str, np.ndarray], eta: float) -> dict[str, np.ndarray]:
        """The rate of each weight, η / (μ + h): between 0 and η / μ, in the shapes of ``curvatures``."""
        return {name: eta / (self.mu + h) for name, h in curvatures.items()}

    def run_pass(self, images, labels, rates: dict[str, np.ndarray], batch_size: int = 1, order=None) -> tuple[float, float]:
        """Look at each digit once and change the weights after each batch, in one compiled loop.

        Args:
            images, labels: prepared, ``(n, 32, 32, 1)``, and integers, ``(n,)``.
            rates: of each weight, from `rates`.
            batch_size: digits in one step. Their gradients are summed, so that the rates mean the same.
            order: positions of the digits to look at, integers; all as they come if ``None``.

        Returns:
            The mean of the criterion and the error in percent (the smallest distance is the answer), both as seen on the way.
        """
        order = np.arange(len(images)) if order is None else order
        if not len(order) or len(images) != len(labels) or batch_size < 1:
            counts = f"{len(images)} images, {len(labels)} labels, {len(order)} to look at and a batch size of {batch_size}"
            raise ValueError(f"Expected as many images as labels, some to look at, and a batch size of at least 1, received {counts}.")
        rates = {name: tf.cast(rates[name], self.dtype) for name in self._weights}
        images, labels, order = tf.cast(images, self.dtype), tf.cast(labels, tf.int32), np.asarray(order, np.int32)
        whole = len(order) // batch_size * batch_size
        parts = order[:whole].reshape(-1, batch_size), order[whole:].reshape(1, -1)  # what is compiled has one batch size
        seen = np.sum([self._run_pass(images, labels, tf.constant(part), rates) for part in parts if part.size], axis=0)
        return float(seen[0]) / len(order), 100 * float(seen[1]) / len(order)

    def look(self, images, labels) -> tuple[float, float]:
        """The mean of the criterion and the error in percent, at the weights as they are. Arguments as in `run_pass`."""
        parts = ((images[i : i + 1000], labels[i : i + 1000]) for i in range(0, len(images), 1000))
        loss, wrong = np.sum([self._looked(tf.cast(x, self.dtype), tf.cast(y, tf.int32)) for x, y in parts], axis=0)
        return float(loss) / len(images), 100 * float(wrong) / len(images)

    def _curvatures_of(self, images):
        steps, x = [], images
        for layer, sums, bend in self._layers:
            with tf.GradientTape() as tape:
                a = sums([w.value for w in layer.weights], x)
                tape.watch(a)
                bent = bend(a)
            steps.append((layer, sums, x, tape.gradient(bent, a)))
            x = bent
        found, digits = {}, tf.cast(tf.shape(images)[0], self.dtype)
        if isinstance(self._distances, EuclideanRBF):
            h = self.curvature_of.curvature(x, self._distances.codes)
        else:
            h = tf.nn.softmax(x) * (1 - tf.nn.softmax(x))
        for layer, sums, x, slope in reversed(steps):
            h *= tf.square(slope)
            weights = [w.value for w in layer.weights]
            # Each connection adds weight · input to a sum. With the other one squared, the gradient of Σ h · sum is the rule above.
            with tf.GradientTape() as tape:
                tape.watch(weights)
                total = tf.reduce_sum(h * sums(weights, tf.square(x)))
            of_weights = tape.gradient(total, weights)
            found |= {f"{layer.name}/{w.name}": of_weight / digits for w, of_weight in zip(layer.weights, of_weights)}
            with tf.GradientTape() as tape:
                tape.watch(x)
                total = tf.reduce_sum(h * sums([tf.square(w) for w in weights], x))
            h = tape.gradient(total, x)
        return found

    def _look(self, images, labels, weights={}):
        """The sum of the criterion, and how many answers are wrong, with these weights in place of the model's own."""
        x = images
        for layer, sums, bend in self._layers:
            x = bend(sums([weights.get(f"{layer.name}/{w.name}", w.value) for w in layer.weights], x))
        distances = self._distances(x)
        wrong = tf.argmin(distances, axis=1, output_type=tf.int32) != labels
        return tf.reduce_sum(self.criterion.call(labels, distances)), tf.reduce_sum(tf.cast(wrong, self.dtype))

    def _run_pass(self, images, labels, batches, rates):
        loss, wrong = tf.zeros((), self.dtype), tf.zeros((), self.dtype)
        weights = {name: tf.convert_to_tensor(w.value) for name, w in self._weights.items()}
        for step in tf.range(tf.shape(batches)[0]):
            with tf.GradientTape() as tape:
                tape.watch(weights)
                batch_loss, batch_wrong = self._look(tf.gather(images, batches[step]), tf.gather(labels, batches[step]), weights)
            slopes = tape.gradient(batch_loss, weights)
            weights = {name: w - rates[name] * slopes[name] for name, w in weights.items()}
            loss, wrong = loss + batch_loss, wrong + batch_wrong
        for name, w in self._weights.items():
            w.assign(weights[name])
        return loss, wrong


@cache
def _start_compiler() -> None:
    """XLA announces itself on stderr once, at every log level. Nobody has to read that."""
    stderr = os.dup(2)
    try:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            tf.function(lambda number: number + 1, jit_compile=True)(1.0)
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)


def _chain(model) -> tuple[list, Callable]:
    """The layers between the image and the distances, and what makes distances of the last one's outputs."""
    layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    names = [layer.name for layer in layers]
    if "distances" in names:
        layers = layers[: names.index("distances") + 1]
    elif not isinstance(layers[-1], keras.layers.Dense) or layers[-1].activation is not keras.activations.softmax:
        raise ValueError(f"Expected a layer named 'distances', as in lenet5('paper'), or a softmax at the end, received {', '.join(names)}.")
    tensor = model.input
    for layer in layers:
        if layer.input is not tensor:
            raise ValueError(f"Expected layers in a chain, each reading the one before, received {layer.name!r}, which does not.")
        tensor = layer.output
    *layers, distances = layers if "distances" in names else (*layers, keras.layers.Lambda(tf.negative))
    for layer in layers:
        if type(layer) not in _WEIGHTED + _RESHAPING:
            known = ", ".join(kind.__name__ for kind in _WEIGHTED + _RESHAPING)
            raise ValueError(f"Expected layers among {known} before the distances, received the {type(layer).__name__} {layer.name!r}.")
        odd = {name: value for name, value in _PLAIN.items() if getattr(layer, name, value) != value}
        if odd:
            raise ValueError(f"Expected {odd} in {layer.name!r}, received another. SDLM knows plain layers only.")
        three = np.array([[0.5, 2.0, 1.0]], np.float32)
        if not np.allclose(_bend(layer)(three)[:, :2], _bend(layer)(three[:, :2])):
            raise ValueError(f"Expected an activation that bends each number by itself in {layer.name!r}, received {layer.activation}.")
    return layers, distances


def _bend(layer) -> Callable:
    """A layer's activation; none where it has none, or where it is the softmax at the end."""
    bend = getattr(layer, "activation", keras.activations.linear)
    return keras.activations.linear if bend is keras.activations.softmax and layer.name == "output" else bend


def _sums(layer) -> Callable:
    """A function of a layer's weights and inputs: its sums, before they are bent. Convolutions are products of two matrices:
    the compiled loop is then twice as fast as with Keras' own."""

    def reshaped(weights, x):
        return tf.reshape(x, (-1, *layer.output.shape[1:]))

    def dense(weights, x):
        return x @ weights[0] + weights[1]

    def subsampling(weights, x):
        _, height, width, maps = layer.output.shape
        return weights[0] * tf.reduce_sum(tf.reshape(x, (-1, height, 2, width, 2, maps)), axis=(2, 4)) + weights[1]

    def convolution(weights, x):
        (high, wide), (_, *size, maps) = layer.kernel_size, layer.output.shape
        rows = tf.concat([x[:, :, b : b + size[1]] for b in range(wide)], axis=-1)
        patches = tf.concat([rows[:, a : a + size[0]] for a in range(high)], axis=-1)
        kernel = layer.all_connected(weights[0]) if isinstance(layer, TableConv2D) else weights[0]
        product = tf.reshape(patches, (-1, patches.shape[-1])) @ tf.reshape(kernel, (-1, maps))
        return tf.reshape(product, (-1, *size, maps)) + weights[1]

    known = {keras.layers.Dense: dense, TrainableSubsampling: subsampling, keras.layers.Conv2D: convolution, TableConv2D: convolution}
    return known.get(type(layer), reshaped)
