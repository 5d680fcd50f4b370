"""The tools keep what they promise, above all when something goes wrong: each is run as a reader would run it.

The set-up is tried on a tiny book of its own: a lock with one package, made here, and a package ``lenet`` of one line.
"""

import ast
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "book" / "tools"
BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and mounts are tried on Linux and macOS")


def load(name):
    spec = importlib.util.spec_from_file_location(f"book_tools_{name}", TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this copy of the book is not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# ---------------------------------------------------------------- setup.py: a tiny book

BACKEND = '''
import base64, hashlib, pathlib, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    root, name = pathlib.Path.cwd(), "lenet-0.1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as file:
        file.writestr("lenet_here.pth", str(root))
        file.writestr("lenet-0.1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: lenet\\nVersion: 0.1\\n")
        file.writestr("lenet-0.1.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: here\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        file.writestr("lenet-0.1.dist-info/RECORD", "")
    return name
'''


def tiny_wheel(folder: Path, version: str) -> str:
    """Write the package ``tiny`` as a wheel; return its line in a lock."""
    folder.mkdir(exist_ok=True)
    path = folder / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("tiny.py", f"version = {version!r}\n")
        file.writestr(f"tiny-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        file.writestr(f"tiny-{version}.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: here\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"tiny-{version}.dist-info/RECORD", "")
    return f"tiny=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Book:
    def __init__(self, place: Path):
        self.root, self.wheels = place / "a book", place / "wheels"  # a path with a space
        (self.root / "book" / "tools").mkdir(parents=True)
        (self.root / "lenet").mkdir()
        (self.root / "lenet" / "__init__.py").write_text("")
        (self.root / "backend.py").write_text(BACKEND)
        (self.root / "pyproject.toml").write_text('[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n')
        shutil.copy(TOOLS / "setup.py", self.root / "book" / "tools")
        shutil.copy(ROOT / "Makefile", self.root)
        self.lock = self.root / "requirements.lock"
        self.lock.write_text(tiny_wheel(self.wheels, "1.0"))
        self.venv = self.root / ".venv"
        self.python = self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        mine = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV"))}
        self.environment = mine | {
            "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri(), "PIP_NO_CACHE_DIR": "1",
        }  # fmt: skip

    @property
    def command(self):
        return [BASE_PYTHON, str(self.root / "book" / "tools" / "setup.py")]

    def set_up(self, *arguments, command=None, **environment):
        ran = [*(command or self.command), *arguments]
        return subprocess.run(ran, cwd=self.root, capture_output=True, text=True, env=self.environment | environment, timeout=120)

    def start(self):
        return subprocess.Popen(self.command, cwd=self.root, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def tiny(self):
        code = "import lenet, tiny; print(tiny.version)"
        return subprocess.run([self.python, "-c", code], capture_output=True, text=True, env=self.environment).stdout.strip()


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def fails_in_one_line(done, *words):
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.startswith("Set-up stopped: ") and done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0)])
def test_a_wrong_python_is_named(book, version):
    code = "import runpy, sys; path = sys.argv.pop(); sys.version_info = %r; runpy.run_path(path, run_name='__main__')" % (version + ("final", 0),)
    done = book.set_up(command=[BASE_PYTHON, "-c", code, book.command[1]])
    found = ".".join(map(str, version))
    fails_in_one_line(done, f"expected Python 3.11, 3.12 or 3.13, found {found}", "make book PYTHON=python3.13")
    assert not book.venv.exists()


def test_old_pythons_can_read_the_set_up():
    source = (TOOLS / "setup.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    assert source.isascii() and not any(isinstance(node, (ast.JoinedStr, ast.NamedExpr, ast.Nonlocal)) for node in ast.walk(tree))
    homes = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for python in [*homes.glob("2.7*/bin/python"), *homes.glob("3.[0-9].*/bin/python"), *homes.glob("3.10.*/bin/python")]:
        done = subprocess.run([python, TOOLS / "setup.py"], capture_output=True, text=True)
        fails_in_one_line(done, "expected Python 3.11, 3.12 or 3.13")


def test_sets_up_once_and_again_only_when_something_changed(book):
    first = book.set_up()
    assert first.returncode == 0 and "Setting up .venv" in first.stdout and book.tiny() == "1.0", first.stdout + first.stderr

    start = time.monotonic()
    second = book.set_up()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "") and time.monotonic() - start < 2

    with open(book.root / "pyproject.toml", "a") as file:
        file.write("# changed\n")
    made = book.venv.stat().st_ino
    third = book.set_up()
    assert third.stdout == "pyproject.toml has changed: installing the package lenet again.\n" and book.venv.stat().st_ino == made
    assert book.set_up().stdout == ""

    book.lock.write_text(tiny_wheel(book.wheels, "2.0"))
    fourth = book.set_up(command=[str(book.python), book.command[1]])  # called by the very Python that goes
    assert "Making .venv anew: requirements.lock has changed." in fourth.stdout and book.tiny() == "2.0", fourth.stdout + fourth.stderr


