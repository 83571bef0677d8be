"""Which panels are shown and how wide, which page, which image: kept with each catalog, so that work goes on there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from attrlens.state.document import Document
from attrlens.state.selection import Selection

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter, QWidget

    from attrlens.ui.center import Center
    from attrlens.ui.classes.panel import ClassPanel
    from attrlens.ui.theme import Theme

NARROW = 1040
NETWORK_NARROW = 1500
SMALL = 800
LEAST_CLASSES, LEAST_INSPECTOR = 200, 296
"""Widths at 100 % text size, in pixels. Below NARROW the photos get the inspector's room (below NETWORK_NARROW in the
Network tab, which says more of the image itself), below SMALL some of the classes' too."""

KEY = "window"


class WindowLayout(QObject):
    """Shows and hides panels, and remembers it.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        theme: Theme,
        splitter: QSplitter,
        classes: ClassPanel,
        center: Center,
        inspector: QWidget,
    ) -> None:
        super().__init__()
        self._document, self._selection, self._splitter = document, selection, splitter
        self._classes, self._center, self._inspector = classes, center, inspector
        self._panels: dict[str, QWidget] = {"classes": classes, "inspector": inspector}
        self._wanted = {"classes": True, "inspector": True}
        self._width = 0
        self.starts_over = False
        """Catalogs do not bring back how they were left."""
        self._beside_network = False
        document.closing.connect(self.keep)
        self._theme = theme
        theme.changed.connect(self._on_theme)
        self._on_theme()
        center.gallery.mode_changed.connect(self.changed)
        center.page_changed.connect(lambda: self.fit(self._width))
        classes.folders.folded.connect(self.changed)

    def _on_theme(self) -> None:
        """Larger text needs wider panels."""
        self._inspector.setMinimumWidth(self._theme.px(LEAST_INSPECTOR))
        self.fit(self._width)

    def is_shown(self, panel: str) -> bool:
        """Whether a person wants 'classes' or 'inspector' shown."""
        return self._wanted[panel]

    def toggle(self, panel: str) -> None:
        """Show a panel, or give its room to the photos."""
        gave_way = self._wanted[panel] and self._panels[panel].isHidden() and self._center.shown == "network"
        if panel == "inspector":
            self._beside_network = gave_way  # a person wants it there all the same
        if not gave_way:
            self._wanted[panel] = not self._wanted[panel]
        self.fit(self._width)
        self.changed.emit()

    def show(self, panel: str) -> None:
        """Have a panel shown: something in it is to be edited."""
        if not self._wanted[panel]:
            self.toggle(panel)

    def fit(self, width: int) -> None:
        """Show the panels that are wanted and fit into a window of that width."""
        self._width = width
        small = width < self._theme.px(SMALL)
        self._classes.setMinimumWidth(self._theme.px(LEAST_CLASSES * 3 // 4 if small else LEAST_CLASSES))
        is_tight = self._center.shown == "network" and not self._beside_network
        enough = self._theme.px(NETWORK_NARROW if is_tight else NARROW)
        for name, panel in self._panels.items():
            panel.setVisible(self._wanted[name] and (name != "inspector" or width >= enough))

    def keep(self) -> None:
        """Write it down, in the last moment before the catalog is let go."""
        gallery = self._center.gallery
        self._document.keep(
            KEY,
            {
                "panels": self._wanted,
                "sizes": self._splitter.sizes(),
                "page": self._center.shown,
                "mode": gallery.mode,
                "folders": self._classes.folders.button.isChecked(),
                "current": self._selection.current,
                "scroll": gallery.gallery.verticalScrollBar().value(),
            },
        )

    def restore(self) -> None:
        """Go on where this catalog was left; what does not make sense any more is passed over."""
        kept: Any = {} if self.starts_over else self._document.catalog.setting(KEY, {})
        kept = kept if isinstance(kept, dict) else {}
        panels = kept.get("panels")
        if isinstance(panels, dict):
            self._wanted = {name: bool(panels.get(name, True)) for name in self._wanted}
        self.fit(self._width)
        sizes = kept.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 3 and all(isinstance(n, int) and n >= 0 for n in sizes):
            # As wide as they were; in a narrower window the panels give up their share of what is lost.
            share = min(1.0, self._width / max(1, sum(sizes)))
            self._splitter.setSizes([round(n * share) for n in sizes])
        gallery = self._center.gallery
        gallery.set_mode("list" if kept.get("mode") == "list" else "grid")
        self._classes.folders.unfold(bool(kept.get("folders")))
        page = kept.get("page")
        self._center.show_named(page if page in ("health", "evaluate", "network") else "gallery")
        current, scroll = kept.get("current"), kept.get("scroll")
        # Once the gallery has its size and its order.
        QTimer.singleShot(0, self, lambda: self._go_to(current, scroll))
        self.changed.emit()

    def _go_to(self, current: Any, scroll: Any) -> None:
        if not self._document.is_open:
            return
        gallery = self._center.gallery.gallery
        if isinstance(scroll, int):
            gallery.verticalScrollBar().setValue(scroll)
        if isinstance(current, int) and current in self._center.gallery.shown_slots() and self._selection.current < 0:
            self._selection.set({current}, current)
