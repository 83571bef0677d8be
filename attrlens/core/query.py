"""The filter's language: ``color:red -texture:plain conf<0.6 label:none path:summer/*``.

Terms side by side all have to hold, ``or`` between them is weaker, ``-`` before one denies it, parentheses group. A
word alone is looked for in file names and folders. Attributes are keys by their own name; the other keys are `KEYS`.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from attrlens.errors import AttrLensError
from attrlens.words import Words, words

Array = np.ndarray[Any, Any]

TEXTS = ("name", "path", "folder", "sku", "type")
NUMBERS = ("conf", "width", "height", "size", "date")
FLAGS = (
    "labeled", "unlabeled", "exemplar", "accepted", "suggested", "unknown", "doubted", "error", "missing", "pending",
    "excluded", "copy",
)  # fmt: skip

KEYS: dict[str, tuple[str, ...]] = {
    "label": ("etiqueta",), "suggestion": ("sugerencia",), "is": ("es",), "conf": ("confidence", "confianza"),
    "name": ("nombre",), "path": ("ruta",), "folder": ("carpeta",), "sku": (), "type": ("tipo",),
    "date": ("fecha",), "size": ("peso", "bytes"), "width": ("ancho",), "height": ("alto",),
}  # fmt: skip
"""Keys with their other spellings, which are understood in every language of the window."""

VALUES: dict[str, tuple[str, ...]] = {
    "none": ("ninguna", "ninguno"), "any": ("alguna", "alguno"), "unknown": ("desconocida", "desconocido"),
    "labeled": ("etiquetada",), "unlabeled": ("sin-etiqueta",), "exemplar": ("ejemplar",), "accepted": ("aceptada",),
    "suggested": ("sugerida",), "doubted": ("dudosa",), "error": ("ilegible",), "missing": ("falta",),
    "pending": ("pendiente",), "excluded": ("excluida",), "copy": ("copia",),
}  # fmt: skip
"""Values with a meaning of their own, with their other spellings."""


class QueryError(AttrLensError):
    """A query that cannot be read; `start` and `end` say where in the text."""

    def __init__(self, message: Words, start: int, end: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.start, self.end = start, end


class Facts(Protocol):
    """What is known of the images, as arrays of shape (images,)."""

    def count(self) -> int:
        """Images."""
        ...

    def attribute(self, name: str) -> int:
        """The id of an attribute by its folded name, 0 for none; "" is the active one."""
        ...

    def classes(self, attribute: int) -> dict[int, str]:
        """Folded class names by id."""
        ...

    def decided(self, attribute: int) -> Array:
        """Class ids: label, else sure suggestion; -1 unknown, 0 nothing."""
        ...

    def labeled(self, attribute: int) -> Array:
        """Class ids of labels, 0 for none."""
        ...

    def suggested(self, attribute: int) -> Array:
        """Class ids of suggestions, -1 where unsure, 0 for none."""
        ...

    def texts(self, key: str) -> Sequence[str]:
        """Folded texts of one of `TEXTS`."""
        ...

    def numbers(self, key: str, attribute: int) -> Array:
        """Numbers of one of `NUMBERS`, NaN where there is none; dates as seconds since 1970."""
        ...

    def flag(self, name: str, attribute: int) -> Array:
        """One of `FLAGS`."""
        ...


Node = Callable[[Facts], Array]


@dataclass(frozen=True)
class Query:
    """A query that was read."""

    text: str
    node: Node | None

    def mask(self, facts: Facts) -> Array:
        """Which images it holds for; shape (images,), dtype bool.

        Raises
        ------
        QueryError
            If it names an attribute or class that is not there.
        """
        if self.node is None:
            return np.ones(facts.count(), bool)
        return self.node(facts)


def folded(text: str) -> str:
    """Text without case and accents, to compare."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


_TOKEN = re.compile(r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<word>(?:"[^"]*"?|[^\s"()])+))')
_TERM = re.compile(r'^(?P<key>"[^"]+"|[^\s:<>=!"]+)(?P<op>:|<=|>=|!=|=|<|>)(?P<value>.*)$', re.DOTALL)


@dataclass(frozen=True)
class Token:
    """A piece of a query and where it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The pieces of a query."""
    out = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind:
            out.append(Token(match.group(kind), match.start(kind), match.end(kind)))
    return out


