"""pyqtgraph in the theme's colors. Its import is done by a lane before a chart is shown (`Inside.ask_charts`)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent

from attrlens.ui.theme import Theme


def chart(theme: Theme, name: str, bottom: str, left: str, *, small: bool = False) -> Any:
    """An empty chart that can be zoomed and panned; a pyqtgraph PlotWidget.

    Parameters
    ----------
    theme : Theme
    name : str
        For screen readers.
    bottom, left : str
        What goes across and what goes up.
    small : bool
        One of several: no zoom by mouse.
    """
    import pyqtgraph

    out = pyqtgraph.PlotWidget()
    out.setAccessibleName(name)
    out.setMenuEnabled(False)
    out.hideButtons()
    out.setMouseEnabled(x=not small, y=False)
    out.labels_ = bottom, left
    zoom = out.wheelEvent

    def wheel(event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not small:
            zoom(event)
        else:
            event.ignore()  # the page scrolls

    out.wheelEvent = wheel
    paint(out, theme)
    return out


def paint(plot: Any, theme: Theme) -> None:
    """Give a chart the theme's colors, and its labels."""
    tokens = theme.tokens
    plot.setBackground(tokens.window)
    bottom, left = plot.labels_
    style = {"color": tokens.dim, "font-size": f"{theme.px(12)}px"}
    plot.setLabel("bottom", bottom, **style)
    plot.setLabel("left", left, **style)
    for side in ("bottom", "left"):
        axis = plot.getAxis(side)
        axis.setPen(tokens.line)
        axis.setTextPen(tokens.dim)
        axis.enableAutoSIPrefix(False)


def pen(color: str, width: float = 1.5, *, dashed: bool = False) -> Any:
    """A pen for a curve."""
    import pyqtgraph

    return pyqtgraph.mkPen(color, width=width, style=Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)


def curve(plot: Any, x: Any, y: Any, color: str, *, dots: bool = False) -> Any:
    """Draw a line."""
    extra = {"symbol": "o", "symbolSize": 5, "symbolBrush": color, "symbolPen": None} if dots else {}
    return plot.plot(list(x), y, pen=pen(color), antialias=True, **extra)
