"""Measure how long studies take on this machine, and write the page book/cluster.md about running them on many.

    .venv/bin/python book/tools/cluster.py            # measure anew, about five minutes on two quiet cores
    .venv/bin/python book/tools/cluster.py --page     # the page alone, from data/results/speed.json
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE, SPEED = ROOT / "book" / "cluster.md", ROOT / "data" / "results" / "speed.json"


def wall(runs: int, digits: int | None = 30_000, epochs: int = 2, **how) -> tuple[float, float]:
    """Seconds that some runs take from the first to the last moment, and the mean seconds of training alone."""
    from joblib.externals.loky import get_reusable_executor

    from lenet.study.grid import Study, configuration
    from lenet.study.results import read_runs
    from lenet.study.runs import run_study

    study = Study("speed", {"tanh": configuration(digits=digits, epochs=epochs)}, range(runs))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        run_study(study, Path(folder), **how)
        seconds = time.perf_counter() - start
        if how.get("workers", 1) > 1:
            get_reusable_executor().shutdown()  # joblib would keep its workers for some minutes
        return seconds, statistics.mean(run["seconds"] for run in read_runs("speed", Path(folder)))


def afresh(*given, **named) -> tuple[float, float]:
    """`wall` in a new process, where nothing is imported yet."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(wall, *given, **named).result()


def measure() -> dict:
    """The same runs with one worker, with two, and with two workers of a Dask cluster that waits already."""
    from distributed import LocalCluster

    from lenet.study.job import processor

    (one, _), (two, _), (_, full) = afresh(8, workers=1), afresh(8, workers=2), afresh(1, None, 10, workers=1)
    with LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster:
        wall(2, address=cluster.scheduler_address)  # the workers import TensorFlow, as they do once only
        dask, trained_by_two = wall(8, address=cluster.scheduler_address)
    overhead = dask / 4 - trained_by_two  # four runs for each of two workers, which had started before
    numbers = {"one_worker": one, "two_workers": two, "two_dask_workers": dask, "overhead": overhead, "full": full}
    return {"date": date.today().isoformat(), "processor": processor(), "cores": os.cpu_count(), "runs": 8} | {k: round(n, 1) for k, n in numbers.items()}


def page(speed: dict) -> str:
    seconds = speed["full"] + speed["overhead"]
    rounds, busy = 10 * seconds / 60, 1000 * seconds / 3600
    return f"""# Running the studies on a cluster

A study is a grid of runs: each arm once with each seed. One run is one network, trained by one thread. Runs do not wait for one another, so a study uses as many processors as there are.

## On one machine

```bash
.venv/bin/python -m lenet.study list
.venv/bin/python -m lenet.study run rehearsal
```

`list` names the studies, and tells how far each is. `run` does the runs that are not there yet, one on each core, and shows how many are done, running and failed, and how much time is left. `rehearsal` is a study of six runs of a few seconds, made to try out a machine. `status` counts the runs of each arm.

Each finished run becomes one line of `data/results/NAME.jsonl`. Stop the command whenever you like, or pull the plug: the same command goes on where it was. A worker that is killed is replaced, and its run is done again. `--workers 1` leaves a core to you, and `--results FOLDER` writes elsewhere.

## On many machines

The same command hands the runs to a [Dask](https://docs.dask.org/) scheduler. Each machine needs the repository and its `.venv` (`python book/tools/setup.py`). On one machine, start the scheduler; on each, workers of one thread, as many as it has cores:

```bash
.venv/bin/python -m distributed.cli.dask_scheduler --port 8786
.venv/bin/python -m distributed.cli.dask_worker tcp://SCHEDULER:8786 --nthreads 1 --nworkers 16
.venv/bin/python -m lenet.study run activations --backend dask --address tcp://SCHEDULER:8786
```

SCHEDULER is the name or the address of the first machine. Only the last command writes results. Workers may come and go: a run whose worker dies is given to another. A worker of two threads is refused, because two networks in one process would disturb each other's random numbers.

A result does not depend on the worker, on the order, or on whether Dask or one machine did the run: the tests compare them number by number. Between kinds of processors the last digits differ, and training makes more of it. So each line names its processor, and it is best to do a study on one kind.

On a cluster with a queue, such as Slurm, `dask-jobqueue` starts the same workers. We have not tried it.

Dask gives no protection against strangers: whoever reaches the scheduler's port can run programs on the workers. Keep it inside your own network.

## What it costs

Measured on {speed["date"]}, {speed["cores"]} cores, {speed["processor"]}: {speed["runs"]} runs of 30,000 digits and two epochs.

| workers | seconds | speed-up |
|---|---:|---:|
| one | {speed["one_worker"]:.0f} | 1 |
| two | {speed["two_workers"]:.0f} | {speed["one_worker"] / speed["two_workers"]:.2f} |
| two, of a Dask cluster that waits already | {speed["two_dask_workers"]:.0f} | {speed["one_worker"] / speed["two_dask_workers"]:.2f} |

The first two lines include the start of the workers. In a cluster that waits already, a run costs {speed["overhead"]:.1f} seconds more than its training: the digits are read, the network is built, and the test digits are answered.

On paper: a run of ten epochs on all 60,000 digits took {speed["full"]:.0f} seconds here, on one thread. So 1,000 such runs are {busy:.0f} core hours. On 100 workers as fast as ours they take {rounds:.0f} minutes, and the same core hours. What the scheduler has to carry is small: each run comes back as about three kilobytes.

`book/tools/cluster.py` measures this and writes this page.
"""


def main(*words: str) -> None:
    if "--page" not in words:
        SPEED.write_text(json.dumps(measure(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(page(json.loads(SPEED.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
