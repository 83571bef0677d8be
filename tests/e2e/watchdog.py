"""A process of its own: describe a folder in a new window while the gallery scrolls, and measure the main thread.

    python -m tests.e2e.watchdog FOLDER

Prints JSON. TensorFlow is imported in here, while the window is up.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def main(folder: Path) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    from attrlens.app.main import App
    from attrlens.app.start import make_qt

    assert "tensorflow" not in sys.modules
    with tempfile.TemporaryDirectory() as home:
        app = App(make_qt(), Path(home) / "settings.json")
        app.window.show()
        loop = QEventLoop()
        app.window.painted.connect(loop.quit)
        loop.exec()

        gaps: list[float] = []
        last = time.perf_counter()
        loaded_at = [0.0]

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append(now - last)
            last = now
            if not loaded_at[0] and app.document.described:
                loaded_at[0] = len(gaps)

        heart = QTimer(interval=2)
        heart.timeout.connect(tick)
        heart.start()
        bar = app.window.panel.gallery.verticalScrollBar()
        step = [40]

        def scroll() -> None:
            if bar.value() in (bar.minimum(), bar.maximum()):
                step[0] = 40 if bar.value() == bar.minimum() else -40
            bar.setValue(bar.value() + step[0])

        scroller = QTimer(interval=16)
        scroller.timeout.connect(scroll)
        scroller.start()
        app.workbench.open(Path(home) / "c.attrlens", create=True)
        began = time.perf_counter()
        state = {"imported": False, "classes": False}

        def step_on() -> None:
            document = app.document
            if document.is_open and not state["imported"]:
                state["imported"] = True
                app.workbench.import_paths([folder])
            elif document.described > 100 and not state["classes"]:
                state["classes"] = True
                color = document.model.sorted_attributes()[0].id
                for start in range(0, 100, 20):
                    document.create_class(color, slots=list(range(start, start + 20)))
            elif state["classes"] and app.lanes.idle and not app.workbench.describing and not app.workbench.waiting:
                loop.quit()
            elif time.perf_counter() - began > 240:
                loop.exit(1)

        stepper = QTimer(interval=50)
        stepper.timeout.connect(step_on)
        stepper.start()
        loop.exec()
        for timer in (heart, scroller, stepper):
            timer.stop()
        ordered = sorted(gaps)
        report = {
            "described": app.document.described,
            "suggestions": int((app.document.by_slot(1).confidence > 0).sum()),
            "tensorflow": "tensorflow" in sys.modules,
            "ticks": len(gaps),
            "p99_ms": 1000 * ordered[int(0.99 * len(ordered))],
            "max_ms": 1000 * ordered[-1],
            "max_after_load_ms": 1000 * max(gaps[int(loaded_at[0]) + 1 :]),
            "over_50_ms": sum(gap > 0.05 for gap in gaps),
            "seconds": time.perf_counter() - began,
        }
        app.window.close()
        app.close()
    print(json.dumps(report))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
