"""Checks of a reader's answers, a module for each part of the book. A check prints its verdict and never raises."""

from lenet.exercises.comparing import check_dense_back, check_kernel_back, check_paired
from lenet.exercises.comparing import check_redrawn, check_seeds_needed, check_standard_error
from lenet.exercises.digits import check_descent, check_error_on, check_prepare, check_scores, check_softmax, check_top_row
from lenet.exercises.layers import check_answer, check_average, check_bend, check_collapse, check_combine
from lenet.exercises.layers import check_convolve, check_counts, check_dense, check_reach, check_table_weights
from lenet.exercises.paper import check_curvatures, check_map, check_missed, check_nearest, check_one_more, check_subsample
from lenet.exercises.whole import check_centre, check_choice, check_confusion, check_field, check_layer, check_occlude

__all__ = [name for name in dir() if name.startswith("check_")]
