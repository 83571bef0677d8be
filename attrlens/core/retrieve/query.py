"""A search in a catalog: by color, by texture, by any attribute, or by several of them weighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from attrlens.core.catalog.store import Catalog
from attrlens.core.decisions import ClassifyRequest, Fits
from attrlens.core.retrieve.axes import Axes, AxesCache
from attrlens.core.retrieve.classes import ClassSpace, class_space
from attrlens.core.retrieve.search import NOTHING, Found, Part, nearest, rows_at, squared
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import Words, words

Array = np.ndarray[Any, Any]

Metric = Literal["euclidean", "cosine", "classes"]

METRICS: dict[Metric, Words] = {
    "euclidean": words("Descriptors"),
    "cosine": words("Direction only"),
    "classes": words("By classes"),
}
"""For people."""

AWAY = 0.75
"""How far the query moves away from what it is to be unlike, in distances between the two (Rocchio 1971). RETRIEVAL.md
has what was tried."""

SCALE_SAMPLE = 1000
"""Images from which the usual distance in a space is estimated, so that spaces can be weighted."""

PROJECTED = 8192
"""Images brought into the space of the classes between two looks at the token."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Descriptors of what images are to be like, and unlike.

    Attributes
    ----------
    liked, unliked : dict of recipe key to ndarray of shape (n, width), dtype float32
    """

    liked: Mapping[str, Array]
    unliked: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Request:
    """Frozen inputs of a search.

    Attributes
    ----------
    examples : Examples
    blend : tuple of (ClassifyRequest, weight)
        Attributes with their exemplars as they were when it was asked for. Weights sum to 1.
    metric : {'euclidean', 'cosine', 'classes'}
    k : int
    allowed : ndarray of shape (slots,), dtype bool, optional
        Who may be found; None everybody.
    """

    examples: Examples
    blend: tuple[tuple[ClassifyRequest, float], ...]
    metric: Metric = "euclidean"
    k: int = 36
    allowed: Array | None = None

    @classmethod
    def of(cls, catalog: Catalog, examples: Examples, attribute: int, *more: Any) -> Request:
        """A search by one attribute, as the catalog is now; `more` are the metric, k and who is allowed."""
        return cls(examples, ((ClassifyRequest.of(catalog, attribute), 1.0),), *more)


@dataclass(frozen=True, eq=False)
class Answer:
    """What a search found.

    Attributes
    ----------
    found : Found
    metric : {'euclidean', 'cosine', 'classes'}
        That was used: without classes to go by, the descriptors themselves stand in.
    among : int
        Images that could have been found.
    """

    found: Found
    metric: Metric
    among: int = 0


def aim(liked: Array, unliked: Array | None) -> Array:
    """The point that is searched around: the mean of what is liked, away from the mean of what is not.

    Parameters
    ----------
    liked, unliked : ndarray of shape (n, d)

    Returns
    -------
    ndarray of shape (d,), dtype float32
    """
    center = np.asarray(liked, np.float32).mean(0)
    if unliked is None or not len(unliked):
        return np.asarray(center)
    return np.asarray(center + np.float32(AWAY) * (center - np.asarray(unliked, np.float32).mean(0)))


@dataclass(frozen=True, eq=False)
class _Kept:
    """What a search reads of a recipe, as long as nothing in the catalog changes.

    Asking SQLite for the slots of a million images takes half a second, and a map that is made anew is faulted in page
    by page.
    """

    stamp: tuple[object, ...]
    described: Array
    rows: Array
    axes: Axes | None


class Searcher:
    """Searches one catalog; keeps what the next search needs too. Used from one thread only.

    Parameters
    ----------
    fits : Fits, optional
        Where the classes of attributes are fitted.
    """

    def __init__(self, fits: Fits | None = None) -> None:
        self._fits = fits or Fits()
        self._spaces: dict[int, tuple[str, ClassSpace, Array]] = {}
        self._recipes: dict[str, _Kept] = {}

    def _kept(self, catalog: Catalog, key: str) -> _Kept:
        with catalog.reading() as db:
            (others,) = db.execute("PRAGMA data_version").fetchone()
            stamp = (catalog, db.total_changes, others)
        kept = self._recipes.get(key)
        if kept is None or kept.stamp != stamp:
            self._recipes = {name: one for name, one in self._recipes.items() if one.stamp[0] is catalog}
            kept = _Kept(stamp, catalog.described(key), catalog.descriptors(key), AxesCache(catalog, key).load())
            self._recipes[key] = kept
        return kept

    def examples(self, catalog: Catalog, keys: Sequence[str], slots: Sequence[int]) -> dict[str, Array]:
        """Descriptors of images of the catalog, by recipe key; of those that are described."""
        out = {}
        for key in dict.fromkeys(keys):
            kept = self._kept(catalog, key)
            known = np.intersect1d(np.asarray(slots, np.int64), kept.described)
            if len(known):
                out[key] = np.asarray(kept.rows[known], np.float32)
        return out

    def forget(self) -> None:
        """Read the catalog again: its principal axes were made anew, or it was closed."""
        self._recipes.clear()

    def search(self, catalog: Catalog, request: Request, token: Token | None = None) -> Answer:
        """The nearest images.

        Raises
        ------
        AttrLensError
            If none of the examples is described by the attributes asked for.
        """
        token = token or Token()
        parts, slots, metric = self._parts(catalog, request, token)
        return Answer(nearest(parts, slots, request.k, token) if parts else NOTHING, metric, len(slots))

    def distances(self, catalog: Catalog, request: Request, token: Token | None = None) -> Array:
        """Distance of every image, by slot; infinity where it has no descriptor or is not allowed.

        Returns
        -------
        ndarray of shape (slots,), dtype float32
        """
        token = token or Token()
        parts, slots, _ = self._parts(catalog, request, token)
        out = np.full(int(slots[-1]) + 1 if len(slots) else 0, np.inf, np.float32)
        if len(slots):
            out[slots] = np.sqrt(squared(parts, slots, token))
        return out

    def _parts(self, catalog: Catalog, request: Request, token: Token) -> tuple[list[Part], Array, Metric]:
        slots: Array | None = None
        chosen: list[tuple[ClassifyRequest, str, float]] = []
        for attribute, weight in request.blend:
            key = attribute.attribute.recipe
            if key not in request.examples.liked:
                continue
            described = self._kept(catalog, key).described
            slots = described if slots is None else np.intersect1d(slots, described, assume_unique=True)
            chosen.append((attribute, key, weight))
        if slots is None:
            raise AttrLensError(
                words("These images are not described yet."), words("Wait until they are, then try again.")
            )
        everybody = slots
        if request.allowed is not None:
            inside = slots[slots < len(request.allowed)]
            slots = inside[request.allowed[inside]]
        parts, metric = [], request.metric
        for attribute, key, weight in chosen:
            part, used = self._part(catalog, request, attribute, key, token)
            if used != request.metric:
                metric = used
            if len(chosen) > 1 and len(slots):  # over all images: a filter must not change the order
                some = everybody[np.unique(np.linspace(0, len(everybody) - 1, SCALE_SAMPLE).astype(np.int64))]
                scale = float(np.median(squared([part], some)))
                weight /= max(scale, 1e-12)
            else:
                weight = 1.0
            parts.append(Part(part.rows, part.query, weight, part.cosine, part.axes))
        return parts, slots, metric

    def _part(
        self, catalog: Catalog, request: Request, attribute: ClassifyRequest, key: str, token: Token
    ) -> tuple[Part, Metric]:
        liked, unliked = request.examples.liked[key], request.examples.unliked.get(key)
        if request.metric == "classes":
            found = self._class_space(catalog, attribute, token)
            if found is not None:
                space, rows = found
                away = space.project(unliked) if unliked is not None and len(unliked) else None
                return Part(rows, aim(space.project(liked), away), cosine=True), "classes"
        kept = self._kept(catalog, key)
        rows = kept.rows
        if request.metric == "cosine":
            return Part(rows, aim(liked, unliked), cosine=True), "cosine"
        return Part(rows, aim(liked, unliked), axes=kept.axes), "euclidean"

    def _class_space(self, catalog: Catalog, request: ClassifyRequest, token: Token) -> tuple[ClassSpace, Array] | None:
        """The space of an attribute's classes with every image in it; None where there is none."""
        attribute, key = request.attribute.id, request.attribute.recipe
        basis = f"{catalog.path} {request.basis(catalog)}"
        kept = self._spaces.get(attribute)
        if kept is None or kept[0] != basis:
            self._spaces.pop(attribute, None)
            fit = self._fits.fit(catalog, request) if request.exemplars else None
            space = class_space(fit.exemplars, fit.classifier) if fit is not None else None
            if space is None:
                return None
            described, rows = catalog.described(key), catalog.descriptors(key)
            out = np.zeros((len(rows), len(space.offset)), np.float32)
            for start in range(0, len(described), PROJECTED):
                token.check()
                token.report(start, len(described), words("Comparing by classes"))
                some = described[start : start + PROJECTED]
                out[some] = space.project(rows_at(rows, some))
            kept = self._spaces[attribute] = basis, space, out
        return kept[1], kept[2]