def parse(text: str) -> Query:
    """Read a query.

    Raises
    ------
    QueryError
        With the place of what cannot be read.
    """
    reader = _Reader(tokens(text), len(text))
    node = reader.either() if reader.tokens else None
    if reader.place < len(reader.tokens):
        extra = reader.tokens[reader.place]
        raise QueryError(words("There is a ) too many."), extra.start, extra.end)
    return Query(text, node)


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, found: list[Token], end: int) -> None:
        self.tokens, self.place, self._end = found, 0, end

    def _peek(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def either(self) -> Node:
        nodes = [self._all()]
        while (token := self._peek()) is not None and folded(token.text) in ("or", "o", "|"):
            self.place += 1
            nodes.append(self._all())
        return nodes[0] if len(nodes) == 1 else lambda facts: np.logical_or.reduce([node(facts) for node in nodes])

    def _all(self) -> Node:
        nodes: list[Node] = []
        while (token := self._peek()) is not None and token.text != ")" and folded(token.text) not in ("or", "o", "|"):
            nodes.append(self._one())
        if not nodes:
            at = self._peek()
            start, end = (at.start, at.end) if at else (max(0, self._end - 1), self._end)
            raise QueryError(words("Something is missing here."), start, end)
        return nodes[0] if len(nodes) == 1 else lambda facts: np.logical_and.reduce([node(facts) for node in nodes])

    def _one(self) -> Node:
        token = self.tokens[self.place]
        self.place += 1
        if token.text == "(":
            node = self.either()
            if self._peek() is None:
                raise QueryError(words("A ) is missing."), token.start, token.end)
            self.place += 1
            return node
        if token.text in ("-", "not", "no"):
            following = self._peek()
            if following is None:
                raise QueryError(words("Something is missing here."), token.start, token.end)
            return _denied(self._one())
        if token.text.startswith("-") and len(token.text) > 1:
            return _denied(_term(Token(token.text[1:], token.start + 1, token.end)))
        return _term(token)


def _denied(node: Node) -> Node:
    return lambda facts: ~node(facts)


def _plain(text: str) -> str:
    return text.replace('"', "")


def _term(token: Token) -> Node:
    match = _TERM.match(token.text)
    if match is None:
        return _anywhere(folded(_plain(token.text)))
    key, op, value = folded(_plain(match["key"])), match["op"], match["value"]
    attribute, dot, last = key.rpartition(".")
    name = canonical(last if dot else key, KEYS)
    choices = [folded(part) for part in _split(value)]
    if not any(choices):
        raise QueryError(words("{key} needs a value.", key=match["key"] + op), token.start, token.end)
    if name in NUMBERS:
        return _number(name, attribute if dot else "", op, value, token)
    if op not in (":", "=", "!="):
        raise QueryError(
            words("{key} cannot be compared by {sign}.", key=match["key"], sign=op), token.start, token.end,
            words("Numbers can: conf, width, height, size and date."),
        )  # fmt: skip
    node = _choices(name if name in KEYS else key, attribute if dot and name in KEYS else "", choices, token)
    return _denied(node) if op == "!=" else node


def canonical(text: str, table: dict[str, tuple[str, ...]]) -> str:
    """The first spelling of a key or a value; the text itself where it is none."""
    return next((key for key, others in table.items() if text == key or text in others), text)


def _split(value: str) -> list[str]:
    """Values between commas, quotes taken off; a comma in quotes does not part."""
    return [_plain(part) for part in re.findall(r'(?:"[^"]*"?|[^",])+', value)]


def _anywhere(word: str) -> Node:
    def node(facts: Facts) -> Array:
        if any(c in word for c in "*?["):
            return _match_texts(facts.texts("name"), word)
        return np.fromiter((word in path for path in facts.texts("path")), bool, facts.count())

    return node


def _match_texts(texts: Sequence[str], pattern: str) -> Array:
    matches = re.compile(fnmatch.translate(pattern)).match
    return np.fromiter((matches(text) is not None for text in texts), bool, len(texts))


def _path(texts: Sequence[str], value: str) -> Array:
    """A path matches from any of its folders on: ``summer/*`` is all that lies in a folder summer."""
    value = value.replace("\\", "/")
    if any(c in value for c in "*?["):
        return _match_texts(texts, value if value.startswith("/") else f"*/{value}")
    return np.fromiter((value in text for text in texts), bool, len(texts))


def _choices(key: str, attribute: str, values: list[str], token: Token) -> Node:
    def node(facts: Facts) -> Array:
        parts = [_choice(facts, key, attribute, value, token) for value in values]
        return parts[0] if len(parts) == 1 else np.logical_or.reduce(parts)

    return node


def _choice(facts: Facts, key: str, attribute: str, value: str, token: Token) -> Array:
    if key in ("path", "folder"):
        return _path(facts.texts(key), value)
    if key in TEXTS:
        texts = facts.texts(key)
        if any(c in value for c in "*?["):
            return _match_texts(texts, value)
        if key in ("sku", "type"):
            return np.fromiter((text == value for text in texts), bool, len(texts))
        return np.fromiter((value in text for text in texts), bool, len(texts))
    meaning = canonical(value, VALUES)
    chosen = facts.attribute(attribute if key in KEYS else key)
    if key == "is" and meaning not in FLAGS:
        raise QueryError(
            words("An image cannot be {value}.", value=value), token.start, token.end,
            words("It can be: {values}.", values=", ".join(FLAGS)),
        )  # fmt: skip
    if key == "is" and (chosen or not attribute):
        return facts.flag(meaning, chosen)
    if not chosen:
        unknown = attribute or key
        if key in KEYS and not attribute:
            return np.zeros(facts.count(), bool)  # a catalog without attributes
        raise QueryError(
            words("There is no attribute or key {key}.", key=unknown), token.start, token.end,
            words("Put a word with a colon in quotes to look for it in file names."),
        )  # fmt: skip
    ids = {"label": facts.labeled, "suggestion": facts.suggested}.get(key, facts.decided)(chosen)
    if meaning == "none":
        return np.asarray(ids == 0)
    if meaning == "any":
        return np.asarray(ids > 0)
    if meaning == "unknown":
        return np.asarray(ids < 0)
    if key == "label" and meaning == "exemplar":
        return facts.flag("exemplar", chosen)
    return np.isin(ids, _class_ids(facts, chosen, value, token))


def _class_ids(facts: Facts, attribute: int, value: str, token: Token) -> list[int]:
    names = facts.classes(attribute)
    if any(c in value for c in "*?["):
        return [number for number, name in names.items() if fnmatch.fnmatchcase(name, value)]
    found = [number for number, name in names.items() if name == value]
    found = found or [number for number, name in names.items() if name.startswith(value)]  # while it is being typed
    if not found:
        shown = ", ".join(list(names.values())[:8])
        raise QueryError(
            words("There is no class {name}.", name=value), token.start, token.end,
            words("There are {names}.", names=shown) if shown else "",
        )  # fmt: skip
    return found


_UNITS = {"": 1.0, "b": 1.0, "kb": 1e3, "mb": 1e6, "gb": 1e9, "k": 1e3, "m": 1e6, "%": 0.01, "px": 1.0}
_NUMBER = re.compile(r"^(\d+(?:[.,]\d+)?)\s*([a-z%]*)$")
_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")


def _number(key: str, attribute: str, op: str, value: str, token: Token) -> Node:
    low, high = _date_range(value, token) if key == "date" else (_value(key, value, token),) * 2

    def node(facts: Facts) -> Array:
        chosen = facts.attribute(attribute)
        if attribute and not chosen:
            raise QueryError(words("There is no attribute {name}.", name=attribute), token.start, token.end)
        values = facts.numbers(key, chosen)
        with np.errstate(invalid="ignore"):
            edge = high if op in ("<=", ">") else low
            if op in ("<", "<="):
                return np.asarray(values < edge if op == "<" or key == "date" else values <= edge)
            if op in (">", ">="):
                return np.asarray(values >= edge if op == ">=" or key == "date" else values > edge)
            if key == "date":
                inside = (values >= low) & (values < high)
            else:
                inside = np.abs(values - low) <= (0.005 if key == "conf" else 0)
            return np.asarray(~inside & ~np.isnan(values) if op == "!=" else inside)

    return node


def _value(key: str, value: str, token: Token) -> float:
    match = _NUMBER.match(folded(_plain(value)))
    if match is None or match[2] not in _UNITS:
        example = {"conf": "conf<0.6", "size": "size>2MB"}.get(key, f"{key}>1000")
        raise QueryError(
            words("{value} is no number.", value=value), token.start, token.end,
            words("For example {example}.", example=example),
        )  # fmt: skip
    number = float(match[1].replace(",", ".")) * _UNITS[match[2]]
    return number / 100 if key == "conf" and number > 1 else number


def _date_range(value: str, token: Token) -> tuple[float, float]:
    """Begin and end (exclusive) of a year, a month or a day, local time, in seconds since 1970."""
    import datetime

    match = _DATE.match(_plain(value))
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        begin = datetime.datetime(year, month, day)
        if match[3]:
            end = begin + datetime.timedelta(days=1)
        elif match[2]:
            end = datetime.datetime(year + month // 12, month % 12 + 1, 1)
        else:
            end = datetime.datetime(year + 1, 1, 1)
        return begin.timestamp(), end.timestamp()
    except (ValueError, OverflowError, OSError):
        raise QueryError(
            words("{value} is no date.", value=value), token.start, token.end,
            words("For example {example}.", example="date>=2026-05 date<2026-06-15"),
        ) from None  # fmt: skip


def without_unfinished(text: str, keys: Sequence[str]) -> str | None:
    """The query without its last word, if that is the beginning of a key; None if it is not.

    A person who types ``conf<0.6`` types ``c`` first: what no name has is then no word to be looked for.
    """
    found = tokens(text)
    if not found or found[-1].end != len(text) or _TERM.match(found[-1].text):
        return None
    word = folded(_plain(found[-1].text)).lstrip("-")
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
    match = _TERM.match(typed)
    if match is None and not typed.endswith(":"):
        keys = [key for key in vocabulary("") if folded(key).startswith(folded(_plain(typed)))]
        return Completion(start, piece.end, tuple(quoted(key) + ("<" if key in ("conf",) else ":") for key in keys))
    key, op, value = (match["key"], match["op"], match["value"]) if match else (typed[:-1], ":", "")
    last = re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', value)[-1]
    head = f"{key}{op}{value[: len(value) - len(last)]}"
    known = vocabulary(folded(_plain(key)))
    found = [item for item in known if folded(item).startswith(folded(_plain(last)))]
    return Completion(start, piece.end, tuple(f"{head}{quoted(item)}" for item in found))


def quoted(text: str) -> str:
    """Text as it stands in a query: in quotes where it has spaces or signs."""
    plain = text.replace('"', "")
    return f'"{plain}"' if re.search(r"[\s:<>=,()|]", plain) or plain.startswith("-") else plain
