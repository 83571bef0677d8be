"""Whether the descriptors that are searched fit into memory."""

from __future__ import annotations

from collections.abc import Sequence

from attrlens.core.catalog.store import Catalog
from attrlens.words import Words, words

SHARE = 0.6
"""Of the memory: the system and other programs have the rest."""


def too_large(catalog: Catalog, keys: Sequence[str]) -> Words | None:
    """What to tell a person where the descriptors are larger than the memory that may hold them; None where they fit.

    They are memory maps: nothing fails, but what the system cannot hold is read from the disk at every search.
    """
    import psutil

    size = sum(catalog.descriptors(key).nbytes for key in dict.fromkeys(keys))
    memory = int(psutil.virtual_memory().total)
    if size <= SHARE * memory:
        return None
    return words(
        "The descriptors ({size:.1f} GB) do not fit into the memory ({memory:.1f} GB): searches read them from disk.",
        size=size / 1e9,
        memory=memory / 1e9,
    )
