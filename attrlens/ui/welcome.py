"""The first page: three doors, and the catalogs opened before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from attrlens.core.catalog.store import display_name, is_catalog
from attrlens.state.settings import Settings
from attrlens.ui.widgets import label, literal, named
from attrlens.words import tr


class Welcome(QWidget):
    """What to begin with.

    Signals
    -------
    folder_wanted(), demo_wanted(), catalog_wanted()
    recent_wanted(str path)
    """

    folder_wanted = Signal()
    demo_wanted = Signal()
    catalog_wanted = Signal()
    recent_wanted = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("center")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings = settings
        box = QFrame()
        box.setFixedWidth(480)
        self._column = QVBoxLayout(box)
        self._column.setSpacing(8)
        title = label(tr("Label garments by example"), "title")
        # Lines broken here: a label that wraps does not tell the layout its height, and the gaps pay for it.
        text = label(
            tr(
                "Drop a few photos on a class and it works at once.\n"
                "Everything stays on this computer, and your photos are never changed."
            ),
            "dim",
        )
        self._column.addWidget(title)
        self._column.addWidget(text)
        self._column.addSpacing(16)
        for name, words, signal in (
            ("doorPrimary", tr("Open a folder of photos"), self.folder_wanted),
            ("door", tr("Try the demo ({n:,} synthetic garments)", n=1000), self.demo_wanted),
            ("door", tr("Open a catalog"), self.catalog_wanted),
        ):
            button = named(QPushButton(words), name)
            button.clicked.connect(signal)
            self._column.addWidget(button)
        self._recent_heading = label(tr("Recent"), "heading")
        self._column.addSpacing(16)
        self._column.addWidget(self._recent_heading)
        self._recent: list[QPushButton] = []
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        settings.changed.connect(self._on_setting)
        self.refresh()

    def _on_setting(self, key: str) -> None:
        if key == "recent":
            self.refresh()

    def refresh(self) -> None:
        """List the recent catalogs."""
        for button in self._recent:
            button.deleteLater()
        self._recent = []
        for path in self._settings.get("recent")[:5]:
            button = named(QPushButton(literal(display_name(Path(path)))), "link")
            gone = not is_catalog(Path(path))
            button.setToolTip(tr("{path} is not there now", path=path) if gone else path)
            button.setEnabled(not gone)
            button.clicked.connect(lambda _=False, p=path: self.recent_wanted.emit(p))
            self._column.addWidget(button)
            self._recent.append(button)
        self._recent_heading.setVisible(bool(self._recent))
