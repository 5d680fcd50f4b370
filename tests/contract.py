"""What every chapter must keep to: one function for each rule. No complaint means that a notebook holds it.

What an author has to know:

- **Tags**, on code cells alone: ``setup`` and ``hide-input`` (the set-up cell; ``hide-input`` also folds other code);
  ``hide-output`` (the answer of a prediction, folded, with ``jupyter.outputs_hidden``); ``remove-cell`` (a claim: a cell
  of assertions, not on the site); ``nbval-ignore-output`` (a training run or a clock decides the output);
  ``exercise`` (a stub); ``live`` (ipywidgets' controls, which only a running kernel moves). No comment for nbval, no other tag.
- **Exempt cells.** After a cell tagged ``nbval-ignore-output``, the next code cell is a claim: ``assert test_error < 9, "what a
  failure means"``, about something that the exempt cell uses or makes. It prints nothing. Everything else is compared to
  the letter, so print rounded values.
- **Numbers in prose** (text, formulas, alt texts, captions, comments). One with a decimal point must stand in the code of
  the chapter, or in the output of a cell that is not exempt, perhaps rounded to two digits or more. A percentage must stand in such an
  output; settings of a plot do not count. A figure of the paper is in ``PUBLISHED``, and its paragraph names its source. What was calculated
  by hand, or imagined, is in ``WORKED``, for the cell where it stands. What an exempt cell prints is typed nowhere, not
  rounded, not as a fraction, not as 100 minus it.
- **Figures.** One picture a cell, PNG, with ``mystnb.image.alt`` (a sentence of 40 characters or more), and the next Markdown cell
  begins with the caption, a paragraph wholly in italics.
- **Predictions.** A Markdown cell with ``**Predict.**`` that ends on two or three answers as a list; the cell that decides;
  then text. A number that the deciding cell prints for the first time is not told before it.
- **Exercises.** ``### Exercise N.k: …``, the stub that ends in ``exercises.check_…(my_…)``, then one cell with both folds.
- **Cells print numbers, not sentences**; they have at most 15 lines, and ids in words.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import io
import itertools
import json
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

TAGS = {"setup", "hide-input", "hide-output", "remove-cell", "nbval-ignore-output", "exercise", "live"}
ADDRESS = "https://github.com/jumarubea/lenet-5_architecture_model"
MOST_LINES, MOST_WORDS, MOST_BYTES = 15, 2_500, 2_000_000
METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
KINDS = {"text/plain", "text/html", "image/png"}  # of output
PATH = re.compile(
    r"(?<![\w/.:<*)])/(?:home|root|work|tmp|usr|var|etc|opt|mnt|srv|data|content|private|Users|Volumes)\b(?:/[^\s\"'`)]*)?"
    r"|(?<![\w/])~/\w+|\b[A-Z]:\\+\w+|\bfile://\S+|\bat 0x[0-9a-fA-F]{6,}"
)

# Percentages and constants of the paper and of its authors. The paragraph must say so.
PUBLISHED = {"0.95", "0.8", "0.35", "12.0", "8.4", "5.0", "2.4", "3.3", "3.6", "4.7", "1.1", "1.7", "0.7", "0.82", "0.2", "1.7159"}
SOURCE = re.compile(r"paper|1998|LeCun|authors|publish", re.IGNORECASE)
# What a text calculates by hand, reads off a curve that it draws, or imagines: the cell, and its numbers.
WORKED = {
    "too-fast-text": {"1.2"},  # 1 - 4 · 0.55
    "exercise-descent-help": {"0.9", "2.718"},  # a probability that one would rather hear; e
    "cross-entropy": {"4.5", "0.7"},  # -log(0.01) and -log(0.5), on the curve
    "paths": {"0.1", "0.6"},  # 0.2 · 0.5, and 3 · 0.2 alone: tempting answers
    "paths-text": {"0.1", "0.6"},
    "power-caption": {"2.8", "0.8"},  # standard errors: to be seen four times in five; the margin in it
    "exercise-seeds-help": {"2.8"},
    "one-more": {"0.8", "0.9", "0.01", "0.1155", "0.975", "4.30", "0.40", "1.40"},  # three runs, by hand
    "choice-caption": {"2.8"},  # standard errors to each side, for five runs
    "cost-text": {"1.2", "2.26", "0.105", "1.24"},  # a question supposes
    "keras-fit-text": {"0.3", "0.9"},  # a step of 0.1 · 3; a probability that a question supposes
}
LAYOUT = {  # arguments that set how a plot looks
    *("figsize", "width_ratios", "height_ratios", "fontsize", "linewidth", "lw", "markersize", "shrink", "alpha", "xlim", "ylim", "loc"),
    *("extent", "width", "height", "size", "aspect", "pad", "wspace", "hspace", "bbox_to_anchor", "zorder", "rotation", "dpi", "s"),
}

Complaint = tuple[object, str]  # the cell, or None for the whole notebook; what was expected and what was found
RULES: list[Callable[..., Iterator[Complaint]]] = []


def rule(function: Callable) -> Callable:
    RULES.append(function)
    return function


# ---------------------------------------------------------------- reading a notebook


def tags(cell) -> set[str]:
    return set(cell.metadata.get("tags", []))


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def exempt(cell) -> bool:
    return "nbval-ignore-output" in tags(cell)


def claims(cell) -> bool:
    return cell.cell_type == "code" and "remove-cell" in tags(cell)


def pictures(cell) -> int:
    return sum("image/png" in o.get("data", {}) for o in cell.get("outputs", []))


def alt(cell) -> str:
    return cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")


def said(cell) -> str:
    """All text that a cell gives out, but for what stands for a picture."""
    parts = [o.get("text", "") + "\n" + "\n".join(str(o.get("data", {}).get(kind, "")) for kind in ("text/plain", "text/html")) for o in cell.outputs]
    return re.sub(r"<Figure [^>]*>", "", "\n".join(parts)).strip()


def tree(cell) -> ast.Module:
    try:
        return ast.parse(cell.source)
    except SyntaxError:  # a rule of its own speaks of it
        return ast.Module([], [])


def names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def without_fences(text: str) -> str:
    return re.sub(r"^( *)(```+|~~~+).*?^ *\2", " ", text, flags=re.DOTALL | re.MULTILINE)


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", " ", without_fences(text))


def prose(notebook) -> Iterator[tuple[object, str]]:
    """Each Markdown cell, and each alt text, with its words alone: no code, no formula, no address."""
    for cell in notebook.cells:
        text = without_code(cell.source if cell.cell_type == "markdown" else alt(cell))
        text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|<[^>]+>", " ", text, flags=re.DOTALL)
        yield cell, re.sub(r"\]\([^)]*\)", "]", text)


def words(notebook) -> int:
    """How long a chapter is: the words of its Markdown, without code, formulas and addresses."""
    return sum(len(text.split()) for cell, text in prose(notebook) if cell.cell_type == "markdown")


def place(notebook, cell) -> str:
    if cell is None:
        return "the notebook"
    first = (cell.source.strip().splitlines() or ["(empty)"])[0][:50]
    return f"cell {next(i for i, c in enumerate(notebook.cells) if c is cell)}, {cell.get('id', '?')} ({first})"


# ---------------------------------------------------------------- runs and outputs


@rule
def executed_in_order(notebook) -> Iterator[Complaint]:
    for expected, cell in enumerate(code(notebook), start=1):
        if cell.execution_count != expected:
            yield cell, f"expected the execution count {expected}, found {cell.execution_count}. Run `make notebooks`."
    for cell in notebook.cells:
        if cell.cell_type not in ("code", "markdown"):
            yield cell, f"expected code or Markdown, found a {cell.cell_type} cell, which nothing runs."


@rule
def no_error_and_no_stderr(notebook) -> Iterator[Complaint]:
    for cell in code(notebook):
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield cell, f"expected no error and nothing on stderr, found {output.get('ename') or output.get('text')!r}."


@rule
def known_tags(notebook) -> Iterator[Complaint]:
    for cell in notebook.cells:
        if unknown := tags(cell) - TAGS:
            yield cell, f"expected tags among {sorted(TAGS)}, found {sorted(unknown)}."
        if cell.cell_type == "markdown" and tags(cell):
            yield cell, f"expected no tag on a Markdown cell, found {sorted(tags(cell))}."
        if cell.cell_type == "code" and (marker := re.search(r"#\s*(NBVAL|PYTEST_VALIDATE)\w*", cell.source)):
            yield cell, f"expected tags, found a marker of nbval in a comment: {marker[0]!r}."
        if exempt(cell) and tags(cell) & {"setup", "exercise", "remove-cell"}:
            yield cell, f"expected outputs that are compared, found {sorted(tags(cell))} on one cell."


@rule
def exempt_cells_are_followed_by_a_claim(notebook) -> Iterator[Complaint]:
    cells = code(notebook)
    imports = [node for cell in cells for node in ast.walk(tree(cell)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    shared = {alias.asname or alias.name.split(".")[0] for node in imports for alias in node.names}
    shared |= set(dir(builtins))
    for cell, following in zip(cells, [*cells[1:], None]):
        if not exempt(cell) or "live" in tags(cell):
            continue
        if following is None or not claims(following):
            yield cell, "a run decides its output, so the next code cell, tagged remove-cell, must assert what the text says of it."
        elif not (names(tree(cell)) - shared) & names(tree(following)):
            yield following, f"expected an assertion about the cell before it, found none of its names: {sorted(names(tree(cell)) - shared)}."


@rule
def live_cells_are_committed_without_output(notebook) -> Iterator[Complaint]:
    for cell in code(notebook):
        if "live" not in tags(cell):
            continue
        if tags(cell) != {"live", "nbval-ignore-output", "hide-input"}:
            yield cell, f"expected the tags live, nbval-ignore-output and hide-input together, found {sorted(tags(cell))}."
        if not {"interact", "interact_manual", "interactive", "interactive_output"} & {getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(tree(cell))}:
            yield cell, "expected ipywidgets' interact in a cell tagged live, found none. Other cells keep their output."
        if cell.outputs:
            yield cell, "expected no output, which would hold random names. Run `make notebooks`."


@rule
def claims_can_fail(notebook) -> Iterator[Complaint]:
    for cell in filter(claims, notebook.cells):
        asserts = [node for node in ast.walk(tree(cell)) if isinstance(node, ast.Assert)]
        reached, queue = [], list(tree(cell).body)
        while queue:
            node = queue.pop(0)
            reached.append(node)
            queue += node.body if isinstance(node, (ast.For, ast.With)) else []
        if not any(isinstance(node, ast.Assert) for node in reached):
            yield cell, "expected an assertion that runs, found none."
        for node in asserts:
            if not names(node.test) or isinstance(node.test, ast.Tuple) or _always_true(node.test):
                yield cell, f"expected `assert` of a computed value, found {ast.unparse(node.test)[:60]!r}, which cannot fail."
            message = "" if node.msg is None else ast.unparse(node.msg)
            if len(re.findall(r"[^\W\d_]{2,}", message)) < 3:
                yield cell, f"expected an assertion with a message that says what a failure means, found {message or None}."
        if cell.outputs:
            yield cell, f"expected an assertion to be silent, found {said(cell)[:60]!r}."


def _always_true(test: ast.expr) -> bool:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return any(_always_true(part) for part in test.values)
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Eq, ast.LtE, ast.GtE, ast.Is)):
        return ast.dump(test.left) == ast.dump(test.comparators[0])
    return isinstance(test, ast.Constant) and bool(test.value)


@rule
def cells_print_no_prose(notebook) -> Iterator[Complaint]:
    for cell in code(notebook):
        if "exercise" in tags(cell):
            continue
        for line in said(cell).splitlines():
            found = len(re.findall(r"[^\W\d_]{2,}", line))
            if not line.startswith("epoch ") and (found > 6 or (found >= 3 and re.match(r"[A-Z].*[a-z)][.!?]$", line.strip()))):
                yield cell, f"expected numbers, found a sentence: {line[:60]!r}. Say it in the text, or assert it."


# ---------------------------------------------------------------- figures


@rule
def figures_have_alt_text_and_caption(notebook) -> Iterator[Complaint]:
    cells, seen = notebook.cells, {}
    for position, cell in enumerate(cells):
        if cell.cell_type == "markdown" and (image := re.search(r"!\[([^\]]*)\]", without_code(cell.source))):
            if len(image[1]) < 40 or not image[1].endswith("."):
                yield cell, f"expected alt text, a sentence that says what the picture shows, found {image[1]!r}."
        if cell.cell_type != "code":
            continue
        if alt(cell) and not pictures(cell):
            yield cell, "expected a picture (PNG) for the alt text, found none. Run `make notebooks`."
        if not pictures(cell):
            continue
        if pictures(cell) > 1:
            yield cell, f"expected one picture, which one alt text can describe, found {pictures(cell)}. Divide the cell."
        if len(alt(cell)) < 40 or not alt(cell).endswith(".") or alt(cell).startswith("<Figure"):
            yield cell, f"expected alt text (mystnb.image.alt), a sentence that says what the picture shows, found {alt(cell)!r}."
        elif alt(cell) in seen:
            yield cell, f"expected alt text of its own, found that of cell {seen[alt(cell)]}."
        seen[alt(cell)] = cell.get("id")
        after = next((c for c in cells[position + 1 :] if not claims(c)), None)
        first = after.source.split("\n\n")[0].strip() if after is not None and after.cell_type == "markdown" else ""
        plain = [re.sub(r"\W+", " ", text).strip().lower() for text in (first, alt(cell))]
        if not re.fullmatch(r"\*[^*\s][^*]*[.?]\*", first) or len(first.split()) < 4:
            yield cell, f"expected a caption, a sentence in italics at the top of the next Markdown cell, found {first[:60]!r}."
        elif plain[0] == plain[1]:
            yield cell, "expected a caption that says what to look at, found the alt text again."


# ---------------------------------------------------------------- the source


@rule
def cells_are_short(notebook) -> Iterator[Complaint]:
    for cell in code(notebook):
        if (lines := len(cell.source.splitlines())) > MOST_LINES:
            yield cell, f"expected at most {MOST_LINES} lines, found {lines}. Divide the cell."
        if re.search(r";\s*$", cell.source):
            yield cell, "expected plt.show() at its end, found a semicolon, which nbval does not respect."
        try:
            ast.parse(cell.source)
        except SyntaxError as problem:
            yield cell, f"expected plain Python, found {problem.text!r}."


@rule
def plain_markdown(notebook) -> Iterator[Complaint]:
    for cell in markdown(notebook):
        text = without_code(cell.source)
        directives = [m[0] for m in re.finditer(r"^[> ]*(?:(?:```+|~~~+) *\{[^}\n]*\}?|:::.*)", cell.source, re.MULTILINE)]
        roles = [m[0] for m in re.finditer(r"(\{[\w:+.-]+\})?`[^`\n]+`", without_fences(cell.source)) if m[1]]
        for found in directives + roles:
            yield cell, f"expected plain Markdown, found a directive or a role: {found!r}."
        if found := re.search(r"^\([\w-]+\)=\s*$|^%[ ].*|^\+\+\+.*|\{\{.*\}\}|\[\^\w+\]|^> \[!\w+\]", re.sub(r"\$[^$]+\$", "", text), re.MULTILINE):
            yield cell, f"expected plain Markdown, found what only some readers of notebooks understand: {found[0]!r}."
        if found := re.search(r"<(?!/?(?:details|summary)>)(?!https?:)[a-zA-Z/!][^>]*>", re.sub(r"\$[^$]+\$", "", text)):
            yield cell, f"expected no HTML but <details> and <summary>, found {found[0]!r}."
        if re.search(r"</summary>(?!\n\n)", text) or re.search(r"(?<!\n\n)</details>", text):
            yield cell, "expected an empty line after </summary> and before </details>."
        folds = len(re.findall(r"^<details>\n<summary>[^<\n]+</summary>$", text, re.MULTILINE))
        if {folds} != {text.count(part) for part in ("<details>", "<summary>", "</summary>", "</details>")}:
            yield cell, "expected each fold to be <details>, <summary>…</summary> on the next line, and </details>."
        if cell.get("attachments"):
            yield cell, f"expected no attached file, found {sorted(cell.attachments)}."


@rule
def nothing_of_this_machine(notebook) -> Iterator[Complaint]:
    for cell in notebook.cells:
        outputs = [{**o, "data": {k: v for k, v in o.get("data", {}).items() if not k.startswith("image/")}} for o in cell.get("outputs", [])]
        text = "\n".join([cell.source, alt(cell), json.dumps(outputs, ensure_ascii=False).replace("\\n", "\n")])
        found = PATH.search(text)
        written = [] if cell.cell_type != "code" else [n.value for n in ast.walk(tree(cell)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        own = found[0] if found else next((value for value in written if re.match(r"/\w[^\s]*$|~($|/)", value)), None)
        own = own or (re.search(r"Path\.home\(|expanduser", cell.source) or [None])[0]
        if own:
            yield cell, f"expected no path or address of a machine, found {own!r}. Use a relative path, or print less."


@rule
def no_random_metadata(notebook) -> Iterator[Complaint]:
    if dict(notebook.metadata) != METADATA:
        yield None, f"expected the notebook's metadata to be {METADATA}, found {dict(notebook.metadata)}. Run `make notebooks`."
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        yield None, f"expected the format 4.5, found {notebook.nbformat}.{notebook.nbformat_minor}."
    ids = [cell.get("id", "") for cell in notebook.cells]
    for cell in notebook.cells:
        kept = {key: value for key, value in cell.metadata.items() if key != "tags"}
        expected = [{}, *([{"mystnb": {"image": {"alt": alt(cell)}}}] if alt(cell) else [])]
        expected += [{**each, "jupyter": {"outputs_hidden": True}} for each in expected]
        if kept not in expected:
            yield cell, f"expected no metadata but tags, mystnb.image.alt and jupyter.outputs_hidden, found {kept}."
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", cell.get("id", "")) or re.fullmatch(r"[0-9a-f]{8}(-.*)?", cell.id) or ids.count(cell.id) > 1:
            yield cell, "expected an id in words, used once."
        for output in cell.get("outputs", []):
            if foreign := sorted(set(output.get("data", {})) - KINDS):
                yield cell, f"expected output as {sorted(KINDS)}, found {foreign}: a stored widget, or what nbval does not compare."


@rule
def setup_cell(notebook) -> Iterator[Complaint]:
    first = next(iter(code(notebook)), None)
    if first is None or tags(first) != {"setup", "hide-input"} or first.get("id") != "setup":
        yield first, "expected the set-up cell as the first code cell, with the id setup and the tags setup and hide-input."
    elif first.outputs:
        yield first, f"expected silence, found an output: {said(first)[:60]!r}."
    for cell in code(notebook)[1:]:
        if "setup" in tags(cell):
            yield cell, "expected the tag setup on the set-up cell alone."


# ---------------------------------------------------------------- the anatomy of a chapter


@rule
def chapter_is_complete(notebook) -> Iterator[Complaint]:
    cells = notebook.cells
    if not cells or cells[0].cell_type != "markdown" or not cells[0].source.startswith("# ") or "?" not in cells[0].source:
        yield (cells[0] if cells else None), "expected the chapter to begin with its title and, under it, the question."
    until = next((i for i, c in enumerate(cells) if c.cell_type == "markdown" and re.search(r"^## ", c.source, re.MULTILINE)), len(cells))
    if not any(pictures(cell) for cell in cells[:until]):
        yield None, "expected a picture on the first screen, before the first heading of a part."
    quoted = "\n".join(line for c in cells[: until + 1] if c.cell_type == "markdown" for line in c.source.splitlines() if line.startswith(">"))
    for part in ("You will be able to", "You need"):
        if part not in quoted:
            yield None, f"expected the quoted box of the first screen to say {part!r}."
    text = "\n".join(cell.source for cell in markdown(notebook))
    for part in (r"^## What to remember$", r"Now read the paper.*\]\(https://doi\.org/10\.1109/5\.726791\)"):
        if not re.search(part, text, re.MULTILINE | re.DOTALL):
            yield None, f"expected near its end: {part.strip('^$').split('.*')[0]!r}" + (", with a link to the paper." if "doi" in part else ".")
    if cells and cells[-1].cell_type != "markdown":
        yield cells[-1], "expected the chapter to end with words that lead to the next one, found code."


@rule
def predictions_are_folded(notebook) -> Iterator[Complaint]:
    known, told = "", ""
    for before, cell, after in zip([None, *notebook.cells], notebook.cells, [*notebook.cells[1:], None]):
        folded = "hide-output" in tags(cell)
        hidden = bool(cell.metadata.get("jupyter", {}).get("outputs_hidden"))
        if folded != hidden:
            yield cell, "expected the tag hide-output and jupyter.outputs_hidden together, found one of them."
        if folded and (before is None or "**Predict.**" not in before.source):
            yield cell, "expected a question, **Predict.**, in the Markdown cell before a folded output."
        if folded:
            new = {n for n in numbers(said(cell)) if len(n.replace(".", "").strip("0")) >= 3} - numbers(known)
            if spoiled := sorted(new & numbers(told)):
                yield cell, f"expected a prediction that nothing spoils, found {spoiled} in the text before it."
        if cell.cell_type == "markdown" and "**Predict.**" in cell.source:
            answers = re.findall(r"^- ", cell.source.split("**Predict.**")[-1], re.MULTILINE)
            if cell.source.count("**Predict.**") > 1 or not 2 <= len(answers) <= 3 or not cell.source.strip().splitlines()[-1].startswith("- "):
                yield cell, f"expected one prediction that ends on a list of two or three answers, found {len(answers)}."
            if after is None or after.cell_type != "code" or "hide-output" not in tags(after):
                yield (after or cell), "expected the tag hide-output, because the cell after **Predict.** decides it."
            else:
                reply = next((c for c in notebook.cells[_position(notebook, after) + 1 :] if not claims(c)), None)
                if reply is None or reply.cell_type != "markdown":
                    yield after, "expected text after it that says why the wrong answers tempt."
        if cell.cell_type == "code":
            known += "\n" + cell.source + "\n" + said(cell)
        else:
            told += "\n" + cell.source.split("**Predict.**")[0]


def _position(notebook, cell) -> int:
    return next(i for i, each in enumerate(notebook.cells) if each is cell)


@rule
def exercises_have_hint_and_solution(notebook) -> Iterator[Complaint]:
    cells, number = notebook.cells, 0
    for before, cell, after in zip([None, *cells], cells, [*cells[1:], None]):
        if "exercise" not in tags(cell):
            continue
        number += 1
        title = re.search(r"^### Exercise (\d+)\.(\d+): \S", getattr(before, "source", ""), re.MULTILINE)
        if before is None or before.cell_type != "markdown" or title is None or int(title[2]) != number:
            yield cell, f"expected '### Exercise N.{number}: …' in the Markdown cell before it."
        call = re.search(r"^exercises\.check_(\w+)\((\w+)\)$", cell.source.strip().splitlines()[-1] if cell.source.strip() else "")
        defined = {node.name for node in tree(cell).body if isinstance(node, ast.FunctionDef)}
        if call is None or call[2] not in defined:
            yield cell, "expected a function, and as the last line the check of it: exercises.check_…(my_…)."
        text = after.source if after is not None and after.cell_type == "markdown" else ""
        match = re.search(r"<summary>Hint</summary>.*</details>\n\n<details>\n<summary>Solution</summary>\n\n```python\n(.*?)```", text, re.DOTALL)
        if match is None:
            yield cell, "expected a cell with a folded hint and a folded solution after it."
        elif call is not None and not re.search(rf"^def {call[2]}\(", match[1], re.MULTILINE):
            yield after, f"expected a solution that defines {call[2]}."
        if (found := "".join(o.get("text", "") for o in cell.outputs)) != "Not answered yet.\n":
            yield cell, f"expected the stub's output to be 'Not answered yet.', found {found!r}."


@rule
def questions_have_explained_options(notebook) -> Iterator[Complaint]:
    for cell in markdown(notebook):
        for part in cell.source.split("**Question.**")[1:]:
            part = re.split(r"^#+ ", part, flags=re.MULTILINE)[0]
            options = re.findall(r"<summary>[^<]+</summary>\n\n(.*?)\n\n</details>", part, re.DOTALL)
            if len(options) < 2 or any(len(option.split()) < 3 for option in options):
                yield cell, f"expected a question with two folded options or more, each explained, found {len(options)}: {part.strip()[:40]!r}."


@rule
def headings_in_order(notebook) -> Iterator[Complaint]:
    levels = [len(mark) for cell in markdown(notebook) for mark in re.findall(r"^(#+) ", without_code(cell.source), re.MULTILINE)]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield None, f"expected one title, first of all headings, found the levels {levels}."
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield None, f"expected headings that skip no level, found the levels {levels}."


@rule
def not_too_long(notebook) -> Iterator[Complaint]:
    if words(notebook) > MOST_WORDS:
        yield None, f"expected at most {MOST_WORDS} words, found {words(notebook)}."


# ---------------------------------------------------------------- numbers

NUMBER = re.compile(r"(?<![\w.#])(?:\d{1,3}(?:(?:,|\{,\})\d{3})+|\d+)(?:\.\d*)?(?:e-?\d+)?(?![\w])")


def numbers(text: str) -> set[str]:
    """The numbers of a text as they are written, without the commas of thousands."""
    return {plain(match[0]) for match in NUMBER.finditer(text)}


def plain(number: str) -> str:
    return re.sub(r"[{},]", "", number).rstrip(".")


def places(number: str) -> int:
    return len(number.partition(".")[2])


def digits(number: str) -> int:
    """Significant digits."""
    return len(number.replace(".", "").lstrip("0"))


def rounds_to(exact: str, number: str) -> bool:
    """Whether an exact number, rounded as the other one is, gives the other one."""
    try:
        return round(float(exact), places(number)) == float(number) or f"{float(exact):.{places(number)}f}" == number
    except ValueError:
        return False


def constants(cell) -> set[str]:
    """The numbers in a cell's code, but for those that set how a plot looks."""
    parsed = tree(cell)
    layout = {id(part) for n in ast.walk(parsed) if isinstance(n, ast.keyword) and n.arg in LAYOUT for part in ast.walk(n)}
    found = [n.value for n in ast.walk(parsed) if isinstance(n, ast.Constant) and id(n) not in layout]
    return {repr(value) for value in found if type(value) in (int, float)}


