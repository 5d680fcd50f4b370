"""Checks of a reader's answers, a module for each chapter. A check prints its verdict and never raises."""

from lenet.exercises.classifier import check_error_on, check_scores
from lenet.exercises.convolution import check_convolve, check_counts
from lenet.exercises.digits import check_prepare, check_top_row
from lenet.exercises.learning import check_descent, check_softmax
from lenet.exercises.whole import check_field, check_layer

__all__ = [
    "check_convolve",
    "check_counts",
    "check_descent",
    "check_error_on",
    "check_field",
    "check_layer",
    "check_prepare",
    "check_scores",
    "check_softmax",
    "check_top_row",
]
