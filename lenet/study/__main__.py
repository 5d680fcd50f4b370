"""``python -m lenet.study``: list the studies, run one, see how far it is, or train the weights of the book."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from lenet.study.grid import STUDIES, load_study, purpose
from lenet.study.results import read_runs, results_folder
from lenet.study.runs import run_study
from lenet.study.weights import make_weights


def status(name: str, folder: Path, each_arm: bool = False) -> str:
    """How many runs of a study are done, in one line; of each arm, in a line each, if so asked."""
    study = load_study(name, folder)
    done = Counter(run["arm"] for run in read_runs(name, folder) if run["arm"] in study.arms and run["seed"] in study.seeds)
    arms, seeds = len(study.arms), len(study.seeds)
    text = f"{name}: {done.total()} of {arms * seeds} runs done ({arms} arms, {seeds} seeds)"
    return text + "".join(f"\n  {arm}: {done[arm]} of {seeds}" for arm in study.arms if each_arm)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lenet.study", description="Many runs of many networks, on any number of machines.")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="where results are (default: data/results)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="name the studies")
    run = commands.add_parser("run", help="do the runs that are not there yet; stopped anywhere, the same command goes on")
    for command in (run, commands.add_parser("status", help="tell how far a study is")):
        command.add_argument("study", choices=STUDIES, metavar="NAME", help=", ".join(STUDIES))
    run.add_argument("--workers", type=int, metavar="N", help="processes at once (default: one on each core)")
    run.add_argument("--backend", choices=["loky", "dask"], default="loky", help="processes of this machine (loky), or a Dask cluster")
    run.add_argument("--address", metavar="tcp://…", help="the scheduler of the Dask cluster")
    weights = commands.add_parser("weights", help="train the weights that come with the book, into data/weights")
    weights.add_argument("presets", nargs="+", choices=["tanh", "relu", "paper"])
    given = parser.parse_args()
    try:
        folder = given.results or results_folder()
        if given.command == "list":
            for name in STUDIES:
                try:
                    print(status(name, folder))
                except ValueError as problem:
                    print(f"{name}: not ready. {problem}")
                print(f"    {purpose(name)}")
        elif given.command == "weights":
            for preset in given.presets:
                make_weights(preset)
        elif given.command == "status":
            print(status(given.study, folder, each_arm=True))
        else:
            if (given.backend == "dask") != bool(given.address):
                raise ValueError("Expected --backend dask and --address tcp://… together, received one of them.")
            failed = run_study(load_study(given.study, folder), folder, given.workers, given.address)
            print(status(given.study, folder))
            if failed:
                raise SystemExit(f"{failed} failed, see above. The same command tries them again.")
    except KeyboardInterrupt:
        raise SystemExit("\nStopped. What is finished is stored; the same command goes on.") from None
    except (ValueError, OSError, RuntimeError) as problem:
        raise SystemExit(f"Stopped: {problem}") from None


if __name__ == "__main__":
    main()
