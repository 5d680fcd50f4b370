"""How a reader's answer is checked: what it gives is compared with what is right, and with what known slips give."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np


class Case(NamedTuple):
    """One question put to an answer: its arguments, the right result, and how to speak of it."""

    arguments: tuple[Any, ...]
    expected: Any
    name: str = "the example"


class Slip(NamedTuple):
    """A known mistake: what an answer that makes it gives (or raises) for the same
    arguments, and what to tell its author."""

    message: str
    wrong: Callable[..., Any]


def check(answer: Callable[..., Any], cases: Sequence[Case], slips: Sequence[Slip] = (), tolerance: float = 1e-6) -> None:
    """Print whether an answer is right; if not, what is wrong and where to look. Never raises.

    Args:
        answer: the reader's function.
        cases: tried in order; the first that fails is spoken of.
        slips: known mistakes; the one that gives the same as the answer in most cases, and in half of them at least, is named.
        tolerance: the largest difference that still counts as equal.

    Prints ``Not answered yet.``, ``Right: …`` or ``Not yet: …``.
    """
    print(_verdict(answer, cases, slips, tolerance))


def _verdict(answer, cases: Sequence[Case], slips: Sequence[Slip], tolerance: float) -> str:
    if not callable(answer):
        return f"Not yet: expected a function, received {_shown(answer)}."
    for case in cases:
        arguments = _copies(case.arguments)
        try:
            given = answer(*arguments)
        except (Exception, SystemExit) as problem:  # whatever a reader's code raises is told, not passed on
            said = f"{type(problem).__name__}: {problem}"
            known = next((slip.message for slip in slips if _raised(slip.wrong, case.arguments) == said), None)
            return f"Not yet: {known}" if known else f"Not yet: for {case.name}, your function stopped with {said}"
        if given is None or given is Ellipsis:
            if _does_nothing(answer):
                return "Not answered yet."
            return f"Not yet: for {case.name}, your function returns nothing. Is `return` missing?"
        if _equal(given, case.expected, tolerance):
            if not all(_equal(a, b, 0) for a, b in zip(arguments, case.arguments)):
                return "Not yet: your function changes the array it was given. Work on a copy: array.copy()."
            continue
        known = [slip for slip in slips if _agrees(answer, slip, case, tolerance)]
        alike = [sum(_agrees(answer, slip, each, tolerance) for each in cases) for slip in known]
        if known and 2 * max(alike) >= len(cases):  # a single case may agree by chance
            return f"Not yet: {known[alike.index(max(alike))].message}"
        expected, which = case.expected, ""
        if _several(expected):
            if not isinstance(given, (tuple, list)) or len(given) != len(expected):
                return f"Not yet: for {case.name}, expected {len(expected)} results, received {_shown(given)}."
            k = next(k for k, (a, b) in enumerate(zip(given, expected)) if not _equal(a, b, tolerance))
            given, expected, which = given[k], expected[k], f" as result {k + 1} of {len(expected)}"
        array = _array(given)
        if array is not None and array.shape != np.shape(expected):
            expected, received = (f"the shape {shape}" if shape else "one number" for shape in (np.shape(expected), array.shape))
            return f"Not yet: for {case.name}, expected {expected}{which}, received {received}."
        if _always_the_same(answer, cases):
            return "Not yet: your function gives the same, whatever it is given. Does it use its own argument?"
        return f"Not yet: for {case.name}, expected {_shown(expected)}{which}, received {_shown(given)}."
    return "Right: every case agrees."


def _agrees(answer: Callable[..., Any], slip: Slip, case: Case, tolerance: float) -> bool:
    """Whether an answer gives what the slip gives. A slip need not make sense for every case."""
    try:
        with np.errstate(all="ignore"):  # only what a reader's own call warns of is theirs to see
            return _equal(answer(*_copies(case.arguments)), slip.wrong(*_copies(case.arguments)), tolerance)
    except Exception:
        return False


def _raised(wrong: Callable[..., Any], arguments: tuple[Any, ...]) -> str | None:
    """What a known mistake stops with, if it does."""
    try:
        wrong(*_copies(arguments))
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    return None


def _always_the_same(answer: Callable[..., Any], cases: Sequence[Case]) -> bool:
    """Whether an answer gives one and the same to cases that differ, as it does if it uses a variable of the page."""
    try:
        first, *others = (answer(*_copies(case.arguments)) for case in cases)
    except Exception:
        return False
    return bool(others) and all(_equal(first, other, 0) for other in others)


def _does_nothing(answer: Callable[..., Any]) -> bool:
    """Whether a function is a stub still: it gives back a constant, and that is all."""
    steps = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}
    return inspect.isfunction(answer) and all(step.opname in steps for step in dis.get_instructions(answer))


def _copies(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(a.copy() if isinstance(a, np.ndarray) else a for a in arguments)


def _array(value: Any) -> np.ndarray | None:
    """The value as an array of numbers, or None if it is no such thing."""
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        return None


def _several(expected: Any) -> bool:
    """Whether an answer gives several arrays, not one."""
    return isinstance(expected, tuple) and any(np.ndim(part) for part in expected)


def _equal(a: Any, b: Any, tolerance: float) -> bool:
    if callable(b):
        return a is b
    if _several(b):
        return isinstance(a, (tuple, list)) and len(a) == len(b) and all(_equal(x, y, tolerance) for x, y in zip(a, b))
    a, b = _array(a), _array(b)
    if a is None or b is None or a.shape != b.shape:
        return False
    return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True))


def _shown(value: Any) -> str:
    array = _array(value)
    if array is None:
        return f"{type(value).__name__} {' '.join(str(value)[:60].split())}"
    if array.ndim == 0:
        return f"{float(array):.6g}"
    if array.size <= 12:
        return np.array2string(array, precision=4, suppress_small=True, separator=", ").replace("\n", "")
    return f"an array of shape {array.shape} from {array.min():.4g} to {array.max():.4g}"
