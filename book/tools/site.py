"""Build the site into _build/html, and make sure that every page of the table of contents is there.

    .venv/bin/python book/tools/site.py
"""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"


def main() -> None:
    start = time.monotonic()
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "--toc", "book/_toc.yml", "-W", "-n", "--keep-going"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    problems = re.findall(r".*(?:WARNING|ERROR):? .*", done.stdout)
    if done.returncode or problems:
        print(done.stdout[-20_000:] if not problems else "\n".join(dict.fromkeys(problems)))
        fail("the site was not built, for the reasons above")
    missing = [page for page in pages() if not is_whole(HTML / f"{page}.html")]
    if missing:
        fail(f"these pages of book/_toc.yml are missing or empty: {', '.join(missing)}")
    print(f"Built {len(pages())} pages in {time.monotonic() - start:.0f} s.")
    print(f"They lie in {HTML}")
    print("Open them with: make serve    (or open index.html there in a browser)")


def pages() -> list[str]:
    """The pages that book/_toc.yml lists, such as ``chapters/01_digits``, its root first."""
    entries = re.findall(r"^\s*-?\s*(?:root|file):\s*(\S+)", (ROOT / "book" / "_toc.yml").read_text("utf-8"), re.MULTILINE)
    return [re.sub(r"\.(md|ipynb)$", "", entry) for entry in entries]


def is_whole(path: Path) -> bool:
    text = path.read_text("utf-8") if path.is_file() else ""
    return "<h1>" in text and "</html>" in text and len(re.sub(r"<[^>]*>", "", text)) > 500


def fail(problem: str) -> None:
    shutil.rmtree(ROOT / "_build" / ".doctrees", ignore_errors=True)  # else the next build would not repeat the warnings
    sys.exit(f"Build stopped: {problem}.")


if __name__ == "__main__":
    main()
