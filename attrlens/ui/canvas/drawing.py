"""Draw a scene: points and landmarks of the map, pictures and tiles of the grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from attrlens.core.layout import paint
from attrlens.state.pictures import LEVELS, SQUARED, TILE, CanvasPictures, Mosaic
from attrlens.ui.canvas.scene import Scene, Size
from attrlens.ui.theme import Tokens

Array = np.ndarray[Any, Any]

LARGEST = 320
"""Side of a picture on the map, at most."""

TINY = 32
"""Device pixels of a cell up to which the grid is drawn by tiles."""

FADE = 0.16
"""How much is left of the color of an image that is filtered out."""


@dataclass(frozen=True)
class Marks:
    """What is emphasized.

    Attributes
    ----------
    selected : ndarray of shape (n,), dtype bool
    current, hovered : int
        Index of an image, -1 for none.
    """

    selected: Array
    current: int
    hovered: int


def radius_for(n: int, zoom: float, size: Size) -> float:
    """Radius of a point: smaller for many images in a small view, larger near by; in logical pixels."""
    room = (size[0] * size[1] / (4 * max(n, 1))) ** 0.5
    return float(min(7.0, min(5.5, max(1.5, 0.35 * room)) * max(1.0, zoom) ** 0.3))


def landmark_for(zoom: float, size: Size) -> float:
    """Side of a picture on the map; in logical pixels."""
    return float(min(LARGEST, min(96.0, max(34.0, min(size) / 13)) * max(1.0, zoom) ** 0.5))


class MapDrawing:
    """Draws the map, and remembers where pictures are."""

    def __init__(self, pictures: CanvasPictures) -> None:
        self._pictures = pictures
        self.landmarks: list[int] = []
        self.side = 0.0

    def draw(
        self, painter: QPainter, scene: Scene, xy: Array, size: Size, ratio: float, marks: Marks, tokens: Tokens,
        with_pictures: bool,
    ) -> None:  # fmt: skip
        """Draw on a painter of logical pixels; `xy` are the images' places on the view."""
        radius = radius_for(len(scene), scene.zoom, size)
        self.side = landmark_for(scene.zoom, size)
        self._choose(scene, xy, size, with_pictures)
        image = self.points(scene, xy, size, ratio, radius, marks, tokens)
        painter.drawImage(0, 0, image)
        side = self._pictures.side_for(self.side * ratio)
        for index in self.landmarks:
            self._draw_landmark(painter, scene, index, xy[index], side, marks, tokens)
        for index, width in ((marks.hovered, 1.5), (marks.current, 2.0)):
            if index >= 0 and index not in self.landmarks:
                painter.setPen(QPen(tokens.color("text"), width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                reach = radius + 3
                painter.drawEllipse(QRectF(xy[index][0] - reach, xy[index][1] - reach, 2 * reach, 2 * reach))
        self._pictures.want([int(scene.slots[i]) for i in self.landmarks], side)

    def _choose(self, scene: Scene, xy: Array, size: Size, with_pictures: bool) -> None:
        """Pictures that can be shown: those shown already first, so that nothing flickers while it moves."""
        if not with_pictures:
            self.landmarks = []
            return
        half = self.side / 2
        inside = scene.shown & (xy > (-half, -half)).all(1) & (xy < (size[0] + half, size[1] + half)).all(1)
        some = np.flatnonzero(inside)
        some = some[np.argsort(scene.rank[some], kind="stable")]
        place = np.full(len(xy), -1)
        place[some] = np.arange(len(some))
        before = [i for i in place[[index for index in self.landmarks if index < len(xy)]].tolist() if i >= 0]
        self.landmarks = some[paint.landmarks(xy[some], self.side + 6, before, most=600)].tolist()

    @staticmethod
    def points(
        scene: Scene, xy: Array, size: Size, ratio: float, radius: float, marks: Marks, tokens: Tokens
    ) -> QImage:
        """All images as points, opaque: what is filtered out first and faintly, what is selected last."""
        width, height = max(1, round(size[0] * ratio)), max(1, round(size[1] * ratio))
        background = paint.argb(tokens.window)
        buffer = np.full((height, width), background, np.uint32)
        places, r = xy * ratio, radius * ratio
        rim = paint.argb("#6a6a6a" if not tokens.is_dark else "#909090")
        faint = np.flatnonzero(~scene.shown)
        if len(faint):
            paint.draw_points(buffer, places[faint], paint.faded(scene.colors[faint], background, FADE), r * 0.8)
        plain = np.flatnonzero(scene.shown & ~marks.selected)  # (what is switched off is not seen to be selected)
        plain = plain[np.lexsort((scene.rank[plain], ~scene.rest[plain]))]  # the rest below the others
        edge = max(1.0, r * 0.22)
        paint.draw_points(buffer, places[plain], np.full(len(plain), rim, np.uint32), r + edge)
        paint.draw_points(buffer, places[plain], scene.colors[plain], r)
        chosen = np.flatnonzero(marks.selected & scene.shown)
        # Two rings without a color: the accent would not be seen on images of its own color.
        for color, reach in ((tokens.text, 3.0), (tokens.window, 1.5)):
            ring = np.full(len(chosen), paint.argb(color), np.uint32)
            paint.draw_points(buffer, places[chosen], ring, r + reach * ratio)
        paint.draw_points(buffer, places[chosen], scene.colors[chosen], r)
        image = QImage(buffer.data.cast("B"), width, height, 4 * width, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def _draw_landmark(
        self, painter: QPainter, scene: Scene, index: int, at: Array, side: int, marks: Marks, tokens: Tokens
    ) -> None:
        area = QRectF(at[0] - self.side / 2, at[1] - self.side / 2, self.side, self.side).toRect()
        picture = self._pictures.get(int(scene.slots[index]), side)
        painter.setPen(QPen(QColor("#808080"), 1))
        painter.setBrush(QColor(int(scene.colors[index])))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))  # the gray rim of all swatches: black is seen on black
        inner = area.adjusted(2, 2, -2, -2)
        draw_picture(painter, picture, inner, side, tokens)
        if marks.selected[index] or index in (marks.current, marks.hovered):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.color("window"), 1))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
            painter.setPen(QPen(tokens.color("text"), 3 if index == marks.current else 2))
            painter.drawRect(area.adjusted(-3, -3, 2, 2))

    def at(self, point: tuple[float, float], xy: Array) -> int:
        """The picture at a point, -1 for none."""
        half = self.side / 2
        for index in self.landmarks:
            if abs(xy[index][0] - point[0]) <= half and abs(xy[index][1] - point[1]) <= half:
                return index
        return -1


