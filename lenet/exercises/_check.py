"""How a reader's answer is checked: what it gives is compared with what is right, and with what known mistakes give."""

import dis
import inspect
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any

import numpy as np

Cases = Iterator[tuple[str, tuple, Any, dict[str, Any]]]
_close = partial(np.isclose, rtol=1e-6, atol=1e-6, equal_nan=True)


def checks(cases: Callable[[], Cases]) -> Callable[[Callable], None]:
    """Make the check of a reader's function. It prints ``Not answered yet.``, ``Right: …`` or ``Not yet: …``, and never raises.

    Args:
        cases: yields the questions: what to call one, its arguments, the right result, and what known mistakes give, each under what
            to tell its author. A result that may stop with an error is written as a function without arguments.

    The first question that fails is spoken of. If a mistake gives the same as the answer there, and in half of all questions, it is named.
    """

    def check(answer: Callable) -> None:
        with np.errstate(all="ignore"):  # the check tells of an overflow, a warning need not
            questions = [
                (name, arguments, right, {said: _tried(wrong) if callable(wrong) else wrong for said, wrong in mistakes.items()})
                for name, arguments, right, mistakes in cases()
            ]
            print(_verdict(answer, questions))

    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(check, name, getattr(cases, name))
    return check


def normal(*shapes: int | tuple[int, ...]) -> tuple[np.ndarray, ...]:
    """An array of each shape with normal numbers, the same at each call."""
    random = np.random.default_rng(1)
    return tuple(random.normal(size=shape) for shape in shapes)


def _verdict(answer: Any, questions: list[tuple]) -> str:
    if not callable(answer):
        return f"Not yet: expected a function, received {_shown(answer)}."
    asked = [arguments for _, arguments, _, _ in questions]
    copies = [deepcopy(arguments) for arguments in asked]  # one by one: questions may share an array
    results = [_tried(answer, *arguments) for arguments in copies]
    for (name, _, right, mistakes), given in zip(questions, results):
        if given is None or given is Ellipsis:
            if _does_nothing(answer):
                return "Not answered yet."
            return f"Not yet: for {name}, your function returns nothing. Is `return` missing?"
        if _equal(given, right):
            continue
        known = [said for said, wrong in mistakes.items() if _equal(given, wrong)]
        alike = [sum(map(_equal, results, (wrong[said] for *_, wrong in questions))) for said in known]
        if known and 2 * max(alike) >= len(questions):  # a single question may agree by chance
            return f"Not yet: {known[alike.index(max(alike))]}"
        if isinstance(given, BaseException):
            return f"Not yet: for {name}, your function stopped with {type(given).__name__}: {given}"
        if len(questions) > 1 and all(_equal(other, given) for other in results):
            return "Not yet: your function gives the same, whatever it is given. Does it use its own argument?"
        return f"Not yet: for {name}, {_difference(given, right)}"
    if not _equal(copies, asked):
        return "Not yet: your function changes the array it was given. Work on a copy: array.copy()."
    return "Right: every case agrees."


def _tried(function: Callable, *arguments: Any) -> Any:
    """What a function gives, or the error that stops it."""
    try:
        return function(*arguments)
    except (Exception, SystemExit) as problem:
        return problem


def _does_nothing(answer: Callable) -> bool:
    """Whether a function is a stub still: it gives back a constant, and that is all."""
    steps = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}
    return inspect.isfunction(answer) and steps.issuperset(step.opname for step in dis.get_instructions(answer))


def _array(value: Any) -> np.ndarray | None:
    """The value as an array of numbers, or None if it is no such thing."""
    try:
        return np.asarray(value, dtype=float)
    except Exception:  # a reader may return anything
        return None


def _parts(value: Any) -> list:
    """The results that a tuple, a list or a row holds."""
    return list(value) if isinstance(value, (tuple, list)) or getattr(value, "ndim", 0) == 1 else []


def _equal(a: Any, b: Any) -> bool:
    if isinstance(b, BaseException):
        return repr(a) == repr(b)
    if isinstance(b, (tuple, list)):
        return len(_parts(a)) == len(b) and all(map(_equal, _parts(a), b))
    x, y = _array(a), _array(b)
    if x is None or y is None:
        return a is b
    return x.shape == y.shape and bool(_close(x, y).all())


def _shown(value: Any) -> str:
    array = _array(value)
    if array is None:
        return f"{type(value).__name__} {' '.join(str(value)[:60].split())}"
    if array.ndim == 0:
        return f"{array:.6g}"
    if array.size <= 12:
        return np.array2string(array, precision=4, suppress_small=True, separator=", ").replace("\n", "")
    return f"an array of shape {array.shape}"


def _difference(given: Any, right: Any) -> str:
    """Where a result first differs from the right one."""
    where = ""
    if isinstance(right, tuple):
        parts = _parts(given)
        if len(parts) != len(right):
            return f"expected {len(right)} results, received {_shown(given)}."
        k = next(k for k, (a, b) in enumerate(zip(parts, right)) if not _equal(a, b))
        given, right, where = parts[k], right[k], f" as result {k + 1} of {len(right)}"
    array, right = _array(given), np.asarray(right)
    if array is not None and array.shape != right.shape:
        expected, received = (f"the shape {shape}" if shape else "one number" for shape in (right.shape, array.shape))
        return f"expected {expected}{where}, received {received}."
    if array is not None and array.size > 12:
        place = tuple(np.argwhere(~_close(array, right))[0].tolist())
        given, right, where = array[place], right[place], f"{where} at {list(place)}"
    return f"expected {_shown(right)}{where}, received {_shown(given)}."
