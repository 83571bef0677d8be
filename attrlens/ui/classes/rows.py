"""How rows of the class panel look."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from attrlens.state.swatches import Swatches
from attrlens.ui.gallery.tiles import draw_swatch
from attrlens.ui.theme import Theme

KIND = Qt.ItemDataRole.UserRole
ID = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
EXEMPLARS = Qt.ItemDataRole.UserRole + 3
DIGIT = Qt.ItemDataRole.UserRole + 4
COLOR = Qt.ItemDataRole.UserRole + 5

Index = QModelIndex | QPersistentModelIndex


class ClassDelegate(QStyledItemDelegate):
    """Draws attributes as headings, classes with swatch, digit, exemplars and count, and the place to drop.

    Signals
    -------
    renamed(str kind, int id, str text)
        Connect it queued: the rows are made again by a rename, and the view still needs them when this is emitted.
    """

    renamed = Signal(str, int, str)

    def __init__(self, theme: Theme, swatches: Swatches, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._swatches = theme, swatches
        self.drop_target: QPersistentModelIndex | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, 34 if index.data(KIND) == "attribute" else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(4, 1, -4, -1)
        is_target = self.drop_target is not None and self.drop_target == index
        if is_target or option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(tokens.color("accent"), 2) if is_target else Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("selected"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 5, 5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("raised"))
            painter.drawRoundedRect(area, 5, 5)
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 5, 5)
        kind = index.data(KIND)
        if kind == "attribute":
            self._paint_attribute(painter, area, index, bool(option.state & QStyle.StateFlag.State_Open))
        elif kind == "class":
            self._paint_class(painter, area, index)
        else:
            self._paint_plain(painter, area, index, kind == "drop")
        painter.restore()

    def _paint_attribute(self, painter: QPainter, area: QRect, index: Index, is_open: bool) -> None:
        tokens = self._theme.tokens
        x, y = area.left() + 10, area.center().y() + 1
        arrow = QPainterPath()
        points = ((-4, -2), (0, 2), (4, -2)) if is_open else ((-2, -4), (2, 0), (-2, 4))
        arrow.moveTo(x + points[0][0], y + points[0][1])
        for dx, dy in points[1:]:
            arrow.lineTo(x + dx, y + dy)
        painter.setPen(QPen(tokens.color("dim"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(arrow)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(tokens.color("text"))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, area.width() - 32)
        painter.drawText(area.adjusted(24, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_class(self, painter: QPainter, area: QRect, index: Index) -> None:
        tokens = self._theme.tokens
        swatch = QRectF(0, 0, 18, 18)
        swatch.moveCenter(QRectF(area).center())
        swatch.moveLeft(area.left() + 24)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_swatch(painter, swatch, index.data(COLOR), self._swatches.crop(index.data(ID)))
        painter.setPen(tokens.color("dim"))
        painter.drawText(
            QRect(area.left() + 4, area.top(), 14, area.height()), Qt.AlignmentFlag.AlignCenter, index.data(DIGIT)
        )
        exemplars = index.data(EXEMPLARS)
        count = (f"{exemplars:,}★  " if exemplars else "") + f"{index.data(COUNT):,}"
        right = area.adjusted(0, 0, -8, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        width = painter.fontMetrics().horizontalAdvance(count)
        painter.setPen(tokens.color("text"))
        text = area.adjusted(50, 0, -width - 16, 0)
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_plain(self, painter: QPainter, area: QRect, index: Index, is_drop: bool) -> None:
        tokens = self._theme.tokens
        painter.setPen(tokens.color("dim"))
        if is_drop:
            painter.setPen(QPen(tokens.color("line"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(20.5, 1.5, -4.5, -1.5), 5, 5)
            painter.setPen(tokens.color("dim"))
            text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, area.width() - 40)
            painter.drawText(area.adjusted(30, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, text)
            return
        right = area.adjusted(0, 0, -8, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{index.data(COUNT):,}")
        painter.drawText(QRect(area.left() + 26, area.top(), 14, area.height()), Qt.AlignmentFlag.AlignCenter, "?")
        painter.drawText(area.adjusted(50, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, index.data())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return QLineEdit(parent)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        left = 46 if index.data(KIND) == "class" else 20
        editor.setGeometry(option.rect.adjusted(left, 2, -8, -2))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(index.data())
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        self.renamed.emit(index.data(KIND), index.data(ID), editor.text())
