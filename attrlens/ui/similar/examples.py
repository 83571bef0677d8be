"""What is looked for, and what is not: two places to drop images on, each with its examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QScrollArea, QWidget

from attrlens.core.retrieve.outside import WHOLE
from attrlens.state.document import Document
from attrlens.state.examples import Example
from attrlens.state.similar import Similar
from attrlens.ui import drag
from attrlens.ui.gallery.tiles import fitted
from attrlens.ui.icons import paint_icon
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label, named, repolish
from attrlens.words import told, tr

SIDE = 52

EXAMPLE = "application/x-attrlens-example"
"""What a drag from one of the two places to the other carries: the number of an example."""


def examples_in(data: QMimeData | None, document: Document, similar: Similar, *, liked: bool = True) -> list[Example]:
    """What a drag or the clipboard carries: images of the catalog, files, or a picture."""
    if data is None or not document.is_open:
        return []
    slots, files = drag.carried(data, document)
    if slots:
        return similar.of_slots(slots, liked=liked)
    if files:
        return similar.of_files(files, liked=liked)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QPixmap):
        image = image.toImage()
    return similar.of_picture(image, liked=liked) if isinstance(image, QImage) else []


def carries(data: QMimeData, document: Document) -> bool:
    """Whether a drag carries something to look for, without looking at it."""
    if not document.is_open:
        return False
    slots, files = drag.carried(data, document)
    return bool(slots or any(not path.is_dir() for path in files) or data.hasImage() or data.hasFormat(EXAMPLE))


class ExampleTile(QWidget):
    """One example: a click shows it large, Delete takes it away, a drag puts it on the other side.

    Signals
    -------
    chosen(int number)
    """

    chosen = Signal(int)

    def __init__(
        self, example: Example, similar: Similar, theme: Theme, picture: Callable[[Example], QPixmap | None]
    ) -> None:
        super().__init__()
        self.example = example
        self._similar, self._theme, self._picture = similar, theme, picture
        self.is_active = False
        self._pressed: QPoint | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        side = tr("Like {name}", name=example.name) if example.liked else tr("Not like {name}", name=example.name)
        self.setAccessibleName(side)
        self.refresh()

    def refresh(self) -> None:
        """Show what is known of it by now."""
        bad = self._similar.trouble(self.example)
        tip = tr("{name}: click to see it, Delete to take it away, drag to the other side", name=self.example.name)
        self.setToolTip(tip if bad is None else f"{told(bad.message)}\n{told(bad.hint)}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        mat = QRect(2, 2, SIDE - 4, SIDE - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("mat"))
        painter.drawRoundedRect(mat, 4, 4)
        photo = self._picture(self.example)
        if photo is not None and not photo.isNull():
            painter.drawPixmap(fitted(photo, mat), photo)
        if self._similar.trouble(self.example) is not None:
            paint_icon(painter, "circle-alert", QRectF(SIDE / 2 - 11, SIDE / 2 - 11, 22, 22), tokens.color("error"))
        if self.example.box != WHOLE:
            badge = QRectF(SIDE - 19, SIDE - 19, 15, 15)
            painter.setBrush(tokens.color("raised"))
            painter.drawRoundedRect(badge, 3, 3)
            paint_icon(painter, "maximize", badge.adjusted(2, 2, -2, -2), tokens.color("text"))
        if self.is_active or self.hasFocus():
            painter.setPen(QPen(tokens.color("accent"), 2 if self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self.chosen.emit(self.example.number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            operation = QDrag(self.window())  # the tile itself may be gone when it ends
            operation.setMimeData(self.carried())
            operation.setPixmap(self.grab())
            operation.exec(Qt.DropAction.CopyAction)

    def carried(self) -> QMimeData:
        """What a drag of it carries."""
        data = QMimeData()
        data.setData(EXAMPLE, str(self.example.number).encode())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._similar.remove(self.example.number)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.example.number)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu).popup(event.globalPos())

    def fill_menu(self, menu: QMenu) -> QMenu:
        """What can be done with it."""
        number, liked = self.example.number, self.example.liked
        other = tr("Look for images unlike it") if liked else tr("Look for images like it")
        menu.addAction(other, lambda: self._similar.change(number, liked=not liked))
        if self.example.box != WHOLE:
            menu.addAction(tr("Let the whole picture count"), lambda: self._similar.change(number, box=WHOLE))
        menu.addAction(tr("Take away"), lambda: self._similar.remove(number))
        return menu


class ExampleZone(QWidget):
    """Examples of one side, and a place to drop more.

    Signals
    -------
    dropped(object examples)
    chosen(int number)
    hint_changed(str)
        What would happen if the button were let go now; "" for nothing.
    """

    dropped = Signal(object)
    chosen = Signal(int)
    hint_changed = Signal(str)

    def __init__(
        self, document: Document, similar: Similar, theme: Theme, picture: Callable[[Example], QPixmap | None], *,
        liked: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        named(self, "zone")
        self._document, self._similar, self._theme, self._picture = document, similar, theme, picture
        self._liked = liked
        self.tiles: list[ExampleTile] = []
        self.setAcceptDrops(True)
        self._title = label(tr("Like") if liked else tr("Not like"), "small")
        self._empty = label(tr("Drop here what is to be found") if liked else tr("and here what is not"), "small")
        inside = QWidget()
        inside.setObjectName("plain")
        self._tiles = QHBoxLayout(inside)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        self._tiles.setSpacing(4)
        self._tiles.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("plain")
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._area, 1)
        self.setFixedHeight(SIDE + 22)  # with a scroll bar below many

    def fill(self, examples: Sequence[Example], active: int) -> None:
        """Show these."""
        for tile in self.tiles:
            self._tiles.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = []
        for example in examples:
            tile = ExampleTile(example, self._similar, self._theme, self._picture)
            tile.is_active = example.number == active
            tile.chosen.connect(self.chosen)
            self._tiles.insertWidget(self._tiles.count() - 1, tile)
            tile.show()
            self.tiles.append(tile)
        self._empty.setVisible(not examples)
        self._area.setVisible(bool(examples))

    def refresh(self) -> None:
        """Show what is known of them by now."""
        for tile in self.tiles:
            tile.refresh()

    def _light(self, on: bool, text: str = "") -> None:
        self.setProperty("target", on)
        repolish(self)
        self.hint_changed.emit(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carries(event.mimeData(), self._document):
            self._light(True, tr("Find images like it") if self._liked else tr("Find images unlike it"))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        data = event.mimeData()
        if data.hasFormat(EXAMPLE):
            event.accept()
            self._similar.change(int(bytes(data.data(EXAMPLE).data())), liked=self._liked)
            return
        found = examples_in(data, self._document, self._similar, liked=self._liked)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if found:
            self.dropped.emit(found)
