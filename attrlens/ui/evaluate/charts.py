"""The panel's two charts, on pyqtgraph: it is imported when the first is made, not at the start of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from attrlens.ui.theme import Theme

HEIGHT = 220


class Chart(QWidget):
    """A plot in the theme's colors, as wide as there is room."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(260)
        self._plot: Any = None
        self._draw: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._again)

    def _again(self) -> None:
        if self._draw is not None:
            self._draw()

    def _fresh(self, x_title: str, y_title: str) -> Any:
        """An empty plot with axes in the theme's colors."""
        import pyqtgraph as pg

        tokens = self._theme.tokens
        if self._plot is None:
            self._plot = pg.PlotWidget()
            self._plot.setMenuEnabled(False)
            self._plot.setMouseEnabled(False, False)
            self._plot.hideButtons()
            self._plot.setAntialiasing(True)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._plot)
        plot = self._plot
        plot.clear()
        plot.setBackground(tokens.color("window"))
        plot.showGrid(x=False, y=True, alpha=0.15)
        for side, title in (("bottom", x_title), ("left", y_title)):
            axis = plot.getAxis(side)
            axis.setPen(tokens.color("line"))
            axis.setTextPen(tokens.color("dim"))
            axis.setLabel(title, color=tokens.dim)
        return plot

    def show_reliability(self, bins: Sequence[Mapping[str, float]]) -> None:
        """Confidence against share right."""
        self._draw = lambda: self._draw_reliability(bins)
        self._draw()

    def _draw_reliability(self, bins: Sequence[Mapping[str, float]]) -> None:
        import pyqtgraph as pg

        tokens = self._theme.tokens
        plot = self._fresh("Confidence, %", "Right, %")
        line = pg.mkPen(tokens.color("dim"), width=1, style=pg.QtCore.Qt.PenStyle.DashLine)
        plot.plot([0, 100], [0, 100], pen=line)
        most = max((b["images"] for b in bins), default=1)
        fill = tokens.color("text")
        fill.setAlphaF(0.55)
        spots = [
            {"pos": (100 * b["confidence"], 100 * b["right"]), "size": 8 + 14 * (b["images"] / most) ** 0.5}
            for b in bins
        ]
        dots = pg.ScatterPlotItem(spots, brush=pg.mkBrush(fill), pen=pg.mkPen(None))
        plot.addItem(dots)
        plot.getAxis("bottom").setTicks([[(20 * i, f"{20 * i}") for i in range(6)]])
        plot.setXRange(0, 108, padding=0)
        plot.setYRange(-4, 112, padding=0)

    def show_curve(self, points: Sequence[Mapping[str, float]]) -> None:
        """Accuracy by number of exemplars, with the band of least and most."""
        self._draw = lambda: self._draw_curve(points)
        self._draw()

    def _draw_curve(self, points: Sequence[Mapping[str, float]]) -> None:
        import pyqtgraph as pg

        tokens = self._theme.tokens
        plot = self._fresh("Exemplars a class", "Right, %")
        places = list(range(len(points)))
        band = tokens.color("text")
        band.setAlphaF(0.15)
        curves = [pg.PlotCurveItem(places, [100 * p[key] for p in points]) for key in ("least", "most")]
        plot.addItem(pg.FillBetweenItem(*curves, brush=pg.mkBrush(band)))
        pen = pg.mkPen(tokens.color("text"), width=2)
        plot.plot(places, [100 * p["accuracy"] for p in points], pen=pen, symbol="o", symbolSize=7,
                  symbolBrush=tokens.color("text"), symbolPen=None)  # fmt: skip
        plot.getAxis("bottom").setTicks([[(i, f"{p['exemplars']:.0f}") for i, p in enumerate(points)]])
        low = min((100 * p["least"] for p in points), default=0)
        plot.setYRange(max(0, low - 5), 101, padding=0)
        plot.setXRange(-0.3, len(points) - 0.7, padding=0)
