"""A job: one piece of background work as the main thread sees it."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from attrlens.core.token import Token
from attrlens.errors import AttrLensError

PROGRESS_INTERVAL = 0.05
"""Seconds between two progress messages of a job: more would only fill the main thread's queue."""


class State(enum.Enum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Emit:
    """What a job function may call besides its token: hand over partial results."""

    def __init__(self, send: Callable[[Any], None]) -> None:
        self._send = send
        self._waiting: list[Any] = []
        self._last = 0.0

    def __call__(self, item: Any) -> None:
        """Hand over one partial result; they reach the main thread in lists, at most ten a second."""
        self._waiting.append(item)
        now = time.monotonic()
        if now - self._last >= 0.1:
            self._last = now
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        if self._waiting:
            self._send(self._waiting)
            self._waiting = []


Function = Callable[[Token, Emit], Any]
"""A job's work: runs in a lane's thread, gets frozen inputs by closure, sees no QObject, returns new objects."""


Unit = Literal["count", "bytes", "percent"]


class Work:
    """What of a job its lane's thread sees: no QObject, for a QObject must not end in a thread it does not live in.

    Parameters
    ----------
    title : str
        For the log.
    function : Function
    """

    def __init__(self, title: str, function: Function) -> None:
        self.title = title
        self.token = Token(self._on_progress)
        self._function: Function | None = function
        self._send: Callable[[str, Any], None] = _nowhere
        self._last_progress = 0.0

    def run(self, send: Callable[[str, Any], None]) -> Any:
        """Run the function, once (called by the lane, in its thread)."""
        self._send = send
        emit = Emit(lambda items: send("partial", items))
        function, self._function = self._function, None
        assert function is not None
        try:
            return function(self.token, emit)
        finally:
            emit.flush()
            self._send = _nowhere

    def drop(self) -> None:
        """Let go of the function and what it holds: it will not run."""
        self._function = None

    def _on_progress(self, done: int, total: int, text: str) -> None:
        now = time.monotonic()
        if now - self._last_progress >= PROGRESS_INTERVAL or done == total:
            self._last_progress = now
            self._send("progressed", (done, total, text))


def _nowhere(kind: str, payload: Any) -> None:
    """For who reports before it runs, or after."""


class Job(QObject):
    """Lives in the main thread; its signals are emitted there.

    Parameters
    ----------
    title : str
        What a person reads while it runs.
    function : Function
    key : str
        A new job with the same key in the same lane replaces this one ("" never).
    quiet : bool
        Not shown in the activity bar: work of a few milliseconds.
    unit : {'count', 'bytes', 'percent'}
        What its progress counts.
    partial_is_done : bool
        What it hands over is on the disk already, so it is delivered even after a cancel.

    Signals
    -------
    started()
    progressed(int done, int total, str text)
    partial(list)
    succeeded(object)
    failed(AttrLensError)
    cancelled()
    dropped(object)
        A result that came all the same after a cancel, for who has to close it; before `cancelled`.
    finished()
        Always last, once.
    """

    started = Signal()
    progressed = Signal(int, int, object)  # an object: Qt's own text would forget what words were made of
    partial = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    dropped = Signal(object)
    finished = Signal()

    def __init__(
        self,
        title: str,
        function: Function,
        *,
        key: str = "",
        quiet: bool = False,
        unit: Unit = "count",
        partial_is_done: bool = False,
    ) -> None:
        super().__init__()
        self.title = title
        self.key = key
        self.quiet = quiet
        self.unit = unit
        self.partial_is_done = partial_is_done
        self.state = State.QUEUED
        self.began = 0.0
        self.work = Work(title, function)
        self.token = self.work.token

    def cancel(self) -> None:
        """Ask it to stop; a result that comes all the same is dropped."""
        self.token.cancel()

    @property
    def over(self) -> bool:
        """Whether it has come to its end."""
        return self.state in (State.SUCCEEDED, State.FAILED, State.CANCELLED)

    def deliver(self, kind: str, payload: Any) -> None:
        """Emit what the lane sent (called in the main thread only)."""
        if self.over:
            return
        if kind == "started":
            self.state = State.RUNNING
            self.began = time.monotonic()
            self.started.emit()
        elif kind == "partial" and (self.partial_is_done or not self.token.cancelled):
            self.partial.emit(payload)
        elif self.token.cancelled or kind == "cancelled":
            # The function may also give up by itself: its catalog was closed.
            if kind in ("succeeded", "failed", "cancelled"):
                self._end(State.CANCELLED)
                if kind == "succeeded":
                    self.dropped.emit(payload)
                self.cancelled.emit()
                self.finished.emit()
        elif kind == "progressed":
            self.progressed.emit(*payload)
        elif kind == "succeeded":
            self._end(State.SUCCEEDED)
            self.succeeded.emit(payload)
            self.finished.emit()
        else:
            assert isinstance(payload, AttrLensError)
            self._end(State.FAILED)
            self.failed.emit(payload)
            self.finished.emit()

    def _end(self, state: State) -> None:
        self.state = state
        self.work.drop()
