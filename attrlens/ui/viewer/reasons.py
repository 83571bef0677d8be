"""Why: the nearest exemplars as pictures, the channels that decided as signed bars."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from attrlens.core.why import Share, Why
from attrlens.state.document import Document
from attrlens.state.swatches import Swatches
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.ui.gallery.tiles import draw_swatch, fitted
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label

THUMB = 56


class NearTile(QWidget):
    """An exemplar with its class's swatch and its distance.

    Signals
    -------
    clicked(int slot)
    """

    clicked = Signal(int)

    def __init__(self, theme: Theme, swatches: Swatches, thumbnails: ThumbnailProvider) -> None:
        super().__init__()
        self._theme, self._swatches, self._thumbnails = theme, swatches, thumbnails
        self._slot, self._color, self._class_id, self._distance = -1, "", 0, 0.0
        self.setFixedSize(THUMB, THUMB + 18)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_near(self, slot: int, class_id: int, name: str, color: str, distance: float) -> None:
        """Show an exemplar."""
        self._slot, self._class_id, self._color, self._distance = slot, class_id, color, distance
        self.setAccessibleName(f"Exemplar of {name}, distance {distance:.2f}")
        self.setToolTip(f"Exemplar of {name}, distance {distance:.3f}. Click shows it.")
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self._slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self._slot)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self._theme.tokens
        mat = QRect(0, 0, THUMB, THUMB)
        painter.setPen(QPen(tokens.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("mat"))
        painter.drawRoundedRect(mat, 4, 4)
        photo = self._thumbnails.get(self._slot)
        if photo is not None and not photo.isNull():
            painter.drawPixmap(fitted(photo, mat.adjusted(2, 2, -2, -2)), photo)
        draw_swatch(painter, QRectF(0.5, THUMB + 4.5, 11, 11), self._color, self._swatches.crop(self._class_id))
        painter.setPen(tokens.color("dim"))
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.drawText(QRect(16, THUMB + 2, THUMB - 16, 16), Qt.AlignmentFlag.AlignVCenter, f"{self._distance:.2f}")
        painter.end()


class ChannelBar(QWidget):
    """A channel's part: a bar to the right speaks for the class, to the left for the runner-up.

    Signals
    -------
    clicked(Share)
    """

    clicked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share = Share("", 0, 0.0)
        self._most = 1.0
        self._hover = False
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(180, 24)

    def show_share(self, share: Share, most: float, total: float, best: str, other: str) -> None:
        """Show a channel's part; `most` is the largest part, `total` the sum of all sizes."""
        self._share, self._most = share, most
        part = f"{abs(share.value) / max(total, 1e-12):.0%} of all that spoke for either"
        spoke = f"Spoke for {best if share.value > 0 else other}"
        self.setAccessibleName(f"Channel {share.channel} of {share.layer}. {spoke}, {part}")
        self.setToolTip(f"{spoke}: {part}. Click shows where in the picture.")
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit(self._share)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self._share)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        if self._hover or self.hasFocus():
            painter.setPen(QPen(tokens.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("selected"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        words = self.width() * 0.55
        painter.setPen(tokens.color("text"))
        text = f"{self._share.layer} · {self._share.channel}"
        painter.drawText(QRectF(6, 0, words - 6, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        middle = (words + self.width() - 6) / 2
        half = (self.width() - 6 - words) / 2
        length = half * self._share.value / max(self._most, 1e-12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("dim" if self._share.value > 0 else "line"))
        painter.drawRect(QRectF(min(middle, middle + length), 7, abs(length), self.height() - 14))
        painter.setPen(QPen(tokens.color("dim"), 1))
        painter.drawLine(int(middle), 4, int(middle), self.height() - 4)
        painter.end()


class Reasons(QWidget):
    """The reasons of one suggestion.

    Signals
    -------
    image_wanted(int slot)
    channel_wanted(Recipe, Share)
    """

    image_wanted = Signal(int)
    channel_wanted = Signal(object, object)

    def __init__(self, document: Document, theme: Theme, swatches: Swatches, thumbnails: ThumbnailProvider) -> None:
        super().__init__()
        self._document, self._thumbnails = document, thumbnails
        self._why: Why | None = None
        self._slots: list[int] = []
        self._near_title = label("Nearest exemplars", "heading")
        self._tiles = [NearTile(theme, swatches, thumbnails) for _ in range(4)]
        self._channel_title = label("", "heading", wrap=True)
        self._bars = [ChannelBar(theme) for _ in range(6)]
        row = QHBoxLayout()
        row.setSpacing(4)
        for tile in self._tiles:
            tile.clicked.connect(self.image_wanted)
            row.addWidget(tile)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._near_title)
        column.addLayout(row)
        column.addWidget(self._channel_title)
        for bar in self._bars:
            bar.clicked.connect(self._on_bar)
            column.addWidget(bar)
        thumbnails.ready.connect(self._on_ready)
        self.hide()

    def bars(self) -> list[ChannelBar]:
        """Bars that are shown."""
        return [] if self.isHidden() else [bar for bar in self._bars if not bar.isHidden()]

    def wanted(self) -> list[int]:
        """Slots whose pictures are shown."""
        return self._slots if not self.isHidden() else []

    def show_why(self, why: Why | None) -> None:
        """Show reasons, or nothing."""
        self._slots = []
        if why is None:
            self.hide()
            return
        classes = self._document.model.classes
        near = [one for one in why.nearest if one.class_id in classes][: len(self._tiles)]
        for tile, one in zip(self._tiles, near, strict=False):
            row = classes[one.class_id]
            tile.show_near(one.slot, one.class_id, row.name, row.color, one.distance)
            self._slots.append(one.slot)
        for i, tile in enumerate(self._tiles):
            tile.setVisible(i < len(near))
        best = classes[why.best].name if why.best in classes else "no class"
        other = classes[why.runner_up].name if why.runner_up in classes else "the rest"
        self._why = why
        self._channel_title.setText(f"Channels: ▸ for {best}, ◂ for {other}")
        most = max((abs(share.value) for share in why.channels), default=1.0)
        for bar, share in zip(self._bars, why.channels, strict=False):
            bar.show_share(share, most, why.total, best, other)
        for i, bar in enumerate(self._bars):
            bar.setVisible(i < len(why.channels))
        self._near_title.setVisible(bool(near))
        self.show()

    def _on_bar(self, share: Share) -> None:
        if self._why is not None:
            self.channel_wanted.emit(self._why.recipe, share)

    def _on_ready(self, slots: list[int]) -> None:
        for tile in self._tiles:
            tile.update()
