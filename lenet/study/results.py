"""Results on disk: ``data/results/<study>.jsonl``, one line of JSON for each finished run, whole or not there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from lenet.data import data_folder

# What every line has. Absent in studies that choose: `test_error` (percent), `test_errors` (indices into the test digits), and
# `inside`, what `lenet.study.inside` saw on the first 1,000 training digits, before the first epoch and after each.
KEYS = {
    "study": str,
    "arm": str,
    "seed": int,
    "config": dict,
    "epochs": list,  # {loss, error, validation_loss, validation_error}; null: nothing held out, or no longer a number
    "seconds": float,
    "versions": dict,
    "processor": str,
    "code": str,  # digest of the package's code that ran
}
EPOCH_KEYS = {"loss", "error", "validation_loss", "validation_error"}


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
        ValueError: a line is damaged. The message names it, and tells how to set it aside.
    """
    path = (folder or results_folder()) / f"{study}.jsonl"
    runs, damaged = sort_lines(path, study)
    if damaged:
        number, fault, _ = damaged[0]
        remedy = f"Restore the file, or call python -m lenet.study run {study}: it sets such lines aside and repeats the runs."
        raise ValueError(f"{path}, line {number}: expected a finished run, found {fault}. {remedy}")
    return runs


def sort_lines(path: Path, study: str) -> tuple[list[dict[str, Any]], list[tuple[int, str, bytes]]]:
    """The good runs of a file, and ``(line number, fault, line)`` for each of the others."""
    runs: list[dict[str, Any]] = []
    damaged: list[tuple[int, str, bytes]] = []
    seen: set[tuple[str, int]] = set()
    content = path.read_bytes() if path.exists() else b""
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        if not line.endswith(b"\n"):
            damaged.append((number, "a line that breaks off", line))
            continue
        run, fault = parse(line, study)
        if not fault and (run["arm"], run["seed"]) in seen:
            fault = f"arm {run['arm']!r} with seed {run['seed']} a second time"
        if fault:
            damaged.append((number, fault, line))
        else:
            seen.add((run["arm"], run["seed"]))
            runs.append(run)
    return runs, damaged


def parse(line: bytes, study: str) -> tuple[dict[str, Any], str]:
    """A run and what is wrong with it, which is "" for a good one."""
    try:
        run = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return {}, f"no JSON ({problem})"
    if not isinstance(run, dict):
        return {}, "no JSON object"
    for key, kind in KEYS.items():
        if type(run.get(key)) is not kind:
            return run, f"no {key} of type {kind.__name__}"
    if run["study"] != study:
        return run, f"a run of the study {run['study']!r}"
    if not run["epochs"] or not all(isinstance(e, dict) and e.keys() == EPOCH_KEYS for e in run["epochs"]):
        return run, f"epochs without {', '.join(sorted(EPOCH_KEYS))}"
    wrong = run.get("test_errors")
    if ("test_error" in run) != ("test_errors" in run) or wrong is not None and not consistent(wrong, run["test_error"]):
        return run, "a test_error that is not the number of test_errors"
    return run, ""


def consistent(wrong: Any, percent: Any) -> bool:
    """Whether the indices are test digits in order, and as many as the percentage of 10,000 says."""
    indices = isinstance(wrong, list) and all(type(i) is int and 0 <= i < 10_000 for i in wrong)
    return indices and wrong == sorted(set(wrong)) and isinstance(percent, float) and abs(len(wrong) / 100 - percent) < 1e-6


def append_run(run: dict[str, Any], folder: Path) -> None:
    """Add one finished run to its study's file, whole or not at all.

    Raises:
        OSError: the line could not be written, on a full disk for example. The file is as it was.
    """
    path = folder / f"{run['study']}.jsonl"
    line = (json.dumps(run, ensure_ascii=False, allow_nan=False) + "\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    with open(path, "ab", buffering=0) as file:
        length = file.seek(0, os.SEEK_END)
        try:
            if file.write(line) != len(line):
                raise OSError("the disk took only a part of the line")
            os.fsync(file.fileno())
        except OSError as problem:
            file.truncate(length)
            raise OSError(f"{path}: expected room for one more run, found none ({problem}). Nothing was lost but this run.") from None


def set_aside(study: str, folder: Path) -> list[str]:
    """Move damaged lines to ``<study>.damaged``, and say of each what was wrong. Good lines stay as they are."""
    path = folder / f"{study}.jsonl"
    _, damaged = sort_lines(path, study)
    if not damaged:
        return []
    aside = path.with_suffix(".damaged")
    with open(aside, "ab") as file:
        file.writelines(line.rstrip(b"\n") + b"\n" for _, _, line in damaged)
        file.flush()
        os.fsync(file.fileno())
    bad = {number for number, _, _ in damaged}
    lines = path.read_bytes().splitlines(keepends=True)
    half_written = path.with_name(path.name + ".part")
    half_written.write_bytes(b"".join(line for number, line in enumerate(lines, 1) if number not in bad))
    os.replace(half_written, path)
    return [f"{path.name}, line {number}: {fault}. Set aside in {aside.name}; its run is done again." for number, fault, _ in damaged]
