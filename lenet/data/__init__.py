"""MNIST and a reader's own digits: finding, checking and reading them, and preparing them for LeNet-5."""

from lenet.data.mnist import BACKGROUND, INK, Digits, batches, data_folder, load_mnist, prepare, split
from lenet.data.own import Stages, read_digit

__all__ = ["BACKGROUND", "INK", "Digits", "Stages", "batches", "data_folder", "load_mnist", "prepare", "read_digit", "split"]
