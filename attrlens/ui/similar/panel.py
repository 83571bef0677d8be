"""The Similar tab: a search, and groups of images that belong together."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from attrlens.state.selection import Selection
from attrlens.ui.gallery.view import Gallery
from attrlens.ui.similar.groups import GroupsPage
from attrlens.ui.similar.search import SearchPage
from attrlens.ui.widgets import named
from attrlens.words import tr


class SimilarPanel(QWidget):
    """Two pages under one tab.

    Signals
    -------
    page_changed()
    """

    page_changed = Signal()

    def __init__(self, selection: Selection, search: SearchPage, groups: GroupsPage) -> None:
        super().__init__()
        named(self, "center")
        self._selection = selection
        self.search, self.groups = search, groups
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._bar.setAccessibleName(tr("Views of what is alike"))
        self._stack = QStackedWidget()
        for name, tip, page in (
            (tr("Search"), tr("Images like some, by color and by texture"), search),
            (tr("Groups"), tr("Copies, the same shot in another color, images of one product"), groups),
        ):
            self._stack.addWidget(page)
            self._bar.setTabToolTip(self._bar.addTab(name), tip)
        self._bar.currentChanged.connect(self._stack.setCurrentIndex)
        self._bar.currentChanged.connect(self.page_changed)
        head = named(QWidget(), "top")
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 4, 16, 0)
        row.addWidget(self._bar)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)

    def show_page(self, page: QWidget) -> None:
        """Bring one of the two to the front."""
        self._bar.setCurrentIndex(self._stack.indexOf(page))

    @property
    def front(self) -> Gallery:
        """The gallery that keys mean."""
        return self.search.front() if self._stack.currentWidget() is self.search else self.groups.gallery

    def shown_slots(self) -> list[int]:
        """Images that can be selected here."""
        if self._stack.currentWidget() is self.search:
            return self.search.shown_slots()
        return [int(slot) for slot in self.groups.gallery.slots()]

    def chosen(self) -> list[int]:
        """Selected images that are seen here, in their order."""
        selected = self._selection.slots
        return [slot for slot in self.shown_slots() if slot in selected]

    def galleries(self) -> tuple[Gallery, ...]:
        """All of them."""
        return (*(column.gallery for column in self.search.columns), self.groups.gallery)

    def focus_front(self) -> None:
        """Give the keys to the images."""
        front = self.front
        if front.isVisible():
            front.setFocus()
        else:
            self.search.setFocus()
