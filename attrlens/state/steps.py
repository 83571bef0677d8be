"""What the workbench's jobs do: frozen inputs, new objects out. Nothing here sees a widget or the document."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from attrlens import paths
from attrlens.core import refresh, tasks
from attrlens.core.catalog import places
from attrlens.core.catalog.keeping import Added
from attrlens.core.catalog.rows import Suggestions
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.decisions import ClassifyRequest, Fits, classify, is_stale
from attrlens.core.files import scan
from attrlens.core.recipes import BUILT_IN
from attrlens.core.refresh import Seen
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.state.open_catalog import Opened
from attrlens.words import tr


@dataclass(frozen=True)
class Imported:
    """What an import found.

    Attributes
    ----------
    seen : Seen
        New images, and known ones that were found again.
    slots : list of int
        Every image of the sources, new or known.
    added : Added
        Those that are new, or were taken out of the catalog before, and folders that are watched since.
    roots : dict of int to str
        The source each of them was found in.
    folders : list of str
        Sub-folders that hold images.
    """

    seen: Seen
    slots: list[int]
    added: Added
    roots: dict[int, str]
    folders: list[str]
    other_files: int
    problems: list[AttrLensError]


def moved_text(count: int) -> str:
    """What is said of files that were found again."""
    return tr("{n:,} file moved and was found again", "{n:,} files moved and were found again", n=count)


def catalog_for(folder: Path) -> Path:
    """Where the catalog of a folder of images is kept: with the user's data, because originals' folders stay as is."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100  (the same name for the same folder, links kept)
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return paths.default_catalogs_folder() / f"{folder.name or 'images'}-{digest}.attrlens"


def open_one(path: Path, create: bool, token: Token) -> Opened:
    """Open a catalog, and read what the window shows of it."""
    catalog = tasks.open_catalog(path, create=create, names=(tr("Color"), tr("Texture")))
    try:
        token.check()  # another was asked for meanwhile: let go of the lock
        suggestions = {a: s for a in catalog.model.attributes if (s := catalog.suggestions(a)) is not None}
        stale = frozenset(a for a in catalog.model.attributes if is_stale(catalog, a, suggestions.get(a)))
        return Opened(catalog, Thumbnails(catalog.thumbnails_path), catalog.images(), suggestions, stale)
    except BaseException:
        catalog.close()
        raise


def recipes(named: dict[str, Path]) -> dict[str, str]:
    """Which built-in recipes the weights on this computer can make: "" or why not, by key."""
    out = {}
    for name, recipe in BUILT_IN.items():
        makeable, problems = tasks.Engines(named).makeable([recipe])
        out[name] = "" if recipe in makeable else problems[0].message
    return out


def import_files(catalog: Catalog, cache: Thumbnails, sources: Sequence[Path], token: Token) -> Imported:
    """Add files, or recognize them as images that moved."""
    found = scan(sources, token, skip_folders=[catalog.path])
    seen = refresh.add(catalog, cache, found.images, token)
    folders = places.know(catalog, [os.path.abspath(source) for source in sources if source.is_dir()])  # noqa: PTH100
    by_path = catalog.slots_of(image.path for image in found.images) | seen.aliases
    roots = {by_path[image.path]: image.root for image in found.images if image.path in by_path}
    subfolders = dict.fromkeys(
        relative.parts[0]
        for image in found.images
        if len((relative := Path(image.path).relative_to(image.root)).parts) > 1
    )
    new = {row.slot for row in seen.added}
    removed = catalog.model.removals
    added = Added(sorted(slot for slot in roots if slot in new or slot in removed), folders)
    problems = found.problems + seen.problems
    return Imported(seen, sorted(roots), added, roots, list(subfolders), found.other_files, problems)


def classify_one(catalog: Catalog, request: ClassifyRequest, fits: Fits) -> tuple[int, Suggestions | None, float]:
    """Classify by one attribute; its id, the suggestions, and the seconds it took."""
    began = time.perf_counter()
    suggestions = classify(catalog, request, fits)
    return request.attribute.id, suggestions, time.perf_counter() - began
