"""Slips in the exercises of chapter 11. Each docstring is a part of what the check must say."""

import numpy as np


def check_occlude__in_place(image, row, column, size, value):
    """your function changes the array it was given"""
    image[row : row + size, column : column + size] = value
    return image


def check_occlude__view(image, row, column, size, value):
    """your function changes the array it was given"""
    covered = image
    covered[row : row + size, column : column + size] = value
    return covered


def check_occlude__swapped(image, row, column, size, value):
    """rows and columns are exchanged"""
    covered = image.copy()
    covered[column : column + size, row : row + size] = value
    return covered


def check_occlude__one_too_large(image, row, column, size, value):
    """expected 124 at [3, 9], received 77"""
    covered = image.copy()
    covered[row : row + size + 1, column : column + size + 1] = value
    return covered


def check_occlude__one_too_small(image, row, column, size, value):
    """expected 77 at [3, 8]"""
    covered = image.copy()
    covered[row : row + size - 1, column : column + size - 1] = value
    return covered


def check_occlude__from_one(image, row, column, size, value):
    """at [2, 3], received 77"""
    covered = image.copy()
    covered[row - 1 : row - 1 + size, column - 1 : column - 1 + size] = value
    return covered


def check_occlude__always_paper(image, row, column, size, value):
    """expected 77 at [3, 4], received 0"""
    covered = image.copy()
    covered[row : row + size, column : column + size] = 0
    return covered


def check_occlude__in_the_middle(image, row, column, size, value):
    """row and column are the upper left pixel, not the middle"""
    covered = image.copy()
    half = size // 2
    covered[row - half : row + half + 1, column - half : column + half + 1] = value
    return covered


def check_occlude__one_slice_after_the_other(image, row, column, size, value):
    """Put both into one pair of brackets"""
    covered = image.copy()
    covered[row : row + size][column : column + size] = value
    return covered


def check_occlude__to_size(image, row, column, size, value):
    """expected 77 at [3, 5], received 43"""
    covered = image.copy()
    covered[row:size, column:size] = value
    return covered


def check_occlude__the_square_alone(image, row, column, size, value):
    """expected the shape (12, 10), received the shape (5, 5)"""
    return np.full((size, size), value)


def check_occlude__stops_at_the_edge(image, row, column, size, value):
    """your function stopped with IndexError"""
    covered = image.copy()
    for r in range(row, row + size):
        for c in range(column, column + size):
            covered[r, c] = value
    return covered


def check_occlude__no_return(image, row, column, size, value):
    """Is `return` missing?"""
    covered = image.copy()
    covered[row : row + size, column : column + size] = value


def weighted(image, first=0):
    ink = image.astype(float)
    rows, columns = ink.shape
    row = (ink.sum(axis=1) * (np.arange(rows) + first)).sum() / ink.sum()
    column = (ink.sum(axis=0) * (np.arange(columns) + first)).sum() / ink.sum()
    return row, column


def check_centre__swapped(image):
    """right, but in another order"""
    return weighted(image)[::-1]


def check_centre__wrong_axis(image):
    """right, but in another order"""
    ink = image.astype(float)
    rows, columns = ink.shape
    row = (ink.sum(axis=0) * np.arange(columns)).sum() / ink.sum()
    column = (ink.sum(axis=1) * np.arange(rows)).sum() / ink.sum()
    return row, column


def check_centre__from_one(image):
    """expected 3.96304 as result 1 of 2, received 4.96304"""
    return weighted(image, first=1)


def check_centre__unweighted(image):
    """A dark pixel weighs more"""
    rows, columns = np.nonzero(image)
    return rows.mean(), columns.mean()


def check_centre__not_divided(image):
    """expected 3.96304 as result 1 of 2, received 29382"""
    ink = image.astype(float)
    rows, columns = ink.shape
    return (ink.sum(axis=1) * np.arange(rows)).sum(), (ink.sum(axis=0) * np.arange(columns)).sum()


def check_centre__mean(image):
    """expected 3.96304 as result 1 of 2, received 466.381"""
    places = np.indices(image.shape)
    return (places[0] * image.astype(float)).mean(), (places[1] * image.astype(float)).mean()


def check_centre__rounded(image):
    """expected 3.96304 as result 1 of 2, received 4"""
    row, column = weighted(image)
    return round(row), round(column)


def check_centre__cut(image):
    """expected 3.96304 as result 1 of 2, received 3"""
    row, column = weighted(image)
    return int(row), int(column)


def check_centre__two_loops_in_bytes(image):
    """uint8 runs over at 255"""
    row = column = ink = 0
    with np.errstate(over="ignore"):
        for r, c in np.ndindex(image.shape):
            row, column, ink = row + r * image[r, c], column + c * image[r, c], ink + image[r, c]
    return row / ink, column / ink


def check_centre__two_loops_in_bytes_by_the_sum(image):
    """uint8 runs over at 255"""
    row = column = 0
    with np.errstate(over="ignore"):
        for r, c in np.ndindex(image.shape):
            row, column = row + r * image[r, c], column + c * image[r, c]
    return row / image.sum(), column / image.sum()
