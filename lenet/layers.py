"""What LeNet-5 needs and Keras lacks: the activation, the layers and the codes of 1998."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import index

import keras
import numpy as np
from keras import ops

TANH_AMPLITUDE = 1.7159  # LeCun et al. 1998, equation 6 and appendix A
TANH_SLOPE = 2 / 3

# The maps of S2 that each of the sixteen maps of C3 reads (LeCun et al. 1998, Table I).
C3_TABLE = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5), (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5),
    (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5), (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5),
)  # fmt: skip
# The digits 0 to 9, 7 wide and 12 high (LeCun et al. 1998, Figure 3); # is +1. In BITMAPS the rows of a digit follow one another.
_PICTURES = """
.#####.  ...##..  .#####.  #######  .#####.  .#####.  ..####.  #######  .#####.  .#####.
.......  ..###..  .......  .....##  .......  .......  .##....  .....##  ##...##  ##..###
..###..  .####..  .#####.  ....##.  .......  #######  ##.....  .....##  ##...##  ##...##
.##.##.  ...##..  ##...##  ...##..  .##..##  ##.....  ##.....  ....##.  ##...##  ##...##
##...##  ...##..  #....##  ..####.  .##..##  ##.....  ######.  ...##..  .#####.  ##..###
##...##  ...##..  ....##.  .....##  ###..##  .####..  ###..##  ...##..  ##...##  .######
##...##  ...##..  ..###..  .....##  ##...##  ..####.  ##...##  ..##...  ##...##  .....##
##...##  ...##..  .##....  .....##  ##...##  .....##  ##...##  ..##...  ##...##  .....##
.##.##.  ...##..  ##.....  ##...##  ##..###  ##...##  ###..##  ..##...  ##...##  ....##.
..###..  .######  #######  .#####.  .######  .#####.  .#####.  ..##...  .#####.  .####..
.......  .......  .......  .......  .....##  .......  .......  .......  .......  .......
.......  .......  .......  .......  .....##  .......  .......  .......  .......  ......."""
BITMAPS = np.array([[1.0 if c == "#" else -1.0 for row in _PICTURES.split()[digit::10] for c in row] for digit in range(10)])
BITMAPS.setflags(write=False)
BARS = [0, 2, 4, 5]  # the digits below a bar, their first row, which may belong to how the figure was read


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
    return TANH_AMPLITUDE * ops.tanh(TANH_SLOPE * s)


@keras.saving.register_keras_serializable(package="lenet")
class FanIn(keras.initializers.Initializer):
    """Draws evenly within ±scale / n^power, n being the fan-in: how many numbers a unit sums up.

    As it is, ±√(3/n): the weights then have the variance 1/n. ``FanIn(2.4, 1)`` is ±2.4/n, as in LeCun et al. 1998, appendix A, which
    takes inputs to be alike; ``FanIn(2.4)`` is ±2.4/√n, as if they were independent. An integer as ``seed`` gives the same draw each time.

    >>> bool(0.0199 < np.abs(FanIn(2.4, 1, seed=0)((120, 84)).numpy()).max() <= 0.02)
    True
    """

    def __init__(self, scale: float = 3**0.5, power: float = 0.5, seed: int | None = None):
        self.scale, self.power, self.seed = scale, power, seed

    def __call__(self, shape, dtype=None, fan_in=None):
        """Draw. ``fan_in``: a number, or one for each number along the last axes; without it, all of a kernel but its last axis."""
        if fan_in is None and len(shape) < 2:
            raise ValueError(f"Expected the shape of a kernel, as (inputs, outputs), received {tuple(shape)}. Pass fan_in.")
        limit = self.scale / np.power(np.prod(shape[:-1]) if fan_in is None else fan_in, self.power)
        draw = keras.initializers.RandomUniform(-1.0, 1.0, seed=self.seed)(shape, dtype)
        return draw * ops.cast(limit, draw.dtype)

    def get_config(self):
        return {"scale": self.scale, "power": self.power, "seed": self.seed}


def _told(initializer, fan_in):
    """The same initializer; one that asks for the fan-in is told it, one that would count it wrongly is refused."""
    if isinstance(initializer, keras.initializers.VarianceScaling):
        raise ValueError(f"Expected an initializer that counts no inputs, received {type(initializer).__name__}. Use FanIn.")
    return partial(initializer, fan_in=fan_in) if isinstance(initializer, FanIn) else initializer


