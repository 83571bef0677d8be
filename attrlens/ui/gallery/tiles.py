"""Draw one image of the gallery: the photo on its mat, and a chip for each attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from attrlens.ui.icons import paint_icon
from attrlens.ui.theme import Theme, Tokens
from attrlens.words import number, tr

PAD = 6
CHIP = 22
CHIP_GAP = 4
NAME = 20
"""Heights of a chip and of a file name at 100 % text size, in pixels."""


@dataclass(frozen=True)
class Chip:
    """What one attribute says of one image.

    Attributes
    ----------
    kind : str
        'label', 'exemplar', 'suggestion', 'unknown' or 'none'.
    text : str
    swatch : str
        ``#rrggbb``, or "" for none.
    crop : QPixmap or None
        Stands in the swatch's place where a class is a texture.
    confidence : float
        0 to 1, for suggestions.
    doubted : bool
        The machine is sure of another class than the label.
    class_id : int
    """

    kind: str
    text: str
    swatch: str = ""
    confidence: float = 0.0
    doubted: bool = False
    crop: QPixmap | None = None
    class_id: int = 0


def percent_text(confidence: float) -> str:
    """A probability in percent; never 100, because the program is never certain."""
    return number(min(99, round(100 * confidence)) / 100, ".0%")


@dataclass(frozen=True)
class Tile:
    """What is drawn of one image.

    Attributes
    ----------
    photo : QPixmap or None
        None while it is on its way; a null pixmap where it cannot be read.
    chips : tuple of Chip
    name : str
        Below the photo; "" for none.
    error : str
        Why the image could not be read, "" where it could.
    missing : bool
        There is no file any more.
    """

    photo: QPixmap | None
    chips: tuple[Chip, ...]
    name: str = ""
    error: str = ""
    missing: bool = False


def cell_size(side: int, chips: int, theme: Theme, named: bool = False) -> tuple[int, int]:
    """Width and height of a cell whose photo is at most `side` pixels."""
    rows = chips * (theme.px(CHIP) + CHIP_GAP) + (theme.px(NAME) if named else 0)
    return side + 2 * PAD, side + 2 * PAD + rows + PAD


def draw_tile(side: int, ratio: float, theme: Theme, font: QFont, tile: Tile) -> QPixmap:
    """A tile as pixmap, so that scrolling draws one pixmap an image.

    Parameters
    ----------
    side : int
        Of the mat, in logical pixels.
    ratio : float
        Device pixels a logical pixel.
    theme : Theme
    font : QFont
    tile : Tile
    """
    tokens, photo = theme.tokens, tile.photo
    width, height = cell_size(side, len(tile.chips), theme, bool(tile.name))
    pixmap = QPixmap(int(width * ratio), int(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setFont(font)
    mat = QRect(PAD, PAD, side, side)
    is_broken = bool(tile.error) or (photo is not None and photo.isNull())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color("raised" if is_broken else "mat"))
    painter.drawRoundedRect(mat, 4, 4)
    if is_broken:
        _draw_broken(painter, mat, tokens, tile.error)
    elif photo is not None:
        painter.drawPixmap(fitted(photo, mat), photo)
    if tile.missing:
        _draw_missing(painter, mat, theme)
    top = PAD + side + CHIP_GAP
    if tile.name:
        painter.setPen(tokens.color("text"))
        text = painter.fontMetrics().elidedText(tile.name, Qt.TextElideMode.ElideMiddle, side)
        painter.drawText(QRect(PAD, top - 2, side, theme.px(NAME)), Qt.AlignmentFlag.AlignCenter, text)
        top += theme.px(NAME)
    for row, chip in enumerate(tile.chips):
        area = QRectF(PAD + 0.5, top + row * (theme.px(CHIP) + CHIP_GAP) + 0.5, side - 1, theme.px(CHIP) - 1)
        draw_chip(painter, area, chip, tokens)
    painter.end()
    return pixmap


def _draw_missing(painter: QPainter, mat: QRect, theme: Theme) -> None:
    """A flag on the photo of a file that is not there."""
    text, tokens = tr("Missing"), theme.tokens
    height = theme.px(20)
    width = height + painter.fontMetrics().horizontalAdvance(text) + 8
    area = QRectF(mat.left() + 4, mat.bottom() - height - 3, min(width, mat.width() - 8), height)
    painter.setPen(QPen(tokens.color("line"), 1))
    painter.setBrush(tokens.color("raised"))
    painter.drawRoundedRect(area, 4, 4)
    paint_icon(painter, "unlink", QRectF(area.left() + 4, area.center().y() - 7, 14, 14), tokens.color("warning"))
    painter.setPen(tokens.color("text"))
    painter.drawText(area.adjusted(height, 0, -2, 0), Qt.AlignmentFlag.AlignVCenter, text)


def fitted(photo: QPixmap, area: QRect) -> QRect:
    """Where a photo lies in an area: whole, centered, never enlarged beyond twice."""
    size = photo.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    limit = photo.size() * 2
    if size.width() > limit.width():
        size = limit
    out = QRect(0, 0, size.width(), size.height())
    out.moveCenter(area.center())
    return out


def _draw_broken(painter: QPainter, mat: QRect, tokens: Tokens, reason: str) -> None:
    painter.setPen(QPen(tokens.color("dim"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet = QRectF(0, 0, 30, 38)
    sheet.moveCenter(QRectF(mat).center() - QPointF(0, mat.height() * 0.18 if reason else 0))
    painter.drawRoundedRect(sheet, 3, 3)
    center = sheet.center()
    painter.setPen(QPen(tokens.color("error"), 2.5))
    painter.drawLine(center + QPointF(-6, -6), center + QPointF(6, 6))
    painter.drawLine(center + QPointF(6, -6), center + QPointF(-6, 6))
    if reason:
        words = QRectF(mat.left() + 8, sheet.bottom() + 8, mat.width() - 16, mat.bottom() - sheet.bottom() - 12)
        painter.setPen(tokens.color("dim"))
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWrapAnywhere, reason)


def draw_chip(painter: QPainter, area: QRectF, chip: Chip, tokens: Tokens) -> None:
    """A chip: filled for a label, outlined with a bar for a suggestion, hatched for unknown."""
    if chip.kind == "none":
        return
    text_color = tokens.color("text")
    if chip.kind in ("label", "exemplar"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("chip"))
        painter.drawRoundedRect(area, 5, 5)
        text_color = tokens.color("chip_text")
    elif chip.kind == "unknown":
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.setBrush(QBrush(tokens.color("line"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(area, 5, 5)
        text_color = tokens.color("dim")
    else:
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 5, 5)
        bar = QRectF(area.left() + 4, area.bottom() - 3, (area.width() - 8) * chip.confidence, 2)
        painter.fillRect(bar, tokens.color("dim"))
    left = area.left() + 6
    if chip.swatch:
        draw_swatch(painter, QRectF(left, area.center().y() - 6.5, 13, 13), chip.swatch, chip.crop)
        left += 19
    right = area.right() - 6
    if chip.kind == "exemplar":
        _draw_star(painter, QPointF(right - 5, area.center().y()), 5.5, text_color)
        right -= 15
    if chip.doubted:
        _draw_triangle(painter, QPointF(right - 5, area.center().y()), tokens.color("warning"))
        right -= 15
    painter.setPen(text_color)
    metrics = QFontMetrics(painter.font())
    if chip.kind == "suggestion":
        percent = percent_text(chip.confidence)
        painter.drawText(
            QRectF(left, area.top(), right - left, area.height()),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            percent,
        )
        right -= metrics.horizontalAdvance(percent) + 6
    text = metrics.elidedText(chip.text, Qt.TextElideMode.ElideRight, int(right - left))
    painter.drawText(QRectF(left, area.top(), right - left, area.height()), Qt.AlignmentFlag.AlignVCenter, text)


def draw_swatch(painter: QPainter, area: QRectF, color: str, crop: QPixmap | None) -> None:
    """A class's color or crop with a gray rim, so that it never touches the accent."""
    if crop is not None:
        path = QPainterPath()
        path.addRoundedRect(area, 3, 3)
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(area, crop, QRectF(crop.rect()))
        painter.restore()
    painter.setPen(QPen(QColor("#808080"), 1))
    painter.setBrush(QBrush(QColor(color)) if crop is None else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRoundedRect(area, 3, 3)


def _draw_star(painter: QPainter, center: QPointF, radius: float, color: QColor) -> None:
    import math

    points = [
        center + QPointF(r * math.sin(i * math.pi / 5), -r * math.cos(i * math.pi / 5))
        for i, r in enumerate([radius, radius * 0.45] * 5)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF(points))


def _draw_triangle(painter: QPainter, center: QPointF, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([center + QPointF(0, -5), center + QPointF(5.5, 4.5), center + QPointF(-5.5, 4.5)]))


def draw_header(painter: QPainter, area: QRect, title: str, count: int, tokens: Tokens) -> None:
    """A group's name, how many images it has, and a line to the border."""
    plain = painter.font()
    bold = QFont(plain)
    bold.setBold(True)
    painter.setFont(bold)
    painter.setPen(tokens.color("text"))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, title)
    left = area.left() + painter.fontMetrics().horizontalAdvance(title) + 12
    painter.setFont(plain)
    painter.setPen(tokens.color("dim"))
    painter.drawText(area.adjusted(left - area.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, number(count))
    left += painter.fontMetrics().horizontalAdvance(number(count)) + 12
    painter.setPen(QPen(tokens.color("line"), 1))
    painter.drawLine(left, area.center().y(), area.right(), area.center().y())


def stack_picture(photos: Sequence[QPixmap | None], count: int, tokens: Tokens, ratio: float) -> QPixmap:
    """What hangs on the mouse during a drag: the first photos as a pile, and how many there are."""
    out = QPixmap(QSize(110, 110) * ratio)
    out.setDevicePixelRatio(ratio)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    for i, photo in reversed(list(enumerate(photos))):
        area = QRect(8 * i, 8 * i, 84, 84)
        painter.fillRect(area, tokens.color("mat"))
        if photo is not None and not photo.isNull():
            painter.drawPixmap(fitted(photo, area), photo)
    text = number(count)
    badge = QRect(64, 0, max(28, painter.fontMetrics().horizontalAdvance(text) + 14), 22)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color("accent"))
    painter.drawRoundedRect(badge, 11, 11)
    painter.setPen(tokens.color("accent_text"))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return out
