"""Distorted digits to learn from, as in 1998: translation, scaling, squeezing and horizontal shear."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from lenet.data import Digits


class Distortion(NamedTuple):
    """How far digits are distorted at most; each draws evenly between both directions. The paper gives neither."""

    shift: float = 1.0  # pixels, to each side
    scale: float = 0.1  # share of the size: 0.1 is from 1/1.1 times to 1.1 times
    squeeze: float = 0.1  # the same share wider and less high, or less wide and higher
    shear: float = 0.15  # pixels to the side for each pixel of height


def distort(images: np.ndarray, distortion: Distortion, generator: np.random.Generator) -> np.ndarray:
    """Distort each digit by a draw of its own; no ink leaves the field.

    A digit is scaled by s · q in width and by s / q in height, sheared sideways by h, all about the middle of its ink, and
    then shifted. What would lie outside the field after that is shifted less, or back. Greys between pixels are bilinear.

    Args:
        images: uint8, ``(n, 28, 28)``, 0 is paper and 255 is ink.
        distortion: the largest draws, all at least 0.
        generator: of the draws; the same generator gives the same digits.

    Returns:
        uint8, ``(n, 28, 28)``.

    Raises:
        ValueError: another shape or type of images, or a distortion below 0.
    Source: LeCun et al. 1998, section III-B.

    >>> digit = np.zeros((1, 28, 28), np.uint8)
    >>> digit[0, 4:24, 12:16] = 255
    >>> moved = distort(digit, Distortion(2, 0, 0, 0), np.random.default_rng(0))
    >>> moved.shape, abs(int(moved.sum()) - int(digit.sum())) < 200
    ((1, 28, 28), True)
    """
    import keras

    if images.ndim != 3 or images.shape[1:] != (28, 28) or images.dtype != np.uint8:
        raise ValueError(f"Expected images of shape (n, 28, 28) and type uint8, received {images.shape} and {images.dtype}.")
    if not min(distortion) >= 0:
        raise ValueError(f"Expected a distortion of numbers from 0, received {distortion}.")
    n = len(images)
    scale, squeeze = ((1 + share) ** generator.uniform(-1, 1, n) for share in (distortion.scale, distortion.squeeze))
    shear = generator.uniform(-distortion.shear, distortion.shear, n)
    shift_x, shift_y = generator.uniform(-distortion.shift, distortion.shift, (2, n))
    (left, right), (top, bottom) = ((ink.argmax(axis=1), 27 - ink[:, ::-1].argmax(axis=1)) for ink in (images.any(axis=1), images.any(axis=2)))
    wide, high = scale * squeeze, scale / squeeze
    # Where the middle of the ink goes, so that its farthest corner, and the pixel around that, stays within 0 and 27.
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    reach_x = wide * (right - left) / 2 + np.abs(shear) * high * (bottom - top) / 2
    reach_y = high * (bottom - top) / 2
    new_x, new_y = (np.clip(middle + shift, np.minimum(reach, 13.5), np.maximum(27 - reach, 13.5))
                    for middle, shift, reach in ((middle_x, shift_x, reach_x), (middle_y, shift_y, reach_y)))  # fmt: skip
    # Each pixel of the result asks where it comes from: back from the shift, the shear and the scales.
    a, b, c = 1 / wide, -shear / wide, 1 / high
    rows = np.stack([a, b, middle_x - a * new_x - b * new_y, 0 * a, c, middle_y - c * new_y, 0 * a, 0 * a], axis=1)
    ink = images[..., np.newaxis].astype(np.float32)
    moved = keras.ops.image.affine_transform(ink, rows.astype(np.float32), "bilinear", data_format="channels_last")
    return np.rint(np.asarray(moved)[..., 0]).astype(np.uint8)


def enlarged(digits: Digits, distortion: Distortion, seed: int, part: int) -> Digits:
    """One of ten parts of the enlarged set of 1998: each digit as it is and in nine distorted copies, all in one random order.

    Args:
        digits: n of them.
        distortion: the largest draws.
        seed: of the order and of the distortions; the same seed gives the same set.
        part: from 0 to 9.

    Returns:
        n `lenet.data.Digits`. All ten parts together hold each digit ten times, once undistorted.
    Source: LeCun et al. 1998, section III-B: 60,000 digits and 540,000 distorted ones, of which each of 20 passes sees 60,000.
    """
    n = len(digits)
    copies, which = divmod(np.random.default_rng(seed).permutation(10 * n)[part * n : (part + 1) * n], n)
    originals = digits.images[which]
    distorted = distort(originals, distortion, np.random.default_rng([seed, part]))
    return Digits(np.where((copies == 0)[:, np.newaxis, np.newaxis], originals, distorted), digits.labels[which])
