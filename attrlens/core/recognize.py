"""Which file is which image: content is what an image is, a path is only where it was last.

An image whose content is not at its place any more is homeless; a file that no image claims is a newcomer, and so is
one that stands where another image's content was. Homeless images take newcomers of their content.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from attrlens.core.catalog.rows import ImageRow, NewImage
from attrlens.core.descriptors import content_hash

MOST = 50
"""Images of one content that are compared by their paths."""


class Newcomer(NamedTuple):
    """A file that no image claims, with the hash of its content where it is known already."""

    file: NewImage
    digest: str | None = None


def digest_of(path: str) -> str | None:
    """The hash of a file's content, None where it cannot be read."""
    try:
        return content_hash(Path(path))
    except OSError:
        return None


def status_of(image: ImageRow) -> NewImage | bool:
    """The file at an image's place as it is now; False where there is none, True where nobody may look."""
    try:
        status = os.stat(image.path)  # noqa: PTH116  (50,000 Path objects would be the larger part of the time)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    if not stat.S_ISREG(status.st_mode):
        return False  # a folder or a pipe of that name
    return NewImage(image.path, image.root, status.st_size, status.st_mtime_ns)


def same_status(a: ImageRow | NewImage, b: ImageRow | NewImage) -> bool:
    """Whether size and time are the same."""
    return (a.size, a.mtime_ns) == (b.size, b.mtime_ns)


def assign(
    homeless: Iterable[ImageRow], newcomers: Sequence[Newcomer], hashes: Mapping[int, str],
    last: Callable[[int], bool], check: Callable[[], None],
) -> dict[int, int]:  # fmt: skip
    """Give homeless images newcomers of their content.

    Where several would do, the most similar path wins. An image that was never read has no hash: size and time tell
    then, and the name where those are not of one image and one file only.

    Parameters
    ----------
    homeless : iterable of ImageRow
    newcomers : sequence of Newcomer
    hashes : mapping of slot to str
    last : callable
        Whether an image of that slot comes after all others.
    check : callable
        Called often; raises where the work is to end.

    Returns
    -------
    dict of slot to place in `newcomers`
    """
    by_digest: dict[str, list[ImageRow]] = {}
    by_name: dict[tuple[str, str], list[ImageRow]] = {}
    unread: dict[tuple[int, int], list[ImageRow]] = {}
    alike = Counter((file.size, file.mtime_ns) for file, _ in newcomers)
    sizes = set()
    for image in sorted(homeless, key=lambda image: (last(image.slot), image.slot)):
        name, digest = PurePath(image.path).name, hashes.get(image.slot)
        if digest:
            sizes.add(image.size)
            by_digest.setdefault(digest, []).append(image)
            by_name.setdefault((digest, name), []).append(image)
        else:
            unread.setdefault((image.size, image.mtime_ns), []).append(image)
    pairs: list[tuple[tuple[bool, int], int, int]] = []
    digests: list[str | None] = []
    for place, (file, digest) in enumerate(newcomers):
        check()
        name = PurePath(file.path).name
        status = (file.size, file.mtime_ns)
        options = unread.get(status, [])
        if len(options) > 1 or alike[status] > 1:
            options = [image for image in options if PurePath(image.path).name == name][:MOST]
        if file.size in sizes:
            digest = digest or digest_of(file.path)
            some = by_digest.get(digest or "", [])
            options = (some if len(some) <= MOST else by_name.get((digest or "", name), some)[:MOST]) + options
        digests.append(digest)
        pairs += [((last(i.slot), -shared(i.path, file.path)), i.slot, place) for i in options]
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, slot, place in sorted(pairs):
        if slot not in out and place not in taken:
            out[slot] = place
            taken.add(place)
    # Of a content that many images have, the first ones were offered only; the others in their order.
    rest = {digest: [i.slot for i in some if i.slot not in out][::-1] for digest, some in by_digest.items()}
    for place, digest in enumerate(digests):
        if place not in taken and digest and rest.get(digest):
            out[rest[digest].pop()] = place
    return out


def shared(a: str, b: str) -> int:
    """How many parts two paths share, counted from their ends and from their beginnings; the name counts most."""
    first, second = PurePath(a).parts, PurePath(b).parts
    ends = _common(first[::-1], second[::-1])
    return 100 * ends + _common(first, second)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    count = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        count += 1
    return count


def is_same_file(a: str, b: str) -> bool:
    """Whether two paths lead to one file: through a link, or in a file system that does not tell cases apart."""
    try:
        return Path(a).samefile(b)
    except OSError:
        return False
