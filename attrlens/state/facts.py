"""What the filter, the orders and the headings of the gallery ask about images, kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from attrlens.core import colors
from attrlens.core.catalog.rows import ERROR, PENDING
from attrlens.core.files import natural_text
from attrlens.core.query import FIXED, FLAGS, KEYS, folded
from attrlens.core.sku import SkuRule
from attrlens.state.document import Document
from attrlens.state.names import Names
from attrlens.words import tr

Array = np.ndarray[Any, Any]


class DocumentFacts:
    """The open catalog's answers; see `query.Facts`.

    Parameters
    ----------
    document : Document
    active : callable
        The id of the attribute that is looked at.
    """

    def __init__(self, document: Document, active: Callable[[], int]) -> None:
        self._document, self._active = document, active
        self._names, self._names_version = Names((), SkuRule()), -1
        self._kept: dict[str, tuple[Any, Any]] = {}

    @property
    def names(self) -> Names:
        """What follows from the images' paths as they are now."""
        if self._names_version != self._document.places_version:
            self.adopt_names(self.wanted_names(), self._document.places_version)
        return self._names

    def wanted_names(self) -> Names:
        """The same with nothing worked out yet, to be prepared elsewhere."""
        return Names([image.path for image in self._document.images], self.sku_rule)

    def adopt_names(self, names: Names, version: int) -> None:
        """Take what was prepared elsewhere, unless places or the rule are others by now."""
        if version == self._document.places_version and names.rule == self.sku_rule:
            self._names, self._names_version = names, version

    @property
    def sku_rule(self) -> SkuRule:
        """How products are told."""
        return self._names.rule

    def set_sku_rule(self, rule: SkuRule) -> None:
        """Tell products in another way."""
        self._names = self._names.with_rule(rule)

    def _cached(self, key: str, version: Any, make: Callable[[], Any]) -> Any:
        """What was made for this version of what it depends on."""
        if key not in self._kept or self._kept[key][0] != version:
            self._kept[key] = (version, make())
        return self._kept[key][1]

    # For queries

    def count(self) -> int:
        """Images."""
        return len(self._document.images)

    def attribute(self, name: str) -> int:
        """The id of an attribute by its folded name, 0 for none; "" is the active one."""
        model = self._document.model
        if not name:
            return self._active() if self._active() in model.attributes else 0
        return next((row.id for row in model.attributes.values() if folded(row.name) == name), 0)

    def classes(self, attribute: int) -> dict[int, str]:
        """Folded class names by id."""
        return {row.id: folded(row.name) for row in self._document.model.classes_of(attribute)}

    def decided(self, attribute: int) -> Array:
        """Class ids: label, else sure suggestion; -1 unknown, 0 nothing."""
        return self._document.decided(attribute)

    def labeled(self, attribute: int) -> Array:
        """Class ids of labels, 0 for none."""
        return self._document.labeled(attribute)

    def suggested(self, attribute: int) -> Array:
        """Class ids of suggestions, -1 where unsure, 0 for none."""
        found, n = self._document.by_slot(attribute), self.count()
        sure = np.where(self._document.sure(attribute), found.best[:n], -1)
        return np.where(found.confidence[:n] < 0, 0, sure)

    def texts(self, key: str) -> Sequence[str]:
        """Folded texts of one of `query.TEXTS`."""
        names = self.names
        found: Sequence[str] = {
            "path": lambda: names.folded_paths,
            "name": lambda: names.folded_names,
            "folder": lambda: names.folded_folders,
            "sku": lambda: names.folded_products,
            "type": lambda: names.types,
        }[key]()
        return found

    def numbers(self, key: str, attribute: int) -> Array:
        """Numbers of one of `query.NUMBERS`, NaN where there is none; dates as seconds since 1970."""
        if key == "conf":
            if not attribute:
                return np.full(self.count(), np.nan)
            confidence = self._document.by_slot(attribute).confidence[: self.count()].astype(float)
            return np.where(confidence < 0, np.nan, confidence)
        version = self._document.files_version
        return np.asarray(self._cached(f"number {key}", version, lambda: self._file_numbers(key)))

    def _file_numbers(self, key: str) -> Array:
        images = self._document.images
        if key == "date":
            return np.array([image.mtime_ns for image in images], float) / 1e9
        values = np.array([getattr(image, key) for image in images], float)
        return np.where(values > 0, values, np.nan)

    def flag(self, name: str, attribute: int) -> Array:
        """One of `query.FLAGS`."""
        document, n = self._document, self.count()
        if name == "error":
            return np.asarray(document.states == ERROR)
        if name == "missing":
            return document.missing.copy()
        if name == "pending":
            return np.asarray((document.states == PENDING) & ~document.missing)
        if name == "copy":
            version = self._document.files_version, self._document.kept_version
            return np.asarray(self._cached("copies", version, self._copies))
        if not attribute:
            return np.full(n, name == "unlabeled")
        labels = document.model.labels_of(attribute)
        if name in ("exemplar", "excluded", "accepted"):
            some = {
                "exemplar": lambda: list(document.model.exemplars_of(attribute)),
                "excluded": lambda: list(document.model.excluded_of(attribute)),
                "accepted": lambda: [slot for slot, label in labels.items() if label.made_by == "accepted"],
            }[name]()
            out = np.zeros(n, bool)
            out[some] = True
            return out
        labeled = document.labeled(attribute) > 0
        if name in ("labeled", "unlabeled"):
            return np.asarray(labeled if name == "labeled" else ~labeled)
        suggested = self.suggested(attribute)
        if name == "doubted":
            return np.asarray(labeled & (suggested > 0) & (suggested != document.labeled(attribute)))
        return np.asarray(~labeled & (suggested > 0 if name == "suggested" else suggested < 0))

    def _copies(self) -> Array:
        """Images whose content is that of an earlier one."""
        hashes = self._document.catalog.hashes() if self._document.is_open else {}
        out, seen = np.zeros(self.count(), bool), set()
        for slot in sorted(hashes):
            if slot < len(out) and self._document.kept[slot]:
                out[slot] = hashes[slot] in seen
                seen.add(hashes[slot])
        return out

    # Orders and headings

    def ranks(self, key: str) -> Array:
        """Keys that sort by 'name', 'path', 'date', 'size', 'pixels' or 'color'; shape (images,)."""
        if key in ("name", "path"):
            return self.names.name_ranks if key == "name" else self.names.path_ranks
        return np.asarray(self._cached(f"rank {key}", self._document.files_version, lambda: self._ranks(key)))

    def _ranks(self, key: str) -> Array:
        images = self._document.images
        if key == "color":
            return colors.order(np.array([image.color for image in images], np.int64))
        if key == "pixels":
            return np.array([image.width * image.height for image in images], np.int64)
        return np.array([image.mtime_ns if key == "date" else image.size for image in images], np.int64)

    def grouped(self, key: str) -> tuple[Array, dict[int, str]]:
        """Group numbers of shape (images,) by 'folder' or 'sku', and titles in order."""
        if key == "folder":
            numbers, folders = self.names.by_folder
            return numbers, {i: "/".join(folder.split("/")[-2:]) for i, folder in enumerate(folders)}
        numbers, codes = self.names.by_product
        last = len(codes)  # products of one image are together: a heading for each would be half of the gallery
        several = np.bincount(numbers[self._document.kept], minlength=last) > 1
        titles = {i: codes[i] for i in np.flatnonzero(several).tolist()}
        return np.where(several[numbers], numbers, last), titles | {last: tr("Products with one image")}

    # For completion

    def vocabulary(self, key: str) -> list[str]:
        """Values of a folded key; "" gives the keys."""
        model = self._document.model
        if not key:
            own = [row.name for row in model.sorted_attributes()]
            taken = set(map(folded, own)) - set(FIXED)
            return own + [name for name in KEYS if name not in taken]
        if key == "is":
            return list(FLAGS)
        if key in ("label", "suggestion"):
            return ["none", "any", *(row.name for row in model.classes_of(self._active()))]
        attribute = self.attribute(key)
        if attribute:
            return [row.name for row in model.classes_of(attribute)] + ["unknown", "none", "any"]
        if key == "type":
            return sorted(set(self.names.types))
        if key in ("folder", "path"):
            return sorted({folder.rpartition("/")[2] for folder in self.names.by_folder[1]}, key=natural_text)[:200]
        return []
