"""How a long computation reports progress and learns that it was cancelled."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from attrlens.errors import Cancelled
from attrlens.words import words


class Token:
    """Progress out, cancel in. Core functions take one and know nothing of threads or windows.

    Parameters
    ----------
    on_progress : callable, optional
        Called with (done, total, text) from the computing thread.
    """

    def __init__(self, on_progress: Callable[[int, int, str], None] | None = None) -> None:
        self._on_progress = on_progress
        self._cancelled = Event()

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is; `total` 0 means unknown."""
        if self._on_progress is not None:
            self._on_progress(done, total, text)

    def cancel(self) -> None:
        """Ask the work to stop at its next check (thread-safe)."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether cancel was asked for."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise Cancelled if cancel was asked for."""
        if self.cancelled:
            raise Cancelled


PERCENT = 100
"""Total of a work whose progress is a share."""


class Stage(Token):
    """The token of one stage of a longer work: its progress becomes a stretch of the whole's, in percent.

    Parameters
    ----------
    whole : Token
        Gets progress out of 100, and is asked about cancel.
    begin, end : float
        The stretch, 0 to 1.
    name : str
        Of the whole, said before what the stage says.
    """

    def __init__(self, whole: Token, begin: float, end: float, name: str) -> None:
        super().__init__()
        self._whole, self._begin, self._end, self._name = whole, begin, end, name

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the stage is."""
        share = self._begin + (self._end - self._begin) * (done / total if total else 0)
        self._whole.report(round(PERCENT * share), PERCENT, words("{name} · {text}", name=self._name, text=text))

    @property
    def cancelled(self) -> bool:
        """Whether the whole was cancelled."""
        return self._whole.cancelled
