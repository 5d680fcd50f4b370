"""Results on disk: ``data/results/<study>.jsonl``, one line of JSON for each finished run, whole or not there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from lenet.data import data_folder

# What every line has. `code` is a digest of the package's code that ran. Absent in studies that choose: `test_error` (percent),
# `test_errors` (indices into the test digits), and `inside`, what `lenet.study.inside` saw on the first 1,000 training digits,
# before the first epoch and after each.
KEYS = {"study": str, "arm": str, "seed": int, "config": dict, "epochs": list, "seconds": float, "versions": dict, "processor": str, "code": str}
EPOCH_KEYS = {"loss", "error", "validation_loss", "validation_error"}  # null: nothing held out, or no longer a number


def results_folder() -> Path:
    """The folder of the results that come with the book."""
    return data_folder() / "results"


def read_runs(study: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """All finished runs of a study, in the order in which they finished.

    Args:
        study: its name.
        folder: where the file is; ``None`` for ``data/results``.

    Returns:
        One dictionary for each line, with the keys of `KEYS`. None where the study has not begun.

    Raises:
        ValueError: a line is damaged. The message names it, and tells what to do.
    """
    path, again = (folder or results_folder()) / f"{study}.jsonl", f"call python -m lenet.study run {study}"
    *lines, torn = (path.read_bytes() if path.exists() else b"").split(b"\n")
    if torn:
        raise ValueError(f"{path}: expected whole lines, found a last one that breaks off. To cut it off and do its run again, {again}.")
    runs: dict[tuple[str, int], dict[str, Any]] = {}
    for number, line in enumerate(lines, 1):
        try:
            run = json.loads(line)
            check(run, study)
            if runs.setdefault((run["arm"], run["seed"]), run) is not run:
                raise ValueError(f"arm {run['arm']!r} with seed {run['seed']} a second time")
        except (ValueError, TypeError, RecursionError) as fault:
            remedy = f"Restore the file from the repository, or delete the line and {again}."
            raise ValueError(f"{path}, line {number}: expected a finished run in JSON, found: {fault}. {remedy}") from None
    return list(runs.values())


def check(run: Any, study: str) -> None:
    """Raise a ValueError or a TypeError, which says what was found, for what is no run of the study or contradicts itself."""
    for key, kind in KEYS.items():
        if not isinstance(run, dict) or type(run.get(key)) is not kind:
            raise ValueError(f"no {key} of type {kind.__name__}")
    if run["study"] != study:
        raise ValueError(f"a run of the study {run['study']!r}")
    if not run["epochs"] or any(set(epoch) != EPOCH_KEYS for epoch in run["epochs"]):
        raise ValueError(f"epochs without {', '.join(sorted(EPOCH_KEYS))}")
    wrong = run.get("test_errors", [])
    if wrong != sorted(set(wrong).intersection(range(10_000))) or run.get("test_error", 0) != len(wrong) / 100:
        raise ValueError("a test_error that is not the number of test_errors")


def append_run(run: dict[str, Any], folder: Path) -> None:
    """Add one finished run to its study's file.

    Raises:
        OSError: the line could not be written whole, on a full disk for example. The next call of `cut_torn_line` removes it.
    """
    path = folder / f"{run['study']}.jsonl"
    line = json.dumps(run, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        with open(path, "ab") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise OSError(f"{path}: expected room for one more run, found none ({problem}). Make room, and call again: only this run is lost.") from None


def cut_torn_line(study: str, folder: Path) -> None:
    """Cut off a last line without an end, which a full disk or a power cut can leave, and print so."""
    path = folder / f"{study}.jsonl"
    content = path.read_bytes() if path.exists() else b""
    if content and not content.endswith(b"\n"):
        os.truncate(path, content.rfind(b"\n") + 1)
        print(f"{path}: the last line broke off, and is cut off. Its run is done again.")