def remarks(cell) -> str:
    """Comments, and words that code holds, such as titles of plots."""
    formats = {id(part) for n in ast.walk(tree(cell)) if isinstance(n, ast.FormattedValue) and n.format_spec for part in ast.walk(n.format_spec)}
    text = [n.value for n in ast.walk(tree(cell)) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in formats]
    try:
        text += [token.string for token in tokenize.generate_tokens(io.StringIO(cell.source).readline) if token.type == tokenize.COMMENT]
    except (tokenize.TokenError, SyntaxError):
        pass
    return "\n\n".join(text)


def paragraphs(cell) -> Iterator[tuple[str, bool]]:
    """What a reader reads of a cell, in paragraphs, and whether it is text (or else a comment or a title in the code)."""
    for text, is_text in [(cell.source, True)] if cell.cell_type == "markdown" else [(alt(cell), True), (remarks(cell), False)]:
        text = re.sub(r"\]\([^)]*\)|https?://\S+|arXiv[: ]\S+|(Exercise|[Ss]ection|[Cc]hapter) \d+\.\d+", " ", without_fences(text))
        yield from ((part, is_text) for part in re.split(r"\n\n+", text))


@rule
def no_number_that_a_run_decides(notebook) -> Iterator[Complaint]:
    compared = [cell for cell in code(notebook) if not exempt(cell) and not claims(cell)]
    printed = set().union(*(numbers(said(cell)) for cell in compared))
    written = printed.union(*(constants(cell) for cell in code(notebook) if not claims(cell)))
    values = {float(n) for n in written if "." in n}
    decided = {n: cell.get("id") for cell in code(notebook) if exempt(cell) for n in numbers(said(cell)) if n not in written}

    def source(number: str, percent: bool) -> str | None:
        """The run that decides a number, if one does."""
        for exact, cell in decided.items():
            value = float(exact)
            variants = {exact, f"{value * 100:.10g}", f"{value / 100:.10g}", f"{100 - value:.10g}", f"{1 - value:.10g}", f"{100 - value * 100:.10g}"}
            if "." not in number and not percent:
                if number == exact and digits(number) >= 3:
                    return cell
            elif digits(number) >= 2 and any(rounds_to(each, number) for each in variants):
                return cell
        return None

    for cell in notebook.cells:
        if claims(cell):
            continue
        for paragraph, is_text in paragraphs(cell):
            for match in NUMBER.finditer(paragraph):
                number = plain(match[0])
                percent = bool(re.match(r"\s*(\\?%|percent\b|per cent\b)", paragraph[match.end() :].lstrip("$\\,")))
                known = number in written or ("." in number and float(number) in values)
                if number in WORKED.get(cell.get("id", ""), ()) or (percent and number in ("0", "100")):
                    continue
                if known and (not percent or number in printed):
                    continue
                if number in PUBLISHED and SOURCE.search(paragraph):
                    continue
                if run := source(number, percent):
                    yield cell, f"expected words, found the number {number}, which the run in cell {run} decides."
                elif percent and not any(rounds_to(n, number) for n in printed if "." in n):
                    yield cell, f"expected words, or a published figure with its source, found {number} %, which no compared output shows."
                elif "." in number and is_text:
                    if not any(rounds_to(n, number) for n in printed if digits(number) >= 2):
                        yield cell, f"expected words, found {number}, which stands in no code and no compared output. See WORKED in contract.py."


