"""Each rule of contract.py refuses a notebook that breaks it, and a good notebook passes them all."""

import base64
import io

import contract
import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

LINKS = (
    "> [Colab](https://colab.research.google.com/github/jumarubea/lenet-5_architecture_model/blob/learner/chapters/01_x.ipynb) "
    "[Binder](https://mybinder.org/v2/gh/jumarubea/lenet-5_architecture_model/learner?labpath=chapters/01_x.ipynb) "
    "[times](../book/times.md)"
)
FOLDS = "<details>\n<summary>Hint</summary>\n\nLook.\n\n</details>\n\n<details>\n<summary>Solution</summary>\n\n```python\nx = 1\n```\n\n</details>"


def png(value=255):
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.full((20, 30, 3), value, np.uint8)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def text(words):
    return new_output("stream", name="stdout", text=words)


def good():
    """A small notebook that keeps to every rule."""
    cells = [
        new_markdown_cell("# Title\n\n**A question?**", id="title"),
        new_code_cell("import os", id="setup", metadata={"tags": ["setup", "hide-input"]}),
        new_code_cell(
            "plot()",
            id="figure",
            metadata={"mystnb": {"image": {"alt": "A line that climbs from the lower left to the upper right."}}},
            outputs=[new_output("display_data", data={"image/png": png(), "text/plain": "<Figure size 1x1>"})],
        ),
        new_markdown_cell("*Follow the line to its end.*\n\n" + LINKS, id="caption"),
        new_code_cell("y = train()", id="run", metadata={"tags": ["nbval-ignore-output"]}, outputs=[text("98.765\n")]),
        new_code_cell("assert y > 90, 'it no longer learns'", id="claim", metadata={"tags": ["remove-cell"]}),
        new_markdown_cell("## Part\n\n**Predict.** What?\n\n- a\n- b", id="question"),
        new_code_cell(
            "print(1)", id="answer", metadata={"tags": ["hide-output"], "jupyter": {"outputs_hidden": True}}, outputs=[text("1\n")]
        ),
        new_markdown_cell("Because.", id="because"),
        new_code_cell("check(x)", id="stub", metadata={"tags": ["exercise"]}, outputs=[text("Not answered yet.\n")]),
        new_markdown_cell(FOLDS, id="help"),
    ]
    notebook = new_notebook(cells=cells)
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    for count, cell in enumerate(contract.code(notebook), start=1):
        cell.execution_count = count
    return notebook


def cell(notebook, name):
    return next(c for c in notebook.cells if c.get("id") == name)


def add_source(name, source):
    return lambda n: cell(n, name).update(source=source)


def add_prose(words):
    return lambda n: cell(n, "because").update(source=words)


def set_tags(name, *tags):
    return lambda n: cell(n, name).metadata.update(tags=list(tags))


def drop(name):
    return lambda n: n.cells.remove(cell(n, name))