def _config(layer, *initializers: str) -> dict:
    own = {name: keras.initializers.serialize(getattr(layer, name)) for name in initializers}
    return own | {"activation": keras.activations.serialize(layer.activation)}


@keras.saving.register_keras_serializable(package="lenet")
class TrainableSubsampling(keras.layers.Layer):
    """Halves maps as S2 and S4 did in 1998: f(coefficient · sum of 2 × 2 + bias), one coefficient and one bias for each map.

    y[i, j, m] = activation(coefficient[m] · (x[2i, 2j, m] + x[2i, 2j+1, m] + x[2i+1, 2j, m] + x[2i+1, 2j+1, m]) + bias[m]).
    With the coefficient 1/4, the bias 0 and no activation it is average pooling.

    Args:
        activation: a function or its Keras name; ``None`` leaves the sums as they are.
        coefficient_initializer, bias_initializer: objects or Keras names; for the coefficients a `FanIn` is told 4 inputs.
    Input shape: ``(batch, height, width, maps)``, height and width even.
    Output shape: ``(batch, height / 2, width / 2, maps)``.
    Raises: ``ValueError`` for other input shapes, or an initializer that would count the inputs wrongly.
    Source: LeCun et al. 1998, section II-B.

    >>> layer = TrainableSubsampling(coefficient_initializer="ones")
    >>> layer(np.arange(16.0).reshape(1, 4, 4, 1)).numpy().ravel()
    array([10., 18., 42., 50.], dtype=float32)
    """

    def __init__(self, activation: str | Callable | None = None, coefficient_initializer=FanIn(), bias_initializer="zeros", **kwargs):
        super().__init__(**kwargs)
        self.activation, self.input_spec = keras.activations.get(activation), keras.InputSpec(ndim=4)
        self.coefficient_initializer, self.bias_initializer = map(keras.initializers.get, (coefficient_initializer, bias_initializer))

    def build(self, input_shape):
        *_, maps = self.compute_output_shape(input_shape)
        self.input_spec = keras.InputSpec(ndim=4, axes={-1: maps})
        self.coefficient = self.add_weight((maps,), _told(self.coefficient_initializer, 4), name="coefficient")
        self.bias = self.add_weight((maps,), self.bias_initializer, name="bias")

    def call(self, inputs):
        self.compute_output_shape(inputs.shape)
        averages = ops.average_pool(inputs, 2, 2, "valid", "channels_last")  # 4 · average: faster than a sum over windows
        return self.activation(4 * self.coefficient * averages + self.bias)

    def compute_output_shape(self, input_shape):
        batch, height, width, maps = input_shape
        if (height or 0) % 2 or (width or 0) % 2:
            raise ValueError(f"Expected an even height and width, received {tuple(input_shape)}. Pad or crop the maps.")
        return batch, height and height // 2, width and width // 2, maps

    def get_config(self):
        return super().get_config() | _config(self, "coefficient_initializer", "bias_initializer")