@pytest.mark.parametrize(
    "change, expected",
    [
        ({}, None),
        ({"root": "/elsewhere"}, "the folder has moved"),
        ({"lock": "another"}, "requirements.lock has changed"),
        ({"python": "3.10"}, "its Python is gone"),
        ("", "it is half made"),
        ('{"lock": "cut o', "it is half made"),
        (None, "foreign"),
    ],
)
def test_an_environment_is_good_only_if_all_agrees(tmp_path, monkeypatch, change, expected):
    tool = load("setup")
    for name, path in {"VENV": tmp_path, "STATE": tmp_path / "state", "PYTHON": sys.executable}.items():
        monkeypatch.setattr(tool, name, str(path))
    tool.write_state()
    if change is None:
        (tmp_path / "state").unlink()
        (tmp_path / "bin").mkdir()
    else:
        state = json.loads((tmp_path / "state").read_text())
        (tmp_path / "state").write_text(json.dumps(state | change) if isinstance(change, dict) else change)
    assert tool.reason(this_python=True) == expected
    if expected is None:
        monkeypatch.setattr(sys, "version_info", (3, 13 if sys.version_info[1] != 13 else 12))
        assert tool.reason(this_python=False) is None, "an environment stays, whichever Python calls"
        assert "it has Python" in tool.reason(this_python=True), "unless one is asked for"


@POSIX
def test_recovers_when_it_was_killed_midway(book):
    killed = book.start()
    state = book.venv / "lenet-book.json"
    while not (state.exists() and book.python.exists()):
        assert killed.poll() is None
        time.sleep(0.01)
    killed.kill()  # what it started lives on for a while, and holds the lock
    killed.wait()
    assert state.read_text() == ""
    done = book.set_up()
    assert "Another set-up is at work here; waiting for it." in done.stdout, "two of them would have written into one folder"
    assert done.returncode == 0 and "Making .venv anew: it is half made." in done.stdout and book.tiny() == "1.0", done.stdout + done.stderr
    assert [path.name for path in book.root.glob(".venv*")] == [".venv"]


@POSIX
def test_leaves_nothing_when_it_is_asked_to_stop(book):
    stopped = book.start()
    while not book.python.exists():
        assert stopped.poll() is None
        time.sleep(0.01)
    stopped.send_signal(signal.SIGTERM)
    words = stopped.communicate(timeout=30)[0]
    assert stopped.returncode == 1 and "you interrupted it" in words
    assert not book.venv.exists()


def test_two_calls_at_once_do_the_work_once(book):
    running = [book.start(), book.start()]
    words = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], words
    assert sum("Setting up .venv" in said for said in words) == 1 and book.tiny() == "1.0", words


def test_no_network_is_one_line_and_leaves_nothing(book):
    for key in ("PIP_NO_INDEX", "PIP_FIND_LINKS"):
        del book.environment[key]
    done = book.set_up(PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="1")
    fails_in_one_line(done, "the package index cannot be reached", "_build/setup.log")
    assert not book.venv.exists() and "Connection refused" in (book.root / "_build" / "setup.log").read_text()
    assert "Setting up" in book.set_up(PIP_NO_INDEX="1", PIP_FIND_LINKS=book.wheels.as_uri()).stdout and book.tiny() == "1.0"


def test_a_download_that_the_lock_does_not_name_is_refused(book):
    lock = book.lock.read_text()
    book.lock.write_text(re.sub("sha256:....", "sha256:0000", lock))
    fails_in_one_line(book.set_up(), "a downloaded file is not the one that the lock names")
    book.lock.write_text("tiny==1.0\n")
    fails_in_one_line(book.set_up(), "Hashes are required")
    assert not book.venv.exists()


