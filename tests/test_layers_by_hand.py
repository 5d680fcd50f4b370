"""The layers that the reader writes in NumPy equal those of Keras: each solution of the book, on random sizes, to 1e-6.

The solutions are taken from the chapters as they stand there.
"""

import keras
import numpy as np
import pytest
from test_chapters import READ, definitions, solution

RANDOM = np.random.default_rng(7)


def written(name):
    """The function that the solution of an exercise defines, by the name that the exercise gives it."""
    for path, notebook in READ.items():
        for cell in notebook.cells:
            if cell.cell_type == "code" and f"def my_{name}(" in cell.source:
                space: dict = {}
                exec("\n".join([definitions(notebook, cell.id), solution(path, cell.id)]), space)
                return space[f"my_{name}"]
    pytest.fail(f"expected an exercise with a stub my_{name}, found none")


def normal(*shape):
    return RANDOM.normal(size=shape)


def same(mine, keras_layer, inputs, weights=()):
    inputs = np.asarray(inputs, "float64")
    keras_layer.build(inputs.shape)
    keras_layer.set_weights(weights)
    np.testing.assert_allclose(mine, np.asarray(keras_layer(inputs)), rtol=0, atol=1e-6)


@pytest.fixture(autouse=True)
def precise():
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float64")
    yield
    keras.config.set_dtype_policy(before)


@pytest.mark.parametrize("n, k, maps", [(12, 5, 6), (7, 3, 2), (4, 4, 1)])
def test_convolution(n, k, maps):
    image, kernels, biases = normal(n, n), normal(k, k, maps), normal(maps)
    layer = keras.layers.Conv2D(maps, k)
    same(written("convolve")(image, kernels, biases)[np.newaxis], layer, image[np.newaxis, :, :, np.newaxis], [kernels[:, :, np.newaxis], biases])


@pytest.mark.parametrize("n", [1, 9])
def test_softmax(n):
    scores = 30 * normal(n, 10)
    same(written("softmax")(scores), keras.layers.Softmax(), scores)


@pytest.mark.parametrize("n", [1, 9])
def test_weighted_sums(n):
    images, weights, biases = RANDOM.integers(0, 256, (n, 28, 28)), normal(784, 10), normal(10)
    same(written("scores")(images, weights, biases), keras.layers.Dense(10), images.reshape(n, 784) / 255, [weights, biases])


@pytest.mark.parametrize("n, k, maps", [(32, 5, 6), (9, 3, 4)])
def test_counts(n, k, maps):
    layer = keras.layers.Conv2D(maps, k)
    layer.build((1, n, n, 1))
    weights, connections = written("counts")(n, k, maps)
    assert weights == layer.count_params()
    assert connections == weights * np.prod(layer.compute_output_shape((1, n, n, 1))[1:3])


@pytest.mark.parametrize("shape", [(5,), (3, 4)])
def test_bend(shape):
    sums = 20 * normal(*shape)
    bent, slope = written("bend")(sums)
    same(bent, keras.layers.Activation("tanh"), sums)
    np.testing.assert_allclose(slope, 1 - np.asarray(keras.ops.tanh(sums)) ** 2, rtol=0, atol=1e-6)


@pytest.mark.parametrize("n, k", [(28, 2), (9, 3), (4, 4)])
def test_average_pooling(n, k):
    numbers = normal(n, n)
    same(written("average")(numbers, k)[np.newaxis, :, :, np.newaxis], keras.layers.AveragePooling2D(k), numbers[np.newaxis, :, :, np.newaxis])


@pytest.mark.parametrize("n, k, inputs, outputs", [(14, 5, 6, 16), (9, 3, 2, 5), (5, 5, 3, 1), (8, 1, 4, 4)])
def test_sum_over_maps(n, k, inputs, outputs):
    maps, kernels, biases = normal(n, n, inputs), normal(k, k, inputs, outputs), normal(outputs)
    same(written("combine")(maps, kernels, biases)[np.newaxis], keras.layers.Conv2D(outputs, k), maps[np.newaxis], [kernels, biases])


@pytest.mark.parametrize("n, inputs, outputs", [(1, 120, 84), (9, 3, 5)])
def test_dense(n, inputs, outputs):
    rows, weights, biases = normal(n, inputs), normal(inputs, outputs), normal(outputs)
    same(written("dense")(rows, weights, biases), keras.layers.Dense(outputs, activation="tanh"), rows, [weights, biases])


@pytest.mark.parametrize("size, inputs, kernel, maps", [(14, 6, 5, 16), (9, 2, 3, 4)])
def test_layer(size, inputs, kernel, maps):
    layer = keras.layers.Conv2D(maps, kernel)
    layer.build((1, size, size, inputs))
    rows, weights, multiplications = written("layer")(size, inputs, kernel, maps)
    assert (rows, weights) == (layer.compute_output_shape((1, size, size, inputs))[1], layer.count_params())
    assert multiplications == rows**2 * (weights - maps)
