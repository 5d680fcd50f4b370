"""How a reader's answer is checked: what it gives is compared with what is right, and with what known mistakes give."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import permutations
from typing import Any

import numpy as np

Results = Iterator[tuple[str, Any]]
_HINTS = {
    "truth value of an array": "`if` takes one number, and this is a whole array.",
    "array element with a sequence": "One number is wanted for each place, and this has whole arrays in it.",
    "operands could not be broadcast": "These arrays do not fit number by number. Is a part of one wanted, `@`, or keepdims=True?",
    "indexing arrays could not be broadcast": "a[rows, columns] takes rows and columns in pairs.",
    "matmul": "In `A @ B`, a row of A must be as long as a column of B.",
}


def checks(*questions: tuple) -> Callable[[Callable[..., Results]], Callable[[Callable], None]]:
    """Make the check of a reader's function. It prints ``Not answered yet.``, ``Right: …`` or ``Not yet: …``, and never raises.

    A question is the arguments of the reader's function. The function that is decorated takes them too. It yields what to call the
    question and the right result, then for each known mistake what to tell its author and what the mistake gives.
    The first question that fails is spoken of. A mistake is named if it gives the same as the answer in all questions.
    """

    def make(results: Callable[..., Results]) -> Callable[[Callable], None]:
        def check(answer: Callable) -> None:
            with np.errstate(all="ignore"):  # the check tells of an overflow, a warning need not
                print(_verdict(answer, list(questions), [list(results(*arguments)) for arguments in questions]))

        check.__name__, check.__doc__ = results.__name__, results.__doc__
        return check

    return make


def normal(*shapes: int | tuple[int, ...]) -> tuple[np.ndarray, ...]:
    """An array of each shape with normal numbers, the same at each call."""
    random = np.random.default_rng(1)
    return tuple(random.normal(size=shape) for shape in shapes)


def _verdict(answer: Any, questions: list[tuple], expected: list[list[tuple[str, Any]]]) -> str:
    if not callable(answer):
        return f"Not yet: expected a function, received {_shown(answer)}."
    copies = [deepcopy(arguments) for arguments in questions]  # one by one: questions may share an array
    given = [_tried(answer, arguments) for arguments in copies]
    for result, ((name, right), *_) in zip(given, expected):
        if result is None or result is Ellipsis:
            if hasattr(answer, "__code__") and len(answer.__code__.co_code) <= 6:  # a stub: no room for more than a constant
                return "Not answered yet."
            return f"Not yet: for {name}, your function returns nothing. Is `return` missing?"
        if not _equal(result, right):
            return f"Not yet: {_mistake(given, expected) or f'for {name}, {_difference(result, right)}'}"
    if not _equal(copies, questions):
        return "Not yet: your function changes the array it was given. Work on a copy: array.copy()."
    return "Right: every case agrees."


def _mistake(given: list, expected: list[list[tuple[str, Any]]]) -> str | None:
    """What to tell the author of a mistake that gives the same as the answer, wherever the answer gives something."""
    mistakes = [[*named, *_general(right)] for (_, right), *named in expected]
    for mistake in zip(*mistakes):
        if all(result is None or _equal(result, wrong) for result, (_, wrong) in zip(given, mistake)):
            return mistake[0][0]
    if len(given) > 1 and all(_equal(result, given[0]) for result in given):
        return "your function gives the same, whatever it is given. Does it use its own argument?"
    return None


def _general(right: Any) -> list[tuple[str, Any]]:
    """The mistakes that can be made in any question."""
    if isinstance(right, tuple):
        return [("the results are right, but in another order.", mixed) for mixed in permutations(right)]
    array = np.asarray(right)
    return [("right, but with the axes exchanged.", array.transpose(axes)) for axes in permutations(range(array.ndim))]


def _tried(function: Callable, arguments: tuple) -> Any:
    """What a function gives, or the error that stops it."""
    try:
        return function(*arguments)
    except (Exception, SystemExit) as problem:
        return problem


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
    if isinstance(b, (tuple, list)):
        return len(_parts(a)) == len(b) and all(map(_equal, _parts(a), b))
    x, y = _array(a), _array(b)
    if x is None or y is None:
        return a is b
    return x.shape == y.shape and np.allclose(x, y, rtol=1e-6, atol=1e-6, equal_nan=True)


def _shown(value: Any) -> str:
    array = _array(value)
    if array is None:
        return f"{type(value).__name__} {' '.join(str(value)[:60].split())}"
    if array.size > 10:
        return f"an array of shape {array.shape}"
    return np.array2string(array, separator=", ", formatter={"float": "{:.6g}".format}).replace("\n", "")


def _difference(given: Any, right: Any) -> str:
    """Where a result first differs from the right one, or why there is none."""
    if isinstance(given, BaseException):
        hints = [hint for sign, hint in _HINTS.items() if sign in str(given)]
        return " ".join(["your function stopped with", f"{type(given).__name__}:", *f"{str(given).strip(' .')}.".split(), *hints])
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
    factor = 0 if array is None else array.sum() / right.sum()
    if right.size > 1 and 0 < abs(factor) < np.inf and _equal(array, factor * right):
        return f"your numbers{where} are {factor:.6g} times the right ones."
    if array is not None and array.size > 10:
        place = next(place for place in np.ndindex(array.shape) if not _equal(array[place], right[place]))
        given, right, where = array[place], right[place], f"{where} at {list(place)}"
    return f"expected {_shown(right)}{where}, received {_shown(given)}."
