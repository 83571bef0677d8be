"""An error in an override of Qt's is an exception for Python, never the end of the process."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from attrlens.app.overrides import guard

qt = QApplication([])


class Area(QAbstractScrollArea):
    def mousePressEvent(self, event):
        np.zeros(0)[0]

    def viewportEvent(self, event):
        return super().viewportEvent(event)


guard()
area = Area()
area.show()
QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton)
"""


def test_an_error_raised_in_c_does_not_end_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stderr
    assert "IndexError" in done.stderr and "index 0 is out of bounds" in done.stderr
