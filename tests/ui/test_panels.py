"""Health, evaluation, classes and reasons by keyboard, with large text, and to a screen reader."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.evaluate.parts import UNKNOWN
from attrlens.ui.evaluate.matrix import ConfusionMatrix
from attrlens.ui.evaluate.wrong import WrongList
from attrlens.ui.flow import Flow
from attrlens.ui.table import Table
from attrlens.ui.theme import Theme
from tests.window import open_catalog, wait_settled

TEXTURE = 2
KEY = Qt.Key


@pytest.fixture
def opened(app: App, qtbot: QtBot, described: Path, tmp_path: Path) -> Iterator[App]:
    """The demo with half of its images exemplars, texture chosen, three argyle ones among floral."""
    shutil.copytree(described, tmp_path / "c.attrlens")
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    wait_settled(qtbot, app)
    app.view.set_attribute(TEXTURE)
    first, second = app.document.model.classes_of(TEXTURE)[:2]
    mine = [slot for slot, c in app.document.model.exemplars_of(TEXTURE).items() if c == first.id][:3]
    app.document.add_exemplars(second.id, mine)
    wait_settled(qtbot, app)
    app.window.activateWindow()
    qtbot.waitUntil(lambda: app.insight.health(TEXTURE) is not None)
    yield app
    app.theme.scale_text(100)
    wait_settled(qtbot, app)


def show_health(qtbot: QtBot, app: App) -> None:
    app.window.action("show_health").trigger()
    qtbot.waitUntil(lambda: bool(app.window.center.health.rows()), timeout=20_000)
    wait_settled(qtbot, app)
    app.window.center.health._show()


def evaluate(qtbot: QtBot, app: App) -> None:
    labels = app.document.model.exemplars_of(TEXTURE)
    found = app.document.by_slot(TEXTURE)
    for class_id in {int(c) for c in found.best if c}:
        app.document.set_labels(class_id, [s for s in range(160) if s not in labels and found.best[s] == class_id])
    wait_settled(qtbot, app)
    app.window.action("show_evaluate").trigger()
    with qtbot.waitSignal(app.evaluator.finished, timeout=120_000):
        app.evaluator.start(TEXTURE, "decisions")


def cut(page: QWidget) -> list[str]:
    """Texts of a page that have less room than they need."""
    out = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QPushButton) or not widget.text():
            continue
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not wraps and widget.sizeHint().width() > widget.width():
            out.append(f"{widget.text()!r}: {widget.width()} px wide, {widget.sizeHint().width()} wanted")
        if wraps and widget.heightForWidth(widget.width()) > widget.height():
            out.append(f"{widget.text()!r}: {widget.height()} px high")
        right = widget.mapTo(page, QPoint(widget.width(), 0)).x()
        if right > page.width():
            out.append(f"{widget.text()!r} ends at {right} of {page.width()}")
    return out


def nameless(page: QWidget) -> list[str]:
    """Widgets that take the focus and have no name for a screen reader."""
    return [
        repr(widget)
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton | QLabel) and widget.text())
    ]


def test_findings_by_keyboard(opened: App, qtbot: QtBot) -> None:
    show_health(qtbot, opened)
    panel = opened.window.center.health
    strip = next(row.strip for row in panel.rows() if row.strip is not None and len(row.strip.slots) > 1)
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    assert strip.accessibleDescription().startswith(f"Image 1 of {len(strip.slots)}")
    qtbot.keyClick(strip, KEY.Key_Left)
    qtbot.keyClick(strip, KEY.Key_Right)
    assert strip.accessibleDescription().startswith("Image 2 of")
    qtbot.keyClick(strip, KEY.Key_Return)
    assert opened.selection.current == strip.slots[1] and opened.window.panel.is_large
    show_health(qtbot, opened)
    table = panel._table
    table.setFocus()
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, KEY.Key_Down)
    qtbot.keyClick(table, KEY.Key_Return)
    assert opened.view.filter.title == f"Exemplars of {opened.document.model.classes_of(TEXTURE)[1].name}"
    assert opened.window.panel.isVisible()


def test_an_evaluation_by_keyboard(opened: App, qtbot: QtBot) -> None:
    evaluate(qtbot, opened)
    results = opened.window.center.evaluate.results
    assert not nameless(opened.window.center.evaluate)
    [wrong] = results.findChildren(WrongList)
    first, second = wrong._rows[:2]
    qtbot.waitUntil(first.isVisible)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert Path(second.row["file"]).name in second.accessibleName() and " → " in second.accessibleName()
    qtbot.keyClick(first, KEY.Key_Up)
    qtbot.keyClick(first, KEY.Key_Down)
    assert opened.window.focusWidget() is second
    qtbot.keyClick(second, KEY.Key_Return)
    assert opened.selection.current == second.row["slot"]
    table = results.classes
    table.setFocus()
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, KEY.Key_Tab)
    assert opened.window.focusWidget() is not table and table.currentColumn() == 0, "Tab leaves the table"
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_Return)
    item = table.item(0, 0)
    assert item is not None and opened.view.filter.title == f"Wrong in {item.text()}"
    assert opened.window.panel.isVisible()


def test_classes_by_keyboard(opened: App, qtbot: QtBot) -> None:
    tree = opened.window.classes.tree
    row = opened.document.model.classes_of(TEXTURE)[0]
    tree.setFocus()
    tree.setCurrentIndex(tree._index_of("class", row.id))
    text = tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert text.startswith(f"{row.name}: ") and text.endswith("of them exemplars")
    asked: list[tuple[str, int]] = []
    tree.menu_wanted.disconnect()
    tree.menu_wanted.connect(lambda kind, number, point: asked.append((kind, number)))
    keys = QContextMenuEvent.Reason.Keyboard
    rect = tree.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    point = rect.center()  # where Qt puts the menu that the Menu key asks for
    QApplication.sendEvent(tree.viewport(), QContextMenuEvent(keys, point, tree.viewport().mapToGlobal(point)))
    assert asked == [("class", row.id)]
    attribute = tree._index_of("attribute", TEXTURE)
    tree.setCurrentIndex(attribute)
    qtbot.keyClick(tree, KEY.Key_Left)
    assert not tree.isExpanded(attribute)
    qtbot.keyClick(tree, KEY.Key_Right)
    assert tree.isExpanded(attribute)


def test_everything_has_a_name(opened: App, qtbot: QtBot) -> None:
    show_health(qtbot, opened)
    opened.selection.set({0}, 0)
    opened.window._inspector.toggle_why(TEXTURE, True)
    wait_settled(qtbot, opened)
    for page in (opened.window.center.health, opened.window.classes, opened.window._inspector):
        assert not nameless(page)
    histogram = opened.window.classes.card.histogram
    histogram.setFocus()
    qtbot.keyClick(histogram, KEY.Key_Right)
    assert histogram.accessibleDescription() == "Unknown below 51%"
    qtbot.keyClick(histogram, KEY.Key_Escape)
    assert histogram.accessibleDescription() == "Unknown below 50%"


def test_large_text_is_not_cut(opened: App, qtbot: QtBot) -> None:
    opened.window.resize(900, 560)
    card, tree = opened.window.classes.card, opened.window.classes.tree
    row = tree._index_of("class", opened.document.model.classes_of(TEXTURE)[0].id)
    before = tree.visualRect(row).height(), card.histogram.height()
    opened.theme.scale_text(150)
    show_health(qtbot, opened)
    health = opened.window.center.health
    qtbot.waitUntil(lambda: not cut(health._scroll.viewport()))
    qtbot.waitUntil(lambda: not cut(card))
    assert tree.visualRect(row).height() == 45 and card.histogram.height() > before[1]
    assert health._table.rowHeight(0) == 42
    evaluate(qtbot, opened)
    panel = opened.window.center.evaluate
    qtbot.waitUntil(lambda: not cut(panel._scroll.viewport()) and not cut(panel._header))
    assert panel._scroll.horizontalScrollBar().maximum() == 0
    assert panel.results.classes.rowHeight(0) == 42
    opened.theme.scale_text(100)
    qtbot.waitUntil(lambda: tree.visualRect(row).height() == before[0] == 30)
    assert card.histogram.height() == before[1] and panel.results.classes.rowHeight(0) == 28


def test_a_flow_goes_on_in_the_next_row(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = Flow(page, spacing=10)
    parts = [QWidget() for _ in range(3)]
    for part in parts:
        part.setFixedSize(100, 30)
        flow.addWidget(part)
    assert flow.heightForWidth(320) == 30 and flow.heightForWidth(319) == 70 and flow.heightForWidth(100) == 110
    page.resize(220, 200)
    page.show()
    assert [part.pos().toTuple() for part in parts] == [(0, 0), (110, 0), (0, 40)]
    parts[1].hide()
    qtbot.waitUntil(lambda: parts[2].pos().toTuple() == (110, 0))


def test_small_things_in_words(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    matrix = ConfusionMatrix(theme)
    qtbot.addWidget(matrix)
    matrix.show_counts(["a", UNKNOWN], ["a", UNKNOWN, UNKNOWN], [[12345, 0, 1], [0, 1, 0]])
    assert matrix.sentence(0, 2) == "1 of 12,346 labeled a: decided unknown"
    assert matrix.cell_rect(0, 0).width() >= matrix.fontMetrics().horizontalAdvance("12,345")
    table = Table(theme, "Numbers")
    qtbot.addWidget(table)
    table.fill((("Name", "What it is"), ("F1", "")), [["a", "1"], ["b", "2"]])
    chosen: list[int] = []
    table.chosen.connect(chosen.append)
    table.setCurrentCell(1, 0)
    qtbot.keyClick(table, KEY.Key_Space)
    assert chosen == [1] and table.currentRow() == 1
