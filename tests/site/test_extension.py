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
html_math_renderer, nb_execution_mode, root_doc = "mathml", "off", "index"
myst_enable_extensions = ["dollarmath"]
"""


def figure(metadata):
    picture = nbformat.v4.new_output("display_data", {"image/png": PIXEL, "text/plain": "<Figure size 1x1>"})
    return nbformat.v4.new_code_cell("draw()", metadata=metadata, outputs=[picture], execution_count=1)


def assertion():
    return nbformat.v4.new_code_cell("assert True", metadata={"tags": ["remove-cell"]}, execution_count=1)


GOOD = [figure(ALT), assertion(), "*Look at **this** pixel.*\n\nA 28 × 28 text, $\\log p$ and $60,000$.\n\n$$\\frac{1}{2}$$"]
BAD = {
    "01_no_alt": ([figure({}), "*Look at this.*"], "no alt text"),
    "02_no_caption": ([figure(ALT), "Text that is no caption."], "no caption"),
    "03_half_a_caption": ([figure(ALT), "*Look* at this."], "no caption"),
    "04_only_an_assertion": ([figure(ALT), assertion()], "no caption"),
    "05_broken_formula": (["The formula $\\frac{1}{2$."], "cannot be written as MathML"),
    "06_unknown_sign": (["The formula $\\nosuchsign$."], "cannot be written as MathML"),
    "07_broken_link": (["A [link](nowhere.ipynb)."], "nowhere"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A book of one good page and many bad ones: what Sphinx complained of, and where the site lies."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "chapters").mkdir()
    (folder / "conf.py").write_text(CONF)
    for name, cells in {"00_good": GOOD, **{name: cells for name, (cells, _) in BAD.items()}}.items():
        cells = [nbformat.v4.new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in ("# A page", *cells)]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
        nbformat.write(notebook, folder / "chapters" / f"{name}.ipynb")
    links = "\n".join(f"- [{name}](chapters/{name}.ipynb)" for name in ("00_good", *BAD))
    (folder / "index.md").write_text(f"---\norphan: true\n---\n# A book\n\n{links}\n")
    done = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-n", ".", "out"], cwd=folder, capture_output=True, text=True)
    return done.stderr.splitlines(), folder / "out"


def test_a_good_page(built):
    said, out = built
    assert [line for line in said if "00_good" in line and "toctree" not in line] == []
    page = (out / "chapters" / "00_good.html").read_text("utf-8")
    assert re.search(r'<figure class="drawn"><img alt="A single pixel, which is dark."[^>]*>\s*<figcaption>Look at <strong>this</strong> pixel.</figcaption></figure>', page)
    assert page.count("Look at") == 1 and "assert True" not in page
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in page and "<mfrac>" in page
    assert "28\u00a0×\u00a028" in page and "<mn>60,000</mn>" in page
    assert '<span class="chapter-number">00</span> A page' in page


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_is_complained_of(built, name):
    said, _ = built
    assert any("WARNING" in line and name in line and BAD[name][1] in line for line in said), "\n".join(said)


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
