"""Run the chapters in place, two at a time, and write down how long each took.

    .venv/bin/python book/tools/notebooks.py [01 04 …]

A chapter is replaced only when it has run to its end; one that fails stays as it was, and is named. The measured times
go to data/results/times.json, and from there to the page book/times.md.
"""

import json
import os
import platform
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMES = ROOT / "data" / "results" / "times.json"
PAGE = ROOT / "book" / "times.md"
AT_A_TIME = max(1, min(2, os.cpu_count() or 1))
WORDS = {1: "one chapter", 2: "two chapters"}


def main(names: list[str]) -> int:
    chapters = chosen(names)
    print(f"Running {len(chapters)} of the chapters, {AT_A_TIME} at a time.", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory() as settings, ThreadPoolExecutor(AT_A_TIME) as pool:
        os.environ.update(IPYTHONDIR=settings, JUPYTER_PREFER_ENV_PATH="1")  # nobody's own start-up files
        try:
            jobs = {pool.submit(run, path): path for path in chapters}
            for done, job in enumerate(as_completed(jobs), start=1):
                path, problem = jobs[job], job.exception()
                if problem is None:
                    print(f"[{done} of {len(chapters)}] {path.name}: {job.result():.0f} s", flush=True)
                    note_time(path, job.result())
                else:
                    failed += 1
                    print(f"[{done} of {len(chapters)}] {path.name} FAILED and stays as it was: {problem}", flush=True)
        except KeyboardInterrupt:
            print("Stopped. The chapters that had not run to their end are as they were.", flush=True)
            os._exit(130)  # the kernels end when they miss us
    return 1 if failed else 0


def chosen(names: list[str]) -> list[Path]:
    """The chapters whose file names begin with one of the names; all of them when there are no names."""
    every = sorted((ROOT / "chapters").glob("*.ipynb"))
    found = {name: [path for path in every if path.name.startswith(Path(name).name)] for name in names}
    unknown = [name for name in names if not found[name]]
    if unknown or not every:
        sys.exit(f"Stopped: expected numbers among {', '.join(p.stem[:2] for p in every)}, received {' '.join(unknown)}.")
    return sorted({path for paths in found.values() for path in paths}) if names else every


def run(path: Path) -> float:
    """Run one notebook in a fresh kernel, and put it in place of the old one when it is whole. Returns seconds."""
    import nbclient
    import nbformat

    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    place = ["before the first cell"]
    client = nbclient.NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell, cell_index: place.append(f"cell {cell.get('id')}"),
    )
    start = time.perf_counter()
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as problem:
        raise RuntimeError(f"{place[-1]}: {problem.ename}: {problem.evalue}") from None
    except Exception as problem:
        raise RuntimeError(f"{place[-1]}: {type(problem).__name__}: {str(problem).strip().splitlines()[0]}") from None
    seconds = time.perf_counter() - start
    tidy(notebook)
    write(path, nbformat.writes(notebook) + "\n")
    return seconds


def tidy(notebook) -> None:
    """Take out what differs from run to run or from machine to machine."""
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        for volatile in ("execution", "collapsed"):
            cell.metadata.pop(volatile, None)
        if "live" in cell.metadata.get("tags", []):
            cell.outputs = []  # controls have random names, and move only where a kernel runs


def note_time(path: Path, seconds: float) -> None:
    times = json.loads(TIMES.read_text("utf-8")) if TIMES.is_file() else {}
    times[path.stem] = {
        "seconds": round(seconds, 1),
        "date": date.today().isoformat(),
        "cores": os.cpu_count(),
        "processor": processor(),
        "python": platform.python_version(),
        "tensorflow": tensorflow(),
    }
    times = {stem: of for stem, of in sorted(times.items()) if (ROOT / "chapters" / f"{stem}.ipynb").is_file()}
    TIMES.parent.mkdir(parents=True, exist_ok=True)
    write(TIMES, json.dumps(times, indent=1, ensure_ascii=False) + "\n")
    write(PAGE, page(times))


def page(times: dict) -> str:
    """The page of measured times, in Markdown."""
    rows = [
        f"| [{title(stem)}](../chapters/{stem}.ipynb) | {t['seconds']:.0f} | {t['cores']}, {t['processor']} "
        f"| {t['python']} | {t['tensorflow']} | {t['date']} |\n"
        for stem, t in times.items()
    ]
    return (
        "# Measured times\n\nHow long each chapter takes from its first cell to its last, in a fresh kernel, "
        f"at most {WORDS[AT_A_TIME]} at a time on the machine named. `make notebooks` writes this page. A chapter that runs "
        "alone is faster.\n\n| chapter | seconds | cores, processor | Python | TensorFlow | measured |\n"
        f"|---|---:|---|---|---|---|\n{''.join(rows)}"
    )


def title(stem: str) -> str:
    notebook = json.loads((ROOT / "chapters" / f"{stem}.ipynb").read_text("utf-8"))
    text = "".join(notebook["cells"][0]["source"])
    return f"{stem[:2]} {text.splitlines()[0].lstrip('# ')}"


def processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def tensorflow() -> str:
    try:
        return version("tensorflow")
    except PackageNotFoundError:
        return "none"


def write(path: Path, text: str) -> None:
    """Write a file so that whoever reads it, or stops us, finds the old one or the new one."""
    half_written = path.with_name(path.name + ".part")
    try:
        half_written.write_bytes(text.encode())
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
