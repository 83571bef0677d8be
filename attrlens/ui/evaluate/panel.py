"""The Evaluate tab: what to measure above, a run below."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from attrlens.core.catalog.evaluations import Run
from attrlens.core.evaluate.data import MIN_IMAGES
from attrlens.state.document import Document
from attrlens.state.evaluation import Depth, Evaluator
from attrlens.state.view import GalleryView
from attrlens.ui.evaluate.results import Results, percent
from attrlens.ui.flow import Flow
from attrlens.ui.widgets import EmptyPage, combo, label, named
from attrlens.words import number, told, tr, words

DEPTHS: tuple[tuple[str, Depth], ...] = (
    (words("Decisions"), "decisions"),
    (words("Everything, by block"), "everything"),
)
SIDE = 24
"""Margin of the results, in pixels."""

MONTHS = (
    words("Jan"), words("Feb"), words("Mar"), words("Apr"), words("May"), words("Jun"), words("Jul"), words("Aug"),
    words("Sep"), words("Oct"), words("Nov"), words("Dec"),
)  # fmt: skip


class EvaluatePanel(QWidget):
    """Options, runs, and the results of the one chosen.

    Signals
    -------
    report_wanted(Run)
        Its report is to be written to a folder.
    """

    report_wanted = Signal(object)

    def __init__(self, document: Document, view: GalleryView, evaluator: Evaluator, results: Results) -> None:
        super().__init__()
        named(self, "center")
        self._document, self._view, self._evaluator = document, view, evaluator
        self.results = results
        self._groups: Path | None = None
        self._shown: Run | None = None
        self._make_header()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(tr("Evaluation"))
        body = named(QWidget(), "center")
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 24)
        column.addWidget(results)
        column.addStretch(1)
        results.setMaximumWidth(1240)  # the eye must find a row's buttons
        self._scroll.setWidget(body)
        self._stack = QStackedWidget()
        self._empty = EmptyPage(wrap=True)
        named(self._empty.button, "primary")
        self._empty.button.clicked.connect(self.start)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        evaluator.changed.connect(self.refresh)
        evaluator.finished.connect(self._on_finished)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        document.model_changed.connect(self._on_model_changed)
        view.options_changed.connect(self._on_attribute)
        self.refresh()

    def _make_header(self) -> None:
        self._header = named(QWidget(), "top")
        self._depth = combo(((told(text), depth) for text, depth in DEPTHS), tr("What is measured"))
        self._learn = combo(
            ((tr("All labels, in five folds"), False), (tr("Exemplars only"), True)), tr("What it learns from")
        )
        self._learn.setToolTip(tr("Five folds: each label is hidden once and decided from others.\n"
                                  "Exemplars only: the other labels are decided from them."))  # fmt: skip
        self._learn.activated.connect(self.refresh)
        self._group = combo(
            ((tr("No groups"), False), (tr("Groups from a file…"), True)), tr("Images that belong together")
        )
        self._group.setToolTip(tr("Images of one product never stand on both sides. Copies of a file never do."))
        self._group.activated.connect(self._on_group)
        self._start = named(QPushButton(tr("Evaluate")), "primary")
        self._start.setToolTip(tr("Evaluate the attribute (Ctrl+Shift+E)"))
        self._start.clicked.connect(self.start)
        self._runs = combo((), tr("Which run is shown"))
        self._compare = combo((), tr("Which run it is compared with"))
        self._runs.activated.connect(lambda: self._show_chosen())
        self._compare.activated.connect(lambda: self._show_chosen())
        self._report = QPushButton(tr("Write report…"))
        self._report.clicked.connect(lambda: self.report_wanted.emit(self._shown) if self._shown else None)
        self._second = QWidget()
        rows = QVBoxLayout(self._header)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(8)
        first, second = QHBoxLayout(), QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        for row, widgets, button in (
            (first, (self._depth, self._learn, self._group), self._start),
            (second, (self._runs, label(tr("compared with"), "dim"), self._compare), self._report),
        ):
            flow = Flow()
            for widget in widgets:
                flow.addWidget(widget)
            row.addLayout(flow, 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(first)
        rows.addWidget(self._second)

    # What a person does

    def start(self) -> None:
        """Evaluate the active attribute as chosen."""
        depth, by_exemplars = self._depth.currentData(), self._learn.currentData()
        self._evaluator.start(self._view.attribute, depth, by_exemplars, self._groups)

    def write(self, run: Run, folder: Path) -> None:
        """Write the report of a run."""
        self._evaluator.write(run, folder)

    def _on_group(self, index: int) -> None:
        if index == 0:
            self.set_groups(None)
            return
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Groups: a CSV file with the columns file and group"), "", "CSV (*.csv)"
        )
        self.set_groups(Path(name) if name else self._groups)

    def set_groups(self, path: Path | None) -> None:
        """Take groups from a file, or from none."""
        self._groups = path
        self._group.setItemText(1, path.name if path else tr("Groups from a file…"))
        self._group.setCurrentIndex(1 if path else 0)

    # What is shown

    def _on_opened(self) -> None:
        self._shown = None
        self.set_groups(None)
        self.refresh()

    def _on_attribute(self) -> None:
        if self._shown is not None and self._shown.attribute != self._view.attribute:
            self._shown = None
        self.refresh()

    def _on_model_changed(self, tables: object, attributes: object) -> None:
        if self.isVisible():  # else when it comes into view
            self.refresh()

    def _on_finished(self, run: Run) -> None:
        if run.attribute == self._view.attribute:
            self._shown = run
            self.refresh()
            self._scroll.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self.results.matrix.set_room(self.width() - 2 * SIDE - bar)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.results.want_pictures()
        self.refresh()

    def refresh(self) -> None:
        """Show how things are now."""
        attribute = self._view.attribute
        progress = self._evaluator.progress
        busy = progress is not None
        runs = self._evaluator.runs(attribute)
        if self._shown not in runs:
            self._shown = runs[0] if runs else None
        counts = self._evaluator.labeled(attribute)
        by_exemplars = self._learn.currentData()
        learned, others = self._evaluator.exemplars(attribute)
        enough = (learned >= 2 and others > 0) if by_exemplars else sum(n >= MIN_IMAGES for n in counts.values()) >= 2
        self._start.setEnabled(enough and not busy)
        self._second.setVisible(bool(runs))
        self._fill_runs(runs)
        if progress is not None and progress.attribute == attribute and progress.done.results:
            self._stack.setCurrentIndex(1)
            self.results.show_partial(progress)
        elif self._shown is not None and not (busy and progress is not None and progress.attribute == attribute):
            self._show_chosen()
        else:
            self._stack.setCurrentIndex(0)
            self._show_empty(counts, enough, busy, by_exemplars)

    def _show_empty(self, counts: dict[str, int], enough: bool, busy: bool, by_exemplars: bool) -> None:
        name = getattr(self._document.model.attributes.get(self._view.attribute), "name", "")
        total = sum(counts.values())
        start = tr("Evaluate") if enough and not busy else ""
        if busy:
            self._empty.say(
                tr("Evaluating {name}…", name=name), tr("The bar below says how far it is. You can go on working.")
            )
        elif by_exemplars and enough:
            text = tr("The exemplars are learned, and every other labeled image is decided from them.")
            self._empty.say(tr("How good is {name}?", name=name), text, start)
        elif by_exemplars:
            text = tr("Two classes with exemplars, and labeled images that are no exemplars.")
            self._empty.say(tr("Exemplars and other labels are needed"), text)
        elif enough:
            small = [c for c, n in counts.items() if n < MIN_IMAGES]
            text = tr("{n:,} labeled image. Each label is hidden once and decided from the others.",
                      "{n:,} labeled images. Each label is hidden once and decided from the others.",
                      n=total)  # fmt: skip
            if small:
                names = ", ".join(small[:5])
                text += "\n" + tr("Left out, fewer than {count} labels: {names}.", count=MIN_IMAGES, names=names)
            self._empty.say(tr("How good is {name}?", name=name), text, start)
        else:
            text = tr("An evaluation of {name} needs two classes with {count} labeled images each.", name=name,
                      count=MIN_IMAGES)  # fmt: skip
            if counts:
                there = ", ".join(f"{c} {number(n)}" for c, n in list(counts.items())[:6])
                text += "\n" + tr("There are: {classes}.", classes=there)
            self._empty.say(tr("Label some images first"), text)

    def _fill_runs(self, runs: list[Run]) -> None:
        compared = self._compare.currentData()
        blockers = QSignalBlocker(self._runs), QSignalBlocker(self._compare)
        self._runs.clear()
        self._compare.clear()
        self._compare.addItem(tr("none"), 0)
        for run in runs:
            self._runs.addItem(run_title(run), run.id)
            if self._shown is None or run.id != self._shown.id:
                self._compare.addItem(run_title(run), run.id)
        if self._shown is not None:
            self._runs.setCurrentIndex(self._runs.findData(self._shown.id))
        self._compare.setCurrentIndex(max(0, self._compare.findData(compared)))
        self._compare.setEnabled(len(runs) > 1)
        del blockers

    def _show_chosen(self) -> None:
        runs = {run.id: run for run in self._evaluator.runs(self._view.attribute)}
        chosen = runs.get(self._runs.currentData())
        if chosen is not None and chosen is not self._shown:
            self._shown = chosen
            self._fill_runs(list(runs.values()))
        if self._shown is not None:
            report = self._evaluator.report(self._shown)
            earlier = runs.get(self._compare.currentData())
            compared = self._evaluator.report(earlier) if earlier else None
            if report is None or (earlier is not None and compared is None):
                if self.results.is_empty:
                    self._stack.setCurrentIndex(0)
                    self._empty.say(tr("Reading the last evaluation…"))
                return  # `changed` comes when it is there
            self._stack.setCurrentIndex(1)
            self.results.show_run(self._shown, report, earlier, compared)
            if self.isVisible():
                self.results.show_changes(self._evaluator.changes_since(self._shown))


def run_title(run: Run) -> str:
    """When, how good, and by which protocol."""
    when = time.localtime(run.time)
    parts = [
        tr("{month} {day}, {time}", month=MONTHS[when.tm_mon - 1], day=f"{when.tm_mday:02d}",
           time=time.strftime("%H:%M", when))
    ]  # fmt: skip
    if run.accuracy is not None:
        parts.append(percent(run.accuracy))
    if run.folds == 1:
        parts.append(tr("by exemplars"))
    return " · ".join(parts)
