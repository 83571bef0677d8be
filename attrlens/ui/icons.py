"""Icons of one family (Lucide), drawn in the theme's text color at the screen's own resolution."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from attrlens import paths
from attrlens.ui.theme import Theme

SIZE = 16


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(paths.icon(name).replace("currentColor", color).encode()))


def paint_icon(painter: QPainter, name: str, area: QRectF, color: QColor) -> None:
    """Draw an icon into a square."""
    _renderer(name, color.name()).render(painter, area)


class _Engine(QIconEngine):
    """Asks the theme when it paints, so that a change of theme needs no new icons."""

    def __init__(self, name: str, theme: Theme, token: str) -> None:
        super().__init__()
        self._name, self._theme, self._token = name, theme, token

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "dim" if mode == QIcon.Mode.Disabled else self._token
        painter.save()
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.5)
        paint_icon(painter, self._name, QRectF(rect), self._theme.tokens.color(token))  # type: ignore[call-overload]
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        out = QPixmap(size)
        out.fill(Qt.GlobalColor.transparent)
        painter = QPainter(out)
        self.paint(painter, out.rect(), mode, state)
        painter.end()
        return out

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._theme, self._token)


def icon(name: str, theme: Theme, token: str = "text") -> QIcon:
    """An icon in a color of the theme.

    Parameters
    ----------
    name : str
        Of a file in ``resources/icons``.
    theme : Theme
    token : str
        A color of `Tokens`.
    """
    return QIcon(_Engine(name, theme, token))
