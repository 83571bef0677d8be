"""The workbench: turns what a person asks for into jobs, and their results into the document."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from attrlens import log, paths
from attrlens.core import tasks
from attrlens.core.backbones import registry, weights
from attrlens.core.catalog.rows import ImageRow, Suggestions
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.decisions import ClassifyRequest, Fits, classify, is_stale
from attrlens.core.demo.garments import FOLDERS, NOTE, generate, read_truth
from attrlens.core.export.table import export_csv
from attrlens.core.files import scan
from attrlens.core.recipes import BUILT_IN
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job, State
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document, Opened
from attrlens.state.notices import Choice, Notice, Notices
from attrlens.state.settings import Settings

logger = log.get(__name__)

EXEMPLARS = 80
"""Exemplars taken from a sub-folder that becomes a class."""


@dataclass(frozen=True)
class Imported:
    """What an import found.

    Attributes
    ----------
    rows : list of ImageRow
        New images.
    slots : list of int
        Every image of the sources, new or known.
    roots : dict of int to str
        The source each of them was found in.
    folders : list of str
        Sub-folders that hold images.
    """

    rows: list[ImageRow]
    slots: list[int]
    roots: dict[int, str]
    folders: list[str]
    other_files: int
    problems: list[AttrLensError]


class Workbench(QObject):
    """Import, describe, classify, export, each in its lane.

    Signals
    -------
    imported(Imported)
    exported(str path)
    """

    imported = Signal(object)
    exported = Signal(str)

    def __init__(self, document: Document, lanes: Lanes, notices: Notices, settings: Settings) -> None:
        super().__init__()
        self.document, self.lanes, self.notices, self.settings = document, lanes, notices, settings
        self._engines = tasks.Engines()
        self.fits = Fits()
        self._opening: tuple[Path, Job] | None = None
        self._on_catalog: list[Job] = []
        self._describing: tuple[Catalog, Job] | None = None
        self._describe_again = False
        self._stale: set[int] = set()
        self._classify_seconds = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._classify_stale)
        document.model_changed.connect(self._on_model_changed)
        document.failed.connect(notices.error)

    # Catalogs

    def open(self, path: Path, create: bool = False, then: Callable[[], None] = lambda: None) -> None:
        """Open a catalog in the background; the one open now is closed when the new one is there.

        Parameters
        ----------
        path : Path
        create : bool
            Make it where it is missing.
        then : callable
            Called when it is open; at once if it is open already.
        """
        path = Path(os.path.abspath(path))  # noqa: PTH100  (the same name for the same catalog, links kept)
        if self.document.is_open and self.document.catalog.path == path:
            then()
            return
        if self._opening is not None and self._opening[0] == path and not self._opening[1].over:
            return  # a double click
        job = Job(f"Opening {path.stem}", lambda token, emit: _open(path, create, token), key="open")
        job.succeeded.connect(lambda opened: self._on_opened(opened, then))
        job.failed.connect(self.notices.error)
        self._opening = (path, job)
        self.lanes.files.submit(job)

    def _on_opened(self, opened: Opened, then: Callable[[], None]) -> None:
        self._opening = None
        self._stop_work()
        self.document.adopt(opened)
        self.settings.add_recent(opened.catalog.path)
        self._stale |= opened.stale
        self._classify_stale()
        self.describe()
        then()

    def open_folder(self, folder: Path, sources: Sequence[Path] = ()) -> None:
        """Open the catalog that belongs to a folder of images, made on first use, and add images to it.

        Parameters
        ----------
        folder : Path
        sources : sequence of Path
            What to add; the folder itself if empty.
        """
        self._open_then_add(catalog_for(folder), list(sources) or [folder])

    def _open_then_add(self, catalog: Path, sources: Sequence[Path]) -> None:
        self.open(catalog, True, lambda: self._add(sources))

    def _add(self, sources: Sequence[Path]) -> None:
        self.import_paths(sources, self.offer_folder_classes)

    def open_demo(self) -> Job:
        """Draw the demo images (once) and open their catalog."""
        folder = paths.default_catalogs_folder() / "demo"
        job = Job("Drawing the demo garments", lambda token, emit: generate(folder, token), key="demo")
        job.succeeded.connect(lambda garments: self._on_demo_drawn(folder))
        job.failed.connect(self.notices.error)
        return self.lanes.files.submit(job)

    def _on_demo_drawn(self, folder: Path) -> None:
        def then() -> None:
            self.import_paths([folder / FOLDERS[0]])
            self._offer_demo_classes(folder)

        self.open(folder / "demo.attrlens", True, then)

    def _offer_demo_classes(self, folder: Path) -> None:
        if self.document.model.classes:
            return
        truth = read_truth(folder)
        self.notices.show(
            Notice(f"{NOTE} Drag garments onto the panel on the left to make classes.",
                   f"Or take ready ones, then drop the folder {folder / FOLDERS[1]} on the window.",
                   choices=(Choice("Make the classes for me", lambda: self.document.make_demo_classes(truth, 20)),))
        )  # fmt: skip

    def close_catalog(self) -> None:
        """Close the catalog; running jobs on it are cancelled and waited for by their lanes."""
        self._stop_work()
        self.document.close()

    def _stop_work(self) -> None:
        self._timer.stop()
        self._stale.clear()
        self._describing, self._describe_again = None, False
        for job in self._on_catalog:
            job.cancel()
        self._on_catalog = []  # their signals hold the catalog
        for lane in (self.lanes.inference, self.lanes.analysis, self.lanes.thumbnails):
            lane.cancel_all()

    # Import

    def import_paths(self, sources: Sequence[Path], then: Callable[[Imported], None] | None = None) -> Job:
        """Add folders or files, then describe what is new."""
        catalog, known = self.document.catalog, len(self.document.images)
        name = sources[0].name if len(sources) == 1 else f"{len(sources)} items"
        job = Job(f"Adding {name}", lambda token, emit: _import(catalog, sources, known, token))
        job.succeeded.connect(lambda found: self._on_imported(catalog, found, then))
        job.cancelled.connect(lambda: self._after_cancelled_import(catalog))
        job.failed.connect(self.notices.error)
        return self._submit_file_job(job)

    def _submit_file_job(self, job: Job) -> Job:
        """Submit work on the open catalog that ends when the catalog is closed."""
        self._on_catalog = [other for other in self._on_catalog if not other.over]
        self._on_catalog.append(job)
        return self.lanes.files.submit(job)

    def _after_cancelled_import(self, catalog: Catalog) -> None:
        """Show what a cancelled import had added already, and describe it."""
        if self._is_open(catalog):
            known = len(self.document.images)
            job = Job("Reading the catalog", lambda token, emit: catalog.images(known), quiet=True)
            job.succeeded.connect(lambda rows: self._adopt_rows(catalog, rows))
            self._submit_file_job(job)

    def _adopt_rows(self, catalog: Catalog, rows: list[ImageRow]) -> None:
        if self._is_open(catalog):
            self.document.adopt_images(rows)
            self.describe()

    def _is_open(self, catalog: Catalog) -> bool:
        """Whether results about `catalog` still mean anything: another may have been opened meanwhile."""
        return self.document.is_open and self.document.catalog is catalog

    def _on_imported(self, catalog: Catalog, found: Imported, then: Callable[[Imported], None] | None) -> None:
        if not self._is_open(catalog):
            return
        self.document.adopt_images(found.rows)
        for problem in found.problems:
            self.notices.error(problem)
        if not found.slots:
            self.notices.show(
                Notice("No images were found there.", "AttrLens reads JPEG, PNG, WebP, AVIF, TIFF, BMP and GIF.")
            )
        self.imported.emit(found)
        if then is not None:
            then(found)
        self.describe()

    def offer_folder_classes(self, found: Imported) -> None:
        """Ask whether the sub-folders of an import are classes."""
        if not 2 <= len(found.folders) <= 60:
            return
        choices = [
            Choice(
                f"As {attribute.name} classes",
                partial(self.document.classes_from_folders, attribute.id, found.roots, EXEMPLARS),
            )
            for attribute in self.document.model.sorted_attributes()
        ]
        shown = ", ".join(found.folders[:4]) + (" and more" if len(found.folders) > 4 else "")
        self.notices.show(
            Notice(f"Are the {len(found.folders)} sub-folders classes? ({shown})",
                   "Their images then become exemplars; undo takes it back.", choices=tuple(choices))
        )  # fmt: skip

    # Describe

    def describe(self) -> None:
        """Describe what is pending; a call while it runs makes it look again at the end."""
        if not self.document.is_open:
            return
        if self._describing is not None:
            self._describe_again = True
            return
        catalog, cache = self.document.catalog, self.document.thumbnails
        self._engines.named_weights = self.settings.named_weights()
        engines, max_pixels = self._engines, self.settings.get("max_pixels")

        def work(token: Token, emit: Emit) -> list[AttrLensError]:
            return tasks.describe_pending(catalog, cache, engines, token, lambda batch: emit(batch.reads), max_pixels)

        job = Job("Describing images", work, partial_is_done=True)
        job.partial.connect(lambda parts: self._on_described(catalog, parts))
        job.succeeded.connect(self._on_describe_notices)
        job.failed.connect(self.notices.error)
        job.finished.connect(lambda: self._on_describe_finished(catalog))
        self._describing = (catalog, job)
        self.lanes.inference.submit(job)

    def _on_described(self, catalog: Catalog, parts: list[Any]) -> None:
        if not self._is_open(catalog):
            return
        self.document.adopt_reads(read for reads in parts for read in reads)
        self._stale |= {a for a in self.document.model.attributes if self.document.model.exemplars_of(a)}
        self._classify_soon()

    def _on_describe_notices(self, notices: list[AttrLensError]) -> None:
        for notice in notices:
            self.notices.show(Notice(notice.message, notice.hint))

    def _on_describe_finished(self, catalog: Catalog) -> None:
        if self._describing is None or self._describing[0] is not catalog:
            return  # of a catalog that was left: the one open now has a job of its own
        was_cancelled = self._describing[1].state is State.CANCELLED
        again = self._describe_again and not was_cancelled  # after a cancel the person wants quiet, until "Go on"
        self._describing, self._describe_again = None, False
        if again:
            self.describe()

    @property
    def describing(self) -> bool:
        """Whether images are being described."""
        return self._describing is not None

    @property
    def waiting(self) -> bool:
        """Whether images are about to be classified again."""
        return self._timer.isActive()

    def use_engines(self, engines: tasks.Engines) -> None:
        """Share networks that are built already."""
        self._engines = engines

    def retry_errors(self) -> None:
        """Try unreadable images again."""
        self.document.retry_errors()
        self.describe()

    # Classify

    def _on_model_changed(self, tables: frozenset[str], attributes: frozenset[int]) -> None:
        alive = {a for a in attributes if a in self.document.model.attributes}
        if "exemplar" in tables:
            self._stale |= alive
            self._classify_stale()
        elif "attribute" in tables:
            self._stale |= {a for a in alive if self._decides_otherwise(a)}
            self._classify_stale()
            self.describe()  # a new attribute may need descriptors of its own; nothing to do costs nothing

    def _decides_otherwise(self, attribute: int) -> bool:
        """Whether an attribute's method or recipe is another than its suggestions were made by."""
        row, decision = self.document.model.attributes[attribute], self.document.by_slot(attribute).decision
        made = ("", "") if decision is None else (decision.recipe, decision.parameters.get("asked"))
        return (row.recipe, row.method) != made

    def _classify_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start(int(1000 * max(0.7, 6 * self._classify_seconds)))

    def _classify_stale(self) -> None:
        self._timer.stop()
        stale, self._stale = self._stale, set()
        for attribute in stale & set(self.document.model.attributes):
            self._classify(attribute)

    def _classify(self, attribute: int) -> None:
        catalog = self.document.catalog
        request = ClassifyRequest.of(catalog, attribute)
        fits = self.fits
        if not request.exemplars and self.document.by_slot(attribute).decision is None:
            return
        name = request.attribute.name
        job = Job(
            f"Classifying by {name}",
            lambda token, emit: _classify(catalog, request, fits),
            key=f"classify {attribute}",
            quiet=True,
        )
        job.succeeded.connect(lambda result: self._on_classified(catalog, *result))
        job.failed.connect(self.notices.error)
        self.lanes.analysis.submit(job)

    def _on_classified(self, catalog: Catalog, attribute: int, found: Suggestions | None, seconds: float) -> None:
        if not self._is_open(catalog):
            return
        self._classify_seconds = seconds
        self.document.adopt_suggestions(attribute, found)

    # Export and weights

    def look_up_recipes(self, then: Callable[[dict[str, str]], None]) -> None:
        """Find out which built-in recipes the weights on this machine can make.

        Parameters
        ----------
        then : callable
            Gets, by key of BUILT_IN, "" or why it cannot be made.
        """
        named = self.settings.named_weights()
        job = Job("Recipes", lambda token, emit: _recipes(named), key="recipes", quiet=True)
        job.succeeded.connect(then)
        self.lanes.files.submit(job)

    def export_csv(self, path: Path) -> Job:
        """Write labels and suggestions."""
        catalog, model = self.document.catalog, self.document.model.copy()
        job = Job(f"Writing {path.name}", lambda token, emit: (str(path), export_csv(catalog, path, token, model)))
        job.succeeded.connect(self._on_exported)
        job.failed.connect(self.notices.error)
        return self._submit_file_job(job)

    def _on_exported(self, result: tuple[str, int]) -> None:
        path, count = result
        self.notices.show(Notice(f"{count:,} rows were written to {path}."))
        self.exported.emit(path)

    def download_weights(self, backbone_id: str) -> Job:
        """Fetch a backbone's weights once."""
        source = registry.backbone(backbone_id).download
        if source is None:
            raise ValueError(f"{backbone_id} is bundled")
        folder = paths.weights_folder()
        job = Job(
            f"Downloading {source.file_name} ({source.size / 1e6:.0f} MB)",
            lambda token, emit: weights.download(source, folder, token),
            key=f"download {backbone_id}",
            unit="bytes",
        )
        job.succeeded.connect(self._on_downloaded)
        job.failed.connect(self.notices.error)
        return self.lanes.files.submit(job)

    def _on_downloaded(self, path: object) -> None:
        self.notices.show(Notice(f"Downloaded {path}."))
        self.describe()


