"""Slips in the exercises of chapter 09. Each docstring is a part of what the check must say."""


def check_layer__one_row_missing(size, inputs, kernel, maps):
    """one row is missing"""
    rows = size - kernel
    return rows, maps * (inputs * kernel**2 + 1), rows**2 * maps * inputs * kernel**2


def check_layer__no_shrinking(size, inputs, kernel, maps):
    """as if the map were as large as what it reads"""
    return size, maps * (inputs * kernel**2 + 1), size**2 * maps * inputs * kernel**2


def check_layer__no_bias(size, inputs, kernel, maps):
    """the biases are missing among the weights"""
    rows = size - kernel + 1
    return rows, maps * inputs * kernel**2, rows**2 * maps * inputs * kernel**2


def check_layer__a_bias_for_each_kernel(size, inputs, kernel, maps):
    """not one for each kernel"""
    rows = size - kernel + 1
    return rows, maps * inputs * (kernel**2 + 1), rows**2 * maps * inputs * kernel**2


def check_layer__one_bias(size, inputs, kernel, maps):
    """not one in all"""
    rows = size - kernel + 1
    return rows, maps * inputs * kernel**2 + 1, rows**2 * maps * inputs * kernel**2


def check_layer__one_map_read(size, inputs, kernel, maps):
    """it has a kernel for each of them"""
    rows = size - kernel + 1
    return rows, maps * (kernel**2 + 1), rows**2 * maps * kernel**2


def check_layer__bias_multiplied(size, inputs, kernel, maps):
    """leave the biases out"""
    rows = size - kernel + 1
    weights = maps * (inputs * kernel**2 + 1)
    return rows, weights, rows**2 * weights


def check_layer__rows_not_squared(size, inputs, kernel, maps):
    """at rows * rows places"""
    rows = size - kernel + 1
    return rows, maps * (inputs * kernel**2 + 1), rows * maps * inputs * kernel**2


def check_layer__inputs_forgotten(size, inputs, kernel, maps):
    """forget how many maps are read"""
    rows = size - kernel + 1
    return rows, maps * (inputs * kernel**2 + 1), rows**2 * maps * kernel**2


def check_layer__maps_forgotten(size, inputs, kernel, maps):
    """forget how many maps are made"""
    rows = size - kernel + 1
    return rows, maps * (inputs * kernel**2 + 1), rows**2 * inputs * kernel**2


def check_layer__one_place(size, inputs, kernel, maps):
    """those of one place"""
    return size - kernel + 1, maps * (inputs * kernel**2 + 1), maps * inputs * kernel**2


def check_layer__window_not_squared(size, inputs, kernel, maps):
    """a window is square"""
    rows = size - kernel + 1
    return rows, maps * (inputs * kernel + 1), rows**2 * maps * inputs * kernel


def check_layer__exchanged(size, inputs, kernel, maps):
    """are exchanged"""
    rows = size - kernel + 1
    return rows, inputs * (maps * kernel**2 + 1), rows**2 * maps * inputs * kernel**2


def check_layer__order(size, inputs, kernel, maps):
    """the order is rows, weights, multiplications"""
    rows = size - kernel + 1
    return rows, rows**2 * maps * inputs * kernel**2, maps * (inputs * kernel**2 + 1)


def check_layer__weights_only(size, inputs, kernel, maps):
    """expected the shape (3,), received one number"""
    return maps * (inputs * kernel**2 + 1)


def check_field__own_step_too_early(layers):
    """multiply the step after you have added"""
    field, step = 1, 1
    for window, own in layers:
        step = step * own
        field = field + (window - 1) * step
    return field


def check_field__begins_with_nothing(layers):
    """begins with 1"""
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
    """the steps are left out"""
    return 1 + sum(window - 1 for window, own in layers)


def check_field__windows_added(layers):
    """only the windows are added up"""
    return sum(window for window, own in layers)


def check_field__steps_added(layers):
    """steps multiply"""
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
    """Begin with the first"""
    field, step = 1, 1
    for window, own in reversed(layers):
        field, step = field + (window - 1) * step, step * own
    return field


def check_field__step(layers):
    """this is the step"""
    step = 1
    for window, own in layers:
        step = step * own
    return step


def check_field__windows_multiplied(layers):
    """windows are not multiplied"""
    field = 1
    for window, own in layers:
        field = field * window
    return field


def check_field__first_forgotten(layers):
    """the first layer's second number is forgotten"""
    field, step = layers[0][0], 1
    for window, own in layers[1:]:
        field = field + (window - 1) * step
        step = step * own
    return field
