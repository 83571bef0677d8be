"""Files that come, change, move and go while the window is open; what goes in and out of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.state.desktop import Desktop
from attrlens.ui import drag
from attrlens.ui.viewer.inspector import Inspector
from attrlens.ui.viewer.photo import Photo
from tests.test_drag_data import files
from tests.window import drop, open_catalog, wait_settled

LEFT = Qt.MouseButton.LeftButton


class FakeDesktop(Desktop):
    """Keeps what it was asked for."""

    def __init__(self) -> None:
        self.opened: list[Path] = []
        self.revealed: list[Path] = []
        self.knows_how = True

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return self.knows_how

    def reveal(self, paths: Sequence[Path]) -> bool:
        self.revealed += paths
        return self.knows_how


@pytest.fixture
def photos(spring: list[Path], tmp_path: Path) -> Path:
    """Twelve photos in two folders."""
    for i, path in enumerate(spring[:12]):
        target = tmp_path / "photos" / ("summer" if i < 6 else "winter") / f"{i}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return tmp_path / "photos"


@pytest.fixture
def opened(app: App, qtbot: QtBot, photos: Path, tmp_path: Path) -> Iterator[App]:
    """Those photos in a catalog, watched, 0 to 3 exemplars of a class."""
    app.filework.desktop = FakeDesktop()
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.files.import_paths([photos])
    wait_settled(qtbot, app)
    qtbot.waitUntil(lambda: app.filework.watcher.watching, timeout=10_000)
    app.notices.clear()
    app.document.create_class(1, "dark", [0, 1, 2, 3])
    app.window.activateWindow()
    app.window.panel.gallery.setFocus()
    wait_settled(qtbot, app)
    yield app
    wait_settled(qtbot, app)


def desktop(app: App) -> FakeDesktop:
    assert isinstance(app.filework.desktop, FakeDesktop)
    return app.filework.desktop


def said(app: App) -> list[str]:
    return [one.notice.text for one in app.notices.history]


def test_new_changed_and_renamed_files_are_noticed(opened: App, qtbot: QtBot, photos: Path, spring: list[Path]) -> None:
    document = opened.document
    shutil.copy2(spring[40], photos / "summer" / "new.jpg")
    qtbot.waitUntil(lambda: len(document.images) == 13, timeout=10_000)
    wait_settled(qtbot, opened)
    assert document.described == 13 and document.suggestion(1, 12) is not None, "described and classified"
    before = document.images[5].color
    (photos / "summer" / "5.jpg").write_bytes(spring[60].read_bytes())
    qtbot.waitUntil(lambda: document.images[5].color != before and document.states[5] == 1, timeout=10_000)
    (photos / "summer").rename(photos / "verano")
    qtbot.waitUntil(lambda: document.images[0].path == str(photos / "verano" / "0.jpg"), timeout=10_000)
    wait_settled(qtbot, opened)
    assert document.missing_count == 0 and len(document.images) == 13
    assert set(document.model.exemplars_of(1)) == {0, 1, 2, 3}
    (photos / "autumn").mkdir()
    (photos / "autumn" / "later.jpg").write_bytes(spring[70].read_bytes())
    qtbot.waitUntil(lambda: len(document.images) == 14, timeout=10_000)


def test_missing_files_keep_all_and_say_so_then_come_back(opened: App, qtbot: QtBot, photos: Path) -> None:
    document, window = opened.document, opened.window
    qtbot.waitUntil(lambda: opened.thumbnails.get(0) is not None)
    shutil.move(photos / "summer", photos.parent / "away")
    qtbot.waitUntil(lambda: document.missing_count == 6, timeout=10_000)
    assert "6 files are missing." in said(opened)
    qtbot.waitUntil(lambda: window.errors_text() == "6 files are missing")
    assert opened.thumbnails.get(0) is not None and document.label(1, 0) is not None
    opened.selection.set({0}, 0)
    assert "There is no file any more. Show where it is now" in window.inspector_text()
    photo = window.findChildren(Inspector)[0].findChildren(Photo)[0]
    assert photo.has_picture, "the stored thumbnail is shown"
    assert document.suggestion(1, 0) is not None, "what was made of it stays"
    opened.view.set_query("is:missing")
    assert opened.view.order.tolist() == list(range(6))
    opened.view.clear()
    shutil.move(photos.parent / "away", photos / "summer")
    qtbot.waitUntil(lambda: document.missing_count == 0, timeout=10_000)
    wait_settled(qtbot, opened)
    assert window.errors_text() == ""


def test_files_that_moved_away_are_found_by_showing_their_folder(
    opened: App, qtbot: QtBot, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, window = opened.document, opened.window
    elsewhere = photos.parent / "elsewhere"
    shutil.move(photos / "summer", elsewhere)
    (elsewhere / "0.jpg").unlink()
    qtbot.waitUntil(lambda: document.missing_count == 6, timeout=10_000)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(elsewhere))
    assert window.action("relink").isEnabled()
    window.action("relink").trigger()
    qtbot.waitUntil(lambda: document.missing_count == 1, timeout=10_000)
    wait_settled(qtbot, opened)
    assert document.images[1].path == str(elsewhere / "1.jpg")
    assert any("1 missing file is not in" in text for text in said(opened))
    assert document.undo_names()[0] == "Relink 5 images"
    window.action("undo").trigger()
    assert document.missing_count == 6 and document.images[1].path == str(photos / "summer" / "1.jpg")
    window.action("redo").trigger()
    qtbot.waitUntil(lambda: document.missing_count == 1, timeout=10_000)
    wait_settled(qtbot, opened)


def test_a_moved_folder_that_is_dropped_is_recognized(opened: App, qtbot: QtBot, photos: Path) -> None:
    document = opened.document
    shutil.move(photos / "winter", photos.parent / "cold")
    qtbot.waitUntil(lambda: document.missing_count == 6, timeout=10_000)
    assert drop(opened.window, opened.window.rect().center(), files(photos.parent / "cold"))
    qtbot.waitUntil(lambda: document.missing_count == 0, timeout=10_000)
    wait_settled(qtbot, opened)
    assert len(document.images) == 12 and document.images[6].path == str(photos.parent / "cold" / "6.jpg")


def test_images_are_removed_and_brought_back_and_no_file_is_touched(opened: App, qtbot: QtBot, photos: Path) -> None:
    document, window = opened.document, opened.window
    before = {path: path.read_bytes() for path in photos.rglob("*.jpg")}
    opened.selection.set({0, 7}, 0)
    qtbot.keyClick(window.panel.gallery, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(opened.view.order) == 10)
    assert document.total == 10 and set(document.model.exemplars_of(1)) == {1, 2, 3}
    wait_settled(qtbot, opened)
    window.action("look_again").trigger()
    wait_settled(qtbot, opened)
    assert document.total == 10, "a removed file that is still there does not come back by itself"
    window.action("undo").trigger()
    qtbot.waitUntil(lambda: len(opened.view.order) == 12)
    assert set(document.model.exemplars_of(1)) == {0, 1, 2, 3}
    wait_settled(qtbot, opened)
    window.action("redo").trigger()
    opened.files.import_paths([photos / "summer" / "0.jpg"])
    qtbot.waitUntil(lambda: document.total == 11, timeout=10_000)
    wait_settled(qtbot, opened)
    assert document.undo_names()[0] == "Add 1 image to the catalog", "adding it again takes it in again"
    assert {path: path.read_bytes() for path in photos.rglob("*.jpg")} == before


def test_an_import_is_one_step_of_undo(opened: App, qtbot: QtBot, demo: Path) -> None:
    document = opened.document
    opened.files.import_paths([demo / "new-arrivals"])
    wait_settled(qtbot, opened)
    added = len(document.images) - 12
    assert document.undo_names()[0] == f"Add {added} images to the catalog" and document.total == 12 + added
    opened.window.action("undo").trigger()
    assert document.total == 12
    opened.window.action("redo").trigger()
    assert document.total == 12 + added
    wait_settled(qtbot, opened)


def test_problem_files_are_listed_with_reason_hint_and_retry(
    opened: App, qtbot: QtBot, photos: Path, spring: list[Path]
) -> None:
    window, document = opened.window, opened.document
    problems = window.center.problems
    (photos / "winter" / "bad.jpg").write_bytes(b"")
    qtbot.waitUntil(lambda: document.count(2) == 1, timeout=15_000)
    (photos / "winter" / "8.jpg").unlink()
    qtbot.waitUntil(lambda: document.missing_count == 1, timeout=10_000)
    qtbot.waitUntil(lambda: window.center._bar.tabText(5) == "2 problem files")
    assert window.center._bar.isTabVisible(5)
    qtbot.waitUntil(lambda: window.errors_text() == "1 file could not be read · 1 file is missing")
    qtbot.mouseClick(window._activity._errors, LEFT)
    assert window.center.shown == "problems"
    cells = [[problems.table.item(r, c).text() for c in range(4)] for r in range(problems.table.rowCount())]  # type: ignore[union-attr]
    assert cells[0][:2] == ["8.jpg", "There is no file any more."] and cells[0][3] == str(photos / "winter")
    assert cells[1][0] == "bad.jpg" and "empty (0 bytes)" in cells[1][1] and "Copy it again" in cells[1][2]
    problems.table.selectRow(1)
    assert problems.retry.isEnabled() and not problems.relink.isEnabled()
    problems.reveal.click()
    qtbot.waitUntil(lambda: desktop(opened).revealed == [photos / "winter" / "bad.jpg"])
    shutil.copy2(spring[33], photos / "winter" / "bad.jpg")
    problems.retry.click()
    qtbot.waitUntil(lambda: document.count(2) == 0, timeout=15_000)
    wait_settled(qtbot, opened)
    qtbot.waitUntil(lambda: problems.table.rowCount() == 1)
    problems.table.selectRow(0)
    problems.remove.click()
    assert document.missing_count == 0 and window.center.shown == "gallery", "nothing is left: back to the images"
    assert not window.center._bar.isTabVisible(5)
    wait_settled(qtbot, opened)


def test_files_go_out_by_drag_clipboard_file_manager_and_program(opened: App, qtbot: QtBot, photos: Path) -> None:
    paths = [photos / "summer" / "2.jpg", photos / "winter" / "9.jpg"]
    opened.selection.set({2, 9}, 2)
    data = drag.of_images(opened.document, opened.window.panel.gallery.drag_slots())
    assert [Path(url.toLocalFile()) for url in data.urls()] == paths and data.hasFormat("text/uri-list")
    opened.window.action("copy_files").trigger()
    clipboard = QGuiApplication.clipboard()
    assert [Path(url.toLocalFile()) for url in clipboard.mimeData().urls()] == paths
    opened.window.action("copy_paths").trigger()
    assert clipboard.text() == "\n".join(map(str, paths))
    opened.window.action("reveal").trigger()
    qtbot.waitUntil(lambda: desktop(opened).revealed == paths)
    opened.window.action("open_with").trigger()
    assert desktop(opened).opened == paths
    desktop(opened).knows_how = False
    opened.window.action("open_with").trigger()
    assert "No program opens 2.jpg." in said(opened)


def test_files_come_in_by_paste(opened: App, qtbot: QtBot, photos: Path, spring: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in spring[20:22]])
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(opened.window.panel.gallery, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(opened.document.images) == 14, timeout=10_000)
    wait_settled(qtbot, opened)
    QGuiApplication.clipboard().setText("no file")
    opened.window.action("paste_files").trigger()
    qtbot.waitUntil(lambda: "There is no file to paste" in opened.window.status_text())
    assert opened.filework.folders == {str(photos): True}, "files alone do not make their folder watched"


def test_folders_show_filter_and_take_copies(opened: App, qtbot: QtBot, photos: Path, spring: list[Path]) -> None:
    document, panel = opened.document, opened.window.classes.folders
    panel.button.click()
    tree = panel.tree
    summer = str(photos / "summer")
    index = tree.index_of(summer)
    assert index.isValid() and "6 images" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(index).center())
    assert len(opened.view.order) == 6 and opened.view.text.startswith("path:")
    opened.view.clear()

    hints: list[str] = []
    tree.hint_changed.connect(hints.append)
    winter = tree.index_of(str(photos / "winter"))
    data = drag.of_images(document, [0, 1])
    assert drop(tree.viewport(), tree.visualRect(winter).center(), data)
    assert "Copy 2 files to the folder winter" in hints and hints[-1] == ""
    qtbot.waitUntil(lambda: (photos / "winter" / "1.jpg").is_file(), timeout=10_000)
    qtbot.waitUntil(lambda: len(document.images) == 14, timeout=10_000)
    wait_settled(qtbot, opened)
    assert (photos / "winter" / "0.jpg").read_bytes() == (photos / "summer" / "0.jpg").read_bytes()
    assert any("2 files were copied to" in text for text in said(opened))
    assert not list(photos.rglob("*.part"))
    assert drop(tree.viewport(), tree.visualRect(tree.index_of(str(photos / "winter"))).center(), files(spring[50]))
    qtbot.waitUntil(lambda: len(document.images) == 15, timeout=10_000)
    wait_settled(qtbot, opened)


def test_a_copy_never_overwrites(
    opened: App, qtbot: QtBot, photos: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "0.jpg").write_bytes(b"mine")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    opened.selection.set({0}, 0)
    for _ in range(2):
        opened.window.action("copy_to_folder").trigger()
        wait_settled(qtbot, opened)
    assert (target / "0.jpg").read_bytes() == b"mine"
    assert sorted(path.name for path in target.iterdir()) == ["0 (2).jpg", "0 (3).jpg", "0.jpg"]
    assert len(opened.document.images) == 12, "a folder that is no part of the catalog adds nothing to it"


def test_the_folder_s_menu_has_a_path_for_every_drop(opened: App, qtbot: QtBot, photos: Path) -> None:
    opened.selection.set({0}, 0)
    opened.files.folder_menu(str(photos / "winter"), opened.window.rect().center())
    menu = next(m for m in opened.window.findChildren(QMenu) if m.isVisible())
    actions = {action.text(): action for action in menu.actions()}
    actions["Copy the selected image here"].trigger()
    qtbot.waitUntil(lambda: (photos / "winter" / "0.jpg").is_file(), timeout=10_000)
    wait_settled(qtbot, opened)
    actions["Watch photos"].trigger()
    wait_settled(qtbot, opened)
    assert opened.filework.folders == {str(photos): False}
    menu.close()
    qtbot.waitUntil(lambda: not opened.filework.watcher.watching)


def test_watching_can_be_switched_off_and_changes_are_found_when_asked(
    opened: App, qtbot: QtBot, photos: Path, spring: list[Path]
) -> None:
    opened.settings.set("watch_folders", False)
    wait_settled(qtbot, opened)
    assert not opened.filework.watcher.watching
    shutil.copy2(spring[40], photos / "new.jpg")
    opened.window.action("look_again").trigger()
    qtbot.waitUntil(lambda: len(opened.document.images) == 13, timeout=10_000)
    wait_settled(qtbot, opened)
    opened.window.action("look_again").trigger()
    qtbot.waitUntil(lambda: "No file changed" in opened.window.status_text(), timeout=10_000)


def test_what_changed_while_the_catalog_was_closed_is_found_after_opening(
    opened: App, qtbot: QtBot, photos: Path, spring: list[Path]
) -> None:
    path = opened.document.catalog.path
    opened.workbench.close_catalog()
    assert not opened.filework.watcher.watching
    shutil.copy2(spring[40], photos / "new.jpg")
    (photos / "summer" / "0.jpg").rename(photos / "zero.jpg")
    open_catalog(qtbot, opened, path)
    qtbot.waitUntil(lambda: len(opened.document.images) == 13, timeout=10_000)
    assert opened.document.images[0].path == str(photos / "zero.jpg")
    wait_settled(qtbot, opened)


def test_the_drop_on_a_class_of_files_is_one_step(opened: App, qtbot: QtBot, spring: list[Path]) -> None:
    tree, document = opened.window.classes.tree, opened.document
    class_id = document.model.classes_of(1)[0].id
    assert drop(tree.viewport(), tree.class_rect(class_id), files(*spring[30:33]))
    qtbot.waitUntil(lambda: len(document.images) == 15, timeout=10_000)
    wait_settled(qtbot, opened)
    assert len(document.model.exemplars_of(1)) == 7 and document.undo_names()[0] == "Add 3 exemplars to dark"
    opened.window.action("undo").trigger()
    assert document.total == 12 and len(document.model.exemplars_of(1)) == 4
    wait_settled(qtbot, opened)


@pytest.mark.expects_log
def test_a_second_process_is_told_who_has_the_catalog_and_a_dead_one_does_not_lock(
    app: App, qtbot: QtBot, tmp_path: Path
) -> None:
    import signal
    import subprocess
    import sys

    path = tmp_path / "c.attrlens"
    code = (
        "import sys, time; from pathlib import Path; from attrlens.core import tasks\n"
        "catalog = tasks.open_catalog(Path(sys.argv[1]), create=True); print('open', flush=True); time.sleep(60)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None and other.stdout.readline() == "open\n"
    app.workbench.open(path)
    qtbot.waitUntil(lambda: app.notices.current is not None, timeout=10_000)
    notice = app.notices.current
    assert notice is not None and f"process {other.pid}" in notice.text and notice.hint
    other.send_signal(signal.SIGKILL)
    other.wait()
    app.notices.clear()
    open_catalog(qtbot, app, path)
    wait_settled(qtbot, app)
    assert app.notices.current is None, "the lock of a process that was killed is gone with it"
    other.stdout.close()


def test_files_that_change_names_with_each_other_keep_their_labels(opened: App, qtbot: QtBot, photos: Path) -> None:
    document, summer = opened.document, photos / "summer"
    dark = set(document.model.exemplars_of(1))
    content = {slot: Path(document.images[slot].path).read_bytes() for slot in (1, 5)}
    (summer / "1.jpg").rename(summer / "x.jpg")
    (summer / "5.jpg").rename(summer / "1.jpg")
    (summer / "x.jpg").rename(summer / "5.jpg")
    qtbot.waitUntil(lambda: document.images[1].path == str(summer / "5.jpg"), timeout=10_000)
    wait_settled(qtbot, opened)
    assert document.images[5].path == str(summer / "1.jpg") and document.missing_count == 0
    assert all(Path(document.images[slot].path).read_bytes() == content[slot] for slot in content)
    assert set(document.model.exemplars_of(1)) == dark and len(document.images) == 12


def test_a_copy_takes_over_what_was_said_when_its_original_is_deleted(opened: App, qtbot: QtBot, photos: Path) -> None:
    document = opened.document
    shutil.copy2(photos / "summer" / "2.jpg", photos / "winter" / "copy.jpg")
    qtbot.waitUntil(lambda: document.total == 13, timeout=10_000)
    wait_settled(qtbot, opened)
    copy = next(image.slot for image in document.images if image.path.endswith("copy.jpg"))
    assert document.label(1, copy) is None
    (photos / "summer" / "2.jpg").unlink()
    qtbot.waitUntil(lambda: document.label(1, copy) is not None, timeout=10_000)
    wait_settled(qtbot, opened)
    assert copy in document.model.exemplars_of(1) and document.missing_count == 0 and document.total == 12
    opened.window.action("undo").trigger()
    assert document.label(1, copy) is None and document.missing_count == 1


def test_changes_during_a_look_are_looked_at_after_it(
    opened: App, qtbot: QtBot, photos: Path, spring: list[Path]
) -> None:
    document, filework = opened.document, opened.filework
    opened.settings.set("watch_folders", False)
    wait_settled(qtbot, opened)
    (photos / "summer" / "a.jpg").write_bytes(spring[41].read_bytes())
    filework.look([photos / "summer"], quiet=True)
    (photos / "winter" / "b.jpg").write_bytes(spring[42].read_bytes())
    filework.look([photos / "winter"], quiet=True)
    filework.look([photos / "summer"], quiet=True)
    qtbot.waitUntil(lambda: len(document.images) == 14, timeout=10_000)
    wait_settled(qtbot, opened)
    assert {Path(image.path).name for image in document.images[12:]} == {"a.jpg", "b.jpg"}
    assert filework._looking is None and not filework._waiting


def test_a_look_that_is_cancelled_leaves_the_window_as_the_catalog_is(
    opened: App, qtbot: QtBot, photos: Path, spring: list[Path]
) -> None:
    document, filework = opened.document, opened.filework
    opened.settings.set("watch_folders", False)
    wait_settled(qtbot, opened)
    for i in range(6):
        (photos / "winter" / f"more{i}.jpg").write_bytes(spring[50 + i].read_bytes())
    for steps in range(0, 12, 2):  # cancelled sooner or later
        filework.look()
        job = filework._looking
        assert job is not None
        for _ in range(steps):
            qtbot.wait(1)
        job.cancel()
        qtbot.waitUntil(lambda: filework._looking is None, timeout=10_000)
        wait_settled(qtbot, opened)
        rows = document.catalog.images()
        assert [image.slot for image in document.images] == list(range(len(rows)))
        assert [image.path for image in document.images] == [row.path for row in rows]
    filework.look()
    qtbot.waitUntil(lambda: len(document.images) == 18, timeout=10_000)


def test_a_drive_that_comes_back_is_watched_again(opened: App, qtbot: QtBot, photos: Path, spring: list[Path]) -> None:
    document, filework = opened.document, opened.filework
    photos.rename(photos.parent / "unplugged")
    filework._look_for_folders()
    qtbot.waitUntil(lambda: document.missing_count == 12, timeout=10_000)
    wait_settled(qtbot, opened)
    (photos.parent / "unplugged").rename(photos)
    filework._look_for_folders()
    qtbot.waitUntil(lambda: document.missing_count == 0, timeout=10_000)
    wait_settled(qtbot, opened)
    shutil.copy2(spring[43], photos / "summer" / "after.jpg")
    qtbot.waitUntil(lambda: len(document.images) == 13, timeout=10_000)


def test_an_older_catalog_is_asked_whether_its_folders_are_to_be_watched(
    opened: App, qtbot: QtBot, photos: Path, spring: list[Path]
) -> None:
    document = opened.document
    path = document.catalog.path
    with document.catalog.transaction() as db:
        db.execute("UPDATE folder SET watched = 0")
    document.catalog.set_setting("ask_watch", True)
    opened.workbench.close_catalog()
    open_catalog(qtbot, opened, path)
    qtbot.waitUntil(lambda: "The folders of this catalog can be watched." in said(opened), timeout=10_000)
    wait_settled(qtbot, opened)
    shutil.copy2(spring[44], photos / "summer" / "unasked.jpg")
    asked = opened.notices.current
    assert asked is not None
    next(choice for choice in asked.choices if str(choice.text) == "Watch them").act()
    qtbot.waitUntil(lambda: len(document.images) == 13, timeout=10_000)
    wait_settled(qtbot, opened)
    assert document.catalog.setting("ask_watch") is None and set(opened.filework.folders.values()) == {True}
