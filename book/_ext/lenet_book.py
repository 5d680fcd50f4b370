"""What the site adds to the plain notebooks: numbers of chapters, formulas as MathML, captions, classes for the styles."""

from __future__ import annotations

import re

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)


def write_math(translator, node: nodes.math | nodes.math_block) -> None:
    """Write one formula as MathML, which browsers show without a script."""
    block = isinstance(node, nodes.math_block)
    braces = re.sub(r"\\[{}]", "", node.astext())
    try:
        if braces.count("{") != braces.count("}"):
            raise MathError("a brace is missing")
        formula = tex2mathml(node.astext(), as_block=block)
    except (MathError, SyntaxError) as problem:
        logger.warning("formula %r cannot be written as MathML: %s", node.astext(), problem, location=node)
        formula = translator.encode(node.astext())
    formula = re.sub(r"(?<=\d)</mn>\s*<mo>,</mo>\s*<mn>(?=\d{3}</mn>)", ",", formula)  # 60,000 is one number
    formula = re.sub(r"(<mo>&ApplyFunction;</mo>)(?=\s*<m(?:i|n|sub|sup|frac)\b)", r'\1<mspace width="0.17em"></mspace>', formula)  # log p
    translator.body.append(f'<div class="formula">{formula}</div>\n' if block else formula)
    raise nodes.SkipNode


class Numbers(SphinxTransform):
    """Write the number of a chapter before its title: chapters/04_convolution becomes "04 C1: convolution" everywhere."""

    default_priority = 500

    def apply(self, **kwargs) -> None:
        number = re.match(r"chapters/(\d+)_", self.env.docname)
        title = next(iter(self.document.findall(nodes.title)), None)
        if number and title is not None:
            title.insert(0, [nodes.inline("", number[1], classes=["chapter-number"]), nodes.Text(" ")])


class Figures(SphinxPostTransform):
    """Join each picture that a cell drew with the italic sentence under it, which becomes its caption."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs) -> None:
        if not self.env.docname.startswith("chapters/"):
            return
        for image in list(self.document.findall(nodes.image)):
            if not image.get("alt", "").strip() or image["alt"].startswith("<Figure"):
                logger.warning("a picture has no alt text (cell metadata mystnb.image.alt)", location=image)
            caption = self.caption_after(image)
            if caption is None:
                logger.warning("a picture has no caption: expected an italic sentence in the next cell", location=image)
                continue
            text = [child.deepcopy() for child in next(caption.findall(nodes.emphasis)).children]
            caption.parent.remove(caption)
            tags = [nodes.raw("", tag, format="html") for tag in ('<figure class="drawn">', "<figcaption>", "</figcaption></figure>")]
            image.parent.replace(image, [tags[0], image.deepcopy(), tags[1], *text, tags[2]])

    def caption_after(self, image: nodes.image) -> nodes.paragraph | None:
        cell = image
        while cell.parent is not None and "cell" not in cell.get("classes", []):
            cell = cell.parent
        if cell.parent is None:
            return None
        following = cell.parent[cell.parent.index(cell) + 1 :]
        for node in following:
            if "tag_remove-cell" in node.get("classes", []):
                continue
            parts = [child for child in node.children if child.astext()]
            whole = isinstance(node, nodes.paragraph) and len(parts) == 1 and isinstance(parts[0], nodes.emphasis)
            return node if whole else None
        return None


class Boxes(SphinxPostTransform):
    """Give predictions and questions a class of their own, so that the styles can set them apart."""

    default_priority = 401
    formats = ("html",)
    classes = {"Predict.": "predict", "Question.": "question"}

    def run(self, **kwargs) -> None:
        for paragraph in self.document.findall(nodes.paragraph):
            first = next((child for child in paragraph if child.astext()), None)
            kind = self.classes.get(first.astext()) if isinstance(first, nodes.strong) else None
            if kind is None:
                continue
            paragraph["classes"].append(kind)
            after = paragraph.next_node(descend=False, siblings=True)
            if kind == "predict" and isinstance(after, nodes.bullet_list):
                after["classes"].append("predict-answers")


class Breaks(SphinxPostTransform):
    """Keep "28 × 28" and "0.95 %" on one line."""

    default_priority = 402
    formats = ("html",)

    def run(self, **kwargs) -> None:
        for text in list(self.document.findall(nodes.Text)):
            whole = re.sub(r"(?<=\d) (?=%)|(?<=\w) (?=× \w)|(?<=\w ×) (?=\w)", "\u00a0", text)
            if whole != text and not isinstance(text.parent, (nodes.literal, nodes.literal_block, nodes.raw)):
                text.parent.replace(text, nodes.Text(whole))


def tidy_page(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """Leave out Thebe's scripts, which the book does not use; name the theme's mode, which the theme asks for."""
    context["default_mode"] = "auto"
    kept = [s for s in context.get("script_files", []) if "thebe" not in str(getattr(s, "filename", s) or "").lower()]
    context["script_files"] = [s for s in kept if "THEBE" not in str(getattr(s, "attributes", {}).get("body", "")).upper()]
    styles = context.get("css_files", [])
    context["css_files"] = [s for s in styles if "thebe" not in str(getattr(s, "filename", s) or "").lower()]


def setup(app: Sphinx) -> dict[str, object]:
    app.add_html_math_renderer("mathml", inline_renderers=(write_math, None), block_renderers=(write_math, None))
    app.add_transform(Numbers)
    app.add_post_transform(Figures)
    app.add_post_transform(Boxes)
    app.add_post_transform(Breaks)
    app.connect("html-page-context", tidy_page, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
