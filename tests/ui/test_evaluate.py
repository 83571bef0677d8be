"""The Evaluate tab: real window, real weights, the demo's garments labeled by their truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.catalog.evaluations import Run
from attrlens.core.demo.garments import read_truth
from attrlens.ui.evaluate.panel import EvaluatePanel
from attrlens.ui.evaluate.wrong import WrongList, WrongRow
from tests.window import open_catalog, wait_settled


def color_of(app: App) -> int:
    found = app.document.model.attribute_named("Color")
    assert found is not None
    return found.id


def labeled(qtbot: QtBot, app: App, demo: Path, path: Path, wrong: int = 2) -> dict[int, str]:
    """A catalog of the demo's spring with color labels, of which the first `wrong` red ones say blue; the truth."""
    open_catalog(qtbot, app, path)
    app.workbench.import_paths([demo / "spring"])
    wait_settled(qtbot, app)
    truth = {image.slot: read_truth(demo)[Path(image.path).name]["Color"] for image in app.document.images}
    attribute = color_of(app)
    app.view.set_attribute(attribute)
    classes = {name: app.document.create_class(attribute, name) for name in sorted(set(truth.values()))}
    reds = [slot for slot, name in truth.items() if name == "red"]
    for name, number in classes.items():
        slots = [slot for slot, true in truth.items() if true == name and slot not in reds[:wrong]]
        app.document.set_labels(number, slots)
    app.document.set_labels(classes["blue"], reds[:wrong])
    wait_settled(qtbot, app)
    return truth


def evaluate(qtbot: QtBot, app: App) -> EvaluatePanel:
    panel = app.window.center.evaluate
    with qtbot.waitSignal(app.evaluator.finished, timeout=120_000):
        app.window.action("evaluate").trigger()
    return panel


def report_of(app: App, run: Run) -> dict[str, Any]:
    found = app.evaluator.report(run)
    assert found is not None
    return found


def rows(panel: EvaluatePanel) -> list[WrongRow]:
    [wrong] = panel.results.findChildren(WrongList)
    return list(wrong._rows)


def test_wrong_labels_are_found_and_mended(qtbot: QtBot, app: App, demo: Path, tmp_path: Path) -> None:
    truth = labeled(qtbot, app, demo, tmp_path / "c.attrlens")
    panel = evaluate(qtbot, app)
    attribute = color_of(app)
    [run] = app.evaluator.runs(attribute)
    assert report_of(app, run)["n_images"] == 160
    found = {row.row["slot"]: row for row in rows(panel)}
    mislabeled = [s for s, label in app.document.model.labels_of(attribute).items()
                  if app.document.model.classes[label.class_id].name != truth[s]]  # fmt: skip
    assert len(mislabeled) == 2
    caught = [s for s in mislabeled if s in found and found[s].row["best"] == "red"]
    assert len(caught) == 2, "a red garment labeled blue is decided red"
    assert "right, of 160" in panel.results.text()

    slot = caught[0]
    qtbot.mouseClick(found[slot], Qt.MouseButton.LeftButton)
    assert app.selection.current == slot
    button = next(b for b in found[slot].findChildren(QPushButton) if b.text() == "Label red")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    label = app.document.label(attribute, slot)
    assert label is not None and app.document.model.classes[label.class_id].name == "red"
    assert app.document.undo_names()[0] == "Label 1 image red"
    assert not button.isVisibleTo(found[slot]) and "1 label changed since" in panel.results.text()
    app.document.undo()
    assert button.isVisibleTo(found[slot]) and "changed since" not in panel.results.text()

    out = next(b for b in found[slot].findChildren(QPushButton) if b.text() == "Leave out")
    qtbot.mouseClick(out, Qt.MouseButton.LeftButton)
    assert slot in app.document.model.excluded_of(attribute)
    assert app.document.undo_names()[0] == "Leave 1 image out of evaluations"
    app.selection.set({slot}, slot)
    assert "Left out of evaluations" in app.window.inspector_text()

    for other in caught[1:]:
        app.document.set_labels(
            next(c.id for c in app.document.model.classes_of(attribute) if c.name == "red"), [other]
        )
    wait_settled(qtbot, app)
    evaluate(qtbot, app)
    newer, older = app.evaluator.runs(attribute)
    assert report_of(app, newer)["n_images"] == 159
    before = {row["slot"]: row["right"] for row in report_of(app, older)["images"]}
    after = {row["slot"]: row["right"] for row in report_of(app, newer)["images"]}
    assert not before[caught[1]] and after[caught[1]] and slot not in after
    panel._compare.setCurrentIndex(1)
    panel._compare.activated.emit(1)
    text = panel.results.text()
    assert "right, of 159" in text and any(sign in text for sign in ("+", "−", "±0"))
    better = next(b for b in panel.results.findChildren(QPushButton) if "right now that were wrong" in b.text())
    assert int(better.text().split()[0]) >= 1
    qtbot.mouseClick(better, Qt.MouseButton.LeftButton)
    assert app.window.panel.isVisible() and len(app.view.order) == int(better.text().split()[0])


