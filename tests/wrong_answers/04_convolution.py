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
    """Map m adds biases[m]"""
    return stacked([slide(image, kernels[:, :, m], biases[0]) for m in range(len(biases))])


def check_convolve__flipped(image, kernels, biases):
    """the kernels are flipped"""
    return stacked([slide(image, kernels[::-1, ::-1, m], biases[m]) for m in range(len(biases))])


def check_convolve__transposed(image, kernels, biases):
    """rows and columns of the kernels are exchanged"""
    return stacked([slide(image, kernels[:, :, m].T, biases[m]) for m in range(len(biases))])


def check_convolve__off_by_one(image, kernels, biases):
    """the last row and column are missing"""
    size = len(image) - len(kernels)
    return stacked([slide(image, kernels[:, :, m], biases[m], size) for m in range(len(biases))])


def check_convolve__sticks_out(image, kernels, biases):
    """the window sticks out"""
    padded = np.pad(image, len(kernels) // 2)
    return stacked([slide(padded, kernels[:, :, m], biases[m]) for m in range(len(biases))])


def check_convolve__maps_first(image, kernels, biases):
    """They should be on the last"""
    return np.array([slide(image, kernels[:, :, m], biases[m]) for m in range(len(biases))])


def check_convolve__first_kernel(image, kernels, biases):
    """every map uses the first kernel"""
    return stacked([slide(image, kernels[:, :, 0], biases[m]) for m in range(len(biases))])


def check_convolve__bias_in_the_sum(image, kernels, biases):
    """Add it once, after the sum"""
    maps = []
    for m in range(len(biases)):
        maps.append(slide(image, kernels[:, :, m]) + biases[m] * kernels[:, :, m].size)
    return stacked(maps)


def check_convolve__mean(image, kernels, biases):
    """A convolution takes their sum"""
    return stacked([slide(image, kernels[:, :, m]) / kernels[:, :, m].size + biases[m] for m in range(len(biases))])


def check_convolve__wrong_index(image, kernels, biases):
    """Not yet: for an image of 9 × 9"""
    return stacked([slide(image, kernels[m], biases[m]) for m in range(len(kernels))])


def check_counts__no_bias(image_size, kernel_size, maps):
    """one for each map"""
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
    """one row and one column of the map are missing"""
    weights = maps * (kernel_size**2 + 1)
    return weights, (image_size - kernel_size) ** 2 * weights


def check_counts__windows_side_by_side(image_size, kernel_size, maps):
    """windows overlap"""
    weights = maps * (kernel_size**2 + 1)
    return weights, (image_size // kernel_size) ** 2 * weights


def check_counts__one_map(image_size, kernel_size, maps):
    """Each map has weights and connections of its own"""
    weights = kernel_size**2 + 1
    return weights, (image_size - kernel_size + 1) ** 2 * weights


def check_counts__connections_of_one_map(image_size, kernel_size, maps):
    """Count those of all maps"""
    return maps * (kernel_size**2 + 1), (image_size - kernel_size + 1) ** 2 * (kernel_size**2 + 1)


def check_counts__places(image_size, kernel_size, maps):
    """count those, not the places"""
    return maps * (kernel_size**2 + 1), (image_size - kernel_size + 1) ** 2 * maps


def check_counts__one_row(image_size, kernel_size, maps):
    """square it"""
    weights = maps * (kernel_size**2 + 1)
    return weights, (image_size - kernel_size + 1) * weights


def check_counts__one_bias(image_size, kernel_size, maps):
    """Each has its own"""
    weights = maps * kernel_size**2 + 1
    return weights, (image_size - kernel_size + 1) ** 2 * weights


def check_counts__not_shared(image_size, kernel_size, maps):
    """count them once"""
    connections = (image_size - kernel_size + 1) ** 2 * maps * (kernel_size**2 + 1)
    return connections, connections


def check_counts__exchanged(image_size, kernel_size, maps):
    """weights first, then connections"""
    weights = maps * (kernel_size**2 + 1)
    return (image_size - kernel_size + 1) ** 2 * weights, weights


def check_convolve__all_biases_at_once(image, kernels, biases):
    """biases[m], not biases"""
    size = len(kernels)
    result = np.zeros((len(image) - size + 1, len(image) - size + 1))
    for row, column in np.ndindex(result.shape):
        result[row, column] = (image[row : row + size, column : column + size] * kernels[:, :, 0]).sum() + biases
    return result


def check_counts__maps_twice(image_size, kernel_size, maps):
    """do not multiply by the maps twice"""
    weights = maps * (kernel_size**2 + 1)
    return weights, (image_size - kernel_size + 1) ** 2 * weights * maps
