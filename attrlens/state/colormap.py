"""Numbers as colors on the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from attrlens.core.inside.colormap import colored

Array = np.ndarray[Any, Any]


def heat_image(values: Array) -> QImage:
    """A map of shape (h, w) as an image with alpha; see `colored`."""
    out = colored(values)
    height, width = values.shape
    return QImage(out.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
