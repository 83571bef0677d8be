"""Numbers and pixels as Qt's images."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from attrlens.core.inside.colormap import MapName, colored

Array = np.ndarray[Any, Any]


def heat_image(
    values: Array, name: MapName = "inferno", low: float | None = None, high: float | None = None, gamma: float = 1.0
) -> QImage:
    """A map of shape (h, w) as an image with alpha; see `colored`."""
    return rgba_image(colored(values, name, low, high, gamma))


def rgba_image(pixels: Array) -> QImage:
    """Pixels of shape (h, w, 4), dtype uint8."""
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()


def rgb_image(pixels: Array) -> QImage:
    """Pixels of shape (h, w, 3), dtype uint8."""
    height, width = pixels.shape[:2]
    return QImage(np.ascontiguousarray(pixels).tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