# ---------------------------------------------------------------- links


@rule
def links_are_relative_and_lead_somewhere(notebook, path: Path | None = None) -> Iterator[Complaint]:
    for cell in markdown(notebook):
        text = without_code(cell.source)
        for target in re.findall(r"\]\(\s*<?([^)\s>]+)|^\[[^\]^]+\]:\s*(\S+)|<(https?://[^>]+)>", text, re.MULTILINE):
            target = next(filter(None, target))
            if target.startswith(("https://", "#")):
                continue
            if "://" in target or target.startswith("/"):
                yield cell, f"expected https or a relative link, found {target}."
            elif path is not None and not (path.parent / target.split("#")[0]).is_file():
                yield cell, f"expected a link to a file that exists, found {target}."


@rule
def launch_links_name_this_chapter(notebook, path: Path | None = None) -> Iterator[Complaint]:
    text = "\n".join(cell.source for cell in markdown(notebook))
    owner = ADDRESS.removeprefix("https://github.com/")
    starts = [f"https://colab.research.google.com/github/{owner}/blob/learner/chapters/", f"https://mybinder.org/v2/gh/{owner}/learner?labpath=chapters/"]
    wanted = [start + (path.name if path is not None else "") for start in starts]
    for each in [*wanted, "../book/times.md"]:
        if each not in text:
            yield None, f"expected the box to link to {each}."
    for found in re.findall(r"https://(?:colab\.research\.google\.com|mybinder\.org)/[^)\s]+", text):
        if not (found in wanted or path is None and found.startswith(tuple(wanted))):
            yield None, f"expected the launch links to name this chapter, found {found}."


