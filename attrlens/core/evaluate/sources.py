"""Where labeled images come from: folders, or a catalog's own labels."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from attrlens.core import tasks
from attrlens.core.backbones.registry import backbone
from attrlens.core.catalog.rows import READY, Waiting
from attrlens.core.catalog.store import Catalog
from attrlens.core.classify.methods import Method
from attrlens.core.descriptors import describe
from attrlens.core.evaluate.data import MAX_IMAGES, Chosen, Decides, Labeled, Space, choose, one_group
from attrlens.core.files import scan
from attrlens.core.images import DEFAULT_MAX_PIXELS
from attrlens.core.recipes import BUILT_IN, Recipe, block_recipe, blocks_of
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Spaces:
    """The recipes that are evaluated.

    Attributes
    ----------
    recipes : dict of name to Recipe
        The attribute's own first.
    blocks : dict of title to (backbone, block number, Recipe)
    hashes : dict of recipe key to SHA-256 of the weights
    problems : tuple of AttrLensError
        Blocks that were asked for and cannot be made here.
    """

    recipes: dict[str, Recipe]
    blocks: dict[str, tuple[str, int, Recipe]]
    hashes: dict[str, str]
    problems: tuple[AttrLensError, ...]

    def all(self) -> dict[Recipe, str]:
        """Every recipe with the hash of its weights."""
        found = [*self.recipes.values(), *(recipe for _, _, recipe in self.blocks.values())]
        return {recipe: self.hashes[recipe.key] for recipe in found}

    def described(self, rows: Mapping[str, Array]) -> tuple[list[Space], list[Space]]:
        """Recipes' and blocks' spaces, from rows by recipe key."""
        recipes = [Space(name, name, r.backbone, rows[r.key]) for name, r in self.recipes.items()]
        blocks = [Space(str(number), title, b, rows[r.key]) for title, (b, number, r) in self.blocks.items()]
        return recipes, blocks

    def for_report(self) -> dict[str, dict[str, object]]:
        """Recipe and weights of each, for the report."""
        found = self.recipes | {title: recipe for title, (_, _, recipe) in self.blocks.items()}
        return {
            name: recipe.to_json() | {"key": recipe.key, "weights_sha256": self.hashes[recipe.key]}
            for name, recipe in found.items()
        }


def recipe_name(recipe: Recipe) -> str:
    """Name of a built-in recipe; the key of another."""
    return next((name for name, other in BUILT_IN.items() if other == recipe), recipe.key)


def spaces(
    engines: tasks.Engines, recipes: Sequence[Recipe], backbones: Sequence[str], blocks: Sequence[int] | None
) -> Spaces:
    """Look up what the weights on this machine can make.

    Parameters
    ----------
    engines : Engines
    recipes : sequence of Recipe
        The attribute's own first.
    backbones : sequence of str
        Whose blocks are evaluated.
    blocks : sequence of int, optional
        Numbers; None all.

    Raises
    ------
    AttrLensError
        If a recipe cannot be made.
    """
    wanted = {
        f"{backbone(b).title} block {number}": (b, number, block_recipe(b, number))
        for b in backbones
        for number in blocks_of(b)
        if blocks is None or number in blocks
    }
    makeable, problems = engines.makeable([*recipes, *(recipe for _, _, recipe in wanted.values())])
    for recipe in recipes:
        if recipe not in makeable:
            raise problems[0]
    return Spaces(
        {recipe_name(recipe): recipe for recipe in recipes},
        {title: entry for title, entry in wanted.items() if entry[2] in makeable},
        {recipe.key: digest for recipe, digest in makeable.items()},
        tuple(problems),
    )


@dataclass(frozen=True)
class Folders:
    """Labeled images read from folders.

    Attributes
    ----------
    data : Labeled
    problems : tuple of AttrLensError
        Files that could not be read, and why.
    """

    data: Labeled
    problems: tuple[AttrLensError, ...]


def from_folders(
    folder: Path, train: Path | None, attribute: str, groups: Mapping[str, str], wanted: Spaces,
    engines: tasks.Engines, token: Token, decides: Decides, limit: int = MAX_IMAGES, seed: int = 0,
) -> Folders:  # fmt: skip
    """Describe folders with one sub-folder per class.

    Parameters
    ----------
    folder : Path
        Its images are scored.
    train : Path, optional
        Its images are learned from; None for folds.
    attribute : str
        For the report.
    groups : mapping of path ending to group
    wanted : Spaces
    engines : Engines
    token : Token
    decides : Decides
    limit : int
        Sample where there are more images.
    seed : int
        Of the sample.

    Raises
    ------
    AttrLensError
    Cancelled
    """
    paths: list[Path] = []
    labels: list[str] = []
    learn: list[bool] = []
    problems: list[AttrLensError] = []
    for source, is_train in [(folder, False)] + ([(train, True)] if train else []):
        found = scan([source], token)
        problems += found.problems
        for image in found.images:
            inside = Path(image.path).relative_to(image.root)
            if len(inside.parts) > 1:
                paths.append(Path(image.path))
                labels.append(inside.parts[0].replace("_", " "))
                learn.append(is_train)
    if not paths:
        raise AttrLensError(
            words("{folder} has no sub-folder with images.", folder=folder),
            words("An evaluation needs one sub-folder per class."),
        )
    rows, hashes, unread = _describe(paths, wanted, engines, token)
    problems += unread
    read = [i for i, digest in enumerate(hashes) if digest]
    together, given = _grouped([str(paths[i]) for i in read], groups, [hashes[i] for i in read])
    split = np.array([learn[i] for i in read]) if train else None
    chosen = choose([labels[i] for i in read], together, split, given=given, limit=limit, seed=seed)
    named = [_name(paths[i], folder, train) for i in read]
    at = {slot: row for row, slot in enumerate(read)}
    place = np.array([at[read[i]] for i in chosen.indices])
    recipes, blocks = wanted.described({key: part[place] for key, part in rows.items()})
    return Folders(chosen.labeled(attribute, named, recipes, blocks, decides), tuple(problems))


def _grouped(paths: Sequence[str], groups: Mapping[str, str], hashes: Sequence[str]) -> tuple[list[str], Array]:
    """The group of each image, as given and copies of one file together; and whether one was given.

    Raises
    ------
    AttrLensError
        If groups were given and none of them is of these images: the numbers would not be what was asked for.
    """
    own = [tasks.group_of(path, groups) for path in paths]
    given = np.array([group != path for group, path in zip(own, paths, strict=True)], bool)
    if groups and not given.any():
        raise AttrLensError(
            words("None of the images is in the groups file."),
            words(
                "Its column file must hold their paths, or the ends of them: {example}.",
                example="/".join(Path(paths[0]).parts[-2:]),
            ),
        )
    return one_group(own, hashes), given


def _name(path: Path, folder: Path, train: Path | None) -> str:
    for root in (folder, train):
        if root is None:
            continue
        whole = Path(os.path.abspath(root))  # noqa: PTH100  (as `scan` does it)
        if path.is_relative_to(whole):
            return path.relative_to(whole).as_posix()
    return str(path)


def _describe(
    paths: Sequence[Path], wanted: Spaces, engines: tasks.Engines, token: Token
) -> tuple[dict[str, Array], list[str], list[AttrLensError]]:
    """Rows of the readable images by recipe key, the content hash of every image ("" unreadable), and problems."""
    token.report(0, 0, words("Starting the neural network"))
    engine = engines.get(wanted.all(), token)
    rows: dict[str, list[Array]] = {}
    hashes = [""] * len(paths)
    problems = []
    for batch in describe(list(enumerate(paths)), engine, token):
        for read in batch.reads:
            if read.state == READY:
                hashes[read.slot] = read.hash
            else:
                problems.append(AttrLensError(read.message, read.hint))
        for key, part in batch.descriptors.items():
            rows.setdefault(key, []).append(part.astype(np.float16))
    if engine.notice:
        problems.append(AttrLensError(engine.notice, words("Results are the same, only slower.")))
    return {key: np.concatenate(parts) for key, parts in rows.items()}, hashes, problems


@dataclass(frozen=True)
class CatalogRequest:
    """Frozen inputs of an evaluation of a catalog's own labels.

    Attributes
    ----------
    attribute : int
    name : str
    decides : Decides
    slots : tuple of int
        Labeled images that take part.
    labels : tuple of str
        Class name of each.
    train : tuple of bool, or None
        Exemplars to learn from, the other labels are scored; None for folds over all labels.
    groups : dict of path ending to group
    class_ids : dict of class name to id
    """

    attribute: int
    name: str
    decides: Decides
    slots: tuple[int, ...]
    labels: tuple[str, ...]
    train: tuple[bool, ...] | None
    groups: dict[str, str]
    class_ids: dict[str, int]

    @classmethod
    def of(
        cls, catalog: Catalog, attribute: int, *, by_exemplars: bool = False, groups: Mapping[str, str] | None = None
    ) -> CatalogRequest:
        """The request for the state the catalog is in now."""
        model = catalog.model
        row = model.attributes[attribute]
        excluded = model.excluded_of(attribute)
        labels = {s: label for s, label in sorted(model.labels_of(attribute).items()) if s not in excluded}
        exemplars = model.exemplars_of(attribute)
        own = {c.name: c.threshold for c in model.classes_of(attribute) if c.threshold is not None}
        return cls(
            attribute, row.name, Decides(row.threshold, Method.named(row.method), own), tuple(labels),
            tuple(model.classes[label.class_id].name for label in labels.values()),
            tuple(slot in exemplars for slot in labels) if by_exemplars else None, dict(groups or {}),
            {c.name: c.id for c in model.classes_of(attribute)},
        )  # fmt: skip

    def grouped(self, groups: Mapping[str, str]) -> CatalogRequest:
        """The same with other groups."""
        return replace(self, groups=dict(groups))


def choose_from_catalog(catalog: Catalog, request: CatalogRequest, limit: int = MAX_IMAGES, seed: int = 0) -> Chosen:
    """Which labeled images take part: those that were read.

    Returns
    -------
    Chosen
        Its indices are slots.
    """
    images = catalog.images()
    hashes = catalog.hashes()
    use = [i for i, slot in enumerate(request.slots) if images[slot].state == READY]
    slots = np.array([request.slots[i] for i in use], np.int64)
    paths = [images[slot].path for slot in slots]
    together, given = _grouped(paths, request.groups, [hashes.get(slot, "") for slot in slots.tolist()])
    products = catalog.model.products
    numbers = [str(products[slot][0]) if slot in products else "" for slot in slots.tolist()]
    together, given = one_group(together, numbers), given | np.array([bool(number) for number in numbers], bool)
    train = None if request.train is None else np.array([request.train[i] for i in use], bool)
    labels = [request.labels[i] for i in use]
    chosen = choose(labels, together, train, given=given, limit=limit, seed=seed)
    return replace(chosen, indices=slots[chosen.indices])


def describe_chosen(
    catalog: Catalog, chosen: Chosen, wanted: Spaces, engines: tasks.Engines, token: Token, max_pixels: int
) -> None:
    """Make the descriptors that are not in the catalog yet; they are kept there for the next time.

    Only descriptors are written: that a file cannot be read now, because its drive is not connected for example, is no
    news about an image that was read before.
    """
    missing: dict[Recipe, str] = {}
    slots: set[int] = set()
    for recipe, digest in wanted.all().items():
        catalog.register_recipe(recipe, digest)
        lacking = np.setdiff1d(chosen.indices, catalog.described(recipe.key))
        if len(lacking):
            missing[recipe] = digest
            slots |= set(lacking.tolist())
    if not slots:
        return
    images = catalog.images()
    token.report(0, 0, words("Starting the neural network"))
    engine = engines.get(missing, token)
    rows = {slot: images[slot] for slot in sorted(slots)}
    waiting = {slot: Waiting(slot, row.path, row.size, row.mtime_ns) for slot, row in rows.items()}
    for batch in describe([(slot, Path(row.path)) for slot, row in rows.items()], engine, token, max_pixels):
        catalog.append((), batch.slots, batch.descriptors, waiting)


def from_catalog(
    catalog: Catalog, request: CatalogRequest, wanted: Spaces, engines: tasks.Engines, token: Token, *,
    limit: int = MAX_IMAGES, seed: int = 0, max_pixels: int = DEFAULT_MAX_PIXELS,
) -> tuple[Labeled, Chosen, list[AttrLensError]]:  # fmt: skip
    """The catalog's labels with their descriptors; those that are missing are made and kept.

    Returns
    -------
    Labeled
    Chosen
        Its indices are slots.
    list of AttrLensError
        What could not be read now.

    Raises
    ------
    AttrLensError
        If too few images are left, or the catalog was described with other weights.
    Cancelled
    """
    for recipe in wanted.recipes.values():
        known = catalog.weights_hash(recipe.key)
        if known and known != wanted.hashes[recipe.key]:
            raise tasks.other_weights(recipe)
    chosen = choose_from_catalog(catalog, request, limit, seed)
    describe_chosen(catalog, chosen, wanted, engines, token, max_pixels)
    keys = [recipe.key for recipe in wanted.all()]
    there = np.ones(len(chosen.indices), bool)
    for key in keys:
        there &= np.isin(chosen.indices, catalog.described(key))
    images = catalog.images()  # an image's place in the list is its slot
    problems = [
        AttrLensError(words("{name} could not be read now and is left out.", name=Path(images[slot].path).name), "")
        for slot in chosen.indices[~there]
    ]
    chosen = chosen.only(there)
    rows = {key: np.array(catalog.descriptors(key)[chosen.indices]) for key in keys}
    recipes, blocks = wanted.described(rows)
    files = [row.path for row in images]
    return chosen.labeled(request.name, files, recipes, blocks, request.decides), chosen, problems


def add_ids(report: dict[str, Any], request: CatalogRequest, data: Labeled, chosen: Chosen) -> None:
    """Give every image of a report its slot and the ids of its classes, in place: names may change."""
    slots = dict(zip(data.files, chosen.indices.tolist(), strict=True))
    for row in report["images"]:
        row["slot"] = slots[row["file"]]
        row["label_id"], row["best_id"] = request.class_ids[row["label"]], request.class_ids[row["best"]]
