"""The site's extension says what is wrong with a page, so that `make book` fails; and the cover shows the real network."""

import importlib.util
import io
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ALT = {"mystnb": {"image": {"alt": "A single pixel, which is dark."}}}
CONF = f"""
import sys
sys.path.insert(0, {str(ROOT / "book" / "_ext")!r})
extensions = ["myst_nb", "lenet_book"]
html_math_renderer, nb_execution_mode, root_doc = "mathml", "off", "chapters/01_page"
myst_enable_extensions = ["dollarmath"]
"""


def figure(metadata):
    picture = nbformat.v4.new_output("display_data", {"image/png": PIXEL, "text/plain": "<Figure size 1x1>"})
    return nbformat.v4.new_code_cell("draw()", metadata=metadata, outputs=[picture], execution_count=1)


def assertion():
    return nbformat.v4.new_code_cell("assert True", metadata={"tags": ["remove-cell"]}, execution_count=1)


@pytest.fixture
def build(tmp_path):
    """Build a book of one page from cells; gives what Sphinx complained of, and the page."""

    def run(*cells):
        cells = [nbformat.v4.new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in ("# A page", *cells)]
        (tmp_path / "chapters").mkdir()
        (tmp_path / "conf.py").write_text(CONF)
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}}), tmp_path / "chapters" / "01_page.ipynb")
        done = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-n", ".", "out"], cwd=tmp_path, capture_output=True, text=True)
        page = tmp_path / "out" / "chapters" / "01_page.html"
        return done.stderr, page.read_text("utf-8") if page.exists() else ""

    return run


def test_a_good_page(build):
    said, page = build(figure(ALT), assertion(), "*Look at **this** pixel.*\n\nText, $\\log p$.\n\n$$\\frac{1}{2}$$")
    assert said == ""
    assert re.search(r'<figure class="drawn"><img alt="A single pixel, which is dark."[^>]*>\s*<figcaption>Look at <strong>this</strong> pixel.</figcaption></figure>', page)
    assert page.count("Look at") == 1 and "assert True" not in page
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in page and "<mfrac>" in page
    assert '<span class="chapter-number">01</span> A page' in page


@pytest.mark.parametrize(
    "cells, complaint",
    [
        ([figure({}), "*Look at this.*"], "no alt text"),
        ([figure(ALT), "Text that is no caption."], "no caption"),
        ([figure(ALT), "*Look* at this."], "no caption"),
        ([figure(ALT), assertion()], "no caption"),
        (["The formula $\\frac{1}{2$."], "cannot be written as MathML"),
        (["The formula $\\nosuchsign$."], "cannot be written as MathML"),
        (["A [link](nowhere.ipynb)."], "nowhere"),
    ],
    ids=["no alt", "no caption", "half a caption", "only an assertion", "broken formula", "unknown sign", "broken link"],
)
def test_a_bad_page_is_complained_of(build, cells, complaint):
    said, _ = build(*cells)
    assert "WARNING" in said and complaint in said


def test_the_cover_shows_what_the_network_computes():
    from PIL import Image

    spec = importlib.util.spec_from_file_location("cover", ROOT / "book" / "tools" / "cover.py")
    cover = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cover)
    found = cover.layers()
    for name, draw in (("cover", cover.wide), ("cover-tall", cover.tall)):
        drawn = io.BytesIO()
        draw(found).savefig(drawn)
        now, committed = (np.asarray(Image.open(f).convert("RGB")).astype(int) for f in (drawn, ROOT / "book" / "_static" / f"{name}.png"))
        assert now.shape == committed.shape and (np.abs(now - committed).max(axis=2) > 40).mean() < 0.001, f"run book/tools/cover.py: {name}.png is not what the trained network computes"
    page = (ROOT / "book" / "index.md").read_text("utf-8")
    assert all(f"{name}.png" in page for name in ("cover", "cover-tall"))
