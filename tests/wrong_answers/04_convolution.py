"""Slips in the exercises of chapter 04. Each docstring is a part of what the check must say."""

import numpy as np


def slide(image, kernel, bias=0.0, size=None):
    k = len(kernel)
    size = len(image) - k + 1 if size is None else size
    result = np.zeros((size, size))
    for row, column in np.ndindex(size, size):
        result[row, column] = (image[row : row + k, column : column + k] * kernel).sum() + bias
    return result


def stacked(maps):
    return np.stack(maps, axis=-1)


def check_convolve__no_bias(image, kernels, biases):
    """the biases are missing"""
    return stacked([slide(image, kernels[:, :, m]) for m in range(len(biases))])


def check_convolve__first_bias(image, kernels, biases):
    """expected 5.46954 at [0, 0, 1], received"""
    return stacked([slide(image, kernels[:, :, m], biases[0]) for m in range(len(biases))])


def check_convolve__flipped(image, kernels, biases):
    """the kernels are flipped"""
    return stacked([slide(image, kernels[::-1, ::-1, m], biases[m]) for m in range(len(biases))])


def check_convolve__off_by_one(image, kernels, biases):
    """expected the shape (5, 5, 6), received the shape (4, 4, 6)"""
    size = len(image) - len(kernels)
    return stacked([slide(image, kernels[:, :, m], biases[m], size) for m in range(len(biases))])


def check_convolve__sticks_out(image, kernels, biases):
    """expected the shape (5, 5, 6), received the shape (9, 9, 6)"""
    padded = np.pad(image, len(kernels) // 2)
    return stacked([slide(padded, kernels[:, :, m], biases[m]) for m in range(len(biases))])


def check_convolve__maps_first(image, kernels, biases):
    """right, but with the axes exchanged"""
    return np.array([slide(image, kernels[:, :, m], biases[m]) for m in range(len(biases))])


def check_convolve__first_kernel(image, kernels, biases):
    """expected 5.46954 at [0, 0, 1], received -1.07417"""
    return stacked([slide(image, kernels[:, :, 0], biases[m]) for m in range(len(biases))])


def check_convolve__wrong_index(image, kernels, biases):
    """These arrays do not fit number by number"""
    return stacked([slide(image, kernels[m], biases[m]) for m in range(len(kernels))])


def check_counts__no_bias(image_size, kernel_size, maps):
    """expected 156 as result 1 of 2, received 150"""
    weights = maps * kernel_size**2
    return weights, (image_size - kernel_size + 1) ** 2 * weights


def check_counts__bias_not_connected(image_size, kernel_size, maps):
    """the bias counts as a connection too"""
    return maps * (kernel_size**2 + 1), (image_size - kernel_size + 1) ** 2 * maps * kernel_size**2


def check_counts__map_as_large_as_the_image(image_size, kernel_size, maps):
    """the map is smaller than the image"""
    weights = maps * (kernel_size**2 + 1)
    return weights, image_size**2 * weights


def check_counts__off_by_one(image_size, kernel_size, maps):
    """expected 122304 as result 2 of 2, received 113724"""
    weights = maps * (kernel_size**2 + 1)
    return weights, (image_size - kernel_size) ** 2 * weights


def check_counts__windows_side_by_side(image_size, kernel_size, maps):
    """expected 122304 as result 2 of 2, received 5616"""
    weights = maps * (kernel_size**2 + 1)
    return weights, (image_size // kernel_size) ** 2 * weights


def check_counts__one_map(image_size, kernel_size, maps):
    """expected 156 as result 1 of 2, received 26"""
    weights = kernel_size**2 + 1
    return weights, (image_size - kernel_size + 1) ** 2 * weights


def check_counts__connections_of_one_map(image_size, kernel_size, maps):
    """expected 122304 as result 2 of 2, received 20384"""
    return maps * (kernel_size**2 + 1), (image_size - kernel_size + 1) ** 2 * (kernel_size**2 + 1)


def check_counts__exchanged(image_size, kernel_size, maps):
    """right, but in another order"""
    weights = maps * (kernel_size**2 + 1)
    return (image_size - kernel_size + 1) ** 2 * weights, weights


def check_convolve__all_biases_at_once(image, kernels, biases):
    """One number is wanted for each place"""
    size = len(kernels)
    result = np.zeros((len(image) - size + 1, len(image) - size + 1))
    for row, column in np.ndindex(result.shape):
        result[row, column] = (image[row : row + size, column : column + size] * kernels[:, :, 0]).sum() + biases
    return result
