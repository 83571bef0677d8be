"""What people read: made in English, said in their language.

Layers below the window make `Words`: English that remembers how it was made. The log, the command line and the files of
a catalog keep it so; where it is shown, `told` says it in the person's language. Code that shows at once calls `tr`.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from typing import Any

Translate = Callable[[str], str]

PACKED = "\x01"
"""First character of packed words: no sentence begins with it."""


class Words(str):
    """A sentence in English, with what it was made of.

    Attributes
    ----------
    source : str
        With places for values, as `str.format` reads them: the key of the translation.
    values : dict
    """

    source: str
    values: dict[str, Any]

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.source, self.values)


class _Formatter(string.Formatter):
    """`str.format`, with the language's separators in numbers."""

    def __init__(self, group: str, decimal: str, percent: str = "%") -> None:
        self._swap = str.maketrans({",": group, ".": decimal, "%": percent})

    def format_field(self, value: Any, format_spec: str) -> str:
        text = str(super().format_field(value, format_spec))
        if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
            return text.translate(self._swap)
        return text


class _Language:
    """The language things are said in. One a process, as with Qt's own translators."""

    def __init__(self) -> None:
        self.translate: Translate = lambda source: source
        self.formatter = _Formatter(",", ".")


_ENGLISH = _Formatter(",", ".")
_language = _Language()


def use(translate: Translate | None, group: str = ",", decimal: str = ".", percent: str = "%") -> None:
    """Say everything in another language from now on.

    Parameters
    ----------
    translate : callable or None
        From the English source to its translation, places for values kept; None is English.
    group, decimal, percent : str
        What stands in numbers.
    """
    _language.translate = translate or (lambda source: source)
    _language.formatter = _Formatter(group, decimal, percent)


def _made(source: str, values: dict[str, Any]) -> Words:
    out = Words(_ENGLISH.vformat(source, (), values) if values else source)
    out.source, out.values = source, values
    return out


def words(one: str, many: str = "", /, **values: Any) -> Words:
    """A sentence for people.

    Parameters
    ----------
    one : str
        A literal: translations are looked up by it. Without values it is taken as it is, braces and all.
    many : str
        The plural, used when the value ``n`` is not 1.
    **values
        What stands in the places; other words among them are translated too.
    """
    return _made(many if many and values["n"] != 1 else one, {key: _simple(value) for key, value in values.items()})


def _simple(value: Any) -> Any:
    """A value as JSON has it: paths become text, numbers of NumPy plain ones."""
    if isinstance(value, str | int | float):
        return value
    return value.item() if hasattr(value, "item") else str(value)


def told(text: str) -> str:
    """Words in the person's language; any other text as it is."""
    if not isinstance(text, Words):
        return text
    source = _language.translate(text.source)
    if not text.values:
        return source
    values = {key: told(value) if isinstance(value, str) else value for key, value in text.values.items()}
    return _language.formatter.vformat(source, (), values)


def tr(one: str, many: str = "", /, **values: Any) -> str:
    """A sentence in the person's language, at once; see `words`."""
    return told(words(one, many, **values))


def number(value: float, spec: str = ",") -> str:
    """A number with the language's separators."""
    return _language.formatter.format_field(value, spec)


def _plain(value: Any) -> Any:
    if isinstance(value, Words):
        return {"source": value.source, "values": {key: _plain(item) for key, item in value.values.items()}}
    return value


def _rich(value: Any) -> Any:
    if isinstance(value, dict):
        return _made(value["source"], {key: _rich(item) for key, item in value["values"].items()})
    return value


def pack(text: str) -> str:
    """Text to be stored, so that `unpack` brings words back as words."""
    return PACKED + json.dumps(_plain(text), ensure_ascii=False) if isinstance(text, Words) else text


def unpack(text: str) -> str:
    """Inverse of `pack`; what was stored before there were words is plain text."""
    return _rich(json.loads(text[1:])) if text.startswith(PACKED) else text
