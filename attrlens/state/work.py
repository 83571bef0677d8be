"""The workbench: turns what a person asks for into jobs, and their results into the document."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from attrlens import log, paths
from attrlens.core import tasks
from attrlens.core.backbones import registry, weights
from attrlens.core.catalog import places
from attrlens.core.catalog.keeping import Added
from attrlens.core.catalog.rows import ImageRow, Suggestions
from attrlens.core.catalog.store import Catalog, display_name
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.demo.garments import FOLDERS, NOTE, generate, read_truth
from attrlens.core.export.table import export_csv
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job, State
from attrlens.jobs.lanes import Lanes
from attrlens.state import steps
from attrlens.state.document import Document
from attrlens.state.notices import Choice, Notice, Notices
from attrlens.state.open_catalog import Opened
from attrlens.state.settings import Settings
from attrlens.state.steps import Imported
from attrlens.words import tr, words

logger = log.get(__name__)

EXEMPLARS = 80
"""Exemplars taken from a sub-folder that becomes a class."""


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
        job = Job(
            words("Opening {name}", name=display_name(path)),
            lambda token, emit: steps.open_one(path, create, token),
            key="open",
        )
        job.succeeded.connect(lambda opened: self._on_opened(opened, then))
        job.dropped.connect(Opened.close)
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
        self._open_then_add(steps.catalog_for(folder), list(sources) or [folder])

    def _open_then_add(self, catalog: Path, sources: Sequence[Path]) -> None:
        self.open(catalog, True, lambda: self._add(sources))

    def _add(self, sources: Sequence[Path]) -> None:
        self.import_paths(sources, self.offer_folder_classes)

    def open_demo(self) -> Job:
        """Draw the demo images (once) and open their catalog."""
        folder = paths.default_catalogs_folder() / "demo"
        job = Job(words("Drawing the demo garments"), lambda token, emit: generate(folder, token), key="demo")
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
            Notice(
                words("{note} Drag garments onto the panel on the left to make classes.", note=NOTE),
                words("Or take ready ones, then drop the folder {path} on the window.", path=folder / FOLDERS[1]),
                choices=(Choice(words("Make the classes for me"), lambda: self.document.make_demo_classes(truth, 20)),),
                is_question=True,
            )
        )

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

    def import_paths(self, sources: Sequence[Path], then: Callable[[Imported], bool] | None = None) -> Job:
        """Add folders or files, then describe what is new.

        Parameters
        ----------
        sources : sequence of Path
        then : callable
            Called when they are in the catalog; True if it made the new images part of an action of its own.
        """
        catalog, cache = self.document.catalog, self.document.thumbnails
        what = sources[0].name if len(sources) == 1 else words("{n:,} item", "{n:,} items", n=len(sources))
        job = Job(
            words("Adding {what}", what=what), lambda token, emit: steps.import_files(catalog, cache, sources, token)
        )
        job.succeeded.connect(lambda found: self._on_imported(catalog, found, then))
        self.reread_after(job, catalog, lambda new: self.document.keep_added(Added(new)))
        job.failed.connect(self.notices.error)
        return self.submit_file_job(job)

    def submit_file_job(self, job: Job) -> Job:
        """Submit work on the open catalog that ends when the catalog is closed."""
        self._on_catalog = [other for other in self._on_catalog if not other.over]
        self._on_catalog.append(job)
        return self.lanes.files.submit(job)

    def reread_after(self, job: Job, catalog: Catalog, then: Callable[[list[int]], None] = lambda new: None) -> None:
        """Let the window show what a job had kept already when it is cancelled or fails; `then` gets new slots."""
        for signal in (job.cancelled, job.failed):
            signal.connect(lambda *_: self._reread(catalog, then))

    def _reread(self, catalog: Catalog, then: Callable[[list[int]], None]) -> None:
        if not self.is_open(catalog):
            return
        self.document.begin_rereading()
        job = Job("Reading the catalog", lambda token, emit: catalog.images(), quiet=True)
        job.succeeded.connect(lambda rows: self._adopt_reread(catalog, rows, then))
        job.failed.connect(self.notices.error)
        self.submit_file_job(job)

    def _adopt_reread(self, catalog: Catalog, rows: list[ImageRow], then: Callable[[list[int]], None]) -> None:
        if self.is_open(catalog):
            new = self.document.adopt_reread(rows)
            if new:
                then(new)
            self.describe()

    def is_open(self, catalog: Catalog) -> bool:
        """Whether results about `catalog` still mean anything: another may have been opened meanwhile."""
        return self.document.is_open and self.document.catalog is catalog

    def _on_imported(self, catalog: Catalog, found: Imported, then: Callable[[Imported], bool] | None) -> None:
        if not self.is_open(catalog):
            return
        self.document.adopt_seen(found.seen)
        for problem in found.problems:
            self.notices.error(problem)
        if not found.slots:
            self.notices.show(
                Notice(words("No images were found there."),
                       words("AttrLens reads JPEG, PNG, WebP, AVIF, TIFF, BMP and GIF."))
            )  # fmt: skip
        elif not found.added.slots and not found.seen.moved:
            self.document.stepped.emit(tr("All of it is in the catalog already"))
        if found.seen.moved:
            self.document.stepped.emit(steps.moved_text(len(found.seen.moved)))
        self.imported.emit(found)
        if (then is None or not then(found)) and found.added.slots:
            self.document.keep_added(found.added)
        self.describe()

    def offer_folder_classes(self, found: Imported) -> bool:
        """Ask whether the sub-folders of an import are classes."""
        if not 2 <= len(found.folders) <= 60:
            return False
        choices = [
            Choice(
                words("As {attribute} classes", attribute=attribute.name),
                partial(self.document.classes_from_folders, attribute.id, found.roots, EXEMPLARS),
            )
            for attribute in self.document.model.sorted_attributes()
        ]
        shown = ", ".join(found.folders[:4])
        question = (
            words("Are the {n:,} sub-folders classes? ({names} and more)", n=len(found.folders), names=shown)
            if len(found.folders) > 4
            else words("Are the {n:,} sub-folders classes? ({names})", n=len(found.folders), names=shown)
        )
        hint = words("Their images then become exemplars; undo takes it back.")
        self.notices.show(Notice(question, hint, choices=tuple(choices), is_question=True))
        return False

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
            return tasks.describe_pending(catalog, cache, engines, token, emit, max_pixels)

        job = Job(words("Describing images"), work, partial_is_done=True)
        job.partial.connect(lambda parts: self._on_described(catalog, parts))
        job.succeeded.connect(self._on_describe_notices)
        job.failed.connect(self.notices.error)
        job.finished.connect(lambda: self._on_describe_finished(catalog))
        self._describing = (catalog, job)
        self.lanes.inference.submit(job)

    def _on_described(self, catalog: Catalog, parts: list[Any]) -> None:
        if not self.is_open(catalog):
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

    def retry_errors(self, slots: Sequence[int] | None = None) -> None:
        """Try unreadable images again; None all of them."""
        if not self.document.is_open:
            return
        chosen = range(len(self.document.images)) if slots is None else slots
        try:
            places.retry(self.document.catalog, chosen)
        except AttrLensError as error:
            self.notices.error(error)
            return
        self.document.adopt_retried(chosen)
        self.describe()

    # Classify

    def _on_model_changed(self, tables: frozenset[str], attributes: frozenset[int]) -> None:
        alive = {a for a in attributes if a in self.document.model.attributes}
        if "removal" in tables:  # the classes of what is left may be others, and what came back lacks suggestions
            alive = {a for a in self.document.model.attributes if self.document.by_slot(a).decision is not None}
            self._stale |= alive
            self.describe()
        if "exemplar" in tables or "removal" in tables:
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
            words("Classifying by {name}", name=name),
            lambda token, emit: steps.classify_one(catalog, request, fits),
            key=f"classify {attribute}",
            quiet=True,
        )
        job.succeeded.connect(lambda result: self._on_classified(catalog, *result))
        job.failed.connect(self.notices.error)
        self.lanes.analysis.submit(job)

    def _on_classified(self, catalog: Catalog, attribute: int, found: Suggestions | None, seconds: float) -> None:
        if not self.is_open(catalog):
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
        job = Job("Recipes", lambda token, emit: steps.recipes(named), key="recipes", quiet=True)
        job.succeeded.connect(then)
        self.lanes.files.submit(job)

    def export_csv(self, path: Path) -> Job:
        """Write labels and suggestions."""
        catalog, model = self.document.catalog, self.document.model.copy()
        job = Job(
            words("Writing {name}", name=path.name),
            lambda token, emit: (str(path), export_csv(catalog, path, token, model)),
        )
        job.succeeded.connect(self._on_exported)
        job.failed.connect(self.notices.error)
        return self.submit_file_job(job)

    def _on_exported(self, result: tuple[str, int]) -> None:
        path, count = result
        self.notices.show(Notice(words("{n:,} row was written to {path}.", "{n:,} rows were written to {path}.",
                                       n=count, path=path)))  # fmt: skip
        self.exported.emit(path)

    def download_weights(self, backbone_id: str) -> Job:
        """Fetch a backbone's weights once."""
        source = registry.backbone(backbone_id).download
        if source is None:
            raise ValueError(f"{backbone_id} is bundled")
        folder = paths.weights_folder()
        job = Job(
            words("Downloading {name} ({size:.0f} MB)", name=source.file_name, size=source.size / 1e6),
            lambda token, emit: weights.download(source, folder, token),
            key=f"download {backbone_id}",
            unit="bytes",
        )
        job.succeeded.connect(self._on_downloaded)
        job.failed.connect(self.notices.error)
        return self.lanes.files.submit(job)

    def _on_downloaded(self, path: object) -> None:
        self.notices.show(Notice(words("Downloaded {path}.", path=str(path))))
        self.describe()
