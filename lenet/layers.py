"""What LeNet-5 needs and Keras lacks."""

from __future__ import annotations

import keras

TANH_AMPLITUDE = 1.7159  # LeCun et al. 1998, equation 6 and appendix A
TANH_SLOPE = 2 / 3


@keras.saving.register_keras_serializable(package="lenet")
def scaled_tanh(s):
    """The activation of 1998: 1.7159 · tanh(2s/3), so that f(1) = 1 and f(−1) = −1 (LeCun et al. 1998, appendix A).

    Args:
        s: weighted sums, a tensor of any shape.

    Returns:
        A tensor of the same shape, between −1.7159 and 1.7159.

    >>> round(float(scaled_tanh(1.0)), 4)
    1.0
    """
    return TANH_AMPLITUDE * keras.ops.tanh(TANH_SLOPE * s)
