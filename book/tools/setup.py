"""Set up the book: make .venv from requirements.lock, if it is not there yet or the lock has changed.

    python book/tools/setup.py

It needs Python 3.11 to 3.13 and, when there is something to do, a network. It may be stopped at any moment: the next
call finishes the work. No f-string and no annotation stands here, so that an old Python can read the file and say what
it lacks.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
MARK = os.path.join(VENV, "lenet-book.txt")  # "half-made", or the digest of what the environment was made from
LOCK = os.path.join(ROOT, "requirements.lock")
LOG = os.path.join(ROOT, "_build", "setup.log")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")

CAUSES = [  # what pip says, what it means, what to do
    ("No space left on device|not enough space", "the disk is full", "Free about 4 GB and call again."),
    ("DO NOT MATCH THE HASHES", "a downloaded file is not the one that the lock names", "Call again; if it stays, report it."),
    (
        "Failed to establish a new connection|name resolution|Name or service not known|Network is unreachable"
        "|ConnectTimeout|Read timed out|getaddrinfo failed|Connection refused|ProxyError|Max retries exceeded",
        "the package index cannot be reached",
        "Check the network and call again.",
    ),
    ("Permission denied|Access is denied|Read-only file system", "a file may not be written", "Check who owns this folder."),
    ("No matching distribution found", "a package has no build for this machine", "See the log for its name."),
    ("ensurepip", "Python's ensurepip is missing", "On Debian or Ubuntu: apt install python3-venv"),
]


def stop(problem, remedy):
    sys.exit("Set-up stopped: %s. %s" % (problem, remedy))


def main():
    version = sys.version_info
    if not (3, 11) <= version[:2] <= (3, 13):
        found = "%d.%d.%d (%s)" % (version[0], version[1], version[2], sys.executable)
        stop("expected Python 3.11, 3.12 or 3.13, found " + found, "Name another: make book PYTHON=python3.13")
    digest = wanted()
    if mark() == digest and os.path.exists(PYTHON):
        return
    try:
        with only_one():
            if mark() == digest and os.path.exists(PYTHON):  # another call has done it meanwhile
                return
            clear()
            make(digest)
    except KeyboardInterrupt:
        stop("you interrupted it", "The next call begins again.")
    except OSError as problem:
        cause = [c for c in CAUSES if re.search(c[0], str(problem))]
        stop(*(cause[0][1:] if cause else (str(problem), "Mend it and call again.")))


def wanted():
    """The digest of all that decides what the environment holds."""
    digest = hashlib.sha256()
    for path in (LOCK, os.path.join(ROOT, "pyproject.toml")):
        with open(path, "rb") as file:
            digest.update(file.read().replace(b"\r\n", b"\n"))
    digest.update(repr((sys.version_info[:3], ROOT)).encode())
    return digest.hexdigest()


def mark():
    try:
        with open(MARK) as file:
            return file.read().strip()
    except (OSError, ValueError):
        return None


def write_mark(text):
    with open(MARK + ".part", "w") as file:
        file.write(text + "\n")
    os.replace(MARK + ".part", MARK)


def only_one():
    """A lock on a file, which the system lets go when the process ends, however it ends."""
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    file = open(os.path.join(os.path.dirname(LOG), "setup.lock"), "a")
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        take = lambda: msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        take = lambda: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    told = False
    while True:
        try:
            take()
            return file
        except (IOError, OSError):
            if not told:
                print("Another set-up is at work here; waiting for it.")
                told = True
            time.sleep(1)


def clear():
    """Remove an environment that is half made or out of date, but never one that somebody else made."""
    if not os.path.isdir(VENV) or not os.listdir(VENV):
        return
    was = mark()
    if was is None and not os.path.exists(MARK + ".part"):
        stop("found a .venv that this book did not make", "Move it away, or delete it, and call again.")
    print("The environment in .venv is %s: making it anew." % ("half made" if was in (None, "half-made") else "out of date"))
    shutil.rmtree(VENV)


def make(digest):
    start = time.time()
    print("Setting up .venv with %s: about two minutes and 3 GB, once." % sys.version.split()[0])
    os.makedirs(VENV, exist_ok=True)
    write_mark("half-made")
    with open(LOG, "w") as log:
        run([sys.executable, "-m", "venv", VENV], log)
        pip = [PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check", "install", "--retries", "2"]
        with open(LOCK) as file:
            packages = len(re.findall("^[^ #].*==", file.read(), re.MULTILINE))
        run(pip + ["--require-hashes", "-r", LOCK], log, packages)
        run(pip + ["--no-deps", "--no-build-isolation", "-e", ROOT], log)
    write_mark(digest)
    print("Set up in %d s." % (time.time() - start))


def run(command, log, packages=0):
    """Run one step; show how many packages it has got hold of; on failure say why in one line, and leave nothing."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT)
    seen = 0
    try:
        for line in process.stdout:
            line = line.decode("utf-8", "replace")
            log.write(line)
            if packages and line.startswith("Collecting "):
                seen += 1
                if sys.stdout.isatty():
                    sys.stdout.write("\r  packages: %d of up to %d " % (seen, packages))
                    sys.stdout.flush()
                elif seen % 50 == 0:
                    print("  packages: %d of up to %d" % (seen, packages))
            elif packages and line.startswith("Installing collected"):
                print("%s  unpacking them" % ("\n" if sys.stdout.isatty() else ""))
                sys.stdout.flush()
        code = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        shutil.rmtree(VENV, ignore_errors=True)
        raise
    if code:
        log.flush()
        shutil.rmtree(VENV, ignore_errors=True)
        with open(LOG, errors="replace") as file:
            text = file.read()
        for pattern, problem, remedy in CAUSES:
            if re.search(pattern, text):
                stop(problem, remedy + " All of pip's words are in _build/setup.log.")
        errors = [line for line in text.splitlines() if line.startswith("ERROR")] or text.splitlines()[-1:] or ["no words"]
        stop("pip says: " + errors[-1][:200], "All of it is in _build/setup.log.")


if __name__ == "__main__":
    main()
