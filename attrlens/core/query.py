"""The filter's language: ``color:red -texture:plain conf<0.6 label:none path:summer/*``.

Terms side by side all have to hold, ``or`` between them is weaker, ``-`` before one denies it, parentheses group. A
word alone is looked for in file names and folders. Attributes are keys by their own name; the other keys are `KEYS`.
``*``, ``?`` and ``[...]`` stand for anything, but in quotes for themselves.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

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


FIXED = ("is", "label", "suggestion")
"""Keys that mean the same though an attribute is called so; of the others the attribute has the right of way."""

DEEPEST = 50
"""Parentheses and denials within each other."""


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
TERM = re.compile(r'^(?P<key>"[^"]+"|[^\s:<>=!"]+)(?P<op>:|<=|>=|!=|=|<|>)(?P<value>.*)$', re.DOTALL)


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
        self._depth = 0

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
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(words("This is too deep to be read."), token.start, token.end)
        try:
            return self._piece(token)
        finally:
            self._depth -= 1

    def _piece(self, token: Token) -> Node:
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


def plain(text: str) -> str:
    """Text without quotes."""
    return text.replace('"', "")


def _term(token: Token) -> Node:
    match = TERM.match(token.text)
    if match is None:
        return _anywhere(_value_of(token.text))
    key, op, value = folded(plain(match["key"])), match["op"], match["value"]
    attribute, dot, last = key.rpartition(".")
    name = canonical(last if dot else key, KEYS)
    choices = _split(value)
    if not any(choice.text for choice in choices):
        raise QueryError(words("{key} needs a value.", key=match["key"] + op), token.start, token.end)
    if name in KEYS and name not in FIXED and not dot and op in (":", "=", "!="):
        return _attribute_or(key, op, choices, token, lambda: _keyed(match, name, "", choices, token))
    return _keyed(match, name if name in KEYS else key, attribute if dot and name in KEYS else "", choices, token)


def _attribute_or(key: str, op: str, choices: list[Value], token: Token, make: Callable[[], Node]) -> Node:
    """An attribute's classes, if there is one of that name when it is asked; else what the key means."""
    other: Node | QueryError
    try:
        other = make()
    except QueryError as error:
        other = error
    own = _choices("", key, choices, token)

    def node(facts: Facts) -> Array:
        if facts.attribute(key):
            return ~own(facts) if op == "!=" else own(facts)
        if isinstance(other, QueryError):
            raise other
        return other(facts)

    return node


def _keyed(match: re.Match[str], name: str, attribute: str, choices: list[Value], token: Token) -> Node:
    """A term by one of `KEYS`, of an attribute or the active one, or by an attribute's name."""
    op = match["op"]
    if name in NUMBERS:
        return _number(name, attribute, op, match["value"], token)
    if op not in (":", "=", "!="):
        raise QueryError(
            words("{key} cannot be compared by {sign}.", key=match["key"], sign=op), token.start, token.end,
            words("Numbers can: conf, width, height, size and date."),
        )  # fmt: skip
    node = _choices(name, attribute, choices, token)
    return _denied(node) if op == "!=" else node


def canonical(text: str, table: dict[str, tuple[str, ...]]) -> str:
    """The first spelling of a key or a value; the text itself where it is none."""
    return next((key for key, others in table.items() if text == key or text in others), text)


class Value(NamedTuple):
    """What is looked for: the text, folded, and the pattern where something outside of quotes stands for anything."""

    text: str
    pattern: str = ""


def _value_of(text: str) -> Value:
    pattern, is_pattern = "", False
    for piece in re.findall(r'"[^"]*"?|[^"]+', text):
        if piece.startswith('"'):
            pattern += re.sub(r"([*?[])", r"[\1]", folded(plain(piece)))
        else:
            pattern += folded(piece)
            is_pattern = is_pattern or any(c in piece for c in "*?[")
    return Value(folded(plain(text)), pattern if is_pattern else "")


def _split(value: str) -> list[Value]:
    """Values between commas; a comma in quotes does not part."""
    return [_value_of(part) for part in re.findall(r'(?:"[^"]*"?|[^",])+', value)]


