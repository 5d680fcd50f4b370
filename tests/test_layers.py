"""lenet.layers against independent computations in float64, with plain loops."""

import time

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet.layers import BITMAPS, C3_TABLE, EuclideanRBF, FanIn, TableConv2D, TrainableSubsampling, scaled_tanh
from lenet.losses import softmin

few = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)
tables = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True), min_size=1, max_size=4)  # in any order

# The digits of LeCun et al. 1998, Figure 3, a line for each, from the top row to the bottom row.
FIGURE_3 = [
    ".#####./......./..###../.##.##./##...##/##...##/##...##/##...##/.##.##./..###../......./.......",
    "...##../..###../.####../...##../...##../...##../...##../...##../...##../.######/......./.......",
    ".#####./......./.#####./##...##/#....##/....##./..###../.##..../##...../#######/......./.......",
    "#######/.....##/....##./...##../..####./.....##/.....##/.....##/##...##/.#####./......./.......",
    ".#####./......./......./.##..##/.##..##/###..##/##...##/##...##/##..###/.######/.....##/.....##",
    ".#####./......./#######/##...../##...../.####../..####./.....##/##...##/.#####./......./.......",
    "..####./.##..../##...../##...../######./###..##/##...##/##...##/###..##/.#####./......./.......",
    "#######/.....##/.....##/....##./...##../...##../..##.../..##.../..##.../..##.../......./.......",
    ".#####./##...##/##...##/##...##/.#####./##...##/##...##/##...##/##...##/.#####./......./.......",
    ".#####./##..###/##...##/##...##/##..###/.######/.....##/.....##/....##./.####../......./.......",
]


def filled(layer, x, generator):
    """The layer's output for x, and its weights, which are drawn anew."""
    layer.build(x.shape)
    layer.set_weights([generator.normal(size=w.shape) for w in layer.weights])
    y = layer(x).numpy()
    assert y.dtype == np.float64 and y.shape == tuple(layer.compute_output_shape(x.shape))
    return y, layer.get_weights()


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


@few
@given(seeds, st.integers(0, 2), st.integers(1, 3), st.integers(1, 3), st.integers(1, 4))
def test_subsampling(seed, batch, high, wide, maps):
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(batch, 2 * high, 2 * wide, maps))
    y, (coefficient, bias) = filled(TrainableSubsampling(scaled_tanh, dtype="float64"), x, generator)
    assert coefficient.shape == bias.shape == (maps,)
    expected = np.zeros((batch, high, wide, maps))
    for n, i, j, m in np.ndindex(expected.shape):
        total = 0.0
        for a in range(2):
            for b in range(2):
                total += x[n, 2 * i + a, 2 * j + b, m]
        expected[n, i, j, m] = 1.7159 * np.tanh(2 / 3 * (coefficient[m] * total + bias[m]))
    np.testing.assert_allclose(y, expected, rtol=0, atol=1e-9)


@few
@given(seeds, tables, st.integers(0, 1), st.tuples(st.integers(1, 3), st.integers(1, 3)), st.integers(0, 2), st.integers(0, 2))
def test_table_convolution(seed, table, unread, kernel_size, higher, wider):
    generator = np.random.default_rng(seed)
    high, wide = kernel_size
    x = generator.normal(size=(2, high + higher, wide + wider, 1 + unread + max(max(maps) for maps in table)))
    y, (kernel, bias) = filled(TableConv2D(table, kernel_size, "tanh", dtype="float64"), x, generator)
    assert kernel.shape == (high, wide, sum(len(maps) for maps in table)) and bias.shape == (len(table),)
    expected = np.zeros((2, 1 + higher, 1 + wider, len(table)))
    for n in range(2):
        for i in range(1 + higher):
            for j in range(1 + wider):
                connection = 0
                for k, maps in enumerate(table):
                    total = bias[k]
                    for m in maps:
                        for a in range(high):
                            for b in range(wide):
                                total += x[n, i + a, j + b, m] * kernel[a, b, connection]
                        connection += 1
                    expected[n, i, j, k] = np.tanh(total)
    np.testing.assert_allclose(y, expected, rtol=0, atol=1e-9)


