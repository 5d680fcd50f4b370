"""Slips in the exercises of chapter 16. Each docstring is a part of what the check must say."""

import numpy as np


def sums(X, W, b, H):
    return H * (1 - np.tanh(X @ W + b) ** 2) ** 2


def check_curvatures__bend_not_squared(X, W, b, H):
    """the slope of the bend is not squared"""
    h = H * (1 - np.tanh(X @ W + b) ** 2)
    return (X**2).T @ h / len(X), h @ (W**2).T


def check_curvatures__no_bend(X, W, b, H):
    """as result 1 of 2, received [[0.350444"""
    return (X**2).T @ H / len(X), H @ (W**2).T


def check_curvatures__no_bias(X, W, b, H):
    """as result 1 of 2, received [[0.121888"""
    h = sums(X, W, 0, H)
    return (X**2).T @ h / len(X), h @ (W**2).T


def check_curvatures__no_tanh(X, W, b, H):
    """as result 1 of 2, received [[0.423166"""
    h = H * (1 - (X @ W + b) ** 2) ** 2
    return (X**2).T @ h / len(X), h @ (W**2).T


def check_curvatures__inputs_not_squared(X, W, b, H):
    """to W: X is not squared"""
    h = sums(X, W, b, H)
    return X.T @ h / len(X), h @ (W**2).T


def check_curvatures__weights_not_squared(X, W, b, H):
    """to X: W is not squared"""
    h = sums(X, W, b, H)
    return (X**2).T @ h / len(X), h @ W.T


def check_curvatures__only_the_bend_squared(X, W, b, H):
    """neither X nor W is squared"""
    h = sums(X, W, b, H)
    return X.T @ h / len(X), h @ W.T


def check_curvatures__sum(X, W, b, H):
    """your numbers as result 1 of 2 are 4 times the right ones"""
    h = sums(X, W, b, H)
    return (X**2).T @ h, h @ (W**2).T


def check_curvatures__both_means(X, W, b, H):
    """your numbers as result 2 of 2 are 0.25 times the right ones"""
    h = sums(X, W, b, H)
    return (X**2).T @ h / len(X), h @ (W**2).T / len(X)


def check_curvatures__mean_over_the_units(X, W, b, H):
    """your numbers as result 1 of 2 are 2 times the right ones"""
    h = sums(X, W, b, H)
    return (X**2).T @ h / W.shape[1], h @ (W**2).T


def check_curvatures__order(X, W, b, H):
    """right, but in another order"""
    h = sums(X, W, b, H)
    return h @ (W**2).T, (X**2).T @ h / len(X)


def check_curvatures__transposed(X, W, b, H):
    """expected the shape (3, 2) as result 1 of 2, received the shape (2, 3)"""
    h = sums(X, W, b, H)
    return h.T @ X**2 / len(X), h @ (W**2).T


def check_curvatures__not_transposed(X, W, b, H):
    """your function stopped with ValueError"""
    h = sums(X, W, b, H)
    return (X**2).T @ h / len(X), h @ W**2


def check_curvatures__weights_alone(X, W, b, H):
    """expected 2 results"""
    return (X**2).T @ sums(X, W, b, H) / len(X)


def check_map__plus(distances, label, j):
    """expected 2.97461 as result 1 of 2, received 13.9579"""
    powers = np.exp(distances)
    total = np.exp(j) + powers.sum()
    return distances[label] + np.log(total), np.eye(10)[label] - powers / total


def check_map__no_rubbish(distances, label, j):
    """rubbish is missing"""
    total = np.exp(-distances).sum()
    return distances[label] + np.log(total), np.eye(10)[label] - np.exp(-distances) / total


def check_map__j_as_it_is(distances, label, j):
    """expected 2.97461 as result 1 of 2, received 5.99161"""
    total = j + np.exp(-distances).sum()
    return distances[label] + np.log(total), np.eye(10)[label] - np.exp(-distances) / total


def right(distances, label, j):
    total = np.exp(-j) + np.exp(-distances).sum()
    return distances[label] + np.log(total), np.eye(10)[label] - np.exp(-distances) / total


def check_map__no_one(distances, label, j):
    """a 1 is missing"""
    E, slopes = right(distances, label, j)
    return E, slopes - np.eye(10)[label]


def check_map__turned(distances, label, j):
    """your numbers as result 2 of 2 are -1 times the right ones"""
    E, slopes = right(distances, label, j)
    return E, -slopes


def check_map__probabilities(distances, label, j):
    """these are the probabilities"""
    E, slopes = right(distances, label, j)
    return E, np.eye(10)[label] - slopes


def check_map__all_pulled(distances, label, j):
    """the wrong answers are to be pushed away"""
    E, slopes = right(distances, label, j)
    return E, abs(slopes)


def check_map__correct_alone(distances, label, j):
    """as result 2 of 2, received [0, 0, 0, 0.948932, 0"""
    E, slopes = right(distances, label, j)
    return E, np.where(np.arange(10) == label, slopes, 0)


def check_map__no_logarithm(distances, label, j):
    """expected 2.97461 as result 1 of 2, received 4.59032"""
    E, slopes = right(distances, label, j)
    return distances[label] + np.exp(-j) + np.exp(-distances).sum(), slopes


def check_map__logarithm_alone(distances, label, j):
    """the distance of the correct answer is missing"""
    E, slopes = right(distances, label, j)
    return E - distances[label], slopes


def check_map__minus(distances, label, j):
    """expected 2.97461 as result 1 of 2, received -2.97461"""
    E, slopes = right(distances, label, j)
    return -E, slopes


def check_map__distance_alone(distances, label, j):
    """expected 2.97461 as result 1 of 2, received 4.33333"""
    return distances[label], right(distances, label, j)[1]


def check_map__smallest(distances, label, j):
    """for distances from 2 to 9 and j = 5, expected"""
    return right(distances, distances.argmin(), j)


def check_map__loss_alone(distances, label, j):
    """expected 2 results"""
    return right(distances, label, j)[0]


def check_map__changes_its_argument(distances, label, j):
    """changes the array it was given"""
    E, slopes = right(distances, label, j)
    distances[label] = 0
    return E, slopes


def check_map__nothing(distances, label, j):
    """Is `return` missing?"""
    right(distances, label, j)


def check_curvatures__nothing_squared(X, W, b, H):
    """as result 1 of 2, received [[-0.158961"""
    back = H * (1 - np.tanh(X @ W + b) ** 2)
    return X.T @ back / len(X), back @ W.T


def check_curvatures__fourth_power(X, W, b, H):
    """as result 1 of 2, received [[0.370905"""
    back = H * (1 - np.tanh(X @ W + b) ** 4)
    return (X**2).T @ back / len(X), back @ (W**2).T


def check_map__growing_rubbish(distances, label, j):
    """expected 2.97461 as result 1 of 2, received 9.33502"""
    powers = np.exp(-distances)
    p = powers / (np.exp(j) + powers.sum())
    return distances[label] + np.log(np.exp(j) + powers.sum()), np.eye(10)[label] - p


def check_map__always_ten(distances, label, j):
    """expected 2.97461 as result 1 of 2, received 2.94822"""
    return right(distances, label, 10.0)


def check_map__log_subtracted(distances, label, j):
    """expected 2.97461 as result 1 of 2, received 5.69206"""
    loss, slopes = right(distances, label, j)
    return 2 * distances[label] - loss, slopes
