"""Slips in the exercises of chapter 12. Each docstring is a part of what the check must say."""

import numpy as np


def check_dense_back__mean(X, W, G):
    """your numbers as result 1 of 3 are 0.25 times the right ones"""
    return X.T @ G / len(X), G.sum(axis=0), G @ W.T


def check_dense_back__transposed(X, W, G):
    """expected the shape (3, 2) as result 1 of 3, received the shape (2, 3)"""
    return G.T @ X, G.sum(axis=0), G @ W.T


def check_dense_back__bias_mean(X, W, G):
    """your numbers as result 2 of 3 are 0.25 times the right ones"""
    return X.T @ G, G.mean(axis=0), G @ W.T


def check_dense_back__bias_axis(X, W, G):
    """expected the shape (2,) as result 2 of 3, received the shape (4,)"""
    return X.T @ G, G.sum(axis=1), G @ W.T


def check_dense_back__bias_number(X, W, G):
    """expected the shape (2,) as result 2 of 3, received one number"""
    return X.T @ G, G.sum(), G @ W.T


def check_dense_back__bias_rows(X, W, G):
    """expected the shape (2,) as result 2 of 3, received the shape (4, 2)"""
    return X.T @ G, G, G @ W.T


def check_dense_back__wrong_order(X, W, G):
    """a row of A must be as long as a column of B"""
    return G @ X.T, G.sum(axis=0), G @ W.T


def check_dense_back__not_transposed(X, W, G):
    """a row of A must be as long as a column of B"""
    return X.T @ G, G.sum(axis=0), G @ W


def check_dense_back__back_transposed(X, W, G):
    """expected the shape (4, 3) as result 3 of 3"""
    return X.T @ G, G.sum(axis=0), W @ G.T


def check_dense_back__order_of_two(X, W, G):
    """right, but in another order"""
    return X.T @ G, G @ W.T, G.sum(axis=0)


def check_dense_back__only_weights(X, W, G):
    """expected 3 results"""
    return X.T @ G


def slide(image, G):
    size = len(image) - len(G) + 1
    result = np.zeros((size, size))
    for row, column in np.ndindex(size, size):
        result[row, column] = (image[row : row + len(G), column : column + len(G)] * G).sum()
    return result


def check_kernel_back__flipped(image, G):
    """Slide it as it is"""
    return slide(image, G[::-1, ::-1])


def check_kernel_back__mean(image, G):
    """your numbers are 0.0625 times the right ones"""
    return slide(image, G) / G.size


def check_kernel_back__one_place(image, G):
    """received [[-0.177632"""
    size = len(image) - len(G) + 1
    return image[:size, :size] * G[0, 0]


def check_kernel_back__no_slopes(image, G):
    """received [[-1.19185"""
    return slide(image, np.ones_like(G))


def check_kernel_back__short(image, G):
    """expected the shape (3, 3), received the shape (2, 2)"""
    return slide(image, G)[:-1, :-1]


def check_kernel_back__nothing_returned(image, G):
    """Is `return` missing?"""
    slide(image, G)


def check_kernel_back__product(image, G):
    """Multiply number by number"""
    windows = np.lib.stride_tricks.sliding_window_view(image, G.shape)
    return np.array([[(window @ G).sum() for window in row] for row in windows])
