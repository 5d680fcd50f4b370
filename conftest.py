"""nbval compares what cells print. This adds what they draw: a picture must look as the committed one does.

Two machines may shade the edge of a line a little differently, or set a letter one pixel aside. So a pixel counts as
different only if it lies clearly outside what the committed picture shows there and in the eight pixels around. One
wrong label in a picture then differs in a few pixels; the same picture moved by a pixel differs in none.
"""

import base64
import io

import numpy as np

CLEAR_DIFFERENCE = 40  # of 255
DIFFERENT_ALLOWED = 1  # pixels


def pictures(outputs) -> list[np.ndarray]:
    """The PNG pictures among a cell's outputs, as arrays from 0 to 255."""
    from PIL import Image

    found = [base64.b64decode(o["data"]["image/png"]) for o in outputs if "image/png" in o.get("data", {})]
    return [np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int) for png in found]


def clearly_outside(new: np.ndarray, old: np.ndarray) -> int:
    """How many pixels of one picture are unlike all nine of the other that lie there or beside it."""
    height, width = new.shape[:2]
    wide = np.pad(old, [(1, 1), (1, 1), (0, 0)], mode="edge")
    around = np.stack([wide[row : row + height, column : column + width] for row, column in np.ndindex(3, 3)])
    below, above = around.min(axis=0) - CLEAR_DIFFERENCE, around.max(axis=0) + CLEAR_DIFFERENCE
    return int(((new < below) | (new > above)).any(axis=2).sum())


def picture_problem(computed, committed) -> str | None:
    """What is wrong with the pictures that a cell drew now, compared with those that are committed; None if nothing."""
    now, before = pictures(computed), pictures(committed)
    if len(now) != len(before):
        return f"expected {len(before)} pictures, the cell drew {len(now)}"
    for new, old in zip(now, before):
        if new.shape != old.shape:
            return f"expected a picture of {old.shape[1]} × {old.shape[0]}, the cell drew {new.shape[1]} × {new.shape[0]}"
        different = max(clearly_outside(new, old), clearly_outside(old, new))
        if different > DIFFERENT_ALLOWED:
            return f"the picture that the cell draws differs from the committed one in {different} of its pixels"
    return None


def pytest_configure(config) -> None:
    try:
        from nbval.plugin import IPyNbCell
    except ImportError:
        return
    compare_words = IPyNbCell.compare_outputs
    if getattr(compare_words, "with_pictures", False):
        return

    def compare(self, test, ref, skip_compare=None):
        if not compare_words(self, test, ref, skip_compare):
            return False
        problem = picture_problem(test, ref)
        if problem:
            self.comparison_traceback.append(f"{problem}. Run `make notebooks` if the change is meant.")
        return problem is None

    compare.with_pictures = True
    IPyNbCell.compare_outputs = compare


def pytest_terminal_summary(terminalreporter) -> None:
    """Say in one line, not in one for each test, that the browser was left out."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if isinstance(report.longrepr, tuple)]
    browser = [reason.removeprefix("Skipped: ") for reason in reasons if "no Chromium found" in reason]
    if browser:
        terminalreporter.write_line(f"Skipped {len(browser)} tests in the browser: {browser[0]}")
