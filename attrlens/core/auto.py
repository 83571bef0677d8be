"""Find the recipe and the method that tell an attribute's exemplars apart best. It proposes; a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core import tasks
from attrlens.core.backbones.registry import backbone
from attrlens.core.catalog.rows import READY
from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.background import Background
from attrlens.core.classify.fit import fit
from attrlens.core.classify.methods import Method
from attrlens.core.descriptors import describe
from attrlens.core.evaluate.data import Chosen, choose, one_group
from attrlens.core.evaluate.measures import wilson
from attrlens.core.images import DEFAULT_MAX_PIXELS
from attrlens.core.recipes import BUILT_IN, POOLINGS, Pooling, Recipe, blocks_of
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words

Array = np.ndarray[Any, Any]

METHODS = (Method(), Method("mean", "cosine"), Method("knn", "cosine", 4))
_TRIED_POOLINGS: tuple[Pooling, ...] = ("mean", "mean+std")
FOLDS = 5
MOST = 2000
"""Exemplars looked at; more are sampled."""


@dataclass(frozen=True)
class Tried:
    """One recipe with one method.

    Attributes
    ----------
    title : str
    recipe : Recipe
    method : Method
    accuracy : float
        Share of the exemplars that was recognized from the others, grouped cross-validation.
    low, high : float
        95 % interval.
    is_current : bool
        What the attribute has now.
    """

    title: str
    recipe: Recipe
    method: Method
    accuracy: float
    low: float
    high: float
    is_current: bool


@dataclass(frozen=True)
class Found:
    """What an automatic choice found.

    Attributes
    ----------
    attribute : int
    images, classes : int
        Exemplars and classes it was measured on.
    rows : tuple of Tried
        Best first; of equals the one that is there now, then the smaller descriptor.
    problems : tuple of AttrLensError
        Files that could not be read, backbones without weights.
    """

    attribute: int
    images: int
    classes: int
    rows: tuple[Tried, ...]
    problems: tuple[AttrLensError, ...]


@dataclass(frozen=True)
class AutoRequest:
    """Frozen inputs: exemplars (slot and class id) and what the attribute has now."""

    attribute: int
    recipe: str
    method: str
    exemplars: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, catalog: Catalog, attribute: int) -> AutoRequest:
        """The request for the state the catalog is in now."""
        row = catalog.model.attributes[attribute]
        return cls(attribute, row.recipe, row.method, tuple(sorted(catalog.model.exemplars_of(attribute).items())))


def candidates(current: Recipe) -> dict[Recipe, str]:
    """Recipes that are tried, with titles: the present one, the built-in ones, blocks of the present one's backbone."""
    out: dict[Recipe, str] = {current: words("As now")}
    for name, recipe in BUILT_IN.items():
        out.setdefault(recipe, words("Built-in {name}", name=name))
    row = backbone(current.backbone)
    last = {number: [layer.name for layer in row.layers if layer.block == number][-1] for number in blocks_of(row.id)}
    numbers = list(last)
    sets = [[n] for n in numbers] + [[a, b] for a, b in pairwise(numbers)]
    for some in sets:
        for pooling in _TRIED_POOLINGS:
            layers = tuple(last[n] for n in some)
            recipe = Recipe(row.id, layers, pooling, 320, "letterbox", "garment")
            title = words(
                "{backbone} block {blocks}, {pooling}",
                "{backbone} blocks {blocks}, {pooling}",
                n=len(some),
                backbone=row.title,
                blocks="+".join(map(str, some)),
                pooling=POOLINGS[pooling],
            )
            out.setdefault(recipe, title)
    return out


def find(
    catalog: Catalog, request: AutoRequest, engines: tasks.Engines, token: Token, max_pixels: int = DEFAULT_MAX_PIXELS
) -> Found:
    """Try every candidate with every method on the exemplars, by grouped cross-validation.

    Copies of a file never stand on both sides. Nothing is written to the catalog.

    Raises
    ------
    AttrLensError
        If there are too few exemplars.
    Cancelled
    """
    titles = candidates(catalog.recipe(request.recipe))
    makeable, problems = engines.makeable(list(titles))
    hashes = catalog.hashes()
    slots = [slot for slot, _ in request.exemplars if slot in hashes]
    labels = [str(class_id) for slot, class_id in request.exemplars if slot in hashes]
    groups = one_group([str(slot) for slot in slots], [hashes[slot] for slot in slots])
    try:
        chosen = choose(labels, groups, None, limit=MOST)
    except AttrLensError as error:
        raise AttrLensError(
            words("An automatic choice needs two classes with 10 exemplars each."),
            words("Add exemplars, then try again."),
        ) from error
    images = catalog.images()
    paths = [Path(images[slots[i]].path) for i in chosen.indices]
    wanted = {recipe: makeable[recipe] for recipe in titles if recipe in makeable}
    rows, read, unread = _describe(paths, wanted, engines, token, max_pixels)
    place = {position: row for row, position in enumerate(chosen.indices[read].tolist())}
    chosen = chosen.only(read)
    at = [place[position] for position in chosen.indices.tolist()]
    out: list[Tried] = []
    for step, recipe in enumerate(wanted):
        token.report(step, len(wanted), words("Comparing recipes"))
        x = rows[recipe.key][at]
        for method, right in _compare(x, chosen, token):
            low, high = wilson(right, len(x))
            now = recipe.key == request.recipe and method.name == request.method
            out.append(Tried(titles[recipe], recipe, method, right / len(x), low, high, now))
    out.sort(key=lambda tried: (-round(tried.accuracy, 6), not tried.is_current, tried.recipe.width))
    return Found(request.attribute, len(at), len(chosen.classes), tuple(out), (*problems, *unread))


def _compare(x: Array, chosen: Chosen, token: Token) -> Iterator[tuple[Method, int]]:
    """How many of the images each method recognizes from the others, in folds that keep groups together."""
    from sklearn.model_selection import StratifiedGroupKFold

    y = chosen.y
    folds = list(StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(x, y, chosen.groups))
    background = Background.of(x)
    for method in METHODS:
        right = 0
        for learn, score in folds:
            token.check()
            found = fit(x[learn], y[learn] + 1, background, method, learn).score(x[score])
            right += int((found.best == y[score] + 1).sum())
        yield method, right


def _describe(
    paths: Sequence[Path], wanted: Mapping[Recipe, str], engines: tasks.Engines, token: Token, max_pixels: int
) -> tuple[dict[str, Array], Array, list[AttrLensError]]:
    """Rows of the images that could be read, by recipe key; which those are; and what is wrong with the others."""
    token.report(0, 0, words("Starting the neural network"))
    engine = engines.get(wanted, token)
    rows: dict[str, list[Array]] = {}
    read = np.zeros(len(paths), bool)
    problems = []
    for batch in describe(list(enumerate(paths)), engine, token, max_pixels):
        read[batch.slots] = True
        problems += [AttrLensError(r.message, r.hint) for r in batch.reads if r.state != READY]
        for key, part in batch.descriptors.items():
            rows.setdefault(key, []).append(part.astype(np.float16))
    return {key: np.concatenate(parts) for key, parts in rows.items()}, read, problems
