"""``python -m lenet.study``: list the studies, run one, see how far it is, or train the weights of the book."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from lenet.study.grid import STUDIES, Study, load_study, purpose
from lenet.study.results import read_runs, results_folder


def described(study: Study, folder: Path) -> str:
    done = sum(run["arm"] in study.arms and run["seed"] in study.seeds for run in read_runs(study.name, folder))
    return f"{study.name}: {done} of {len(study.arms) * len(study.seeds)} runs done ({len(study.arms)} arms, {len(study.seeds)} seeds)"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lenet.study", description="Many runs of many networks, on any number of machines.")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="where results are (default: data/results)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="name the studies")
    status = commands.add_parser("status", help="tell how far a study is")
    run = commands.add_parser("run", help="do the runs that are not there yet; stopped anywhere, the same command goes on")
    for command in (status, run):
        command.add_argument("study", choices=STUDIES, metavar="NAME", help=", ".join(STUDIES))
    run.add_argument("--workers", type=int, metavar="N", help="processes at once (default: one on each core)")
    run.add_argument("--backend", choices=["loky", "dask"], default="loky", help="processes of this machine (loky), or a Dask cluster")
    run.add_argument("--address", metavar="tcp://…", help="the scheduler of the Dask cluster")
    weights = commands.add_parser("weights", help="train the weights that come with the book, into data/weights")
    weights.add_argument("presets", nargs="+", choices=["tanh", "relu", "paper"], metavar="PRESET", help="tanh, relu, paper")
    given = parser.parse_args()
    if given.command == "run" and (given.backend == "dask") != bool(given.address):
        parser.error("Expected --backend dask and --address tcp://… together, received one of them.")
    if given.command == "run" and given.workers is not None and given.workers < 1:
        parser.error(f"Expected at least one worker, received {given.workers}.")
    folder = given.results or results_folder()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow starts, here or in a worker
    try:
        if given.command == "list":
            for name in STUDIES:
                try:
                    print(described(load_study(name, folder), folder))
                except ValueError as problem:
                    print(f"{name}: not ready. {problem}")
                print(f"    {purpose(name)}")
        elif given.command == "weights":
            from lenet.study.weights import make_weights

            for preset in given.presets:
                make_weights(preset)
        elif given.command == "status":
            study = load_study(given.study, folder)
            print(described(study, folder))
            runs = read_runs(study.name, folder)
            for arm in study.arms:
                print(f"  {arm}: {sum(run['arm'] == arm and run['seed'] in study.seeds for run in runs)} of {len(study.seeds)}")
        else:
            from lenet.study.runs import run_study

            study = load_study(given.study, folder)
            failed = run_study(study, folder, given.workers, given.address)
            print(described(study, folder))
            if failed:
                raise SystemExit(f"{failed} failed, see above. The same command tries them again.")
    except KeyboardInterrupt:
        raise SystemExit("\nStopped. What is finished is stored; the same command goes on.") from None
    except (ValueError, OSError, RuntimeError) as problem:
        raise SystemExit(f"Stopped: {problem}") from None


if __name__ == "__main__":
    main()