def in_a_mount(book, *mounts):
    """Run the set-up where other file systems are mounted, if this machine lets us."""
    script = " && ".join([*mounts, 'exec "$0" "$@"'])
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    return book.set_up(command=["unshare", "-rm", "sh", "-c", script, *book.command])


def test_a_full_disk_is_one_line(book):
    (book.root / ".venv").mkdir()
    place = f"'{book.root}'"
    keep = f"cp -r {place} '{book.root}.kept' && mount -t tmpfs -o size=12m small {place} && cp -r '{book.root}.kept'/. {place} && rmdir {place}/.venv"
    fails_in_one_line(in_a_mount(book, keep), "the disk is full", "Free about 4 GB")


def test_a_disk_that_may_not_be_written_is_one_line(book):
    place = f"'{book.root}'"
    done = in_a_mount(book, f"mount --bind {place} {place}", f"mount -o remount,bind,ro {place}")
    fails_in_one_line(done, "a file may not be written", "Read-only file system")


@pytest.mark.parametrize(
    "said, expected",
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
        ("NewConnectionError(...): Failed to establish a new connection: [Errno -3] Temporary failure in name resolution", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that the lock names"),
        ("ERROR: Could not install packages: [Errno 13] Permission denied: '/x'", "may not be written"),
        ("The virtual environment was not created successfully because ensurepip is not available.  On Debian/Ubuntu", "apt install python3-venv"),
        ("/usr/bin/python3: No module named venv", "apt install python3-venv"),
        ("ERROR: No matching distribution found for tensorflow==2.20.0", "no build of a package for this machine"),
        ("something else", None),
    ],
)
def test_causes_are_recognised(said, expected):
    found = load("setup").cause(said)
    assert found is None if expected is None else expected in found


# ---------------------------------------------------------------- notebooks.py


def write_notebook(path: Path, *sources: str, **metadata) -> bytes:
    cells = [nbformat.v4.new_markdown_cell("# A title", id="title")]
    cells += [nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources, 1)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=metadata)), "utf-8")
    return path.read_bytes()


@pytest.fixture
def runner(tmp_path):
    (tmp_path / "book" / "tools").mkdir(parents=True)
    shutil.copy(TOOLS / "notebooks.py", tmp_path / "book" / "tools")
    return [sys.executable, str(tmp_path / "book" / "tools" / "notebooks.py")]


