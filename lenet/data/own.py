"""Read a digit of one's own, from a photograph or a scan, and bring it into the form of MNIST."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

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
    into 28 × 28 pixels so that its centre of mass falls on pixel 14 (LeCun et al. 1998, section III-A). MNIST's strokes
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
        grey = _turn_round(_smooth(_open(path)))
        paper = _paper(grey)
        darkness = np.clip((paper - grey) / np.maximum(paper, 0.1), 0, 1)
        found = _find(darkness)
    except _Unfit as problem:
        raise ValueError(f"{path}: {problem}") from None
    ink = _widen(found)
    scaled = _scale(ink)
    digit = _centre(scaled)
    return Stages(grey, paper, darkness, found.astype(float), ink.astype(float), scaled, digit) if stages else digit


class _Unfit(Exception):
    def __init__(self, expected: str, found: str, remedy: str = ADVICE) -> None:
        super().__init__(f"expected {expected}, found {found}. {remedy}")


def _open(path: Path) -> np.ndarray:
    """The picture upright, in grey values from 0 to 1, its longer side at most 800 pixels and at least 400."""
    from PIL import Image, ImageOps, UnidentifiedImageError

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
                image.load()
                image = ImageOps.exif_transpose(image)
                image = _flat(image)
    except PermissionError:
        raise PermissionError(f"{path}: expected a readable file, found no permission to read it.") from None
    except UnidentifiedImageError:
        raise _Unfit("a picture", "a file in no format that is known", remedy) from None
    except Image.DecompressionBombError:
        raise _Unfit(f"at most {2 * Image.MAX_IMAGE_PIXELS:,} pixels", "more", "Shrink the picture.") from None
    except MemoryError:
        raise _Unfit("a picture that fits into memory", "a larger one", "Shrink it.") from None
    except Exception as problem:  # the many readers of formats raise all kinds of errors for a damaged file
        raise _Unfit("a whole picture", f"a damaged one: {problem}".rstrip("."), remedy) from None
    width, height = image.size
    size = float(np.clip(max(width, height), LARGEST / 2, LARGEST))  # small ones grow, so that strokes have smooth edges
    if min(width, height) * 50 < max(width, height):
        raise _Unfit("a photograph of a digit", f"a strip of {width} × {height} pixels")
    shape = [max(1, round(n * size / max(width, height))) for n in (width, height)]
    kind = Image.Resampling.BOX if size < max(width, height) else Image.Resampling.BICUBIC
    return np.clip(np.asarray(image.resize(shape, kind)), 0, 1)


def _flat(image):
    """One float for each pixel, 0 black and 1 white, whatever the picture had: colours, a palette, 16 bits, glass."""
    from PIL import Image

    image = image.convert("L") if image.mode == "1" else image
    factor = max(image.size) // (2 * LARGEST)
    if factor > 1 and image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        image = image.reduce(factor)  # spares memory; the numbers of a palette cannot be averaged
    if image.mode.startswith(("I", "F")):  # 16 or 32 bits, of which nobody says what white is: the lightest
        values = np.clip(np.nan_to_num(np.asarray(image, dtype=np.float32)), 0, None)
        return Image.fromarray(values / max(float(values.max()), 1e-6))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return Image.fromarray(np.asarray(image.convert("L"), dtype=np.float32) / 255)


def _smooth(grey: np.ndarray) -> np.ndarray:
    """Blurred by a pixel or two, which takes the grain off a photograph, and not the strokes."""
    from PIL import Image, ImageFilter

    levels = Image.fromarray((grey * 255).round().astype(np.uint8))
    return np.asarray(levels.filter(ImageFilter.GaussianBlur(max(grey.shape) / 500))) / 255


def _turn_round(grey: np.ndarray) -> np.ndarray:
    """Dark ink on light paper. Paper is what the rim of the picture shows; light ink needs paper that is not light."""
    n = max(1, min(grey.shape) // 20)
    paper = np.median(np.concatenate([part.ravel() for part in (grey[:n], grey[-n:], grey[:, :n], grey[:, -n:])]))
    return 1 - grey if paper < 0.6 and grey.max() - paper > paper - grey.min() else grey


def _paper(grey: np.ndarray) -> np.ndarray:
    """The brightness of the paper: strokes, which are narrow, are filled with the brightness around them."""
    from PIL import Image, ImageFilter

    height, width = grey.shape
    small = [max(1, round(n * 64 / max(height, width))) for n in (width, height)]
    image = Image.fromarray((grey * 255).round().astype(np.uint8)).resize(small, Image.Resampling.BOX)
    rim = 16  # continued outwards, so that the filters see paper there
    padded = Image.fromarray(np.pad(np.asarray(image), rim, mode="edge"))
    for each in (ImageFilter.MaxFilter(19), ImageFilter.MinFilter(19), ImageFilter.GaussianBlur(3)):
        padded = padded.filter(each)
    inside = padded.crop((rim, rim, rim + small[0], rim + small[1])).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(inside) / 255


def _find(darkness: np.ndarray) -> np.ndarray:
    """True where the digit's ink is."""
    levels = (darkness * 255).astype(np.uint8)
    counts, values = np.bincount(levels.ravel(), minlength=256), np.arange(256)
    below, total = counts.cumsum(), (counts * values).cumsum()
    with np.errstate(divide="ignore", invalid="ignore"):  # Otsu's threshold: both sides differ as much as they can
        light, dark = total / below, (total[-1] - total) / (below[-1] - below)
        apart = np.nan_to_num(below * (below[-1] - below) * (dark - light) ** 2)
    threshold = int(apart.argmax())
    mask = levels > threshold
    if not mask.any() or dark[threshold] - light[threshold] < 255 * FAINTEST:
        raise _Unfit("a digit that is darker than its paper", "a blank page, or faint ink", f"Take a darker pen. {ADVICE}")
    groups = _groups(mask)
    rows, columns = np.nonzero(mask)
    which = groups[mask]
    area = np.bincount(which)
    boxes = np.tile([*darkness.shape, 0, 0], (len(area), 1))  # top, left, bottom, right of each group
    for side, (numbers, extreme) in enumerate([(rows, np.minimum), (columns, np.minimum), (rows, np.maximum), (columns, np.maximum)]):
        extreme.at(boxes[:, side], which, numbers)
    sides = boxes[:, 2:] - boxes[:, :2] + 1  # height, width
    at_rim = (boxes[:, :2] == 0).any(axis=1) | (boxes[:, 2:] == np.array(darkness.shape) - 1).any(axis=1)
    if (~at_rim & (sides.max(axis=1) > max(darkness.shape) / 10)).any():
        area = np.where(at_rim, 0, area)  # the edge of a table, a finger: the digit lies inside
    main = area.argmax()
    if sides[main].max() < max(darkness.shape) / 30 or area[main] < 20:
        raise _Unfit("a digit", "nothing larger than a speck", f"Go nearer, or cut the picture out. {ADVICE}")
    if area.sum() > 0.6 * mask.size:
        raise _Unfit("a digit with paper around it", "more ink than paper")
    gap = np.maximum(boxes[:, 1] - boxes[main, 3], boxes[main, 1] - boxes[:, 3])  # columns between a group and the main one
    beside = (area > 0) & (sides[:, 0] > 0.5 * sides[main, 0]) & (gap > 0.1 * sides[main, 0])
    if beside.any():
        raise _Unfit("one digit", "several side by side", "Cut the picture into one for each.")
    return mask & (area[groups] > 0.02 * area[main])


