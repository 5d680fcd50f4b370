"""Checks for chapter 12, the gradients by hand."""

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import check
from lenet.exercises.convolution import convolve


def check_dense_back(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]) -> None:
    """Check the slopes of W ``(inputs, outputs)``, of b ``(outputs,)`` and of X ``(n, inputs)`` in X @ W + b: of X, W and G
    ``(n, outputs)``, the slopes of the sums."""
    random = np.random.default_rng(12)
    sizes = [(4, 3, 2), (2, 5, 5), (1, 2, 3)]

    def back(X: np.ndarray, W: np.ndarray, G: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return X.T @ G, G.sum(axis=0), G @ W.T

    cases = {f"{n} pictures, {i} inputs, {o} sums": tuple(map(random.normal, [0] * 3, [1] * 3, [(n, i), (i, o), (n, o)])) for n, i, o in sizes}
    slips = {
        "the slopes of W are divided by the number of pictures. Add, and do not divide.": lambda X, W, G: (X.T @ G / len(X), G.sum(axis=0), G @ W.T),
        "the slopes of b are means. Each picture adds its slope: a sum.": lambda X, W, G: (X.T @ G, G.mean(axis=0), G @ W.T),
        "the slopes of b are added over the sums. Add over the pictures: axis=0.": lambda X, W, G: (X.T @ G, G.sum(axis=1), G @ W.T),
        "the slopes of b are still one row for each picture. Add over the pictures.": lambda X, W, G: (X.T @ G, G, G @ W.T),
        "a transpose is missing, or the order is wrong. W: X.T @ G.": lambda X, W, G: (G @ X.T, G.sum(axis=0), G @ W.T),
        "a transpose is missing, or the order is wrong. X: G @ W.T.": lambda X, W, G: (X.T @ G, G.sum(axis=0), G @ W),
        "the order is W, b, X.": lambda X, W, G: (X.T @ G, G @ W.T, G.sum(axis=0)),
    }
    check(answer, back, cases, slips)


def check_kernel_back(answer: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check the slopes of a kernel, ``(k - m + 1, k - m + 1)``, that slides over an image ``(k, k)``: of the image and of G
    ``(m, m)``, the slopes of the numbers of the map."""
    random = np.random.default_rng(13)

    def back(image: np.ndarray, G: np.ndarray) -> np.ndarray:
        return convolve(image, G[:, :, np.newaxis])[:, :, 0]

    cases = {
        f"an image of {n} × {n} and a map of {m} × {m}": (random.normal(size=(n, n)), random.normal(size=(m, m)))
        for n, m in [(6, 4), (5, 5), (7, 2)]
    }
    slips = {
        "G is turned upside down and left to right. Slide it as it is.": lambda i, G: back(i, G[::-1, ::-1]),
        "this is a mean over the places. Each place adds: a sum.": lambda i, G: back(i, G) / G.size,
        "this is one place of the map alone. Add over all places.": lambda i, G: back(i, G[:1, :1])[: 1 - len(G), : 1 - len(G)],
        "this is a product of tables, @. Multiply number by number, *, and add.": lambda i, G: back(i, np.tile(G.sum(axis=1), (len(G), 1))),
        "G is not used: multiply each number of the window by its slope.": lambda i, G: back(i, np.ones_like(G)),
    }
    check(answer, back, cases, slips)
