"""Each rule of contract.py refuses a notebook that breaks it, and a good notebook passes them all."""

import base64
import importlib.util
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import contract
import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parents[1]
BOX = (
    "> **You will be able to** see. **You need** eyes.\n>\n"
    "> [Colab](https://colab.research.google.com/github/jumarubea/lenet-5_architecture_model/blob/learner/chapters/01_x.ipynb) "
    "[Binder](https://mybinder.org/v2/gh/jumarubea/lenet-5_architecture_model/learner?labpath=chapters/01_x.ipynb) "
    "[times](../book/times.md)"
)
CAPTION = "*Follow the line to its end.*"
ALT = "A line that climbs from the lower left to the upper right."
PAPER = "It errs on 0.95 % in the paper of 1998."
SETUP = (
    "import importlib.util\n"
    "address = 'https://github.com/jumarubea/lenet-5_architecture_model/archive/refs/tags/v1.2.3.tar.gz'\n"
    "options = ['--no-deps']"
)
STUB = "def my_sum(a, b):\n    return None\n\n\nexercises.check_sum(my_sum)"
FOLDS = (
    "<details>\n<summary>Hint</summary>\n\nLook.\n\n</details>\n\n"
    "<details>\n<summary>Solution</summary>\n\n```python\ndef my_sum(a, b):\n    return a + b  # 77.25\n```\n\n</details>"
)
QUESTION = (
    "## Test yourself\n\n**Question.** Is it?\n\n<details>\n<summary>Yes</summary>\n\nIt is, by far.\n\n</details>\n\n"
    "<details>\n<summary>No</summary>\n\nLook again at it.\n\n</details>"
)
END = "## What to remember\n\n- It climbs.\n\n**Now read the paper.** In [LeCun](https://doi.org/10.1109/5.726791). And then?"


def png(value=255):
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.full((20, 30, 3), value, np.uint8)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def text(words):
    return new_output("stream", name="stdout", text=words)


def picture(value=255):
    return new_output("display_data", data={"image/png": png(value), "text/plain": "<Figure size 1x1>"})


def good():
    """A small notebook that keeps to every rule."""
    image = {"image": {"alt": ALT}}
    cells = [
        new_markdown_cell("# Title\n\n**A question?**", id="title"),
        new_code_cell(SETUP, id="setup", metadata={"tags": ["setup", "hide-input"]}),
        new_code_cell("plot(0.5, figsize=(7, 2.6))", id="figure", metadata={"mystnb": image}, outputs=[picture()]),
        new_markdown_cell(f"{CAPTION}\n\n{BOX}", id="caption"),
        new_code_cell("y = train(0.25)", id="run", metadata={"tags": ["nbval-ignore-output"]}, outputs=[text("0.25 98.765 1380\n")]),
        new_code_cell("assert y > 90, 'it no longer learns'", id="claim", metadata={"tags": ["remove-cell"]}),
        new_markdown_cell("## Part\n\nSee `f(0.5)` and $0.25$.\n\n**Predict.** What?\n\n- a\n- b", id="question"),
        new_code_cell(
            "print(f(7))", id="answer", metadata={"tags": ["hide-output"], "jupyter": {"outputs_hidden": True}}, outputs=[text("4096 0.3333\n")]
        ),
        new_markdown_cell(f"Because 4,096 is about 0.33 of it. {PAPER}\n\n### Exercise 1.1: add\n\nAdd.", id="because"),
        new_code_cell(STUB, id="stub", metadata={"tags": ["exercise"]}, outputs=[text("Not answered yet.\n")]),
        new_markdown_cell(FOLDS, id="help"),
        new_markdown_cell(QUESTION, id="questions"),
        new_markdown_cell(END, id="end"),
    ]
    notebook = new_notebook(cells=cells)
    notebook.nbformat_minor = 5
    notebook.metadata = nbformat.from_dict(contract.METADATA)
    for count, each in enumerate(contract.code(notebook), start=1):
        each.execution_count = count
    return notebook


def cell(notebook, name):
    return next(c for c in notebook.cells if c.get("id") == name)


def source(name, words):
    return lambda n: cell(n, name).update(source=words)


def swap(name, old, new):
    def spoil(notebook):
        assert old in cell(notebook, name).source
        cell(notebook, name).source = cell(notebook, name).source.replace(old, new)

    return spoil


