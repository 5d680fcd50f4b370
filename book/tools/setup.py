"""Set up the book: make .venv from requirements.lock, if it is not there yet or the lock has changed.

    python book/tools/setup.py [--this-python]

It needs Python 3.11 to 3.13 and, when there is something to do, a network. It may be stopped at any moment: the next
call finishes the work. An environment that is up to date stays, whichever Python calls, unless --this-python is given.
No f-string and no annotation stands here, so that an old Python can read the file and say what it lacks.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
VENV = os.path.join(ROOT, ".venv")
REMOVED = VENV + "-removed"  # what is on its way out; a leftover of a call that was killed
STATE = os.path.join(VENV, "lenet-book.json")  # written last: what the environment was made from
LOCK = os.path.join(ROOT, "requirements.lock")
PROJECT = os.path.join(ROOT, "pyproject.toml")
LOG = os.path.join(ROOT, "_build", "setup.log")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
LARGE = 20  # MB: a download worth a line of its own

CAUSES = [  # what pip or the system says, what it means, what to do
    ("No space left on device|not enough space|Errno 28", "the disk is full", "Free about 4 GB and call again."),
    ("DO NOT MATCH THE HASHES", "a downloaded file is not the one that the lock names", "Call again; if it stays so, report it."),
    (
        "Failed to establish a new connection|[Nn]ame resolution|Name or service not known|Network is unreachable"
        "|ConnectTimeout|Read timed out|getaddrinfo failed|Connection refused|ProxyError|Max retries exceeded"
        "|CERTIFICATE_VERIFY_FAILED",
        "the package index cannot be reached",
        "Check the network and call again.",
    ),
    ("Permission denied|Access is denied|Read-only file system", "a file may not be written", "Check who owns this folder."),
    ("ensurepip is not available|No module named '?(venv|ensurepip)", "this Python cannot make environments", "On Debian or Ubuntu: apt install python3-venv."),
    (
        "No matching distribution found",
        "the package index cannot be reached, or has no build of a package for this machine",
        "Check the network; the log names the package.",
    ),
]


class Stop(Exception):
    pass


def main(arguments):
    version = sys.version_info
    if not (3, 11) <= version[:2] <= (3, 13):
        found = "%d.%d.%d (%s)" % (version[0], version[1], version[2], sys.executable)
        sys.exit("Set-up stopped: expected Python 3.11, 3.12 or 3.13, found %s. Name another: make book PYTHON=python3.13" % found)
    if arguments not in ([], ["--this-python"]):
        sys.exit("Set-up stopped: expected no argument or --this-python, received %s." % " ".join(arguments))
    for name in ("SIGTERM", "SIGHUP"):  # so that being asked to stop leaves nothing behind, as Ctrl-C does
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:
            signal.signal(getattr(signal, name), interrupt)
    try:
        set_up(this_python=bool(arguments))
    except Stop as problem:
        sys.exit("Set-up stopped: %s" % problem)
    except KeyboardInterrupt:
        sys.exit("Set-up stopped: you interrupted it. The next call begins again.")
    except OSError as problem:
        sys.exit("Set-up stopped: %s (%s)" % (cause(str(problem)) or "the system refused. Mend it and call again.", problem))


def set_up(this_python):
    if not reason(this_python) and not project_changed():
        return
    lock = only_one()
    why = reason(this_python)  # another call may have done the work meanwhile
    if why:
        clear(why)
        make(lock)
    elif project_changed():
        print("pyproject.toml has changed: installing the package lenet again.")
        with open(LOG, "w") as log:
            install_lenet(log, lock)
        write_state()


def interrupt(number, frame):
    raise KeyboardInterrupt


def reason(this_python):
    """Why the environment must be made; None if it is good as it is."""
    if not os.path.isdir(VENV) or not os.listdir(VENV):
        return "it is not there"
    state = read_state()
    if state is None:
        return "foreign"
    if "lock" not in state:
        return "it is half made"
    if state["lock"] != digest(LOCK):
        return "requirements.lock has changed"
    if state["root"] != ROOT:
        return "the folder has moved"
    if python_version() != state["python"]:
        return "its Python is gone"
    if this_python and state["python"] != "%d.%d" % sys.version_info[:2]:
        return "it has Python %s" % state["python"]
    return None


def project_changed():
    return read_state().get("project") != digest(PROJECT)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read().replace(b"\r\n", b"\n")).hexdigest()


def python_version():
    command = [PYTHON, "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.check_output(command, stderr=subprocess.STDOUT).decode("utf-8", "replace").strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def read_state():
    """What the environment says of itself: None if it is not ours, {} if it is half made."""
    try:
        with open(STATE) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {} if os.path.exists(STATE) or os.path.exists(STATE + ".part") else None


def write_state():
    state = {"lock": digest(LOCK), "project": digest(PROJECT), "root": ROOT, "python": python_version()}
    with open(STATE + ".part", "w") as file:
        json.dump(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(STATE + ".part", STATE)


def only_one():
    """A lock on a file. The system lets it go when this process and the pip that it started have ended, however they end."""
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
        except (BlockingIOError, PermissionError):
            if not told:
                say("Another set-up is at work here; waiting for it.")
                told = True
            time.sleep(0.5)
        except OSError:  # a file system without locks
            return file


def clear(why):
    """Put away an environment that is half made or out of date. One that somebody else made is moved, not removed."""
    if why == "foreign":
        aside = "%s-before-%d" % (VENV, time.time())
        os.rename(VENV, aside)
        say("The .venv here was not finished by this set-up: it now lies in %s, where you can delete it." % os.path.basename(aside))
    elif why != "it is not there":
        say("Making .venv anew: %s." % why)
    remove()


def remove():
    """Remove .venv so that at no moment a part of it could be taken for the whole."""
    if os.path.isdir(REMOVED):
        shutil.rmtree(REMOVED)
    if os.path.isdir(VENV):
        os.rename(VENV, REMOVED)
        shutil.rmtree(REMOVED)


def make(lock):
    start = time.time()
    say("Setting up .venv with Python %s: a few minutes and about 3 GB, once." % sys.version.split()[0])
    try:
        os.makedirs(VENV)
        open(STATE, "w").close()  # empty: half made
        # The Python that calls may be the one of the environment that has just been removed: take the one behind it.
        python = getattr(sys, "_base_executable", None) or sys.executable
        with open(LOCK) as file:
            packages = len(re.findall("^[^ #].*==", file.read(), re.MULTILINE))
        with open(LOG, "w") as log:
            run([python, "-m", "venv", VENV], log, lock)
            run(pip() + ["--require-hashes", "-r", LOCK], log, lock, packages)
            install_lenet(log, lock)
            run([PYTHON, "-I", "-c", "import lenet"], log, lock)
        write_state()
    except BaseException:
        try:
            remove()
        except OSError:
            pass  # it is marked as half made
        raise
    say("Set up in %d s." % (time.time() - start))


def pip():
    return [PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check", "install"]


def install_lenet(log, lock):
    run(pip() + ["--no-deps", "--no-build-isolation", "--editable", ROOT], log, lock)


def run(command, log, lock, packages=0):
    """Run one step. Of a long one show how far it is; of one that fails say why, in one line."""
    environment = dict(os.environ, PYTHONUNBUFFERED="1", PYTHONIOENCODING="utf-8", PIP_USER="0", PIP_PROGRESS_BAR="off")
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"):  # they lead out of .venv
        environment.pop(name, None)
    kept = {} if os.name == "nt" else {"pass_fds": (lock.fileno(),)}  # if we are killed, the lock holds until pip has ended
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=ROOT, env=environment, **kept
    )
    words = []
    try:
        for line in process.stdout:
            words.append(line.decode("utf-8", "replace"))
            log.write(words[-1].encode("ascii", "replace").decode("ascii"))
            log.flush()
            if packages:
                show(words, packages)
        code = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    if code:
        text = "".join(words)
        errors = [line.strip() for line in words if line.startswith(("ERROR", "Error"))] or [w.strip() for w in words if w.strip()][-1:]
        raise Stop("%s All that was said is in _build/setup.log." % (cause(text) or "it was told %r." % (errors or ["nothing"])[-1][:200]))


def show(words, packages):
    line = words[-1]
    large = re.match(r"\s*(?:Downloading|Using cached) (\S+) \(([\d.]+) (MB|GB)\)", line)
    if line.startswith("Collecting "):
        seen = sum(word.startswith("Collecting ") for word in words)
        if seen % 40 == 0:
            say("  %d packages of up to %d" % (seen, packages))
    elif large and (large.group(3) == "GB" or float(large.group(2)) >= LARGE):
        say("  %s, %s %s" % (large.group(1).split("/")[-1].split("-")[0], large.group(2), large.group(3)))
    elif "Retrying (" in line and sum("Retrying (" in word for word in words) == 1:
        say("  the network does not answer; trying again")
    elif line.startswith("Installing collected"):
        say("  all packages are here; unpacking them, about a minute")


def cause(text):
    for pattern, problem, remedy in CAUSES:
        if re.search(pattern, text):
            return "%s. %s" % (problem, remedy)
    return None


def say(text):
    print(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
