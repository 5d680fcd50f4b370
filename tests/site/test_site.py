"""Every page of the built site, opened in a real browser: complete, quiet, and at home on a phone."""

import importlib.util
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote_plus, unquote, urlsplit

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("site_tool", ROOT / "book" / "tools" / "site.py")
site_tool = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(site_tool)
PAGES = [f"{page}.html" for page in site_tool.pages()]
CHAPTERS = [page for page in PAGES if page.startswith("chapters/")]
REPOSITORY = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]["url"].removeprefix("https://github.com/")


class Opened:
    """One page, and what it said and asked for while it loaded."""

    def __init__(self, browser, url, width=1280, theme="light"):
        self.context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
        self.page = self.context.new_page()
        self.said, self.foreign, self.failed = [], [], []
        self.page.on("console", lambda m: self.said.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda problem: self.said.append(str(problem)))
        self.page.on("requestfailed", lambda request: self.failed.append(request.url))
        self.page.on("response", lambda r: self.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        self.page.on("request", self.note)
        self.page.goto(url, wait_until="load")
        self.page.wait_for_timeout(250)

    def note(self, request):
        if urlsplit(request.url).hostname not in ("127.0.0.1", None) and not request.url.startswith(("data:", "blob:")):
            self.foreign.append(request.url)


@pytest.fixture
def opened(browser, address):
    made = []

    def open_page(page, **options):
        made.append(Opened(browser, f"{address}/{page}", **options))
        return made[-1]

    yield open_page
    for each in made:
        each.context.close()


@pytest.mark.parametrize("page", [*PAGES, "index.html", "search.html"])
def test_quiet_and_at_home(opened, page):
    """No error on the console, no failed request, none to another host; on a phone nothing is wider than the screen."""
    for options in ({}, {"width": 360, "theme": "dark"}):
        seen = opened(page, **options)
        assert (seen.said, seen.failed, seen.foreign) == ([], [], [])
        wide = seen.page.evaluate(
            """() => [...document.querySelectorAll('article *, header *')].filter(e => {
                if (e.getBoundingClientRect().right <= innerWidth + 1 || e.closest('.bd-sidebar-primary, .bd-sidebar-secondary')) return false;
                for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return false;
                return true;}).map(e => e.outerHTML.slice(0, 80))"""
        )
        assert wide == [] and seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", PAGES)
def test_pictures_formulas_and_titles(opened, page):
    number = re.match(r"chapters/(\d+)_", page)
    page = opened(page).page
    heading = page.locator("article h1")
    assert heading.count() == 1
    title = heading.inner_text().rstrip("#").strip()
    assert page.title().startswith(title) and (not number or title.startswith(number[1]))
    pictures = page.evaluate("[...document.querySelectorAll('article img')].map(i => [i.alt, i.naturalWidth])")
    for alt, width in pictures:
        assert len(alt) >= 40 and not alt.startswith("<Figure") and width > 0
    text = page.locator("article").inner_text()
    assert not re.search(r"\$|\\frac|\\sum|\\cdot|<details>|\{\w+\}`", re.sub(r"\$ ", "", text))
    formulas = page.evaluate("[...document.querySelectorAll('math')].map(m => { const r = m.getBoundingClientRect(); return [r.width, r.height]; })")
    assert all(width > 3 and height > 3 for width, height in formulas)


@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter_is_complete(opened, page):
    """What the notebook holds stands on the page: code with copy buttons, pictures with captions, folds, formulas."""
    notebook = nbformat.read(ROOT / page.replace(".html", ".ipynb"), 4)
    page = opened(page).page
    shown = [c for c in notebook.cells if "remove-cell" not in c.metadata.get("tags", [])]
    code = [c for c in shown if c.cell_type == "code"]
    drawn = [c for c in code if any("image/png" in o.get("data", {}) for o in c.outputs)]
    words = "\n".join(c.source for c in shown if c.cell_type == "markdown")

    assert page.locator("div.cell_input").count() == len(code)
    assert page.locator("div.cell_input button.copybtn").count() == len(code)
    captions = page.evaluate("[...document.querySelectorAll('figure.drawn')].map(f => [f.querySelector('img').alt, f.querySelector('figcaption').textContent.trim()])")
    assert [alt for alt, _ in captions] == [c.metadata["mystnb"]["image"]["alt"] for c in drawn]
    assert all(len(caption) > 20 for _, caption in captions)
    for fold in page.locator("article details:not(.hide)").all():
        assert fold.get_attribute("open") is None and fold.locator("summary").count() == 1
    assert page.locator("article details:not(.hide)").count() == words.count("<details>")
    formulas = re.findall(r"\$\$.+?\$\$|\$[^$\n]+\$", re.sub(r"```.*?```|`[^`]*`", "", words, flags=re.DOTALL), re.DOTALL)
    assert page.locator("math").count() == len(formulas)
    for cell in notebook.cells:
        if "remove-cell" in cell.metadata.get("tags", []):
            assert "assert " + cell.source.split("assert ")[1][:30] not in page.locator("article").inner_text()


@pytest.mark.parametrize("page", CHAPTERS)
def test_predictions_stay_folded_until_they_are_opened(opened, page):
    notebook = nbformat.read(ROOT / page.replace(".html", ".ipynb"), 4)
    hidden = [cell for cell in notebook.cells if "hide-output" in cell.metadata.get("tags", [])]
    page = opened(page).page
    folds = page.locator("details.hide:has(.cell_output), details:has(> .cell_output)")
    assert folds.count() == len(hidden) >= 1 and page.locator("p.predict").count() >= 1
    for n in range(folds.count()):
        fold = folds.nth(n)
        output = fold.locator(".cell_output, .output").first
        assert not output.is_visible()
        fold.locator("summary").first.click()
        assert output.is_visible()


@pytest.mark.parametrize("page", CHAPTERS)
def test_launch_links_open_the_learner_edition(opened, page):
    """Those that the author wrote into the box, and those that the theme writes into the header."""
    name = Path(page).with_suffix(".ipynb").name
    page = opened(page).page
    for place in ("article blockquote a", ".article-header-buttons a"):
        links = [link.get_attribute("href") for link in page.locator(place).all()]
        assert f"https://colab.research.google.com/github/{REPOSITORY}/blob/learner/chapters/{name}" in links
        assert any(link.startswith(f"https://mybinder.org/v2/gh/{REPOSITORY}/learner?") and link.endswith(f"chapters/{name}") for link in links)


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.targets = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids |= {found[key] for key in ("id", "name") if found.get(key)}
        self.targets += [found[key] for key in ("href", "src", "srcset") if found.get(key)]


def test_every_internal_link_leads_somewhere(html):
    pages = {path: Links(path.read_text("utf-8")) for path in html.rglob("*.html") if "_static" not in path.parts}
    broken = []
    for path, links in pages.items():
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
                continue
            aim = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchors = pages[aim].ids if aim in pages else None
            if not aim.exists() or (parts.fragment and anchors is not None and unquote(parts.fragment) not in anchors):
                broken.append(f"{path.relative_to(html)}: {target}")
    assert broken == []


def words_of(page: str) -> set[str]:
    notebook = nbformat.read(ROOT / page.replace(".html", ".ipynb"), 4)
    text = "\n".join(re.sub(r"<[^>]*>|\]\([^)]*\)|```.*?```", " ", c.source, flags=re.DOTALL) for c in notebook.cells if c.cell_type == "markdown")
    return set(re.findall(r"\b[a-z]{6,}\b", text))


@pytest.mark.parametrize("page", CHAPTERS)
def test_search_finds_a_chapter(opened, page):
    """By its title, and by a word that only this chapter has."""
    own = words_of(page) - set().union(*(words_of(other) for other in CHAPTERS if other != page))
    title = nbformat.read(ROOT / page.replace(".html", ".ipynb"), 4).cells[0].source.splitlines()[0].lstrip("# ")
    for words in (title, max(sorted(own), key=len)):
        found = opened(f"search.html?q={quote_plus(words)}").page
        found.wait_for_selector("#search-results li a", timeout=10_000)
        links = found.locator("#search-results li a").all()
        assert any(urlsplit(link.get_attribute("href")).path.endswith(page) for link in links), words


def test_the_sidebar_lists_every_page(opened):
    links = opened(PAGES[0]).page.locator(".bd-sidebar-primary nav a.internal")
    assert [urlsplit(link.get_attribute("href")).path.removeprefix("../") for link in links.all()] == [
        page if page.startswith("chapters/") else page.removeprefix("book/") for page in PAGES[1:]
    ]


def test_the_table_of_contents_lists_what_is_there(html):
    chapters = {path.stem for path in (ROOT / "chapters").glob("*.ipynb")}
    assert {Path(page).stem for page in CHAPTERS} == chapters
    times = json.loads((ROOT / "data" / "results" / "times.json").read_text("utf-8"))
    assert set(times) == chapters and all(t["seconds"] < 60 for t in times.values())
