"""Look again where a catalog's files are: new ones, changed ones, moved ones, missing ones.

Nothing here touches a file. What an image is, is its content: one that moved, was renamed, or changed places with
another is known again, with its labels, exemplars and descriptors. A file with another content in the place of an
image that nobody missed is that image, retouched: its labels stay, and it is described again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from attrlens.core import recognize, tasks
from attrlens.core.catalog import keeping, places
from attrlens.core.catalog.places import Place
from attrlens.core.catalog.rows import ERROR, ImageRow, NewImage
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.files import Found, scan
from attrlens.core.recognize import Newcomer
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.words import words

CHUNK = 500

RECENT = 24 * 3600
"""Seconds that a copy may be older than the loss of its original, to be taken for the same file on its way."""


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
    twins : list of (int, int)
        Slots that are missing since now, and of new images of the same content: a file that was copied and then
        deleted. What was said of the one is to be said of the other.
    aliases : dict of str to int
        Paths that lead to images of the catalog through a link.
    folders : frozenset of str
        Folders to be watched that are there.
    problems : list of AttrLensError
    """

    added: list[ImageRow] = field(default_factory=list)
    rows: list[ImageRow] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    twins: list[tuple[int, int]] = field(default_factory=list)
    aliases: dict[str, int] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
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
    scope = Scope(folders)
    found = _scan(catalog, scope, token)
    present = {file.path: file for file in found.images}
    work = _Comparison(catalog, token)
    work.seen.problems = found.problems
    work.seen.folders = frozenset(there(catalog))
    for i, image in enumerate(work.images):
        if i % CHUNK == 0:
            token.check()
            token.report(i, len(work.images), words("Looking for files"))
        if scope.holds(image.path):
            work.compare(image, present.get(image.path) or recognize.status_of(image))
    work.settle(list(present.values()))
    return work.keep(thumbnails)


def add(catalog: Catalog, thumbnails: Thumbnails, found: Sequence[NewImage], token: Token) -> Seen:
    """Add files; those that are homeless images of the catalog are recognized instead."""
    work = _Comparison(catalog, token)
    files = {file.path: file for file in found}
    for image in work.images:
        if image.path in files:
            work.compare(image, files[image.path])
    work.settle(found)
    return work.keep(thumbnails)


def there(catalog: Catalog) -> list[str]:
    """Folders to be watched that are there now."""
    return [path for path, on in places.folders(catalog).items() if on and os.path.isdir(path)]  # noqa: PTH112


