"""A scrolling sheet of channels, each a small picture and a line of text. Only what is visible is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from attrlens.ui.theme import Theme

GAP, LINE = 6, 18
"""Pixels between tiles, and of the line of text at 100 %."""

Picture = Callable[[int], QImage | None]
Text = Callable[[int], str]


class TileSheet(QAbstractScrollArea):
    """Tiles by number, in an order of their own.

    Parameters
    ----------
    theme : Theme
    name : str
        For screen readers.
    side : int
        Of a tile's picture, at a text size of 100 %.
    several : bool
        Whether Ctrl+click and Space pick more than one.
    whole : bool
        Be as high as all tiles need: the page around it scrolls.

    Signals
    -------
    picked()
        Other tiles are picked.
    entered(int number)
        One was double-clicked, or Enter pressed on it.
    """

    picked = Signal()
    entered = Signal(int)

    def __init__(
        self, theme: Theme, name: str, side: int = 72, *, several: bool = False, whole: bool = False
    ) -> None:  # fmt: skip
        super().__init__()
        self._theme, self._side, self._several, self._whole = theme, side, several, whole
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._order: list[int] = []
        self._picks: list[int] = []
        self._current = -1
        self._picture: Picture = lambda number: None
        self._text: Text = str
        self._tip: Text = lambda number: ""
        self._smooth = True
        self.setAccessibleName(name)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._lay_out)

    def show_tiles(self, order: Sequence[int], picture: Picture, text: Text, tip: Text = lambda number: "",
                   *, smooth: bool = True) -> None:  # fmt: skip
        """Show these numbers.

        Parameters
        ----------
        order : sequence of int
        picture, text, tip : callable
            Of a number; asked when it comes into view.
        smooth : bool
            Whether pictures are smoothed when enlarged.
        """
        self._order, self._picture, self._text, self._tip = list(order), picture, text, tip
        self._smooth = smooth
        there = set(self._order)
        self._picks = [number for number in self._picks if number in there]
        if self._current not in there:
            self._current = self._picks[0] if self._picks else -1
        self._lay_out()

    @property
    def order(self) -> list[int]:
        """Numbers as they are shown."""
        return self._order

    @property
    def picks(self) -> list[int]:
        """What is picked, in the order of picking."""
        return self._picks

    def pick(self, numbers: Sequence[int], *, scroll: bool = True) -> None:
        """Pick exactly these."""
        self._current = numbers[-1] if numbers else -1
        if list(numbers) != self._picks:
            self._picks = list(numbers)
            self.picked.emit()
        if scroll:
            self.reveal()
        self.viewport().update()

    def to_top(self) -> None:
        """Show the first tiles."""
        self.verticalScrollBar().setValue(0)

    # Where tiles are

    def _cell(self) -> tuple[int, int, int]:
        """Columns, and a cell's width and height."""
        side = self._theme.px(self._side)
        wide = side + GAP
        columns = max(1, (self.viewport().width() - GAP) // wide)
        return columns, wide, side + self._theme.px(LINE) + GAP

    def _area(self, place: int) -> QRect:
        columns, wide, high = self._cell()
        row, column = divmod(place, columns)
        left = GAP
        top = GAP + row * high - self.verticalScrollBar().value()
        return QRect(left + column * wide, top, wide - GAP, high - GAP)

    def _lay_out(self) -> None:
        columns, _, high = self._cell()
        rows = -(-len(self._order) // columns)
        if self._whole:
            self.setFixedHeight(max(high, rows * high) + GAP)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, rows * high + GAP - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(high // 2)
        self.viewport().update()

    def _at(self, point: QPoint) -> int:
        columns, wide, high = self._cell()
        row = (point.y() + self.verticalScrollBar().value() - GAP) // high
        column = (point.x() - self._area(0).left()) // wide
        place = row * columns + column
        inside = 0 <= column < columns and 0 <= place < len(self._order) and self._area(place).contains(point)
        return self._order[place] if inside else -1

    def reveal(self) -> None:
        """Scroll to the tile that was picked last."""
        if self._current not in self._order:
            return
        area, bar = self._area(self._order.index(self._current)), self.verticalScrollBar()
        if area.top() < 0:
            bar.setValue(bar.value() + area.top() - GAP)
        elif area.bottom() > self.viewport().height():
            bar.setValue(bar.value() + area.bottom() - self.viewport().height() + GAP)

    # Events

    def sizeHint(self) -> QSize:
        return QSize(3 * (self._theme.px(self._side) + GAP) + GAP + 14, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        self.reveal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        more = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._choose(number, more)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number >= 0:
            self.entered.emit(number)

    def _choose(self, number: int, more: bool) -> None:
        if more and self._several:
            rest = [one for one in self._picks if one != number]
            self.pick(rest if number in self._picks and rest else [*rest, number], scroll=False)
            self._current = number
        else:
            self.pick([number], scroll=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, key = self._cell()[0], event.key()
        step = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns,
            Qt.Key.Key_Home: -len(self._order), Qt.Key.Key_End: len(self._order),
        }.get(Qt.Key(key))  # fmt: skip
        if not self._order:
            super().keyPressEvent(event)
        elif step is not None:
            place = self._order.index(self._current) if self._current in self._order else -min(step, 0)
            place = min(max(place + step, 0), len(self._order) - 1)
            self.pick([self._order[place]])
        elif key == Qt.Key.Key_Space and self._current >= 0:
            self._choose(self._current, True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.entered.emit(self._current)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self._at(event.pos())
            tip = self._tip(number) if number >= 0 else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        tokens, side = self._theme.tokens, self._theme.px(self._side)
        font = self.font()
        font.setPixelSize(self._theme.px(11))
        painter.setFont(font)
        columns, _, high = self._cell()
        first = max(0, self.verticalScrollBar().value() // high) * columns
        last = min(len(self._order), first + (self.viewport().height() // high + 2) * columns)
        for place in range(first, last):
            number, area = self._order[place], self._area(place)
            box = QRect(area.left(), area.top(), side, side)
            image = self._picture(number)
            if image is None or image.isNull():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(tokens.color("mat"))
                painter.drawRect(box)
            else:
                size = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
                target = QRect(QPoint(0, 0), size)
                target.moveCenter(box.center())
                painter.drawImage(target, image)
            if number in self._picks:
                painter.setPen(QPen(tokens.color("accent"), 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), 3, 3)
            elif number == self._current and self.hasFocus():
                painter.setPen(QPen(tokens.color("dim"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), 3, 3)
            painter.setPen(tokens.color("text" if number in self._picks else "dim"))
            line = QRect(area.left(), box.bottom() + 1, side, self._theme.px(LINE))
            text = painter.fontMetrics().elidedText(self._text(number), Qt.TextElideMode.ElideRight, side)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()
