"""Find, check and read MNIST, and prepare its digits for LeNet-5.

MNIST: 70,000 handwritten digits, © Yann LeCun and Corinna Cortes, CC BY-SA 3.0. The four files come with the book;
nothing is ever downloaded.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import tensorflow as tf

BACKGROUND = -0.1  # what a white pixel becomes (LeCun et al. 1998, section II-B)
INK = 1.175  # what a black pixel becomes (the same paragraph)
FILES = {  # the shape of each file's content, and the SHA-256 of the file once unpacked
    "train-images-idx3-ubyte.gz": ((60_000, 28, 28), "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    "train-labels-idx1-ubyte.gz": ((60_000,), "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    "t10k-images-idx3-ubyte.gz": ((10_000, 28, 28), "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    "t10k-labels-idx1-ubyte.gz": ((10_000,), "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
}


@dataclass(frozen=True, eq=False)
class Digits:
    """Handwritten digits and their labels.

    Attributes:
        images: uint8, ``(n, 28, 28)``, 0 is paper and 255 is ink.
        labels: uint8, ``(n,)``, from 0 to 9.

    Indexing with a slice, a mask or an array of indices gives ``Digits`` again.

    >>> train, test = load_mnist()
    >>> test[:100]
    Digits(100 images of 28 × 28, labels 0 to 9)
    """

    images: np.ndarray
    labels: np.ndarray

    def __post_init__(self) -> None:
        _check_images(self.images)
        if self.labels.shape != (len(self.images),):
            raise ValueError(f"Expected labels of shape ({len(self.images)},), received {self.labels.shape}.")

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, selection: slice | np.ndarray | list[int]) -> Digits:
        if isinstance(selection, (int, np.integer)):
            hint = f"One digit is digits.images[{selection}]; a set of one is digits[{selection}:{selection + 1}]."
            raise TypeError(f"Expected a slice, a mask or indices, received the number {selection}. {hint}")
        return Digits(self.images[selection], self.labels[selection])

    def __repr__(self) -> str:
        labels = f", labels {self.labels.min()} to {self.labels.max()}" if len(self) else ""
        return f"Digits({len(self)} images of 28 × 28{labels})"


def data_folder() -> Path:
    """The folder that holds ``mnist/`` and ``weights/``.

    It is, in this order: the folder that the environment variable ``LENET_DATA`` names; ``data/`` of the checkout;
    the copy inside the installed package.

    Raises:
        FileNotFoundError: ``LENET_DATA`` names no folder, or none of the places exists.
    """
    named = os.environ.get("LENET_DATA")
    if named:
        if Path(named).is_dir():
            return Path(named)
        remedy = "Correct the variable, or unset it to use the data that comes with the book."
        raise FileNotFoundError(f"Expected the folder {named}, as LENET_DATA says, found none. {remedy}")
    package = Path(__file__).resolve().parents[1]
    places = [package.parent / "data", package / "_data"]
    for place in places:
        if (place / "mnist").is_dir():
            return place
    raise FileNotFoundError(f"Expected the book's data in {places[0]} or {places[1]}, found neither. Install it again.")


def read_idx(path: str | Path, shape: tuple[int, ...], sha256: str | None = None) -> np.ndarray:
    """Read one gzipped IDX file, and check all of it before giving anything back.

    The format: two zero bytes, the type (8: unsigned byte), the number of dimensions, each dimension as four bytes,
    most significant first, then the values.

    Args:
        path: the file.
        shape: the dimensions that the file must declare, ``(n, 28, 28)`` for images, ``(n,)`` for labels.
        sha256: the SHA-256 of the unpacked file, in hexadecimal; ``None`` to leave that check out.

    Returns:
        uint8, of the given shape.

    Raises:
        FileNotFoundError, PermissionError: the file is not there, or may not be read.
        ValueError: the file is no gzip or damaged, or has another header, length or content than it should.
    """
    path = Path(path)

    def wrong(expected: str, found: str, remedy: str = "Restore the file from the repository.") -> ValueError:
        return ValueError(f"{path}: expected {expected}, found {found}. {remedy}")

    header = bytes([0, 0, 8, len(shape)]) + np.array(shape, ">u4").tobytes()
    length = len(header) + math.prod(shape)
    try:
        with gzip.open(path) as file:
            content = file.read(length + 1)  # one byte more than wanted shows a file that is too long
    except FileNotFoundError:
        remedy = "Restore it from the repository, or correct the environment variable LENET_DATA if it is set."
        raise FileNotFoundError(f"{path}: expected a file of MNIST, found none. {remedy}") from None
    except PermissionError:
        raise PermissionError(f"{path}: expected a readable file, found no permission to read it.") from None
    except (IsADirectoryError, gzip.BadGzipFile, EOFError, zlib.error) as problem:
        raise wrong("a whole gzipped file", f"what does not unpack: {problem}".rstrip(".")) from None

    start = content[: len(header)]
    if start != header:
        found = start.hex(" ", -4) or "an empty file"
        remedy = "Restore the file from the repository; if images and labels are swapped, swap their names."
        raise wrong(f"the header {header.hex(' ', -4)}, for the shape {tuple(shape)}", found, remedy)
    if len(content) != length:
        found = f"only {len(content):,}" if len(content) < length else "more"
        raise wrong(f"{length:,} bytes after unpacking", found)
    if sha256 is not None and (digest := hashlib.sha256(content).hexdigest()) != sha256:
        raise wrong(f"the content with SHA-256 {sha256[:12]}…", f"{digest[:12]}…: some bytes differ")
    return np.frombuffer(content, np.uint8, offset=len(header)).reshape(shape)


def load_mnist() -> tuple[Digits, Digits]:
    """Load MNIST as ``(train, test)``: 60,000 digits to learn from and 10,000 to test with, in the files' order.

    Raises:
        FileNotFoundError, PermissionError, ValueError: as `data_folder` and `read_idx` do.

    >>> train, test = load_mnist()
    >>> len(train), len(test), int(train.labels[0])
    (60000, 10000, 5)
    """
    folder = data_folder() / "mnist"
    arrays = [read_idx(folder / name, shape, sha256) for name, (shape, sha256) in FILES.items()]
    return Digits(*arrays[:2]), Digits(*arrays[2:])


def prepare(images: np.ndarray, paper: float = BACKGROUND, ink: float = INK) -> np.ndarray:
    """Pad digits to 32 × 32 and scale them as LeNet-5 wants them (LeCun et al. 1998, section II-B).

    Args:
        images: uint8, ``(n, 28, 28)``, 0 is paper and 255 is ink.
        paper, ink: what these two become. Greys lie evenly between.

    Returns:
        float32, ``(n, 32, 32, 1)``: paper is −0.1, ink is 1.175, unless asked otherwise; the digit sits in the middle.

    Raises:
        ValueError: another shape, or values that are not uint8.

    >>> digits = np.zeros((3, 28, 28), np.uint8)
    >>> prepared = prepare(digits)
    >>> prepared.shape, float(prepared.min())
    ((3, 32, 32, 1), -0.10000000149011612)
    """
    _check_images(images)
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    scaled = paper + (ink - paper) * (padded / np.float32(255))
    return scaled.astype(np.float32)[..., np.newaxis]


def split(train: Digits) -> tuple[Digits, Digits]:
    """Split MNIST's training digits: the first 55,000 to learn from, the last 5,000 to validate with.

    Raises:
        ValueError: ``train`` does not hold the 60,000 training digits.
    """
    if len(train) != 60_000:
        raise ValueError(f"Expected the 60,000 training digits of MNIST, received {len(train):,} digits.")
    return train[:55_000], train[55_000:]


def batches(images: np.ndarray, labels: np.ndarray, batch_size: int = 128, seed: int | None = None) -> tf.data.Dataset:
    """A ``tf.data`` pipeline of pairs ``(images, labels)``, over prepared images.

    Args:
        images: float32, ``(n, …)``.
        labels: integers, ``(n,)``.
        batch_size: digits in a batch; the last batch may be smaller.
        seed: shuffles the digits anew in each pass, the same way for the same seed; ``None`` keeps their order.

    Raises:
        ValueError: as many labels as images were expected, or a batch size of at least 1.
    """
    import tensorflow as tf

    if len(images) != len(labels):
        raise ValueError(f"Expected as many labels as images, received {len(images)} images and {len(labels)} labels.")
    if batch_size < 1:
        raise ValueError(f"Expected a batch size of at least 1, received {batch_size}.")
    images, labels = tf.constant(images), tf.constant(labels)
    indices = tf.data.Dataset.range(len(images))  # shuffling numbers is cheaper than shuffling pictures
    if seed is not None:
        indices = indices.shuffle(len(images), seed=seed)
    pairs = indices.batch(batch_size).map(lambda i: (tf.gather(images, i), tf.gather(labels, i)))
    return pairs.prefetch(tf.data.AUTOTUNE)


def _check_images(images: np.ndarray) -> None:
    if not isinstance(images, np.ndarray) or images.ndim != 3 or images.shape[1:] != (28, 28):
        hint = " One image alone becomes a set of one by image[np.newaxis]." if np.shape(images) == (28, 28) else ""
        raise ValueError(f"Expected images of shape (n, 28, 28), received {np.shape(images)}.{hint}")
    if images.dtype != np.uint8:
        raise ValueError(f"Expected images of type uint8, from 0 to 255, received {images.dtype}.")