def _groups(mask: np.ndarray) -> np.ndarray:
    """Number the groups of touching pixels, corners included: from 0, and −1 where the mask is False."""
    numbers = np.full(np.array(mask.shape) + 2, -1)
    inner = numbers[1:-1, 1:-1]
    inner[mask] = np.arange(mask.sum())
    pairs = []
    for down, right in [(0, 1), (1, -1), (1, 0), (1, 1)]:
        neighbour = numbers[1 + down : 1 + down + mask.shape[0], 1 + right : 1 + right + mask.shape[1]]
        touching = mask & (neighbour >= 0)
        pairs.append(np.stack([inner[touching], neighbour[touching]]))
    one, other = np.concatenate(pairs, axis=1)
    head = np.arange(mask.sum())  # each pixel points to one of its group with a lower number, or to itself
    while (head[one] != head[other]).any():
        np.minimum.at(head, np.maximum(head[one], head[other]), np.minimum(head[one], head[other]))
        while (head != head[head]).any():
            head = head[head]
    inner[mask] = np.unique(head, return_inverse=True)[1]
    return inner


def _box(mask: np.ndarray) -> tuple[slice, slice]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _widen(found: np.ndarray) -> np.ndarray:
    """Strokes at least about as wide as MNIST's, once the digit is 20 pixels long."""
    from PIL import Image, ImageFilter

    pixel = max(found[_box(found)].shape) / LONGEST_SIDE  # one of MNIST's pixels, in pixels of the photograph
    rim = round(pixel) + 1
    wide = np.pad(found, rim)
    core = wide & np.roll(wide, 1, 0) & np.roll(wide, -1, 0) & np.roll(wide, 1, 1) & np.roll(wide, -1, 1)
    stroke = 2 * wide.sum() / max((wide & ~core).sum(), 1)  # a stroke's area over half of its outline is its width
    more = round((PEN * pixel - stroke) / 2)
    if stroke > 0.75 * PEN * pixel or more < 1:
        return found
    image = Image.fromarray(wide.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(2 * more + 1))
    return np.asarray(image)[rim:-rim, rim:-rim] > 0


def _scale(ink: np.ndarray) -> np.ndarray:
    from PIL import Image

    cut = ink[_box(ink)]
    height, width = [max(1, round(n * LONGEST_SIDE / max(cut.shape))) for n in cut.shape]
    return np.clip(Image.fromarray(cut.astype(np.float32)).resize((width, height), Image.Resampling.BOX), 0, 1).astype(float)


def _centre(scaled: np.ndarray) -> np.ndarray:
    """Lay the digit into 28 × 28 by whole pixels, its centre of mass on pixel 14."""
    digit = np.zeros((28, 28), np.uint8)
    corner = []
    for axis, size in enumerate(scaled.shape):
        mass = scaled.sum(axis=1 - axis)
        centre = (mass * np.arange(size)).sum() / mass.sum()
        corner.append(int(np.clip(round(CENTRE - centre), 0, 28 - size)))
    place = tuple(slice(start, start + size) for start, size in zip(corner, scaled.shape))
    digit[place] = (255 * scaled).round()
    return digit
