"""lenet.distort against coordinates worked out by hand, and on the digits of MNIST."""

import numpy as np
import pytest
from scipy import ndimage

from lenet.data import load_mnist
from lenet.distort import Distortion, distort, enlarged

NONE = Distortion(0, 0, 0, 0)


class Drawn:
    """In place of a generator: the draws are given, as shares of the largest."""

    def __init__(self, *draws):
        self.draws = list(draws)

    def uniform(self, low, high, size):
        return (low + high) / 2 + (high - low) / 2 * np.broadcast_to(np.array(self.draws.pop(0), float).reshape(-1, *[1] * (np.ndim(size) and 1)), size)


def bar(top=8, bottom=20, left=12, right=16):
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, top:bottom, left:right] = 200
    return image


def middle(image):
    return np.array(ndimage.center_of_mass(image[0].astype(float)))


def test_nothing_drawn_changes_nothing():
    images = load_mnist()[1].images[:50]
    np.testing.assert_array_equal(distort(images, NONE, np.random.default_rng(0)), images)


def test_a_shift_is_in_pixels():
    moved = distort(bar(), Distortion(3, 0, 0, 0), Drawn(0, 0, 0, [1, -1]))
    np.testing.assert_array_equal(moved, bar(top=5, bottom=17, left=15, right=19))


@pytest.mark.parametrize(
    "share, draws, wide, high",
    [(Distortion(0, 0.25, 0, 0), (1, 0), 1.25, 1.25), (Distortion(0, 0.25, 0, 0), (-1, 0), 0.8, 0.8), (Distortion(0, 0, 0.25, 0), (0, 1), 1.25, 0.8)],
)
def test_sizes(share, draws, wide, high):
    image = bar(top=4, bottom=24, left=6, right=22)
    moved = distort(image, share, Drawn(*draws, 0, [0, 0]))
    assert spread(moved) == pytest.approx(spread(image) * [high, wide], rel=0.03)
    assert middle(moved) == pytest.approx(middle(image), abs=0.05)


def spread(image):
    """The standard deviations of the ink from its middle, down and across."""
    places = np.indices((28, 28)) - middle(image)[:, np.newaxis, np.newaxis]
    return np.sqrt((places**2 * image[0]).sum(axis=(1, 2)) / image[0].sum())


def test_a_shear_moves_rows_sideways():
    moved = distort(bar(), Distortion(0, 0, 0, 0.5), Drawn(0, 0, 1, [0, 0])).astype(float)[0]
    columns = np.array([np.average(np.arange(28), weights=row) for row in moved[9:19]])
    np.testing.assert_allclose(np.diff(columns), 0.5, atol=0.02)
    np.testing.assert_allclose(columns.mean(), 13.5, atol=0.02)


def test_no_ink_leaves_the_field():
    """As much ink as the change of size says, for the largest shifts, and the digits drawn to the edge."""
    images = load_mnist()[0].images[:2000]
    moved = distort(images, Distortion(12, 0, 0, 0.2), np.random.default_rng(1))
    ratio = moved.sum(axis=(1, 2)) / images.sum(axis=(1, 2))
    assert 0.99 < ratio.min() and ratio.max() < 1.01
    assert (np.abs([a - b for a, b in zip(map(middle, moved[:200, np.newaxis]), map(middle, images[:200, np.newaxis]))]) > 2).mean() > 0.3


def test_draws():
    """The same generator gives the same; each digit has its own draw; and the draws go evenly to both sides."""
    images = np.repeat(bar(), 500, axis=0)
    first, again = (distort(images, Distortion(), np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert len({image.tobytes() for image in first}) == 500
    moves = np.array([middle(image[np.newaxis]) for image in first]) - middle(bar())
    assert np.abs(moves).max() < 1.05 and (np.abs(moves.mean(axis=0)) < 0.1).all() and (moves.std(axis=0) > 0.5).all()


@pytest.mark.parametrize(
    "images, distortion, message",
    [
        (bar()[0], Distortion(), r"Expected images of shape \(n, 28, 28\) and type uint8, received \(28, 28\)"),
        (bar() / 255, Distortion(), "received .* and float64"),
        (bar(), Distortion(shift=-1), "Expected a distortion of numbers from 0, received"),
    ],
)
def test_errors_say_what_was_expected(images, distortion, message):
    with pytest.raises(ValueError, match=message):
        distort(images, distortion, np.random.default_rng(0))


def test_the_enlarged_set():
    """Ten parts hold each digit ten times, once as it is; the same seed gives the same set, in one order that is not that of the digits."""
    training, _ = load_mnist()
    digits = training[:60]
    parts = [enlarged(digits, Distortion(), 5, part) for part in range(10)]
    assert all(len(part) == 60 for part in parts)
    images, labels = np.concatenate([part.images for part in parts]), np.concatenate([part.labels for part in parts])
    assert np.array_equal(np.bincount(labels), 10 * np.bincount(digits.labels))
    whole = [(images == image).all(axis=(1, 2)).sum() for image in digits.images]
    assert whole == [1] * 60 and len({image.tobytes() for image in images}) == 600
    assert not np.array_equal(parts[0].labels, digits.labels) and not np.array_equal(parts[0].labels, parts[1].labels)
    again, other = enlarged(digits, Distortion(), 5, 3), enlarged(digits, Distortion(), 6, 3)
    assert np.array_equal(again.images, parts[3].images) and not np.array_equal(other.images, parts[3].images)
