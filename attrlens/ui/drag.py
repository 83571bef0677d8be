"""What is carried by a drag: image slots for ourselves, files for everyone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from attrlens.state.document import Document

MIME = "application/x-attrlens-images"


def encode(catalog: str, slots: Sequence[int], paths: Sequence[str]) -> QMimeData:
    """Mime data for images of the gallery.

    Parameters
    ----------
    catalog : str
        Path of the catalog: slots mean nothing in another.
    slots : sequence of int
    paths : sequence of str
    """
    data = QMimeData()
    data.setData(MIME, json.dumps({"catalog": catalog, "slots": list(slots)}).encode())
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def of_images(document: Document, chosen: Sequence[int]) -> QMimeData:
    """Mime data for images of the open catalog; missing files are of no use to other programs."""
    images = [document.images[slot] for slot in chosen]
    return encode(str(document.catalog.path), chosen, [image.path for image in images if not image.missing])


def slots(data: QMimeData, catalog: str) -> list[int]:
    """Slots carried, if they are of this catalog."""
    if not data.hasFormat(MIME):
        return []
    try:
        carried = json.loads(bytes(data.data(MIME).data()))
        return [int(slot) for slot in carried["slots"]] if carried["catalog"] == catalog else []
    except (ValueError, KeyError, TypeError):
        return []


def is_of(data: QMimeData, catalog: str) -> bool:
    """Whether images of this catalog are carried."""
    return bool(slots(data, catalog))


def files(data: QMimeData | None) -> list[Path]:
    """Local files and folders carried; an empty clipboard carries nothing."""
    return [] if data is None else [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def carried(data: QMimeData, document: Document) -> tuple[list[int], list[Path]]:
    """What a drag carries for the open catalog: images of it, or else files from outside."""
    if not document.is_open:
        return [], []
    inside = slots(data, str(document.catalog.path))
    return inside, [] if inside else files(data)
