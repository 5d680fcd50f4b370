"""Checks of a reader's answers, a module for each chapter. A check prints its verdict and never raises."""

from lenet.exercises.bending import check_bend, check_collapse
from lenet.exercises.classifier import check_error_on, check_scores
from lenet.exercises.combining import check_combine, check_table_weights
from lenet.exercises.convolution import check_convolve, check_counts
from lenet.exercises.deciding import check_redrawn, check_seeds_needed
from lenet.exercises.decision import check_answer, check_dense
from lenet.exercises.digits import check_prepare, check_top_row
from lenet.exercises.gradients import check_dense_back, check_kernel_back
from lenet.exercises.learning import check_descent, check_softmax
from lenet.exercises.learning1998 import check_curvatures, check_map
from lenet.exercises.parts1998 import check_nearest, check_subsample
from lenet.exercises.runs import check_paired, check_standard_error
from lenet.exercises.seeing import check_centre, check_occlude
from lenet.exercises.subsampling import check_average, check_reach
from lenet.exercises.training import check_choice, check_confusion
from lenet.exercises.whole import check_field, check_layer

__all__ = [name for name in dir() if name.startswith("check_")]
