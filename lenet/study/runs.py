"""Do the runs of a study: on all cores of this machine, or on a Dask cluster. Stopped anywhere, it goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from lenet.study.grid import Study, configuration
from lenet.study.job import perform
from lenet.study.results import append_run, cut_torn_line, read_runs


def missing(study: Study, folder: Path) -> list[tuple[str, int]]:
    """The runs that are not in the results yet, each seed of all arms before the next seed.

    Raises:
        ValueError: the results are damaged, or hold an arm with another configuration than the code.
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
        ValueError: no worker is asked for, or as `missing` does.
        OSError: a finished run could not be stored.
    """
    from filelock import FileLock, Timeout
    from tqdm import tqdm

    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(folder / f"{study.name}.lock").acquire(timeout=0)
    except Timeout:
        raise RuntimeError(f"Expected to be the only call that runs {study.name}, found another at work on {folder}.") from None
    with lock:
        cut_torn_line(study.name, folder)
        total, killed = len(study.arms) * len(study.seeds), 0
        with tqdm(total=total, initial=total - len(missing(study, folder)), desc=study.name, unit="run", smoothing=0) as bar:
            while killed < 3:
                failed, calls = 0, [(study.name, arm, seed, study.arms[arm], study.choosing) for arm, seed in missing(study, folder)]
                try:
                    for run, places in on_cluster(calls, address) if address else on_this_machine(calls, workers):
                        killed = 0
                        if "failed" in run:
                            failed += 1
                            bar.write(f"Failed: arm {run['arm']}, seed {run['seed']}. The others go on.\n{run['failed']}")
                        else:
                            append_run(run, folder)
                            bar.update()
                        bar.set_postfix(running=min(places, total - bar.n - failed), failed=failed)
                    return failed
                except BrokenProcessPool:  # one dead worker stops the others, too
                    killed += 1
                    bar.write("A worker was killed. Its run is done again.")
    raise RuntimeError("Expected workers that live, found three killed before a run was finished. Perhaps memory is short: try --workers 1.")


def on_this_machine(calls: list[tuple[Any, ...]], workers: int | None) -> Iterator[tuple[dict[str, Any], int]]:
    """Each finished run as soon as it is there, with the number of workers."""
    import joblib

    workers = joblib.cpu_count() if workers is None else workers
    if workers < 1:
        raise ValueError(f"Expected at least one worker, received {workers}.")
    pool = joblib.Parallel(workers, "loky", return_as="generator_unordered", pre_dispatch="n_jobs", batch_size=1)
    yield from ((run, workers) for run in pool(joblib.delayed(perform)(*call) for call in calls))


def on_cluster(calls: list[tuple[Any, ...]], address: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The same from the workers of a Dask cluster. What a dead worker was at is given to another, three times at most."""
    from distributed import Client, as_completed  # joblib's own way to Dask waits for ever where a run has killed its workers

    try:
        client = Client(address, timeout=10)
    except OSError as problem:
        raise RuntimeError(f"Expected a Dask scheduler at {address}, found none ({problem}). Start one with: dask scheduler") from None
    with client:
        threads = list(client.nthreads().values())
        if set(threads) != {1}:
            remedy = f"Start them with: dask worker {address} --nthreads 1 --nworkers 2"
            raise RuntimeError(f"Expected Dask workers of one thread each, found {threads}. {remedy}")
        futures = {client.submit(perform, *call, pure=False): call for call in calls}
        for future in as_completed(futures):
            _, arm, seed, *_ = futures[future]
            failure = {"arm": arm, "seed": seed, "failed": repr(future.exception())} if future.status != "finished" else None
            yield failure or future.result(), len(threads)
