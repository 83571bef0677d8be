"""The settings dialog, built from the declarations in `state/settings.py`. A change works and is kept at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from attrlens.state.settings import SETTINGS, Setting, Settings
from attrlens.ui.widgets import combo, label, number_box
from attrlens.words import told, tr

WIDTH = 560


class Preferences(QDialog):
    """A row a setting, under the headings of their groups."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__(parent)
        self._settings = settings
        self.controls: dict[str, QWidget] = {}
        self._names: list[QLabel] = []
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(8)
        form: QFormLayout | None = None
        group = ""
        for setting in SETTINGS.values():
            if not setting.title:
                continue
            if setting.group != group:
                group = setting.group
                column.addSpacing(8)
                column.addWidget(label(told(group), "heading"))
                form = QFormLayout()
                form.setHorizontalSpacing(24)
                form.setVerticalSpacing(8)
                form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
                column.addLayout(form)
            assert form is not None  # the first setting that is shown has a group
            self._add(form, setting)
        wide = max(name.sizeHint().width() for name in self._names)
        for name in self._names:
            name.setMinimumWidth(wide)  # controls begin at one line, in every group
        self._restart = label("", "small", wrap=True)
        column.addWidget(self._restart)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._area = QScrollArea()
        self._area.setWidget(self._page)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addWidget(buttons)
        outer.addLayout(foot)
        self._fit()

    def _fit(self) -> None:
        """As large as its text needs, and as the screen has room for; the rest is scrolled to."""
        width = max(WIDTH, self._page.minimumSizeHint().width() + self._area.verticalScrollBar().sizeHint().width())
        layout = self._page.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else 0
        self._page.setMinimumHeight(height)
        room = self.screen().availableSize()
        self.setMinimumSize(min(width, room.width()), min(320, room.height()))
        self.resize(min(width, room.width()), min(height + 64, room.height() - 80))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_area"):
            QTimer.singleShot(0, self, self._fit)  # once the page has its new text size too

    def _add(self, form: QFormLayout, setting: Setting) -> None:
        title, hint = told(setting.title), told(setting.hint)
        control = {"choice": self._choice, "switch": self._switch, "number": self._number, "file": self._file}[
            setting.kind
        ](setting)
        self.controls[setting.key] = control
        control.setAccessibleName(title)
        control.setAccessibleDescription(hint)
        if setting.kind == "switch":
            form.addRow(control)
        else:
            name = QLabel(title)
            name.setBuddy(control)
            self._names.append(name)
            form.addRow(name, control)
        if hint:
            note = label(hint, "small", wrap=True)
            if setting.kind == "switch":
                form.addRow(note)
            else:
                form.addRow(QLabel(), note)

    def _set(self, setting: Setting, value: object) -> None:
        self._settings.set(setting.key, value)
        if setting.restart:
            self._restart.setText(tr("{title} takes effect when AttrLens starts the next time.", title=setting.title))

    def _choice(self, setting: Setting) -> QWidget:
        box = combo([(title, value) for value, title in setting.choices], told(setting.title))
        box.setCurrentIndex(box.findData(self._settings.get(setting.key)))
        box.activated.connect(lambda i: self._set(setting, box.itemData(i)))
        return box

    def _switch(self, setting: Setting) -> QWidget:
        box = QCheckBox(told(setting.title))
        box.setChecked(self._settings.get(setting.key))
        box.toggled.connect(partial(self._set, setting))
        return box

    def _number(self, setting: Setting) -> QWidget:
        box = number_box(setting.least, setting.most, f" {told(setting.unit)}")
        box.setValue(self._settings.get(setting.key) // setting.scale)
        box.editingFinished.connect(lambda: self._set(setting, box.value() * setting.scale))
        return box

    def _file(self, setting: Setting) -> QWidget:
        line = QLineEdit(self._settings.get(setting.key))
        line.setClearButtonEnabled(True)
        line.setAccessibleName(told(setting.title))
        line.setPlaceholderText(tr("None chosen"))
        choose = QPushButton(tr("Choose…"))
        choose.setAccessibleName(tr("Choose {title}", title=setting.title))
        choose.clicked.connect(lambda: self._ask_file(setting, line))
        line.editingFinished.connect(lambda: self._set(setting, line.text().strip()))
        out = QWidget()
        row = QHBoxLayout(out)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line, 1)
        row.addWidget(choose)
        out.setFocusProxy(line)
        return out

    def _ask_file(self, setting: Setting, line: QLineEdit) -> None:
        folder = str(Path(line.text()).parent) if line.text() else ""
        name, _ = QFileDialog.getOpenFileName(
            self, told(setting.title), folder, f"{told(setting.title)} ({setting.files})"
        )
        if name:
            line.setText(name)
            self._set(setting, name)
