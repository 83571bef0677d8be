"""What follows from the paths of all images: names, folders, products and their order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from attrlens.core.files import natural_text
from attrlens.core.query import folded
from attrlens.core.sku import SkuRule, skus
from attrlens.core.token import Token

Array = np.ndarray[Any, Any]


class Names:
    """Each made when it is first asked for; `prepare` makes them ahead, in a thread of its own.

    Parameters
    ----------
    paths : sequence of str
        Of all images, by slot.
    rule : SkuRule
    """

    def __init__(self, paths: Sequence[str], rule: SkuRule) -> None:
        self._given, self.rule = paths, rule

    def with_rule(self, rule: SkuRule) -> Names:
        """The same images with products told in another way."""
        other = Names(self._given, rule)
        made = {key: value for key, value in vars(self).items() if "product" not in key}
        vars(other).update(made | vars(other))
        return other

    def prepare(self, token: Token) -> Names:
        """Make all of it, in steps between which others have their turn.

        Raises
        ------
        Cancelled
        """
        for make in ("paths", "names", "folders", "products", "folded_paths", "folded_names", "name_ranks",
                     "path_ranks", "by_folder", "by_product"):  # fmt: skip
            token.check()
            getattr(self, make)
        return self

    @cached_property
    def paths(self) -> list[str]:
        """Paths with forward slashes."""
        return [path.replace("\\", "/") for path in self._given]

    @cached_property
    def names(self) -> list[str]:
        """File names."""
        return [path.rpartition("/")[2] for path in self.paths]

    @cached_property
    def folders(self) -> list[str]:
        """Folders."""
        return [path.rpartition("/")[0] for path in self.paths]

    @cached_property
    def products(self) -> list[str]:
        """Product codes, by the rule."""
        return skus(self.paths, self.rule)

    @cached_property
    def folded_paths(self) -> list[str]:
        """Paths to compare with a query."""
        return [folded(path) for path in self.paths]

    @cached_property
    def folded_names(self) -> list[str]:
        """File names to compare with a query."""
        return [folded(name) for name in self.names]

    @cached_property
    def folded_folders(self) -> list[str]:
        """Folders to compare with a query."""
        return [folded(folder) for folder in self.folders]

    @cached_property
    def folded_products(self) -> list[str]:
        """Product codes to compare with a query."""
        return [folded(code) for code in self.products]

    @cached_property
    def types(self) -> list[str]:
        """Endings of the file names, in lower case without the dot."""
        return [name.rpartition(".")[2].lower() if "." in name else "" for name in self.names]

    @cached_property
    def name_ranks(self) -> Array:
        """Places in the natural order of names; shape (images,), dtype int64."""
        return _ranks(self.names)

    @cached_property
    def path_ranks(self) -> Array:
        """Places in the natural order of paths; shape (images,), dtype int64."""
        return _ranks(self.paths)

    @cached_property
    def by_folder(self) -> tuple[Array, list[str]]:
        """Numbers of folders, shape (images,), dtype int32, and the folders in natural order."""
        return _numbered(self.folders)

    @cached_property
    def by_product(self) -> tuple[Array, list[str]]:
        """Numbers of products, shape (images,), dtype int32, and the products in natural order."""
        return _numbered(self.products)


def _ranks(texts: Sequence[str]) -> Array:
    # numpy sorts without Python's lock: the window goes on where another thread does this
    order = np.argsort(np.array([natural_text(text) for text in texts], np.str_), kind="stable")
    out = np.empty(len(texts), np.int64)
    out[order] = np.arange(len(texts))
    return out


def _numbered(texts: Sequence[str]) -> tuple[Array, list[str]]:
    different = sorted(set(texts), key=natural_text)
    number = {text: i for i, text in enumerate(different)}
    return np.fromiter((number[text] for text in texts), np.int32, len(texts)), different