def prose(words):
    return lambda n: cell(n, "because").update(source=f"{words}\n\n### Exercise 1.1: add")


def outputs(name, *found):
    return lambda n: cell(n, name).update(outputs=list(found))


def set_tags(name, *tags):
    return lambda n: cell(n, name).metadata.update(tags=list(tags))


def set_alt(words):
    return lambda n: cell(n, "figure").metadata["mystnb"]["image"].update(alt=words)


def drop(name):
    return lambda n: n.cells.remove(cell(n, name))


def insert(before, new):
    return lambda n: n.cells.insert(n.cells.index(cell(n, before)), new)


RUN = "executed_in_order"
ERRORS = "no_error_and_no_stderr"
FOLLOWED = "exempt_cells_are_followed_by_a_claim"
FAIL = "claims_can_fail"
LIVE = "live_cells_are_committed_without_output"
FIGURES = "figures_have_alt_text_and_caption"
NUMBERS = "no_number_that_a_run_decides"
MARKDOWN = "plain_markdown"
MACHINE = "nothing_of_this_machine"
RANDOM = "no_random_metadata"
COMPLETE = "chapter_is_complete"
PREDICT = "predictions_are_folded"
EXERCISE = "exercises_have_hint_and_solution"
LINKS = "links_are_relative_and_lead_somewhere"

