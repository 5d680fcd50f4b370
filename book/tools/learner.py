"""Make the learner edition: the chapters without outputs, so that a prediction stays a prediction.

    .venv/bin/python book/tools/learner.py

It goes to _build/learner, and as a zip to _build/learner.zip: the chapters, the pages that they link to, the licence.
Outputs and execution counts are left out, and so are the cells that only test the book (tag ``remove-cell``): they
hold what a run must show, which a reader who changes the run need not meet. The same chapters give the same bytes.
"""

import re
import shutil
import sys
import zipfile
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]


def learner_edition(notebook):
    """The notebook without outputs and without the book's own tests."""
    notebook.cells = [cell for cell in notebook.cells if "remove-cell" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("jupyter", None)  # no output is folded away: what a reader's own run shows must be seen
            if "hide-input" in cell.metadata.get("tags", []):  # but code that the site folds is folded here as well
                cell.metadata.update(jupyter={"source_hidden": True}, cellView="form")  # in Jupyter, in Colab
    return notebook


def linked_pages(root: Path, notebooks: list) -> set[Path]:
    """The files of the book that the chapters link to, and those that these link to; a link that leads nowhere is an error."""
    found: set[Path] = set()
    waiting = [(root / "chapters", cell.source) for n in notebooks for cell in n.cells if cell.cell_type == "markdown"]
    while waiting:
        folder, text = waiting.pop()
        for link in re.findall(r"\]\((?![a-z]+:|#)([^)\s#]+)", text):
            path = (folder / link).resolve()
            if not path.is_file() or not path.is_relative_to(root):
                sys.exit(f"Stopped: expected a link to a file of the book, found {link}.")
            if path.suffix != ".ipynb" and path not in found:
                found.add(path)
                if path.suffix == ".md":
                    waiting.append((path.parent, path.read_text("utf-8")))
    return found


def main(root: Path = ROOT) -> int:
    root = root.resolve()
    folder, archive = root / "_build" / "learner", root / "_build" / "learner.zip"
    half_made, half_zipped = folder.with_name("learner.part"), archive.with_name("learner.zip.part")
    shutil.rmtree(half_made, ignore_errors=True)
    (half_made / "chapters").mkdir(parents=True)
    chapters = {path.name: learner_edition(nbformat.read(path, 4)) for path in sorted((root / "chapters").glob("*.ipynb"))}
    for name, notebook in chapters.items():
        nbformat.validate(notebook)
        (half_made / "chapters" / name).write_bytes(nbformat.writes(notebook).encode() + b"\n")
    for path in linked_pages(root, list(chapters.values())) | {root / "LICENSE"}:
        copy = half_made / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    with zipfile.ZipFile(half_zipped, "w") as file:
        for path in sorted(p for p in half_made.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(f"learner/{path.relative_to(half_made).as_posix()}", date_time=(1998, 11, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every system
            file.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    half_zipped.replace(archive)
    shutil.rmtree(folder, ignore_errors=True)
    half_made.rename(folder)
    print(f"The learner edition of {len(chapters)} chapters lies in {folder} and in {archive}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
