"""Build the site into _build/html, and make sure that every page of the table of contents is there.

    .venv/bin/python book/tools/site.py [--serve PORT]

Warnings are errors. A page that did not change since the last build that succeeded is not built again; when anything
changed that all pages hang on, everything is.
"""

import hashlib
import http.server
import re
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "_build"
HTML = BUILD / "html"
LOG = BUILD / "site.log"
BUILT = BUILD / "site.built"  # there only after a success: what all pages were built with
COMMAND = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
COMMAND += ["build", ".", "--toc", "book/_toc.yml", "-W", "-n", "--keep-going"]


def main() -> None:
    start = time.monotonic()
    common = digest_of_what_all_pages_need()
    if not BUILT.is_file() or BUILT.read_text() != common:
        for folder in (HTML, BUILD / ".doctrees"):  # a build that was stopped or had warnings does not repeat them
            shutil.rmtree(folder, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    BUILT.unlink(missing_ok=True)
    done = subprocess.run(
        COMMAND, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace"
    )
    LOG.write_text(done.stdout, "utf-8")
    problems = re.findall(r"^.*(?:WARNING|ERROR|CRITICAL):? .*$", done.stdout, re.MULTILINE)
    if done.returncode or problems:
        print(done.stdout[-20_000:])
        print(*dict.fromkeys(problems), sep="\n")
        sys.exit(f"Build stopped: the reasons stand above, the whole log in {LOG.relative_to(ROOT)}.")
    missing = [page for page in [*pages(), "index"] if not is_whole(HTML / f"{page}.html", is_redirect=page == "index")]
    if missing:
        sys.exit(f"Build stopped: these pages are missing or empty: {', '.join(missing)}. The log is in {LOG.relative_to(ROOT)}.")
    write_entrance()
    BUILT.write_text(common)
    print(f"Built {len(pages())} pages in {time.monotonic() - start:.0f} s, in {HTML}")
    print("Open them with: make serve    (or open index.html there in a browser)")


def write_entrance() -> None:
    """Make the page that leads on to the first one a whole one: without an icon of its own, browsers ask for one that is not there."""
    (HTML / "index.html").write_text(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>LeNet-5, layer by layer</title>\n'
        '<link rel="icon" href="data:,">\n<meta http-equiv="refresh" content="0; url=book/index.html">\n</head>\n'
        '<body><a href="book/index.html">LeNet-5, layer by layer</a></body>\n</html>\n',
        "utf-8",
    )


def digest_of_what_all_pages_need() -> str:
    """The settings, the table of contents, the extension and the styles, and the versions of all programs."""
    digest = hashlib.sha256()
    everywhere = [ROOT / "_config.yml", ROOT / "book" / "_toc.yml", ROOT / "requirements.lock"]
    folders = [ROOT / "book" / "_ext", ROOT / "book" / "_static", ROOT / "book" / "_templates"]
    for path in everywhere + sorted(p for folder in folders for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def pages() -> list[str]:
    """The pages that book/_toc.yml lists, such as ``chapters/01_digits``, its root first."""
    entries = re.findall(r"^\s*-?\s*(?:root|file):\s*(\S+)", (ROOT / "book" / "_toc.yml").read_text("utf-8"), re.MULTILINE)
    return [re.sub(r"\.(md|ipynb)$", "", entry) for entry in entries]


def is_whole(path: Path, is_redirect: bool = False) -> bool:
    """Whether a page has a title, an end, and more text in its article than the frame around it; or leads on to one that has."""
    text = path.read_text("utf-8") if path.is_file() else ""
    if is_redirect and "http-equiv" in text.lower():
        return True
    article = re.search(r"<article.*?</article>", text, re.DOTALL)
    words = re.sub(r"<script.*?</script>|<[^>]*>", " ", article[0], flags=re.DOTALL) if article else ""
    return "<h1>" in text and "</html>" in text and len(words.split()) > 20


def serve(port: int) -> None:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            pass

    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(Quiet, directory=str(HTML)))
    except OSError as problem:
        sys.exit(f"The port {port} cannot be used ({problem.strerror}). Name another: make serve PORT={port + 1}")
    print(f"The book is at http://127.0.0.1:{port}/ . Stop with Ctrl-C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(int(sys.argv[2]))
    else:
        main()
