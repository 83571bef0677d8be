"""Guards for tests with Qt: no thread left running, no timer left ticking, no window left open."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from types import FrameType

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from attrlens.jobs.lane import _Thread


def running_lanes() -> list[str]:
    """The names of lanes whose threads have not ended."""
    out = []
    for frame in sys._current_frames().values():
        place: FrameType | None = frame
        while place is not None:
            if place.f_code is _Thread.run.__code__:
                out.append(str(place.f_locals["self"].objectName()))
            place = place.f_back
    return out


@pytest.fixture(scope="session", autouse=True)
def nothing_on_the_clipboard() -> Iterator[None]:
    """What Python put there would be destroyed after Python, which ends the process with a segmentation fault."""
    yield
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_left_over(request: pytest.FixtureRequest) -> Iterator[None]:
    """Name what a test left behind."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    app = request.getfixturevalue("qapp")
    before = set(QApplication.topLevelWidgets())
    gc.disable()  # what an earlier test left must not be destroyed by a lane of this one; see attrlens.jobs.garbage
    yield
    gc.enable()
    assert not (running := running_lanes()), f"lanes still running: {running}"
    windows = [w for w in QApplication.topLevelWidgets() if w not in before and w.isVisible()]
    assert not windows, f"windows left open: {windows}"
    timers = [t for t in app.findChildren(QTimer) if t.isActive() and type(t) is QTimer]
    assert not timers, f"timers left active: {timers}"