@keras.saving.register_keras_serializable(package="lenet")
class TableConv2D(keras.layers.Layer):
    """A convolution whose map k reads only the input maps ``table[k]``, as C3 did in 1998. It moves by one and does not pad.

    y[i, j, k] = activation(bias[k] + Σ_{m in table[k]} Σ_{a, b} x[i+a, j+b, m] · w[a, b, m, k]).
    Only weights of connections are stored: ``kernel`` is ``(height, width, connections)``, in the order of the table.

    Args:
        table: for each output map the different input maps that it reads, counted from 0.
        kernel_size: height and width of a kernel; one number for both.
        activation: a function or its Keras name; ``None`` leaves the sums as they are.
        kernel_initializer, bias_initializer: objects or Keras names; a `FanIn` is told height · width · maps read, for each map.
    Input shape: ``(batch, height, width, maps)``, no smaller than a kernel.
    Output shape: ``(batch, height - kernel height + 1, width - kernel width + 1, len(table))``.
    Raises: ``ValueError`` for a table that cannot be read, other input shapes, or an initializer that would count the inputs wrongly.
    Source: LeCun et al. 1998, section II-B and Table I.

    >>> layer = TableConv2D(C3_TABLE, 5)
    >>> layer(np.zeros((1, 14, 14, 6))).shape, layer.count_params()
    (TensorShape([1, 10, 10, 16]), 1516)
    """

    def __init__(self, table: Sequence[Sequence[int]], kernel_size: int | tuple[int, int],
                 activation: str | Callable | None = None, kernel_initializer=FanIn(), bias_initializer="zeros", **kwargs):  # fmt: skip
        super().__init__(**kwargs)
        self.table = tuple(tuple(map(index, maps)) for maps in table)
        if not self.table or not all(maps and len(set(maps)) == len(maps) and min(maps) >= 0 for maps in self.table):
            raise ValueError(f"Expected for each output map at least one input map, from 0 and none twice, received {table}.")
        self.kernel_size = (kernel_size, kernel_size) if isinstance(kernel_size, int) else tuple(kernel_size)
        if len(self.kernel_size) != 2 or min(self.kernel_size) < 1:
            raise ValueError(f"Expected a kernel size as 5 or (5, 5), received {kernel_size}.")
        self.activation, self.input_spec = keras.activations.get(activation), keras.InputSpec(ndim=4)
        self.kernel_initializer, self.bias_initializer = map(keras.initializers.get, (kernel_initializer, bias_initializer))

    def build(self, input_shape):
        self.compute_output_shape(input_shape)
        self.input_spec = keras.InputSpec(ndim=4, axes={-1: input_shape[-1]})
        read = [(m, k) for k, maps in enumerate(self.table) for m in maps]
        self._places = np.full((input_shape[-1], len(self.table)), len(read))  # no connection: the zero behind the last weight
        self._places[tuple(zip(*read))] = range(len(read))
        fan_in = [self.kernel_size[0] * self.kernel_size[1] * len(self.table[k]) for _, k in read]
        self.kernel = self.add_weight((*self.kernel_size, len(read)), _told(self.kernel_initializer, fan_in), name="kernel")
        self.bias = self.add_weight((len(self.table),), self.bias_initializer, name="bias")

    def call(self, inputs):
        self.compute_output_shape(inputs.shape)
        sums = ops.conv(inputs, self.all_connected(self.kernel), padding="valid", data_format="channels_last") + self.bias
        return self.activation(sums)

    def all_connected(self, kernel):
        """The kernel of a convolution that does the same, ``(height, width, input maps, output maps)``: 0 where the table has no connection."""
        return ops.take(ops.pad(kernel, [(0, 0), (0, 0), (0, 1)]), self._places, axis=-1)

    def compute_output_shape(self, input_shape):
        batch, *size, maps = input_shape
        needed = 1 + max(m for maps_read in self.table for m in maps_read)
        if (maps or 0) < needed or any(have is not None and have < kernel for have, kernel in zip(size, self.kernel_size)):
            least = (needed, *self.kernel_size)
            raise ValueError(f"Expected at least {least} maps, height and width, received {tuple(input_shape)}. Change table or kernel_size.")
        return batch, *(have and have - kernel + 1 for have, kernel in zip(size, self.kernel_size)), len(self.table)

    def get_config(self):
        own = {"table": [list(maps) for maps in self.table], "kernel_size": list(self.kernel_size)}
        return super().get_config() | own | _config(self, "kernel_initializer", "bias_initializer")


@keras.saving.register_keras_serializable(package="lenet")
class EuclideanRBF(keras.layers.Layer):
    """Squared distances to fixed codes, as the output layer of 1998 at first: y_i = Σ_j (x_j − code_ij)². The **smallest** is the answer.

    Put `lenet.losses.softmin` behind it where the highest shall win, as ``lenet5("paper")`` does. The codes are settings, not weights.

    Args: codes: numbers, ``(answers, features)``, such as `BITMAPS`.
    Input shape: ``(..., features)``.
    Output shape: ``(..., answers)``, numbers from 0.
    Raises: ``ValueError`` for codes that are no table of numbers, or inputs of another length.
    Source: LeCun et al. 1998, equation 7.

    >>> EuclideanRBF([[1, 1], [-1, 1]])(np.array([[1.0, 1.0]])).numpy()
    array([[0., 4.]], dtype=float32)
    """

    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = np.array(codes, np.float64)
        if self.codes.ndim != 2 or not self.codes.size or not np.isfinite(self.codes).all():
            raise ValueError(f"Expected codes of shape (answers, features), all finite, received {self.codes.shape}: {codes}.")
        self.codes.setflags(write=False)
        self.input_spec = keras.InputSpec(min_ndim=1, axes={-1: self.codes.shape[1]})

    def call(self, inputs):
        return ops.sum(ops.square(ops.expand_dims(inputs, -2) - ops.convert_to_tensor(self.codes, inputs.dtype)), axis=-1)

    def compute_output_shape(self, input_shape):
        return *input_shape[:-1], len(self.codes)

    def get_config(self):
        return super().get_config() | {"codes": self.codes.tolist()}
