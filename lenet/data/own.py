"""Read a digit of one's own, from a photograph or a scan, and bring it into the form of MNIST."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError
from scipy import ndimage

LARGEST = 800  # pixels along the longer side that are looked at; larger pictures are shrunk first
LONGEST_SIDE = 20  # of the ink, in MNIST's pixels
CENTRE = 14  # the row and the column, counted from 0, on which MNIST puts the centre of mass
FAINTEST = 0.12  # ink is at least this much darker than the paper around it, 1 being black
PEN = 2.0  # MNIST's strokes are about this wide; thinner ones are widened to it
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

    The paper's brightness is estimated at each place and divided out; what is clearly darker is ink. Specks are
    dropped. The ink's bounding box is shrunk, by averages over areas, until its longer side is 20 pixels, and is laid
    into 28 × 28 pixels so that its centre of mass falls on pixel 14, as in MNIST's files. MNIST's strokes
    are about two of these pixels wide; a thinner pen's are widened to that, which MNIST did not do.

    Args:
        path: a picture in any format that Pillow reads, one digit on plain paper; light on dark will do too.
        stages: give all steps, not the last alone.

    Returns:
        uint8, ``(28, 28)``, 0 is paper and 255 is ink; or `Stages`.

    Raises:
        FileNotFoundError, PermissionError: the file is not there, or may not be read.
        ValueError: the file is no picture or is damaged, or does not show one digit.

    >>> read_digit("seven.jpg")
    Traceback (most recent call last):
    FileNotFoundError: seven.jpg: expected a photograph of a digit, found no file. Correct the path.
    """
    path = Path(path)
    try:
        grey = _turn_round(_open(path))
        paper = _paper(grey)
        darkness = np.clip((paper - grey) / np.maximum(paper, 0.1), 0, 1)
        found = _find(darkness)
    except _Unfit as problem:
        raise ValueError(f"{path}: {problem}") from None
    ink = _widen(found)
    scaled = _scale(ink)
    steps = Stages(grey, paper, darkness, found.astype(float), ink.astype(float), scaled, _centre(scaled))
    return steps if stages else steps.digit


class _Unfit(Exception):
    def __init__(self, expected: str, found: str, remedy: str = ADVICE) -> None:
        super().__init__(f"expected {expected}, found {found}. {remedy}")


