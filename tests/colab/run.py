"""Run the learner edition as Colab would: the wheel, at Colab's versions, in an empty folder.

    make test-colab                  or, for some chapters: .venv/bin/python tests/colab/run.py 12 13

It needs a network, and takes Python 3.13, as on Colab, where the machine has one.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOOR = ROOT / "tests" / "colab" / "floor.txt"
NO_NETWORK = ("Failed to establish", "name resolution", "Name or service", "unreachable", "Connection refused", "Max retries", "timed out")
RUN = """
import sys, time, nbformat
from nbclient import NotebookClient
for path in sys.argv[1:]:
    name, start = path.replace("\\\\", "/").rsplit("/", 1)[-1], time.time()
    notebook = nbformat.read(path, 4)
    NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
    code = [c for c in notebook.cells if c.cell_type == "code"]
    wrong = [o["text"] for c in code for o in c.outputs if o.get("name") == "stderr"]
    assert not wrong, f"{name} writes to stderr: {wrong[0][:300]}"
    stubs = [c for c in code if "exercise" in c.metadata.get("tags", [])]
    assert all(c.outputs[0]["text"] == "Not answered yet.\\n" for c in stubs), f"{name}: a stub does not run as it stands"
    assert any("image/png" in o.get("data", {}) for c in code for o in c.outputs), f"{name} draws nothing"
    print(f"{name}: {len(code)} cells, {time.time() - start:.0f} s", flush=True)
"""


def main() -> int:
    python = interpreter()
    said = subprocess.run([python, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{said}, with the versions of Colab: {', '.join(pins('tensorflow', 'keras', 'numpy', 'ipython'))}", flush=True)
    make = [sys.executable, str(ROOT / "book" / "tools" / "learner.py")]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(prefix="lenet-colab-") as folder:
        place = Path(folder)
        subprocess.run([python, "-m", "venv", str(place / "env")], check=True)
        inside = str(place / "env" / ("Scripts" if os.name == "nt" else "bin") / "python")
        install(inside, "-r", str(FLOOR))
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
        (wheel,) = place.glob("lenet-*.whl")
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB", flush=True)
        install(inside, "--no-deps", str(wheel))
        shutil.copytree(ROOT / "_build" / "learner" / "chapters", place / "chapters")
        (place / "content").mkdir()  # where Colab starts: empty, and no chapter's folder
        chapters = [str(path) for path in sorted((place / "chapters").glob("*.ipynb")) if path.name[:2] in (sys.argv[1:] or path.name[:2])]
        outside = ("PYTHONPATH", "LENET_DATA", "VIRTUAL_ENV", "IPYTHONDIR", "JUPYTER_PATH")
        clean = {key: value for key, value in os.environ.items() if key not in outside}
        clean |= {"IPYTHONDIR": str(place / "ipython"), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        return subprocess.run([inside, "-c", RUN, *chapters], cwd=place / "content", env=clean).returncode


def interpreter() -> str:
    """Python 3.13, as on Colab, if this machine has it; else the Python of the book."""
    pyenv = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.13.*/bin/python"))
    for candidate in [*map(str, reversed(pyenv)), shutil.which("python3.13")]:
        if candidate and subprocess.run([candidate, "-m", "venv", "--help"], capture_output=True).returncode == 0:
            return candidate
    return sys.executable


def pins(*names: str) -> list[str]:
    return [line.replace("==", " ") for line in FLOOR.read_text("utf-8").splitlines() if line.split("==")[0] in names]


def install(python: str, *what: str) -> None:
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", *what], capture_output=True, text=True)
    if done.returncode == 0:
        return
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    if any(words in done.stderr for words in NO_NETWORK):
        sys.exit("Stopped: the package index cannot be reached, and this test installs what Colab has. Check the network.")
    sys.exit(f"Stopped: pip could not install {' '.join(what)}: {errors[-1] if errors else done.stderr[-300:]}")


if __name__ == "__main__":
    sys.exit(main())
