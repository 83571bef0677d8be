"""The center of the window: its tabs, one selection shared by all."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from attrlens.ui.evaluate.panel import EvaluatePanel
from attrlens.ui.gallery.panel import GalleryPanel
from attrlens.ui.health.panel import HealthPanel
from attrlens.ui.widgets import named


class Center(QWidget):
    """Tabs above, the chosen one below."""

    def __init__(self, gallery: GalleryPanel, health: HealthPanel, evaluate: EvaluatePanel) -> None:
        super().__init__()
        named(self, "top")
        self.gallery, self.health, self.evaluate = gallery, health, evaluate
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName("Views")
        self._stack = QStackedWidget()
        for name, key, page in (("Gallery", "F5", gallery), ("Exemplars", "F6", health), ("Evaluate", "F8", evaluate)):
            self._stack.addWidget(page)
            self._bar.setTabToolTip(self._bar.addTab(name), f"{name} ({key})")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._stack.setCurrentIndex)

    def show_page(self, page: QWidget) -> None:
        """Bring one of the pages to the front."""
        self._bar.setCurrentIndex(self._stack.indexOf(page))
        if page is self.gallery:
            self.gallery.focus_gallery()
        else:
            page.setFocus()
