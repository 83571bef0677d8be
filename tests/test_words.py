"""Words: English that can be said in another language."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from attrlens import words as module
from attrlens.words import Words, number, pack, told, tr, unpack, words

SPANISH = {
    "{n:,} images": "{n:,} imágenes",
    "{n:,} image": "{n:,} imagen",
    "{name} is gone": "falta {name}",
    "Label {what} {name}": "Etiquetar {what}: {name}",
    "{share:.1%} right": "{share:.1%} bien",
}


@pytest.fixture
def spanish() -> Iterator[None]:
    module.use(lambda source: SPANISH.get(source, source), ".", ",")
    yield
    module.use(None)


def test_words_are_english_everywhere_but_where_they_are_told(spanish: None) -> None:
    text = words("{name} is gone", name="a.jpg")
    assert text == "a.jpg is gone" and f"{text}." == "a.jpg is gone."
    assert told(text) == "falta a.jpg"


def test_words_within_words_and_numbers(spanish: None) -> None:
    what = words("{n:,} image", "{n:,} images", n=12345)
    assert str(what) == "12,345 images"
    text = words("Label {what} {name}", what=what, name="red")
    assert text == "Label 12,345 images red"
    assert told(text) == "Etiquetar 12.345 imágenes: red"
    assert tr("{n:,} image", "{n:,} images", n=1) == "1 imagen"
    assert tr("{share:.1%} right", share=0.985) == "98,5% bien"
    assert number(1234.5, ",.1f") == "1.234,5"
    assert told("A file, 1,234 bytes") == "A file, 1,234 bytes"


def test_words_keep_what_they_were_made_of_on_disk_and_between_processes(spanish: None) -> None:
    text = words("Label {what} {name}", what=words("{n:,} image", "{n:,} images", n=2), name="{odd} name")
    for other in (unpack(pack(text)), pickle.loads(pickle.dumps(text))):
        assert isinstance(other, Words) and other == text and told(other) == "Etiquetar 2 imágenes: {odd} name"
    assert unpack("Label 2 images red") == "Label 2 images red" and pack("x") == "x"


def test_words_without_values_may_have_braces() -> None:
    assert words("{not} a place") == "{not} a place" == tr("{not} a place")
