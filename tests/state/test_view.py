"""Filter, groups and order of the gallery; undo as the window sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from attrlens.core import tasks
from attrlens.core.catalog.rows import Decision, NewImage, Suggestions
from attrlens.core.catalog.store import Catalog
from attrlens.core.catalog.thumbnails import Thumbnails
from attrlens.core.classify.scores import Scored
from attrlens.core.sku import SkuRule
from attrlens.core.token import Token
from attrlens.state.document import Document
from attrlens.state.open_catalog import Opened
from attrlens.state.view import Filter, GalleryView, Like

NAMES = ("b/img10.jpg", "b/img2.jpg", "a/z.jpg", "a/y.jpg", "a/x.jpg", "c.jpg")
CONFIDENCE = (0.9, 0.3, 0.8, 0.99, 0.6, -1)
BEST = (1, 1, 2, 2, 1, 0)


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    """Six images, classes red (1) and blue (2), made-up suggestions for the first five."""
    catalog: Catalog = tasks.open_catalog(tmp_path / "c", create=True)
    catalog.add_images([NewImage(f"/d/{name}", "/d", 1, 1) for name in NAMES])
    document = Document()
    document.adopt(Opened(catalog, Thumbnails(catalog.thumbnails_path), catalog.images(), {}))
    document.create_class(1, "red")
    document.create_class(1, "blue")
    n = 5
    best, runner_up = np.array(BEST[:n], np.int32), np.array([2, 2, 1, 1, 2], np.int32)
    scored = Scored(
        best, np.array(CONFIDENCE[:n], np.float32), runner_up, np.full(n, 0.05, np.float32), np.ones(n, np.float32)
    )
    decision = Decision(1, 0.0, 1, "", "", "discriminant", {}, "", n)
    document.adopt_suggestions(1, Suggestions(decision, np.arange(n, dtype=np.int32), scored))
    yield document
    document.close()


@pytest.fixture
def view(document: Document) -> GalleryView:
    view = GalleryView(document)
    view.set_attribute(1)
    view.rebuild()
    return view


def test_decided_puts_the_person_first(document: Document) -> None:
    assert document.decided(1).tolist() == [1, -1, 2, 2, 1, 0]
    document.set_labels(2, [0, 1])
    assert document.decided(1).tolist() == [2, 2, 2, 2, 1, 0]
    suggestion = document.suggestion(1, 1)
    assert suggestion is not None and not suggestion.sure and suggestion.class_id == 1
    document.set_threshold(1, 0, 0.95)
    assert document.decided(1).tolist() == [2, 2, -1, 2, -1, 0]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        (Filter(), [0, 1, 2, 3, 4, 5]),
        (Filter("class", 1), [0, 4]),
        (Filter("class", 2), [2, 3]),
        (Filter("unknown"), [1]),
        (Filter("errors"), []),
        (Filter("unlabeled"), [0, 1, 2, 3, 4, 5]),
        (Filter("exemplars"), []),
    ],
)
def test_filters(view: GalleryView, chosen: Filter, shown: list[int]) -> None:
    view.set_filter(chosen)
    assert view.order.tolist() == shown


def test_filters_follow_what_the_person_does(document: Document, view: GalleryView, qtbot: QtBot) -> None:
    view.set_filter(Filter("unlabeled"))
    with qtbot.waitSignal(view.changed):
        document.add_exemplars(2, [1, 5])
    assert view.order.tolist() == [0, 2, 3, 4]
    view.set_filter(Filter("exemplars"))
    assert view.order.tolist() == [1, 5]
    with qtbot.waitSignal(view.changed):
        document.undo()
    assert view.order.tolist() == []


def test_orders(view: GalleryView) -> None:
    view.set_sorting("name")
    assert [NAMES[slot].rsplit("/")[-1] for slot in view.order] == [
        "c.jpg", "img2.jpg", "img10.jpg", "x.jpg", "y.jpg", "z.jpg",
    ]  # fmt: skip
    view.set_sorting("confidence")
    assert view.order.tolist() == [3, 0, 2, 4, 1, 5]
    view.set_sorting("least confidence")
    assert view.order.tolist() == [1, 4, 2, 0, 3, 5]


def test_groups(view: GalleryView) -> None:
    view.set_grouping("class")
    assert [(g.title, g.start, g.count) for g in view.groups] == [
        ("red", 0, 2), ("blue", 2, 2), ("Unknown", 4, 1), ("Not classified", 5, 1),
    ]  # fmt: skip
    assert view.order.tolist() == [0, 4, 2, 3, 1, 5]
    view.set_grouping("folder")
    assert [(g.title, g.count) for g in view.groups] == [("/d", 1), ("d/a", 3), ("d/b", 2)]


def test_a_deleted_class_leaves_no_trace_in_the_view(document: Document, view: GalleryView) -> None:
    document.set_labels(1, [0])
    view.set_filter(Filter("class", 1))
    document.delete_class(1)
    assert view.filter == Filter()
    assert document.label(1, 0) is None
    suggestion = document.suggestion(1, 0)
    assert suggestion is not None and suggestion.class_id == 0 and not suggestion.sure
    document.undo()
    assert document.label(1, 0) is not None


def test_names_are_unique_and_not_empty(document: Document) -> None:
    red = document.model.classes_of(1)[0]
    assert not document.rename(red, "BLUE") and not document.rename(red, "  ")
    assert document.rename(red, " crimson ") and document.model.classes[red.id].name == "crimson"
    assert [document.model.classes[document.create_class(1)].name for _ in range(2)] == ["New class 1", "New class 2"]


def test_merge_moves_labels_and_exemplars_and_undo_brings_them_back(document: Document) -> None:
    document.add_exemplars(1, [0, 4])
    document.set_labels(1, [5])
    document.merge(1, 2)
    assert document.model.exemplars_of(1) == {0: 2, 4: 2}
    assert [document.model.labels_of(1)[s].class_id for s in (0, 4, 5)] == [2, 2, 2]
    assert document.undo_names()[0] == "Merge red into blue"
    document.undo()
    assert document.model.exemplars_of(1) == {0: 1, 4: 1} and 1 in document.model.classes


def test_an_action_that_changes_nothing_is_no_step(document: Document) -> None:
    name = document.undo_names()
    document.clear_labels(1, [0, 1])
    document.add_exemplars(1, [])
    assert document.undo_names() == name


def test_one_drop_is_one_step_of_undo(document: Document) -> None:
    document.create_class(1, "green", [2, 3])
    assert document.model.exemplars_of(1) == {2: 3, 3: 3}
    document.undo()
    assert document.model.exemplars_of(1) == {} and 3 not in document.model.classes


def test_a_catalog_is_shown_the_way_it_was_left(document: Document, view: GalleryView) -> None:
    catalog = document.catalog
    view.set_grouping("class")
    view.set_sorting("confidence")
    view.set_filter(Filter("class", 2))
    document.closing.emit()
    other = GalleryView(document)
    document.opened.emit()
    assert (other.attribute, other.filter, other.grouping, other.sorting) == (
        1,
        Filter("class", 2),
        "class",
        "confidence",
    )
    catalog.set_setting("gallery", {"attribute": 99, "kind": "class", "class_id": 99, "grouping": "x", "sorting": None})
    document.opened.emit()
    assert (other.attribute, other.filter, other.grouping, other.sorting) == (1, Filter(), "none", "added")


def test_a_query_and_a_filter_both_have_to_hold(document: Document, view: GalleryView) -> None:
    view.set_query("path:b/*")
    assert view.order.tolist() == [0, 1]
    view.set_filter(Filter("class", 1))
    assert view.order.tolist() == [0]
    view.set_query("path:b/* or color:blue conf>0.9")
    assert view.order.tolist() == [0]
    view.clear()
    assert view.order.tolist() == [0, 1, 2, 3, 4, 5] and view.text == ""


def error_of(view: GalleryView) -> str:
    return view.query_error.message if view.query_error else ""


def test_a_query_that_cannot_be_read_says_so_and_shows_what_was_shown(document: Document, view: GalleryView) -> None:
    view.set_query("color:red")
    view.set_query("color:re or")
    assert error_of(view) and view.order.tolist() == [0, 4]
    view.set_query("color:mauve")
    assert "no class mauve" in error_of(view)
    view.set_query("")
    assert not error_of(view) and len(view.order) == 6
    view.set_query("color:blue")
    document.delete_class(2)
    view.rebuild()
    assert error_of(view) and len(view.order) == 6, "its class is gone: said, and nothing is hidden"


def test_a_query_is_kept_with_the_catalog(document: Document, view: GalleryView) -> None:
    view.set_query("color:red")
    document.closing.emit()
    other = GalleryView(document)
    document.opened.emit()
    assert other.text == "color:red" and other.order.tolist() == [0, 4]


def test_removed_images_are_nowhere(document: Document, view: GalleryView) -> None:
    document.remove_images([0, 3])
    view.rebuild()
    assert view.order.tolist() == [1, 2, 4, 5] and view.class_counts(1) == {-1: 1, 2: 1, 1: 1, 0: 1}
    assert document.total == 4
    document.undo()
    view.rebuild()
    assert len(view.order) == 6 and document.total == 6


def test_groups_by_state_and_product(document: Document, view: GalleryView) -> None:
    document.add_exemplars(1, [0])
    document.set_labels(1, [1])
    document.accept(1, [2])
    view.set_grouping("state")
    view.rebuild()
    assert [(g.title, g.count) for g in view.groups] == [
        ("Exemplars", 1), ("Labeled", 1), ("Suggestions accepted", 1), ("Suggested", 2), ("Not classified", 1),
    ]  # fmt: skip
    view.set_grouping("sku")
    assert [(g.title, g.count) for g in view.groups] == [("Products with one image", 6)]
    view.set_sku_rule(SkuRule("folder"))
    assert [(g.title, g.count) for g in view.groups] == [("a", 3), ("b", 2), ("Products with one image", 1)]


def test_orders_of_files(document: Document, view: GalleryView) -> None:
    for slot, (size, date, color) in enumerate([(5, 2, 0x00FF00), (4, 1, 0xFF0000), (3, 3, -1), (9, 6, 0x808080),
                                                (1, 5, 0x0000FF), (7, 4, 0xFFFFFF)]):  # fmt: skip
        document.images[slot] = document.images[slot]._replace(size=size, mtime_ns=date, color=color)
    document.files_version += 1
    for sorting, expected in (("size", [4, 2, 1, 0, 5, 3]), ("date", [3, 4, 5, 2, 0, 1]), ("color", [1, 0, 4, 5, 3, 2]),
                              ("path", [4, 3, 2, 1, 0, 5])):  # fmt: skip
        view.set_sorting(sorting)  # type: ignore[arg-type]
        assert view.order.tolist() == expected, sorting
    view.set_sorting("size", True)
    assert view.order.tolist() == [3, 5, 0, 1, 2, 4]
    view.set_like(Like("like it", 1, np.array([0, 2, 1], np.float32)))
    assert view.order.tolist() == [0, 2, 1, 3, 4, 5] and view.sorting == "similarity"
    view.set_like(None)
    assert view.order.tolist() == [0, 1, 2, 3, 4, 5]


def test_names_prepared_elsewhere_are_taken_only_if_places_and_the_rule_are_the_same(
    document: Document, view: GalleryView
) -> None:
    names, version = view.facts.wanted_names().prepare(Token()), document.places_version
    view.facts.adopt_names(names, version)
    assert view.facts.names is names
    view.facts.set_sku_rule(SkuRule("folder"))
    assert view.facts.names is not names and view.facts.names.names is names.names
    assert view.facts.names.products == ["b", "b", "a", "a", "a", "d"]
    view.facts.adopt_names(names, version)
    assert view.facts.names.rule == SkuRule("folder")

    view.set_grouping("sku")
    assert [(g.title, g.count) for g in view.groups] == [("a", 3), ("b", 2), ("Products with one image", 1)]
    document.remove_images([0])
    view.rebuild()
    assert [(g.title, g.count) for g in view.groups] == [("a", 3), ("Products with one image", 2)]
    document.undo()
    document.remove_images([2])  # as many as before, but other ones
    view.rebuild()
    assert [(g.title, g.count) for g in view.groups] == [("a", 2), ("b", 2), ("Products with one image", 1)]


def test_classes_of_folders_are_made_of_what_is_still_there(document: Document) -> None:
    document.images[1] = document.images[1]._replace(path="/elsewhere/img2.jpg")
    document.remove_images([0])
    document.classes_from_folders(1, dict.fromkeys(range(9), "/d"), 10)
    made = {row.name: row.id for row in document.model.classes_of(1)}
    assert set(made) == {"red", "blue", "a"}
    assert sorted(slot for slot, label in document.model.labels_of(1).items() if label.class_id == made["a"]) == [
        2,
        3,
        4,
    ]
