"""Checks of a reader's answers, a module for each chapter. A check prints its verdict and never raises."""

from lenet.exercises.classifier import check_error_on, check_scores
from lenet.exercises.convolution import check_convolve, check_counts
from lenet.exercises.digits import check_prepare, check_top_row
from lenet.exercises.learning import check_descent, check_softmax
from lenet.exercises.seeing import check_centre, check_occlude

__all__ = [
    "check_centre",
    "check_convolve",
    "check_counts",
    "check_descent",
    "check_error_on",
    "check_occlude",
    "check_prepare",
    "check_scores",
    "check_softmax",
    "check_top_row",
]