def test_a_map_that_is_not_in_the_table_changes_nothing():
    layer = TableConv2D(C3_TABLE, 5)
    x = np.random.default_rng(0).normal(size=(1, 14, 14, 6)).astype(np.float32)
    before = layer(x).numpy()
    for m in range(6):
        changed = x.copy()
        changed[..., m] += 1
        differs = (layer(changed).numpy() != before).any(axis=(0, 1, 2))
        assert [k for k in range(16) if differs[k]] == [k for k, maps in enumerate(C3_TABLE) if m in maps]


def test_the_table_of_1998():
    """As the paper describes Table I, in words."""
    threes, fours, broken, last = C3_TABLE[:6], C3_TABLE[6:12], C3_TABLE[12:15], C3_TABLE[15]
    around = [[(first + step) % 6 for step in range(6)] for first in range(6)]
    assert {frozenset(maps) for maps in threes} == {frozenset(a[:3]) for a in around}  # three that follow one another
    assert {frozenset(maps) for maps in fours} == {frozenset(a[:4]) for a in around}  # four that follow one another
    assert {frozenset(maps) for maps in broken} == {frozenset((a[0], a[1], a[3], a[4])) for a in around}  # four in two pairs
    assert last == (0, 1, 2, 3, 4, 5) and all(list(maps) == sorted(maps) for maps in C3_TABLE)


@few
@given(seeds, st.integers(0, 3), st.integers(2, 4), st.integers(1, 5))
def test_distances(seed, batch, answers, features):
    generator = np.random.default_rng(seed)
    x, codes = generator.normal(size=(batch, features)), generator.normal(size=(answers, features))
    y, weights = filled(EuclideanRBF(codes, dtype="float64"), x, generator)
    expected = np.zeros((batch, answers))
    for n in range(batch):
        for i in range(answers):
            for j in range(features):
                expected[n, i] += (x[n, j] - codes[i, j]) ** 2
    assert weights == []
    np.testing.assert_allclose(y, expected, rtol=0, atol=1e-9)
    exponentials = np.exp(-expected)
    np.testing.assert_allclose(softmin(y), exponentials / exponentials.sum(axis=1, keepdims=True), rtol=0, atol=1e-9)


def test_the_smallest_distance_is_the_highest_probability():
    nearly = BITMAPS + np.random.default_rng(0).normal(0, 0.3, BITMAPS.shape)
    distances = EuclideanRBF(BITMAPS)(nearly)
    assert np.argmin(distances, axis=1).tolist() == list(range(10))
    assert np.argmax(softmin(distances), axis=1).tolist() == list(range(10))
    assert np.isfinite(softmin(1e6 * distances)).all()


def test_the_bitmaps_are_those_of_figure_3():
    assert BITMAPS.shape == (10, 84) and not BITMAPS.flags.writeable
    for digit, lines in enumerate(FIGURE_3):
        drawn = ["".join("#" if BITMAPS[digit, 7 * row + column] == 1 else "." for column in range(7)) for row in range(12)]
        assert "/".join(drawn) == lines
    assert set(BITMAPS.ravel()) == {-1.0, 1.0}


LAYERS = {  # name: how it is made, the shape of its input
    "subsampling": (lambda: TrainableSubsampling(scaled_tanh, dtype="float64"), (2, 4, 6, 3)),
    "table": (lambda: TableConv2D([[0, 2], [1], [2, 0, 1]], (3, 2), scaled_tanh, dtype="float64"), (2, 4, 4, 3)),
    "distances": (lambda: EuclideanRBF(BITMAPS[:, :9], dtype="float64"), (2, 9)),
}


