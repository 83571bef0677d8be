"""What the program has to say: short messages with a way out, kept until dismissed, and a list of all of this run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from attrlens.errors import AttrLensError

KEPT = 200
"""Messages of a run that are remembered."""


@dataclass(frozen=True)
class Choice:
    """A button of a notice."""

    text: str
    act: Callable[[], object]


@dataclass(frozen=True)
class Notice:
    """One message.

    Attributes
    ----------
    text : str
        What happened, one sentence.
    hint : str
        What to do, one sentence.
    is_error : bool
    choices : tuple of Choice
        Buttons besides Dismiss.
    details : str
        More, for who wants to know: file names, a traceback.
    is_question : bool
        The choices are answers, and there is a "No".
    """

    text: str
    hint: str = ""
    is_error: bool = False
    choices: tuple[Choice, ...] = field(default=())
    details: str = ""
    is_question: bool = False


@dataclass(frozen=True)
class Said:
    """A message that was shown, and when (seconds since 1970)."""

    time: float
    notice: Notice


class Notices(QObject):
    """Messages waiting to be read; the newest is shown.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Notice] = []
        self.history: list[Said] = []

    @property
    def current(self) -> Notice | None:
        """The one to show."""
        return self._waiting[-1] if self._waiting else None

    def __len__(self) -> int:
        return len(self._waiting)

    def show(self, notice: Notice) -> None:
        """Say something; the same text twice is said once."""
        self._waiting = [other for other in self._waiting if other.text != notice.text]
        self._waiting.append(notice)
        # Without its buttons: they hold catalogs that may be closed by the time somebody reads it.
        said = Notice(notice.text, notice.hint, notice.is_error, (), notice.details)
        self.history = [*self.history, Said(time.time(), said)][-KEPT:]
        self.changed.emit()

    def error(self, error: AttrLensError) -> None:
        """Show an error."""
        self.show(Notice(error.message, error.hint, is_error=True))

    def dismiss(self, notice: Notice | None) -> None:
        """Take it away."""
        if notice in self._waiting:
            self._waiting.remove(notice)
            self.changed.emit()

    def clear(self) -> None:
        """Take all away."""
        if self._waiting:
            self._waiting = []
            self.changed.emit()
