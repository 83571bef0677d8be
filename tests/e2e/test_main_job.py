"""The main job in the real window, with the real network: what the program exists for."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.demo.garments import FOLDERS, read_truth
from attrlens.ui import drag
from tests import corpus
from tests.window import drop, open_catalog, settled, wait_settled


def slots_named(app: App, *words: str) -> list[int]:
    """Images whose file name has these words."""
    return [i.slot for i in app.document.images if all(w in Path(i.path).name for w in words)]


def carried(app: App, slots: list[int]) -> QMimeData:
    """What the gallery would put into a drag of these images."""
    app.selection.set(slots, slots[0])
    assert app.window.panel.gallery.drag_slots() == slots
    return drag.encode(str(app.document.catalog.path), slots, [app.document.images[s].path for s in slots])


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_the_main_job(app: App, qtbot: QtBot, demo: Path, tmp_path: Path) -> None:
    document, tree = app.document, app.window.classes.tree
    truth = read_truth(demo)
    open_catalog(qtbot, app, tmp_path / "job.attrlens")

    # A folder is dropped on the window: imported and described.
    assert drop(app.window, QPoint(600, 400), files(demo / FOLDERS[0]))
    wait_settled(qtbot, app)
    assert document.described == len(document.images) == 160

    # Exemplars are dragged from the gallery onto the place for a new class, and onto classes.
    color, texture = (a.id for a in document.model.sorted_attributes())
    hints: list[str] = []
    tree.hint_changed.connect(hints.append)
    red = slots_named(app, "red_")[:6]
    assert drop(tree.viewport(), tree.drop_rect(color), carried(app, red))
    assert "Make a new Color class of 6 images" in hints
    (red_class,) = document.model.classes_of(color)
    editor = QApplication.focusWidget()
    assert editor is not None, "the new class's name is to be typed at once"
    qtbot.keyClicks(editor, "red")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: document.model.classes[red_class.id].name == "red")
    document.create_class(color, "blue")
    blue_class = document.model.class_named(color, "blue")
    assert blue_class is not None
    blue = slots_named(app, "blue_")[:6]
    assert drop(tree.viewport(), tree.class_rect(blue_class.id), carried(app, blue))
    assert "Add 6 images to blue as exemplars" in hints and hints[-1] == ""
    assert document.model.exemplars_of(color) == {
        **dict.fromkeys(red, red_class.id),
        **dict.fromkeys(blue, blue_class.id),
    }
    wait_settled(qtbot, app)

    # Every image has a suggestion at once; the others of the two colors are right.
    for slot in range(160):
        assert document.suggestion(color, slot) is not None
        assert document.suggestion(texture, slot) is None
    for name, row in (("red_", red_class), ("blue_", blue_class)):
        others = [s for s in slots_named(app, name) if s not in red + blue]
        said = [document.suggestion(color, s).class_id for s in others]  # type: ignore[union-attr]
        assert said.count(row.id) / len(said) >= 0.8

    # A texture class by dropping files from the system's file manager, some of them not in the catalog yet.
    document.create_class(texture, "plain")
    plain = document.model.class_named(texture, "plain")
    assert plain is not None
    outside = sorted((demo / FOLDERS[1]).glob("*_plain_*"))[:2]
    inside = [Path(document.images[s].path) for s in slots_named(app, "_plain_")[:4]]
    assert drop(tree.viewport(), tree.class_rect(plain.id), files(*outside, *inside))
    wait_settled(qtbot, app)
    assert len(document.images) == 162
    assert list(document.model.exemplars_of(texture).values()) == [plain.id] * 6

    # A label by key wins over the suggestion and goes on to the next image.
    first, second = slots_named(app, "yellow_")[:2]
    app.selection.set({first}, first)
    app.window.panel.gallery.setFocus()
    qtbot.keyClick(app.window.panel.gallery.viewport(), Qt.Key.Key_2)
    label = document.label(color, first)
    assert label is not None and (label.class_id, label.made_by) == (blue_class.id, "person")
    assert app.selection.current == second
    wait_settled(qtbot, app)
    assert document.label(color, first) == label, "a suggestion never overwrites a label"

    # Another folder is dropped and classified.
    assert drop(app.window, QPoint(600, 400), files(demo / FOLDERS[1]))
    wait_settled(qtbot, app)
    assert len(document.images) == 200 == document.described
    assert all(document.suggestion(color, slot) is not None for slot in range(200))

    # Export.
    with qtbot.waitSignal(app.workbench.exported, timeout=20_000):
        app.workbench.export_csv(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["attribute"] == "Color"]
    assert len(rows) == 200
    assert sum(row["label"] == "red" for row in rows) == 6
    known = [
        r for r in rows if r["decided_by"] == "suggestion" and truth[Path(r["path"]).name]["Color"] in ("red", "blue")
    ]
    right = [row["class"] == truth[Path(row["path"]).name]["Color"] for row in known]
    assert len(right) >= 15 and sum(right) / len(right) > 0.9

    # Close, reopen: nothing is lost, and undo goes back through what was done before.
    before = (dict(document.model.classes), dict(document.model.exemplars), document.decided(color).tolist())
    app.workbench.close_catalog()
    assert not document.is_open and app.window.windowTitle() == "AttrLens"
    open_catalog(qtbot, app, tmp_path / "job.attrlens")
    assert (dict(document.model.classes), dict(document.model.exemplars), document.decided(color).tolist()) == before
    assert app.window.action("undo").text() == "&Undo: Add 38 images to the catalog"
    app.window.action("undo").trigger()
    assert app.document.total == 162, "an import is undone as a whole, and done again below"
    assert app.window.action("undo").text() == "&Undo: Label 1 image blue"
    app.window.action("undo").trigger()
    assert document.label(color, first) is None
    for _ in range(4):  # the texture exemplars, its class, blue's exemplars, blue
        app.window.action("undo").trigger()
    assert [c.name for c in document.model.classes.values()] == ["red"]
    app.window.action("redo").trigger()
    assert [c.name for c in document.model.classes.values()] == ["red", "blue"]
    wait_settled(qtbot, app)


def test_bad_files_are_told_in_the_window_and_can_be_tried_again(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    cases = corpus.write(tmp_path / "mixed")
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.files.import_paths([tmp_path / "mixed"])
    wait_settled(qtbot, app)
    bad = sum(case.error is not None for case in cases)
    qtbot.waitUntil(lambda: app.window.errors_text() == f"{bad} files could not be read")
    app.window.show_errors()
    problems = app.window.center.problems
    assert app.window.center.shown == "problems" and problems.table.rowCount() == bad
    assert all(problems.table.item(row, 1).text() for row in range(bad)), "every one says why"  # type: ignore[union-attr]
    slot = next(i.slot for i in app.document.images if Path(i.path).name == "empty.jpg")
    app.selection.set({slot}, slot)
    assert "empty (0 bytes)" in app.window.inspector_text()
    (tmp_path / "mixed" / "empty.jpg").write_bytes(next(c.data for c in cases if c.name == "gray.jpg"))
    app.window.action("retry_errors").trigger()
    wait_settled(qtbot, app)
    assert app.document.images[slot].state == 1
    qtbot.waitUntil(lambda: app.window.errors_text() == f"{bad - 1} files could not be read")


def test_cancel_and_going_on(app: App, qtbot: QtBot, demo: Path, tmp_path: Path) -> None:
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.files.import_paths([demo / FOLDERS[0]])
    qtbot.waitUntil(lambda: app.document.described > 0, timeout=60_000)
    app.lanes.inference.cancel_all()
    qtbot.waitUntil(lambda: settled(app), timeout=1500)
    done = app.document.described
    assert 0 < done < 160
    app.workbench.close_catalog()
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    assert app.document.described == done
    wait_settled(qtbot, app)
    assert app.document.described == 160


def test_sub_folders_become_classes_when_the_person_says_so(app: App, qtbot: QtBot, demo: Path, tmp_path: Path) -> None:
    for path in sorted((demo / FOLDERS[0]).iterdir())[:60]:
        target = tmp_path / "sorted" / path.name.split("_")[0] / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.files.import_paths([tmp_path / "sorted"])
    qtbot.waitUntil(lambda: app.notices.current is not None, timeout=20_000)
    notice = app.notices.current
    assert notice is not None and "sub-folders classes?" in notice.text
    assert [choice.text for choice in notice.choices] == ["As Color classes", "As Texture classes"]
    notice.choices[0].act()
    color = app.document.model.sorted_attributes()[0].id
    assert len(app.document.model.classes_of(color)) >= 3
    assert len(app.document.model.exemplars_of(color)) == 60
    wait_settled(qtbot, app)
    app.document.undo()
    assert app.document.model.classes_of(color) == []
    wait_settled(qtbot, app)


@pytest.mark.expects_log
def test_a_second_window_on_the_same_catalog_is_told(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    from attrlens.core import tasks

    other = tasks.open_catalog(tmp_path / "c.attrlens", create=True)
    app.workbench.open(tmp_path / "c.attrlens")
    qtbot.waitUntil(lambda: app.notices.current is not None, timeout=20_000)
    assert app.notices.current is not None and "open in another AttrLens" in app.notices.current.text
    assert not app.document.is_open
    other.close()


def test_closing_a_catalog_frees_its_arrays(app: App, qtbot: QtBot, spring: list[Path], tmp_path: Path) -> None:
    import weakref

    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.files.import_paths(spring[:10])
    wait_settled(qtbot, app)
    app.document.create_class(1, "c", slots=[0, 1])
    wait_settled(qtbot, app)
    catalog = weakref.ref(app.document.catalog)
    scores = weakref.ref(app.document.by_slot(1))
    app.workbench.close_catalog()
    wait_settled(qtbot, app)
    assert catalog() is None and scores() is None  # not by the collector: what it no longer looks at would stay


def test_opening_what_is_open_and_double_clicks_do_nothing(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    app.workbench.open(tmp_path / "c.attrlens", create=True)
    app.workbench.open(tmp_path / "c.attrlens", create=True)
    qtbot.waitUntil(lambda: app.document.is_open, timeout=20_000)
    app.workbench.open(tmp_path / "c.attrlens")
    wait_settled(qtbot, app)
    assert app.document.is_open and app.notices.current is None


def test_opening_another_catalog_in_a_hurry_shows_the_last_one(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        app.workbench.open(tmp_path / f"{name}.attrlens", create=True)
    qtbot.waitUntil(lambda: app.document.is_open and app.document.catalog.name == "c", timeout=20_000)
    wait_settled(qtbot, app)
    app.workbench.open(tmp_path / "a.attrlens", create=True)
    qtbot.waitUntil(lambda: app.document.catalog.name == "a", timeout=20_000)
    assert app.notices.current is None, "the locks of those not shown are free"


def test_closing_during_an_import_ends_the_import(app: App, qtbot: QtBot, demo: Path, tmp_path: Path) -> None:
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.files.import_paths([demo])
    app.workbench.close_catalog()
    wait_settled(qtbot, app, 20_000)
    assert not app.document.is_open and app.notices.current is None


def test_photos_dropped_on_the_first_page_make_a_catalog_of_just_them(
    app: App, qtbot: QtBot, demo: Path, spring: list[Path], home: Path
) -> None:
    assert drop(app.window, QPoint(600, 400), files(*spring[:3]))
    qtbot.waitUntil(lambda: len(app.document.images) > 0, timeout=20_000)
    wait_settled(qtbot, app)
    assert [image.path for image in app.document.images] == [str(path) for path in spring[:3]]
    assert app.document.catalog.path.is_relative_to(home)
    assert drop(app.window, QPoint(600, 400), files(app.document.catalog.path))
    wait_settled(qtbot, app)
    assert len(app.document.images) == 3, "a catalog that is dropped is opened, not imported"


def test_a_class_deleted_while_files_for_it_are_added(
    app: App, qtbot: QtBot, spring: list[Path], tmp_path: Path
) -> None:
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    class_id = app.document.create_class(1, "gone")
    app.files.on_files_dropped("class", class_id, spring[:3])
    app.document.delete_class(class_id)
    assert app.document.create_class(2, "another") != class_id, "an id never comes to mean something else"
    wait_settled(qtbot, app)
    assert len(app.document.images) == 3 and app.document.model.exemplars_of(1) == {}
    app.document.delete_attribute(1)
    app.document.delete_attribute(2)
    app.selection.set({0}, 0)
    for name in ("take_out", "remove_exemplars", "next_uncertain", "next_unlabeled", "new_class"):
        app.window.action(name).trigger()
    app.view.set_grouping("class")
    wait_settled(qtbot, app)


def test_another_catalog_opened_while_one_is_described_is_described_too(
    app: App, qtbot: QtBot, demo: Path, spring: list[Path], tmp_path: Path
) -> None:
    from attrlens.core import tasks
    from attrlens.core.files import scan
    from attrlens.core.token import Token

    other = tasks.open_catalog(tmp_path / "b.attrlens", create=True)
    tasks.add_images(other, scan(spring[:12], Token()).images, Token())
    other.close()
    open_catalog(qtbot, app, tmp_path / "a.attrlens")
    app.files.import_paths([demo / FOLDERS[0]])
    qtbot.waitUntil(lambda: app.document.described > 0, timeout=60_000)
    open_catalog(qtbot, app, tmp_path / "b.attrlens")
    wait_settled(qtbot, app)
    assert len(app.document.images) == 12 == app.document.described
    open_catalog(qtbot, app, tmp_path / "a.attrlens")
    wait_settled(qtbot, app)
    assert app.document.described == 160
