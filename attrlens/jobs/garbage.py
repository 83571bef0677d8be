"""Cyclic garbage is collected in the main thread only."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

from attrlens import garbage

INTERVAL = 100
"""Milliseconds between two looks at how much there may be to collect."""

LONG = 0.01
"""Seconds: what survives a full collection that took longer is not looked at again."""


class Garbage(QObject):
    """Collects cyclic garbage in the thread it lives in, in place of Python.

    Python collects in whichever thread happens to allocate, nearly always a busy lane: a dialog or a job that hangs in
    a cycle would then be destroyed there, while the main thread uses it.
    When to collect, and what, is as in Python: by `gc.get_threshold`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if garbage.is_held():
            return
        counts, most = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > most[generation] > 0:
                began = time.perf_counter()
                gc.collect(generation)
                if generation == 2 and time.perf_counter() - began > LONG:
                    gc.freeze()
                return

    def close(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