# ---------------------------------------------------------------- all of them


def complaints(notebook, path: Path | None = None) -> list[str]:
    """All complaints about one notebook, and about its file where a path is given."""
    found = []
    for each in RULES:
        given = {"path": path} if "path" in inspect.signature(each).parameters else {}
        found += [f"{each.__name__}: {place(notebook, cell)}: {text}" for cell, text in each(notebook, **given)]
    if path is not None and path.stat().st_size > MOST_BYTES:
        found.append(f"file_size: expected at most {MOST_BYTES} bytes, found {path.stat().st_size}. Draw smaller figures.")
    return found


def disagreements(notebooks: dict[str, object], version: str) -> list[str]:
    """Complaints about the chapters together: their set-up cells, their version and their numbers."""
    found, sources = [], {name: (code(n) or [None])[0] for name, n in notebooks.items()}
    sources = {name: getattr(cell, "source", "") for name, cell in sources.items()}
    first = next(iter(sources), None)
    for name, source in sources.items():
        if source != sources[first]:
            found.append(f"{name}: expected the set-up cell of {first}, found another.")
        if f"/archive/refs/tags/v{version}.tar.gz" not in source or ADDRESS not in source or "--no-deps" not in source:
            found.append(f"{name}: expected the set-up cell to install the version {version} from {ADDRESS}, with --no-deps.")
    for expected, (name, notebook) in enumerate(sorted(notebooks.items()), start=1):
        if not re.match(rf"{expected:02d}_[a-z][a-z0-9_]*$", name):
            found.append(f"{name}: expected chapters numbered without a gap, {expected:02d} here.")
        for cell in markdown(notebook):
            for number in re.findall(r"^### Exercise (\d+)\.", cell.source, re.MULTILINE):
                if int(number) != expected:
                    found.append(f"{name}: expected the exercises of chapter {expected}, found {number}.")
    return found
