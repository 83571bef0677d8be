"""What all parts of the bench share: timing side by side, and rows of the table."""

from __future__ import annotations

import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]


def row(name: str, values: Sequence[float], unit: str = "s", **more: Any) -> Row:
    """A figure: the median of several runs, with the least and the most."""
    return {
        "name": name,
        "median": statistics.median(values),
        "low": min(values),
        "high": max(values),
        "unit": unit,
    } | more


def against(name: str, ours: Sequence[float], limit: str, theirs: Sequence[float], **more: Any) -> Row:
    """A figure beside its limit, measured in the same run.

    The ratio is the median of the ratios round by round where both were measured in turns, so that a slow minute of the
    machine touches both; else of the medians.
    """
    other = statistics.median(theirs)
    ratios = [statistics.median(ours) / other]
    if len(ours) == len(theirs):
        ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    more |= {"ratio": statistics.median(ratios), "ratio_low": min(ratios), "ratio_high": max(ratios)}
    return row(name, ours, limit=limit, limit_median=other, **more)


def line(found: Row) -> str:
    """A row as one line of text."""
    text = f"{found['name']:<62} {found['median']:>9.4g} {found['unit']} ({found['low']:.4g} to {found['high']:.4g})"
    if "limit" in found:
        text += f"   {found['ratio']:.2f} ({found['ratio_low']:.2f} to {found['ratio_high']:.2f})"
        text += f" x {found['limit']} ({found['limit_median']:.4g} {found['unit']})"
    return text + (f"   {found['note']}" if found.get("note") else "")


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turns(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each work in every round, each round in another order; a first one is not counted."""
    found: dict[str, list[float]] = {name: [] for name in works}
    order = random.Random(0)
    for i in range(rounds + 1):
        for name in order.sample(list(works), len(works)):
            seconds = timed(works[name])
            if i:
                found[name].append(seconds)
    return found


def wait(done: Callable[[], bool], seconds: float = 300) -> float:
    """Leave the main thread to Qt until something is so; seconds that took, looked at every millisecond."""
    from PySide6.QtCore import QEventLoop, QTimer

    began = time.perf_counter()
    loop, end = QEventLoop(), began + seconds
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if done() or time.perf_counter() > end else None)
    timer.start()
    if not done():
        loop.exec()
    timer.stop()
    return time.perf_counter() - began


class Heartbeat:
    """Gaps between the main thread's beats, two milliseconds apart where nothing holds it."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._gaps: list[float] = []
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to count."""
        self._last = time.perf_counter()
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now

    def stop(self) -> tuple[float, float, int]:
        """Seconds that 99 % of the gaps stay under, the longest, and how many there were."""
        self._timer.stop()
        ordered = sorted(self._gaps)
        return ordered[int(0.99 * len(ordered))], ordered[-1], len(ordered)


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    import psutil

    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory": f"{psutil.virtual_memory().total / 1e9:.0f} GB",
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def _processor() -> str:
    try:
        for text in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if text.startswith("model name"):
                return text.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
