"""What the filter, the orders and the headings of the gallery ask about images, kept until it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from attrlens.core import colors
from attrlens.core.catalog.rows import ERROR, PENDING
from attrlens.core.files import natural_text
from attrlens.core.query import FIXED, FLAGS, KEYS, folded
from attrlens.core.sku import SkuRule, skus
from attrlens.state.document import Document
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
        self._version = -1
        self._kept: dict[str, Any] = {}
        self.sku_rule = SkuRule()

    def _cached(self, key: str, make: Callable[[], Any]) -> Any:
        """What only depends on names, places and dates of files."""
        if self._version != self._document.files_version:
            self._version = self._document.files_version
            self._kept.clear()
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def set_sku_rule(self, rule: SkuRule) -> None:
        """Tell products in another way."""
        self.sku_rule = rule
        self._kept.clear()

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
        makers: dict[str, Callable[[], list[str]]] = {
            "path": lambda: [folded(path) for path in self.paths()],
            "name": lambda: [folded(name) for name in self.names()],
            "folder": lambda: [folded(folder) for folder in self.folders()],
            "sku": lambda: [folded(code) for code in self.skus()],
            "type": lambda: [name.rpartition(".")[2].lower() if "." in name else "" for name in self.names()],
        }
        found: Sequence[str] = self._cached(f"folded {key}", makers[key])
        return found

    def numbers(self, key: str, attribute: int) -> Array:
        """Numbers of one of `query.NUMBERS`, NaN where there is none; dates as seconds since 1970."""
        if key == "conf":
            if not attribute:
                return np.full(self.count(), np.nan)
            confidence = self._document.by_slot(attribute).confidence[: self.count()].astype(float)
            return np.where(confidence < 0, np.nan, confidence)
        return np.asarray(self._cached(f"number {key}", lambda: self._file_numbers(key)))

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
            return self._copies()
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
        """Images whose content is that of an earlier one; asked from the catalog's file, so not for every key."""
        hashes = self._document.catalog.hashes() if self._document.is_open else {}
        out, seen = np.zeros(self.count(), bool), set()
        for slot in sorted(hashes):
            if slot < len(out) and self._document.kept[slot]:
                out[slot] = hashes[slot] in seen
                seen.add(hashes[slot])
        return out

    # As they are

    def paths(self) -> list[str]:
        """Paths with forward slashes."""
        found: list[str] = self._cached("paths", lambda: [i.path.replace("\\", "/") for i in self._document.images])
        return found

    def names(self) -> list[str]:
        """File names."""
        found: list[str] = self._cached("names", lambda: [path.rpartition("/")[2] for path in self.paths()])
        return found

    def folders(self) -> list[str]:
        """Folders."""
        found: list[str] = self._cached("folders", lambda: [path.rpartition("/")[0] for path in self.paths()])
        return found

    def skus(self) -> list[str]:
        """Product codes, by the catalog's rule."""
        found: list[str] = self._cached("skus", lambda: skus(self.paths(), self.sku_rule))
        return found

    # Orders and headings

    def ranks(self, key: str) -> Array:
        """Keys that sort by 'name', 'path', 'date', 'size', 'pixels' or 'color'; shape (images,)."""
        return np.asarray(self._cached(f"rank {key}", lambda: self._ranks(key)))

    def _ranks(self, key: str) -> Array:
        images = self._document.images
        if key in ("name", "path"):
            keys = [natural_text(text) for text in (self.names() if key == "name" else self.paths())]
            out = np.empty(len(keys), np.int64)
            out[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
            return out
        if key == "color":
            return colors.order(np.array([image.color for image in images], np.int64))
        if key == "pixels":
            return np.array([image.width * image.height for image in images], np.int64)
        return np.array([image.mtime_ns if key == "date" else image.size for image in images], np.int64)

    def grouped(self, key: str) -> tuple[Array, dict[int, str]]:
        """Group numbers of shape (images,) by 'folder' or 'sku', and titles in order."""
        found: tuple[Array, dict[int, str]] = self._cached(
            f"group {key} {int(self._document.kept.sum())}", lambda: self._grouped(key)
        )
        return found

    def _grouped(self, key: str) -> tuple[Array, dict[int, str]]:
        texts = self.folders() if key == "folder" else self._products()
        numbers = {text: i for i, text in enumerate(sorted(set(texts), key=natural_text))}
        shown = {i: "/".join(text.split("/")[-2:]) if key == "folder" else text for text, i in numbers.items()}
        if "" in numbers and key == "sku":
            last = numbers[""]
            shown = {i: title for i, title in shown.items() if i != last} | {last: tr("Products with one image")}
        return np.array([numbers[text] for text in texts], np.int32), shown

    def _products(self) -> list[str]:
        """SKUs, but "" for those of one image: a heading for each would be half of the gallery."""
        codes = self.skus()
        count = Counter(code for code, kept in zip(codes, self._document.kept.tolist(), strict=True) if kept)
        return [code if count[code] > 1 else "" for code in codes]

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
            return sorted(set(self.texts("type")))
        if key in ("folder", "path"):
            return sorted({folder.rpartition("/")[2] for folder in self.folders()}, key=natural_text)[:200]
        return []
