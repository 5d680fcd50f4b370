"""What goes on inside a network while it learns: flat bends, dead units, and the size of the gradient, layer by layer."""

from __future__ import annotations

import numpy as np

BENT = ("C1", "C3", "C5", "F6")  # the layers that bend
FLAT = 0.1  # a bend is flat where its slope is less than this share of its steepest slope


def inside(model, images: np.ndarray, labels: np.ndarray) -> dict[str, dict[str, float]]:
    """Look inside a network, without changing it.

    Args:
        model: from `lenet.models.lenet5`.
        images: float32, ``(n, 32, 32, 1)``, prepared as for the training.
        labels: ``(n,)``.

    Returns:
        For each of C1, C3, C5 and F6: ``flat``, the percentage of its units and digits at which the bend is flat
        (tanh: saturated; relu: zero); ``dead``, the percentage of its units, or of its maps, that are flat at every place
        for every digit; ``gradient``, the root mean square of the slopes of the loss by the weights of its kernel.
    """
    import keras
    import tensorflow as tf

    found, x = {}, tf.convert_to_tensor(images)
    with tf.GradientTape(persistent=True) as tape:
        sums, bends = {}, {}
        for layer in model.layers[1:]:
            if layer.name not in BENT:
                x = layer(x)
                continue
            bend = layer.activation
            layer.activation = keras.activations.linear
            try:
                sums[layer.name] = layer(x)
            finally:
                layer.activation = bend
            x = bends[layer.name] = bend(sums[layer.name])
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, x))
    for name in BENT:
        slopes = tape.gradient(bends[name], sums[name]).numpy().reshape(-1, sums[name].shape[-1])
        flat = slopes < FLAT * steepest(model.get_layer(name).activation)
        gradient = tape.gradient(loss, model.get_layer(name).kernel).numpy()
        found[name] = {
            "flat": round(100 * float(flat.mean()), 3),
            "dead": round(100 * float(flat.all(axis=0).mean()), 3),
            "gradient": float(f"{np.sqrt((gradient.astype(np.float64) ** 2).mean()):.4g}"),
        }
    return found


def steepest(bend) -> float:
    """The largest slope of an activation."""
    import tensorflow as tf

    x = tf.linspace(-6.0, 6.0, 2401)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = bend(x)
    return float(tf.reduce_max(tape.gradient(y, x)))