# What is wrong: how to spoil the good notebook, the rule that says so, the cell it names, and what it says.
BAD = {
    "no execution count": (lambda n: cell(n, "run").update(execution_count=None), RUN, "run", "expected the execution count 3, found None"),
    "out of order": (lambda n: cell(n, "run").update(execution_count=7), RUN, "run", "expected the execution count 3, found 7"),
    "a raw cell": (insert("end", nbformat.v4.new_raw_cell("x", id="raw")), RUN, "raw", "found a raw cell"),
    "an error": (outputs("run", new_output("error", ename="KeyError", evalue="", traceback=[])), ERRORS, "run", "KeyError"),
    "stderr": (outputs("run", new_output("stream", name="stderr", text="W0000")), ERRORS, "run", "W0000"),
    "nbval-skip": (set_tags("run", "nbval-skip"), "known_tags", "run", "nbval-skip"),
    "raises-exception": (set_tags("run", "raises-exception"), "known_tags", "run", "raises-exception"),
    "unknown tag": (set_tags("answer", "hide-output", "mine"), "known_tags", "answer", "mine"),
    "tagged Markdown": (set_tags("end", "remove-cell"), "known_tags", "end", "no tag on a Markdown cell"),
    "an exempt stub": (set_tags("stub", "exercise", "nbval-ignore-output"), "known_tags", "stub", "outputs that are compared"),
    "marker in a comment": (source("run", "# NBVAL_IGNORE_OUTPUT\ny = train(0.25)"), "known_tags", "run", "# NBVAL_IGNORE_OUTPUT"),
    "old marker in a comment": (source("run", "## PYTEST_VALIDATE_IGNORE_OUTPUT\ny = 1"), "known_tags", "run", "PYTEST_VALIDATE"),
    "exempt, no claim": (drop("claim"), FOLLOWED, "run", "must assert"),
    "exempt, claim shown": (set_tags("claim"), FOLLOWED, "run", "must assert"),
    "claim about another thing": (source("claim", "assert z > 90, 'it no longer learns'"), FOLLOWED, "claim", "found none of its names"),
    "claim about a module": (source("claim", "import np\nassert np.pi > 3, 'pi is no longer pi'"), FOLLOWED, "claim", "found none of its names"),
    "claim without assert": (source("claim", "print(y)"), FAIL, "claim", "an assertion that runs, found none"),
    "claim that is never called": (source("claim", "def f():\n    assert y > 90, 'it no longer learns'"), FAIL, "claim", "that runs, found none"),
    "claim behind an if": (source("claim", "if y:\n    assert y > 90, 'it no longer learns'"), FAIL, "claim", "that runs, found none"),
    "claim that cannot fail": (source("claim", "assert True, 'it no longer learns'"), FAIL, "claim", "cannot fail"),
    "claim equal to itself": (source("claim", "assert y == y, 'it no longer learns'"), FAIL, "claim", "cannot fail"),
    "claim or true": (source("claim", "assert y > 1 or True, 'it no longer learns'"), FAIL, "claim", "cannot fail"),
    "claim in brackets": (source("claim", "assert (y > 1, 'it no longer learns')"), FAIL, "claim", "cannot fail"),
    "claim without words": (source("claim", "assert y > 1"), FAIL, "claim", "with a message"),
    "claim with a poor word": (source("claim", "assert y > 1, 'oh'"), FAIL, "claim", "with a message"),
    "claim that prints": (outputs("claim", text("fine\n")), FAIL, "claim", "to be silent"),
    "prose in an output": (outputs("answer", text("The network reads most of the digits now\n")), "cells_print_no_prose", "answer", "a sentence"),
    "a short sentence": (outputs("answer", text("Accuracy of the network is good.\n")), "cells_print_no_prose", "answer", "a sentence"),
    "prose as a result": (
        outputs("answer", new_output("execute_result", execution_count=1, data={"text/plain": "'It reads most of the digits by now'"})),
        "cells_print_no_prose",
        "answer",
        "a sentence",
    ),
    "live cell that others may run": (set_tags("run", "live"), LIVE, "run", "live, nbval-ignore-output and hide-input together"),
    "live cell without controls": (set_tags("run", "live", "nbval-ignore-output", "hide-input"), LIVE, "run", "ipywidgets' interact"),
    "live cell with output": (
        insert("end", new_code_cell("interact(f)", id="live", metadata={"tags": ["live", "nbval-ignore-output", "hide-input"]}, outputs=[text("9\n")])),
        LIVE,
        "live",
        "expected no output",
    ),
    "no alt text": (lambda n: cell(n, "figure").metadata.pop("mystnb"), FIGURES, "figure", "expected alt text"),
    "short alt text": (set_alt("A line that climbs."), FIGURES, "figure", "expected alt text"),
    "alt text without a full stop": (set_alt(ALT.strip(".")), FIGURES, "figure", "expected alt text"),
    "default alt text": (set_alt("<Figure size 700x340 with 2 Axes, and more words.>."), FIGURES, "figure", "expected alt text"),
    "picture lost": (outputs("figure"), FIGURES, "figure", "expected a picture"),
    "two pictures": (outputs("figure", picture(), picture()), FIGURES, "figure", "expected one picture"),
    "alt text used twice": (
        lambda n: cell(n, "answer").update(outputs=[picture()]) or cell(n, "answer").metadata.update(mystnb={"image": {"alt": ALT}}),
        FIGURES,
        "answer",
        "that of cell figure",
    ),
    "picture in Markdown": (prose("![x](x.png)"), FIGURES, "because", "expected alt text"),
    "no caption": (source("caption", f"Look.\n\n{BOX}"), FIGURES, "figure", "expected a caption"),
    "caption in part": (source("caption", f"{CAPTION} More.\n\n{BOX}"), FIGURES, "figure", "expected a caption"),
    "caption in bold": (source("caption", f"*{CAPTION}*\n\n{BOX}"), FIGURES, "figure", "expected a caption"),
    "caption without a full stop": (source("caption", f"*Follow the line to its end*\n\n{BOX}"), FIGURES, "figure", "expected a caption"),
    "caption too late": (source("caption", f"Look.\n\n{CAPTION}\n\n{BOX}"), FIGURES, "figure", "expected a caption"),
    "code before the caption": (insert("caption", new_code_cell("x = 1", id="more")), FIGURES, "figure", "expected a caption"),
    "caption is alt": (source("caption", f"*{ALT}*\n\n{BOX}"), FIGURES, "figure", "the alt text again"),
    "16 lines": (source("run", "\n".join(["y = 1"] * 16)), "cells_are_short", "run", "at most 15 lines, found 16"),
    "semicolon": (source("figure", "plot();"), "cells_are_short", "figure", "plt.show()"),
    "magic": (source("figure", "%matplotlib inline"), "cells_are_short", "figure", "expected plain Python"),
    "directive": (prose("```{note}\nHi\n```"), MARKDOWN, "because", "```{"),
    "quoted directive": (prose("> ```{note}\n> Hi\n> ```"), MARKDOWN, "because", "```{"),
    "colons": (prose(":::note\nHi\n:::"), MARKDOWN, "because", ":::"),
    "role": (prose("See {ref}`there`."), MARKDOWN, "because", "{ref}`"),
    "role of a domain": (prose("See {py:func}`there`."), MARKDOWN, "because", "{py:func}`"),
    "citation": (prose("See {cite}`lecun`."), MARKDOWN, "because", "{cite}`"),
    "target": (prose("(here)=\n\nHi."), MARKDOWN, "because", "(here)="),
    "substitution": (prose("Hi {{ name }}."), MARKDOWN, "because", "{{ name }}"),
    "footnote": (prose("Hi.[^1]"), MARKDOWN, "because", "[^1]"),
    "alert": (prose("> [!NOTE]\n> Hi."), MARKDOWN, "because", "[!NOTE]"),
    "html": (prose("<img src='x.png'>"), MARKDOWN, "because", "<img"),
    "open fold": (prose("<details open>\n<summary>A</summary>\n\nB\n\n</details>"), MARKDOWN, "because", "<details open>"),
    "fold without empty line": (prose("<details>\n<summary>A</summary>\nB\n\n</details>"), MARKDOWN, "because", "empty line"),
    "fold that does not end": (prose("<details>\n<summary>A</summary>\n\nB"), MARKDOWN, "because", "expected each fold"),
    "summary on the same line": (prose("<details><summary>A</summary>\n\nB\n\n</details>"), MARKDOWN, "because", "expected each fold"),
    "attachment": (lambda n: cell(n, "end").update(attachments={"x.png": {}}), MARKDOWN, "end", "x.png"),
    "absolute path": (source("run", "y = open('/home/me/x')"), MACHINE, "run", "/home/me/x"),
    "any absolute path": (source("run", "y = open('/digits/x')"), MACHINE, "run", "/digits/x"),
    "path of Windows": (source("run", r"y = open('C:\\digits')"), MACHINE, "run", "C:"),
    "home": (source("run", "y = open('~/x')"), MACHINE, "run", "~/x"),
    "home by name": (source("run", "y = Path.home() / 'x'"), MACHINE, "run", "Path.home("),
    "path in the text": (prose("It lies in /Users/me/x."), MACHINE, "because", "/Users/me/x"),
    "path in an output": (outputs("answer", text("/tmp/x.png\n")), MACHINE, "answer", "/tmp/x.png"),
    "path on a second line": (outputs("answer", text("4096\n/content/x.png\n")), MACHINE, "answer", "/content/x.png"),
    "address of a file": (outputs("answer", new_output("display_data", data={"text/html": "<a href='file:///x'>"})), MACHINE, "answer", "file:///x"),
    "address in an output": (outputs("answer", text("<f at 0x7f8899aabb>\n")), MACHINE, "answer", "at 0x7f88"),
    "widget state": (lambda n: n.metadata.update(widgets={}), RANDOM, "the notebook", "widgets"),
    "version of Python": (lambda n: n.metadata["language_info"].update(version="3.11.9"), RANDOM, "the notebook", "3.11.9"),
    "old format": (lambda n: n.update(nbformat_minor=4), RANDOM, "the notebook", "found 4.4"),
    "execution times": (lambda n: cell(n, "run").metadata.update(execution={}), RANDOM, "run", "execution"),
    "collapsed": (lambda n: cell(n, "run").metadata.update(collapsed=False), RANDOM, "run", "collapsed"),
    "caption in the metadata": (lambda n: cell(n, "figure").metadata["mystnb"].update(figure={"caption": "x"}), RANDOM, "figure", "caption"),
    "random id": (lambda n: cell(n, "run").update(id="a1b2c3d4"), RANDOM, "a1b2c3d4", "id in words"),
    "random long id": (lambda n: cell(n, "run").update(id="a1b2c3d4-0000-4000-8000-000000000000"), RANDOM, "a1b2c3d4", "id in words"),
    "id of Colab": (lambda n: cell(n, "run").update(id="Xk3_jd"), RANDOM, "Xk3_jd", "id in words"),
    "id used twice": (lambda n: cell(n, "run").update(id="answer"), RANDOM, "answer", "used once"),
    "stored widget": (outputs("run", new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}})), RANDOM, "run", "widget"),
    "picture that is not compared": (outputs("run", new_output("display_data", data={"image/svg+xml": "<svg/>"})), RANDOM, "run", "svg"),
    "no set-up": (drop("setup"), "setup_cell", "figure", "first code cell"),
    "set-up too late": (insert("setup", new_code_cell("x = 1", id="early")), "setup_cell", "early", "first code cell"),
    "untagged set-up": (set_tags("setup", "setup"), "setup_cell", "setup", "the tags setup and hide-input"),
    "loud set-up": (outputs("setup", text("hello")), "setup_cell", "setup", "expected silence"),
    "two set-ups": (set_tags("answer", "setup"), "setup_cell", "answer", "set-up cell alone"),
    "no question": (source("title", "# Title\n\nWords."), COMPLETE, "title", "the question"),
    "no picture first": (source("setup", "# x") and drop("figure"), COMPLETE, "the notebook", "a picture on the first screen"),
    "no box": (swap("caption", "You need", "Bring"), COMPLETE, "the notebook", "You need"),
    "box not quoted": (swap("caption", "> **You will", "**You will"), COMPLETE, "the notebook", "You will be able to"),
    "nothing to remember": (swap("end", "## What to remember", "## Done"), COMPLETE, "the notebook", "What to remember"),
    "no paper": (swap("end", "https://doi.org/10.1109/5.726791", "https://doi.org/1"), COMPLETE, "the notebook", "link to the paper"),
    "ends in code": (lambda n: n.cells.append(new_code_cell("x = 1", id="last", execution_count=8)), COMPLETE, "last", "end with words"),
    "prediction in the open": (set_tags("answer"), PREDICT, "answer", "expected the tag hide-output"),
    "prediction open in JupyterLab": (lambda n: cell(n, "answer").metadata.pop("jupyter"), PREDICT, "answer", "found one of them"),
    "folded in JupyterLab alone": (lambda n: cell(n, "run").metadata.update(jupyter={"outputs_hidden": True}), PREDICT, "run", "found one of them"),
    "folded without a question": (source("question", "## Part"), PREDICT, "answer", "expected a question"),
    "words before the answer": (insert("answer", new_markdown_cell("Think.", id="think")), PREDICT, "think", "decides it"),
    "prediction without answers": (source("question", "## Part\n\n**Predict.** What?"), PREDICT, "question", "two or three"),
    "four answers": (swap("question", "- b", "- b\n- c\n- d"), PREDICT, "question", "two or three answers, found 4"),
    "words after the answers": (swap("question", "- b", "- b\n\nThink."), PREDICT, "question", "ends on a list"),
    "prediction not explained": (insert("because", new_code_cell("x = 1", id="more")), PREDICT, "answer", "why the wrong answers tempt"),
    "prediction spoiled": (swap("question", "## Part", "## Part\n\nIt is 4,096."), PREDICT, "answer", "nothing spoils, found ['4096']"),
    "no solution": (source("help", "Try."), EXERCISE, "stub", "folded solution"),
    "no hint": (source("help", FOLDS.split("\n\n", 3)[3].replace("</details>\n\n", "", 1)), EXERCISE, "stub", "folded hint"),
    "solution of another": (swap("help", "def my_sum(", "def sum_of("), EXERCISE, "help", "defines my_sum"),
    "answered stub": (outputs("stub", text("Right: every case agrees.\n")), EXERCISE, "stub", "'Not answered yet.', found 'Right"),
    "stub without a check": (swap("stub", "exercises.check_sum(my_sum)", "my_sum(1, 2)"), EXERCISE, "stub", "the check of it"),
    "stub without a function": (swap("stub", "def my_sum(", "def mine("), EXERCISE, "stub", "expected a function"),
    "exercise without a title": (source("because", "Add."), EXERCISE, "stub", "### Exercise N.1"),
    "exercise miscounted": (swap("because", "Exercise 1.1", "Exercise 1.2"), EXERCISE, "stub", "### Exercise N.1"),
    "question with one option": (source("questions", QUESTION.rsplit("<details>", 1)[0]), "questions_have_explained_options", "questions", "found 1"),
    "option not explained": (swap("questions", "It is, by far.", "Yes."), "questions_have_explained_options", "questions", "each explained"),
    "two titles": (swap("question", "## Part", "# Part"), "headings_in_order", "the notebook", "one title"),
    "a level skipped": (swap("question", "## Part", "## Part\n\n#### Deep"), "headings_in_order", "the notebook", "skip no level"),
    "too long": (prose("word " * 2_500), "not_too_long", "the notebook", "at most 2500 words, found 25"),
    "decided number": (prose("It reaches 98.765 now."), NUMBERS, "because", "98.765, which the run in cell run decides"),
    "decided number, rounded": (prose("It reaches 98.8 now."), NUMBERS, "because", "98.8, which the run"),
    "decided number, whole": (prose("It reaches 99 % now."), NUMBERS, "because", "99, which the run"),
    "decided number as a fraction": (prose("It reaches 0.988 now."), NUMBERS, "because", "0.988, which the run"),
    "decided number as an error": (prose("It errs on 1.24 percent."), NUMBERS, "because", "1.24, which the run"),
    "decided number in a formula": (prose("It reaches $98.8\\,\\%$ now."), NUMBERS, "because", "98.8, which the run"),
    "decided number as code": (prose("It reaches `98.8` now."), NUMBERS, "because", "98.8, which the run"),
    "decided number, whole count": (prose("It reads 1,380 of them."), NUMBERS, "because", "1380, which the run"),
    "decided number as the paper's": (prose("It reaches 98.8, better than the paper of 1998."), NUMBERS, "because", "98.8, which the run"),
    "decided number in an alt text": (set_alt("A line that climbs to 98.77 at the upper right."), NUMBERS, "figure", "98.77"),
    "decided number in a caption": (source("caption", f"*Follow the line to 98.77 at its end.*\n\n{BOX}"), NUMBERS, "caption", "98.77"),
    "decided number in a comment": (source("figure", "plot(0.5)  # 98.77 at its end"), NUMBERS, "figure", "98.77"),
    "decided number in a plot's title": (source("figure", "plot(0.5, title='98.8 percent')"), NUMBERS, "figure", "98.8"),
    "decided number in a fold": (swap("questions", "It is, by far.", "It is: 98.8 by now."), NUMBERS, "questions", "98.8"),
    "percentage from nowhere": (prose("It errs on 1.7 % of them."), NUMBERS, "because", "found 1.7 %"),
    "whole percentage from nowhere": (prose("It errs on 7 % of them."), NUMBERS, "because", "found 7 %"),
    "published figure without a source": (prose("It errs on 0.95 % of them."), NUMBERS, "because", "found 0.95 %"),
    "source in another paragraph": (prose("It errs on 0.95 %.\n\nRead the paper."), NUMBERS, "because", "found 0.95 %"),
    "number from nowhere": (prose("It is 17.3 times as long."), NUMBERS, "because", "found 17.3, which stands in no code"),
    "number of a plot's size": (prose("It is 2.6 times as long."), NUMBERS, "because", "found 2.6, which stands in no code"),
    "number from a solution": (prose("It is 77.25 times as long."), NUMBERS, "because", "found 77.25, which stands in no code"),
    "absolute link": (prose("[x](file:///x.md)"), LINKS, "because", "file:///x.md"),
    "link from the root": (prose("[x](/book/x.md)"), LINKS, "because", "/book/x.md"),
    "link without https": (prose("[x](http://example.org)"), LINKS, "because", "http://example.org"),
    "no launch link": (source("caption", CAPTION), "launch_links_name_this_chapter", "the notebook", "colab"),
    "launch link of another book": (
        swap("caption", "jumarubea/lenet-5_architecture_model/learner", "else" + "/where/learner"),
        "launch_links_name_this_chapter",
        "the notebook",
        "/gh/else" + "/where",
    ),
}


