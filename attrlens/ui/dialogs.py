"""The few dialogs. None blocks: jobs go on behind them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from attrlens import __version__
from attrlens.core.recipes import BUILT_IN
from attrlens.ui.actions import sheet
from attrlens.ui.widgets import label

RECIPES = (
    ("Like color (shallow layers)", "color"),
    ("Like texture (deeper layers)", "texture"),
    ("Like color, by ResNet50", "resnet50-color"),
    ("Like texture, by ResNet50", "resnet50-texture"),
)


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
        self.setWindowTitle("New attribute")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(placeholderText="For example Neckline")
        self.recipe = QComboBox()
        for text, key in RECIPES:
            self.recipe.addItem(text, key)
        self.recipe.setCurrentIndex(1)
        self._about = label("", "small", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = buttons.addButton("Create attribute", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setEnabled(False)
        self._about.setMinimumHeight(34)
        form = QFormLayout()
        form.addRow("Name", self.name)
        form.addRow("What it looks at", self.recipe)
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
        reason = self._reasons.get(key, "")
        if name in self._taken:
            reason = "There is an attribute of that name already."
        self.accept_button.setEnabled(bool(name) and not reason)
        self._about.setText(reason or BUILT_IN[key].describe())


def shortcut_sheet(parent: QWidget) -> QDialog:
    """All keys, from the table of actions."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Shortcuts")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    grid = QGridLayout(dialog)
    grid.setContentsMargins(24, 16, 24, 24)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    sections = sheet()
    half = -(-sum(len(rows) + 2 for _, rows in sections) // 2)
    row, column = 0, 0
    for title, keys in sections:
        if column == 0 and row + len(keys) // 2 > half:
            row, column = 0, 3
        grid.addWidget(label(title, "heading"), row, column, 1, 2)
        row += 1
        for key, text in keys:
            grid.addWidget(QLabel(key), row, column)
            grid.addWidget(label(text, "dim"), row, column + 1)
            row += 1
        grid.setRowMinimumHeight(row, 8)
        row += 1
    grid.setColumnMinimumWidth(2, 32)
    grid.setRowStretch(grid.rowCount(), 1)
    return dialog


def about(parent: QWidget, versions: dict[str, str]) -> QDialog:
    """Version, license, where things are."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("About AttrLens")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 16, 24, 24)
    column.addWidget(label(f"AttrLens {__version__}", "title"))
    column.addWidget(label("Apache License 2.0. Nothing leaves this computer.", "dim"))
    form = QFormLayout()
    for name, version in versions.items():
        value = label(version)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(name, value)
    column.addSpacing(8)
    column.addLayout(form)
    return dialog