def test_notebooks_run_in_place_and_a_failing_one_stays_as_it_was(tmp_path, runner):
    chapters = tmp_path / "chapters"
    write_notebook(chapters / "01_good.ipynb", "from pathlib import Path\nprint(Path.cwd().name)", "6 * 7", kernelspec={"name": "x", "display_name": "X"})
    before = write_notebook(chapters / "02_bad.ipynb", "print('so far')", "raise ValueError('the dog ate it')")
    done = subprocess.run(runner, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "02_bad.ipynb FAILED and stays as it was: cell cell-2: ValueError: the dog ate it" in done.stdout, done.stdout + done.stderr
    assert (chapters / "02_bad.ipynb").read_bytes() == before and not list(tmp_path.rglob("*.part"))
    ran = nbformat.read(chapters / "01_good.ipynb", 4)
    assert ran.cells[1].outputs[0].text == "chapters\n" and ran.cells[2].outputs[0].data["text/plain"] == "42"
    assert [cell.id for cell in ran.cells] == ["title", "cell-1", "cell-2"] and [c.metadata for c in ran.cells] == [{}, {}, {}]
    assert ran.metadata == {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    page = (tmp_path / "book" / "times.md").read_text("utf-8")
    assert "| [01 A title](../chapters/01_good.ipynb) |" in page and "02_bad" not in page

    again = (chapters / "01_good.ipynb").read_bytes()
    assert subprocess.run([*runner, "01"], capture_output=True, timeout=120).returncode == 0
    assert (chapters / "01_good.ipynb").read_bytes() == again, "the same run must write the same bytes"
    unknown = subprocess.run([*runner, "01", "07"], capture_output=True, text=True)
    assert unknown.returncode == 1 and "expected numbers among 01, 02, received 07" in unknown.stderr


@POSIX
def test_notebooks_killed_midway_leaves_the_notebook_whole(tmp_path, runner):
    note = "import os, pathlib, time\npathlib.Path('kernel').write_text(str(os.getpid()))\ntime.sleep(60)"
    before = write_notebook(tmp_path / "chapters" / "01_slow.ipynb", note)
    running = subprocess.Popen(runner, stdout=subprocess.DEVNULL)
    kernel = tmp_path / "chapters" / "kernel"
    while not (kernel.exists() and kernel.read_text()):
        assert running.poll() is None
        time.sleep(0.05)
    running.kill()
    running.wait()
    assert (tmp_path / "chapters" / "01_slow.ipynb").read_bytes() == before and not list(tmp_path.rglob("*.part"))
    for _ in range(200):  # the kernel misses its parent and goes
        try:
            os.kill(int(kernel.read_text()), 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.kill(int(kernel.read_text()), signal.SIGKILL)
    pytest.fail("the kernel outlived the tool by ten seconds")


def test_the_page_of_measured_times_is_what_the_tool_writes():
    tool = load("notebooks")
    times = json.loads(tool.TIMES.read_text("utf-8"))
    assert tool.PAGE.read_text("utf-8") == tool.page(times)
    assert sorted(times) == sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))


# ---------------------------------------------------------------- learner.py


@pytest.fixture
def copy_of_the_chapters(tmp_path):
    shutil.copytree(ROOT / "chapters", tmp_path / "chapters", ignore=shutil.ignore_patterns(".*", "__pycache__"))
    shutil.copytree(ROOT / "book", tmp_path / "book", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "LICENSE", tmp_path)
    return tmp_path


def test_the_learner_edition_has_no_answers_and_is_the_same_each_time(copy_of_the_chapters):
    root, tool = copy_of_the_chapters, load("learner")
    tool.main(root)
    folder, archive = root / "_build" / "learner", root / "_build" / "learner.zip"
    first = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} | {"zip": archive.read_bytes()}
    for path in root.joinpath("chapters").iterdir():
        os.utime(path, (0, 0))
    tool.main(root)
    second = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} | {"zip": archive.read_bytes()}
    assert first == second and len(first) > 4

    assert {p.name for p in folder.glob("chapters/*")} == {p.name for p in root.glob("chapters/*.ipynb")}
    for path in folder.glob("chapters/*.ipynb"):
        notebook, whole = nbformat.read(path, 4), nbformat.read(root / "chapters" / path.name, 4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
        assert not any("remove-cell" in cell.metadata.get("tags", []) for cell in notebook.cells)
        kept = [cell.source for cell in whole.cells if "remove-cell" not in cell.metadata.get("tags", [])]
        assert [cell.source for cell in notebook.cells] == kept, "nothing else may be lost or changed"
        for target in re.findall(r"\]\((?!https:|#)([^)#\s]+)", "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")):
            assert (path.parent / target).is_file(), f"{path.name} links to {target}, which the learner edition lacks"
    with zipfile.ZipFile(archive) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1998, 11, 1, 0, 0, 0)}
        assert {name.removeprefix("learner/") for name in file.namelist()} == {p.as_posix() for p in first if p != "zip"}


def test_a_link_that_leads_nowhere_stops_the_learner_edition(copy_of_the_chapters):
    path = sorted((copy_of_the_chapters / "chapters").glob("*.ipynb"))[0]
    path.write_text(path.read_text("utf-8").replace("../book/times.md", "../book/tims.md"), "utf-8")
    with pytest.raises(SystemExit, match="expected a link to a file of the book, found ../book/tims.md"):
        load("learner").main(copy_of_the_chapters)


# ---------------------------------------------------------------- site.py


