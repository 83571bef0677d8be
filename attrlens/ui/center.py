"""The center of the window: its tabs, one selection shared by all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from attrlens.state.canvas import Mode
from attrlens.ui.canvas.panel import CanvasPanel
from attrlens.ui.evaluate.panel import EvaluatePanel
from attrlens.ui.files.problems import ProblemsPanel
from attrlens.ui.gallery.panel import GalleryPanel
from attrlens.ui.health.panel import HealthPanel
from attrlens.ui.network.panel import NetworkPanel
from attrlens.ui.similar.panel import SimilarPanel
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
        network: NetworkPanel, canvas: CanvasPanel, similar: SimilarPanel,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "top")
        self.gallery, self.health, self.problems, self.evaluate = gallery, health, problems, evaluate
        self.network, self.canvas, self.similar = network, canvas, similar
        self._pages: dict[str, QWidget] = {
            "gallery": gallery, "map": canvas, "grid": canvas, "similar": similar, "health": health,
            "problems": problems, "evaluate": evaluate, "network": network,
        }  # fmt: skip
        """By key, in the order of the tabs. Map and grid are one widget, so that images fly from one to the other."""
        self._keys = list(self._pages)
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName(tr("Views"))
        self._stack = QStackedWidget()
        for name, key in (
            (tr("Gallery"), "F5"), (tr("Map"), "F3"), (tr("Grid"), "F4"), (tr("Similar"), "Shift+F5"),
            (tr("Exemplars"), "F6"), (tr("Problem files"), "F7"), (tr("Evaluate"), "F8"), (tr("Network"), "F12"),
        ):  # fmt: skip
            self._bar.setTabToolTip(self._bar.addTab(name), f"{name} ({key})")
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._on_tab)
        problems.count_changed.connect(self._on_problems)
        self._on_problems(0)

    def _on_tab(self, index: int) -> None:
        modes: dict[str, Mode] = {"map": "map", "grid": "grid"}
        mode = modes.get(self._keys[index])
        if mode is not None:
            self.canvas.set_mode(mode)
        self._stack.setCurrentWidget(self._pages[self._keys[index]])
        self.page_changed.emit()

    def _on_problems(self, count: int) -> None:
        """The tab of problem files is there while there are some."""
        place = self._keys.index("problems")
        if not count and self._bar.currentIndex() == place:
            self.show_page(self.gallery)
        self._bar.setTabVisible(place, count > 0)
        self._bar.setTabText(place, tr("{n:,} problem file", "{n:,} problem files", n=count))

    @property
    def shown(self) -> str:
        """The key of the page in front."""
        return self._keys[self._bar.currentIndex()]

    def show_named(self, key: str) -> None:
        """Bring a page to the front by its key, if there is one."""
        if key not in self._pages:
            return
        place = self._keys.index(key)
        if key == "problems":
            self._bar.setTabVisible(place, True)  # also with nothing in it, for who asks
        self._bar.setCurrentIndex(place)
        self.focus_front()

    def focus_front(self) -> None:
        """Give the keys to what is in front."""
        if self.shown == "gallery":
            self.gallery.focus_gallery()
        elif self.shown in ("map", "grid"):
            self.canvas.view.setFocus()
        elif self.shown == "similar":
            self.similar.focus_front()
        else:
            self._pages[self.shown].setFocus()

    def show_page(self, page: QWidget) -> None:
        """Bring one of the pages to the front; the canvas as it is, or as map."""
        if page is not self.canvas or self.shown not in ("map", "grid"):
            self.show_named(next(key for key, one in self._pages.items() if one is page))
