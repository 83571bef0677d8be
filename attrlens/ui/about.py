"""What the program is, where it keeps things, and whose work is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from attrlens import __version__, paths, version
from attrlens.ui.dialogs import passing, text_dialog
from attrlens.ui.widgets import label
from attrlens.words import told, tr, words

SHOWN = ("PySide6-Essentials", "tensorflow", "keras", "numpy", "pillow")
FOLDERS = {"data": words("Data"), "settings": words("Settings"), "logs": words("Logs")}


class About(QDialog):
    """Version, build, the folders of this computer, licenses.

    Parameters
    ----------
    parent : QWidget
    reveal : callable
        Shows files and folders in the system's file manager.
    """

    def __init__(self, parent: QWidget, reveal: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(parent)
        passing(self, tr("About AttrLens"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(label(f"AttrLens {__version__}", "title"))
        column.addWidget(label(tr("Apache License 2.0. Nothing leaves this computer."), "dim"))
        column.addSpacing(8)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(16)
        form.addRow(tr("Build"), _value(version.build()))
        libraries = version.libraries()
        for name in SHOWN:
            form.addRow(name, _value(libraries[name]))
        for kind, folder in paths.user_folders().items():
            row = QHBoxLayout()
            row.addWidget(_value(str(folder)), 1)
            show = QPushButton(tr("Show"))
            show.setAccessibleName(tr("Show the folder: {name}", name=told(FOLDERS[kind])))
            show.setEnabled(folder.exists())
            show.clicked.connect(lambda _=False, folder=folder: reveal([folder]))
            row.addWidget(show)
            form.addRow(told(FOLDERS[kind]), row)
        column.addLayout(form)
        column.addSpacing(8)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.licenses = buttons.addButton(tr("Licenses…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.licenses.clicked.connect(self._show_licenses)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.setMinimumWidth(520)

    def _show_licenses(self) -> None:
        text = paths.licenses().read_text(encoding="utf-8")
        dialog = text_dialog(self, tr("Licenses"), text)
        dialog.resize(760, 560)
        dialog.open()


def _value(text: str) -> QLabel:
    value = label(text, wrap=len(text) > 60)
    value.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    if len(text) > 60:  # a long path is broken, and does not make the dialog wider
        value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return value
