"""Look again where a catalog's files are: new ones, changed ones, moved ones, missing ones.

Nothing here touches a file. A file that moved is known again by its content: an image without a file takes the place
of a new one of the same size and hash, with its labels, exemplars and descriptors.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from attrlens.core import tasks
from attrlens.core.catalog import places
from attrlens.core.catalog.places import Place
from attrlens.core.catalog.rows import ImageRow, NewImage
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.descriptors import content_hash
from attrlens.core.files import Found, scan
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words

CHUNK = 500


@dataclass
class Seen:
    """What was found out.

    Attributes
    ----------
    added : list of ImageRow
        New images.
    rows : list of ImageRow
        Known images of which something is different now.
    changed : list of int
        Slots of those with another content.
    moved, lost, back : list of int
        Slots that are elsewhere now; that are missing since now; that are there again.
    problems : list of AttrLensError
    """

    added: list[ImageRow] = field(default_factory=list)
    rows: list[ImageRow] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    problems: list[AttrLensError] = field(default_factory=list)


def look_again(catalog: Catalog, thumbnails: Thumbnails, token: Token, folders: Sequence[Path] | None = None) -> Seen:
    """Compare the catalog with the disk, and keep what is different.

    Parameters
    ----------
    catalog : Catalog
    thumbnails : Thumbnails
        Pictures of changed files are dropped.
    token : Token
    folders : sequence of Path, optional
        Only below these; None everywhere.

    Returns
    -------
    Seen
    """
    images = catalog.images()
    where = _outermost(folders) if folders is not None else None
    found = _scan(catalog, where, token)
    present = {image.path: image for image in found.images}
    seen = Seen(problems=found.problems)
    updates: dict[int, Place] = {}
    for i, image in enumerate(images):
        if i % CHUNK == 0:
            token.check()
            token.report(i, len(images), words("Looking for files"))
        if where is None or _is_below(image.path, where):
            place = _compare(image, present.get(image.path) or _stat(image), seen)
            if place is not None:
                updates[image.slot] = place
    hashes = catalog.hashes()
    seen.changed = [slot for slot in seen.changed if not _is_same(hashes.get(slot, ""), updates[slot].path)]
    known = {image.path for image in images}
    new = [image for path, image in present.items() if path not in known]
    _keep(catalog, thumbnails, images, new, updates, seen, token)
    return seen


def add(catalog: Catalog, thumbnails: Thumbnails, found: Sequence[NewImage], token: Token) -> Seen:
    """Add files; those that are missing images of the catalog in another place are recognized instead."""
    images = catalog.images()
    known = {image.path: image for image in images}
    seen = Seen()
    updates: dict[int, Place] = {}
    for file in found:
        image = known.get(file.path)
        if image is not None and image.missing:
            seen.back.append(image.slot)
            updates[image.slot] = Place(image.slot, image.path, image.root, image.size, image.mtime_ns, 0)
    new = [file for file in found if file.path not in known]
    _keep(catalog, thumbnails, images, new, updates, seen, token)
    return seen


def _keep(
    catalog: Catalog, thumbnails: Thumbnails, images: Sequence[ImageRow], new: Sequence[NewImage],
    updates: dict[int, Place], seen: Seen, token: Token,
) -> None:  # fmt: skip
    """Write down what was found out."""
    left = _recognize(catalog, images, new, updates, seen, token)
    if updates:
        places.update(catalog, list(updates.values()), seen.changed)
        thumbnails.forget(seen.changed)
    tasks.add_images(catalog, left, token)
    after = catalog.images()
    seen.added = after[len(images) :]
    seen.rows = [after[slot] for slot in sorted(updates)]


def _outermost(folders: Iterable[Path]) -> list[str]:
    """Folders without those that lie in another of them."""
    out: list[str] = []
    for folder in sorted({os.path.abspath(folder) for folder in folders}):  # noqa: PTH100  (links kept)
        if not out or not _is_below(folder, out):
            out.append(folder)
    return out


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)


def _scan(catalog: Catalog, where: Sequence[str] | None, token: Token) -> Found:
    """Image files in the watched folders, as far as they are asked about. A folder that is away has none."""
    out = Found()
    for root in [path for path, on in places.folders(catalog).items() if on]:
        inside = [root] if where is None or _is_below(root, where) else [f for f in where if _is_below(f, [root])]
        found = scan([Path(f) for f in inside if Path(f).is_dir()], token, skip_folders=[catalog.path])
        out.images += [image._replace(root=root) for image in found.images]
        out.problems += found.problems
    return out


def _stat(image: ImageRow) -> NewImage | None:
    """The file of an image as it is now, None where there is none."""
    try:
        status = os.stat(image.path)  # noqa: PTH116  (50,000 Path objects would be the larger part of the time)
    except (OSError, ValueError):
        return None
    return NewImage(image.path, image.root, status.st_size, status.st_mtime_ns)


def _compare(image: ImageRow, now: NewImage | None, seen: Seen) -> Place | None:
    """What is to be kept of an image that is different from before, or None."""
    if now is None:
        if image.missing:
            return None
        seen.lost.append(image.slot)
        return Place(image.slot, image.path, image.root, image.size, image.mtime_ns, 1)
    is_other = (now.size, now.mtime_ns) != (image.size, image.mtime_ns)
    if not is_other and not image.missing:
        return None
    if image.missing:
        seen.back.append(image.slot)
    if is_other:
        seen.changed.append(image.slot)  # for now: the content is compared before anything is dropped
    return Place(image.slot, image.path, image.root, now.size, now.mtime_ns, 0)


def _recognize(
    catalog: Catalog, images: Sequence[ImageRow], new: Sequence[NewImage], updates: dict[int, Place], seen: Seen,
    token: Token,
) -> list[NewImage]:  # fmt: skip
    """Give images without a file the new files of the same content; returns the new files that are left."""
    hashes, removed = catalog.hashes(), catalog.model.removals
    sizes = {file.size for file in new}
    gone: dict[int, list[int]] = {}
    for image in images:
        if image.size in sizes and image.slot in hashes and image.slot not in removed:
            missing = updates[image.slot].missing if image.slot in updates else _stat(image) is None
            if missing:
                gone.setdefault(image.size, []).append(image.slot)
    left = []
    for i, file in enumerate(new):
        token.check()
        slot = _same_content(file, gone.get(file.size, []), hashes, images)
        if slot < 0:
            left.append(file)
            continue
        token.report(i, len(new), words("Recognizing moved files"))
        gone[file.size].remove(slot)
        updates[slot] = Place(slot, *file, 0)
        seen.moved.append(slot)
        if slot in seen.lost:
            seen.lost.remove(slot)
    return left


def _same_content(image: NewImage, slots: Sequence[int], hashes: Mapping[int, str], images: Sequence[ImageRow]) -> int:
    """The missing image whose content a new file has, one of the same name first; -1 for none."""
    if not slots:
        return -1
    try:
        digest = content_hash(Path(image.path))
    except OSError:
        return -1
    same = [slot for slot in slots if hashes[slot] == digest]
    name = PurePath(image.path).name
    return min(same, key=lambda slot: (PurePath(images[slot].path).name != name, slot), default=-1)


def _is_same(digest: str, path: str) -> bool:
    """Whether a file still has the content it was described by: a copy program may only have touched it."""
    if not digest:
        return False
    try:
        return content_hash(Path(path)) == digest
    except OSError:
        return False


def relink(
    images: Sequence[ImageRow], hashes: Mapping[int, str], known: Container[str], folder: Path, token: Token
) -> dict[int, tuple[str, str, int]]:
    """Find missing images below a folder that a person points at.

    The place of a file is tried first by what of its path may have stayed, then every file of the same name. A file of
    another content is never taken.

    Parameters
    ----------
    images : sequence of ImageRow
        Those that are missing.
    hashes : mapping of slot to str
    known : container of str
        Paths of other images of the catalog: they are taken.
    folder : Path
    token : Token

    Returns
    -------
    dict of slot to (path, root, missing)
    """
    found = scan([folder], token)
    by_name: dict[str, list[NewImage]] = {}
    for file in found.images:
        if file.path not in known:
            by_name.setdefault(PurePath(file.path).name, []).append(file)
    taken: set[str] = set()
    out = {}
    for i, image in enumerate(images):
        token.check()
        token.report(i, len(images), words("Looking for missing files"))
        tail = PurePath(image.path).parts[::-1]
        candidates = sorted(by_name.get(tail[0], []), key=lambda c: -_shared(PurePath(c.path).parts[::-1], tail))
        for candidate in candidates:
            if candidate.path in taken or (image.size and candidate.size != image.size):
                continue
            if hashes.get(image.slot) and not _is_same(hashes[image.slot], candidate.path):
                continue
            taken.add(candidate.path)
            out[image.slot] = (candidate.path, candidate.root, 0)
            break
    return out


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """How many parts two paths share, counted from their ends."""
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        count += 1
    return count