class Scope:
    """Folders with all that lies below them; None is everywhere."""

    def __init__(self, folders: Iterable[Path | str] | None) -> None:
        self._folders = None if folders is None else {os.path.abspath(folder) for folder in folders}  # noqa: PTH100
        self._known: dict[str, bool] = {}

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing is left out."""
        return self._folders is None

    def outermost(self) -> list[str]:
        """The folders without those that lie in another of them."""
        return sorted(folder for folder in self._folders or () if not self._is_inside(os.path.dirname(folder)))  # noqa: PTH120

    def holds(self, path: str) -> bool:
        """Whether a file, or a folder, lies below one of them or is one of them."""
        if self._folders is None:
            return True
        return path in self._folders or self._is_inside(os.path.dirname(path))  # noqa: PTH120

    def _is_inside(self, folder: str) -> bool:
        """Whether a folder is one of them or lies in one; each folder is looked at once."""
        assert self._folders is not None
        above = folder
        asked = []
        while True:
            known = self._known.get(above)
            if known is None and above in self._folders:
                known = True
            parent = os.path.dirname(above)  # noqa: PTH120
            if known is None and parent == above:
                known = False
            asked.append(above)
            if known is not None:
                break
            above = parent
        self._known.update(dict.fromkeys(asked, known))
        return known


def _scan(catalog: Catalog, scope: Scope, token: Token) -> Found:
    """Image files in the watched folders, as far as they are asked about. A folder that is away has none."""
    out = Found()
    known = places.folders(catalog)
    unwatched = [Path(path) for path, on in known.items() if not on]
    for root in [path for path, on in known.items() if on]:
        whole = scope.is_everywhere or scope.holds(root)
        inside = [root] if whole else [folder for folder in scope.outermost() if Scope([root]).holds(folder)]
        asked = [Path(folder) for folder in inside if os.path.isdir(folder)]  # noqa: PTH112
        asked = [folder for folder in asked if not any(folder.is_relative_to(away) for away in unwatched
                                                       if away.is_relative_to(root))]  # fmt: skip
        found = scan(asked, token, skip_folders=[catalog.path, *unwatched])
        out.images += [file._replace(root=root) for file in found.images]
        out.problems += found.problems
    return out


class _Comparison:
    """What of a catalog is different from the disk, worked out in steps: `compare` images, `settle`, `keep`."""

    def __init__(self, catalog: Catalog, token: Token) -> None:
        self._catalog, self._token = catalog, token
        self.images = catalog.images()
        self.seen = Seen()
        self._hashes = catalog.hashes()
        self._removed = set(catalog.model.removals)
        self._standing = {image.path: image.slot for image in self.images if not image.missing}
        self._updates: dict[int, Place] = {}
        self._replaced: dict[int, Newcomer] = {}
        self._compared: set[int] = set()
        self._left: list[NewImage] = []

    def compare(self, image: ImageRow, now: NewImage | bool) -> None:
        """Find out what became of one image, by the file at its place."""
        self._compared.add(image.slot)
        if now is True or (image.missing and image.path in self._standing):
            return  # nobody may look there; or another image is there by now
        if not isinstance(now, NewImage):
            if not image.missing:
                self._lose(image)
            return
        if recognize.same_status(image, now):
            if image.missing:
                self._stay(image, now)
            return
        known = self._hashes.get(image.slot)
        digest = recognize.digest_of(now.path) if known else None
        if known and digest == known:
            self._stay(image, now)  # a copy program may only have touched it
        elif image.missing:
            if not known and now.size == image.size:
                self._stay(image, now)  # never read: nothing else speaks against it
        elif not known or digest is not None:
            self._replaced[image.slot] = Newcomer(now, digest)  # whose it is, is seen when all are compared

    def _stay(self, image: ImageRow, now: NewImage) -> None:
        if image.missing:
            self.seen.back.append(image.slot)
        self._standing[image.path] = image.slot
        self._updates[image.slot] = Place(image.slot, image.path, image.root, now.size, now.mtime_ns, 0)

    def _lose(self, image: ImageRow) -> None:
        self.seen.lost.append(image.slot)
        self._standing.pop(image.path, None)
        self._updates[image.slot] = Place(image.slot, image.path, image.root, image.size, image.mtime_ns, 1)

    def settle(self, files: Sequence[NewImage]) -> None:
        """Find out whose the files are that stand nowhere in the catalog, or in another image's place.

        Parameters
        ----------
        files : sequence of NewImage
            All that are there.
        """
        self._chase(files)
        by_path = {file.path for file in files}
        new = [file for file in files if file.path not in self._standing and not self._is_alias(file, by_path)]
        replaced = list(self._replaced.items())
        newcomers = [Newcomer(file) for file in new] + [newcomer for _, newcomer in replaced]
        homes = recognize.assign(
            self._homeless(newcomers), newcomers, self._hashes, self._removed.__contains__, self._token.check
        )
        for slot, place in homes.items():
            self._move(slot, newcomers[place].file)
        taken = set(homes.values())
        self._left = [file for place, file in enumerate(new) if place not in taken]
        known = set(self._hashes.values())
        for place, (slot, newcomer) in enumerate(replaced, len(new)):
            # A copy of a photo that is known is no retouched other one.
            is_other = slot in homes or newcomer.digest in known
            if place in taken or is_other:
                if slot not in homes:
                    self._lose(self.images[slot])
                if place not in taken:
                    self._left.append(newcomer.file)
            else:
                self._stay(self.images[slot], newcomer.file)
                if newcomer.digest is not None or self.images[slot].state == ERROR:
                    self.seen.changed.append(slot)
        self.seen.twins = self._twins()

    def _chase(self, files: Sequence[NewImage]) -> None:
        """Compare images from outside of what is looked at too, where a file of it may be theirs by its size."""
        sizes = {file.size for file in files if file.path not in self._standing}
        asked: set[int] = set()
        while True:
            sizes = (sizes | {newcomer.file.size for newcomer in self._replaced.values()}) - asked
            if not sizes:
                return
            asked |= sizes
            for image in self.images:
                if image.size in sizes and image.slot not in self._compared and not image.missing:
                    self._token.check()
                    self.compare(image, recognize.status_of(image))

    def _move(self, slot: int, file: NewImage) -> None:
        self._updates[slot] = Place(slot, *file, 0)
        self.seen.moved.append(slot)
        if slot in self.seen.lost:
            self.seen.lost.remove(slot)

    def _homeless(self, newcomers: Sequence[Newcomer]) -> list[ImageRow]:
        """Images whose content is not where it was, as far as a newcomer could be theirs by its size."""
        sizes = {newcomer.file.size for newcomer in newcomers}
        out = []
        for image in self.images:
            if image.size not in sizes:
                continue
            if image.slot in self._updates:
                if self._updates[image.slot].missing:
                    out.append(image)
            elif image.slot in self._replaced or image.missing:
                out.append(image)
        return out

    def _is_alias(self, file: NewImage, present: set[str]) -> bool:
        """Whether a file is an image of the catalog under another spelling of its path.

        It may lie behind a link, which is left alone; or its name changed in case or accents alone, in a file system
        for which that is the same name: then the image takes the new spelling.
        """
        for image in self._by_status.get((file.size, file.mtime_ns), ()):
            if image.path in present or not recognize.is_same_file(image.path, file.path):
                continue
            if _is_spelling(image.path, file.path):
                self._updates[image.slot] = Place(image.slot, *file, 0)
                if self._replaced.pop(image.slot, None):
                    self.seen.changed.append(image.slot)
            else:
                self.seen.aliases[file.path] = image.slot
            return True
        return False

    @cached_property
    def _by_status(self) -> dict[tuple[int, int], list[ImageRow]]:
        out: dict[tuple[int, int], list[ImageRow]] = {}
        for image in self.images:
            if not self._is_missing(image):
                now: Any = self._updates.get(image.slot, image)
                if image.slot in self._replaced:
                    now = self._replaced[image.slot].file
                out.setdefault((now.size, now.mtime_ns), []).append(image)
        return out

    def _twins(self) -> list[tuple[int, int]]:
        """Images that are missing since now, with recent images of the same content that nobody labeled.

        Where a whole folder is away, a drive may be: it comes back with its own.
        """
        lost = [self.images[slot] for slot in self.seen.lost if slot not in self._removed]
        away = {root for root in {image.root for image in lost} if not os.path.isdir(root)}  # noqa: PTH112
        lost = [image for image in lost if image.root not in away]
        if not lost:
            return []
        recent = self._catalog.added_since(time.time() - RECENT)
        hashes, others = dict(self._hashes), []
        for image in self.images:
            now = self._updates.get(image.slot)
            if now is not None:
                if image.slot in self.seen.changed or (image.size, image.mtime_ns) != (now.size, now.mtime_ns):
                    hashes.pop(image.slot, None)  # of another content; it is read again where it matters
                path, root, size, mtime_ns, missing = now[1:]
                image = image._replace(path=path, root=root, size=size, mtime_ns=mtime_ns, missing=missing)
            if image.slot in recent and not image.missing:
                others.append(image)
        return twins(self._catalog, lost, others, hashes, self._token)

    def _is_missing(self, image: ImageRow) -> bool:
        update = self._updates.get(image.slot)
        return bool(image.missing if update is None else update.missing)

    def keep(self, thumbnails: Thumbnails) -> Seen:
        """Write down what was found out."""
        seen = self.seen
        thumbnails.forget(seen.changed)  # first: a process that ends in between only has to make them again
        if self._updates:
            places.update(self._catalog, list(self._updates.values()), seen.changed)
        tasks.add_images(self._catalog, self._left, self._token)
        after = self._catalog.images()
        seen.added = after[len(self.images) :]
        seen.rows = [after[slot] for slot in sorted(self._updates)]
        return seen


def _is_spelling(a: str, b: str) -> bool:
    """Whether two paths differ in case or in how accents are written only."""
    import unicodedata

    first, second = (unicodedata.normalize("NFC", path).casefold() for path in (a, b))
    return first == second


def twins(
    catalog: Catalog, lost: Sequence[ImageRow], others: Sequence[ImageRow], hashes: dict[int, str], token: Token
) -> list[tuple[int, int]]:
    """Missing images, with images of the same content of which nobody said anything."""
    spoken = keeping.said_of(catalog.model)
    gone = {image.slot for image in lost}
    free = [image for image in others if image.slot not in spoken and image.slot not in gone]
    newcomers = [
        Newcomer(NewImage(image.path, image.root, image.size, image.mtime_ns), hashes.get(image.slot) or None)
        for image in free
    ]
    found = recognize.assign(lost, newcomers, hashes, lambda slot: False, token.check)
    return [(slot, free[place].slot) for slot, place in sorted(found.items())]


@dataclass(frozen=True)
class Relinked:
    """Missing images that were found.

    Attributes
    ----------
    places : dict of slot to (path, root, missing)
        Files that no image of the catalog has.
    twins : list of (int, int)
        Missing images, and the ones of the catalog that have their files.
    """

    places: dict[int, tuple[str, str, int]]
    twins: list[tuple[int, int]]


def relink(catalog: Catalog, images: Sequence[ImageRow], folder: Path, token: Token) -> Relinked:
    """Find missing images below a folder that a person points at. A file of another content is never taken.

    Parameters
    ----------
    catalog : Catalog
    images : sequence of ImageRow
        Those that are missing.
    folder : Path
    token : Token
    """
    found = scan([folder], token)
    hashes = catalog.hashes()
    standing = {image.path: image for image in catalog.images() if not image.missing}
    token.report(0, 0, words("Looking for missing files"))
    free = [Newcomer(file) for file in found.images if file.path not in standing]
    homes = recognize.assign(images, free, hashes, lambda slot: False, token.check)
    left = [image for image in images if image.slot not in homes]
    others = [standing[file.path] for file in found.images if file.path in standing]
    pairs = twins(catalog, left, others, hashes, token)
    return Relinked({slot: (*free[place].file[:2], 0) for slot, place in homes.items()}, pairs)
