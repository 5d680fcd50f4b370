"""Checks for chapter 12, the gradients by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lenet.exercises._check import Case, Slip, check


def check_dense_back(answer: Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]) -> None:
    """Check the backward pass of a layer of weighted sums, X @ W + b.

    Args:
        answer: takes X ``(n, inputs)``, W ``(inputs, outputs)`` and G ``(n, outputs)``, the slopes of the sums; returns the
            slopes of W, of b ``(outputs,)`` and of X, in their shapes.
    """
    random = np.random.default_rng(12)
    cases = [[random.normal(size=size) for size in ((n, i), (i, o), (n, o))] for n, i, o in ((4, 3, 2), (2, 5, 5), (1, 2, 3))]

    def back(X: np.ndarray, W: np.ndarray, G: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return X.T @ G, G.sum(axis=0), G @ W.T

    def slip(part: int, wrong: Callable) -> Callable:
        return lambda X, W, G: tuple(wrong(X, W, G) if k == part else right for k, right in enumerate(back(X, W, G)))

    check(
        answer,
        [Case((X, W, G), back(X, W, G), f"{len(X)} pictures, {len(W)} inputs, {len(W[0])} sums") for X, W, G in cases],
        [
            Slip("the slopes of W are divided by the number of pictures. G holds that already: add, and do not divide.", slip(0, lambda X, W, G: X.T @ G / len(X))),
            Slip("the slopes of W are transposed. They need the shape of W: X.T @ G.", slip(0, lambda X, W, G: G.T @ X)),
            Slip("the slopes of W are those of one picture alone. Add over all pictures.", slip(0, lambda X, W, G: np.outer(X[0], G[0]))),
            Slip("the slopes of b are means. Each picture adds its slope: a sum.", slip(1, lambda X, W, G: G.mean(axis=0))),
            Slip("the slopes of b are added over the sums. Add over the pictures, axis=0: one slope for each sum.", slip(1, lambda X, W, G: G.sum(axis=1))),
            Slip("the slopes of b are added over everything. There is one for each sum: axis=0.", slip(1, lambda X, W, G: G.sum())),
            Slip("the slopes of b are still one row for each picture. Add over the pictures.", slip(1, lambda X, W, G: G)),
            Slip("a transpose is missing, or the order is wrong. W: X.T @ G. X: G @ W.T.", slip(2, lambda X, W, G: G @ W)),
            Slip("a transpose is missing, or the order is wrong. W: X.T @ G. X: G @ W.T.", slip(0, lambda X, W, G: G @ X.T)),
            Slip("the slopes of X are transposed. They need the shape of X: G @ W.T.", slip(2, lambda X, W, G: W @ G.T)),
            Slip("W and its slopes are mixed up: the slopes of X come from W itself.", slip(2, lambda X, W, G: G @ (X.T @ G).T)),
            Slip("the order is W, b, X.", lambda X, W, G: (G @ W.T, X.T @ G, G.sum(axis=0))),
            Slip("the order is W, b, X.", lambda X, W, G: (X.T @ G, G @ W.T, G.sum(axis=0))),
        ],
    )  # fmt: skip


def check_kernel_back(answer: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> None:
    """Check the slopes of a kernel that slides over one image.

    Args:
        answer: takes the image ``(k, k)`` and G ``(m, m)``, the slopes of the numbers of the map; returns the slopes of
            the kernel, ``(k - m + 1, k - m + 1)``.
    """
    random = np.random.default_rng(13)
    cases = [(random.normal(size=(n, n)), random.normal(size=(m, m))) for n, m in ((6, 4), (5, 5), (7, 2))]

    def back(image: np.ndarray, G: np.ndarray) -> np.ndarray:
        windows = np.lib.stride_tricks.sliding_window_view(image, G.shape)
        return (windows * G).sum(axis=(2, 3))

    def single(image: np.ndarray, G: np.ndarray) -> np.ndarray:
        size = len(image) - len(G) + 1
        return image[:size, :size] * G[0, 0]

    def product(image: np.ndarray, G: np.ndarray) -> np.ndarray:
        windows = np.lib.stride_tricks.sliding_window_view(image, G.shape)
        return (windows @ G).sum(axis=(2, 3))

    check(
        answer,
        [Case(case, back(*case), f"an image of {len(case[0])} × {len(case[0])} and a map of {len(case[1])} × {len(case[1])}") for case in cases],
        [
            Slip("G is turned upside down and left to right. Slide it as it is.", lambda i, G: back(i, G[::-1, ::-1])),
            Slip("rows and columns of G are exchanged.", lambda i, G: back(i, G.T)),
            Slip("rows and columns of the result are exchanged.", lambda i, G: back(i, G).T),
            Slip("this is a mean over the places. Each place adds: a sum.", lambda i, G: back(i, G) / G.size),
            Slip("this is one place of the map alone. Add over all places.", single),
            Slip("this is a product of tables, @. Multiply number by number, *, and add.", product),
            Slip("the image is not used: each weight meets another window of it.", lambda i, G: np.full(back(i, G).shape, G.sum())),
            Slip("G is not used: multiply each number of the window by its slope.", lambda i, G: back(i, np.ones_like(G))),
            Slip("the last row and column are missing: the kernel has k - m + 1 of them.", lambda i, G: back(i, G)[:-1, :-1]),
            Slip("this is the picture's slope, or a sliding with a border. The kernel's has k - m + 1 rows.", lambda i, G: np.pad(back(i, G), len(G) - 1)),
        ],
    )  # fmt: skip
