"""lenet.layers against independent computations in float64."""

import keras
import numpy as np

from lenet.layers import scaled_tanh


def test_scaled_tanh():
    s = np.linspace(-30, 30, 601)
    expected = 1.7159 * (np.exp(4 * s / 3) - 1) / (np.exp(4 * s / 3) + 1)
    np.testing.assert_allclose(scaled_tanh(keras.ops.convert_to_tensor(s, "float64")), expected, rtol=0, atol=1e-9)


def test_scaled_tanh_is_saved_with_a_model(tmp_path):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation=scaled_tanh)])
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    x = np.ones((1, 3), np.float32)
    np.testing.assert_array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0))
