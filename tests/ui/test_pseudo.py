"""Every text of the window can be said in another language: where each is put in brackets, those without show."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from attrlens import words
from attrlens.app.main import App
from attrlens.core import tasks
from attrlens.core.catalog.evaluations import runs
from attrlens.state.view import QUEUES, Filter
from attrlens.ui.about import SHOWN
from attrlens.ui.actions import ACTIONS
from tests.window import open_catalog, wait_settled

FIXED = re.compile(
    r"AttrLens|Español|English|ResNet50|EfficientNet-Lite0|AUROC|UMAP|HDBSCAN|F1|ARI|AMI|P@\d+|CSV|TensorFlow|Apache"
    r"|\b(?:MB|KB|GB|px|min|Ctrl|Shift|Alt|Del|Delete|Ins|Space|Return|Home|End|Esc|Tab|F\d+|[A-Z])\b|tensorflow|keras"
    r"|numpy|pillow|PySide6-Essentials|\b(?:color|texture|resnet50-color|resnet50-texture)\b"
    r"|^(?:Close|Cancel|OK)$"
    r"|\^\(\[0-9\]\+\)|https?:\S+|stem|stage\d|b\d+_(?:expand|dw|project)"
)
"""What is the same in every language: names of things, units, keys, layers."""


@pytest.fixture
def pseudo(
    qtbot: QtBot, qapp: QApplication, home: Path, engines: tasks.Engines, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    """The program in a language that puts every text in brackets."""

    def install(*_: object) -> str:
        words.use(lambda source: f"⟦{source}⟧")
        return "xx"

    monkeypatch.setattr("attrlens.app.language.install", install)
    app = App(qapp, home / "settings.json")
    app.workbench.use_engines(engines)
    app.window.show()
    app.window.activateWindow()
    qtbot.waitUntil(lambda: app.window.has_painted)
    yield app
    wait_settled(qtbot, app)
    app.window.close()
    assert app.close()
    app.window.deleteLater()
    words.use(None)


def cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(parent), 60)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.data(index, role) or "")
            if column == 0:
                yield from cells(model, index)


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """All texts of a window, with who has them."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.objectName().startswith(("qt_", "Scroll")) and not isinstance(widget, QComboBox):
            continue  # within Qt's own widgets
        who = f"{type(widget).__name__} {widget.objectName()}"
        found = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            found += [widget.itemText(i) for i in range(widget.count())]
        if isinstance(widget, QTabBar):
            found += [widget.tabText(i) for i in range(widget.count())]
            found += [widget.tabToolTip(i) for i in range(widget.count())]
        if isinstance(widget, QMenu):
            found += [widget.title(), *(action.text() for action in widget.actions())]
        if isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
            model = widget.model()
            if model is not None:
                found += [str(model.headerData(i, Qt.Orientation.Horizontal) or "") for i in range(widget.count())]
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            model = widget.model()
            if model is not None:
                found += cells(model, QModelIndex())
        for text in found:
            yield text, who


def bare(text: str, names: re.Pattern[str]) -> str:
    """What of a text is neither in brackets, nor a name, nor the same in every language."""
    while re.search(r"⟦[^⟦⟧]*⟧", text):
        text = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    text = re.sub(r"(?:[A-Za-z]:)?[/\\]\S+", "", text)  # paths
    text = names.sub("", FIXED.sub("", text))
    return text if re.search(r"[^\W\d_]{2,}", text) else ""


def check(app: App, root: QWidget, where: str) -> None:
    model, document = app.document.model, app.document
    names = {row.name for row in model.attributes.values()} | {row.name for row in model.classes.values()}
    names |= {row.name for row in model.filters.values()} | {row.query for row in model.filters.values()}
    names |= {Path(image.path).name for image in document.images} | {Path(image.path).stem for image in document.images}
    names |= {part for image in document.images for part in Path(image.path).parent.parts} | {"demo", "c", "root"}
    names |= {app.view.text} if app.view.text else set()
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in sorted(names, key=len, reverse=True) if n))
    wrong = {(left, text, who) for text, who in texts(root) if (left := bare(text, pattern))}
    assert not wrong, f"{where}: {sorted(wrong)[:12]}"


