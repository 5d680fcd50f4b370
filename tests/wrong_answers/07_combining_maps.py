"""Slips in the exercises of chapter 07. Each docstring is a part of what the check must say."""

import numpy as np


def slide(image, kernel, bias=0.0, size=None):
    k = len(kernel)
    size = len(image) - k + 1 if size is None else size
    result = np.zeros((size, size))
    for row, column in np.ndindex(size, size):
        result[row, column] = (image[row : row + k, column : column + k] * kernel).sum() + bias
    return result


def partials(maps, kernels, o):
    return [slide(maps[:, :, i], kernels[:, :, i, o]) for i in range(maps.shape[2])]


def stacked(maps):
    return np.stack(maps, axis=-1)


def check_combine__no_bias(maps, kernels, biases):
    """the biases are missing"""
    return stacked([sum(partials(maps, kernels, o)) for o in range(len(biases))])


def check_combine__bias_for_each_input(maps, kernels, biases):
    """Add it once, after the sum"""
    combined = []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, i, o], biases[o]) for i in range(maps.shape[2])))
    return stacked(combined)


def check_combine__first_input(maps, kernels, biases):
    """expected 0.416016 at [0, 0, 0], received -0.724729"""
    return stacked([slide(maps[:, :, 0], kernels[:, :, 0, o], biases[o]) for o in range(len(biases))])


def check_combine__replaced(maps, kernels, biases):
    """in place of those before"""
    combined = []
    for o in range(len(biases)):
        for i in range(maps.shape[2]):
            total = slide(maps[:, :, i], kernels[:, :, i, o])
        combined.append(total + biases[o])
    return stacked(combined)


def check_combine__one_kernel(maps, kernels, biases):
    """expected 0.416016 at [0, 0, 0], received"""
    combined = []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, 0, o]) for i in range(maps.shape[2])) + biases[o])
    return stacked(combined)


def check_combine__off_by_one(maps, kernels, biases):
    """expected the shape (5, 5, 4), received the shape (4, 4, 4)"""
    size, combined = len(maps) - len(kernels), []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, i, o], size=size) for i in range(maps.shape[2])) + biases[o])
    return stacked(combined)


def check_combine__wrong_axis(maps, kernels, biases):
    """right, but with the axes exchanged"""
    return np.array([sum(partials(maps, kernels, o)) + biases[o] for o in range(len(biases))])


def check_combine__not_added(maps, kernels, biases):
    """expected the shape (5, 5, 4), received the shape (5, 5, 3, 4)"""
    return stacked([stacked(partials(maps, kernels, o)) + biases[o] for o in range(len(biases))])


def check_combine__returned_too_early(maps, kernels, biases):
    """received the shape (5, 5)"""
    for o in range(len(biases)):
        return sum(partials(maps, kernels, o)) + biases[o]


def check_combine__six_maps(maps, kernels, biases):
    """index 3 is out of bounds for axis 2 with size 3"""
    return stacked([sum(slide(maps[:, :, i], kernels[:, :, i, o]) for i in range(6)) + biases[o] for o in range(len(biases))])


def check_combine__all_biases(maps, kernels, biases):
    """These arrays do not fit number by number"""
    return stacked([sum(partials(maps, kernels, o)) + biases for o in range(len(biases))])


def check_combine__all_maps_at_once(maps, kernels, biases):
    """These arrays do not fit number by number"""
    return stacked([sum(slide(maps, kernels[:, :, i, o]) for i in range(maps.shape[2])) + biases[o] for o in range(len(biases))])


def check_table_weights__no_bias(table, kernel_size):
    """the biases are missing"""
    return table.sum() * kernel_size**2


def check_table_weights__one_bias(table, kernel_size):
    """expected 446, received 442"""
    return table.sum() * kernel_size**2 + 1


def check_table_weights__transposed(table, kernel_size):
    """count the columns"""
    return table.sum() * kernel_size**2 + len(table)


def check_table_weights__bias_for_each_kernel(table, kernel_size):
    """share one bias"""
    return table.sum() * (kernel_size**2 + 1)


def check_table_weights__all_connected(table, kernel_size):
    """Count the ones in the table only"""
    inputs, outputs = table.shape
    return outputs * (inputs * kernel_size**2 + 1)


def check_table_weights__not_squared(table, kernel_size):
    """expected 446, received 68"""
    return table.sum() * kernel_size + table.shape[1]


def check_table_weights__not_added(table, kernel_size):
    """expected one number, received the shape (5,)"""
    return table.sum(axis=0) * kernel_size**2 + 1
