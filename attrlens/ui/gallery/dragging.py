"""Begin a drag of images: to classes and folders of this window, and to any other program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from attrlens.state.document import Document
from attrlens.state.thumbnails import ThumbnailProvider
from attrlens.ui import drag
from attrlens.ui.gallery.tiles import stack_picture
from attrlens.ui.theme import Theme


def start_drag(
    source: QWidget, document: Document, thumbnails: ThumbnailProvider, theme: Theme, slots: Sequence[int]
) -> None:
    """Carry images until they are dropped or Esc is pressed; others only ever get a copy."""
    if not slots:
        return
    operation = QDrag(source)
    operation.setMimeData(drag.of_images(document, slots))
    photos = [thumbnails.get(slot) for slot in slots[:3]]
    operation.setPixmap(stack_picture(photos, len(slots), theme.tokens, source.devicePixelRatioF()))
    operation.setHotSpot(QPoint(-14, -14))  # below the cursor: the target and its words stay in sight
    operation.exec(Qt.DropAction.CopyAction)
