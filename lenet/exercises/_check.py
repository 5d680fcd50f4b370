"""How a reader's answer is checked: what it gives is compared with what is right, and with what known slips give."""

import dis
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Case(NamedTuple):
    """One question put to an answer: how to speak of it, its arguments, and the right result."""

    name: str
    arguments: tuple[Any, ...]
    expected: Any


def check(answer: Callable, right: Callable, cases: dict[str, tuple], slips: dict[str, Callable], tolerance: float = 1e-6) -> None:
    """Print whether an answer is right; if not, what is wrong and where to look. Never raises.

    Args:
        answer: the reader's function.
        right: a function that is right.
        cases: what to call a question, and its arguments; tried in order, and the first that fails is spoken of.
        slips: what to tell the author of a known mistake, and a function that makes it (it may raise, and need not make
            sense for every case). The one that gives the same as the answer in most cases, and in half at least, is named.
        tolerance: the largest difference that still counts as equal.

    Prints ``Not answered yet.``, ``Right: …`` or ``Not yet: …``.
    """
    asked = [Case(name, arguments, right(*arguments)) for name, arguments in cases.items()]
    print(_verdict(answer, asked, slips, tolerance))


def _verdict(answer, cases: list[Case], slips: dict[str, Callable], tolerance: float) -> str:
    if not callable(answer):
        return f"Not yet: expected a function, received {_shown(answer)}."
    for case in cases:
        arguments = _copies(case.arguments)
        try:
            given = answer(*arguments)
        except (Exception, SystemExit) as problem:  # whatever a reader's code raises is told, not passed on
            said = f"{type(problem).__name__}: {problem}"
            known = next((message for message, wrong in slips.items() if _raised(wrong, case.arguments) == said), None)
            return f"Not yet: {known}" if known else f"Not yet: for {case.name}, your function stopped with {said}"
        if given is None or given is Ellipsis:
            if _does_nothing(answer):
                return "Not answered yet."
            return f"Not yet: for {case.name}, your function returns nothing. Is `return` missing?"
        if _equal(given, case.expected, tolerance):
            if not all(_equal(a, b, 0) for a, b in zip(arguments, case.arguments)):
                return "Not yet: your function changes the array it was given. Work on a copy: array.copy()."
            continue
        known = [message for message, wrong in slips.items() if _agrees(answer, wrong, case, tolerance)]
        alike = [sum(_agrees(answer, slips[message], each, tolerance) for each in cases) for message in known]
        if known and 2 * max(alike) >= len(cases):  # a single case may agree by chance
            return f"Not yet: {known[alike.index(max(alike))]}"
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
        where = _first_difference(expected, array, tolerance) if array is not None and array.size > 12 else ""
        return f"Not yet: for {case.name}, expected {_shown(expected)}{which}, received {_shown(given)}.{where}"
    return "Right: every case agrees."


def _agrees(answer: Callable[..., Any], wrong: Callable[..., Any], case: Case, tolerance: float) -> bool:
    """Whether an answer gives what a known mistake gives."""
    try:
        with np.errstate(all="ignore"):  # only what a reader's own call warns of is theirs to see
            return _equal(answer(*_copies(case.arguments)), wrong(*_copies(case.arguments)), tolerance)
    except Exception:
        return False


def _raised(wrong: Callable[..., Any], arguments: tuple[Any, ...]) -> str | None:
    """What a known mistake stops with, if it does."""
    try:
        wrong(*_copies(arguments))
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    return None


def _always_the_same(answer: Callable[..., Any], cases: list[Case]) -> bool:
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


def _first_difference(expected: Any, given: np.ndarray, tolerance: float) -> str:
    """Where an array of the right shape first goes wrong."""
    place = tuple(np.argwhere(~np.isclose(given, expected, rtol=tolerance, atol=tolerance, equal_nan=True))[0].tolist())
    return f" They first differ at {list(place)}: expected {expected[place]:.6g}, received {given[place]:.6g}."
