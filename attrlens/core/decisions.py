"""From a catalog's exemplars to suggestions, and why one was made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from attrlens.core.catalog.model import Attribute
from attrlens.core.catalog.rows import Suggestions
from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.background import Background, sample
from attrlens.core.classify.exemplars import Exemplars
from attrlens.core.classify.fit import Classifier, fit_exemplars
from attrlens.core.classify.methods import Method

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class ClassifyRequest:
    """Frozen inputs of `classify`: what a person decided when it was asked for."""

    attribute: Attribute
    exemplars: tuple[tuple[int, int], ...]
    """Slot and class id, by slot."""

    @classmethod
    def of(cls, catalog: Catalog, attribute: int) -> ClassifyRequest:
        """The request for the state the catalog is in now."""
        model = catalog.model
        return cls(model.attributes[attribute], tuple(sorted(model.exemplars_of(attribute).items())))

    @property
    def exemplars_hash(self) -> str:
        """First 16 hex digits of the SHA-256 of slots and classes."""
        return hashlib.sha256(repr(self.exemplars).encode()).hexdigest()[:16]

    def basis(self, catalog: Catalog) -> str:
        """All that an answer about the exemplars rests on: exemplars, recipe, weights, method, described images."""
        key, method = self.attribute.recipe, self.attribute.method
        parts = (self.exemplars_hash, key, catalog.weights_hash(key), method, catalog.described_state(key))
        return " ".join(map(str, parts))


def is_stale(catalog: Catalog, attribute: int, suggestions: Suggestions | None) -> bool:
    """Whether an attribute is to be classified again: its exemplars, method or described images are others than then.

    A process that ended between an action and its answer leaves the catalog so.
    """
    request = ClassifyRequest.of(catalog, attribute)
    if suggestions is None:
        return bool(request.exemplars)
    decision, key = suggestions.decision, request.attribute.recipe
    now = (
        request.exemplars_hash, key, catalog.weights_hash(key), catalog.described_state(key), request.attribute.method,
    )  # fmt: skip
    # Suggestions of earlier versions say less of what they were made from: they are made again.
    asked, described = (decision.parameters.get(name, "") for name in ("asked", "described"))
    return now != (decision.exemplars, decision.recipe, decision.weights, described, asked)


@dataclass(frozen=True)
class Fit:
    """What an attribute's suggestions come from.

    Attributes
    ----------
    exemplars : Exemplars
        Only those that are described.
    classifier : Classifier
    """

    exemplars: Exemplars
    classifier: Classifier


class Fits:
    """Keeps what was fitted last, so that an exemplar more or less is an update. Used from one thread only."""

    def __init__(self) -> None:
        self._backgrounds: dict[str, tuple[tuple[Any, ...], Background]] = {}
        self._exemplars: dict[int, Exemplars] = {}
        self._last: dict[int, tuple[tuple[Any, ...], Fit]] = {}

    def background(self, catalog: Catalog, key: str, described: Array | None = None) -> Background:
        """What the described images look like by a recipe; kept while they stay the same."""
        described = catalog.described(key) if described is None else described
        state = (str(catalog.path), catalog.weights_hash(key), catalog.described_state(key, described))
        known = self._backgrounds.get(key)
        if known is None or known[0] != state:
            some = described[sample(len(described))]
            known = self._backgrounds[key] = state, Background.of(catalog.descriptors(key)[some], some)
        return known[1]

    def fit(self, catalog: Catalog, request: ClassifyRequest) -> Fit | None:
        """Fit an attribute's classes to its exemplars; None when none of them has a descriptor yet."""
        key = request.attribute.recipe
        described = catalog.described(key)
        slots = np.array([slot for slot, _ in request.exemplars], np.int64)
        known = np.isin(slots, described)
        if not known.any():
            self._exemplars.pop(request.attribute.id, None)
            return None
        background = self.background(catalog, key, described)
        have = self._exemplars.get(request.attribute.id)
        if have is None or have.background is not background:
            have = self._exemplars[request.attribute.id] = Exemplars(background)
        wanted = {slot: class_id for (slot, class_id), there in zip(request.exemplars, known, strict=True) if there}
        have.become(wanted, catalog.descriptors(key))
        state = (tuple(wanted.items()), request.attribute.method, background)
        last = self._last.get(request.attribute.id)
        if last is None or last[0][:2] != state[:2] or last[0][2] is not background:
            last = state, Fit(have, fit_exemplars(have, Method.named(request.attribute.method)))
            self._last[request.attribute.id] = last
        return last[1]


def classify(catalog: Catalog, request: ClassifyRequest, fits: Fits | None = None) -> Suggestions | None:
    """Fit the attribute's classes to its exemplars and score every described image.

    Parameters
    ----------
    catalog : Catalog
    request : ClassifyRequest
    fits : Fits, optional
        Kept from call to call.

    Returns
    -------
    Suggestions or None
        None when no exemplar has a descriptor yet; earlier suggestions are then forgotten.
    """
    key = request.attribute.recipe
    state = catalog.described_state(key)  # first: what is dropped meanwhile makes the answer stale
    fitted = (fits or Fits()).fit(catalog, request)
    described = catalog.described(key)
    if fitted is None or not len(described):  # a person may have taken every image out meanwhile
        catalog.clear_suggestions(request.attribute.id)
        return None
    rows = catalog.descriptors(key)
    contiguous = len(described) == described[-1] + 1
    scored = fitted.classifier.score(rows[: len(described)] if contiguous else rows[described])
    return catalog.save_suggestions(
        request.attribute, fitted.classifier, request.exemplars_hash, state, described, scored
    )
