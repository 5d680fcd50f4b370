"""Do the runs of a study: on all cores of this machine, or on a Dask cluster. Stopped anywhere, it goes on from there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lenet.study.grid import Study, configuration
from lenet.study.job import perform
from lenet.study.results import append_run, read_runs, set_aside


def missing(study: Study, folder: Path) -> list[tuple[str, int]]:
    """The runs that are not in the results yet, each seed of all arms before the next seed.

    Raises:
        ValueError: the results hold an arm with another configuration than the code.
    """
    there = read_runs(study.name, folder)
    for run in there:
        config = study.arms.get(run["arm"])
        if config is not None and config != configuration(**run["config"]):  # what it does not name, it left as it is
            remedy = "Move the file away to do these runs again, or give the arm another name."
            raise ValueError(f"{study.name}.jsonl: expected the arm {run['arm']!r} as the code has it, {config}, found {run['config']}. {remedy}")
    done = {(run["arm"], run["seed"]) for run in there}
    return [(arm, seed) for seed in study.seeds for arm in study.arms if (arm, seed) not in done]


def run_study(study: Study, folder: Path, workers: int | None = None, address: str | None = None) -> int:
    """Do every run of a study that is not there yet, and append each to the results as it finishes.

    Args:
        study: from `lenet.study.grid.load_study`.
        folder: where the results are.
        workers: processes of this machine; ``None`` for one on each core.
        address: of a Dask scheduler, ``"tcp://…"``, whose workers do the runs; ``None`` for this machine.

    Returns:
        The number of runs that failed. They are reported, not stored, and tried again by the next call.

    Raises:
        RuntimeError: another call does this study, the cluster is not fit for it, or workers die again and again.
        OSError: a finished run could not be stored.
    """
    from filelock import FileLock, Timeout
    from tqdm import tqdm

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{study.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RuntimeError(f"Expected to be the only call that runs {study.name}, found another at work on {folder}.") from None
    with lock:
        for complaint in set_aside(study.name, folder):
            print(complaint)
        tasks, failed = missing(study, folder), 0
        total = len(study.arms) * len(study.seeds)
        shape = "{n_fmt} of {total_fmt} runs done{postfix} |{bar:20}| about {remaining} left"
        pause = 0.5 if sys.stdout.isatty() else 60  # seconds between two states of the bar; a log needs few
        with tqdm(total=total, initial=total - len(tasks), bar_format=shape, file=sys.stdout, mininterval=pause) as bar:
            for run, running in on_cluster(study, tasks, address) if address else on_this_machine(study, tasks, workers):
                if run and "failed" in run:
                    failed += 1
                    bar.write(f"Failed: arm {run['arm']}, seed {run['seed']}. The others go on.\n{run['failed']}", file=sys.stdout)
                elif run:
                    append_run(run, folder)
                    bar.update()
                bar.set_postfix_str(f"{running} running, {failed} failed", refresh=not run)
    return failed


def on_this_machine(study: Study, tasks: list[tuple[str, int]], workers: int | None) -> Iterator[tuple[dict[str, Any], int]]:
    """``(finished run, how many are at work)``, each as soon as it is there; first an empty run. A dead worker is replaced."""
    import joblib
    from joblib.externals.loky.process_executor import BrokenProcessPool

    workers, dead, open_tasks = workers or joblib.cpu_count(), 0, set(tasks)
    while open_tasks:
        jobs = (joblib.delayed(perform)(study.name, *task, study.arms[task[0]], study.choosing) for task in tasks if task in open_tasks)
        yield {}, min(workers, len(open_tasks))
        try:
            for run in joblib.Parallel(workers, "loky", return_as="generator_unordered", pre_dispatch="n_jobs", batch_size=1)(jobs):
                open_tasks = open_tasks - {(run["arm"], run["seed"])}  # a new set: `jobs` still walks over the old one
                dead = 0
                yield run, min(workers, len(open_tasks))
        except BrokenProcessPool:
            dead += 1
            print("\nA worker was killed. Its run is done again.")
            if dead == 3:
                remedy = "Perhaps memory is short: try --workers 1."
                raise RuntimeError(f"Expected workers that live, found three killed before a run was finished. {remedy}") from None


def on_cluster(study: Study, tasks: list[tuple[str, int]], address: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The same from the workers of a Dask cluster. What a dead worker was at is given to another, three times at most."""
    from distributed import Client, as_completed

    try:
        client = Client(address, timeout=10)
    except OSError as problem:
        raise RuntimeError(f"Expected a Dask scheduler at {address}, found none ({problem}). Start one with: dask scheduler") from None
    with client:
        threads = client.nthreads()
        if not threads or set(threads.values()) != {1}:
            remedy = f"Start them with: dask worker {address} --nthreads 1 --nworkers 2"
            raise RuntimeError(f"Expected Dask workers of one thread each, found {list(threads.values())}. {remedy}")
        futures = {
            client.submit(perform, study.name, arm, seed, study.arms[arm], study.choosing, pure=False): (arm, seed)
            for arm, seed in tasks
        }
        running = min(len(threads), len(tasks))
        yield {}, running
        for left, future in zip(range(len(tasks) - 1, -1, -1), as_completed(futures)):
            arm, seed = futures[future]
            failure = {"arm": arm, "seed": seed, "failed": repr(future.exception())} if future.status != "finished" else None
            yield failure or future.result(), min(running, left)
