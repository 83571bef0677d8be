"""Pictures of a catalog's images for exports: from the cache of thumbnails, else from the originals."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrlens.core.catalog.thumbnails import LARGE, SIDE, Thumbnails
from attrlens.core.images import DEFAULT_MAX_PIXELS, decode
from attrlens.errors import ImageError

if TYPE_CHECKING:
    from PIL import Image as PILImage


class Pictures:
    """Pictures by slot.

    Parameters
    ----------
    cache : Thumbnails or None
    paths : mapping of slot to str
    max_pixels : int
        Larger originals are refused.
    """

    def __init__(
        self, cache: Thumbnails | None, paths: Mapping[int, str], max_pixels: int = DEFAULT_MAX_PIXELS
    ) -> None:
        self._cache, self._paths, self._max_pixels = cache, paths, max_pixels

    def __call__(self, slot: int, side: int) -> PILImage.Image | None:
        """A picture of about so many pixels or more, or None for an image that cannot be read."""
        from PIL import Image

        if self._cache is not None:
            for kept in (SIDE, LARGE):
                data = self._cache.get([slot], kept).get(slot) if side <= kept * 1.25 else None
                if data is not None:
                    try:
                        picture = Image.open(io.BytesIO(data))
                        picture.draft("RGB", (side, side))
                        return picture.convert("RGB")
                    except (OSError, ValueError, SyntaxError):
                        break  # a damaged cache: the original is there
        try:
            found = decode(Path(self._paths[slot]), side, self._max_pixels).pixels
        except (ImageError, KeyError):
            return None
        found.thumbnail((2 * side, 2 * side), reducing_gap=2.0)
        return found
