"""Write the map, the grid and what is known of them to files, in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from attrlens.core.export import canvas as files
from attrlens.core.export.files import replacing_bytes
from attrlens.core.export.pictures import Pictures
from attrlens.core.export.png import PngWriter
from attrlens.core.layout.gridcut import gridcut
from attrlens.core.token import Token
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.canvas import Canvas
from attrlens.state.document import Document
from attrlens.state.notices import Notice, Notices
from attrlens.state.settings import Settings
from attrlens.words import words

What = Literal["map png", "grid png", "map svg", "grid svg", "layout", "measures"]


class CanvasExport(QObject):
    """Exports of the active attribute's layout.

    Signals
    -------
    written(str path)
    """

    written = Signal(str)

    def __init__(self, document: Document, canvas: Canvas, lanes: Lanes, notices: Notices, settings: Settings) -> None:
        super().__init__()
        self._document, self._canvas, self._lanes = document, canvas, lanes
        self._notices, self._settings = notices, settings

    def write(self, what: What, path: Path, width: int = 4096) -> Job | None:
        """Write one file; None where there is no layout, or no measures.

        Parameters
        ----------
        what : str
        path : Path
            A layout becomes Parquet where its file is called so, measures CSV.
        width : int
            Of a PNG, in pixels.
        """
        document, canvas, layout, colors = self._document, self._canvas, self._canvas.layout, self._canvas.coloring()
        measures = canvas.measures
        if layout is None or colors is None or (what == "measures" and measures is None):
            return None
        catalog, cache, attribute = document.catalog, document.thumbnails, layout.attribute
        name, limit = document.model.attributes[attribute].name, self._settings.get("max_pixels")
        paths = {slot: document.images[slot].path for slot in layout.slots.tolist()}
        classes = np.maximum(document.decided(attribute)[layout.slots], 0)
        titles = {row.id: row.name for row in document.model.classes_of(attribute)}
        aspect, gutters, pictures = canvas.aspect, canvas.gutters, canvas.pictures

        def work(token: Token, emit: Emit) -> str:
            grid = gridcut(layout.places, layout.slots, layout.clusters, aspect=aspect, gutters=gutters, token=token)
            sheet = files.Sheet(
                f"{catalog.name} · {name}", layout.slots, layout.places, grid, colors, Pictures(cache, paths, limit)
            )
            does: dict[What, Callable[[], None]] = {
                "map png": lambda: files.write_map_png(sheet, path, width, token, pictures=pictures),
                "grid png": lambda: files.write_grid_png(sheet, path, width, token),
                "map svg": lambda: files.write_map_svg(sheet, path, token),
                "grid svg": lambda: files.write_grid_svg(sheet, path, token),
                "layout": lambda: files.write_layout(
                    files.layout_columns(layout, grid, paths, classes, titles, colors), path
                ),
                "measures": lambda: files.write_metrics(files.metrics(layout, name, measures or {}), path),
            }
            does[what]()
            return str(path)

        job = Job(words("Writing {name}", name=path.name), work)
        job.succeeded.connect(self._on_written)
        job.failed.connect(self._notices.error)
        document.closing.connect(job.cancel)
        self._lanes.files.submit(job)
        return job

    def write_image(self, image: QImage, path: Path) -> Job:
        """Write what a widget shows as PNG."""
        plain = image.convertToFormat(QImage.Format.Format_RGB888)
        lines = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
        pixels = lines[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()

        def work(token: Token, emit: Emit) -> str:
            with replacing_bytes(path) as stream:
                writer = PngWriter(stream, pixels.shape[1], pixels.shape[0])
                writer.write(pixels)
                writer.close()
            return str(path)

        job = Job(words("Writing {name}", name=path.name), work)
        job.succeeded.connect(self._on_written)
        job.failed.connect(self._notices.error)
        self._lanes.files.submit(job)
        return job

    def _on_written(self, path: str) -> None:
        self._notices.show(Notice(words("Written to {path}.", path=path)))
        self.written.emit(path)
