"""Slips in the exercises of chapter 01. Each docstring is a part of what the check must say."""

import numpy as np


def check_top_row__column(image):
    """The first index counts the rows"""
    for column in range(28):
        if image[:, column].max() > 0:
            return column


def check_top_row__last(image):
    """expected 10, received 23"""
    answer = None
    for row in range(28):
        if image[row].max() > 0:
            answer = row
    return answer


def check_top_row__counted_from_one(image):
    """expected 10, received 11"""
    for row in range(28):
        if image[row].max() > 0:
            return row + 1


def check_top_row__row_before(image):
    """expected 10, received 9"""
    for row in range(27):
        if image[row + 1].max() > 0:
            return row


def check_top_row__only_dark_ink(image):
    """for a digit that begins in row 3 with ink of 1, expected 3, received 9"""
    for row in range(28):
        if image[row].max() > 127:
            return row


def check_top_row__all_rows(image):
    """expected one number, received the shape (14,)"""
    return [row for row in range(28) if image[row].max() > 0]


def check_top_row__misspelt(image):
    """stopped with AttributeError"""
    return image.maximum()


def check_prepare__no_padding(image):
    """expected the shape (32, 32), received the shape (28, 28)"""
    return -0.1 + 1.275 * (image / 255)


def check_prepare__no_scaling(image):
    """expected -0.1 at [0, 0], received 0"""
    return np.pad(image, 2)


def check_prepare__one_side(image):
    """expected -0.1 at [0, 0], received 1.175"""
    return -0.1 + 1.275 * (np.pad(image, (0, 4)) / 255)


def check_prepare__zero_to_one(image):
    """expected -0.1 at [0, 0], received 0"""
    return np.pad(image, 2) / 255


def check_prepare__exchanged(image):
    """expected -0.1 at [0, 0], received 1.175"""
    return 1.175 - 1.275 * (np.pad(image, 2) / 255)


def check_prepare__wrong_climb(image):
    """ink becomes 1.075"""
    return -0.1 + 1.175 * (np.pad(image, 2) / 255)


def check_prepare__frame_of_zeros(image):
    """pad first, then scale"""
    return np.pad(-0.1 + 1.275 * (image / 255), 2)


def check_prepare__prepare_for_many(image):
    """expected the shape (32, 32), received the shape (1, 32, 32, 1)"""
    from lenet.data import prepare

    return prepare(image[np.newaxis])


def check_top_row__never_row_0(image):
    """expected 0, received 5"""
    for row in range(1, 28):
        if image[row].max() > 0:
            return row


def check_top_row__only_full_ink(image):
    """your function returns nothing"""
    for row in range(28):
        if image[row].max() == 255:
            return row


def check_top_row__prints(image):
    """Is `return` missing?"""
    for row in range(28):
        if image[row].max() > 0:
            break


def check_prepare__rounds_down(image):
    """Divide with /"""
    return -0.1 + 1.275 * (np.pad(image, 2) // 255)


def check_prepare__by_256(image):
    """expected 1.175 at [2, 2], received 1.17002"""
    return -0.1 + 1.275 * (np.pad(image, 2) / 256)


def check_prepare__paper_stays_0(image):
    """expected -0.1 at [0, 0], received 0"""
    return (-0.1 + 1.275) * (np.pad(image, 2) / 255)


def check_top_row__the_digit_of_the_page(image):
    """the same, whatever it is given"""
    mine = np.zeros((28, 28))
    mine[7:20] = 255
    for row in range(28):
        if mine[row].max() > 0:
            return row


def check_top_row__if_on_a_whole_row(image):
    """`if` takes one number"""
    for row in range(28):
        if image[row] > 0:
            return row
