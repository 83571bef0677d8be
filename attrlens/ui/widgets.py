"""Small helpers that make widgets in one line."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str) -> W:
    """Give a widget the object name the style sheet knows it by, and let it paint its background."""
    widget.setObjectName(name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


def label(text: str = "", name: str = "", *, wrap: bool = False, center: bool = False) -> QLabel:
    """A label of plain text.

    Parameters
    ----------
    text : str
    name : str
        Object name, for the style sheet.
    wrap : bool
        Break long lines.
    center : bool
    """
    out = QLabel(text)
    out.setObjectName(name)
    out.setTextFormat(Qt.TextFormat.PlainText)
    out.setWordWrap(wrap)
    if center:
        out.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return out