def test_a_good_notebook_passes():
    assert contract.complaints(good()) == []


@pytest.mark.parametrize("name", BAD)
def test_refuses(name):
    spoil, rule, where, words = BAD[name]
    notebook = good()
    spoil(notebook)
    found = contract.complaints(notebook)
    where = "the notebook: " if where == "the notebook" else rf"cell \d+, {where}"
    assert any(re.match(f"{rule}: {where}", complaint) and words in complaint for complaint in found), found


def test_every_rule_is_tried():
    assert {rule.__name__ for rule in contract.RULES} == {rule for _, rule, _, _ in BAD.values()}


ALLOWED = {
    "the paper's figures": PAPER,
    "what a compared cell prints, rounded": "A third, 0.33, or 33 of a hundred.",
    "what the code sets": "Half, 0.5, or a quarter, 0.25.",
    "all and nothing": "It reads 0 % at first, and 100 % at the end.",
    "headings of exercises": "See Exercise 3.2 above.",
    "addresses": "See [arXiv](https://arxiv.org/abs/1905.10498), arXiv 1905.10498, doi.",
    "code that is shown": "```python\nrate = 98.765\n```",
    "braces and signs": "Sums $\\sum_{i=0}^{k-1} x_{r+i,\\,c+j}$, $a < b > c$, and `a < b`, `{x}`, `f {x}` and `b`.",
    "thousands": "There are 60,000 digits, $60{,}000$, and 122,304 connections.",
}


