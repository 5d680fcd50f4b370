"""Photograph every page of the built site, for people to look at: desktop and phone, light and dark.

    .venv/bin/python tests/site/screenshots.py [--open] [PAGE ...]
    .venv/bin/python tests/site/screenshots.py --readme

Builds the site if needed. The pictures lie in _build/screenshots, each page whole, folds as a reader finds them.
`--open` opens all folds first. PAGE is part of a page's name, such as 03. `--readme` takes the README's picture instead:
what a laptop shows of the first page.
"""

import runpy
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "_build" / "screenshots"
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
TALLEST = 16_000  # pixels: Chromium draws no taller picture, so a long page is cut into several


def main(*words: str) -> None:
    from playwright.sync_api import sync_playwright

    site = ROOT / "book" / "tools" / "site.py"
    subprocess.run([sys.executable, str(site)], check=True)
    pages = [page for page in runpy.run_path(str(site))["pages"]() if not words or any(word in page for word in words)]
    shared = runpy.run_path(str(Path(__file__).with_name("conftest.py")))
    program = shared["chromium"]() or sys.exit(shared["NO_CHROMIUM"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, shared["served"](ROOT / "_build" / "html") as address:
        browser = playwright.chromium.launch(executable_path=program, args=shared["FLAGS"])
        if "--readme" in sys.argv:
            page = browser.new_page(viewport={"width": 1280, "height": 760}, color_scheme="light")
            page.goto(f"{address}/{pages[0]}.html", wait_until="networkidle")
            page.screenshot(path=ROOT / "book" / "_static" / "site.png")
            return
        for screen, (width, height) in SCREENS.items():
            for theme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                for page in pages:
                    photograph(context, f"{address}/{page}.html", f"{page.replace('/', '-')}-{screen}-{theme}", width)
                context.close()
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


def photograph(context, url: str, name: str, width: int) -> None:
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    if "--open" in sys.argv:
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    height = page.evaluate("document.documentElement.scrollHeight")
    for part, top in enumerate(range(0, height, TALLEST), 1):
        area = {"x": 0, "y": top, "width": width, "height": min(TALLEST, height - top)}
        page.screenshot(path=FOLDER / f"{name}-{part}.png", full_page=True, clip=area)
    page.close()


if __name__ == "__main__":
    main(*(word for word in sys.argv[1:] if not word.startswith("--")))
