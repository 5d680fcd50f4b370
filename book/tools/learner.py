"""Make the learner edition: the chapters without outputs, so that a prediction stays a prediction.

    .venv/bin/python book/tools/learner.py

It goes to _build/learner, and as a zip to _build/learner.zip. The cells that only test the book (tag ``remove-cell``)
are left out too. The same chapters give the same bytes.
"""

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
            cell.metadata.pop("jupyter", None)  # nothing is left to fold away
    return notebook


def main(folder: Path = ROOT / "_build" / "learner", chapters: Path = ROOT / "chapters") -> int:
    half_made = folder.with_name(folder.name + ".part")
    shutil.rmtree(half_made, ignore_errors=True)
    half_made.mkdir(parents=True)
    names = sorted(path.name for path in chapters.glob("*.ipynb"))
    for name in names:
        notebook = learner_edition(nbformat.read(chapters / name, 4))
        nbformat.validate(notebook)
        (half_made / name).write_text(nbformat.writes(notebook), "utf-8")
    archive = folder.with_name(folder.name + ".zip")
    with zipfile.ZipFile(half_made / "learner.zip", "w") as file:
        for name in names:
            entry = zipfile.ZipInfo(f"learner/{name}", date_time=(1998, 11, 1, 0, 0, 0))
            file.writestr(entry, (half_made / name).read_bytes(), zipfile.ZIP_DEFLATED)
    shutil.move(half_made / "learner.zip", archive)
    shutil.rmtree(folder, ignore_errors=True)
    half_made.rename(folder)
    print(f"The learner edition of {len(names)} chapters lies in {folder} and in {archive}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
