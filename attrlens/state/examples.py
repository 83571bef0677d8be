"""What is looked for, and how: plain values."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from attrlens.core.retrieve.outside import WHOLE, Box
from attrlens.core.retrieve.query import Metric
from attrlens.errors import AttrLensError
from attrlens.state.document import Document
from attrlens.state.order import ImageOrder
from attrlens.words import tr

FEWEST, USUAL, MOST = 6, 36, 2000
"""Images that are looked for."""

_numbers = itertools.count(1)


Array = np.ndarray[Any, Any]

Source = tuple[Any, ...]
"""What an example's descriptors are made from."""


@dataclass(frozen=True, eq=False)
class Example:
    """What is looked for, or what is not.

    Attributes
    ----------
    name : str
    slot : int
        -1 for a picture from outside.
    path : Path or None
    image : QImage or None
        Where there is no path: a picture from a browser or the clipboard.
    stamp : tuple
        Another one when the file is another.
    liked : bool
    box : Box
        The part that counts.
    number : int
        Tells one from another.
    """

    name: str
    slot: int = -1
    path: Path | None = None
    image: QImage | None = None
    stamp: tuple[int, ...] = ()
    liked: bool = True
    box: Box = WHOLE
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def is_outside(self) -> bool:
        """Whether the network has to look at it: it is not of the catalog, or a part of a picture."""
        return self.slot < 0 or self.box != WHOLE

    @property
    def source(self) -> tuple[Any, ...]:
        """What its descriptors are made from."""
        return (self.slot, self.path, self.stamp, self.image.cacheKey() if self.image is not None else 0, self.box)


@dataclass(frozen=True)
class Options:
    """How is searched.

    Attributes
    ----------
    metric : {'euclidean', 'cosine', 'classes'}
    k : int
        Images in a column, to begin with.
    blended : bool
        One column by both attributes, in place of two.
    blend : float
        0 the first attribute alone, 1 the second alone.
    other_products : bool
        Leave out images of the same products.
    only_shown : bool
        Look only among what the gallery's filter leaves.
    """

    metric: Metric = "euclidean"
    k: int = USUAL
    blended: bool = False
    blend: float = 0.5
    other_products: bool = False
    only_shown: bool = False


class Examined(QObject):
    """The examples, and what is known of those from outside; who searches by them is left to `ask`.

    Signals
    -------
    examples_changed()
    pictures_changed()
        Pictures from outside are there, or turned out to be none.
    """

    examples_changed = Signal()
    pictures_changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.examples: list[Example] = []
        self.columns = (ImageOrder(), ImageOrder())
        self._more = 0
        self._outside: dict[Source, dict[str, Array]] = {}
        self._asked_of: dict[Source, frozenset[str]] = {}
        self._pictures: dict[Source, QImage] = {}
        self._bad: dict[Source, AttrLensError] = {}
        document.pictures_changed.connect(self._forget_outside)

    def ask(self) -> None:
        """Look for it."""
        raise NotImplementedError

    def look_for(self, examples: Sequence[Example]) -> None:
        """Look for images like these, and no longer for others."""
        self.examples = list(examples)
        self._on_examples(anew=True)

    def add(self, examples: Sequence[Example]) -> None:
        """Look for these too, or for images unlike them; one that is there already changes sides."""
        slots = {example.slot for example in examples if example.slot >= 0}
        kept = [example for example in self.examples if example.slot not in slots or example.box != WHOLE]
        self.examples = kept + list(examples)
        self._on_examples()

    def remove(self, number: int) -> None:
        """No longer look for one."""
        self.examples = [example for example in self.examples if example.number != number]
        self._on_examples()

    def change(self, number: int, *, liked: bool | None = None, box: Box | None = None) -> None:
        """Put one on the other side, or let another part of it count."""
        out = []
        for example in self.examples:
            if example.number == number:
                example = replace(
                    example, liked=example.liked if liked is None else liked, box=example.box if box is None else box
                )
            out.append(example)
        self.examples = out
        self._on_examples()

    def clear(self) -> None:
        """Look for nothing."""
        self.look_for([])

    def of_slots(self, slots: Sequence[int], *, liked: bool = True) -> list[Example]:
        """Images of the catalog as examples."""
        images = self._document.images
        return [Example(Path(images[slot].path).name, slot, Path(images[slot].path), liked=liked) for slot in slots]

    def of_files(self, files: Sequence[Path], *, liked: bool = True) -> list[Example]:
        """Files as examples, folders left out; those that are in the catalog count as its images."""
        files = [path for path in files if not path.is_dir()]
        by_path = {image.path: image.slot for image in self._document.images if not image.missing} if files else {}
        out = []
        for path in files:
            slot = by_path.get(str(path), -1)
            if slot >= 0:
                out += self.of_slots([slot], liked=liked)
            else:
                out.append(Example(path.name, -1, path, stamp=_stamp(path), liked=liked))
        return out

    def of_picture(self, image: QImage, *, liked: bool = True) -> list[Example]:
        """A picture without a file as example."""
        return [] if image.isNull() else [Example(tr("Picture"), image=image, liked=liked)]

    def picture(self, example: Example) -> QImage | None:
        """A picture from outside, to look at; None while it is on its way."""
        return self._pictures.get((*example.source[:-1], WHOLE))

    def trouble(self, example: Example) -> AttrLensError | None:
        """Why an example cannot be read, or None."""
        return self._bad.get(example.source)

    def _on_examples(self, anew: bool = False) -> None:
        self._more = 0
        if anew:
            for column in self.columns:
                column.order = np.zeros(0, np.int32)
        self.ask()
        kept = {example.source for example in self.examples}
        for store in (self._outside, self._asked_of, self._bad):
            for source in [source for source in store if source not in kept]:
                del store[source]
        shown = {(*source[:-1], WHOLE) for source in kept}
        self._pictures = {source: one for source, one in self._pictures.items() if source in shown}
        self.examples_changed.emit()

    def _forget_outside(self, *_: object) -> None:
        """Files have another content now."""
        for store in (self._outside, self._asked_of, self._bad, self._pictures):
            store.clear()


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_size, status.st_mtime_ns
