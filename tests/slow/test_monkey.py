"""Twenty minutes of seeded random clicks, keys and drags: no exception, nothing left behind, no memory that only grows.

``ATTRLENS_MONKEY_MINUTES`` and ``ATTRLENS_MONKEY_SEED`` change how long and which.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDrag, QDragLeaveEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from attrlens.app.main import App
from attrlens.core import tasks
from attrlens.core.demo.garments import read_truth
from attrlens.ui import drag
from attrlens.ui.actions import ACTIONS
from tests.ui.test_all_actions import CANCELLED
from tests.ui.test_files import FakeDesktop
from tests.window import drop, open_catalog, wait_settled

MINUTES = float(os.environ.get("ATTRLENS_MONKEY_MINUTES", "20"))
SEED = int(os.environ.get("ATTRLENS_MONKEY_SEED", "1"))
GROWTH = 60_000_000
"""Bytes that resident memory may grow by once the caches are full: the allocator's own unrest."""

NOT_PRESSED = frozenset({"quit", "close_catalog", "find_recipe", "evaluate"})
"""Leaving is done below; the two take the machine for minutes, and have tests of their own."""

KEYS = [
    *(Qt.Key(ord(c)) for c in "0123456789AEFWCZ"), Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Return,
    Qt.Key.Key_Delete, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F2,
    Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Backspace, Qt.Key.Key_Menu,
]  # fmt: skip
MODIFIERS = [
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
]  # fmt: skip
QUERIES = ["color:red", "-color:blue conf<0.9", "is:exemplar or is:unknown", "label:none", "(", "conf<", "x*", "",
           "sku:1", "date>2020", "path:photos/*", '"', "color:"]  # fmt: skip