def _open(path: Path) -> np.ndarray:
    """The picture upright, in grey values from 0 to 1, its longer side from 400 to 800 pixels, its grain smoothed."""
    remedy = "Save it as PNG or JPEG."
    if not path.exists():
        raise FileNotFoundError(f"{path}: expected a photograph of a digit, found no file. Correct the path.")
    if path.is_dir():
        raise _Unfit("a photograph of a digit", "a folder", "Add the name of the file.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as that a picture is large: it is shrunk
            with Image.open(path) as image:
                image.draft("RGB", (LARGEST, LARGEST))  # lets a large JPEG be unpacked small
                image = _flat(ImageOps.exif_transpose(image))
    except PermissionError:
        raise PermissionError(f"{path}: expected a readable file, found no permission to read it.") from None
    except UnidentifiedImageError:
        raise _Unfit("a picture", "a file in no format that is known", remedy) from None
    except (Image.DecompressionBombError, MemoryError):
        size = f"at most {2 * Image.MAX_IMAGE_PIXELS:,} pixels, and room for them in memory"
        raise _Unfit(size, "a larger picture", "Shrink it.") from None
    except Exception as problem:  # the many readers of formats raise all kinds of errors for a damaged file
        raise _Unfit("a whole picture", f"a damaged one: {problem}".rstrip("."), remedy) from None
    if min(image.size) * 50 < max(image.size):
        raise _Unfit("a photograph of a digit", f"a strip of {image.width} × {image.height} pixels")
    image.thumbnail((LARGEST, LARGEST), Image.Resampling.BOX)
    size = max(*image.size, LARGEST // 2)  # small ones grow, so that strokes have smooth edges
    grown = ImageOps.contain(image.convert("F"), (size, size))
    levels = Image.fromarray(np.asarray(grown).clip(0, 255).round().astype(np.uint8))
    return np.asarray(levels.filter(ImageFilter.GaussianBlur(size / 500))) / 255


def _flat(image: Image.Image) -> Image.Image:
    """Grey values, 0 black and 255 white, whatever the picture had: colours, a palette, 16 bits, glass."""
    if image.mode.startswith(("I", "F")):  # 16 or 32 bits, of which nobody says what white is: the lightest
        values = np.nan_to_num(np.asarray(image, dtype=np.float32)).clip(min=0)
        return Image.fromarray((values / max(values.max(), 1e-6) * 255).round().astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("L")


def _turn_round(grey: np.ndarray) -> np.ndarray:
    """Dark ink on light paper. Paper is what the rim of the picture shows; light ink needs paper that is not light."""
    n = max(1, min(grey.shape) // 20)
    rim = np.ones(grey.shape, bool)
    rim[n:-n, n:-n] = False
    paper = np.median(grey[rim])
    return 1 - grey if paper < 0.6 and grey.max() - paper > paper - grey.min() else grey


def _paper(grey: np.ndarray) -> np.ndarray:
    """The brightness of the paper: strokes, which are narrow, are filled with the brightness around them."""
    image = Image.fromarray((grey * 255).round().astype(np.uint8))
    rim = 16  # continued outwards, so that the filters see paper there
    small = np.pad(ImageOps.contain(image, (64, 64), Image.Resampling.BOX), rim, mode="edge")
    paper = Image.fromarray(ndimage.grey_closing(small, 19)).filter(ImageFilter.GaussianBlur(3))
    return np.asarray(ImageOps.crop(paper, rim).resize(image.size, Image.Resampling.BILINEAR)) / 255


def _find(darkness: np.ndarray) -> np.ndarray:
    """True where the digit's ink is."""
    levels = (darkness * 255).astype(np.uint8)
    mask = levels > _threshold(levels)
    if not mask.any() or levels[mask].mean() - levels[~mask].mean() < 255 * FAINTEST:
        raise _Unfit("a digit that is darker than its paper", "a blank page, or faint ink", f"Take a darker pen. {ADVICE}")
    groups, _ = ndimage.label(mask, np.ones((3, 3)))  # of touching pixels, corners included; 0 is paper
    area = np.bincount(groups[mask])[1:]
    boxes = ndimage.find_objects(groups)
    top, bottom, left, right = np.array([(rows.start, rows.stop, columns.start, columns.stop) for rows, columns in boxes]).T
    height, width = bottom - top, right - left
    at_rim = (top == 0) | (left == 0) | (bottom == mask.shape[0]) | (right == mask.shape[1])
    if (~at_rim & (np.maximum(height, width) > max(mask.shape) / 10)).any():
        area[at_rim] = 0  # the edge of a table, a finger: the digit lies inside
    main = area.argmax()
    if max(height[main], width[main]) < max(mask.shape) / 30 or area[main] < 20:
        raise _Unfit("a digit", "nothing larger than a speck", f"Go nearer, or cut the picture out. {ADVICE}")
    if area.sum() > 0.6 * mask.size:
        raise _Unfit("a digit with paper around it", "more ink than paper")
    gap = np.maximum(left - right[main], left[main] - right)  # columns between a group and the main one
    if ((area > 0) & (height > 0.5 * height[main]) & (gap > 0.1 * height[main])).any():
        raise _Unfit("one digit", "several side by side", "Cut the picture into one for each.")
    return mask & (area[groups - 1] > 0.02 * area[main])


def _threshold(levels: np.ndarray) -> int:
    """Otsu's: the pixels above it and the others differ as much as they can."""
    counts = np.bincount(levels.ravel(), minlength=256)
    below, total = counts.cumsum(), (counts * np.arange(256)).cumsum()
    with np.errstate(invalid="ignore"):  # 0 / 0 where all pixels are on one side
        apart = (total[-1] * below - total * below[-1]) ** 2.0 / (below * (below[-1] - below))
    return int(np.nan_to_num(apart).argmax())


def _box(mask: np.ndarray) -> tuple[slice, slice]:
    return ndimage.find_objects(mask.astype(int))[0]


def _widen(found: np.ndarray) -> np.ndarray:
    """Strokes at least about as wide as MNIST's, once the digit is 20 pixels long."""
    pixel = max(found[_box(found)].shape) / LONGEST_SIDE  # one of MNIST's pixels, in pixels of the photograph
    outline = found & ~ndimage.binary_erosion(found)
    stroke = 2 * found.sum() / outline.sum()  # a stroke's area over half of its outline is its width
    more = round((PEN * pixel - stroke) / 2)
    if stroke > 0.75 * PEN * pixel or more < 1:
        return found
    return ndimage.maximum_filter(found, 2 * more + 1, mode="constant")


def _scale(ink: np.ndarray) -> np.ndarray:
    cut = ink[_box(ink)]
    height, width = [max(1, round(n * LONGEST_SIDE / max(cut.shape))) for n in cut.shape]
    return np.clip(Image.fromarray(cut.astype(np.float32)).resize((width, height), Image.Resampling.BOX), 0, 1).astype(float)


def _centre(scaled: np.ndarray) -> np.ndarray:
    """Lay the digit into 28 × 28 by whole pixels, its centre of mass on pixel 14."""
    free = 28 - np.array(scaled.shape)
    corner = np.clip(CENTRE - np.array(ndimage.center_of_mass(scaled)), 0, free).round().astype(int)
    return np.pad((255 * scaled).round().astype(np.uint8), np.stack([corner, free - corner], axis=1))