@pytest.mark.parametrize("name", LAYERS)
def test_gradients_by_finite_differences(name):
    make, shape = LAYERS[name]
    layer, generator = make(), np.random.default_rng(0)
    layer.build(shape)
    values = [generator.normal(size=s) for s in [shape] + [w.shape for w in layer.weights]]  # the input, then the weights
    weighting = generator.normal(size=tuple(layer.compute_output_shape(shape)))

    def loss(x):
        return tf.reduce_sum(weighting * layer(x))

    layer.set_weights(values[1:])
    with tf.GradientTape() as tape:
        x = tf.Variable(values[0])
        total = loss(x)
    gradients = tape.gradient(total, [x, *layer.trainable_variables])
    step = 1e-5
    for value, gradient in zip(values, gradients, strict=True):
        for place in np.ndindex(value.shape):
            kept, sides = value[place], []
            for move in (step, -step):
                value[place] = kept + move
                layer.set_weights(values[1:])
                sides.append(float(loss(tf.constant(values[0]))))
            value[place] = kept
            assert abs((sides[0] - sides[1]) / (2 * step) - float(gradient[place])) < 1e-6 * max(1, abs(float(gradient[place])))


@pytest.mark.parametrize("name", LAYERS)
def test_saved_and_loaded(name, tmp_path):
    make, shape = LAYERS[name]
    layer = make()
    twin = type(layer).from_config(layer.get_config())
    assert twin.get_config() == layer.get_config()
    model = keras.Sequential([keras.Input(shape[1:], dtype="float64"), layer])
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    x = np.random.default_rng(0).normal(size=shape)
    assert type(again.layers[0]) is type(layer) and again.layers[0].get_config() == layer.get_config()
    np.testing.assert_array_equal(again(x), model(x))


def test_shapes_that_are_not_known():
    image = keras.Input((None, None, 6))
    assert TrainableSubsampling()(image).shape == (None, None, None, 6)
    model = keras.Model(image, TableConv2D(C3_TABLE, (5, 3))(image))
    assert model.output.shape == (None, None, None, 16)
    assert model(np.zeros((2, 8, 9, 6))).shape == (2, 4, 7, 16)
    with pytest.raises(ValueError, match="Expected an even height and width"):
        keras.Model(image, TrainableSubsampling()(image))(np.zeros((2, 8, 9, 6)))


