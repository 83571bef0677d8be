"""What the window and the command line both do with a catalog: import, describe, make classes of folders."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core.backbones import weights as weight_files
from attrlens.core.backbones.registry import backbone
from attrlens.core.catalog import model as steps
from attrlens.core.catalog.model import Action, Attribute, Change, Model
from attrlens.core.catalog.rows import ImageRow, NewImage, Read
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.descriptors import describe
from attrlens.core.engine import Engine
from attrlens.core.files import natural_key
from attrlens.core.images import DEFAULT_MAX_PIXELS
from attrlens.core.recipes import COLOR, TEXTURE, Recipe
from attrlens.core.swatches import swatch
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, WeightsError
from attrlens.words import words

Array = np.ndarray[Any, Any]

IMPORT_CHUNK = 500


def open_catalog(
    path: Path, *, create: bool = False, read_only: bool = False, names: tuple[str, str] = ("Color", "Texture")
) -> Catalog:
    """Open a catalog; a new one gets the two built-in attributes, on color and on texture, under these names."""
    catalog = Catalog(path, create=create, read_only=read_only)
    if not read_only and catalog.setting("seeded") is None:
        for name, recipe in zip(names, (COLOR, TEXTURE), strict=True):
            if catalog.model.attribute_named(name) is not None:
                continue  # a process that was killed in here got so far
            catalog.register_recipe(recipe, "")
            catalog.perform(steps.create_attribute(catalog.model, catalog.model.next_id("attribute"), name, recipe.key))
        catalog.forget_history()
        catalog.set_setting("seeded", True)
    return catalog


def named_attribute(catalog: Catalog, name: str) -> Attribute:
    """The attribute of that name.

    Raises
    ------
    AttrLensError
        With the names there are.
    """
    row = catalog.model.attribute_named(name)
    if row is None:
        names = ", ".join(one.name for one in catalog.model.sorted_attributes())
        raise AttrLensError(
            words("The catalog has no attribute {name}.", name=name), words("It has {names}.", names=names)
        )
    return row


def other_weights(recipe: Recipe) -> WeightsError:
    """What to say where descriptors were made with other weights than those found here."""
    return WeightsError(
        words(
            "The catalog was described with another weights file of {backbone} than the one found here.",
            backbone=backbone(recipe.backbone).title,
        ),
        words(
            "Name the file: in the settings of the window, --weights {backbone}=FILE on the command line.",
            backbone=recipe.backbone,
        ),
    )


def add_images(catalog: Catalog, images: Sequence[NewImage], token: Token) -> list[int]:
    """Add files in chunks, so that others get at the catalog in between; slots of the new ones."""
    slots: list[int] = []
    for start in range(0, len(images), IMPORT_CHUNK):
        token.check()
        slots += catalog.add_images(images[start : start + IMPORT_CHUNK])
        token.report(min(start + IMPORT_CHUNK, len(images)), len(images), words("Adding images"))
    return slots


class Engines:
    """Keeps the engine last used: building one takes a second. Used from one thread only.

    Parameters
    ----------
    named_weights : mapping of backbone id to Path
        Files the user chose.
    """

    def __init__(self, named_weights: Mapping[str, Path] | None = None) -> None:
        self.named_weights = dict(named_weights or {})
        self._engine: Engine | None = None
        self._hashes: dict[str, str] = {}

    def makeable(self, recipes: Sequence[Recipe]) -> tuple[dict[Recipe, str], list[WeightsError]]:
        """Which recipes the weights on this machine can make.

        Returns
        -------
        dict of Recipe to str
            With the SHA-256 of the weights file.
        list of WeightsError
            Why the others cannot be made.
        """
        files: dict[str, tuple[frozenset[str], str]] = {}
        problems: dict[str, WeightsError] = {}
        for backbone_id in dict.fromkeys(recipe.backbone for recipe in recipes):
            try:
                path = self._locate(backbone_id)
                files[backbone_id] = backbone(backbone_id).available_layers(path), weight_files.sha256(path)
            except WeightsError as error:
                problems[backbone_id] = error
        out = {}
        for recipe in recipes:
            if recipe.backbone not in files:
                continue
            layers, digest = files[recipe.backbone]
            missing = [name for name in recipe.layers if name not in layers]
            if missing:
                problems[recipe.key] = WeightsError(
                    words(
                        "The weights file of {backbone} does not hold the layer {layer}.",
                        backbone=backbone(recipe.backbone).title,
                        layer=missing[0],
                    ),
                    words("It is a partial file: choose the whole one."),
                )
            else:
                out[recipe] = digest
        return out, list(problems.values())

    def _locate(self, backbone_id: str) -> Path:
        return weight_files.locate(backbone(backbone_id), self.named_weights.get(backbone_id))

    def get(self, recipes: Mapping[Recipe, str], token: Token) -> Engine:
        """An engine for what `makeable` returned.

        Raises
        ------
        WeightsError
        Cancelled
        """
        wanted = {recipe.key: digest for recipe, digest in recipes.items()}
        if self._engine is None or wanted != self._hashes:
            token.check()
            files = {i: self._locate(i) for i in dict.fromkeys(recipe.backbone for recipe in recipes)}
            self._engine = Engine(list(recipes), files, token)
            self._hashes = wanted
        return self._engine


def describe_pending(
    catalog: Catalog,
    thumbnails: Thumbnails,
    engines: Engines,
    token: Token,
    on_batch: Callable[[tuple[Read, ...]], None] = lambda reads: None,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> list[AttrLensError]:
    """Describe every image that lacks a descriptor, and put the rows on disk batch by batch.

    Parameters
    ----------
    catalog : Catalog
    thumbnails : Thumbnails
    engines : Engines
    token : Token
    on_batch : callable
        Called with what was read after each batch is on disk, from this thread.
    max_pixels : int

    Returns
    -------
    list of AttrLensError
        What the user should know though the rest was done: weights that are missing, a GPU that could not be used.
    """
    recipes = catalog.recipes_in_use()
    makeable, problems = engines.makeable(recipes)
    others = [recipe for recipe in recipes if recipe not in makeable]
    # Weights that were there once are not missed while no image waits for them.
    notices: list[AttrLensError] = [*problems] if catalog.pending(others) else []
    for recipe, digest in makeable.items():
        catalog.register_recipe(recipe, digest)
    waiting = {image.slot: image for image in catalog.pending(list(makeable))}
    if not waiting:
        return notices
    token.report(0, 0, words("Starting the neural network"))
    engine = engines.get(makeable, token)
    for batch in describe([(slot, Path(image.path)) for slot, image in waiting.items()], engine, token, max_pixels):
        kept = catalog.append(batch.reads, batch.slots, batch.descriptors, waiting)
        thumbnails.put([(slot, data) for slot, data in batch.thumbnails if slot in kept])
        on_batch(tuple(read for read in batch.reads if read.slot in kept))
    if engine.notice:
        notices.append(AttrLensError(engine.notice, words("Results are the same, only slower.")))
    return notices


def folder_classes(
    model: Model, attribute: int, images: Sequence[ImageRow], exemplars_per_class: int, groups: Mapping[str, str]
) -> tuple[Action, dict[str, tuple[int, int]]]:
    """The action that makes a class of each sub-folder, labels its images, and takes some of them as exemplars.

    Parameters
    ----------
    model : Model
        Not changed.
    attribute : int
        Id.
    images : sequence of ImageRow
        Images to label. The class is the first folder below the imported one; images that lie directly in it get none.
    exemplars_per_class : int
        About so many: whole groups are taken, in an order that depends on their names only, until the number is
        reached. 0 takes none.
    groups : mapping of str to str
        Path (or its end, such as ``color/red/a.jpg``) to group: images of one photo session or product. Images without
        a group are each their own.

    Returns
    -------
    Action
        One step of undo for all of it.
    dict of str to (int, int)
        Class name to number of images and of exemplars.
    """
    by_class: dict[str, dict[int, str]] = {}
    for image in images:
        relative = Path(image.path).relative_to(image.root)
        if len(relative.parts) > 1:
            by_class.setdefault(relative.parts[0].replace("_", " "), {})[image.slot] = image.path
    changes, out = _classes(model, attribute, by_class, exemplars_per_class, groups, label_all=True)
    return Action(words("Classes from {n:,} folder", "Classes from {n:,} folders", n=len(by_class)), changes), out


_BUILT_IN_NAMES = {COLOR.key: "Color", TEXTURE.key: "Texture"}
"""What the demo calls them, whatever the person's language calls them."""


