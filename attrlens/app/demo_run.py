"""The whole main job without a display, in the real window: what a machine with no screen can still show."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from attrlens.core.demo.garments import FOLDERS, NOTE, generate, read_truth
from attrlens.core.export.report import write_report
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words

if TYPE_CHECKING:
    from attrlens.app.main import App

EXEMPLARS = 20
"""Exemplars a class in the demo: 20 of the 80 garments of a color, so that three quarters test it."""

PATIENCE = 600
"""Seconds a step may take."""


def run_offscreen(out: Path, images: int, progress: Callable[[int, int, str], None]) -> Iterator[str]:
    """Draw the demo, import it, make classes, drop a second folder, export, close, reopen.

    Parameters
    ----------
    out : Path
        Gets ``report.html``, ``results.csv``, pictures of the window, the images and the catalog.
    images : int
    progress : callable
        (done, total, text) for the drawing.

    Yields
    ------
    str
        A line for each step.

    Raises
    ------
    AttrLensError
        If a step does not come to its end.
    """
    out = out.resolve()
    began = time.monotonic()
    garments = generate(out, Token(progress), images)
    yield f"{len(garments):,} synthetic garments drawn in {time.monotonic() - began:.0f} s: {out}"
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from attrlens.app.main import App
    from attrlens.app.start import make_qt

    qt = make_qt()
    app = App(qt, out / "settings.json")
    unexpected: list[str] = []
    sys.excepthook = lambda kind, value, trace: unexpected.append(f"{kind.__name__}: {value}")
    try:
        yield from _work(app, out)
    finally:
        app.window.hide()
        app.close()
        sys.excepthook = sys.__excepthook__
    if unexpected:
        raise AttrLensError(f"The window met a defect ({unexpected[0]}).", "The log has the details.")


def _work(app: App, out: Path) -> Iterator[str]:
    pictures: list[tuple[str, Path]] = []
    truth = read_truth(out)
    document, window = app.document, app.window

    def picture(name: str, caption: str) -> None:
        path = out / f"{len(pictures) + 1}-{name}.png"
        if not window.grab().save(str(path)):
            raise AttrLensError(f"{path} could not be written.", "Check the free space of the disk.")
        pictures.append((caption, path))

    def settled() -> bool:
        return not app.workbench.describing and not app.workbench.waiting and app.lanes.idle

    app.settings.set("theme", "light")
    window.resize(1280, 800)
    window.show()
    _wait("paint the window", lambda: window.has_painted)
    picture("welcome", words("The first page."))
    app.workbench.open(out / "demo.attrlens", create=True)
    _wait("open the catalog", lambda: document.is_open)
    began = time.monotonic()
    _import(app, out / FOLDERS[0], "describe the first images", lambda: document.described > 40 or settled())
    picture("importing", words("Importing: every image is described once."))
    _wait("describe the images", settled)
    seconds = time.monotonic() - began
    yield f"{document.described:,} images imported and described in {seconds:.0f} s"

    if not document.model.classes:  # a second run finds those of the first
        document.make_demo_classes(truth, EXEMPLARS)
    _wait("classify", settled)
    _pause(400)  # the gallery gathers changes for a moment
    _wait("load pictures", settled)
    _select_suggestion(app)
    _wait("load the photo", settled)
    picture("classified", words("A few exemplars a class: every image has a suggestion, at once."))
    exemplars = sum(map(len, document.model.exemplars.values()))
    yield f"{len(document.model.classes)} classes made from {exemplars:,} exemplars; every image classified"

    _import(app, out / FOLDERS[1], "classify the second folder", settled)
    app.view.set_grouping("class")
    texture = document.model.attribute_named("Texture")
    if texture is not None:
        app.view.set_attribute(texture.id)
    app.settings.set("theme", "dark")
    _pause(400)
    _wait("load pictures", settled)
    picture("second-folder", words("A second folder, dropped and classified; grouped by texture."))
    later = sum(f"/{FOLDERS[1]}/" in Path(image.path).as_posix() for image in document.images)
    yield f"{later:,} images of a second folder classified"

    app.workbench.export_csv(out / "results.csv")
    _wait("export", settled)
    agreed = write_report(document.catalog, document.thumbnails, out / "report.html", truth, pictures, NOTE)
    for name, (right, scored) in agreed.items():
        share = f"{right:,} of {scored:,} synthetic images that are no exemplars right ({right / max(scored, 1):.1%})"
        yield f"{name}: {share}"

    exemplars, images = sum(map(len, document.model.exemplars.values())), len(document.images)
    app.workbench.close_catalog()
    app.workbench.open(out / "demo.attrlens")
    _wait("reopen the catalog", lambda: document.is_open and settled())
    same = exemplars == sum(map(len, document.model.exemplars.values())) and images == len(document.images)
    if not same:
        raise AttrLensError("The reopened catalog is not the one that was closed.", "This is a defect of AttrLens.")
    yield "closed and reopened: nothing lost"
    yield f"report.html, results.csv and {len(pictures)} pictures of the window are in {out}"


def _select_suggestion(app: App) -> None:
    """Select an image with a sure suggestion, so that the picture shows the inspector at work."""
    attribute = app.view.attribute
    labels = app.document.model.labels_of(attribute)
    for slot in app.window.panel.gallery.visible_slots():
        suggestion = app.document.suggestion(attribute, slot)
        if slot not in labels and suggestion is not None and suggestion.sure:
            app.selection.set({slot}, slot)
            return


def _import(app: App, folder: Path, what: str, done: Callable[[], bool]) -> None:
    """Import a folder, new or known, and wait until `done` after that."""
    found: list[object] = []
    app.workbench.imported.connect(found.append)
    app.workbench.import_paths([folder])
    _wait(what, lambda: bool(found) and done())
    app.workbench.imported.disconnect(found.append)


def _wait(what: str, done: Callable[[], bool]) -> None:
    """Run the event loop until `done`, and say which step did not end."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    end = time.monotonic() + PATIENCE
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > end else None)
    timer.start()
    if not done():
        loop.exec()
    timer.stop()
    if not done():
        raise AttrLensError(f"The demo could not {what} within {PATIENCE} s.", "The log has the details.")


def _pause(milliseconds: int) -> None:
    end = time.monotonic() + milliseconds / 1000
    _wait("pause", lambda: time.monotonic() >= end)