def _anywhere(word: Value) -> Node:
    def node(facts: Facts) -> Array:
        if word.pattern:
            return _match_texts(facts.texts("name"), word.pattern)
        return np.fromiter((word.text in path for path in facts.texts("path")), bool, facts.count())

    return node


def _match_texts(texts: Sequence[str], pattern: str) -> Array:
    matches = re.compile(fnmatch.translate(pattern)).match
    return np.fromiter((matches(text) is not None for text in texts), bool, len(texts))


def _path(texts: Sequence[str], value: Value) -> Array:
    """A path matches from any of its folders on: ``summer/*`` is all that lies in a folder summer."""
    text, pattern = (part.replace("\\", "/") for part in value)
    if pattern:
        is_whole = re.match(r"/|[a-z]:/", pattern) is not None
        return _match_texts(texts, pattern if is_whole else f"*/{pattern}")
    return np.fromiter((text in path for path in texts), bool, len(texts))


def _choices(key: str, attribute: str, values: list[Value], token: Token) -> Node:
    def node(facts: Facts) -> Array:
        parts = [_choice(facts, key, attribute, value, token) for value in values]
        return parts[0] if len(parts) == 1 else np.logical_or.reduce(parts)

    return node


def _choice(facts: Facts, key: str, attribute: str, choice: Value, token: Token) -> Array:
    if key in ("path", "folder"):
        return _path(facts.texts(key), choice)
    value = choice.text
    if key in TEXTS:
        texts = facts.texts(key)
        if choice.pattern:
            return _match_texts(texts, choice.pattern)
        if key in ("sku", "type"):
            return np.fromiter((text == value for text in texts), bool, len(texts))
        return np.fromiter((value in text for text in texts), bool, len(texts))
    meaning = canonical(value, VALUES)
    chosen = facts.attribute(attribute if not key or key in KEYS else key)
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
    own = [number for number, name in facts.classes(chosen).items() if name == value]
    if own:  # a class may be called "none" too
        return np.isin(ids, own)
    if meaning == "none":
        return np.asarray(ids == 0)
    if meaning == "any":
        return np.asarray(ids > 0)
    if meaning == "unknown":
        return np.asarray(ids < 0)
    if key == "label" and meaning == "exemplar":
        return facts.flag("exemplar", chosen)
    return np.isin(ids, _class_ids(facts, chosen, choice, token))


def _class_ids(facts: Facts, attribute: int, choice: Value, token: Token) -> list[int]:
    names = facts.classes(attribute)
    if choice.pattern:
        return [number for number, name in names.items() if fnmatch.fnmatchcase(name, choice.pattern)]
    found = [number for number, name in names.items() if name.startswith(choice.text)]  # while it is being typed
    if not found:
        shown = ", ".join(list(names.values())[:8])
        raise QueryError(
            words("There is no class {name}.", name=choice.text), token.start, token.end,
            words("There are {names}.", names=shown) if shown else "",
        )  # fmt: skip
    return found


_UNITS = {"": 1.0, "b": 1.0, "kb": 1e3, "mb": 1e6, "gb": 1e9, "k": 1e3, "m": 1e6, "%": 0.01, "px": 1.0}
_NUMBER = re.compile(r"^(\d+(?:[.,]\d+)*)\s*([a-z%]*)$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
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
    match = _NUMBER.match(folded(plain(value)))
    digits = match[1] if match else ""
    if key != "conf" and _THOUSANDS.fullmatch(digits):
        digits = re.sub("[.,]", "", digits)  # as the list writes them
    if match is None or match[2] not in _UNITS or len(re.findall("[.,]", digits)) > 1:
        example = {"conf": "conf<0.6", "size": "size>2MB"}.get(key, f"{key}>1000")
        raise QueryError(
            words("{value} is no number.", value=value), token.start, token.end,
            words("For example {example}.", example=example),
        )  # fmt: skip
    number = float(digits.replace(",", ".")) * _UNITS[match[2]]
    return number / 100 if key == "conf" and number > 1 else number


def _date_range(value: str, token: Token) -> tuple[float, float]:
    """Begin and end (exclusive) of a year, a month or a day, local time, in seconds since 1970."""
    import datetime

    match = _DATE.match(plain(value))
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