def demo_classes(
    model: Model, images: Sequence[ImageRow], truth: Mapping[str, Mapping[str, str]], count: int
) -> Action:
    """The action that makes the demo's color and texture classes, each with about `count` exemplars.

    Parameters
    ----------
    model : Model
    images : sequence of ImageRow
        To take exemplars from; no other image is labeled.
    truth : mapping of file name to mapping of attribute name to class name
    count : int
    """
    changes: list[Change] = []
    for attribute in model.sorted_attributes():
        by_class: dict[str, dict[int, str]] = {}
        for image in images:
            name = truth.get(Path(image.path).name, {}).get(_BUILT_IN_NAMES.get(attribute.recipe, attribute.name))
            if name:
                by_class.setdefault(name, {})[image.slot] = image.path
        scratch = model.copy()
        scratch.apply(Action("", tuple(changes)))  # class ids go on over the attributes
        some = min([count, *(max(1, len(members) // 2) for members in by_class.values())])  # leave as many to classify
        changes += _classes(scratch, attribute.id, by_class, some, {}, label_all=False)[0]
    return Action(words("Demo classes"), tuple(changes))


def _classes(
    model: Model, attribute: int, by_class: Mapping[str, Mapping[int, str]], exemplars_per_class: int,
    groups: Mapping[str, str], *, label_all: bool,
) -> tuple[tuple[Change, ...], dict[str, tuple[int, int]]]:  # fmt: skip
    """Changes that make classes with exemplars; `by_class` maps name to slots and paths."""
    scratch = model.copy()
    now = time.time()
    changes: list[Change] = []
    out = {}

    def step(action: Action) -> None:
        scratch.apply(action)
        changes.extend(action.changes)

    for name in sorted(by_class, key=natural_key):
        members = {slot: path for slot, path in by_class[name].items() if _is_free(scratch, attribute, slot, name)}
        existing = scratch.class_named(attribute, name)
        class_id = existing.id if existing else scratch.next_id("class")
        if existing is None:
            color = swatch(name, len(scratch.classes_of(attribute)))
            step(steps.create_class(scratch, class_id, attribute, name, color))
        if label_all:
            step(steps.set_labels(scratch, class_id, list(members), now, "folder"))
        chosen = choose_exemplars(members, exemplars_per_class, groups)
        step(steps.add_exemplars(scratch, class_id, chosen, now))
        out[name] = (len(members), len(chosen))
    return tuple(changes), out


def _is_free(model: Model, attribute: int, slot: int, name: str) -> bool:
    """Whether a folder's name may decide: a person's own label for another class is never overwritten."""
    label = model.label(attribute, slot)
    if label is None or label.made_by == "folder":
        return True
    return model.classes[label.class_id].name.casefold() == name.casefold()


def choose_exemplars(paths: Mapping[int, str], count: int, groups: Mapping[str, str]) -> list[int]:
    """About `count` images, whole groups at a time; the same choice on every machine."""
    members: dict[str, list[int]] = {}
    for slot, path in paths.items():
        members.setdefault(group_of(path, groups), []).append(slot)

    def order(group: str) -> str:
        names = sorted(Path(paths[slot]).name for slot in members[group])
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    chosen: list[int] = []
    for group in sorted(members, key=order):
        if len(chosen) >= count:
            break
        if len(chosen) + len(members[group]) <= count + max(2, count // 10):  # a huge group would overshoot
            chosen += members[group]
    return sorted(chosen)


def group_of(path: str, groups: Mapping[str, str]) -> str:
    """The group of a path, found by the longest end of it that is in the table; the path itself without one."""
    parts = Path(path).as_posix().split("/")
    for start in range(len(parts)):
        group = groups.get("/".join(parts[start:]))
        if group is not None:
            return f"group {group}"
    return path


@dataclass(frozen=True)
class Agreement:
    """How suggestions agree with labels on images that are no exemplars.

    Attributes
    ----------
    scored : int
        Labeled images with a suggestion, exemplars left out.
    right : int
        Of those, suggestion is the label and the program was not unsure.
    unknown : int
        Of those, confidence below the threshold.
    per_class : dict of class name to (scored, right)
    """

    scored: int
    right: int
    unknown: int
    per_class: dict[str, tuple[int, int]]

    @property
    def accuracy(self) -> float | None:
        """Share right; unknown counts as not right. None with nothing to score."""
        return self.right / self.scored if self.scored else None


def agreement(catalog: Catalog, attribute: int) -> Agreement:
    """Compare an attribute's suggestions with its labels; the exemplars' own groups are the caller's business."""
    suggestions = catalog.suggestions(attribute)
    model = catalog.model
    labels, exemplars = model.labels_of(attribute), model.exemplars_of(attribute)
    per_class: dict[str, list[int]] = {}
    unknown = 0
    if suggestions is not None:
        scored = suggestions.scored
        for slot, best, confidence in zip(
            suggestions.slots.tolist(), scored.best.tolist(), scored.confidence.tolist(), strict=True
        ):
            label = labels.get(slot)
            if label is None or slot in exemplars:
                continue
            entry = per_class.setdefault(model.classes[label.class_id].name, [0, 0])
            entry[0] += 1
            if confidence < model.threshold_of(attribute, best):
                unknown += 1
            elif best == label.class_id:
                entry[1] += 1
    return Agreement(
        sum(n for n, _ in per_class.values()),
        sum(right for _, right in per_class.values()),
        unknown,
        {name: (n, right) for name, (n, right) in sorted(per_class.items())},
    )
