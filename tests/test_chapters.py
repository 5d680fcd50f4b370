"""The chapters keep the contract; each solution passes its check, and each wrong answer gets its message.

That the outputs are true is tested by nbval, which runs every chapter: `pytest --nbval chapters`.

Wrong answers stand in ``tests/wrong_answers/NN_chapter.py``: each function ``check_name__mistake`` is an answer, and its
docstring is a part of the message that the check must give. Other functions there are helpers.
"""

import ast
import contextlib
import importlib.util
import inspect
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


def verdict(check, answer) -> str:
    """What a check says of an answer."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        check(answer)
    return said.getvalue()


def wrong_answers():
    for path in sorted((ROOT / "tests" / "wrong_answers").glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found = [(name, value) for name, value in vars(module).items() if inspect.isfunction(value) and name.startswith("check_")]
        yield from ((path.stem, name, value) for name, value in found)


WRONG = list(wrong_answers())


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_contract(path):
    found = contract.complaints(READ[path], path)
    assert not found, "\n".join(["", *found])


def test_chapters_agree():
    found = contract.disagreements({path.stem: notebook for path, notebook in READ.items()}, __version__)
    assert len(READ) >= 4 and not found, "\n".join(["", *found])


def test_no_number_is_allowed_that_no_chapter_types():
    text = {}
    for notebook in READ.values():
        for cell in notebook.cells:
            text[cell.id] = " ".join([text.get(cell.id, ""), *(part for part, _ in contract.paragraphs(cell))])
    unused = [f"{number} in cell {name}" for name, allowed in contract.WORKED.items() for number in allowed - contract.numbers(text.get(name, ""))]
    assert not unused, f"take out of WORKED in contract.py: {unused}"


def definitions(notebook, until) -> str:
    """What a solution may build on: the imports and functions that stand before it in its chapter. Nothing is trained."""
    kept = []
    for cell in notebook.cells:
        if cell.get("id") == until:
            break
        if cell.cell_type == "code" and not contract.tags(cell) & {"setup", "exercise", "remove-cell"}:
            kept += [node for node in ast.parse(cell.source).body if isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef))]
    return "\n".join(map(ast.unparse, kept))


def run(path, name, *parts) -> str:
    """What the parts of an exercise print, run after the definitions of its chapter."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile("\n".join([definitions(READ[path], name), *parts]), f"{path.stem}, {name}", "exec"), {})
    return said.getvalue()


def solution(path, name) -> str:
    """The code of an exercise's solution, which stands folded in the cell after its stub."""
    cells = READ[path].cells
    position = next(i for i, cell in enumerate(cells) if cell.id == name)
    return re.search(r"<summary>Solution</summary>\n\n```python\n(.*?)```", cells[position + 1].source, re.DOTALL)[1]


@pytest.mark.parametrize("path, name", EXERCISES, ids=lambda value: getattr(value, "stem", value))
def test_the_solution_passes_its_check(path, name):
    stub = next(cell.source for cell in READ[path].cells if cell.id == name)
    call = stub.strip().splitlines()[-1]
    assert run(path, name, stub) == "Not answered yet.\n", "the stub as it stands"
    assert run(path, name, stub, solution(path, name), call) == "Not answered yet.\nRight: every case agrees.\n", "the solution below it"


@pytest.mark.parametrize("chapter, name, answer", WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_answer_gets_its_message(chapter, name, answer):
    check, separator, mistake = name.partition("__")
    assert separator and mistake and check in exercises.__all__, f"expected the name check_name__mistake, with a check of {exercises.__all__}"
    fragment = answer.__doc__ or ""
    assert len(fragment) >= 5, "expected a docstring that is a part of the message"
    said = verdict(getattr(exercises, check), answer)
    assert said.startswith("Not yet: ") and fragment in said and said.count("\n") == 1, said


@pytest.mark.parametrize("name", exercises.__all__)
def test_every_check_stands_in_a_chapter_and_knows_three_wrong_answers(name):
    stands = [path.stem for path, notebook in READ.items() for cell in contract.code(notebook) if f"exercises.{name}(" in cell.source]
    assert len(stands) == 1, f"expected one exercise with this check, found {stands}"
    known = [chapter for chapter, wrong, _ in WRONG if wrong.startswith(f"{name}__")]
    assert len(known) >= 3 and set(known) == set(stands), f"expected three wrong answers in tests/wrong_answers/{stands[0]}.py, found {known}"


def fails(*arguments):
    raise ZeroDivisionError("division by zero")


def endless(*arguments):
    return endless(*arguments)


@pytest.mark.parametrize("name", exercises.__all__)
@pytest.mark.parametrize(
    "answer, expected",
    [
        (lambda *arguments: None, "Not answered yet."),
        (lambda *arguments: ..., "Not answered yet."),
        (fails, "stopped with ZeroDivisionError: division by zero"),
        (endless, "stopped with RecursionError"),
        (lambda: 1, "stopped with TypeError"),
        (lambda *arguments: "seven", "Not yet: "),
        (lambda *arguments: [[1], [2, 3]], "Not yet: "),
        (lambda *arguments: (None, None), "Not yet: "),
        (lambda *arguments: (i for i in range(3)), "Not yet: "),
        (lambda *arguments: print, "Not yet: "),
        (lambda *arguments: "two\nlines", "Not yet: "),
        (lambda *arguments: 10**400, "Not yet: "),
        (lambda *arguments: 1j, "Not yet: "),
        (lambda *arguments: np.zeros((2, 5, 7)), "Not yet: "),
        (lambda *arguments: np.zeros((0, 4)), "Not yet: "),
        (lambda *arguments: np.nan, "Not yet: "),
        (lambda *arguments: np.full((40, 40), np.inf), "Not yet: "),
        (lambda *arguments: {}, "Not yet: "),
        (42, "Not yet: expected a function, received 42"),
        (None, "Not yet: expected a function"),
    ],
)
def test_a_check_never_raises(name, answer, expected):
    said = verdict(getattr(exercises, name), answer)
    assert expected in said and said.count("\n") == 1


def test_the_right_answer_has_no_place_of_its_own():
    """Whoever notices that the right answer is always the second need not think."""
    places = []
    for path in CHAPTERS:
        text = "\n".join("".join(cell.source) for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown")
        for question in text.split("**Question.**")[1:]:
            answers = re.findall(r"</summary>\n\n(\w+)", question.split("\n## ")[0])
            assert answers.count("Yes") == 1, f"{path.stem}: expected one explanation that begins with Yes, found {answers}"
            places.append(answers.index("Yes"))
    assert all(places.count(place) < 0.6 * len(places) for place in set(places)), places