BAD = {
    "no execution count": (lambda n: cell(n, "run").update(execution_count=None), "executed_in_order: cell run", "found None"),
    "out of order": (lambda n: cell(n, "run").update(execution_count=7), "executed_in_order: cell run", "expected the execution count 3, found 7"),
    "an error": (lambda n: cell(n, "run").outputs.append(new_output("error", ename="KeyError", evalue="", traceback=[])), "no_error_and_no_stderr", "KeyError"),
    "stderr": (lambda n: cell(n, "run").outputs.append(new_output("stream", name="stderr", text="W0000")), "no_error_and_no_stderr", "W0000"),
    "unknown tag": (set_tags("run", "nbval-skip"), "known_tags", "nbval-skip"),
    "marker in a comment": (add_source("run", "train()  # NBVAL_IGNORE_OUTPUT"), "known_tags", "marker of nbval"),
    "exempt, no claim": (drop("claim"), "exempt_cells_are_followed_by_a_claim: cell run", "must assert"),
    "claim without assert": (add_source("claim", "print(y)"), "claims_can_fail", "found none"),
    "claim that cannot fail": (add_source("claim", "assert True, 'fine'"), "claims_can_fail", "computed value"),
    "claim without words": (add_source("claim", "assert y > 1"), "claims_can_fail", "with a message"),
    "no alt text": (lambda n: cell(n, "figure").metadata.pop("mystnb"), "figures_have_alt_text_and_caption", "expected alt text"),
    "no caption": (add_source("caption", "Look." + LINKS), "figures_have_alt_text_and_caption", "expected a caption"),
    "caption is alt": (
        add_source("caption", "*A line that climbs from the lower left to the upper right.*\n\n" + LINKS),
        "figures_have_alt_text_and_caption",
        "the alt text again",
    ),
    "16 lines": (add_source("run", "\n".join(["x = 1"] * 16)), "cells_are_short", "found 16"),
    "semicolon": (add_source("figure", "plot();"), "cells_are_short", "plt.show()"),
    "directive": (add_prose("```{note}\nHi\n```"), "plain_markdown", "```{"),
    "colons": (add_prose(":::note\nHi\n:::"), "plain_markdown", ":::"),
    "role": (add_prose("See {ref}`there`."), "plain_markdown", "{ref}`"),
    "html": (add_prose("<img src='x.png'>"), "plain_markdown", "<img"),
    "fold without empty line": (add_prose("<details>\n<summary>A</summary>\nB\n\n</details>"), "plain_markdown", "empty line"),
    "absolute path": (add_source("run", "open('/home/me/x')"), "nothing_of_this_machine", "/home/me/x"),
    "path in an output": (lambda n: cell(n, "answer").update(outputs=[text("/tmp/x.png\n")]), "nothing_of_this_machine", "/tmp/x.png"),
    "address in an output": (lambda n: cell(n, "answer").update(outputs=[text("<f at 0x7f8899aabb>\n")]), "nothing_of_this_machine", "0x7f88"),
    "widget state": (lambda n: n.metadata.update(widgets={}), "no_random_metadata", "widgets"),
    "execution times": (lambda n: cell(n, "run").metadata.update(execution={}), "no_random_metadata", "execution"),
    "random id": (lambda n: cell(n, "run").update(id="a1b2c3d4"), "no_random_metadata", "id in words"),
    "id used twice": (lambda n: cell(n, "run").update(id="answer"), "no_random_metadata", "used once"),
    "stored widget": (
        lambda n: cell(n, "run").outputs.append(new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}})),
        "no_random_metadata",
        "stored widget",
    ),
    "no set-up": (drop("setup"), "setup_cell", "first code cell"),
    "loud set-up": (lambda n: cell(n, "setup").outputs.append(text("hello")), "setup_cell", "expected silence"),
    "prediction in the open": (set_tags("answer"), "predictions_are_folded", "expected the tag hide-output"),
    "prediction open in JupyterLab": (lambda n: cell(n, "answer").metadata.pop("jupyter"), "predictions_are_folded", "outputs_hidden"),
    "prediction without answers": (add_source("question", "## Part\n\n**Predict.** What?"), "predictions_are_folded", "two or three"),
    "no solution": (add_source("help", "Try."), "exercises_have_hint_and_solution", "folded solution"),
    "answered stub": (lambda n: cell(n, "stub").update(outputs=[text("Right\n")]), "exercises_have_hint_and_solution", "Not answered yet"),
    "two titles": (add_source("question", "# Part\n\n**Predict.** What?\n\n- a\n- b"), "headings_in_order", "one title"),
    "a level skipped": (add_source("because", "#### Deep"), "headings_in_order", "skip no level"),
    "too long": (add_prose("word " * 2_500), "not_too_long", "at most 2500 words"),
    "prose in an output": (
        lambda n: cell(n, "answer").update(outputs=[text("The network reads most of the digits now\n")]),
        "cells_print_no_prose",
        "found a sentence",
    ),
    "decided number": (add_prose("It reaches 98.765 now."), "no_number_that_a_run_decides", "98.765, which a run in cell run decides"),
    "decided number, rounded": (add_prose("It reaches 98.8 now."), "no_number_that_a_run_decides", "98.8, which a run"),
    "decided number as a fraction": (add_prose("It reaches 0.988 now."), "no_number_that_a_run_decides", "0.988, which a run"),
    "decided number in an alt text": (
        lambda n: cell(n, "figure").metadata["mystnb"]["image"].update(alt="A line that climbs to 98.77 at the upper right."),
        "no_number_that_a_run_decides",
        "98.77",
    ),
    "percentage from nowhere": (add_prose("It errs on 1.7 % of them."), "no_number_that_a_run_decides", "found 1.7 %"),
    "absolute link": (add_prose("[x](file:///x.md)"), "links_are_relative_and_lead_somewhere", "file:///x.md"),
    "no launch link": (add_source("caption", "*Follow the line to its end.*"), "launch_links_name_this_chapter", "colab"),
}


