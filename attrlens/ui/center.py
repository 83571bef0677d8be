"""The center of the window: its tabs, one selection shared by all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from attrlens.ui.evaluate.panel import EvaluatePanel
from attrlens.ui.files.problems import ProblemsPanel
from attrlens.ui.gallery.panel import GalleryPanel
from attrlens.ui.health.panel import HealthPanel
from attrlens.ui.network.panel import NetworkPanel
from attrlens.ui.widgets import named
from attrlens.words import tr


class Center(QWidget):
    """Tabs above, the chosen one below.

    Signals
    -------
    page_changed()
    """

    page_changed = Signal()

    def __init__(
        self, gallery: GalleryPanel, health: HealthPanel, problems: ProblemsPanel, evaluate: EvaluatePanel,
        network: NetworkPanel,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "top")
        self.gallery, self.health, self.problems, self.evaluate = gallery, health, problems, evaluate
        self.network = network
        self._pages: dict[str, QWidget] = {
            "gallery": gallery, "health": health, "problems": problems, "evaluate": evaluate,
            "network": network,
        }  # fmt: skip
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName(tr("Views"))
        self._stack = QStackedWidget()
        for name, key, page in (
            (tr("Gallery"), "F5", gallery), (tr("Exemplars"), "F6", health), (tr("Problem files"), "F7", problems),
            (tr("Evaluate"), "F8", evaluate), (tr("Network"), "F12", network),
        ):  # fmt: skip
            self._stack.addWidget(page)
            self._bar.setTabToolTip(self._bar.addTab(name), f"{name} ({key})")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._on_tab)
        problems.count_changed.connect(self._on_problems)
        self._on_problems(0)

    def _on_tab(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.page_changed.emit()

    def _on_problems(self, count: int) -> None:
        """The tab of problem files is there while there are some."""
        place = self._stack.indexOf(self.problems)
        if not count and self._bar.currentIndex() == place:
            self.show_page(self.gallery)
        self._bar.setTabVisible(place, count > 0)
        self._bar.setTabText(place, tr("{n:,} problem file", "{n:,} problem files", n=count))

    @property
    def shown(self) -> str:
        """The key of the page in front."""
        return next(key for key, page in self._pages.items() if page is self._stack.currentWidget())

    def show_named(self, key: str) -> None:
        """Bring a page to the front by its key, if there is one."""
        if key in self._pages:
            self.show_page(self._pages[key])

    def show_page(self, page: QWidget) -> None:
        """Bring one of the pages to the front."""
        place = self._stack.indexOf(page)
        if page is self.problems:
            self._bar.setTabVisible(place, True)  # also with nothing in it, for who asks
        self._bar.setCurrentIndex(place)
        if page is self.gallery:
            self.gallery.focus_gallery()
        else:
            page.setFocus()