@pytest.fixture
def site(tmp_path):
    """A book of two pages, with the real settings, extension and styles."""
    shutil.copytree(ROOT / "book", tmp_path / "book", ignore=shutil.ignore_patterns("__pycache__", "*.png"))
    for name in ("_config.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "book" / "_toc.yml").write_text("format: jb-book\nroot: book/index\nchapters:\n  - file: book/second\n")
    long = "Words and more words. " * 20
    (tmp_path / "book" / "index.md").write_text(f"# First\n\n{long}See [the second](second.md).\n")
    (tmp_path / "book" / "second.md").write_text(f"# Second\n\n{long}\n")

    def build():
        return subprocess.run([sys.executable, str(tmp_path / "book" / "tools" / "site.py")], capture_output=True, text=True, timeout=120)

    return tmp_path, build


def test_a_broken_link_or_an_empty_page_stops_the_build_until_it_is_mended(site):
    root, build = site
    page = root / "book" / "second.md"
    good = page.read_text()
    page.write_text(f"{good}\nSee [nothing](nothing.md).\n")
    for _ in range(2):
        done = build()
        assert done.returncode == 1 and "nothing.md" in done.stdout and "Build stopped" in done.stderr, done.stdout + done.stderr
    page.write_text(good)
    done = build()
    assert done.returncode == 0 and "Built 2 pages" in done.stdout and "make serve" in done.stdout, done.stdout + done.stderr
    entrance = (root / "_build" / "html" / "index.html").read_text()
    for target in re.findall(r'(?:href="|url=)(?!data:)([^"]+)"', entrance):
        assert (root / "_build" / "html" / target).is_file(), f"the first page leads to {target}, which is not there"
    page.write_text("# Second\n")
    done = build()
    assert done.returncode == 1 and "missing or empty: book/second" in done.stderr, done.stdout + done.stderr


def test_the_pages_are_those_of_the_table_of_contents():
    listed = re.findall(r"(?:root|file)': '([^']+)'", str(yaml.safe_load((ROOT / "book" / "_toc.yml").read_text("utf-8"))))
    assert load("site").pages() == listed
    chapters = [page for page in listed if page.startswith("chapters/")]
    assert chapters == [f"chapters/{path.stem}" for path in sorted((ROOT / "chapters").glob("*.ipynb"))]


# ---------------------------------------------------------------- Makefile

MAKE = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")


@MAKE
def test_help_lists_every_target():
    done = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    listed = re.findall(r"^make ([a-z-]+) +\S", done.stdout, re.MULTILINE)
    assert done.returncode == 0 and listed == re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    assert set(listed) == set(re.search(r"^\.PHONY: (.*)", makefile, re.MULTILINE)[1].split())
    assert {"book", "test", "lab", "serve", "notebooks", "learner", "test-colab", "lock", "help", "clean"} <= set(listed)


@MAKE
def test_make_sets_up_in_a_folder_with_a_space_and_keeps_what_it_did_not_make(book):
    book.venv.mkdir()
    (book.venv / "precious").write_text("kept")
    make = ["make", "--no-print-directory", "setup", f"PYTHON={BASE_PYTHON}"]
    done = book.set_up(command=make)
    assert done.returncode == 0 and book.tiny() == "1.0", done.stdout + done.stderr
    (aside,) = book.root.glob(".venv-before-*")
    assert aside.name in done.stdout and (aside / "precious").read_text() == "kept"
    assert book.set_up(command=make).stdout == ""


@MAKE
def test_make_without_a_python_says_so(book):
    done = book.set_up(command=["make", "--no-print-directory", "book", "PYTHON=python9"])
    assert done.returncode == 2 and done.stdout.startswith("Set-up stopped: expected Python 3.11, 3.12 or 3.13, found no python9.")


@MAKE
def test_commands_that_the_texts_name_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    texts = [path for path in tracked() if path.suffix in (".md", ".yml", ".ipynb", ".py") or path.parent.name == ".ci"]
    for path in texts:
        for command in re.findall(r"(?:^ {4}|`|run: )make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE):
            assert command in targets, f"{path.relative_to(ROOT)} names `make {command}`, which does not exist"


# ---------------------------------------------------------------- workflows, hosts, versions, addresses

OTHERS: set[str] = set()  # repositories of others that the book links to

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def actionlint(*paths):
    program = Path(sys.executable).with_name("actionlint.exe" if os.name == "nt" else "actionlint")
    return subprocess.run([str(program), "-no-color", *map(str, paths)], cwd=ROOT, capture_output=True, text=True)


def test_workflows_are_sound(tmp_path):
    assert [path.stem for path in WORKFLOWS] == ["deploy", "links", "test"]
    done = actionlint(*WORKFLOWS)
    assert done.returncode == 0, done.stdout + done.stderr
    bad = tmp_path / "bad.yml"
    bad.write_text(WORKFLOWS[0].read_text("utf-8").replace("runs-on:", "runs-in:", 1), "utf-8")
    assert "runs-in" in actionlint(bad).stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_pin_their_actions_and_may_do_little(path):
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), f"expected an action pinned by its commit, found {used}"
    assert workflow["permissions"] in ({}, {"contents": "read"})
    allowed = {("deploy", "learner"): {"contents": "write"}, ("deploy", "pages"): {"pages": "write", "id-token": "write"}}
    for name, job in workflow["jobs"].items():
        assert "timeout-minutes" in job
        assert job.get("permissions", {"contents": "read"}) == allowed.get((path.stem, name), {"contents": "read"})


def test_what_runs_on_other_machines_can_run():
    for path in (ROOT / ".ci" / "run", ROOT / ".binder" / "postBuild"):
        assert os.name == "nt" or os.access(path, os.X_OK), f"{path.name} is not executable"
        if shutil.which("bash"):
            assert subprocess.run(["bash", "-n", str(path)]).returncode == 0
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "    make test\n" in (ROOT / "README.md").read_text("utf-8") and "make test" in run and "LENET_REQUIRE_BROWSER=1" in run
    assert (ROOT / ".binder" / "requirements.txt").read_text("utf-8").split() == ["--require-hashes", "-r", "../requirements.lock"]


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_version_is_one():
    version = PROJECT["project"]["version"]
    assert re.search(r'__version__ = "(.*)"', (ROOT / "lenet" / "__init__.py").read_text("utf-8"))[1] == version
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == version
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_address_is_one():
    address = PROJECT["project"]["urls"]["Repository"]
    assert yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]["url"] == address
    name = address.removeprefix("https://github.com/")
    for path in ("_config.yml", "pyproject.toml"):
        assert (ROOT / path).read_text("utf-8").count(name) == 1, f"expected the address once in {path}"
    owner, repository = name.split("/")
    own = re.compile(r"([\w.-]+)/([\w.-]*%s[\w-]*|%s)" % (re.escape(repository[:12]), re.escape(repository)), re.IGNORECASE)
    linked = re.compile(r"(?:github\.com|colab\.research\.google\.com/github|mybinder\.org/v2/gh)/([\w.-]+/[\w.-]+?)(?=\.git\b|[^\w.-]|$)")
    mentions = 0
    for path in tracked():
        if path.suffix in (".gz", ".safetensors", ".png", ".lock"):
            continue
        text = path.read_text("utf-8")
        found = {"/".join(pair).removesuffix(".git") for pair in own.findall(text)} | set(linked.findall(text)) - OTHERS
        mentions += len(found)
        assert found <= {name}, f"expected {name} alone, {path.relative_to(ROOT)} also names {sorted(found - {name})}"
    assert mentions > 8


