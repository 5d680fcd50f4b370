"""lenet.losses against NumPy in float64, near and far, with slopes and second derivatives."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from lenet.layers import BITMAPS, EuclideanRBF
from lenet.losses import MAP, Distance

LABELS = np.array([2, 0, 9, 2])


def map_of(distances, label, j):
    """As the paper writes it. Long doubles reach e^±11,000."""
    y = np.asarray(distances, np.longdouble)
    return y[label] + np.log(np.exp(np.longdouble(-j)) + sum(np.exp(-y_i) for y_i in y))


@pytest.mark.parametrize("j", [0.1, 10.0, 300.0])
@pytest.mark.parametrize("scale", [0.1, 10.0, 300.0])
def test_map_in_numpy(j, scale):
    distances = np.random.default_rng(0).uniform(0, scale, (4, 10))
    expected = [map_of(row, label, j) for row, label in zip(distances, LABELS)]
    for labels in (LABELS, LABELS[:, np.newaxis], LABELS.astype(np.float32), LABELS.astype(np.uint8)):
        each = MAP(j, reduction=None, dtype="float64")(labels, distances)
        np.testing.assert_allclose(each, np.array(expected, float), rtol=1e-12, atol=1e-12)
    assert float(MAP(j, dtype="float64")(LABELS, distances)) == pytest.approx(float(np.mean(expected)), rel=1e-12)
    np.testing.assert_allclose(MAP(j, reduction=None)(LABELS, distances), np.array(expected, float), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_map_far_away(dtype):
    """Distances whose exponentials vanish, or leave nothing but one of them."""

    def loss(label, distances, j):
        with tf.GradientTape() as tape:
            y = tf.constant([distances], dtype)
            tape.watch(y)
            found = MAP(j, dtype=dtype)(np.array([label]), y)
        return float(found), tape.gradient(found, y).numpy()[0].tolist()

    assert loss(0, [1e6, 0.0, 5e5], 20.0) == (pytest.approx(1e6, rel=1e-9), pytest.approx([1.0, -1.0, 0.0]))  # quite wrong: y_correct − y_wrong
    assert loss(0, [0.0, 1e6, 5e5], 10.0) == (pytest.approx(np.exp(-10.0), rel=1e-2), [pytest.approx(np.exp(-10.0), rel=1e-2), 0.0, 0.0])
    assert loss(0, [1e6, 1e6, 2e6], 10.0) == (1e6 - 10, [1.0, 0.0, 0.0])  # far from everything: y_correct − j
    assert loss(0, [1e6, 1e6, 2e6], 1e8) == (pytest.approx(np.log(2)), pytest.approx([0.5, -0.5, 0.0]))
    assert loss(1, [0.0, 0.0, 0.0], 1e3) == (pytest.approx(np.log(3)), pytest.approx([-1 / 3, 2 / 3, -1 / 3]))
    found, slopes = loss(2, [1e30, 1e30, 1e30], 10.0)
    assert found == pytest.approx(1e30) and slopes == [0.0, 0.0, 1.0]


def test_without_rubbish_it_is_cross_entropy():
    distances = np.random.default_rng(5).uniform(0, 30, (4, 10))
    probabilities = np.exp(-distances) / np.exp(-distances).sum(axis=1, keepdims=True)
    each = MAP(1e3, reduction=None, dtype="float64")(LABELS, distances)
    np.testing.assert_allclose(each, -np.log(probabilities[range(4), LABELS]), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_slopes_of_map(scale):
    """∂E/∂y_i is 1 for the correct answer, less the probability of answer i, over the number of digits."""
    distances, j = np.random.default_rng(1).uniform(0, scale, (4, 10)), 4.0
    with tf.GradientTape() as tape:
        y = tf.constant(distances)
        tape.watch(y)
        loss = MAP(j, dtype="float64")(LABELS, y)
    expected = np.zeros((4, 10))
    for n, i in np.ndindex(4, 10):
        expected[n, i] = ((i == LABELS[n]) - np.exp(-distances[n, i]) / (np.exp(-j) + np.exp(-distances[n]).sum())) / 4
    np.testing.assert_allclose(tape.gradient(loss, y), expected, rtol=1e-9, atol=1e-15)


def test_distance():
    distances = np.random.default_rng(2).uniform(0, 100, (4, 10))
    correct = [distances[n, label] for n, label in enumerate(LABELS)]
    np.testing.assert_array_equal(Distance(reduction=None, dtype="float64")(LABELS, distances), correct)
    assert float(Distance(dtype="float64")(LABELS, distances)) == pytest.approx(np.mean(correct))
    with tf.GradientTape() as tape:
        y = tf.constant(distances)
        tape.watch(y)
        loss = Distance(dtype="float64")(LABELS, y)
    np.testing.assert_array_equal(tape.gradient(loss, y), np.eye(10)[LABELS] / 4)


@pytest.mark.parametrize("criterion", [Distance(dtype="float64"), *(MAP(j, dtype="float64") for j in (1.0, 20.0, 1e3))], ids=["distance", "map-1", "map-20", "map-1000"])
def test_curvature_is_the_second_derivative(criterion):
    """Against automatic differentiation, for digits at a code, between two, and far from all; and it is never negative."""
    codes = BITMAPS[:, :12]
    generator = np.random.default_rng(3)
    between = [(codes[2] + codes[7]) / 2, (codes[0] + codes[1] + codes[8]) / 3 + 0.1]
    points = np.concatenate([between, codes[:4] + generator.normal(0, 0.2, (4, 12)), generator.normal(0, 1, (4, 12)), generator.normal(0, 5, (4, 12))])
    for label in (0, 7):
        x = tf.constant(points)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                losses = criterion.call(np.full(len(points), label), EuclideanRBF(codes, dtype="float64")(x))
            slopes = inner.gradient(losses, x)
        exact = [np.diag(of_one) for of_one in outer.batch_jacobian(slopes, x).numpy()]
        found = criterion.curvature(tf.constant(points), codes).numpy()
        np.testing.assert_allclose(found, exact, rtol=1e-9, atol=1e-12)
        assert (found >= 0).all()


def test_curvature_far_away():
    far = criterion_at(BITMAPS + 1e3)
    assert (far == 2).all()  # rubbish is certain
    learned = criterion_at(BITMAPS)
    assert (learned >= 0).all() and learned.max() < 1e-3  # an answer is certain
    assert (Distance().curvature(tf.zeros((3, 84)), BITMAPS).numpy() == 2).all()


def criterion_at(features):
    found = MAP(10.0).curvature(tf.constant(features, tf.float32), BITMAPS).numpy()
    assert found.shape == features.shape and found.dtype == np.float32
    return found


def test_saved_with_a_model(tmp_path):
    for criterion in (MAP(7.0), Distance()):
        model = keras.Sequential([keras.Input((3,)), EuclideanRBF([[1, 1, 1], [-1, 1, 1]])])
        model.compile("sgd", criterion)
        model.save(tmp_path / "model.keras")
        again = keras.models.load_model(tmp_path / "model.keras")
        assert type(again.loss) is type(criterion) and again.loss.get_config() == criterion.get_config()
        x = np.ones((2, 3), np.float32)
        assert again.evaluate(x, np.array([1, 0]), verbose=0) == pytest.approx(float(criterion(np.array([1, 0]), model(x))))


def test_errors_say_what_was_expected():
    for j in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=f"Expected a j above 0, received {j}"):
            MAP(j)
    for criterion in (MAP(), Distance()):
        with pytest.raises(ValueError, match=r"Expected labels of shape \(batch,\), numbers from 0, received \(2, 10\)\. Take argmax"):
            criterion(np.eye(10)[:2], np.ones((2, 10)))