@pytest.mark.parametrize("name", ALLOWED)
def test_has_nothing_against(name):
    notebook = good()
    prose(ALLOWED[name])(notebook)
    assert contract.complaints(notebook) == []


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
    found = contract.complaints(nbformat.read(other, 4), other)
    assert any("link to" in c and "chapters/02_y.ipynb" in c for c in found)
    assert any("name this chapter" in c and "chapters/01_x.ipynb" in c for c in found)
    with other.open("a") as file:
        file.write(" " * contract.MOST_BYTES)
    assert any("file_size" in c and "2000000" in c for c in contract.complaints(nbformat.read(other, 4), other))


def test_chapters_agree():
    chapters = {"01_one": good(), "02_two": good()}
    cell(chapters["02_two"], "because").source = PAPER + "\n\n### Exercise 2.1: add"
    assert contract.disagreements(chapters, "1.2.3") == []
    assert all("expected the set-up cell to install the version 1.2.4" in c for c in contract.disagreements(chapters, "1.2.4"))
    assert len(contract.disagreements(chapters, "1.2.4")) == 2
    (found,) = contract.disagreements({"01_one": good(), "02_two": good()}, "1.2.3")
    assert found == "02_two: expected the exercises of chapter 2, found 1."
    cell(chapters["02_two"], "setup").source += "\nx = 1"
    assert contract.disagreements(chapters, "1.2.3") == ["02_two: expected the set-up cell of 01_one, found another."]
    found = contract.disagreements({"01_one": good(), "03_two": good()}, "1.2.3")
    assert "03_two: expected chapters numbered without a gap, 02 here." in found


