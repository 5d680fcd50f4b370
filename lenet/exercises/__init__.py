"""Checks of a reader's answers, a module for each chapter. A check prints its verdict and never raises."""

from lenet.exercises.digits import check_prepare, check_top_row

__all__ = ["check_prepare", "check_top_row"]
