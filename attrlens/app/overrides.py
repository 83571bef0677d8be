"""An error in what Qt calls is told; with Python 3.11 it would end the program."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

_GUARDED = "_attrlens_guarded"


def guard() -> None:
    """Make errors raised in C leave our overrides of Qt's methods as exceptions, not as text.

    Python before 3.12 keeps such an error, say NumPy's IndexError, as a type and a text until somebody looks at it.
    Shiboken (6.11.3, 6.12.0) takes the text for an exception where the override was called from within a call of
    Python's, as ``super().viewportEvent(event)`` is, and the process ends with a segmentation fault.
    """
    if sys.version_info >= (3, 12):
        return
    for kind in _subclasses(QObject):
        if not kind.__module__.startswith("PySide6"):
            guard_class(kind)


def guard_class(kind: type) -> None:
    """The same for one class, whatever its Python."""
    qt = [base for base in kind.__mro__ if base.__module__.startswith("PySide6")]
    for name, function in list(vars(kind).items()):
        if type(function) is not FunctionType or name.startswith("_") or hasattr(function, _GUARDED):
            continue
        if any(name in vars(base) for base in qt):
            setattr(kind, name, _guarded(function))


def _subclasses(kind: type) -> Iterator[type]:
    below: list[type] = type.__subclasses__(kind)
    for one in below:
        yield one
        yield from _subclasses(one)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except BaseException:
            raise  # looked at, it is an exception

    setattr(call, _GUARDED, True)
    return call
