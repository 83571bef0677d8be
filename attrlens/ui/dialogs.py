"""The few dialogs. None blocks: jobs go on behind them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from attrlens.core.recipes import BUILT_IN
from attrlens.core.sku import TITLES, SkuRule, check_pattern, skus
from attrlens.errors import AttrLensError
from attrlens.state.notices import Said
from attrlens.ui.actions import sheet
from attrlens.ui.widgets import combo, label
from attrlens.words import told, tr, words

RECIPES = (
    (words("Like color (shallow layers)"), "color"),
    (words("Like texture (deeper layers)"), "texture"),
    (words("Like color, by ResNet50"), "resnet50-color"),
    (words("Like texture, by ResNet50"), "resnet50-texture"),
)


def passing(dialog: QDialog, title: str) -> QDialog:
    """A dialog that is gone when it is closed."""
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


class NewAttribute(QDialog):
    """Name and recipe of a new attribute.

    Signals
    -------
    chosen(str name, str recipe)
        `recipe` is a key of BUILT_IN.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget, taken: set[str]) -> None:
        super().__init__(parent)
        self._taken = taken
        self._reasons: dict[str, str] = {}
        passing(self, tr("New attribute"))
        self.name = QLineEdit(placeholderText=tr("For example Neckline"))
        self.recipe: QComboBox = combo(RECIPES, tr("What it looks at"))
        self.recipe.setCurrentIndex(1)
        self._about = label("", "small", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = buttons.addButton(tr("Create attribute"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setEnabled(False)
        self._about.setMinimumHeight(34)
        form = QFormLayout()
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("What it looks at"), self.recipe)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._about)
        column.addWidget(buttons)
        self.name.textChanged.connect(self._refresh)
        self.recipe.currentIndexChanged.connect(self._refresh)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(self.name.text().strip(), self.recipe.currentData()))
        self._refresh()
        self.setMinimumWidth(420)

    def offer(self, reasons: dict[str, str]) -> None:
        """Tell which recipes cannot be made here, and why."""
        if not isValid(self):
            return  # closed before the answer came
        self._reasons = reasons
        self._refresh()

    def _refresh(self) -> None:
        key, name = self.recipe.currentData(), self.name.text().strip().casefold()
        reason = told(self._reasons.get(key, ""))
        if name in self._taken:
            reason = tr("There is an attribute of that name already.")
        self.accept_button.setEnabled(bool(name) and not reason)
        self._about.setText(reason or told(BUILT_IN[key].describe()))


