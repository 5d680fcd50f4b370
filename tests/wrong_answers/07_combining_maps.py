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
    """Add it once, after the partial maps are summed"""
    combined = []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, i, o], biases[o]) for i in range(maps.shape[2])))
    return stacked(combined)


def check_combine__mean(maps, kernels, biases):
    """the partial maps are averaged"""
    return stacked([np.mean(partials(maps, kernels, o), axis=0) + biases[o] for o in range(len(biases))])


def check_combine__all_averaged(maps, kernels, biases):
    """the partial maps and the bias are averaged"""
    return stacked([(sum(partials(maps, kernels, o)) + biases[o]) / maps.shape[2] for o in range(len(biases))])


def check_combine__first_input(maps, kernels, biases):
    """only the first input map counts"""
    return stacked([slide(maps[:, :, 0], kernels[:, :, 0, o], biases[o]) for o in range(len(biases))])


def check_combine__replaced(maps, kernels, biases):
    """Add them up, with +="""
    combined = []
    for o in range(len(biases)):
        for i in range(maps.shape[2]):
            total = slide(maps[:, :, i], kernels[:, :, i, o])
        combined.append(total + biases[o])
    return stacked(combined)


def check_combine__one_kernel(maps, kernels, biases):
    """Input map i meets kernels[:, :, i, o]"""
    combined = []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, 0, o]) for i in range(maps.shape[2])) + biases[o])
    return stacked(combined)


def check_combine__one_map(maps, kernels, biases):
    """every kernel looks at the first input map"""
    combined = []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, 0], kernels[:, :, i, o]) for i in range(maps.shape[2])) + biases[o])
    return stacked(combined)


def check_combine__first_output(maps, kernels, biases):
    """every output map uses the kernels of the first"""
    return stacked([sum(partials(maps, kernels, 0)) + biases[o] for o in range(len(biases))])


def check_combine__first_bias(maps, kernels, biases):
    """Output map o adds biases[o]"""
    return stacked([sum(partials(maps, kernels, o)) + biases[0] for o in range(len(biases))])


def check_combine__added_before(maps, kernels, biases):
    """Slide each kernel over its own map first, then add"""
    return stacked([slide(maps.sum(axis=2), kernels[:, :, :, o].sum(axis=2), biases[o]) for o in range(len(biases))])


def check_combine__flipped(maps, kernels, biases):
    """the kernels are flipped"""
    return stacked([sum(partials(maps, kernels[::-1, ::-1], o)) + biases[o] for o in range(len(biases))])


def check_combine__turned(maps, kernels, biases):
    """rows and columns of the kernels are exchanged"""
    combined = []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, i, o].T) for i in range(maps.shape[2])) + biases[o])
    return stacked(combined)


def check_combine__off_by_one(maps, kernels, biases):
    """the last row and column are missing"""
    size, combined = len(maps) - len(kernels), []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, i, o], size=size) for i in range(maps.shape[2])) + biases[o])
    return stacked(combined)


def check_combine__last_row_missing(maps, kernels, biases):
    """the last row is missing"""
    return stacked([sum(partials(maps, kernels, o)) + biases[o] for o in range(len(biases))])[:-1]


def check_combine__padded(maps, kernels, biases):
    """the window sticks out of the map"""
    edge = len(kernels) // 2
    wide = np.pad(maps, [(edge, edge), (edge, edge), (0, 0)])
    return stacked([sum(partials(wide, kernels, o)) + biases[o] for o in range(len(biases))])


def check_combine__wrong_axis(maps, kernels, biases):
    """the output maps stand on the first axis"""
    return np.array([sum(partials(maps, kernels, o)) + biases[o] for o in range(len(biases))])


def check_combine__not_added(maps, kernels, biases):
    """the partial maps are still apart"""
    return stacked([stacked(partials(maps, kernels, o)) + biases[o] for o in range(len(biases))])


def check_combine__all_added(maps, kernels, biases):
    """keep each output map"""
    return sum(sum(partials(maps, kernels, o)) + biases[o] for o in range(len(biases)))


def check_combine__returned_too_early(maps, kernels, biases):
    """this is the first output map only"""
    for o in range(len(biases)):
        return sum(partials(maps, kernels, o)) + biases[o]


def check_combine__bent(maps, kernels, biases):
    """these are bent"""
    return stacked([np.tanh(sum(partials(maps, kernels, o)) + biases[o]) for o in range(len(biases))])


def check_combine__exchanged(maps, kernels, biases):
    """i or o runs too far"""
    combined = []
    for o in range(len(biases)):
        combined.append(sum(slide(maps[:, :, i], kernels[:, :, o, i]) for i in range(maps.shape[2])) + biases[o])
    return stacked(combined)


def check_combine__six_maps(maps, kernels, biases):
    """i is from range(maps.shape[2])"""
    return stacked([sum(slide(maps[:, :, i], kernels[:, :, i, o]) for i in range(6)) + biases[o] for o in range(len(biases))])


def check_combine__all_biases(maps, kernels, biases):
    """biases[o], not biases"""
    return stacked([sum(partials(maps, kernels, o)) + biases for o in range(len(biases))])


def check_combine__all_maps_at_once(maps, kernels, biases):
    """maps[:, :, i], not maps"""
    return stacked([sum(slide(maps, kernels[:, :, i, o]) for i in range(maps.shape[2])) + biases[o] for o in range(len(biases))])


def check_combine__half_an_index(maps, kernels, biases):
    """a kernel is chosen by two numbers"""
    return stacked([slide(maps[:, :, 0], kernels[:, :, o]) + biases[o] for o in range(len(biases))])


def check_table_weights__no_bias(table, kernel_size):
    """the biases are missing"""
    return table.sum() * kernel_size**2


def check_table_weights__one_bias(table, kernel_size):
    """Each column has its own"""
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
    """square it"""
    return table.sum() * kernel_size + table.shape[1]


def check_table_weights__no_kernel(table, kernel_size):
    """each 1 in the table is a whole kernel"""
    return table.sum() + table.shape[1]


def check_table_weights__one_kernel_for_each_output(table, kernel_size):
    """one for each 1 in its column"""
    return table.shape[1] * (kernel_size**2 + 1)


def check_table_weights__not_added(table, kernel_size):
    """these are the weights of each output map"""
    return table.sum(axis=0) * kernel_size**2 + 1


def check_table_weights__rows(table, kernel_size):
    """Add up the whole table"""
    return table.sum(axis=1) * kernel_size**2 + 1


def check_table_weights__a_list_and_biases(table, kernel_size):
    """Add up the kernels first"""
    return table.sum(axis=0) * kernel_size**2 + table.shape[1]


def check_table_weights__first_column(table, kernel_size):
    """this is the first output map only"""
    return table[:, 0].sum() * kernel_size**2 + 1
