"""How rows of the class panel look."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from attrlens.state.swatches import Swatches
from attrlens.ui.gallery.tiles import draw_swatch
from attrlens.ui.theme import Theme
from attrlens.words import number

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

    def __init__(self, theme: Theme, swatches: Swatches, tree: QTreeView) -> None:
        super().__init__(tree)
        self._theme, self._swatches, self._tree = theme, swatches, tree
        self.drop_target: QPersistentModelIndex | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        px, kind = self._theme.px, index.data(KIND)
        height = px(34 if kind == "attribute" else 30)
        if kind == "drop":  # it says what to do: it goes on in another line rather than being cut
            area = QRect(0, 0, max(self._tree.viewport().width() - 8 - px(30) - 8, 1), 10_000)
            text = self._tree.fontMetrics().boundingRect(area, Qt.TextFlag.TextWordWrap, index.data())
            height = max(height, text.height() + px(12))
        return QSize(180, height)

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
        tokens, px = self._theme.tokens, self._theme.px
        x, y = area.left() + px(10), area.center().y() + 1
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
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, area.width() - px(24) - 8)
        painter.drawText(area.adjusted(px(24), 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_class(self, painter: QPainter, area: QRect, index: Index) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        swatch = QRectF(0, 0, px(18), px(18))
        swatch.moveCenter(QRectF(area).center())
        swatch.moveLeft(area.left() + px(24))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_swatch(painter, swatch, index.data(COLOR), self._swatches.crop(index.data(ID)))
        painter.setPen(tokens.color("dim"))
        digit = QRect(area.left() + px(4), area.top(), px(14), area.height())
        painter.drawText(digit, Qt.AlignmentFlag.AlignCenter, index.data(DIGIT))
        exemplars = index.data(EXEMPLARS)
        count = (f"{number(exemplars)}★  " if exemplars else "") + number(index.data(COUNT))
        right = area.adjusted(0, 0, -8, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        width = painter.fontMetrics().horizontalAdvance(count)
        painter.setPen(tokens.color("text"))
        text = area.adjusted(px(50), 0, -width - 16, 0)
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_plain(self, painter: QPainter, area: QRect, index: Index, is_drop: bool) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        painter.setPen(tokens.color("dim"))
        if is_drop:
            painter.setPen(QPen(tokens.color("line"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(px(20) + 0.5, 1.5, -4.5, -1.5), 5, 5)
            painter.setPen(tokens.color("dim"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area.adjusted(px(30), 0, -8, 0), flags, index.data())
            return
        right = area.adjusted(0, 0, -8, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(index.data(COUNT)))
        mark = QRect(area.left() + px(26), area.top(), px(14), area.height())
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "?")
        painter.drawText(area.adjusted(px(50), 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, index.data())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        return QLineEdit(parent)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        left = self._theme.px(46 if index.data(KIND) == "class" else 20)
        editor.setGeometry(option.rect.adjusted(left, 2, -8, -2))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(index.data())
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        self.renamed.emit(index.data(KIND), index.data(ID), editor.text())