def draw_picture(painter: QPainter, picture: Any, area: QRect, side: int, tokens: Tokens) -> None:
    """A picture in its place: cut to a square when small, whole when large; its mat while it is on its way."""
    if picture is None or picture.isNull():
        painter.fillRect(area, tokens.color("mat" if picture is None else "raised"))
        if picture is not None:  # it cannot be read
            painter.setPen(QPen(tokens.color("error"), 2))
            middle = area.center()
            painter.drawLine(middle.x() - 4, middle.y() - 4, middle.x() + 4, middle.y() + 4)
            painter.drawLine(middle.x() + 4, middle.y() - 4, middle.x() - 4, middle.y() + 4)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    size = picture.size()
    if side <= SQUARED:
        part = min(size.width(), size.height())
        source = QRect((size.width() - part) // 2, (size.height() - part) // 2, part, part)
        painter.drawPixmap(area, picture, source)
        return
    painter.fillRect(area, tokens.color("mat"))
    fitted = size.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, fitted.width(), fitted.height())
    place.moveCenter(area.center())
    painter.drawPixmap(place, picture)


class GridDrawing:
    """Draws the grid."""

    def __init__(self, pictures: CanvasPictures, mosaic: Mosaic) -> None:
        self._pictures, self._mosaic = pictures, mosaic

    def draw(self, painter: QPainter, scene: Scene, size: Size, ratio: float, marks: Marks, tokens: Tokens) -> None:
        """Draw on a painter of logical pixels."""
        cell = scene.camera.scale
        corner = scene.camera.to_screen(np.zeros(2), size)
        top, bottom, left, right = scene.visible_cells(size)
        if bottom <= top or right <= left:
            return
        if cell * ratio <= TINY * 1.1:
            self._draw_tiles(painter, scene, cell, corner, (top, bottom, left, right), ratio, tokens)
        else:
            self._draw_pictures(painter, scene, cell, corner, (top, bottom, left, right), ratio, tokens)
        self._draw_marks(painter, scene, cell, corner, (top, bottom, left, right), marks, tokens)

    def _draw_tiles(
        self, painter: QPainter, scene: Scene, cell: float, corner: Array, seen: tuple[int, int, int, int],
        ratio: float, tokens: Tokens,
    ) -> None:  # fmt: skip
        level = self._mosaic.level_for(cell * ratio)
        span = TILE // LEVELS[level]
        top, bottom, left, right = seen
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wanted = [
            (level, row, column)
            for row in range(top // span, (bottom - 1) // span + 1)
            for column in range(left // span, (right - 1) // span + 1)
        ]
        for tile in wanted:
            x, y = corner[0] + tile[2] * span * cell, corner[1] + tile[1] * span * cell
            pixmap = self._mosaic.get(tile)
            if pixmap is not None:
                wide, high = pixmap.width() / LEVELS[level] * cell, pixmap.height() / LEVELS[level] * cell
                painter.drawPixmap(QRectF(x, y, wide, high), pixmap, QRectF(pixmap.rect()))
            else:
                wide, high = (min(right, (tile[2] + 1) * span) - tile[2] * span), (bottom - tile[1] * span)
                painter.fillRect(QRectF(x, y, wide * cell, min(high, span) * cell), tokens.color("mat"))
        self._mosaic.want(wanted)
        if cell >= 6:
            self._draw_bars(painter, scene, cell, corner, seen)

    @staticmethod
    def _draw_bars(
        painter: QPainter, scene: Scene, cell: float, corner: Array, seen: tuple[int, int, int, int]
    ) -> None:
        """Below each row of cells, a line of its images' colors: one stretched picture a row."""
        block = scene.block(*seen)
        table = np.where(block >= 0, scene.colors[block], 0).astype(np.uint32)
        width, bar = block.shape[1], max(1.5, cell / 12)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for row, line in enumerate(table, seen[0]):
            image = QImage(line.tobytes(), width, 1, 4 * width, QImage.Format.Format_ARGB32)
            y = corner[1] + (row + 1) * cell - bar
            painter.drawImage(QRectF(corner[0] + seen[2] * cell, y, width * cell, bar), image)

    def _draw_pictures(
        self, painter: QPainter, scene: Scene, cell: float, corner: Array, seen: tuple[int, int, int, int],
        ratio: float, tokens: Tokens,
    ) -> None:  # fmt: skip
        side = self._pictures.side_for(cell * ratio)
        slots = []
        top, _, left, _ = seen
        bar = min(6, max(3, round(cell / 16)))
        for row, line in enumerate(scene.block(*seen).tolist(), top):
            y, below = round(corner[1] + row * cell), round(corner[1] + (row + 1) * cell)
            for column, index in enumerate(line, left):
                if index < 0:
                    continue
                x, after = round(corner[0] + column * cell), round(corner[0] + (column + 1) * cell)
                area = QRect(x, y, after - x - 1, below - y - 1)
                slot = int(scene.slots[index])
                slots.append(slot)
                draw_picture(painter, self._pictures.get(slot, side), area.adjusted(0, 0, 0, -bar), side, tokens)
                color = QColor(int(scene.colors[index]))
                painter.fillRect(QRect(x, area.bottom() - bar + 1, area.width(), bar), color)
        self._pictures.want(slots, side)

    def _draw_marks(
        self, painter: QPainter, scene: Scene, cell: float, corner: Array, seen: tuple[int, int, int, int],
        marks: Marks, tokens: Tokens,
    ) -> None:  # fmt: skip
        top, _, left, _ = seen
        block = scene.block(*seen)
        inside = block >= 0
        overlay = np.zeros(block.shape, np.uint32)
        faded = inside & ~np.where(inside, scene.shown[block], True)
        overlay[faded] = (0xD0 << 24) | (paint.argb(tokens.window) & 0xFFFFFF)
        chosen = inside & np.where(inside, marks.selected[block], False)
        if cell < 14:
            overlay[chosen] = (0xB0 << 24) | (paint.argb(tokens.accent) & 0xFFFFFF)
        if overlay.any():
            height, width = block.shape
            image = QImage(overlay.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            x, y = corner[0] + left * cell, corner[1] + top * cell
            painter.drawImage(QRectF(x, y, width * cell, height * cell), image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if cell >= 14:
            for row, column in np.argwhere(chosen).tolist():
                area = self._cell(corner, cell, row + top, column + left)
                painter.setPen(QPen(tokens.color("window"), 1))
                painter.drawRect(area.adjusted(2, 2, -4, -4))
                painter.setPen(QPen(tokens.color("text"), 2))
                painter.drawRect(area.adjusted(1, 1, -2, -2))
        for index, name, width in ((marks.hovered, "dim", 1.5), (marks.current, "text", 3.0)):
            if index >= 0 and scene.grid is not None:
                row, column = scene.grid.cells[index].tolist()
                painter.setPen(QPen(tokens.color(name), width))
                painter.drawRect(self._cell(corner, cell, row, column).adjusted(0, 0, -1, -1))

    @staticmethod
    def _cell(corner: Array, cell: float, row: int, column: int) -> QRect:
        x, y = round(corner[0] + column * cell), round(corner[1] + row * cell)
        return QRect(x, y, round(corner[0] + (column + 1) * cell) - x, round(corner[1] + (row + 1) * cell) - y)


def draw_lasso(painter: QPainter, polygon: Array, tokens: Tokens) -> None:
    """The line drawn so far, closed."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPolygonF

    fill = tokens.color("accent")
    fill.setAlpha(36)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.color("accent"), 1.5))
    painter.setBrush(QBrush(fill))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in polygon.tolist()]))
