"""Which product an image shows, told from its file name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from attrlens.errors import AttrLensError
from attrlens.words import words

Kind = Literal["views", "underscore", "dash", "folder", "pattern"]

TITLES = {
    "views": words("File name without the view at its end (1234_front_2.jpg: 1234)"),
    "underscore": words("File name up to the first underscore (1234_red.jpg: 1234)"),
    "dash": words("File name up to the first dash (1234-red.jpg: 1234)"),
    "folder": words("Folder (1234/front.jpg: 1234)"),
    "pattern": words("A pattern of your own (regular expression; its first group)"),
}
"""Rules as a person chooses them."""

_VIEW = re.compile(
    r"[ _.-]+(?:\d{1,2}|[a-z]|front|back|side|left|right|top|bottom|detail|details|model|flat|zoom|alt\d*|main|swatch"
    r"|frente|espalda|detalle|modelo|lado)$|\s*\(\d{1,2}\)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SkuRule:
    """How to tell the product.

    Attributes
    ----------
    kind : {'views', 'underscore', 'dash', 'folder', 'pattern'}
    pattern : str
        For 'pattern': a regular expression searched in the file name without its ending; its first group, or all of
        it, is the SKU. Where it is not found, the whole name is.
    """

    kind: Kind = "views"
    pattern: str = ""

    def to_json(self) -> dict[str, str]:
        """As stored with a catalog."""
        return {"kind": self.kind, "pattern": self.pattern}

    @classmethod
    def from_json(cls, value: Any) -> SkuRule:
        """Inverse of `to_json`; the common rule for what it does not know."""
        if isinstance(value, dict) and value.get("kind") in get_args(Kind) and isinstance(value.get("pattern"), str):
            try:
                if value["kind"] == "pattern":
                    check_pattern(value["pattern"])
            except AttrLensError:
                return cls()
            return cls(value["kind"], value["pattern"])
        return cls()


def check_pattern(pattern: str) -> None:
    """Raise AttrLensError if a regular expression cannot be read, or is empty."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise AttrLensError(
            words("The pattern {pattern} cannot be read ({reason}).", pattern=pattern, reason=str(error)),
            words("For example ^([0-9]+) takes the digits that a name begins with."),
        ) from None
    if not pattern:
        raise AttrLensError(
            words("The pattern is empty."), words("For example ^([0-9]+) takes the digits that a name begins with.")
        )


def skus(paths: Iterable[str], rule: SkuRule) -> list[str]:
    """The SKU of each image.

    Parameters
    ----------
    paths : iterable of str
        With either kind of slash.
    rule : SkuRule

    Returns
    -------
    list of str
        Never empty: the name itself where nothing else is left.
    """
    compiled = re.compile(rule.pattern) if rule.kind == "pattern" else None
    out = []
    for path in paths:
        folder, _, name = path.replace("\\", "/").rpartition("/")
        stem = name.rpartition(".")[0] or name
        found = ""
        if rule.kind == "folder":
            found = folder.rpartition("/")[2]
        elif rule.kind == "underscore":
            found = stem.partition("_")[0]
        elif rule.kind == "dash":
            found = stem.partition("-")[0]
        elif compiled is not None:
            match = compiled.search(stem)
            found = (match.group(1) if compiled.groups else match.group()) or "" if match else ""
        else:
            found = _without_view(stem)
        out.append(found.strip() or stem)
    return out


def _without_view(stem: str) -> str:
    while True:
        shorter = _VIEW.sub("", stem)
        if shorter == stem or not shorter:
            return stem
        stem = shorter
