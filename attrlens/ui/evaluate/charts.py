"""The panel's two charts, painted directly: two curves need no plotting library, whose import would hold the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from attrlens.ui.theme import Theme, Tokens
from attrlens.words import number, tr

HEIGHT = 220
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 10, 42
"""Margins, in pixels at a text size of 100 %: they hold the texts of the axes."""

Ticks = Sequence[tuple[float, str]]


class Chart(QWidget):
    """Axes in percent, in the theme's colors.

    Parameters
    ----------
    theme : Theme
    name : str
        For screen readers.
    title : str
        Below the axis: what goes across and what goes up.
    """

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__()
        self._theme, self._title = theme, title
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._x_ticks: Ticks = ()
        self._y_ticks: Ticks = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        px = self._theme.px
        self.setFixedHeight(HEIGHT + px(TOP + BOTTOM) - TOP - BOTTOM)
        self.setMinimumWidth(max(px(240), px(LEFT + RIGHT) + self.fontMetrics().horizontalAdvance(self._title)))
        self.update()

    def _place(self, x: float, y: float) -> QPointF:
        """Where a point of the data is on the widget."""
        px = self._theme.px
        width, height = self.width() - px(LEFT) - px(RIGHT), self.height() - px(TOP) - px(BOTTOM)
        across = (x - self._x[0]) / ((self._x[1] - self._x[0]) or 1)
        up = (y - self._y[0]) / ((self._y[1] - self._y[0]) or 1)
        return QPointF(px(LEFT) + width * across, px(TOP) + height * (1 - up))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        self._paint_axes(painter, tokens)
        self._paint_data(painter, tokens)
        painter.end()

    def _paint_axes(self, painter: QPainter, tokens: Tokens) -> None:
        px = self._theme.px
        line = QPen(tokens.color("line"), 1)
        bottom = self.height() - px(BOTTOM)
        for value, text in self._y_ticks:
            y = self._place(0, value).y()
            painter.setPen(line)
            painter.drawLine(QPointF(px(LEFT), y), QPointF(self.width() - px(RIGHT), y))
            painter.setPen(tokens.color("dim"))
            area = QRectF(0, y - px(9), px(LEFT) - 6, px(18))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(tokens.color("dim"))
        for value, text in self._x_ticks:
            x = self._place(value, 0).x()
            painter.drawText(QRectF(x - px(30), bottom + 3, px(60), px(16)), Qt.AlignmentFlag.AlignCenter, text)
        area = QRectF(px(LEFT), bottom + px(22), self.width() - px(LEFT) - px(RIGHT), px(18))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._title)

    def _paint_data(self, painter: QPainter, tokens: Tokens) -> None:
        """What stands between the axes: each chart paints its own."""


class Reliability(Chart):
    """Confidence against share right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Confidence against share right"), tr("Confidence, %   (up: right, %)"))
        self._bins: Sequence[Mapping[str, float]] = ()
        self._x, self._y = (0.0, 1.04), (-0.02, 1.06)
        self._x_ticks = self._y_ticks = [(i / 5, f"{20 * i}") for i in range(6)]

    def show_bins(self, bins: Sequence[Mapping[str, float]]) -> None:
        """Show the bins of a calibration."""
        self._bins = bins
        said = [
            tr("{confidence:.0%} confident, {right:.0%} right", confidence=b["confidence"], right=b["right"])
            for b in bins
        ]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def _paint_data(self, painter: QPainter, tokens: Tokens) -> None:
        painter.setPen(QPen(tokens.color("dim"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(self._place(0, 0), self._place(1, 1))
        fill = tokens.color("text")
        fill.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        most = max((b["images"] for b in self._bins), default=1)
        for b in self._bins:
            radius = 4 + 7 * (b["images"] / most) ** 0.5
            painter.drawEllipse(self._place(b["confidence"], b["right"]), radius, radius)


class Curve(Chart):
    """Accuracy by number of exemplars, in the band of the least and the most."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Accuracy by number of exemplars"), tr("Exemplars a class   (up: right, %)"))
        self._points: Sequence[Mapping[str, float]] = ()

    def show_points(self, points: Sequence[Mapping[str, float]]) -> None:
        """Show a learning curve."""
        self._points = points
        low = min((p["least"] for p in points), default=0.0)
        floor = next((f for f in (0.9, 0.8, 0.6, 0.4, 0.2) if low >= f), 0.0)
        self._x, self._y = (-0.3, len(points) - 0.7), (floor, 1.0)
        self._x_ticks = [(i, number(p["exemplars"], ".0f")) for i, p in enumerate(points)]
        steps = 5 if floor in (0.0, 0.9) else 4
        self._y_ticks = [(floor + (1 - floor) * i / steps, f"{100 * (floor + (1 - floor) * i / steps):.0f}")
                         for i in range(steps + 1)]  # fmt: skip
        said = [
            tr("{share:.0%} right with {count:.0f} exemplars a class", share=p["accuracy"], count=p["exemplars"])
            for p in points
        ]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def _paint_data(self, painter: QPainter, tokens: Tokens) -> None:
        if not self._points:
            return
        band = tokens.color("text")
        band.setAlphaF(0.15)
        ring = [self._place(i, p["most"]) for i, p in enumerate(self._points)]
        ring += reversed([self._place(i, p["least"]) for i, p in enumerate(self._points)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawPolygon(QPolygonF(ring))
        middle = [self._place(i, p["accuracy"]) for i, p in enumerate(self._points)]
        painter.setPen(QPen(tokens.color("text"), 2))
        painter.drawPolyline(QPolygonF(middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("text"))
        for point in middle:
            painter.drawEllipse(point, 3.5, 3.5)
