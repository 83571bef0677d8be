"""What was found out about the channels of the chosen layer: surveys of the catalog, answers to stimuli, drawings."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from attrlens import paths
from attrlens.core.backbones import weights
from attrlens.core.backbones.registry import backbone
from attrlens.core.catalog.rows import ERROR
from attrlens.core.catalog.store import Catalog
from attrlens.core.inside import maximize as climbing
from attrlens.core.inside import stimuli as patterns
from attrlens.core.inside import survey
from attrlens.core.inside.maximize import Drawn, Wish
from attrlens.core.inside.neurons import Neurons, neurons
from attrlens.core.inside.signatures import Signatures, signatures
from attrlens.core.inside.stimuli import Stimulus, Verdict
from attrlens.core.inside.survey import Source, Survey
from attrlens.core.recipes import block_recipe, blocks_of
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, ImageError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.state.colormap import rgb_image
from attrlens.state.document import Document
from attrlens.state.inside import Inside
from attrlens.state.notices import Notice, Notices
from attrlens.state.settings import Settings
from attrlens.words import words

CROPS = 12
"""Pictures of what excites a channel."""

SURVEYS = 6
"""Kept in memory."""


@dataclass(frozen=True)
class Answers:
    """What a backbone says to generated stimuli.

    Attributes
    ----------
    layer : str
    stimuli : list of Stimulus
    values : ndarray of shape (stimuli, channels)
        Of the layer.
    verdicts : tuple of Verdict
        On every block there is.
    """

    layer: str
    stimuli: list[Stimulus]
    values: Any
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Facts:
    """What a survey says of the channels, with the labels of one attribute.

    Attributes
    ----------
    survey : Survey
    labels : dict of slot to class id
    neurons : Neurons
    signatures : Signatures or None
        None where fewer than two classes have two images.
    """

    survey: Survey
    labels: dict[int, int]
    neurons: Neurons
    signatures: Signatures | None


class Channels(QObject):
    """Asks in the background, keeps what was found.

    Signals
    -------
    survey_changed()
    facts_changed()
    crops_ready(int channel, list of (int slot, QImage))
    answers_changed()
    drawn(Wish, Drawn, bool done)
    drawing_ended()
    """

    survey_changed = Signal()
    facts_changed = Signal()
    crops_ready = Signal(int, object)
    answers_changed = Signal()
    drawn = Signal(object, object, bool)
    drawing_ended = Signal()

    def __init__(self, document: Document, lanes: Lanes, notices: Notices, settings: Settings, inside: Inside) -> None:
        super().__init__()
        self._document, self._lanes, self._notices, self._settings = document, lanes, notices, settings
        self._inside = inside
        self._shown = (inside.backbone, inside.layer)
        self._surveys: OrderedDict[tuple[str, str], Survey] = OrderedDict()
        self._facts: dict[int, Facts] = {}
        self._working: dict[int, tuple[Survey, dict[int, int]]] = {}
        self._surveying: Job | None = None
        self._answers: dict[tuple[str, str], Answers] = {}
        self._asking: Job | None = None
        self.surveyed_layer, self.asked_layer = "", ""  # which those on their way are about
        self._drawing: Job | None = None
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_opened)
        inside.choice_changed.connect(self._on_choice)
        inside.weights_changed.connect(self._on_weights)

    def _on_opened(self) -> None:
        self._surveys.clear()
        self._facts.clear()
        self._working.clear()
        for job in (self._surveying, self._drawing):
            if job is not None:
                job.cancel()
        self._load_survey()
        self.survey_changed.emit()

    def _on_choice(self) -> None:
        chosen = self._inside.backbone, self._inside.layer
        if chosen != self._shown:
            self._shown = chosen
            self._load_survey()
            self.survey_changed.emit()
            self.answers_changed.emit()

    def _on_weights(self) -> None:
        """Other weights say other things."""
        for job in (self._surveying, self._asking, self._drawing):
            if job is not None:
                job.cancel()
        for kept in (self._surveys, self._facts, self._answers, self._working):
            kept.clear()
        self._load_survey()
        self.survey_changed.emit()
        self.answers_changed.emit()

    def _submit(self, lane: Any, job: Job) -> Job:
        job.failed.connect(self._notices.error)
        lane.submit(job)
        return job

    # The survey

    @property
    def survey(self) -> Survey | None:
        """Of the chosen layer, if there is one."""
        return self._surveys.get((self._inside.backbone, self._inside.layer))

    @property
    def surveying(self) -> bool:
        """Whether one is on its way."""
        return self._surveying is not None and not self._surveying.over

    def facts(self, attribute: int) -> Facts | None:
        """What the survey says with the labels of now, or of a moment ago; `facts_changed` tells of newer ones.

        Returns
        -------
        Facts or None
            None where there is no survey, or nothing is worked out yet.
        """
        found = self.survey
        if found is None:
            return None
        labels, known = self.labels(attribute), self._facts.get(attribute)
        if known is not None and known.survey is not found:
            known = None
        wanted = found, labels
        is_new = known is None or known.labels != labels
        if is_new and not (attribute in self._working and _same(self._working[attribute], wanted)):
            self._working[attribute] = wanted
            self._work_out(attribute, *wanted)
        return known

    def _work_out(self, attribute: int, found: Survey, labels: dict[int, int]) -> None:
        catalog = self._document.catalog

        def work(token: Token, emit: Emit) -> Facts:
            return Facts(found, labels, neurons(found, labels), signatures(found, labels))

        job = Job(words("What a survey says"), work, key=f"facts {attribute}", quiet=True)
        job.succeeded.connect(lambda facts: self._on_facts(catalog, attribute, facts))
        self._submit(self._lanes.analysis, job)

    def _on_facts(self, catalog: Catalog, attribute: int, facts: Facts) -> None:
        if self._inside.is_open(catalog):
            self._working.pop(attribute, None)
            self._facts[attribute] = facts
            self.facts_changed.emit()

    def labels(self, attribute: int) -> dict[int, int]:
        """Class by slot, of what a person said."""
        return {slot: label.class_id for slot, label in self._document.model.labels_of(attribute).items()}

    def unsurveyed(self) -> int:
        """Labeled images that the survey does not know."""
        found = self.survey
        known = set(zip(found.slots.tolist(), found.states.tolist(), strict=True)) if found is not None else set()
        labeled = {slot for labels in self._document.model.labels.values() for slot in labels}
        return sum((source.slot, source.state) not in known for source in self._sources() if source.slot in labeled)

    def _sources(self) -> list[Source]:
        removed = self._document.model.removals
        images = [
            row for row in self._document.images
            if not row.missing and row.state != ERROR and row.slot not in removed
        ]  # fmt: skip
        labeled = {slot for labels in self._document.model.labels.values() for slot in labels}
        there = {row.slot: row for row in images}
        chosen = survey.sample([slot for slot in there if slot in labeled], list(there))
        return [Source(slot, Path(there[slot].path), f"{there[slot].size}-{there[slot].mtime_ns}") for slot in chosen]

    def _load_survey(self) -> None:
        """Read the chosen layer's survey, if the catalog keeps one."""
        if not self._document.is_open or self.survey is not None:
            return
        catalog, name, layer = self._document.catalog, self._inside.backbone, self._inside.layer
        named = self._settings.named_weights()

        def work(token: Token, emit: Emit) -> Survey | None:
            return survey.load(_survey_path(catalog, name, layer, named), name, layer)

        job = Job(words("Reading a survey"), work, key="survey", quiet=True)
        job.succeeded.connect(lambda found: self._on_survey(catalog, found))
        self._lanes.files.submit(job)

    def _on_survey(self, catalog: Catalog, found: Survey | None) -> None:
        if found is not None and self._inside.is_open(catalog):
            self._surveys[found.backbone, found.layer] = found
            while len(self._surveys) > SURVEYS:
                self._surveys.popitem(last=False)
        self.survey_changed.emit()

    def make_survey(self) -> None:
        """Look at the labeled images, and some others, through the chosen layer."""
        catalog, name, layer, known = self._document.catalog, self._inside.backbone, self._inside.layer, self.survey
        sources, network, limit = self._sources(), self._inside.network(), self._settings.get("max_pixels")
        named = self._settings.named_weights()

        def work(token: Token, emit: Emit) -> Survey:
            found = survey.survey(sources, name, layer, network(), token, known, limit)
            try:
                survey.save(found, _survey_path(catalog, name, layer, named))
            except AttrLensError as error:  # a full disk must not cost what was found
                emit(error)
            return found

        job = Job(words("Survey of {layer}", layer=layer), work, key="survey", unit="percent")
        job.succeeded.connect(lambda found: self._on_survey(catalog, found))
        job.partial.connect(self._on_unsaved)
        job.finished.connect(self.survey_changed)
        self._surveying, self.surveyed_layer = self._submit(self._lanes.inference, job), layer
        self.survey_changed.emit()

    def _on_unsaved(self, errors: list[AttrLensError]) -> None:
        for error in errors:
            self._notices.error(error)

    def stop_survey(self) -> None:
        """Leave the survey that is on its way."""
        if self._surveying is not None:
            self._surveying.cancel()

    def ask_crops(self, channel: int, labels: dict[int, int] | None = None, class_id: int = 0) -> None:
        """Cut out what excites a channel most, in all images of the survey or in those of a class."""
        found, catalog = self.survey, self._document.catalog
        if found is None:
            return
        removed = list(self._document.model.removals)
        among = ~np.isin(found.slots, removed) & (found.slots < len(self._document.images))
        if class_id and labels is not None:
            among &= np.isin(found.slots, [slot for slot, c in labels.items() if c == class_id])
        images = self._document.images
        rows = found.exciting(channel, CROPS, among)
        wanted = [(int(found.slots[i]), Path(images[int(found.slots[i])].path), int(found.where[i, channel]))
                  for i in rows]  # fmt: skip
        limit = self._settings.get("max_pixels")

        def work(token: Token, emit: Emit) -> list[tuple[int, QImage]]:
            out = []
            for slot, path, unit in wanted:
                token.check()
                try:
                    out.append((slot, rgb_image(survey.crop(path, unit, found.field, limit))))
                except ImageError:
                    continue  # it is a problem file by now, or will be
            return out

        job = Job(words("What excites a channel"), work, key="crops", quiet=True)
        job.succeeded.connect(lambda crops: self._on_crops(catalog, channel, crops))
        self._submit(self._lanes.files, job)

    def _on_crops(self, catalog: Catalog, channel: int, crops: list[tuple[int, QImage]]) -> None:
        if self._inside.is_open(catalog):
            self.crops_ready.emit(channel, crops)

    def save_atlas(self, path: Path, order: Sequence[int]) -> None:
        """Write the Neuron Features as one picture, in an order."""
        found = self.survey
        if found is None:
            return
        job = Job(words("Writing {name}", name=path.name), lambda token, emit: survey.write_atlas(found, order, path))
        job.succeeded.connect(lambda _: self._notices.show(Notice(words("Written to {path}.", path=path))))
        self._submit(self._lanes.files, job)

    # Stimuli

    @property
    def answers(self) -> Answers | None:
        """The chosen layer's, if it was asked."""
        return self._answers.get((self._inside.backbone, self._inside.layer))

    @property
    def asking(self) -> bool:
        """Whether stimuli are being shown."""
        return self._asking is not None and not self._asking.over

    def ask_answers(self) -> None:
        """Show the generated stimuli to the chosen backbone."""
        name, layer, network = self._inside.backbone, self._inside.layer, self._inside.network()
        held = {one.name for one in self._inside.layers()}
        last = [block_recipe(name, block).layers[0] for block in blocks_of(name)]
        judged = [one for one in last if one in held]
        earlier = next((a.verdicts for (other, _), a in self._answers.items() if other == name), None)

        def work(token: Token, emit: Emit) -> Answers:
            told = earlier
            if told is None:
                probes = patterns.probe_set()
                answers = patterns.responses(probes, name, judged, network(), token)
                told = tuple(patterns.verdicts(probes, answers, name))
            asked = patterns.tuning_set()
            return Answers(layer, asked, patterns.responses(asked, name, [layer], network(), token)[layer], told)

        job = Job(words("Showing patterns to {layer}", layer=layer), work, key="answers")
        job.succeeded.connect(lambda found: self._on_answers(name, found))
        job.finished.connect(self.answers_changed)
        self._asking, self.asked_layer = self._submit(self._lanes.inference, job), layer
        self.answers_changed.emit()

    def _on_answers(self, name: str, found: Answers) -> None:
        self._answers[name, found.layer] = found

    # Maximization

    @property
    def is_drawing(self) -> bool:
        """Whether a picture is being drawn."""
        return self._drawing is not None and not self._drawing.over

    def draw(self, wishes: Sequence[Wish]) -> None:
        """Draw what channels answer to most, one after the other; those drawn before come from the disk."""
        network, folder, named = self._inside.network(), paths.drawings_folder(), self._settings.named_weights()

        def work(token: Token, emit: Emit) -> None:
            for i, wish in enumerate(wishes):
                token.check()
                text = words("picture {n} of {total}", n=i + 1, total=len(wishes)) if len(wishes) > 1 else ""
                digest = weights.digest(backbone(wish.backbone), named.get(wish.backbone))
                path = folder / f"{wish.key(digest)}.png"
                done = climbing.load(path)
                if done is None:
                    done = climbing.maximize(wish, network(), token, partial(_send, emit, wish), text)
                    emit((wish, done, True))
                    emit.flush()
                    climbing.save(done, wish, path)
                else:
                    emit((wish, done, True))
                    emit.flush()

        title = words("Drawing channel {channel}", "Drawing {n} channels", n=len(wishes), channel=wishes[0].channels[0])
        job = Job(title, work, key="draw", unit="percent")
        job.partial.connect(self._on_drawn)
        job.finished.connect(self.drawing_ended)
        self._drawing = self._submit(self._lanes.inference, job)

    def _on_drawn(self, parts: list[tuple[Wish, Drawn, bool]]) -> None:
        for wish, drawn, done in parts:
            self.drawn.emit(wish, drawn, done)

    def stop_drawing(self) -> None:
        """Leave it as it is."""
        if self._drawing is not None:
            self._drawing.cancel()

    def save_drawing(self, drawn: Drawn, wish: Wish, path: Path) -> None:
        """Write a picture where a person wants it."""
        job = Job(words("Writing {name}", name=path.name), lambda token, emit: climbing.save(drawn, wish, path))
        job.succeeded.connect(lambda _: self._notices.show(Notice(words("Written to {path}.", path=path))))
        self._submit(self._lanes.files, job)


def _same(one: tuple[Survey, dict[int, int]], other: tuple[Survey, dict[int, int]]) -> bool:
    return one[0] is other[0] and one[1] == other[1]


def _send(emit: Emit, wish: Wish, drawn: Drawn) -> None:
    """Hand over a picture on its way."""
    emit((wish, drawn, False))
    emit.flush()


def _survey_path(catalog: Catalog, name: str, layer: str, named: dict[str, Path]) -> Path:
    """Where a survey is kept (in a lane: it reads the weights)."""
    digest = weights.digest(backbone(name), named.get(name))
    return catalog.path / "caches" / "inside" / survey.file_name(name, layer, digest)