# ---------------------------------------------------------------- what nbval compares

SHOW = "import base64\nfrom IPython.display import Image\nImage(data=base64.b64decode('{}'))"


def shown(value):
    return new_output("execute_result", execution_count=1, data={"image/png": png(value), "text/plain": "<IPython.core.display.Image object>"})


# A cell: its source, its committed output, whether it should pass, and its tags.
CELLS = {
    "the same": ("print(1.25)", [text("1.25\n")], True),
    "a changed number": ("print(1.25)", [text("1.26\n")], False),
    "a lost output": ("print(1.25)", [], False),
    "an output that nobody prints": ("pass", [text("1.25\n")], False),
    "stderr": ("import sys; print('W0000', file=sys.stderr)", [], False),
    "other words on stderr": ("print('W1', file=sys.stderr)", [new_output("stream", name="stderr", text="W0\n")], False),
    "an error": ("1 / 0", [], False),
    "a claim that fails": ("assert sys is None, 'the message'", [], False),
    "exempt": ("print(1.25)", [text("1.26\n")], True, "nbval-ignore-output"),
    "an error in an exempt cell": ("1 / 0", [], False, "nbval-ignore-output"),
    "a picture a little paler": (SHOW.format(png(200)), [shown(210)], True),
    "another picture": (SHOW.format(png(200)), [shown(90)], False),
    "a lost picture": (SHOW.format(png(200)), [new_output("execute_result", execution_count=1, data={"text/plain": "<IPython.core.display.Image object>"})], False),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """The outcome of each of CELLS, run by `pytest --nbval chapters` with the settings of the book."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "chapters").mkdir()
    shutil.copy(ROOT / "conftest.py", folder)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.pytest.ini_options]\n")[1].split("\n[")[0]
    (folder / "pyproject.toml").write_text(f"[tool.pytest.ini_options]\n{settings}", encoding="utf-8")

    def write(name, cells):
        made = [
            new_code_cell(source, id=f"c{n}", execution_count=n, outputs=found, metadata={"tags": list(tags)})
            for n, (source, found, _, *tags) in enumerate(cells, start=1)
        ]
        nbformat.write(new_notebook(cells=made, metadata=contract.METADATA), folder / "chapters" / f"{name}.ipynb")

    write("a", CELLS.values())
    write("b", [(f"x{n} = {n}" if n % 2 else f"print(x{n - 1})", [] if n % 2 else [text(f"{n - 1}\n")], True) for n in range(1, 7)])
    notebook = nbformat.read(folder / "chapters" / "b.ipynb", 4)
    notebook.cells.append(new_code_cell("print(1.25)", id="uncounted"))
    nbformat.write(notebook, folder / "chapters" / "b.ipynb")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "--nbval", "chapters"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    found = re.findall(r"^(PASSED|FAILED) chapters.(\w)\.ipynb::Cell (\d+)", done.stdout, re.MULTILINE)
    return {(name, int(number)): outcome for outcome, name, number in found}, done.stdout


@pytest.mark.parametrize("number, name", list(enumerate(CELLS)), ids=list(CELLS))
def test_nbval_compares(outcomes, number, name):
    found, words = outcomes
    assert found.get(("a", number)) == ("PASSED" if CELLS[name][2] else "FAILED"), words


def test_a_chapter_runs_in_one_process_though_two_run_at_once(outcomes):
    found, words = outcomes
    assert "2 workers" in words
    assert [found.get(("b", n)) for n in range(6)] == ["PASSED"] * 6, words


def test_the_contract_refuses_what_nbval_lets_pass(outcomes):
    """A cell with neither an execution count nor an output is not compared. The rule executed_in_order refuses it."""
    found, words = outcomes
    assert found.get(("b", 6)) == "PASSED", words
    notebook = good()
    notebook.cells.insert(-1, new_code_cell("print(1.25)", id="uncounted"))
    assert any("uncounted" in c and "found None" in c for c in contract.complaints(notebook))


def shown_by(draw):
    """What a cell that draws gives out, as nbval sees it."""
    import matplotlib.pyplot as plt

    figure, chart = plt.subplots(figsize=(5, 3))
    draw(chart)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return [{"data": {"image/png": base64.b64encode(file.getvalue()).decode()}}]


HEIGHTS = np.array([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
CURVE = np.array([1, 0.5, 0.3, 0.25, 0.22, 0.21])
LIES = {
    "a bar higher by a hundredth": (lambda c: c.bar(range(10), HEIGHTS), lambda c: c.bar(range(10), HEIGHTS + 70 * (HEIGHTS == 5421))),
    "a point of a curve": (lambda c: c.plot(CURVE, "o-"), lambda c: c.plot(CURVE + 0.02 * (CURVE == 0.25), "o-")),
    "a number": (lambda c: c.text(0.5, 0.5, "205"), lambda c: c.text(0.5, 0.5, "206")),
    "a label": (lambda c: c.set(title="3 or 8?"), lambda c: c.set(title="3 or 9?")),
    "a colour": (lambda c: c.bar(range(10), HEIGHTS), lambda c: c.bar(range(10), HEIGHTS, color="#D55E00")),
}


@pytest.mark.parametrize("name", LIES)
def test_a_small_lie_in_a_picture_is_seen(name, pictures):
    true, false = map(shown_by, LIES[name])
    assert pictures.picture_problem(true, true) is None
    assert "of its pixels" in pictures.picture_problem(false, true)
    assert "of its pixels" in pictures.picture_problem(true, false)


def test_what_another_machine_does_to_a_picture_is_forgiven(pictures):
    before = pictures.pictures(shown_by(lambda c: c.plot(CURVE, "o-")))[0]
    assert pictures.clearly_outside(np.roll(before, 1, axis=1), before) == 0
    assert pictures.clearly_outside(np.clip(before - 30, 0, 255), before) == 0


@pytest.fixture(scope="module")
def pictures():
    spec = importlib.util.spec_from_file_location("pictures_of_nbval", ROOT / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_of_nbval_is_switched_off():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert not re.search(r"nbval-(lax|sanitize|skip|current|kernel)", settings + (ROOT / "conftest.py").read_text(encoding="utf-8"))
