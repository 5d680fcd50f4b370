"""lenet.data: every file that is not exactly right is refused, with an error that says what to do."""

import gzip
import hashlib
import os
import shutil
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lenet import data
from lenet.data import Digits, batches, data_folder, load_mnist, prepare, split


@pytest.fixture(scope="module")
def mnist():
    return load_mnist()


def idx(values: np.ndarray, kind: int = 8) -> bytes:
    header = bytes([0, 0, kind, values.ndim]) + b"".join(n.to_bytes(4, "big") for n in values.shape)
    return header + values.tobytes()


def test_mnist_is_mnist(mnist):
    train, test = mnist
    assert train.images.shape == (60_000, 28, 28) and test.images.shape == (10_000, 28, 28)
    assert round(float(train.images.mean()), 3) == 33.318 and round(float(train.images.std()), 3) == 78.567
    assert np.bincount(test.labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


@settings(max_examples=30, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(0, 4), st.integers(1, 5), st.integers(1, 5))))
def test_reads_what_was_written(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("idx") / "values.gz"
    path.write_bytes(gzip.compress(idx(values)))
    np.testing.assert_array_equal(data.mnist._read(path, values.shape, hashlib.sha256(idx(values)).hexdigest()), values)


IMAGES = np.arange(2 * 28 * 28, dtype=np.uint64).astype(np.uint8).reshape(2, 28, 28)
GOOD = idx(IMAGES)
PACKED = gzip.compress(GOOD)
BAD = {  # the content, and what is said to have been found
    "not gzip": (GOOD, "what cannot be read (Not a gzipped file"),
    "empty": (b"", "0 with another"),
    "cut short": (PACKED[: len(PACKED) // 2], "what cannot be read (Compressed file ended"),
    "damaged": (PACKED[:60] + bytes(20) + PACKED[80:], "what cannot be read (CRC check failed"),
    "labels for images": (gzip.compress(idx(IMAGES[0, 0])), "36 with another"),
    "floats": (gzip.compress(idx(IMAGES, kind=13)), "1,584 with another"),
    "header only in part": (gzip.compress(GOOD[:9]), "9 with another"),
    "a byte missing": (gzip.compress(GOOD[:-1]), "1,583 with another"),
    "a byte too many": (gzip.compress(GOOD + b"\0"), "1,585 with another"),
    "a huge file": (gzip.compress(GOOD + bytes(10**7)), "1,585 with another"),
    "another content": (gzip.compress(GOOD[:-1] + b"\xff"), "1,584 with another"),
}


def read(path):
    return data.mnist._read(path, (2, 28, 28), hashlib.sha256(GOOD).hexdigest())


@pytest.mark.parametrize("name", BAD)
def test_refuses_a_bad_file(tmp_path, name):
    content, found = BAD[name]
    path = tmp_path / "images.gz"
    path.write_bytes(content)
    with pytest.raises(ValueError) as caught:
        read(path)
    words = str(caught.value)
    assert words.startswith(f"{path}: expected 1,584 bytes with the SHA-256 ") and f"… after unpacking, found {found}" in words
    assert words.endswith("Restore it from the repository; if two are swapped, swap their names.")


def test_a_hostile_file_takes_little_memory(tmp_path):
    path = tmp_path / "images.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(300):
            file.write(bytes(10**6))
    tracemalloc.start()
    with pytest.raises(ValueError, match="found 1,585 with another"):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < 10**6
    tracemalloc.stop()


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="none.gz: expected 1,584 bytes .* found what cannot be read .*No such file.* Restore it"):
        read(tmp_path / "none.gz")
    with pytest.raises(ValueError, match="found what cannot be read .*Is a directory"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super-user may read every file")
def test_no_permission(tmp_path):
    path = tmp_path / "images.gz"
    path.write_bytes(PACKED)
    path.chmod(0)
    with pytest.raises(PermissionError, match="found what cannot be read .*ermission"):
        read(path)


def test_no_permission_is_told_with_the_file(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(data.mnist.gzip, "open", refuse)
    with pytest.raises(PermissionError, match="images.gz: expected 1,584 bytes .* found what cannot be read .*Permission denied"):
        read(tmp_path / "images.gz")


def test_one_flipped_bit_in_mnist_is_found(tmp_path, monkeypatch):
    shutil.copytree(data_folder() / "mnist", tmp_path / "mnist")
    path = tmp_path / "mnist" / "t10k-labels-idx1-ubyte.gz"
    content = bytearray(gzip.decompress(path.read_bytes()))
    content[4321] ^= 1
    path.write_bytes(gzip.compress(bytes(content)))
    monkeypatch.setenv("LENET_DATA", str(tmp_path))
    with pytest.raises(ValueError, match="t10k-labels-idx1-ubyte.gz: expected 10,008 bytes with the SHA-256 .* found 10,008 with another"):
        load_mnist()


def test_swapped_files_are_found(tmp_path, monkeypatch):
    folder = shutil.copytree(data_folder() / "mnist", tmp_path / "mnist")
    images, labels = folder / "t10k-images-idx3-ubyte.gz", folder / "t10k-labels-idx1-ubyte.gz"
    images.rename(tmp_path / "aside")
    labels.rename(images)
    (tmp_path / "aside").rename(labels)
    monkeypatch.setenv("LENET_DATA", str(tmp_path))
    with pytest.raises(ValueError, match="t10k-images-idx3-ubyte.gz: .* found 10,008 with another. .* if two are swapped, swap their names"):
        load_mnist()


def test_where_the_data_is_looked_for(tmp_path, monkeypatch):
    package = tmp_path / "site" / "lenet"
    package.mkdir(parents=True)
    monkeypatch.setattr(data.mnist, "__file__", str(package / "data" / "mnist.py"))
    monkeypatch.delenv("LENET_DATA", raising=False)
    with pytest.raises(FileNotFoundError, match="Expected the folder mnist in .*data or .*_data, found none. Install the book again."):
        data_folder()
    (package / "_data" / "mnist").mkdir(parents=True)
    assert data_folder() == package / "_data"  # the installed package
    (tmp_path / "site" / "data" / "mnist").mkdir(parents=True)
    assert data_folder() == tmp_path / "site" / "data"  # the checkout comes first
    monkeypatch.setenv("LENET_DATA", str(tmp_path / "own"))
    with pytest.raises(FileNotFoundError, match="Expected the folder mnist in .*own, found none. Correct LENET_DATA"):
        data_folder()
    (tmp_path / "own" / "mnist").mkdir(parents=True)
    assert data_folder() == tmp_path / "own"  # what the reader says comes before both


def test_prepare_by_hand(mnist):
    images = mnist[1].images[:5]
    prepared = prepare(images)
    by_hand = np.full((5, 32, 32), -0.1)
    for n, row, column in np.ndindex(5, 28, 28):
        by_hand[n, row + 2, column + 2] = -0.1 + 1.275 * int(images[n, row, column]) / 255
    assert prepared.dtype == np.float32 and prepared.shape == (5, 32, 32, 1)
    np.testing.assert_allclose(prepared[..., 0], by_hand, atol=1e-6)


def test_prepare_with_another_scale(mnist):
    prepared = prepare(mnist[1].images[:5], paper=0.0, ink=1.0)
    np.testing.assert_allclose(prepared[:, 2:-2, 2:-2, 0], mnist[1].images[:5] / 255, atol=1e-6)
    assert not prepared[:, :2].any()


@pytest.mark.parametrize(
    "images, message",
    [
        (np.zeros((28, 28), np.uint8), r"shape \(n, 28, 28\), received uint8 and \(28, 28\). One digit alone is a set of one as digits\[i : i \+ 1\], or image\[np.newaxis\]"),
        (np.zeros((2, 32, 32), np.uint8), r"received uint8 and \(2, 32, 32\)"),
        (np.zeros((2, 28, 28)), r"type uint8, from 0 to 255, and shape \(n, 28, 28\), received float64 and \(2, 28, 28\)"),
        ("seven", r"received str and \(\)"),
        (np.zeros((2, 28, 28), np.uint8).tolist(), r"received list and \(2, 28, 28\)"),
    ],
)
def test_prepare_refuses(images, message):
    with pytest.raises(ValueError, match=message):
        prepare(images)


def test_split_keeps_every_digit_once(mnist):
    train, test = mnist
    training, validation = split(train)
    assert (len(training), len(validation)) == (55_000, 5_000)
    np.testing.assert_array_equal(np.concatenate([training.labels, validation.labels]), train.labels)
    with pytest.raises(ValueError, match="Expected the 60,000 training digits of MNIST, received 10,000"):
        split(test)


def test_digits(mnist):
    few = mnist[1][np.array([3, 5])]
    assert repr(few) == "Digits(2 images of 28 × 28, labels 0 to 1)" and len(few) == 2
    assert repr(few[:0]) == "Digits(0 images of 28 × 28)"
    with pytest.raises(ValueError, match=r"One digit alone is a set of one as digits\[i : i \+ 1\]"):
        few[1]
    with pytest.raises(ValueError, match=r"Expected labels of shape \(2,\), received \(3,\)"):
        Digits(few.images, np.zeros(3, np.uint8))


def test_batches_give_every_digit_once_and_repeat_with_their_seed():
    images, labels = np.arange(10, dtype=np.float32), np.arange(10)

    def passes(seed):
        pipeline = batches(images, labels, 4, seed)
        return [[int(n) for _, batch in pipeline for n in batch] for _ in range(2)]

    assert passes(None) == [list(range(10))] * 2
    first, second = passes(1)
    assert sorted(first) == sorted(second) == list(range(10)) and first != second  # shuffled anew in each pass
    assert passes(1) == [first, second] and passes(2) != [first, second]
    for pictures, numbers in batches(images, labels, 4, 1):
        np.testing.assert_array_equal(pictures, numbers)  # a label stays with its image
    with pytest.raises(ValueError, match="as many labels as images, .* received 10 images, 9 labels and 4"):
        batches(images, labels[:9], 4)
    with pytest.raises(ValueError, match="batch size of at least 1, received 10 images, 10 labels and 0"):
        batches(images, labels, 0)
