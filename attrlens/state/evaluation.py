"""Evaluations of the open catalog: asks for one, follows it, keeps what it found."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from attrlens.core import tasks
from attrlens.core.catalog import evaluations
from attrlens.core.catalog.evaluations import Run
from attrlens.core.catalog.store import Catalog
from attrlens.core.evaluate import run as running
from attrlens.core.evaluate import sources
from attrlens.core.evaluate.data import Chosen, Labeled
from attrlens.core.evaluate.parts import PARTS
from attrlens.core.evaluate.run import Done, Evaluation, Options
from attrlens.core.export.evaluation import write_evaluation
from attrlens.core.groups import read_groups
from attrlens.core.helper import Helper
from attrlens.core.recipes import Recipe
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.document import Document
from attrlens.state.notices import Notice, Notices
from attrlens.state.settings import Settings
from attrlens.words import words

Depth = Literal["decisions", "everything"]
Report = dict[str, Any]

REPORTS = 4
"""Reports in memory: the one that is shown, the one it is compared with, and those before."""

QUICK = tuple(part.name for part in PARTS if part.name in ("product", "unknown", "learning-curve"))


@dataclass(frozen=True)
class _Prepared:
    """What the first job found out for the second."""

    request: sources.CatalogRequest
    data: Labeled
    chosen: Chosen
    wanted: sources.Spaces
    problems: list[AttrLensError]


@dataclass
class Progress:
    """A run on its way.

    Attributes
    ----------
    attribute : int
    parts : tuple of str
        Those asked for.
    done : Evaluation
        Those there are numbers of.
    """

    attribute: int
    parts: tuple[str, ...]
    done: Evaluation


class Evaluator(QObject):
    """Runs of the open catalog.

    Signals
    -------
    changed()
        There are other runs, or one began, came further or ended.
    finished(Run)
    written(str path)
        A report was written.
    """

    changed = Signal()
    finished = Signal(object)
    written = Signal(str)

    def __init__(self, document: Document, lanes: Lanes, notices: Notices, settings: Settings) -> None:
        super().__init__()
        self._document, self._lanes, self._notices, self._settings = document, lanes, notices, settings
        self._helper = Helper()
        self._runs: list[Run] = []
        self._reports: OrderedDict[int, Report] = OrderedDict()
        self._reading: set[int] = set()
        self._jobs: list[Job] = []
        self.progress: Progress | None = None
        self._number = 0  # of the run on its way: what comes late from an earlier one means nothing
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_closed)

    def close(self) -> None:
        """End the helper process."""
        self._helper.close()

    def runs(self, attribute: int) -> list[Run]:
        """Runs of an attribute, newest first."""
        return [run for run in reversed(self._runs) if run.attribute == attribute]

    def report(self, run: Run) -> Report | None:
        """The report of a run, or None while it is read; `changed` tells when it is there."""
        if run.id in self._reports:
            self._reports.move_to_end(run.id)
            return self._reports[run.id]
        if run.id not in self._reading and self._document.is_open:
            self._reading.add(run.id)
            catalog = self._document.catalog
            job = Job(words("Reading an evaluation"), lambda token, emit: evaluations.read(catalog, run.id), quiet=True)
            job.succeeded.connect(lambda report: self._on_report(catalog, run.id, report))
            job.failed.connect(lambda error: self._on_unreadable(catalog, run.id, error))
            self._lanes.files.submit(job)
        return None

    def _on_report(self, catalog: Catalog, run: int, report: Report) -> None:
        if self._is_open(catalog):
            self._reading.discard(run)
            self._keep(run, report)
            self.changed.emit()

    def _on_unreadable(self, catalog: Catalog, run: int, error: AttrLensError) -> None:
        if self._is_open(catalog):
            self._reading.discard(run)
            self._runs = [other for other in self._runs if other.id != run]
            self._notices.error(error)
            self.changed.emit()

    def _keep(self, run: int, report: Report) -> None:
        self._reports[run] = report
        while len(self._reports) > REPORTS:
            self._reports.popitem(last=False)

    def exemplars(self, attribute: int) -> tuple[int, int]:
        """Classes with exemplars, and labeled images that are none: what an evaluation by exemplars needs."""
        model = self._document.model
        excluded, exemplars = model.excluded_of(attribute), model.exemplars_of(attribute)
        classes = {class_id for slot, class_id in exemplars.items() if slot not in excluded}
        others = model.labels_of(attribute).keys() - exemplars.keys() - excluded.keys()
        return len(classes), len(others)

    def labeled(self, attribute: int) -> dict[str, int]:
        """Images that would take part, by class name."""
        model = self._document.model
        excluded = model.excluded_of(attribute)
        out = {c.name: 0 for c in model.classes_of(attribute)}
        for slot, label in model.labels_of(attribute).items():
            if slot not in excluded and label.class_id in model.classes:
                out[model.classes[label.class_id].name] += 1
        return out

    def changes_since(self, run: Run) -> int:
        """Labels that are others than they were in a run, and images that would not take part any more."""
        report = self.report(run)
        if report is None:
            return 0
        model = self._document.model
        excluded, labels = model.excluded_of(run.attribute), model.labels_of(run.attribute)

        def is_other(slot: int, class_id: int) -> bool:
            label = labels.get(slot)
            return slot in excluded or label is None or label.class_id != class_id

        return sum(is_other(row["slot"], row["label_id"]) for row in report["images"])

    # A run

    def start(
        self, attribute: int, depth: Depth, by_exemplars: bool = False, groups: Path | None = None, seed: int = 0
    ) -> Job | None:
        """Evaluate an attribute's labels; one run at a time.

        Parameters
        ----------
        attribute : int
        depth : {'decisions', 'everything'}
            The program's own decisions only, or all parts, block by block.
        by_exemplars : bool
            Learn from the exemplars and score the other labels; else five folds over all labels.
        groups : Path, optional
            CSV with columns file and group.
        seed : int

        Returns
        -------
        Job or None
            The first of two, which describes what is not described; None if a run is on its way.
        """
        if self.progress is not None or attribute not in self._document.model.attributes:
            return None
        catalog = self._document.catalog
        recipe = catalog.recipe(self._document.model.attributes[attribute].recipe)
        request = sources.CatalogRequest.of(catalog, attribute, by_exemplars=by_exemplars)
        options = Options(QUICK if depth == "decisions" else Options().parts, seed)
        weights, max_pixels = self._settings.named_weights(), self._settings.get("max_pixels")
        self._number += 1
        number = self._number

        def work(token: Token, emit: Emit) -> _Prepared:
            return _prepare(catalog, request, recipe, options, groups, weights, max_pixels, token)

        job = Job(words("Describing for the evaluation of {name}", name=request.name), work)
        job.succeeded.connect(lambda prepared: self._on_prepared(catalog, number, prepared, options))
        self.progress = Progress(attribute, options.parts, Evaluation())
        self._follow(job, number)
        self._lanes.inference.submit(job)
        self.changed.emit()
        return job

    def cancel(self) -> None:
        """Stop the run on its way."""
        for job in self._jobs:
            job.cancel()

    def _follow(self, job: Job, number: int) -> None:
        self._jobs.append(job)
        job.failed.connect(lambda error: self._on_failed(number, error))
        job.cancelled.connect(lambda: self._over(number))

    def _on_prepared(self, catalog: Catalog, number: int, prepared: _Prepared, options: Options) -> None:
        if not self._is_open(catalog):
            return
        for problem in prepared.problems:
            self._notices.error(problem)
        attribute = prepared.request.attribute
        helper = self._helper

        def work(token: Token, emit: Emit) -> tuple[Run, Report]:
            found = running.evaluate_apart(prepared.data, options, helper, token, emit)
            note = f"Labels of the catalog {catalog.name}."  # in English: it goes into the report's file
            report = running.report(prepared.data, options, found, prepared.wanted.for_report(), note)
            sources.add_ids(report, prepared.request, prepared.data, prepared.chosen)
            return evaluations.save(catalog, attribute, report), report

        job = Job(words("Evaluating {name}", name=prepared.data.attribute), work, unit="percent")
        job.partial.connect(lambda parts: self._on_parts(catalog, parts))
        job.succeeded.connect(lambda result: self._on_run(catalog, number, *result))
        self._follow(job, number)
        self._lanes.helper.submit(job)

    def _on_parts(self, catalog: Catalog, parts: Sequence[Done]) -> None:
        if self._is_open(catalog) and self.progress is not None:
            for done in parts:
                self.progress.done.add(done)
            self.changed.emit()

    def _on_run(self, catalog: Catalog, number: int, run: Run, report: Report) -> None:
        if self._is_open(catalog):
            self._runs.append(run)
            dropped = {other.id for other in self.runs(run.attribute)[evaluations.KEPT :]}
            self._runs = [other for other in self._runs if other.id not in dropped]
            self._keep(run.id, report)
            self._over(number)
            self.finished.emit(run)

    def _on_failed(self, number: int, error: AttrLensError) -> None:
        self._over(number)
        self._notices.error(error)

    def _over(self, number: int) -> None:
        if number != self._number:
            return
        self._jobs = []
        self.progress = None
        self.changed.emit()

    def _is_open(self, catalog: Catalog) -> bool:
        return self._document.is_open and self._document.catalog is catalog

    # Runs that are kept

    def _on_opened(self) -> None:
        catalog = self._document.catalog
        job = Job(words("Reading evaluations"), lambda token, emit: evaluations.runs(catalog), quiet=True)
        job.succeeded.connect(lambda runs: self._on_read(catalog, runs))
        job.failed.connect(self._notices.error)
        self._lanes.files.submit(job)

    def _on_read(self, catalog: Catalog, runs: list[Run]) -> None:
        if self._is_open(catalog):
            self._runs = [*runs, *(run for run in self._runs if run.id not in {r.id for r in runs})]
            self.changed.emit()

    def _on_closed(self) -> None:
        self.cancel()
        self._runs = []
        self._reports.clear()
        self._reading.clear()
        self._over(self._number)
        self._number += 1

    def write(self, run: Run, folder: Path) -> Job:
        """Write a run's report, tables and page."""
        catalog, thumbnails = self._document.catalog, self._document.thumbnails

        def work(token: Token, emit: Emit) -> str:
            report = evaluations.read(catalog, run.id)
            slots = {row["file"]: row["slot"] for row in report["images"]}

            def picture(file: str) -> bytes | None:
                token.check()
                return thumbnails.get([slots[file]]).get(slots[file])

            write_evaluation(report, folder, picture)
            return str(folder / "report.html")

        job = Job(words("Writing the report"), work)
        job.succeeded.connect(self._on_written)
        job.failed.connect(self._notices.error)
        self._lanes.files.submit(job)
        return job

    def _on_written(self, path: str) -> None:
        self._notices.show(
            Notice(words("The report was written to {path}.", path=path), words("Open it in any browser."))
        )
        self.written.emit(path)


def _prepare(
    catalog: Catalog, request: sources.CatalogRequest, recipe: Recipe, options: Options, groups: Path | None,
    weights: dict[str, Path], max_pixels: int, token: Token,
) -> _Prepared:  # fmt: skip
    engines = tasks.Engines(weights)
    if groups is not None:
        request = request.grouped(read_groups(groups))
    backbones = [recipe.backbone] if running.uses_blocks(options) else []
    wanted = sources.spaces(engines, [recipe], backbones, None)
    data, chosen, problems = sources.from_catalog(
        catalog, request, wanted, engines, token, seed=options.seed, max_pixels=max_pixels
    )
    if len(problems) > 1:
        text = words("{n:,} labeled image could not be read now and is left out.",
                     "{n:,} labeled images could not be read now and are left out.", n=len(problems))  # fmt: skip
        problems = [AttrLensError(text, "")]
    return _Prepared(request, data, chosen, wanted, problems)
