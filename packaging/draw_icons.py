"""Draw resources/attrlens.svg as the icon files that Windows and macOS want: ``draw_icons.py FOLDER``."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(folder: Path) -> None:
    """Write attrlens.png, attrlens.ico and attrlens.icns."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication([])
    image = QImage(1024, 1024, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(ROOT / "resources" / "attrlens.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as drawn:
        drawn.resize((256, 256), Image.Resampling.LANCZOS).save(folder / "attrlens.png")
        drawn.save(folder / "attrlens.ico", sizes=[(side, side) for side in (16, 24, 32, 48, 64, 128, 256)])
        drawn.save(folder / "attrlens.icns")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