def test_no_text_is_left_in_english(pseudo: App, qtbot: QtBot, described: Path, tmp_path: Path) -> None:
    app, window = pseudo, pseudo.window
    assert not [text for text, _ in texts(window) if "⟦" not in text and re.search(r"\bOpen\b", text)]
    check(app, window, "first page")
    shutil.copytree(described, tmp_path / "c.attrlens")
    open_catalog(qtbot, app, tmp_path / "c.attrlens")
    wait_settled(qtbot, app)
    document = app.document
    (tmp_path / "empty.jpg").write_bytes(b"")
    app.files.import_paths([tmp_path / "empty.jpg", tmp_path / "not there"])
    wait_settled(qtbot, app)
    check(app, window, "after an import with problems")
    document.save_filter("Doubts", "conf<0.6")
    window.panel.filter_bar.fill_menu()
    window.fill_recent()
    for kind in ("all", "unlabeled", "exemplars", "errors", "missing", "edge", *QUEUES):
        app.view.set_filter(Filter(kind, document.model.classes_of(1)[0].id if kind == "edge" else 0))
        window.panel._show.showPopup()
        check(app, window, f"filter {kind}")
        assert all(
            "⟦" in g.title or g.title in {c.name for c in document.model.classes.values()} for g in app.view.groups
        )
        window.panel._show.hidePopup()
    app.view.clear()
    for grouping in ("class", "state", "folder", "sku"):
        app.view.set_grouping(grouping)
    app.view.set_grouping("none")
    for text in ("color:", "color:mauve", "conf<x", "(", "shape:round", "is:nice", "date:1"):
        app.view.set_query(text)
        check(app, window, f"query {text}")
    app.view.clear()
    app.selection.set({3, 4, 5}, 3)
    window.panel.set_mode("list")
    wait_settled(qtbot, app)
    check(app, window, "list")
    for card in window.findChildren(QAbstractButton):
        if card.isCheckable() and "⟦Why⟧" in card.text():
            card.setChecked(True)
    wait_settled(qtbot, app)
    check(app, window, "reasons")
    app.commands.compare()
    wait_settled(qtbot, app)
    check(app, window, "compare")
    window.panel.close_large()
    app.finding.find_like(app.similar.of_slots([3]))
    qtbot.waitUntil(lambda: not app.similar.is_busy, timeout=20_000)
    app.similar.set_options(blended=True)
    qtbot.waitUntil(lambda: not app.similar.is_busy, timeout=20_000)
    check(app, window, "similar")
    app.finding.sort_gallery(1)
    qtbot.waitUntil(lambda: app.view.like is not None, timeout=20_000)
    check(app, window, "sorted by likeness")
    app.finding.find_copies()
    qtbot.waitUntil(lambda: not app.copies.is_busy, timeout=20_000)
    check(app, window, "copies")
    app.copies.set_limit(0.05)
    qtbot.waitUntil(lambda: not app.copies.is_busy, timeout=20_000)
    check(app, window, "groups")
    window.classes.folders.unfold(True)
    window.center.show_page(window.center.problems)
    check(app, window, "problems")
    window.action("show_health").trigger()
    app.insight.examine(2)
    wait_settled(qtbot, app)
    check(app, window, "health")
    app.view.set_attribute(2)
    document.accept(2, list(range(160)))
    wait_settled(qtbot, app)
    window.action("show_evaluate").trigger()
    with qtbot.waitSignal(app.evaluator.finished, timeout=120_000):
        window.center.evaluate.start()
    wait_settled(qtbot, app)
    assert runs(document.catalog)
    qtbot.wait(100)
    check(app, window, "evaluate")
    app.menus.fill_image_menu(QMenu(window))
    check(app, window, "menus")
    dialogs_of(app, qtbot)


def dialogs_of(app: App, qtbot: QtBot) -> None:
    """Open what opens a dialog of our own, read it, close it."""
    own = ("settings", "new_attribute", "sku_rule", "shortcuts", "about", "messages", "image_history", "copy_report")
    assert set(own) <= {spec.id for spec in ACTIONS}
    app.selection.set({3}, 3)
    for name in own:
        app.window.action(name).trigger()
        wait_settled(qtbot, app)
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        assert found, name
        for dialog in found:
            for text in dialog.findChildren(QPlainTextEdit):
                text.clear()  # the report is English, for who helps; messages are told
            if name == "about":
                for label in dialog.findChildren(QLabel):
                    label.setText(re.sub(rf"^({'|'.join(SHOWN)}|from source|\d+\.\d.*|/.*)$", "", label.text()))
            if name == "image_history":
                for label in dialog.findChildren(QLabel):
                    label.setText("")  # parameters of the record
            check(app, dialog, name)
            dialog.close()
        qtbot.wait(1)
