"""What every chapter must keep to. A rule takes a notebook and gives complaints; no complaint means that it holds.

Tags: ``setup`` and ``hide-input``; ``hide-output`` (a prediction's answer, folded); ``remove-cell`` (an assertion, not
on the site); ``nbval-ignore-output`` (a training run or a measurement decides the output); ``exercise`` (a stub).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

TAGS = {"setup", "hide-input", "hide-output", "remove-cell", "nbval-ignore-output", "exercise"}
ADDRESS = "https://github.com/jumarubea/lenet-5_architecture_model"
MOST_LINES, MOST_WORDS, MOST_BYTES = 15, 2_500, 2_000_000
RULES: list[Callable] = []


def rule(function: Callable) -> Callable:
    RULES.append(function)
    return function


def tags(cell) -> set[str]:
    return set(cell.metadata.get("tags", []))


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def place(cell) -> str:
    first = (cell.source.strip().splitlines() or ["(empty)"])[0][:50]
    return f"cell {cell.get('id', '?')} ({first})"


def draws(cell) -> bool:
    return cell.cell_type == "code" and any("image/png" in o.get("data", {}) for o in cell.outputs)


def alt(cell) -> str:
    return cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")


def prose(notebook) -> Iterator[tuple[object, str]]:
    """Each Markdown cell, and each alt text, with its words alone: no code, no formula, no address."""
    for cell in notebook.cells:
        text = cell.source if cell.cell_type == "markdown" else alt(cell)
        text = re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|<[^>]+>", " ", text, flags=re.DOTALL)
        yield cell, re.sub(r"\]\([^)]*\)", "]", text)


def words(notebook) -> int:
    return sum(len(text.split()) for cell, text in prose(notebook) if cell.cell_type == "markdown")


@rule
def executed_in_order(notebook) -> Iterator[str]:
    for expected, cell in enumerate(code(notebook), start=1):
        if cell.execution_count != expected:
            yield f"{place(cell)}: expected the execution count {expected}, found {cell.execution_count}. Run `make notebooks`."


@rule
def no_error_and_no_stderr(notebook) -> Iterator[str]:
    for cell in code(notebook):
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"{place(cell)}: expected no error and nothing on stderr, found {output.get('ename') or output.get('text')!r}."


@rule
def known_tags(notebook) -> Iterator[str]:
    for cell in notebook.cells:
        if unknown := tags(cell) - TAGS:
            yield f"{place(cell)}: expected tags among {sorted(TAGS)}, found {sorted(unknown)}."
        if cell.cell_type == "code" and re.search(r"#\s*(NBVAL|PYTEST_VALIDATE)", cell.source):
            yield f"{place(cell)}: expected tags, found a marker of nbval in a comment."


@rule
def exempt_cells_are_followed_by_a_claim(notebook) -> Iterator[str]:
    cells = code(notebook)
    for cell, following in zip(cells, [*cells[1:], None]):
        if "nbval-ignore-output" in tags(cell) and (following is None or "remove-cell" not in tags(following)):
            yield f"{place(cell)}: a run decides its output, so the next code cell must assert what the text says of it."


@rule
def claims_can_fail(notebook) -> Iterator[str]:
    for cell in code(notebook):
        if "remove-cell" not in tags(cell):
            continue
        asserts = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Assert)]
        if not asserts:
            yield f"{place(cell)}: expected an assertion, found none."
        for node in asserts:
            if node.msg is None or not any(isinstance(part, ast.Name) for part in ast.walk(node.test)):
                yield f"{place(cell)}: expected `assert` of a computed value, with a message that says what a failure means."


@rule
def figures_have_alt_text_and_caption(notebook) -> Iterator[str]:
    cells = notebook.cells
    for position, cell in enumerate(cells):
        if not draws(cell):
            continue
        if len(alt(cell)) < 40 or not alt(cell).endswith("."):
            yield f"{place(cell)}: expected alt text, a sentence that says what the picture shows, found {alt(cell)!r}."
        after = next((c for c in cells[position + 1 :] if "remove-cell" not in tags(c)), None)
        first = after.source.split("\n\n")[0] if after is not None and after.cell_type == "markdown" else ""
        if not re.fullmatch(r"\*[^*\s][^*]*[.?]\*", first):
            yield f"{place(cell)}: expected a caption, a sentence in italics at the top of the next cell, found {first[:60]!r}."
        elif first.strip("*") == alt(cell):
            yield f"{place(cell)}: expected a caption that says what to look at, found the alt text again."


@rule
def cells_are_short(notebook) -> Iterator[str]:
    for cell in code(notebook):
        lines = cell.source.count("\n") + 1
        if lines > MOST_LINES:
            yield f"{place(cell)}: expected at most {MOST_LINES} lines, found {lines}."
        if re.search(r";\s*$", cell.source):
            yield f"{place(cell)}: expected plt.show() at its end, found a semicolon, which nbval does not respect."


@rule
def plain_markdown(notebook) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        if found := re.search(r"```\{|^:::|\{[a-z:-]+\}`", cell.source, re.MULTILINE):
            yield f"{place(cell)}: expected plain Markdown, found a directive or a role: {found[0]!r}."
        if found := re.search(r"<(?!/?(details|summary)>)[a-zA-Z/!][^>]*>", re.sub(r"`[^`]*`", "", cell.source)):
            yield f"{place(cell)}: expected no HTML but details and summary, found {found[0]!r}."
        if re.search(r"</summary>(?!\n\n)", cell.source) or re.search(r"(?<!\n\n)</details>", cell.source):
            yield f"{place(cell)}: expected an empty line after </summary> and before </details>."


@rule
def nothing_of_this_machine(notebook) -> Iterator[str]:
    for cell in notebook.cells:
        text = cell.source + "".join(str(o.get("text", "")) + str(o.get("data", {}).get("text/plain", "")) for o in cell.get("outputs", []))
        if found := re.search(r"(?<![\w/.:])/(home|root|work|tmp|usr|Users|mnt|opt)/\S*|[A-Z]:\\\\?\w+|file://\S+| at 0x[0-9a-f]{6,}", text):
            yield f"{place(cell)}: expected no path or address of a machine, found {found[0]!r}."


@rule
def no_random_metadata(notebook) -> Iterator[str]:
    allowed = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    if dict(notebook.metadata) != allowed:
        yield f"expected the notebook's metadata to be {allowed}, found {dict(notebook.metadata)}. Run `make notebooks`."
    ids = [cell.get("id", "") for cell in notebook.cells]
    for cell in notebook.cells:
        if extra := set(cell.metadata) - {"tags", "jupyter", "mystnb"}:
            yield f"{place(cell)}: expected no metadata but tags, jupyter and mystnb, found {sorted(extra)}."
        if not re.fullmatch(r"[a-z][a-z0-9-]*", cell.get("id", "")) or re.fullmatch(r"[0-9a-f]{8}(-.*)?", cell.id) or ids.count(cell.id) > 1:
            yield f"{place(cell)}: expected an id in words, used once."
        for output in cell.get("outputs", []):
            if foreign := [kind for kind in output.get("data", {}) if "widget" in kind]:
                yield f"{place(cell)}: expected no stored widget, found {foreign}."


@rule
def setup_cell(notebook) -> Iterator[str]:
    first = next(iter(code(notebook)), None)
    if first is None or tags(first) != {"setup", "hide-input"} or first.id != "setup":
        yield "expected the set-up cell as the first code cell, with the id setup and the tags setup and hide-input."
    elif first.outputs:
        yield f"{place(first)}: expected silence, found an output."


@rule
def predictions_are_folded(notebook) -> Iterator[str]:
    cells = notebook.cells
    for before, cell in zip(cells, cells[1:]):
        folded = "hide-output" in tags(cell)
        if folded and not cell.metadata.get("jupyter", {}).get("outputs_hidden"):
            yield f"{place(cell)}: expected jupyter.outputs_hidden beside the tag hide-output."
        asked = before.cell_type == "markdown" and "**Predict.**" in before.source
        if asked and cell.cell_type == "code" and not folded:
            yield f"{place(cell)}: expected the tag hide-output, because the cell answers a prediction."
        if asked and len(re.findall(r"^- ", before.source.split("**Predict.**")[1], re.MULTILINE)) < 2:
            yield f"{place(before)}: expected a prediction with two or three answers."


@rule
def exercises_have_hint_and_solution(notebook) -> Iterator[str]:
    cells = notebook.cells
    for cell, after in zip(cells, [*cells[1:], None]):
        if "exercise" not in tags(cell):
            continue
        text = after.source if after is not None and after.cell_type == "markdown" else ""
        if not re.search(r"<summary>Hint</summary>.*<summary>Solution</summary>\n\n```python\n", text, re.DOTALL):
            yield f"{place(cell)}: expected a cell with a folded hint and a folded solution after it."
        if "".join(o.get("text", "") for o in cell.outputs) != "Not answered yet.\n":
            yield f"{place(cell)}: expected the stub's output to be 'Not answered yet.'"


@rule
def headings_in_order(notebook) -> Iterator[str]:
    levels = [
        len(line) - len(line.lstrip("#"))
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL).splitlines()
        if re.match(r"#+ ", line)
    ]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"expected one title, first of all headings, found the levels {levels}."
    if any(after > before + 1 for before, after in zip(levels, levels[1:])):
        yield f"expected headings that skip no level, found the levels {levels}."


@rule
def not_too_long(notebook) -> Iterator[str]:
    if words(notebook) > MOST_WORDS:
        yield f"expected at most {MOST_WORDS} words, found {words(notebook)}."


@rule
def cells_print_no_prose(notebook) -> Iterator[str]:
    for cell in code(notebook):
        for output in cell.outputs:
            for line in output.get("text", "").splitlines():
                if "exercise" not in tags(cell) and not line.startswith("epoch ") and len(re.findall(r"[A-Za-z]{2,}", line)) > 6:
                    yield f"{place(cell)}: expected numbers, found a sentence: {line[:60]!r}."


@rule
def no_number_that_a_run_decides(notebook) -> Iterator[str]:
    decided: dict[str, str] = {}
    fixed = ""
    for cell in code(notebook):
        text = "".join(o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in cell.outputs)
        if "nbval-ignore-output" in tags(cell):
            decided |= {number.rstrip("0"): cell.id for number in re.findall(r"\d+\.\d+", text)}
        else:
            fixed += text
        fixed += "" if "remove-cell" in tags(cell) else cell.source
    published = ("0.55", "12.0", "8.4")  # a score that a text imagines; the paper's linear classifier
    for cell, text in prose(notebook):
        for number in re.findall(r"\d+\.\d+", text):
            if number in published or number.rstrip("0") in re.findall(r"\d+\.\d+", fixed) or number in fixed:
                continue
            for exact, source in decided.items():
                places = len(number.split(".")[1])
                if any(f"{float(exact) * scale:.{places}f}" == number for scale in (1, 100, 0.01)) or number.startswith(exact):
                    yield f"{place(cell)}: expected words, found the number {number}, which a run in cell {source} decides."
                    break
            if re.search(rf"{re.escape(number)}\s*(%|percent)", text) and "1998" not in text and "paper" not in text.lower():
                yield f"{place(cell)}: expected words, or a published source beside it, found {number} %."


@rule
def links_are_relative_and_lead_somewhere(notebook, path: Path | None = None) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", cell.source):
            if target.startswith(("https://", "#")):
                continue
            if "://" in target or target.startswith("/"):
                yield f"{place(cell)}: expected a relative link, found {target}."
            elif path is not None and not (path.parent / target.split("#")[0]).is_file():
                yield f"{place(cell)}: expected a link to a file that exists, found {target}."


@rule
def launch_links_name_this_chapter(notebook, path: Path | None = None) -> Iterator[str]:
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    name = path.name if path is not None else ""
    owner = ADDRESS.removeprefix("https://github.com/")
    for wanted in (
        f"https://colab.research.google.com/github/{owner}/blob/learner/chapters/{name}",
        f"https://mybinder.org/v2/gh/{owner}/learner?labpath=chapters/{name}",
        "../book/times.md",
    ):
        if wanted not in text:
            yield f"expected the box to link to {wanted}."


def complaints(notebook, path: Path | None = None) -> list[str]:
    """All complaints about one notebook, and about its file where a path is given."""
    found = []
    for each in RULES:
        takes_path = each in (links_are_relative_and_lead_somewhere, launch_links_name_this_chapter)
        found += [f"{each.__name__}: {text}" for text in (each(notebook, path) if takes_path else each(notebook))]
    if path is not None and path.stat().st_size > MOST_BYTES:
        found.append(f"file_size: expected at most {MOST_BYTES} bytes, found {path.stat().st_size}.")
    return found
