"""The filter's language and product codes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from attrlens.core.completion import Completion, complete, quoted, without_unfinished
from attrlens.core.query import QueryError, folded, parse
from attrlens.core.sku import SkuRule, skus
from attrlens.errors import AttrLensError

Array = np.ndarray[Any, Any]

PATHS = ("/shop/summer/red_skirt.jpg", "/shop/summer/Azul Algodón.png", "/shop/winter/coat.jpg", "/shop/coat-2.jpg")


class Six:
    """Four images: red labeled, blue suggested, unknown, nothing; textures plain, leopard print, none, none."""

    def count(self) -> int:
        return 4

    def attribute(self, name: str) -> int:
        return {"": 1, "color": 1, "neck line": 2}.get(name, 0)

    def classes(self, attribute: int) -> dict[int, str]:
        return {1: "red", 2: "blue"} if attribute == 1 else {3: "plain", 4: "leopard print"}

    def decided(self, attribute: int) -> Array:
        return np.array([1, 2, -1, 0] if attribute == 1 else [3, 4, 0, 0])

    def labeled(self, attribute: int) -> Array:
        return np.array([1, 0, 0, 0])

    def suggested(self, attribute: int) -> Array:
        return np.array([2, 2, -1, 0])

    def texts(self, key: str) -> Sequence[str]:
        names = [p.rsplit("/", 1) for p in PATHS]
        table = {"path": PATHS, "name": [n for _, n in names], "folder": [f for f, _ in names],
                 "type": [p.rsplit(".")[-1] for p in PATHS], "sku": skus(PATHS, SkuRule())}  # fmt: skip
        return [folded(text) for text in table[key]]

    def numbers(self, key: str, attribute: int) -> Array:
        day = datetime.datetime(2026, 5, 10, 12).timestamp()
        return np.array({
            "conf": [0.97, 0.62, 0.3, np.nan], "width": [100, 200, 300, 400], "height": [0] * 4,
            "size": [1e6, 2.5e6, 3e6, 10], "date": [day, day + 86400 * 30, day - 86400 * 300, day],
        }[key], float)  # fmt: skip

    def flag(self, name: str, attribute: int) -> Array:
        return np.array([name == "exemplar", False, name == "unknown", name == "missing"])


def found(text: str) -> list[int]:
    return np.flatnonzero(parse(text).mask(Six())).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [0, 1, 2, 3]),
        ("  ", [0, 1, 2, 3]),
        ("color:red", [0]),
        ("Color:RED", [0]),
        ("color:red,blue", [0, 1]),
        ("-color:red", [1, 2, 3]),
        ("color!=red", [1, 2, 3]),
        ("color:unknown", [2]),
        ("color:none", [3]),
        ("color:any", [0, 1]),
        ("color:r*", [0]),
        ("color:bl", [1]),
        ('"neck line":"leopard print"', [1]),
        ('"neck line":leopard*', [1]),
        ("label:none", [1, 2, 3]),
        ("label:red", [0]),
        ("suggestion:blue", [0, 1]),
        ("is:exemplar", [0]),
        ("is:missing", [3]),
        ("es:falta", [3]),
        ("conf<0.6", [2]),
        ("conf<=62%", [1, 2]),
        ("conf>60", [0, 1]),
        ("color.conf:0.3", [2]),
        ("path:summer/*", [0, 1]),
        ("path:winter", [2]),
        ("carpeta:shop", [0, 1, 2, 3]),
        ("name:coat*", [2, 3]),
        ("coat", [2, 3]),
        ("coat -winter", [3]),
        ("ALGODON", [1]),
        ("*.png", [1]),
        ("type:png", [1]),
        ("sku:coat", [2, 3]),
        ("size>2MB", [1, 2]),
        ("width>=200 width<400", [1, 2]),
        ("size>1,500KB", [1, 2]),
        ("size>1.500.000", [1, 2]),
        ("size>2,4MB", [1, 2]),
        ("width<1,000", [0, 1, 2, 3]),
        ("conf<0,62", [2]),
        ('"[ab]*"', []),
        ('"neck line":"leopard"*', [1]),
        ('name:"coat*"', []),
        ("date:2026-05", [0, 3]),
        ("date>2026-05", [1]),
        ("date<2026", [2]),
        ("date<=2026-05-10", [0, 2, 3]),
        ("color:red or color:blue", [0, 1]),
        ("coat color:unknown or color:red", [0, 2]),
        ("coat (color:unknown or color:red)", [2]),
        ("-(color:red or color:blue)", [2, 3]),
        ("- color:red", [1, 2, 3]),
        ('"color:red"', []),
    ],
)
def test_queries(text: str, expected: list[int]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("color:", "color:", "needs a value"),
        ("coat conf<much", "conf<much", "no number"),
        ("shape:round", "shape:round", "no attribute or key shape"),
        ("color:mauve", "color:mauve", "no class mauve"),
        ("is:nice", "is:nice", "cannot be nice"),
        ("name>3", "name>3", "cannot be compared by >"),
        ("date:yesterday", "date:yesterday", "no date"),
        ("date:2026-13", "date:2026-13", "no date"),
        ("(coat", "(", "A ) is missing"),
        ("coat)", ")", "a ) too many"),
        ("coat or", "r", "missing here"),
        ("-", "-", "missing here"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(text: str, place: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        found(text)
    assert message in caught.value.message
    assert text[caught.value.start : caught.value.end] == place


def test_any_text_is_a_query_or_an_error() -> None:
    """A person types one letter after the other, and anything may be pasted."""
    import random

    rng = random.Random(0)
    alphabet = 'ab:<>=!-"()|,* .%12é\\/\t\n[]?~^orconf'
    for _ in range(3000):
        text = "".join(rng.choice(alphabet) for _ in range(rng.randrange(14)))
        try:
            mask = parse(text).mask(Six())
        except QueryError as error:
            assert 0 <= error.start <= error.end <= len(text)
        else:
            assert mask.shape == (4,) and mask.dtype == bool


@pytest.mark.parametrize(
    ("text", "expected"),
    [("coat co", "coat"), ("co", ""), ("-is", ""), ("coat", None), ("co ", None), ("color:red", None), ("", None),
     ("(co", "("), ("neck", "")],
)  # fmt: skip
def test_the_beginning_of_a_key_is_told_from_a_word(text: str, expected: str | None) -> None:
    assert without_unfinished(text, ["color", "neck line", "is"]) == expected


def words_of(key: str) -> list[str]:
    return {"": ["color", "neck line", "conf", "is", "path"], "color": ["red", "blue", "none"],
            "neck line": ["plain", "leopard print"], "is": ["exemplar", "error"]}.get(key, [])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c", Completion(0, 1, ("color:", "conf<"))),
        ("coat -co", Completion(6, 8, ("color:", "conf<"))),
        ("n", Completion(0, 1, ('"neck line":',))),
        ("color:", Completion(0, 6, ("color:red", "color:blue", "color:none"))),
        ("color:red,b", Completion(0, 11, ("color:red,blue",))),
        ('"neck line":l', Completion(0, 13, ('"neck line":"leopard print"',))),
        ("is:e", Completion(0, 4, ("is:exemplar", "is:error"))),
        ("zzz", Completion(0, 3, ())),
    ],
)
def test_completion(text: str, expected: Completion) -> None:
    assert complete(text, len(text), words_of) == expected


def test_a_completion_can_be_read_again() -> None:
    for name in ("leopard print", "a,b", "or", "-x", "a:b", "50%"):
        assert parse(f"name:{quoted(name)}").node is not None


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        (SkuRule(), "/a/1234_front_2.jpg", "1234"),
        (SkuRule(), "/a/1234-2.jpg", "1234"),
        (SkuRule(), "/a/1234.jpg", "1234"),
        (SkuRule(), "/a/img_0412.jpg", "img_0412"),
        (SkuRule(), "/a/coat (2).jpg", "coat"),
        (SkuRule(), "/a/2.jpg", "2"),
        (SkuRule("underscore"), "C:\\a\\77_red_b.jpg", "77"),
        (SkuRule("dash"), "/a/77-red-b.jpg", "77"),
        (SkuRule("folder"), "/a/77/front.jpg", "77"),
        (SkuRule("pattern", r"^([0-9]+)"), "/a/0815x.jpg", "0815"),
        (SkuRule("pattern", r"zz"), "/a/0815x.jpg", "0815x"),
    ],
)
def test_products(rule: SkuRule, path: str, expected: str) -> None:
    assert skus([path], rule) == [expected]
    assert SkuRule.from_json(rule.to_json()) == rule


def test_a_pattern_that_cannot_be_read_is_refused() -> None:
    from attrlens.core.sku import check_pattern

    for pattern in ("(", ""):
        with pytest.raises(AttrLensError):
            check_pattern(pattern)
    for stored in ({"kind": "pattern", "pattern": "("}, {"kind": "?", "pattern": ""}, None, 3):
        assert SkuRule.from_json(stored) == SkuRule()


class Odd(Six):
    """An attribute called as a key is, with classes called as a value is, and with brackets."""

    def attribute(self, name: str) -> int:
        return {"": 1, "type": 1, "size": 2, "label": 2}.get(name, 0)

    def classes(self, attribute: int) -> dict[int, str]:
        return {1: "none", 2: "wide [a]"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type:none", [0]),
        ("type!=none", [1, 2, 3]),
        ('type:"wide [a]"', [1]),
        ('size:"wide [a]"', []),
        ("size>2MB", [1, 2]),
        ("size:none", []),
        ("type:any", [0, 1]),
        ("label:none", [0]),
    ],
)
def test_attributes_called_as_keys_and_classes_called_as_values(text: str, expected: list[int]) -> None:
    assert np.flatnonzero(parse(text).mask(Odd())).tolist() == expected


def test_a_class_with_signs_is_completed_so_that_it_is_found() -> None:
    words = {"": ["type"], "type": ["wide [a]"]}
    text = complete("type:w", 6, lambda key: words[key]).texts[0]
    assert text == 'type:"wide [a]"' and np.flatnonzero(parse(text).mask(Odd())).tolist() == [1]


@pytest.mark.parametrize("text", ["(" * 3000, "- " * 3000, "-(" * 3000 + "a"])
def test_what_is_too_deep_is_an_error_of_its_own(text: str) -> None:
    with pytest.raises(QueryError, match="too deep"):
        parse(text)
