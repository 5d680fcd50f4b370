"""Read a digit of one's own, from a photograph or a scan, and bring it into the form of MNIST."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter, ImageOps
from scipy import ndimage

LARGEST = 800  # pixels along the longer side that are looked at; larger pictures are shrunk first
ADVICE = "Photograph one digit, drawn with a dark pen on plain paper, with paper on all sides."


class Stages(NamedTuple):
    """What `read_digit` makes of a photograph, step by step. All but the last: float, from 0 to 1."""

    grey: np.ndarray  # (height, width), upright and shrunk; 0 is black; light ink on dark paper is turned round
    paper: np.ndarray  # (height, width), how bright the paper is at each place, as if nothing were written on it
    darkness: np.ndarray  # (height, width), how much darker than the paper; 0 is paper
    found: np.ndarray  # (height, width), 1 where the digit's ink is, 0 elsewhere: specks are gone
    ink: np.ndarray  # (height, width), the same, with thin strokes widened
    scaled: np.ndarray  # (rows, columns), the ink alone, its longer side 20 pixels
    digit: np.ndarray  # uint8, (28, 28), as in MNIST: 0 is paper, 255 is ink, the centre of mass on pixel 14


def read_digit(path: str | Path, stages: bool = False) -> np.ndarray | Stages:
    """Read one handwritten digit from a photograph or a scan, and prepare it as MNIST's digits were prepared.

    The paper's brightness at each place is divided out; what is clearly darker is ink, but for specks. Averages over areas
    shrink it until its longer side is 20 pixels, and its centre of mass goes to pixel 14 of 28 × 28, as in MNIST's files.
    MNIST's strokes are about two of these pixels wide; a thinner pen's are widened to that, which MNIST did not do.

    Args:
        path: a picture in any format that Pillow reads, one digit on plain paper; light on dark will do too.
        stages: give all steps, not the last alone.

    Returns: uint8, ``(28, 28)``, 0 is paper and 255 is ink; or `Stages`.

    Raises: ``FileNotFoundError``, ``PermissionError``, or ``ValueError`` for no whole picture, too large a one, or not one digit.

    >>> read_digit("seven.jpg")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    FileNotFoundError: seven.jpg: expected a picture, found what cannot be read: ... Correct the path, or save it as a smaller PNG or JPEG.
    """
    grey = _open(path)
    paper = _paper(grey)
    darkness = np.clip((paper - grey) / np.maximum(paper, 0.1), 0, 1)
    found = _find(darkness, path)
    ink = _widen(found)
    scaled, digit = _place(ink)
    return Stages(grey, paper, darkness, found.astype(float), ink.astype(float), scaled, digit) if stages else digit


def _unfit(path: str | Path, expected: str, found: str, remedy: str = ADVICE) -> ValueError:
    return ValueError(f"{path}: expected {expected}, found {found}. {remedy}")


def _open(path: str | Path) -> np.ndarray:
    """The picture upright, dark on light, in grey values from 0 to 1, its longer side from 400 to 800 pixels, its grain smoothed."""
    try:
        with Image.open(path) as image:
            image.draft("RGB", (LARGEST, LARGEST))  # lets a large JPEG be unpacked small
            image = _flat(ImageOps.exif_transpose(image))
    except Exception as problem:  # the many readers of formats raise all kinds of errors for a file that is damaged or too large
        kind = type(problem) if isinstance(problem, (FileNotFoundError, PermissionError)) else ValueError
        found = f"what cannot be read: {type(problem).__name__}: {problem}".rstrip(".")
        raise kind(f"{path}: expected a picture, found {found}. Correct the path, or save it as a smaller PNG or JPEG.") from None
    if min(image.size) * 50 < max(image.size):
        raise _unfit(path, "a photograph of a digit", f"a strip of {image.width} × {image.height} pixels")
    image.thumbnail((LARGEST, LARGEST), Image.Resampling.BOX)
    size = max(*image.size, LARGEST // 2)  # small ones grow, so that strokes have smooth edges
    grown = np.asarray(ImageOps.contain(image.convert("F"), (size, size))).clip(0, 255).round().astype(np.uint8)
    grey = np.asarray(Image.fromarray(grown).filter(ImageFilter.GaussianBlur(size / 500))) / 255
    n = max(1, min(grey.shape) // 20)
    rim = np.ones(grey.shape, bool)
    rim[n:-n, n:-n] = False
    paper = np.median(grey[rim])  # light ink needs paper that is not light
    return 1 - grey if paper < 0.6 and grey.max() - paper > paper - grey.min() else grey


def _flat(image: Image.Image) -> Image.Image:
    """Grey values, 0 black and 255 white, whatever the picture had: colours, a palette, 16 bits, glass."""
    if image.mode.startswith(("I", "F")):  # 16 or 32 bits, of which nobody says what white is: the lightest
        values = np.nan_to_num(np.asarray(image, dtype=np.float32)).clip(min=0)
        return Image.fromarray((values / max(values.max(), 1e-6) * 255).round().astype(np.uint8))
    if image.has_transparency_data:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    return image.convert("L")


def _paper(grey: np.ndarray) -> np.ndarray:
    """The brightness of the paper: strokes, which are narrow, are filled with the brightness around them."""
    image = Image.fromarray((grey * 255).round().astype(np.uint8))
    small = np.pad(ImageOps.contain(image, (64, 64), Image.Resampling.BOX), 16, mode="edge")  # the filters see paper outside
    paper = Image.fromarray(ndimage.grey_closing(small, 19)).filter(ImageFilter.GaussianBlur(3))
    return np.asarray(ImageOps.crop(paper, 16).resize(image.size, Image.Resampling.BILINEAR)) / 255


def _find(darkness: np.ndarray, path: str | Path) -> np.ndarray:
    """True where the digit's ink is."""
    levels = (darkness * 255).astype(np.uint8)
    counts = np.bincount(levels.ravel(), minlength=256)
    below, total = counts.cumsum(), (counts * np.arange(256)).cumsum()
    apart = (total[-1] * below - total * below[-1]) ** 2.0 / np.maximum(below * (below[-1] - below), 1)
    mask = levels > apart.argmax()  # Otsu's threshold: the pixels above it and the others differ as much as they can
    if not mask.any() or levels[mask].mean() - levels[~mask].mean() < 0.12 * 255:
        raise _unfit(path, "a digit that is darker than its paper", "a blank page, or faint ink", f"Take a darker pen. {ADVICE}")
    groups, _ = ndimage.label(mask, np.ones((3, 3)))  # of touching pixels, corners included; 0 is paper
    area, boxes = np.bincount(groups[mask])[1:], ndimage.find_objects(groups)
    top, bottom, left, right = np.array([(rows.start, rows.stop, columns.start, columns.stop) for rows, columns in boxes]).T
    height = bottom - top
    length, side = np.maximum(height, right - left), max(mask.shape)
    at_rim = (top == 0) | (left == 0) | (bottom == mask.shape[0]) | (right == mask.shape[1])
    if (length[~at_rim] > side / 10).any():
        area[at_rim] = 0  # the edge of a table, a finger: the digit lies inside
    main = area.argmax()
    if length[main] < side / 30 or area[main] < 20:
        raise _unfit(path, "a digit", "nothing larger than a speck", f"Go nearer, or cut the picture out. {ADVICE}")
    gap = np.maximum(left - right[main], left[main] - right)  # columns between a group and the main one
    if ((area > 0) & (height > 0.5 * height[main]) & (gap > 0.1 * height[main])).any():
        raise _unfit(path, "one digit", "several side by side", "Cut the picture into one for each.")
    return mask & (area[groups - 1] > 0.02 * area[main])


def _widen(found: np.ndarray) -> np.ndarray:
    """Strokes at least about as wide as MNIST's: two pixels, once the digit is 20 pixels long."""
    pen = 2 * (np.ptp(np.nonzero(found), axis=1).max() + 1) / 20
    stroke = 2 * found.sum() / (found & ~ndimage.binary_erosion(found)).sum()  # its area over half of its outline
    more = round((pen - stroke) / 2)
    return found if stroke > 0.75 * pen or more < 1 else ndimage.maximum_filter(found, 2 * more + 1, mode="constant")


def _place(ink: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ink alone, its longer side 20 pixels; and laid into 28 × 28 by whole pixels, its centre of mass on pixel 14."""
    image = Image.fromarray(ink.astype(np.float32))
    image = image.crop(image.getbbox())
    size = [max(1, round(n * 20 / max(image.size))) for n in image.size]
    scaled = np.clip(image.resize(size, Image.Resampling.BOX), 0, 1).astype(float)
    free = 28 - np.array(scaled.shape)
    corner = np.clip(14 - np.array(ndimage.center_of_mass(scaled)), 0, free).round().astype(int)
    return scaled, np.pad((255 * scaled).round().astype(np.uint8), np.stack([corner, free - corner], axis=1))