def test_a_good_notebook_passes():
    assert contract.complaints(good()) == []


@pytest.mark.parametrize("name", BAD)
def test_refuses(name):
    spoil, *expected = BAD[name]
    notebook = good()
    spoil(notebook)
    found = contract.complaints(notebook)
    assert any(all(part in complaint for part in expected) for complaint in found), found


def test_every_rule_is_tried():
    assert {rule.__name__ for rule in contract.RULES} == {expected[0].split(":")[0] for _, *expected in BAD.values()}


def test_files(tmp_path):
    path = tmp_path / "chapters" / "01_x.ipynb"
    path.parent.mkdir()
    nbformat.write(good(), path)
    found = contract.complaints(nbformat.read(path, 4), path)
    assert len(found) == 1 and "expected a link to a file that exists, found ../book/times.md" in found[0]
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "times.md").touch()
    assert contract.complaints(nbformat.read(path, 4), path) == []
    other = path.rename(path.with_name("02_y.ipynb"))
    assert any("chapters/02_y.ipynb" in c for c in contract.complaints(nbformat.read(other, 4), other))
    with other.open("a") as file:
        file.write(" " * contract.MOST_BYTES)
    assert any("file_size" in c for c in contract.complaints(nbformat.read(other, 4), other))


def run_nbval(folder, pytestconfig, source, output):
    """Run one cell under nbval as the book does, and return pytest's exit code and words."""
    import shutil
    import subprocess
    import sys

    shutil.copy(pytestconfig.rootpath / "conftest.py", folder)
    cell = new_code_cell(source, id="only", execution_count=1, outputs=[output] if output else [])
    nbformat.write(new_notebook(cells=[cell], metadata=good().metadata), folder / "one.ipynb")
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "--nbval", str(folder)], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout


DRAW = "import numpy as np\nfrom PIL import Image\nImage.fromarray(np.full((20, 30, 3), {}, np.uint8))"


@pytest.mark.parametrize(
    "source, output, passes",
    [
        ("print(1.25)", text("1.25\n"), True),
        ("print(1.25)", text("1.26\n"), False),
        ("import sys; print('1.26', file=sys.stderr)", None, False),
        (DRAW.format(200), new_output("execute_result", execution_count=1, data={"image/png": png(210), "text/plain": "IMAGE"}), True),
        (DRAW.format(200), new_output("execute_result", execution_count=1, data={"image/png": png(90), "text/plain": "IMAGE"}), False),
    ],
)
def test_nbval_compares_words_and_pictures(tmp_path, pytestconfig, source, output, passes):
    if "Image" in source:  # its own words hold an address, so give it others
        source = source.replace("Image.fromarray(", "class IMAGE(Image.Image):\n    def __repr__(self): return 'IMAGE'\nim = Image.fromarray(")
        source += "\nim.__class__ = IMAGE\nim"
    code, words = run_nbval(tmp_path, pytestconfig, source, output)
    assert code == (0 if passes else 1), words
    if not passes:
        assert ("of its pixels" if "IMAGE" in source else "1.26") in words
