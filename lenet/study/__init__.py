"""Many runs of many networks: studies, their results on disk, and what the results say.

`grid` names the studies, `job` does one run, `runs` all of a study, `results` reads and writes ``data/results``, `statistics` compares.
On a command line: ``python -m lenet.study list``.
"""

from lenet.study.grid import STUDIES, Study, choose, load_study
from lenet.study.results import read_runs
from lenet.study.statistics import detectable_difference, paired_difference, wrong_answers

__all__ = ["STUDIES", "Study", "choose", "detectable_difference", "load_study", "paired_difference", "read_runs", "wrong_answers"]
