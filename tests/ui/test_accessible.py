"""What a screen reader is told, through QAccessible; text contrast and size; no word by color alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from attrlens.app.main import App
from attrlens.core.swatches import NAMED, SEQUENCE
from attrlens.ui.gallery.chips import chip_words
from attrlens.ui.gallery.tiles import Chip
from attrlens.ui.theme import DARK, LIGHT
from tests.ui.test_look import contrast
from tests.window import wait_settled

ROLES = QAccessible.Role


@pytest.fixture
def opened(garments: App) -> App:
    """The demo with an image selected and its reasons open."""
    garments.selection.set({3}, 3)
    return garments


def takes_part(widget: QWidget) -> bool:
    """Whether a person can do something with it: a control of ours that can be seen."""
    if not widget.isVisible() or widget.objectName().startswith(("qt_", "Scroll")) or isinstance(widget, QScrollBar):
        return False
    if isinstance(widget.parent(), QComboBox) and isinstance(widget, QAbstractScrollArea):
        return False
    is_control = isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QTabBar)
    return is_control or bool(widget.focusPolicy().value & 3 and not isinstance(widget, QLabel))


def nameless(root: QWidget) -> list[str]:
    out = []
    for widget in (w for w in root.findChildren(QWidget) if takes_part(w)):
        if type(widget).__name__ in ("QScrollArea", "QSplitter", "QStackedWidget", "QMenuBar"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None and interface.isValid(), widget
        name = interface.text(QAccessible.Text.Name)
        role = interface.role()
        if not name.strip():
            out.append(f"no name: {type(widget).__name__} {widget.objectName()} {widget.toolTip()}")
        if role in (ROLES.NoRole, ROLES.Window):
            out.append(f"no role: {type(widget).__name__} {name}")
    return out


def test_every_control_has_a_name_and_a_role(opened: App, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened.window
    window.classes.folders.unfold(True)
    assert nameless(window) == []
    (tmp_path / "bad.jpg").write_bytes(b"")
    opened.files.import_paths([tmp_path / "bad.jpg"])
    wait_settled(qtbot, opened)
    steps = ("as_list", "show_problems", "show_health", "show_evaluate", "show_similar", "find_copies", "show_gallery")
    for step in (*steps, "as_grid", "preview"):
        window.action(step).trigger()
        wait_settled(qtbot, opened)
        assert nameless(window) == [], step
    window.panel.close_large()
    opened.finding.find_like(opened.similar.of_slots([1]))
    wait_settled(qtbot, opened)
    assert nameless(window) == []
    opened.commands.review_suggested()
    wait_settled(qtbot, opened)
    assert nameless(window) == []


def test_controls_of_dialogs_and_of_the_first_page_have_names(opened: App, qtbot: QtBot) -> None:
    for name in ("settings", "new_attribute", "sku_rule", "messages", "copy_report", "image_history"):
        opened.window.action(name).trigger()
        wait_settled(qtbot, opened)
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        assert dialogs, name
        for dialog in dialogs:
            assert nameless(dialog) == [], name
            assert dialog.windowTitle(), name
            dialog.close()
    opened.workbench.close_catalog()
    assert nameless(opened.window) == []


def children(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for i in range(interface.childCount()):
        child = interface.child(i)
        if child is not None and child.isValid():
            yield child


def test_the_list_reads_as_a_table(opened: App, qtbot: QtBot) -> None:
    opened.window.action("as_list").trigger()
    wait_settled(qtbot, opened)
    interface = QAccessible.queryAccessibleInterface(opened.window.panel.list)
    assert interface is not None and interface.role() == ROLES.Table
    columns = opened.window.panel.list.model().columnCount()
    assert interface.childCount() >= 160 * columns
    told = [child.text(QAccessible.Text.Name) for child in itertools.islice(children(interface), 3 * columns)]
    assert "Color" in told and any("4 of 160" not in text and ".jpg" in text for text in told)
    assert any(text.endswith("%") and "suggested" in text for text in told) or "exemplar" in " ".join(told)


def test_the_gallery_tells_of_the_current_image(opened: App, qtbot: QtBot) -> None:
    gallery = opened.window.panel.gallery
    interface = QAccessible.queryAccessibleInterface(gallery)
    assert interface is not None
    told = interface.text(QAccessible.Text.Description)
    assert "4 of 160" in told and "selected" in told and "Color: " in told and ".jpg" in told
    opened.document.set_labels(opened.document.model.classes_of(1)[0].id, [3])
    assert f"Color: {opened.document.model.classes_of(1)[0].name}, labeled" in interface.text(
        QAccessible.Text.Description
    )


def test_what_a_chip_shows_is_said_in_words() -> None:
    chips = [Chip("label", "red"), Chip("exemplar", "red"), Chip("suggestion", "red", confidence=0.9)]
    chips += [Chip("unknown", "?"), Chip("none", "")]
    said = [chip_words(chip) for chip in chips]
    assert said == ["red, labeled", "red, exemplar", "red, suggested, 90%", "unknown", "not classified"]


MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
}  # fmt: skip
"""Machado, Oliveira and Fernandes (2009), full severity; on linear light."""


def simulated(color: str, kind: str) -> list[float]:
    """A color as somebody sees it who lacks a kind of cones."""
    parts = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    seen = [sum(m * c for m, c in zip(row, linear, strict=True)) for row in MACHADO[kind]]
    return [min(1.0, max(0.0, value)) ** (1 / 2.2) for value in seen]


@pytest.mark.parametrize("kind", list(MACHADO))
def test_the_first_swatches_differ_for_all_eyes(kind: str) -> None:
    for first, second in itertools.combinations(SEQUENCE[:7], 2):
        a, b = simulated(first, kind), simulated(second, kind)
        distance = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        assert distance > 0.12, (first, second, distance)


def test_a_swatch_has_a_rim_that_stands_out_in_both_themes() -> None:
    assert all(QColor(color).isValid() for color in (*SEQUENCE, *NAMED.values()))
    assert contrast("#808080", LIGHT.window) >= 3 and contrast("#808080", DARK.window) >= 3


def test_everything_can_be_reached_by_tab(opened: App, qtbot: QtBot) -> None:
    window = opened.window
    window.panel.filter_bar.line.setFocus()
    seen: list[QWidget] = []
    for _ in range(80):
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in seen:
            break
        seen.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    names = {w.accessibleName() or getattr(w, "text", lambda: "")() for w in seen}
    for wanted in ("Filter", "Saved filters", "Which images are shown", "Headings", "Order", "Gallery", "Why",
                   "Attributes and classes", "Folders", "Thumbnail size"):  # fmt: skip
        assert wanted in names, (wanted, names)
    assert "Find similar" in names


@pytest.mark.parametrize("size", [(900, 560), (1280, 800), (2560, 1440)])
def test_nothing_is_out_of_the_window(opened: App, qtbot: QtBot, size: tuple[int, int]) -> None:
    opened.window.resize(*size)

    def is_inside() -> None:
        for widget in opened.window.panel.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QAbstractButton | QComboBox | QLineEdit):
                right = widget.mapTo(opened.window, QPoint(widget.width(), 0)).x()
                assert right <= opened.window.width(), widget.accessibleName()

    qtbot.waitUntil(is_inside, timeout=2000)  # what is above is laid out in later turns of the loop
    assert (opened.window.width(), opened.window.height()) == size