class SkuDialog(QDialog):
    """How products are told from file names, with what that gives for some of them.

    Signals
    -------
    chosen(SkuRule)
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, rule: SkuRule, paths: Sequence[str]) -> None:
        super().__init__(parent)
        self._paths = list(paths)
        passing(self, tr("How products are told"))
        self.kind = combo([(title, kind) for kind, title in TITLES.items()], tr("Rule"))
        self.kind.setCurrentIndex(self.kind.findData(rule.kind))
        self.pattern = QLineEdit(rule.pattern, placeholderText="^([0-9]+)")
        self.pattern.setAccessibleName(tr("Pattern"))
        self.shown = label("", "small", wrap=True)
        self.shown.setMinimumHeight(110)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton(tr("Use this rule"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label(tr("Images of one product share its SKU: headings, and sku: in the filter."), "dim"))
        column.addWidget(self.kind)
        column.addWidget(self.pattern)
        column.addWidget(self.shown)
        column.addWidget(buttons)
        self.kind.currentIndexChanged.connect(self._refresh)
        self.pattern.textChanged.connect(self._refresh)
        self.accepted.connect(lambda: self.chosen.emit(self.rule()))
        self._refresh()
        self.setMinimumWidth(520)

    def rule(self) -> SkuRule:
        """The rule that is chosen now."""
        return SkuRule(self.kind.currentData(), self.pattern.text() if self.kind.currentData() == "pattern" else "")

    def _refresh(self) -> None:
        rule = self.rule()
        self.pattern.setVisible(rule.kind == "pattern")
        try:
            if rule.kind == "pattern":
                check_pattern(rule.pattern)
        except AttrLensError as error:
            self.use.setEnabled(False)
            self.shown.setText(f"{told(error.message)} {told(error.hint)}")
            return
        self.use.setEnabled(True)
        names = [path.replace("\\", "/").rpartition("/")[2] for path in self._paths]
        codes = skus(self._paths, rule)
        self.shown.setText("\n".join(f"{name}  →  {code}" for name, code in zip(names[:6], codes[:6], strict=True)))


def shortcut_sheet(parent: QWidget) -> QDialog:
    """All keys, from the table of actions."""
    dialog = passing(QDialog(parent), tr("Shortcuts"))
    room = parent.width() - 40
    body = _sheet(3)
    if body.sizeHint().width() + 20 > room:
        body.deleteLater()
        body = _sheet(2)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(body)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)
    wanted = body.sizeHint()
    dialog.resize(min(wanted.width() + 20, room), min(wanted.height() + 8, parent.height() - 40))
    return dialog


def _sheet(columns: int) -> QWidget:
    """The keys in so many columns of about the same height."""
    body = QWidget()
    row_of_columns = QHBoxLayout(body)
    row_of_columns.setContentsMargins(24, 16, 24, 24)
    row_of_columns.setSpacing(32)
    sections = sheet()
    total = sum(len(rows) + 2 for _, rows in sections)
    grids = []
    for _ in range(columns):
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        row_of_columns.addLayout(grid)
        grids.append(grid)
    used = 0
    for title, keys in sections:
        grid = grids[min(columns - 1, (used + len(keys) // 2) * columns // total)]
        row = grid.rowCount()
        grid.addWidget(label(title, "heading"), row, 0, 1, 2)
        for key, text in keys:
            row += 1
            grid.addWidget(QLabel(key), row, 0)
            grid.addWidget(label(text, "dim"), row, 1)
        grid.setRowMinimumHeight(row + 1, 8)
        used += len(keys) + 2
    for grid in grids:
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setColumnStretch(1, 1)
    return body


def text_dialog(parent: QWidget, title: str, text: str) -> QDialog:
    """A text to read and to copy."""
    dialog = passing(QDialog(parent), title)
    shown = QPlainTextEdit(text)
    shown.setReadOnly(True)
    shown.setAccessibleName(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(shown.toPlainText()))
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(shown, 1)
    column.addWidget(buttons)
    dialog.resize(640, 420)
    return dialog


def messages(parent: QWidget, said: Sequence[Said]) -> QDialog:
    """What was said in this run, newest first."""
    lines = []
    for one in reversed(said):
        when = time.strftime("%H:%M:%S", time.localtime(one.time))
        parts = [told(one.notice.text), told(one.notice.hint), told(one.notice.details)]
        lines.append(f"{when}  " + "\n          ".join(part.replace("\n", "\n          ") for part in parts if part))
    return text_dialog(parent, tr("Messages"), "\n".join(lines) or tr("Nothing was said yet."))


class ReportDialog(QDialog):
    """The error report, with the choice to leave paths and names in.

    Parameters
    ----------
    parent : QWidget
    make : callable
        Gets whether private things stay, and gives the text.
    """

    def __init__(self, parent: QWidget, make: Callable[[bool], str]) -> None:
        super().__init__(parent)
        passing(self, tr("Error report"))
        self._make = make
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Error report"))
        self.private = QCheckBox(tr("Leave paths and names in"))
        self.private.toggled.connect(self._refresh)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        buttons.rejected.connect(self.reject)
        about_it = tr(
            "Versions, counts and the end of the log, for whoever helps you. Nothing is sent: copy it yourself."
        )
        column = QVBoxLayout(self)
        column.addWidget(label(about_it, "dim", wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.private)
        column.addWidget(buttons)
        self.resize(720, 520)
        self._refresh()

    def _refresh(self, *_: object) -> None:
        self.text.setPlainText(self._make(self.private.isChecked()))
