"""lenet.plots: the data that each figure shows, not its pixels."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from lenet import plots

IMAGES = np.random.default_rng(0).integers(0, 256, (7, 28, 28)).astype(np.uint8)


def shown(axis):
    return np.asarray(axis.images[0].get_array())


def test_digits():
    figure = plots.digits(IMAGES, titles=np.arange(7), columns=4)
    axes = [axis for axis in figure.axes if axis.images]
    assert [axis.get_title() for axis in axes] == list("0123456")
    for axis, image in zip(axes, IMAGES, strict=True):
        np.testing.assert_array_equal(shown(axis), image)
        assert axis.images[0].get_clim() == (0, 255) and axis.images[0].get_cmap().name == "gray_r"
    assert not plt.get_fignums()  # shown once, by the cell that made it


def test_digits_as_fractions_share_one_scale():
    figure = plots.digits(np.stack([np.zeros((2, 2)), np.ones((2, 2)) * 3]))
    assert [axis.images[0].get_clim() for axis in figure.axes] == [(0, 3), (0, 3)]


def test_numbers():
    axis = plots.numbers(IMAGES[0, :2, :3]).axes[0]
    np.testing.assert_array_equal(shown(axis), IMAGES[0, :2, :3])
    places = [(column, row) for row in range(2) for column in range(3)]
    assert [(t.get_position(), t.get_text()) for t in axis.texts] == [(p, str(IMAGES[0, p[1], p[0]])) for p in places]
    assert axis.images[0].get_clim() == (0, 255)


def test_signed_has_zero_in_the_middle_and_one_scale():
    weights = np.array([[[-0.5, 0.1]], [[2.0, 0.0]]])
    figure = plots.signed(weights, titles=["a", "b"], label="weight")
    axes = [axis for axis in figure.axes if axis.images]
    assert [axis.images[0].get_clim() for axis in axes] == [(-2, 2), (-2, 2)]
    for axis, image in zip(axes, weights, strict=True):
        np.testing.assert_array_equal(shown(axis), image)
    assert figure.axes[-1].get_ylabel() == "weight"


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: plots.digits(IMAGES[0]), r"shape \(n, height, width\), received \(28, 28\)"),
        (lambda: plots.digits(IMAGES[:0]), r"received \(0, 28, 28\)"),
        (lambda: plots.digits(IMAGES, titles=[1]), "Expected 7 titles, one for each picture, received 1"),
        (lambda: plots.numbers(np.zeros((29, 3), np.uint8)), r"at most 28 rows and columns of type uint8, received \(29, 3\)"),
        (lambda: plots.numbers(np.zeros((3, 3))), r"received \(3, 3\) of float64"),
    ],
)
def test_refuses(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_feature_maps_shows_what_each_layer_makes():
    import keras

    from lenet.data import prepare
    from lenet.models import lenet5

    model = lenet5("tanh", weights="trained")
    figure = plots.feature_maps(model, IMAGES[0])
    assert len(figure.axes) == 1 + 6 + 6 + 16 + 16 + 1 + 1 + 1
    assert [text.get_text().split("\n")[0] for text in figure.texts] == ["picture", "C1", "S2", "C3", "S4", "C5", "F6", "output"]
    prepared = prepare(IMAGES[:1])
    np.testing.assert_array_equal(shown(figure.axes[0]), prepared[0, :, :, 0])
    first = 1
    for name, maps in [("C1", 6), ("S2", 6), ("C3", 16), ("S4", 16)]:
        expected = keras.Model(model.input, model.get_layer(name).output)(prepared).numpy()[0]
        for k in range(maps):
            np.testing.assert_allclose(shown(figure.axes[first + k]), expected[:, :, k], atol=1e-6)
        low, high = figure.axes[first].images[0].get_clim()
        assert -low == high == pytest.approx(np.abs(expected).max(), abs=1e-6)
        first += maps
    np.testing.assert_allclose([bar.get_height() for bar in figure.axes[-1].patches], model(prepared).numpy()[0], atol=1e-6)