def test_first_weights_reach_as_far_as_the_fan_in_of_their_map_says():
    for drawn, reach in [(FanIn(seed=1), lambda n: (3 / n) ** 0.5), (FanIn(2.4, 1, seed=1), lambda n: 2.4 / n), (FanIn(2.4), lambda n: 2.4 / n**0.5)]:
        layer, place, kernels = TableConv2D(C3_TABLE, 5, kernel_initializer=drawn), 0, []
        layer.build((None, 14, 14, 6))
        for maps in C3_TABLE:
            kernels.append(layer.kernel.numpy()[..., place : place + len(maps)])
            assert 0.85 < np.abs(kernels[-1]).max() / reach(25 * len(maps)) <= 1.00001
            place += len(maps)
        assert place == 60 and not np.allclose(kernels[0] / kernels[0].max(), kernels[1] / kernels[1].max())
        pool = TrainableSubsampling(coefficient_initializer=drawn)
        pool.build((None, 4, 4, 500))
        assert 0.97 < np.abs(pool.coefficient.numpy()).max() / reach(4) <= 1.00001
        dense = keras.layers.Dense(84, kernel_initializer=drawn)
        dense.build((None, 120))
        assert 0.99 < np.abs(dense.kernel.numpy()).max() / reach(120) <= 1.00001
    first, again, other, free = (FanIn(seed=seed)((3, 4)).numpy() for seed in (1, 1, 2, None))
    assert np.array_equal(first, again) and not np.array_equal(first, other) and not np.array_equal(first, free)


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: TrainableSubsampling()(np.zeros((1, 5, 4, 2))), r"Expected an even height and width, received \(1, 5, 4, 2\)\. Pad or crop"),
        (lambda: TrainableSubsampling()(np.zeros((4, 4, 2))), r"expected ndim=4, found ndim=3. Full shape received: \(4, 4, 2\)"),
        (lambda: TrainableSubsampling(coefficient_initializer="he_normal")(np.zeros((1, 4, 4, 2))), "counts no inputs, received HeNormal"),
        (lambda: TableConv2D(C3_TABLE, 5)(np.zeros((1, 14, 14, 5))), r"Expected at least \(6, 5, 5\) maps, height and width, received \(1, 14, 14, 5\)"),
        (lambda: TableConv2D(C3_TABLE, 5)(np.zeros((1, 14, 4, 6))), r"received \(1, 14, 4, 6\)\. Change table or kernel_size"),
        (lambda: TableConv2D(C3_TABLE, 5)(keras.Input((14, 14, None))), r"Expected at least .*, received \(None, 14, 14, None\)"),
        (lambda: TableConv2D(C3_TABLE, 5)(np.zeros((14, 14, 6))), r"expected ndim=4, found ndim=3. Full shape received: \(14, 14, 6\)"),
        (lambda: TableConv2D(C3_TABLE, 5, kernel_initializer="glorot_uniform")(np.zeros((1, 14, 14, 6))), "received GlorotUniform. Use FanIn"),
        (lambda: TableConv2D([], 5), "Expected for each output map at least one input map"),
        (lambda: TableConv2D([[0], []], 5), r"at least one input map, from 0 and none twice, received \[\[0\], \[\]\]"),
        (lambda: TableConv2D([[0, 0]], 5), "none twice"),
        (lambda: TableConv2D([[0, -1]], 5), "from 0"),
        (lambda: TableConv2D([[0]], 0), r"Expected a kernel size as 5 or \(5, 5\), received 0"),
        (lambda: TableConv2D([[0]], (5, 5, 5)), r"received \(5, 5, 5\)"),
        (lambda: EuclideanRBF(BITMAPS)(np.zeros((1, 83))), r"expected axis -1 of input shape to have value 84, but received input with shape \(1, 83\)"),
        (lambda: EuclideanRBF([1.0, 2.0]), r"Expected codes of shape \(answers, features\), all finite, received \(2,\)"),
        (lambda: EuclideanRBF([[np.nan]]), "all finite"),
        (lambda: FanIn()((5,)), r"Expected the shape of a kernel, as \(inputs, outputs\), received \(5,\)\. Pass fan_in"),
    ],
)
def test_errors_say_what_was_expected(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_built_layer_keeps_its_number_of_maps():
    for layer, size in [(TrainableSubsampling(), 4), (TableConv2D([[0]], 3), 4)]:
        layer(np.zeros((1, size, size, 3)))
        with pytest.raises(ValueError, match=r"expected axis -1 of input shape to have value 3, but received input with shape \(1, 4, 4, 1\)"):
            layer(np.zeros((1, size, size, 1)))


def test_the_table_costs_little_time():
    """Forward and backward, compiled: below 1.3 times a convolution that reads all maps (about 1.02 where it was written)."""
    x = tf.random.stateless_normal((128, 14, 14, 6), (0, 1))

    def training_step(layer):
        layer.build(x.shape)

        @tf.function
        def step(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                total = tf.reduce_sum(tf.square(layer(x)))
            return tape.gradient(total, [x, *layer.trainable_variables])

        return step

    steps = {"all": training_step(keras.layers.Conv2D(16, 5)), "table": training_step(TableConv2D(C3_TABLE, 5))}
    seconds = {name: [] for name in steps}
    for repetition in range(33):
        for name, step in steps.items():
            start = time.perf_counter()
            for _ in range(4):
                gradients = step(x)
            gradients[0].numpy()
            if repetition >= 3:
                seconds[name].append(time.perf_counter() - start)
    assert min(seconds["table"]) < 1.3 * min(seconds["all"])
