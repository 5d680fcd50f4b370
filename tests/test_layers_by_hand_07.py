"""The layer that chapter 07 writes by hand is Keras' Conv2D."""

import re
from pathlib import Path

import keras
import nbformat
import numpy as np
import pytest

CHAPTER = nbformat.read(Path(__file__).parents[1] / "chapters" / "07_combining_maps.ipynb", 4)


@pytest.mark.parametrize("size, kernel_size, inputs, outputs", [(14, 5, 6, 16), (9, 3, 2, 5), (5, 5, 3, 1), (8, 1, 4, 4)])
def test_my_combine_is_conv2d(size, kernel_size, inputs, outputs):
    source = {cell.id: cell.source for cell in CHAPTER.cells}
    known = {"np": np}
    exec(source["convolve"] + "\n\n" + re.search(r"```python\n(.*?)```", source["exercise-combine-help"], re.DOTALL)[1], known)
    random = np.random.default_rng(size)
    maps = random.normal(size=(size, size, inputs))
    kernels, biases = random.normal(size=(kernel_size, kernel_size, inputs, outputs)), random.normal(size=outputs)
    layer = keras.layers.Conv2D(outputs, kernel_size, dtype="float64")
    layer.build((1, *maps.shape))
    layer.set_weights([kernels, biases])
    np.testing.assert_allclose(known["my_combine"](maps, kernels, biases), np.array(layer(maps[np.newaxis]))[0], rtol=0, atol=1e-6)
