"""Slips in the exercises of chapter 09. Each docstring is a part of what the check must say."""


def check_layer__one_row_missing(size, inputs, kernel, maps):
    """expected 10 as result 1 of 3, received 9"""
    rows = size - kernel
    return rows, maps * (inputs * kernel**2 + 1), rows**2 * maps * inputs * kernel**2


def check_layer__no_shrinking(size, inputs, kernel, maps):
    """expected 10 as result 1 of 3, received 14"""
    return size, maps * (inputs * kernel**2 + 1), size**2 * maps * inputs * kernel**2


def check_layer__no_bias(size, inputs, kernel, maps):
    """expected 2416 as result 2 of 3, received 2400"""
    rows = size - kernel + 1
    return rows, maps * inputs * kernel**2, rows**2 * maps * inputs * kernel**2


def check_layer__a_bias_for_each_kernel(size, inputs, kernel, maps):
    """each new map has one bias, not one for each of its kernels"""
    rows = size - kernel + 1
    return rows, maps * inputs * (kernel**2 + 1), rows**2 * maps * inputs * kernel**2


def check_layer__one_bias(size, inputs, kernel, maps):
    """expected 2416 as result 2 of 3, received 2401"""
    rows = size - kernel + 1
    return rows, maps * inputs * kernel**2 + 1, rows**2 * maps * inputs * kernel**2


def check_layer__bias_multiplied(size, inputs, kernel, maps):
    """leave the biases out"""
    rows = size - kernel + 1
    weights = maps * (inputs * kernel**2 + 1)
    return rows, weights, rows**2 * weights


def check_layer__rows_not_squared(size, inputs, kernel, maps):
    """expected 240000 as result 3 of 3, received 24000"""
    rows = size - kernel + 1
    return rows, maps * (inputs * kernel**2 + 1), rows * maps * inputs * kernel**2


def check_layer__order(size, inputs, kernel, maps):
    """right, but in another order"""
    rows = size - kernel + 1
    return rows, rows**2 * maps * inputs * kernel**2, maps * (inputs * kernel**2 + 1)


def check_layer__weights_only(size, inputs, kernel, maps):
    """expected 3 results, received 2416"""
    return maps * (inputs * kernel**2 + 1)


def check_field__own_step_too_early(layers):
    """Multiply the step last"""
    field, step = 1, 1
    for window, own in layers:
        step = step * own
        field = field + (window - 1) * step
    return field


def check_field__begins_with_nothing(layers):
    """expected 14, received 13"""
    field, step = 0, 1
    for window, own in layers:
        field, step = field + (window - 1) * step, step * own
    return field


def check_field__whole_window(layers):
    """adds k - 1 steps"""
    field, step = 1, 1
    for window, own in layers:
        field, step = field + window * step, step * own
    return field


def check_field__no_steps(layers):
    """expected 14, received 8"""
    return 1 + sum(window - 1 for window, own in layers)


def check_field__steps_added(layers):
    """expected 32, received 28"""
    field, step = 1, 1
    for window, own in layers:
        field, step = field + (window - 1) * step, step + own - 1
    return field


def check_field__last_step_only(layers):
    """only what the layer just before moves on by"""
    field, step = 1, 1
    for window, own in layers:
        field, step = field + (window - 1) * step, own
    return field


def check_field__backwards(layers):
    """expected 14, received 12"""
    field, step = 1, 1
    for window, own in reversed(layers):
        field, step = field + (window - 1) * step, step * own
    return field
