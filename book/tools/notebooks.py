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
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMES = ROOT / "data" / "results" / "times.json"
PAGE = ROOT / "book" / "times.md"


def main(names: list[str], folder: Path = ROOT / "chapters") -> int:
    chapters = sorted(path for path in folder.glob("*.ipynb") if not names or path.stem.startswith(tuple(names)))
    if not chapters:
        sys.exit(f"Expected the numbers of chapters, such as 01, received {' '.join(names)}.")
    print(f"Running {len(chapters)} chapters, two at a time.", flush=True)
    done, failed = 0, []
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {pool.submit(run, path): path for path in chapters}
        for job in as_completed(jobs):
            path = jobs[job]
            done += 1
            try:
                seconds = job.result()
            except Exception as problem:
                failed.append(path.name)
                print(f"[{done} of {len(chapters)}] {path.name} FAILED and was left as it was: {problem}", flush=True)
                continue
            print(f"[{done} of {len(chapters)}] {path.name}: {seconds:.0f} s", flush=True)
            if folder == ROOT / "chapters":
                note_time(path, seconds)
    return 1 if failed else 0


def run(path: Path) -> float:
    """Run one notebook in a fresh kernel, and put it in place of the old one when it is whole. Returns seconds."""
    import nbclient
    import nbformat

    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = nbclient.NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    start = time.perf_counter()
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as problem:
        cell = next(c for c in notebook.cells if any(o.output_type == "error" for o in c.get("outputs", [])))
        raise RuntimeError(f"cell {cell.id}: {problem.ename}: {problem.evalue}") from None
    seconds = time.perf_counter() - start
    tidy(notebook)
    half_written = path.with_name(path.name + ".part")
    try:
        half_written.write_text(nbformat.writes(notebook), "utf-8")
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)
    return seconds


def tidy(notebook) -> None:
    """Take out what differs from run to run or from machine to machine."""
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.metadata.pop("collapsed", None)


def note_time(path: Path, seconds: float) -> None:
    times = json.loads(TIMES.read_text("utf-8")) if TIMES.is_file() else {}
    times[path.stem] = {
        "seconds": round(seconds, 1),
        "date": date.today().isoformat(),
        "cores": os.cpu_count(),
        "processor": processor(),
        "python": platform.python_version(),
        "tensorflow": version("tensorflow"),
    }
    TIMES.parent.mkdir(exist_ok=True)
    write(TIMES, json.dumps(dict(sorted(times.items())), indent=1, ensure_ascii=False) + "\n")
    rows = [
        f"| [{title(stem)}](../chapters/{stem}.ipynb) | {t['seconds']:.0f} | {t['cores']}, {t['processor']} "
        f"| {t['python']} | {t['tensorflow']} | {t['date']} |"
        for stem, t in sorted(times.items())
        if (ROOT / "chapters" / f"{stem}.ipynb").is_file()
    ]
    write(
        PAGE,
        "# Measured times\n\nHow long each chapter takes from its first cell to its last, in a fresh kernel, two chapters "
        "at a time on the machine named. `make notebooks` writes this page. A chapter that runs alone is faster.\n\n"
        "| chapter | seconds | cores, processor | Python | TensorFlow | measured |\n|---|---:|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n",
    )


def title(stem: str) -> str:
    notebook = json.loads((ROOT / "chapters" / f"{stem}.ipynb").read_text("utf-8"))
    text = "".join(notebook["cells"][0]["source"])
    return f"{stem[:2]} {text.splitlines()[0].lstrip('# ')}"


def processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def write(path: Path, text: str) -> None:
    half_written = path.with_name(path.name + ".part")
    half_written.write_text(text, "utf-8")
    os.replace(half_written, path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