def test_a_cell_shows_its_images_and_a_run_outlives_the_program(
    qtbot: QtBot, app: App, demo: Path, tmp_path: Path
) -> None:
    labeled(qtbot, app, demo, tmp_path / "c.attrlens")
    panel = evaluate(qtbot, app)
    matrix = panel.results.matrix
    [run] = app.evaluator.runs(color_of(app))
    table = report_of(app, run)["results"]["confusion"]
    row, column = table["rows"].index("blue"), table["columns"].index("red")
    assert table["counts"][row][column] == 2
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_rect(row, column).center())
    assert app.window.panel.isVisible() and len(app.view.order) == table["counts"][row][column]
    assert app.view.filter.title == "blue → red"
    app.window.action("show_evaluate").trigger()
    assert panel.isVisible() and not app.window.panel.isVisible()

    matrix.setFocus()
    for _ in range(12):
        qtbot.keyClick(matrix, Qt.Key.Key_Up)
        qtbot.keyClick(matrix, Qt.Key.Key_Left)
    for _ in range(row):
        qtbot.keyClick(matrix, Qt.Key.Key_Down)
    for _ in range(column):
        qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert matrix.accessibleDescription() == matrix.sentence(row, column)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert app.window.panel.isVisible()
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))  # beside the cells: nothing

    with qtbot.waitSignal(app.evaluator.written, timeout=30_000):
        panel.write(run, tmp_path / "report")
    wait_settled(qtbot, app)
    report = json.loads((tmp_path / "report" / "report.json").read_text())
    assert report["results"] == report_of(app, run)["results"]
    page = (tmp_path / "report" / "report.html").read_text()
    assert page.count("data:image/jpeg") == sum(not r["right"] for r in report["images"])

    app.workbench.close_catalog()
    assert app.evaluator.runs(color_of(app) if app.document.is_open else 1) == []
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    qtbot.waitUntil(lambda: len(app.evaluator.runs(color_of(app))) == 1)
    app.window.action("show_evaluate").trigger()
    qtbot.waitUntil(lambda: "right, of 160" in panel.results.text())
    assert app.view.filter.kind == "all", "images picked by a cell are not kept"
    wait_settled(qtbot, app)


def test_everything_is_measured_and_can_be_cancelled(qtbot: QtBot, app: App, demo: Path, tmp_path: Path) -> None:
    labeled(qtbot, app, demo, tmp_path / "c.attrlens")
    attribute = color_of(app)
    app.evaluator.start(attribute, "everything")
    assert app.evaluator.start(attribute, "everything") is None, "one at a time"
    qtbot.waitUntil(lambda: bool(app.evaluator.progress and app.evaluator.progress.done.results), timeout=120_000)
    panel = app.window.center.evaluate
    app.window.action("show_evaluate").trigger()
    assert "parts are there" in panel.results.text()
    similar = panel.results.similar
    qtbot.waitUntil(lambda: similar.rowCount() > 0, timeout=120_000)
    names = [item.text() for row in range(similar.rowCount()) if (item := similar.item(row, 0)) is not None]
    assert names == ["color, Euclidean", "color, cosine", "color, what tells classes apart"]
    app.evaluator.cancel()
    qtbot.waitUntil(lambda: app.evaluator.progress is None, timeout=20_000)
    wait_settled(qtbot, app)
    assert app.evaluator.runs(attribute) == [] and app.notices.current is None
    assert app.document.is_open


def test_a_run_of_a_catalog_that_was_closed_does_not_touch_the_next(
    qtbot: QtBot, app: App, demo: Path, tmp_path: Path
) -> None:
    path = tmp_path / "c.attrlens"
    labeled(qtbot, app, demo, path)
    attribute = color_of(app)
    app.evaluator.start(attribute, "everything")
    qtbot.waitUntil(lambda: bool(app.evaluator.progress and app.evaluator.progress.done.results), timeout=120_000)
    app.workbench.close_catalog()
    assert app.evaluator.progress is None
    open_catalog(qtbot, app, path)
    assert evaluate(qtbot, app).isVisible()
    assert len(app.evaluator.runs(attribute)) == 1 and app.evaluator.progress is None
    classes = {c.name: c.id for c in app.document.model.classes_of(attribute)}
    app.document.rename(app.document.model.classes[classes["red"]], "Crimson")
    assert "changed since" not in app.window.center.evaluate.results.text(), "a new name is no new label"
    wait_settled(qtbot, app)


@pytest.mark.expects_log
def test_what_is_said_where_there_is_too_little(qtbot: QtBot, app: App, demo: Path, tmp_path: Path) -> None:
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    app.window.action("show_evaluate").trigger()
    panel = app.window.center.evaluate
    texts = [w.text() for w in panel.findChildren(QLabel) if w.isVisible()]
    assert "Label some images first" in texts
    assert not panel._start.isEnabled()
    panel.start()
    qtbot.waitUntil(lambda: app.notices.current is not None)
    notice = app.notices.current
    assert notice is not None and "two classes with 10" in notice.text and notice.is_error
    wait_settled(qtbot, app)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panel_fits_the_smallest_window(qtbot: QtBot, app: App, demo: Path, tmp_path: Path, theme: str) -> None:
    app.settings.set("theme", theme)
    app.window.resize(900, 560)
    labeled(qtbot, app, demo, tmp_path / "c.attrlens", 0)
    panel = evaluate(qtbot, app)
    scroll = panel._scroll
    assert scroll.horizontalScrollBar().maximum() == 0
    assert panel._header.sizeHint().width() <= panel.width()