class Monkey:
    """Does one random thing after the other.

    Parameters
    ----------
    app : App
    catalog : Path
    rng : random.Random
    """

    def __init__(self, app: App, catalog: Path, rng: random.Random) -> None:
        self.app, self.catalog, self.rng = app, catalog, rng
        self.done: Counter[str] = Counter()
        self.last: list[str] = []
        self.began = time.monotonic()
        self.moves: list[tuple[Callable[[], str], int]] = [
            (self.click, 30), (self.key, 30), (self.action, 14), (self.drag, 8), (self.wheel, 8), (self.type_filter, 4),
            (self.settings, 2), (self.resize, 2), (self.reopen, 1), (self.tidy, 10),
        ]  # fmt: skip

    def step(self) -> None:
        """One thing."""
        move = self.rng.choices([m for m, _ in self.moves], [weight for _, weight in self.moves])[0]
        self.last = [*self.last, move.__name__][-30:]
        self.began = time.monotonic()
        self.last[-1] = f"{move.__name__}: {move()}"
        self.done[move.__name__] += 1

    def unblock(self) -> None:
        """Leave a loop of Qt's own, of a scroll bar's menu or a drag of text: nobody is there to end it."""
        if time.monotonic() - self.began > 1:
            QDrag.cancel()
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QMenu | QDialog) and widget.isVisible():
                    widget.close()

    def front(self) -> QWidget:
        """The window that takes input: a popup, a dialog, or the main one."""
        popup = QApplication.activePopupWidget()
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        return popup or (dialogs[-1] if dialogs else self.app.window)

    def _somewhere(self) -> tuple[QWidget, QPoint]:
        front = self.front()
        children = [w for w in front.findChildren(QWidget) if isValid(w)]
        seen = [w for w in children if w.isVisible() and w.width() > 2 and w.height() > 2]
        widget = self.rng.choice([*seen, front])
        return widget, QPoint(self.rng.randrange(widget.width()), self.rng.randrange(widget.height()))

    def click(self) -> str:
        widget, point = self._somewhere()
        if not isValid(widget):
            return "gone"  # what a closed dialog leaves may be collected at any moment
        name = f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()} {point.toTuple()}"
        button = self.rng.choice([Qt.MouseButton.LeftButton] * 5 + [Qt.MouseButton.RightButton])
        modifiers = self.rng.choice(MODIFIERS)
        if self.rng.random() < 0.1:
            QTest.mouseDClick(widget, button, modifiers, point)
        elif self.rng.random() < 0.2:
            QTest.mousePress(widget, button, modifiers, point)
            if isValid(widget):
                other = QPoint(self.rng.randrange(widget.width()), self.rng.randrange(widget.height()))
                # No drag of Qt's own: its loop would wait for a mouse that is not there.
                if type(widget.parent()).__name__ not in ("Gallery", "ImageList"):
                    QTest.mouseMove(widget, other)
            if isValid(widget):
                QTest.mouseRelease(widget, button, modifiers, point)
        else:
            QTest.mouseClick(widget, button, modifiers, point)
        return name

    def key(self) -> str:
        key, modifiers = self.rng.choice(KEYS), self.rng.choice(MODIFIERS)
        front = self.front()
        target = QApplication.focusWidget() or front
        if front is not self.app.window and not front.isAncestorOf(target):
            target = front
        name = type(target).__name__
        QTest.keyClick(target, key, modifiers)
        return f"{key.name} {modifiers} on {name}"

    def action(self) -> str:
        spec = self.rng.choice([spec for spec in ACTIONS if spec.id not in NOT_PRESSED])
        action = self.app.window.action(spec.id)
        if action.isEnabled() and self.front() is self.app.window:
            action.trigger()
        return spec.id

    def drag(self) -> str:
        app, document = self.app, self.app.document
        if not document.is_open or not document.total or self.front() is not app.window:
            return "nothing"
        kept = document.kept.nonzero()[0].tolist()
        slots = self.rng.sample(kept, min(len(kept), self.rng.randrange(1, 6)))
        data = drag.of_images(document, slots)
        tree = app.window.classes.tree
        search = app.window.center.similar.search
        targets = [tree.viewport(), app.window.panel.similar, app.window, search, search.like, search.unlike]
        target = self.rng.choice(targets)
        point = QPoint(self.rng.randrange(max(1, target.width())), self.rng.randrange(max(1, target.height())))
        if not target.isVisible():
            return "hidden"
        if self.rng.random() < 0.3:
            QApplication.sendEvent(target, QDragLeaveEvent())
        return f"{slots} on {type(target).__name__}: {drop(target, point, data)}"

    def wheel(self) -> str:
        widget, point = self._somewhere()
        delta = QPoint(0, self.rng.choice([-120, 120, -480, 480]))
        event = QWheelEvent(
            QPointF(point), QPointF(widget.mapToGlobal(point)), QPoint(), delta, Qt.MouseButton.NoButton,
            self.rng.choice(MODIFIERS), Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        return type(widget).__name__ if isValid(widget) else "gone"

    def type_filter(self) -> str:
        if self.front() is not self.app.window:
            return "behind a dialog"
        text = self.rng.choice(QUERIES)
        line = self.app.window.panel.filter_bar.line
        line.clear()
        if line.isVisible():
            QTest.keyClicks(line, text)
        return text

    def settings(self) -> str:
        key, value = self.rng.choice([
            ("theme", self.rng.choice(["light", "dark", "system"])),
            ("text_size", self.rng.choice([100, 115, 130, 150])),
            ("gray_mat", self.rng.random() < 0.5), ("show_names", self.rng.random() < 0.5),
            ("watch_folders", self.rng.random() < 0.8), ("thumbnail_size", 160),
        ])  # fmt: skip
        self.app.settings.set(key, value)
        return f"{key} {value}"

    def resize(self) -> str:
        size = self.rng.choice([(900, 560), (1280, 800), (1600, 900)])
        self.app.window.resize(*size)
        return str(size)

    def reopen(self) -> str:
        """Close the catalog, open it again; bring back what was taken out."""
        if self.front() is not self.app.window:
            return "behind a dialog"
        self.app.workbench.close_catalog()
        self.app.workbench.open(self.catalog)
        return "closed and opened"

    def tidy(self) -> str:
        """Close dialogs and menus, dismiss notices; undo where too much is gone."""
        closed = 0
        for widget in QApplication.topLevelWidgets():
            if isValid(widget) and widget.isVisible() and isinstance(widget, QDialog | QMenu):
                widget.close()
                closed += 1
        self.app.notices.clear()
        document = self.app.document
        for _ in range(50):
            if document.is_open and document.total < 30 and document.undo_names()[0]:
                document.undo()
        if document.is_open and not document.model.attributes and document.undo_names()[0]:
            document.undo()
        return f"{closed} closed"


@pytest.fixture
def catalog(demo: Path, tmp_path: Path) -> Iterator[Path]:
    """A catalog of 60 photos of its own, described, with classes."""
    from attrlens.core.catalog.thumbnails import Thumbnails
    from attrlens.core.files import scan
    from attrlens.core.token import Token

    folder = tmp_path / "photos"
    folder.mkdir()
    for path in sorted((demo / "spring").glob("*.jpg"))[::2][:60]:
        shutil.copy2(path, folder / path.name)
    made = tasks.open_catalog(tmp_path / "c.attrlens", create=True)
    tasks.add_images(made, scan([folder], Token()).images, Token())
    cache = Thumbnails(made.thumbnails_path)
    tasks.describe_pending(made, cache, tasks.Engines(), Token())
    cache.close()
    made.perform(tasks.demo_classes(made.model, made.images(), read_truth(demo), 4))
    made.close()
    yield tmp_path / "c.attrlens"


@pytest.mark.slow
@pytest.mark.expects_log  # warnings are what a monkey gets; errors are looked for below
@pytest.mark.timeout(int(60 * MINUTES) + 300)
@pytest.mark.qt_no_exception_capture
@pytest.mark.qt_log_ignore(  # what Qt says to clicks and keys where nobody could do them
    "Unimplemented code", "Mouse event .* not accepted", "edit: editing failed", extend=True
)
def test_a_monkey_breaks_nothing(
    app: App, qtbot: QtBot, catalog: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:  # fmt: skip
    import sys
    import traceback

    broken: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: broken.append("".join(traceback.format_exception(*what))))
    for name, answer in CANCELLED.items():
        monkeypatch.setattr(QFileDialog, name, lambda *_, given=answer: given)
    monkeypatch.setattr(app.workbench, "open_demo", lambda: None)
    monkeypatch.setattr(app.workbench, "download_weights", lambda *_: None)
    monkeypatch.setattr(app.insight, "find_recipe", lambda *_: None)
    monkeypatch.setattr(app.window.center.evaluate, "start", lambda: None)
    app.filework.desktop = FakeDesktop()
    open_catalog(qtbot, app, catalog)
    wait_settled(qtbot, app)
    app.window.activateWindow()
    rng = random.Random(SEED)
    app.window.action("quit").setVisible(False)  # its menu opens, and a key may find it there
    closed: list[str] = []
    app.window.closing.connect(lambda: closed.append("closed"))
    monkey = Monkey(app, catalog, rng)
    way_out = QTimer(interval=300)
    way_out.timeout.connect(monkey.unblock)
    way_out.start()
    process = psutil.Process()
    windows = set(map(id, QApplication.topLevelWidgets()))
    began, steps = time.monotonic(), 0
    memory: list[tuple[float, int, int]] = []
    longest = 0.0
    while time.monotonic() - began < 60 * MINUTES:
        monkey.step()
        before = time.perf_counter()
        qtbot.wait(rng.randrange(1, 12))
        longest = max(longest, time.perf_counter() - before)
        steps += 1
        assert not broken, f"step {steps}, seed {SEED}, after {monkey.last}:\n{broken[0]}"
        errors = [record for record in caplog.records if record.levelname == "ERROR"]
        assert not errors, f"step {steps}, seed {SEED}, after {monkey.last}: {errors[0].getMessage()}"
        assert app.window.isVisible(), "\n".join([f"step {steps}, seed {SEED}", *monkey.last, *closed])
        if steps % 200 == 0:
            caplog.clear()
        if steps % 500 == 0:
            gc.unfreeze()
            gc.collect()
            memory.append((time.monotonic() - began, process.memory_info().rss, len(gc.get_objects())))
    way_out.stop()
    monkey.tidy()
    app.settings.set("text_size", 100)
    wait_settled(qtbot, app)
    monkey.tidy()
    qtbot.wait(200)
    gc.collect()
    extra = [w for w in QApplication.topLevelWidgets() if id(w) not in windows and w.isVisible()]
    assert not extra, extra
    # One thread a lane, and those of the watcher, of the decoding pool and of the helper at most.
    assert threading.active_count() < 30, threading.enumerate()
    assert len(QApplication.topLevelWidgets()) < len(windows) + 40, Counter(
        type(w).__name__ for w in QApplication.topLevelWidgets()
    )
    timers = [timer for timer in QApplication.instance().findChildren(QTimer) if timer.isActive()]  # type: ignore[union-attr]
    assert not timers
    told = {
        "steps": steps, "done": dict(monkey.done), "longest_s": round(longest, 3),
        "memory_mb": [(round(t), round(rss / 1e6), objects) for t, rss, objects in memory],
    }  # fmt: skip
    print(json.dumps(told))
    if MINUTES >= 5:
        # The caches are full after a third; after that memory may breathe, but not climb.
        later = [rss for t, rss, _ in memory if t > 20 * MINUTES]
        third = len(later) // 3
        assert sum(later[-third:]) / third - sum(later[:third]) / third < GROWTH, told
