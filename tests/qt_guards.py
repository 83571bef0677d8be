"""Guards for tests with Qt: no thread left running, no timer left ticking, no window left open."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from attrlens.jobs.lane import _Thread


@pytest.fixture(autouse=True)
def nothing_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """Name what a test left behind."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    app = request.getfixturevalue("qapp")
    before = set(QApplication.topLevelWidgets())
    yield
    threads = [o for o in gc.get_objects() if type(o) is _Thread and o.isRunning()]
    assert not threads, f"threads still running: {[thread.objectName() for thread in threads]}"
    windows = [w for w in QApplication.topLevelWidgets() if w not in before and w.isVisible()]
    assert not windows, f"windows left open: {windows}"
    timers = [t for t in app.findChildren(QTimer) if t.isActive() and type(t) is QTimer]
    assert not timers, f"timers left active: {timers}"
