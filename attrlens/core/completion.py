"""Completion of a query while it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attrlens.core.query import TERM, Token, folded, plain, tokens


def without_unfinished(text: str, keys: Sequence[str]) -> str | None:
    """The query without its last word, if that is the beginning of a key; None if it is not.

    A person who types ``conf<0.6`` types ``c`` first: what no name has is then no word to be looked for.
    """
    found = tokens(text)
    if not found or found[-1].end != len(text) or TERM.match(found[-1].text):
        return None
    word = folded(plain(found[-1].text)).lstrip("-")
    if word and any(folded(key).startswith(word) for key in keys):
        return text[: found[-1].start].rstrip()
    return None


@dataclass(frozen=True)
class Completion:
    """What may stand at the cursor: replaces `start` to `end` by one of `texts`."""

    start: int
    end: int
    texts: tuple[str, ...]


def complete(text: str, cursor: int, vocabulary: Callable[[str], Sequence[str]]) -> Completion:
    """What a person may mean to type.

    Parameters
    ----------
    text : str
    cursor : int
    vocabulary : callable
        Gets a key, folded, and gives its values; "" gives the keys (attributes too).
    """
    piece = next((t for t in tokens(text) if t.start < cursor <= t.end), Token("", cursor, cursor))
    typed = text[piece.start : cursor]
    start = piece.start + (len(typed) - len(typed.lstrip("-(")))
    typed = text[start:cursor]
    match = TERM.match(typed)
    if match is None and not typed.endswith(":"):
        keys = [key for key in vocabulary("") if folded(key).startswith(folded(plain(typed)))]
        return Completion(start, piece.end, tuple(quoted(key) + ("<" if key in ("conf",) else ":") for key in keys))
    key, op, value = (match["key"], match["op"], match["value"]) if match else (typed[:-1], ":", "")
    last = re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', value)[-1]
    head = f"{key}{op}{value[: len(value) - len(last)]}"
    known = vocabulary(folded(plain(key)))
    found = [item for item in known if folded(item).startswith(folded(plain(last)))]
    return Completion(start, piece.end, tuple(f"{head}{quoted(item)}" for item in found))


def quoted(text: str) -> str:
    """Text as it stands in a query: in quotes where it has spaces or signs."""
    if '"' in text:  # the one sign that quotes cannot hold: any sign does there
        return "?".join(f'"{part}"' if part else "" for part in text.split('"'))
    return f'"{text}"' if re.search(r"[\s:<>=,()|*?[]", text) or text.startswith("-") else text
