"""Why: the nearest exemplars as pictures, the channels that decided as signed bars."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from attrlens.core.why import Share, Why
from attrlens.state.document import Document
from attrlens.state.swatches import Swatches
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.ui.flow import Flow
from attrlens.ui.gallery.tiles import draw_swatch, fitted
from attrlens.ui.theme import Theme
from attrlens.ui.widgets import label
from attrlens.words import number, tr

THUMB, GAP, BAR = 56, 4, 24
"""Side of a picture, what is between two of them, and height of a bar; pixels at a text size of 100 %."""

WORDS = 0.55
"""Share of the width that a channel's name has beside its bar."""


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
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.fit(THUMB)

    def fit(self, width: int) -> None:
        """Be as wide as that, or less, but not less than the text."""
        px = self._theme.px
        side = min(px(THUMB), max(width, px(16) + self.fontMetrics().horizontalAdvance("0.00")))
        self.setFixedSize(side, side + px(18))
        self.update()

    def show_near(self, slot: int, class_id: int, name: str, color: str, distance: float) -> None:
        """Show an exemplar."""
        self._slot, self._class_id, self._color, self._distance = slot, class_id, color, distance
        self.setAccessibleName(tr("Exemplar of {name}, distance {distance:.2f}", name=name, distance=distance))
        self.setAccessibleDescription(tr("Enter shows it"))
        self.setToolTip(tr("Exemplar of {name}, distance {distance:.3f}. Click shows it.", name=name,
                           distance=distance))  # fmt: skip
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
        tokens, px, side = self._theme.tokens, self._theme.px, self.width()
        mat = QRect(0, 0, side, side)
        painter.setPen(QPen(tokens.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("mat"))
        painter.drawRoundedRect(mat, 4, 4)
        photo = self._thumbnails.get(self._slot)
        if photo is not None and not photo.isNull():
            painter.drawPixmap(fitted(photo, mat.adjusted(2, 2, -2, -2)), photo)
        swatch = QRectF(0.5, side + px(4) + 0.5, px(11), px(11))
        draw_swatch(painter, swatch, self._color, self._swatches.crop(self._class_id))
        painter.setPen(tokens.color("dim"))
        font = painter.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        text = QRect(px(16), side + px(2), side - px(16), px(16))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, number(self._distance, ".2f"))
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
        self._stacked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stack(False)

    def sizeHint(self) -> QSize:
        return QSize(180, self.minimumHeight())

    def _text(self) -> str:
        return f"{self._share.layer} · {self._share.channel}"

    def wants_stack(self, width: int) -> bool:
        """Whether its text has no room beside the bar in that width."""
        return self.fontMetrics().horizontalAdvance(self._text()) > width * WORDS - 6

    def stack(self, stacked: bool) -> None:
        """The bar below the text, or beside it."""
        self._stacked = stacked
        self.setFixedHeight(self._theme.px(BAR) * (2 if stacked else 1))
        self.update()

    def show_share(self, share: Share, most: float, total: float, best: str, other: str) -> None:
        """Show a channel's part; `most` is the largest part, `total` the sum of all sizes."""
        self._share, self._most = share, most
        spoke = tr(
            "Spoke for {name}: {part:.0%} of all that spoke for either",
            name=best if share.value > 0 else other,
            part=abs(share.value) / max(total, 1e-12),
        )
        self.setAccessibleName(
            tr("Channel {channel} of {layer}. {spoke}", channel=share.channel, layer=share.layer, spoke=spoke)
        )
        self.setAccessibleDescription(tr("Enter shows where in the picture"))
        self.setToolTip(tr("{spoke}. Click shows where in the picture.", spoke=spoke))
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
        line = self._theme.px(BAR)
        beside = 0.0 if self._stacked else self.width() * WORDS
        top = line if self._stacked else 0
        painter.setPen(tokens.color("text"))
        area = QRectF(6, 0, (beside or self.width()) - 6, line)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._text())
        start = max(beside, 6.0)
        middle = (start + self.width() - 6) / 2
        half = (self.width() - 6 - start) / 2
        length = half * self._share.value / max(self._most, 1e-12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("dim" if self._share.value > 0 else "line"))
        painter.drawRect(QRectF(min(middle, middle + length), top + 7, abs(length), line - 14))
        painter.setPen(QPen(tokens.color("dim"), 1))
        painter.drawLine(int(middle), top + 4, int(middle), top + line - 4)
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
        self._near_title = label(tr("Nearest exemplars"), "heading", wrap=True)
        self._tiles = [NearTile(theme, swatches, thumbnails) for _ in range(4)]
        self._channel_title = label("", "heading", wrap=True)
        self._bars = [ChannelBar(theme) for _ in range(6)]
        row = Flow(spacing=GAP)
        for tile in self._tiles:
            tile.clicked.connect(self.image_wanted)
            row.addWidget(tile)
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
        theme.changed.connect(self._fit)
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
        best = classes[why.best].name if why.best in classes else tr("no class")
        other = classes[why.runner_up].name if why.runner_up in classes else tr("the rest")
        self._why = why
        self._channel_title.setText(tr("Channels: ▸ for {best}, ◂ for {other}", best=best, other=other))
        most = max((abs(share.value) for share in why.channels), default=1.0)
        for bar, share in zip(self._bars, why.channels, strict=False):
            bar.show_share(share, most, why.total, best, other)
        for i, bar in enumerate(self._bars):
            bar.setVisible(i < len(why.channels))
        self._near_title.setVisible(bool(near))
        self.show()
        self._fit()

    def _fit(self) -> None:
        """Four pictures in a row where there is room; all bars beside their texts, or below where one has no room."""
        for tile in self._tiles:
            tile.fit((self.width() - 3 * GAP) // 4)
        stacked = any(bar.wants_stack(self.width()) for bar in self.bars())
        for bar in self._bars:
            bar.stack(stacked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_bar(self, share: Share) -> None:
        if self._why is not None:
            self.channel_wanted.emit(self._why.recipe, share)

    def _on_ready(self, slots: list[int]) -> None:
        for tile in self._tiles:
            tile.update()