def test_the_lock_has_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock and "index-url" not in lock and "find-links" not in lock
    pins = re.findall(r"^(\S+?)==\S+(.*?)(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(pins) > 100
    for name, rest in pins:
        assert "--hash=sha256:" in rest, f"{name} has no hash"


def wanted() -> set[str]:
    extras = PROJECT["project"]["optional-dependencies"]
    lines = [*PROJECT["project"]["dependencies"], *(line for extra in extras.values() for line in extra)]
    return {re.match(r"[\w-]+", line)[0].lower() for line in lines}


def test_each_dependency_is_locked_and_has_its_reason():
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert wanted() <= locked, "run `make lock`"
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("| package | what for |")[1]
    reasons = {name for line in table.splitlines() for name in re.findall(r"`([\w-]+)`", line.split(" | ")[0])}
    assert reasons == wanted()


def test_the_wheel_carries_the_data(tmp_path):
    done = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("lenet-*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {"lenet/book.mplstyle", "lenet/data/mnist.py", "lenet/exercises/__init__.py"} <= inside
    for path in [*(ROOT / "data").rglob("*.gz"), *(ROOT / "data").rglob("*.safetensors")]:
        assert f"lenet/_data/{path.relative_to(ROOT / 'data').as_posix()}" in inside


def test_the_page_of_costs_is_what_the_tool_writes():
    tool = load("costs")
    assert tool.PAGE.read_text("utf-8") == tool.page()


def test_the_page_of_the_cluster_is_what_the_tool_writes():
    tool = load("cluster")
    speed = json.loads(tool.SPEED.read_text("utf-8"))
    assert tool.PAGE.read_text("utf-8") == tool.page(speed)
    assert 1 < speed["one_worker"] / speed["two_workers"] < 2.2 and 0 < speed["overhead"] < 10


def test_the_page_of_results_is_what_the_tool_writes():
    tool = load("results")
    assert tool.PAGE.read_text("utf-8") == tool.page()
