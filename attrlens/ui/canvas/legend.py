"""The legend: what the colors mean, how many there are, what is switched off."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from attrlens.state.canvas import Canvas
from attrlens.state.swatches import Swatches
from attrlens.ui.canvas.scene import color_of
from attrlens.ui.gallery.tiles import draw_swatch
from attrlens.ui.theme import Theme
from attrlens.words import number, told, tr

KEY = int(Qt.ItemDataRole.UserRole)
DOUBLE = 0.5
"""Seconds in which a second click is the second half of a double one."""


class Legend(QTreeWidget):
    """A row for each category: a click switches it off and on, a double click shows it alone.

    Signals
    -------
    menu_wanted(int key, QPoint global)
    """

    menu_wanted = Signal(int, QPoint)

    def __init__(self, canvas: Canvas, swatches: Swatches, theme: Theme) -> None:
        super().__init__()
        self._canvas, self._swatches, self._theme = canvas, swatches, theme
        self._before: tuple[float, int, frozenset[int]] = (0.0, 0, frozenset())
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(16, 16))
        self.setObjectName("legend")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Legend"))
        self.setToolTip(tr("Click switches off and on, double click shows one alone"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)  # as rows change, all would be measured
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.itemClicked.connect(self._on_click)
        self.itemDoubleClicked.connect(self._on_double)
        canvas.colors_changed.connect(self.fill)
        theme.changed.connect(self.fill)
        swatches.changed.connect(self.fill)

    def fill(self) -> None:
        """Show the categories there are now."""
        found = self._canvas.coloring()
        current = self.key_of(self.currentItem())
        rows = []
        if found is not None:
            among = self._canvas.filtered_mask()
            counts = zip(found.counts(among).tolist(), found.counts().tolist(), strict=True)
            rows = [(one, *pair) for one, pair in zip(found.categories, counts, strict=True) if pair[1]]
        while self.topLevelItemCount() > len(rows):
            self.takeTopLevelItem(self.topLevelItemCount() - 1)
        while self.topLevelItemCount() < len(rows):
            self.addTopLevelItem(QTreeWidgetItem())
        for i, (category, some, total) in enumerate(rows):
            item = self.topLevelItem(i)
            assert item is not None
            is_off = category.key in self._canvas.hidden
            title = told(category.title)
            count = number(total) if some == total else f"{number(some)} / {number(total)}"
            item.setText(0, title)
            item.setText(1, count)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, KEY, category.key)
            item.setIcon(0, self._icon(color_of(category, self._theme.tokens.is_dark), category.key, is_off))
            color = self._theme.tokens.color("dim" if is_off else "text")
            item.setForeground(0, color)
            item.setForeground(1, self._theme.tokens.color("dim"))
            font = self.font()
            font.setStrikeOut(is_off)
            item.setFont(0, font)
            state = tr("off") if is_off else tr("on")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{title}, {count}, {state}")
            item.setToolTip(0, title)
            if category.key == current and item is not self.currentItem():
                self.setCurrentItem(item)
        self.resizeColumnToContents(1)

    def _icon(self, color: str, key: int, is_off: bool) -> QIcon:
        ratio = self.devicePixelRatioF()
        out = QPixmap(int(16 * ratio), int(16 * ratio))
        out.setDevicePixelRatio(ratio)
        out.fill(Qt.GlobalColor.transparent)
        painter = QPainter(out)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_off:
            painter.setPen(QColor("#808080"))
            painter.drawRoundedRect(QRectF(2, 2, 12, 12), 3, 3)
        else:
            crop = self._swatches.crop(key) if self._canvas.kind in ("class", "suggestion") and key > 0 else None
            # The color is what the points have; the crop of a texture lies within it.
            draw_swatch(painter, QRectF(1, 1, 14, 14), color, None)
            if crop is not None:
                draw_swatch(painter, QRectF(4, 4, 8, 8), color, crop)
        painter.end()
        icon = QIcon(out)
        icon.addPixmap(out, QIcon.Mode.Selected)  # or Qt tints it, and brown looks violet
        return icon

    @staticmethod
    def key_of(item: QTreeWidgetItem | None) -> int | None:
        """The key of a row's category."""
        return None if item is None else int(item.data(0, KEY))

    def _on_click(self, item: QTreeWidgetItem) -> None:
        key = self.key_of(item)
        now = time.monotonic()
        if key is None or (now - self._before[0] < DOUBLE and key == self._before[1]):
            return  # the end of a double click
        self._before = now, key, self._canvas.hidden
        self._canvas.toggle(key)

    def _on_double(self, item: QTreeWidgetItem) -> None:
        key = self.key_of(item)
        if key is not None:
            self._canvas.hidden = self._before[2]  # as it was before the first of the two clicks
            self._before = time.monotonic(), key, self._before[2]
            self._canvas.isolate(key)

    def _on_menu(self, point: QPoint) -> None:
        key = self.key_of(self.itemAt(point) or self.currentItem())
        if key is not None:
            self.menu_wanted.emit(key, self.viewport().mapToGlobal(point))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.key_of(self.currentItem())
        if key is not None and event.key() == Qt.Key.Key_Space:
            self._canvas.toggle(key)
        elif key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._canvas.isolate(key)
        else:
            super().keyPressEvent(event)
