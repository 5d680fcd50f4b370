"""Find, check and read MNIST, and prepare its digits for LeNet-5.

MNIST: 70,000 handwritten digits, © Yann LeCun and Corinna Cortes, CC BY-SA 3.0. The four files come with the book;
nothing is ever downloaded.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

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
    """Handwritten digits and their labels. A slice, a mask or an array of indices chooses some: ``Digits`` again.

    Attributes:
        images: uint8, ``(n, 28, 28)``, 0 is paper and 255 is ink.
        labels: uint8, ``(n,)``, from 0 to 9.

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
        return Digits(self.images[selection], self.labels[selection])

    def __repr__(self) -> str:
        labels = f", labels {self.labels.min()} to {self.labels.max()}" if len(self) else ""
        return f"Digits({len(self)} images of 28 × 28{labels})"


def data_folder() -> Path:
    """The folder that holds ``mnist/`` and ``weights/``: the one that the environment variable ``LENET_DATA`` names; if it
    names none, ``data/`` of the checkout, or else the copy inside the installed package.

    Raises: ``FileNotFoundError`` where there is no such folder with ``mnist/`` in it.
    """
    named, package = os.environ.get("LENET_DATA"), Path(__file__).resolve().parents[1]
    places = [Path(named)] if named else [package.parent / "data", package / "_data"]
    for place in places:
        if (place / "mnist").is_dir():
            return place
    remedy = "Correct LENET_DATA, or unset it to use the data that comes with the book." if named else "Install the book again."
    raise FileNotFoundError(f"Expected the folder mnist in {' or '.join(map(str, places))}, found none. {remedy}")


def load_mnist() -> tuple[Digits, Digits]:
    """Load MNIST as ``(train, test)``: 60,000 digits to learn from and 10,000 to test with, in the files' order.

    Raises: ``FileNotFoundError``, ``PermissionError``, or ``ValueError`` where a file is not MNIST's to the last byte.

    >>> train, test = load_mnist()
    >>> len(train), len(test), int(train.labels[0])
    (60000, 10000, 5)
    """
    arrays = [_read(data_folder() / "mnist" / name, shape, sha256) for name, (shape, sha256) in FILES.items()]
    return Digits(*arrays[:2]), Digits(*arrays[2:])


def _read(path: Path, shape: tuple[int, ...], sha256: str) -> np.ndarray:
    """What stands in a gzipped IDX file behind its header. The digest of the whole proves the header, too."""
    header = 4 + 4 * len(shape)  # the kind of values and the number of dimensions, then the length of each
    length = header + np.prod(shape)
    try:
        with gzip.open(path) as file:
            content = file.read(length + 1)  # one byte too many is seen, and no more: a hostile file unpacks to anything
        if hashlib.sha256(content).hexdigest() == sha256:
            return np.frombuffer(content, np.uint8, offset=header).reshape(shape)
        kind, found = ValueError, f"{len(content):,} with another"
    except (OSError, EOFError, zlib.error) as problem:
        kind = type(problem) if isinstance(problem, (FileNotFoundError, PermissionError)) else ValueError
        found = f"what cannot be read ({problem})"
    expected = f"{length:,} bytes with the SHA-256 {sha256[:12]}… after unpacking"
    raise kind(f"{path}: expected {expected}, found {found}. Restore it from the repository; if two are swapped, swap their names.")


def prepare(images: np.ndarray, paper: float = BACKGROUND, ink: float = INK) -> np.ndarray:
    """Pad digits to 32 × 32 and scale them as LeNet-5 wants them (LeCun et al. 1998, section II-B).

    Args:
        images: uint8, ``(n, 28, 28)``, 0 is paper and 255 is ink.
        paper, ink: what these two become. Greys lie evenly between.

    Returns:
        float32, ``(n, 32, 32, 1)``: paper is −0.1, ink is 1.175, unless asked otherwise; the digit sits in the middle.

    Raises: ``ValueError`` for another shape, or values that are not uint8.

    >>> prepared = prepare(np.zeros((3, 28, 28), np.uint8))
    >>> prepared.shape, float(prepared.min())
    ((3, 32, 32, 1), -0.10000000149011612)
    """
    _check_images(images)
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    scaled = paper + (ink - paper) * (padded / np.float32(255))
    return scaled.astype(np.float32)[..., np.newaxis]


def split(train: Digits) -> tuple[Digits, Digits]:
    """Split MNIST's 60,000 training digits, or raise ``ValueError`` for others: the first 55,000 to learn from, the last
    5,000 to validate with."""
    if len(train) != 60_000:
        raise ValueError(f"Expected the 60,000 training digits of MNIST, received {len(train):,} digits.")
    return train[:55_000], train[55_000:]


def batches(images: np.ndarray, labels: np.ndarray, batch_size: int = 128, seed: int | None = None):
    """A ``tf.data`` pipeline of pairs ``(images, labels)``, over prepared images.

    Args:
        images, labels: float32, ``(n, …)``, and integers, ``(n,)``.
        batch_size: digits in a batch, at least 1; the last batch may be smaller.
        seed: shuffles the digits anew in each pass, the same way for the same seed; ``None`` keeps their order.

    Raises: ``ValueError`` for not as many labels as images, or a batch size below 1.
    """
    import tensorflow as tf

    if len(images) != len(labels) or batch_size < 1:
        received = f"{len(images)} images, {len(labels)} labels and {batch_size}"
        raise ValueError(f"Expected as many labels as images, and a batch size of at least 1, received {received}.")
    images, labels = tf.constant(images), tf.constant(labels)
    indices = tf.data.Dataset.range(len(images))  # shuffling numbers is cheaper than shuffling pictures
    if seed is not None:
        indices = indices.shuffle(len(images), seed=seed)
    pairs = indices.batch(batch_size).map(lambda i: (tf.gather(images, i), tf.gather(labels, i)))
    return pairs.prefetch(tf.data.AUTOTUNE)


def _check_images(images: np.ndarray) -> None:
    kind, shape = getattr(images, "dtype", type(images).__name__), np.shape(images)
    if kind != np.uint8 or shape[1:] != (28, 28):
        hint = " One digit alone is a set of one as digits[i : i + 1], or image[np.newaxis]." if shape == (28, 28) else ""
        raise ValueError(f"Expected images of type uint8, from 0 to 255, and shape (n, 28, 28), received {kind} and {shape}.{hint}")