def catalog_for(folder: Path) -> Path:
    """Where the catalog of a folder of images is kept: with the user's data, because originals' folders stay as is."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100  (the same name for the same folder, links kept)
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return paths.default_catalogs_folder() / f"{folder.name or 'images'}-{digest}.attrlens"


# Job functions: frozen inputs, new objects out.


def _open(path: Path, create: bool, token: Token) -> Opened:
    catalog = tasks.open_catalog(path, create=create)
    try:
        token.check()  # another was asked for meanwhile: let go of the lock
        suggestions = {a: s for a in catalog.model.attributes if (s := catalog.suggestions(a)) is not None}
        stale = frozenset(a for a in catalog.model.attributes if is_stale(catalog, a, suggestions.get(a)))
        return Opened(catalog, Thumbnails(catalog.thumbnails_path), catalog.images(), suggestions, stale)
    except BaseException:
        catalog.close()
        raise


def _recipes(named: dict[str, Path]) -> dict[str, str]:
    out = {}
    for name, recipe in BUILT_IN.items():
        makeable, problems = tasks.Engines(named).makeable([recipe])
        out[name] = "" if recipe in makeable else problems[0].message
    return out


def _import(catalog: Catalog, sources: Sequence[Path], known: int, token: Token) -> Imported:
    found = scan(sources, token, skip_folders=[catalog.path])
    tasks.add_images(catalog, found.images, token)
    by_path = catalog.slots_of(image.path for image in found.images)
    roots = {by_path[image.path]: image.root for image in found.images}
    folders = dict.fromkeys(
        relative.parts[0]
        for image in found.images
        if len((relative := Path(image.path).relative_to(image.root)).parts) > 1
    )
    return Imported(catalog.images(known), sorted(roots), roots, list(folders), found.other_files, found.problems)


def _classify(catalog: Catalog, request: ClassifyRequest, fits: Fits) -> tuple[int, Suggestions | None, float]:
    began = time.perf_counter()
    suggestions = classify(catalog, request, fits)
    return request.attribute.id, suggestions, time.perf_counter() - began
