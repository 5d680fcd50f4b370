"""The chapters keep the contract; each solution passes its check, and each wrong answer gets its message.

That the outputs are true is tested by nbval, which runs every chapter: `pytest --nbval chapters`.
"""

import ast
import contextlib
import importlib.util
import io
import re
from pathlib import Path

import contract
import nbformat
import numpy as np
import pytest

from lenet import __version__, exercises

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
READ = {path: nbformat.read(path, 4) for path in CHAPTERS}
EXERCISES = [(path, cell.id) for path in CHAPTERS for cell in contract.code(READ[path]) if "exercise" in contract.tags(cell)]


def verdict(check, answer):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        check(answer)
    return said.getvalue()


def wrong_answers():
    for path in sorted((ROOT / "tests" / "wrong_answers").glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield from ((path.stem, name, function) for name, function in vars(module).items() if "__" in name[3:] and name.startswith("check_"))


WRONG = list(wrong_answers())


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_contract(path):
    found = contract.complaints(READ[path], path)
    assert not found, "\n".join(["", *found])


def test_the_set_up_cell_is_the_same_in_every_chapter():
    sources = {contract.code(notebook)[0].source for notebook in READ.values()}
    assert len(sources) == 1, "the chapters have different set-up cells"
    assert f"/archive/refs/tags/v{__version__}.tar.gz" in sources.pop(), "the set-up cell installs another version than this"


def test_chapters_are_numbered_without_a_gap():
    assert [int(path.stem[:2]) for path in CHAPTERS] == list(range(1, len(CHAPTERS) + 1))


def definitions(notebook, until) -> str:
    """What a solution may build on: the imports and functions that stand before it in its chapter."""
    lines = []
    for cell in notebook.cells:
        if cell.get("id") == until:
            break
        if cell.cell_type == "code" and "setup" not in contract.tags(cell):
            kept = [node for node in ast.parse(cell.source).body if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef))]
            lines += [ast.unparse(node) for node in kept]
    return "\n".join(lines)


@pytest.mark.parametrize("path, name", EXERCISES, ids=lambda value: getattr(value, "stem", value))
def test_the_solution_passes_its_check(path, name):
    notebook = READ[path]
    ids = [cell.get("id") for cell in notebook.cells]
    stub, after = notebook.cells[ids.index(name)], notebook.cells[ids.index(name) + 1]
    solution = re.search(r"<summary>Solution</summary>\n\n```python\n(.*?)```", after.source, re.DOTALL)[1]
    (call,) = re.findall(r"^exercises\.check_\w+\(\w+\)$", stub.source, re.MULTILINE)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(f"{definitions(notebook, name)}\n{solution}\n{call}", f"{path.stem}, {name}", "exec"), {})
    assert said.getvalue() == "Right: every case agrees.\n"


@pytest.mark.parametrize("chapter, name, answer", WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_answer_gets_its_message(chapter, name, answer):
    said = verdict(getattr(exercises, name.split("__")[0]), answer)
    assert said.startswith("Not yet: ") and answer.__doc__ in said, said


@pytest.mark.parametrize("name", exercises.__all__)
def test_every_check_stands_in_a_chapter_and_knows_three_wrong_answers(name):
    assert sum(f"exercises.{name}(" in cell.source for n in READ.values() for cell in contract.code(n)) == 1
    assert sum(wrong.startswith(f"{name}__") for _, wrong, _ in WRONG) >= 3


def fails(*arguments):
    raise ZeroDivisionError("division by zero")


@pytest.mark.parametrize("name", exercises.__all__)
@pytest.mark.parametrize(
    "answer, expected",
    [
        (lambda *arguments: None, "Not answered yet."),
        (lambda *arguments: ..., "Not answered yet."),
        (fails, "stopped with ZeroDivisionError: division by zero"),
        (lambda: 1, "stopped with TypeError"),
        (lambda *arguments: "seven", "Not yet: "),
        (lambda *arguments: [[1], [2, 3]], "Not yet: "),
        (lambda *arguments: np.zeros((2, 5, 7)), "Not yet: "),
        (lambda *arguments: np.nan, "Not yet: "),
        (lambda *arguments: {}, "Not yet: "),
        (42, "Not yet: expected a function, received 42"),
        (None, "Not yet: expected a function"),
    ],
)
def test_a_check_never_raises(name, answer, expected):
    assert expected in verdict(getattr(exercises, name), answer)
