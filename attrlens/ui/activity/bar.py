"""The activity bar: what runs, how fast, how long still, and cancel."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from attrlens.core.catalog.rows import ERROR, PENDING
from attrlens.jobs.job import Job, State, Unit
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.ui.icons import icon
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named
from attrlens.words import number, told, tr


def duration(seconds: float) -> str:
    """ "about 5 s", "about 1 min 20 s", "about 2 h 5 min"."""
    whole = max(1, round(seconds))
    if whole < 60:
        return tr("about {n} s", n=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 10 and rest >= 10:
        return tr("about {minutes} min {seconds} s", minutes=minutes, seconds=rest // 10 * 10)
    if minutes < 60:
        return tr("about {n} min", n=minutes)
    hours, minutes = divmod(minutes, 60)
    return tr("about {hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else tr("about {n} h", n=hours)


class Measured:
    """Progress of a job with its rate. It must not hold the job, whose signals hold it: neither would ever be freed."""

    def __init__(self, title: str, unit: Unit) -> None:
        self.text, self.done, self.total, self._unit = title, 0, 0, unit
        self._began: tuple[float, int] | None = None

    def update(self, done: int, total: int, text: str) -> None:
        """Take a progress message in."""
        is_new = text != self.text and self._unit != "percent"  # percent go on through all stages
        if is_new or done < self.done or self._began is None:
            self._began = (time.monotonic(), done)
        self.text, self.done, self.total = text or self.text, done, total

    def sentence(self) -> str:
        """For the person: what, how far, how fast, how long still."""
        what = told(self.text)
        if not self.total:
            return f"{what} · {number(self.done)}" if self.done else f"{what}…"
        shown = {
            "count": lambda: tr("{done:,} of {total:,}", done=self.done, total=self.total),
            "bytes": lambda: tr("{done:.1f} of {total:.1f} MB", done=self.done / 1e6, total=self.total / 1e6),
            "percent": lambda: number(self.done / self.total, ".0%"),
        }[self._unit]()
        parts = [what, shown]
        rate = self._rate()
        if rate:
            if self._unit == "bytes":
                parts.append(tr("{rate:.1f} MB a second", rate=rate / 1e6))
            elif self._unit == "count":
                parts.append(tr("{rate} a second", rate=number(rate, ",.0f" if rate >= 10 else ".1f")))
            if self.done < self.total:
                parts.append(tr("{time} left", time=duration(self.seconds_left())))
        return " · ".join(parts)

    def _rate(self) -> float:
        """Steps a second since the first; 0 where it is too early to say."""
        if self._began is None:
            return 0.0
        seconds, step = time.monotonic() - self._began[0], self.done - self._began[1]
        return step / seconds if seconds > 1 and step > 0 else 0.0

    def seconds_left(self) -> float:
        """How long still, at the rate so far; infinite where it is too early to say."""
        rate = self._rate()
        return (self.total - self.done) / rate if rate else float("inf")


class ActivityBar(QWidget):
    """One line at the bottom of the window.

    Signals
    -------
    errors_wanted()
        The person wants to see the files that make trouble.
    resume_wanted()
        The person wants the waiting images described.
    """

    errors_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, document: Document, lanes: Lanes, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._document = document
        self._jobs: list[tuple[Job, Measured]] = []
        self._label = label()
        self._progress = QProgressBar(textVisible=False)
        self._progress.setFixedWidth(160)
        self._cancel = QPushButton(tr("Cancel"))
        self._resume = QPushButton(tr("Go on"))
        self._errors = named(QPushButton(), "link")
        self._errors.setIcon(icon("triangle-alert", theme, "warning"))
        self._errors.setToolTip(tr("See why, and what can be done (F7)"))
        self._more = label("", "small")
        self._progress.setAccessibleName(tr("Progress"))
        self._label.setMinimumWidth(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._progress)
        row.addWidget(self._label)
        row.addWidget(self._more)
        row.addWidget(self._cancel)
        row.addWidget(self._resume)
        row.addStretch(1)
        row.addWidget(self._errors)
        self._cancel.clicked.connect(self._cancel_current)
        self._resume.clicked.connect(self.resume_wanted)
        self._errors.clicked.connect(self.errors_wanted)
        for lane in lanes.all():
            lane.submitted.connect(self._on_submitted)
        self._said = ""
        self._said_timer = QTimer(self, singleShot=True, interval=6000)
        self._said_timer.timeout.connect(self._say_nothing)
        self._timer = QTimer(self, singleShot=True, interval=100)
        self._timer.timeout.connect(self.refresh)
        document.images_changed.connect(self._soon)
        document.images_added.connect(self._soon)
        document.suggestions_changed.connect(self._soon)
        document.opened.connect(self._soon)
        document.closed.connect(self._soon)
        document.kept_changed.connect(self._soon)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self.refresh()

    def _on_theme(self) -> None:
        self.setFixedHeight(self._theme.px(44))

    def _soon(self, *_: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_submitted(self, job: Job) -> None:
        if job.quiet:
            return
        measured = Measured(job.title, job.unit)
        self._jobs.append((job, measured))
        job.progressed.connect(lambda done, total, text: self._on_progress(measured, done, total, text))
        job.finished.connect(lambda: self._on_finished(measured))
        self._soon()

    def _on_progress(self, measured: Measured, done: int, total: int, text: str) -> None:
        measured.update(done, total, text)
        self._soon()

    def _on_finished(self, measured: Measured) -> None:
        self._jobs = [pair for pair in self._jobs if pair[1] is not measured]
        self._soon()

    def _cancel_current(self) -> None:
        if self._jobs:
            self._current()[0].cancel()
            self._cancel.setEnabled(False)
            self._label.setText(tr("Cancelling…"))

    def _current(self) -> tuple[Job, Measured]:
        running = [pair for pair in self._jobs if pair[0].state is State.RUNNING]
        return (running or self._jobs)[-1]

    def refresh(self) -> None:
        """Show how things are now."""
        busy = bool(self._jobs)
        self._progress.setVisible(busy)
        self._cancel.setVisible(busy)
        self._resume.setVisible(not busy and self._waiting() > 0)
        self._more.setVisible(len(self._jobs) > 1)
        if busy:
            job, current = self._current()
            self._progress.setRange(0, current.total)
            self._progress.setValue(current.done)
            cancelling = job.token.cancelled
            self._cancel.setEnabled(not cancelling)
            self._label.setText(tr("Cancelling…") if cancelling else current.sentence())
            self._more.setText(tr("and {n:,} more", n=len(self._jobs) - 1))
        else:
            self._label.setText(self._rest())
        errors, missing = self._document.count(ERROR), self._document.missing_count
        parts = []
        if errors:
            parts.append(tr("{n:,} file could not be read", "{n:,} files could not be read", n=errors))
        if missing:
            parts.append(tr("{n:,} file is missing", "{n:,} files are missing", n=missing))
        self._errors.setVisible(bool(parts))
        self._errors.setText(" · ".join(parts))

    def say(self, text: str) -> None:
        """Say for a few seconds what was just done; undo is named in the menu."""
        self._said = told(text)
        self._said_timer.start()
        self.refresh()

    def _say_nothing(self) -> None:
        self._said = ""
        self.refresh()

    def status_text(self) -> str:
        """What is said now."""
        return self._label.text()

    def errors_text(self) -> str:
        """What is said of files that could not be read; "" with none."""
        return self._errors.text() if self._errors.isVisibleTo(self) else ""

    def _waiting(self) -> int:
        return self._document.count(PENDING)

    def _rest(self) -> str:
        document = self._document
        if self._said:
            return f"{self._said} · " + tr("saved")
        if not document.is_open:
            return tr("Nothing leaves this computer.")
        n = document.total
        if not n:
            return tr("No images yet.")
        waiting = self._waiting()
        rest = tr("{n:,} waiting to be described", n=waiting) if waiting else tr("all saved")
        return tr("{n:,} image", "{n:,} images", n=n) + f" · {rest}"
