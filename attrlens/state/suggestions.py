"""The machine's word on every image of the open catalog."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attrlens.core.catalog.rows import Suggestions


@dataclass(frozen=True)
class Suggestion:
    """The machine's word on one image; `class_id` 0 where there is none, `sure` False where it is unknown."""

    class_id: int
    confidence: float
    runner_up: int
    runner_up_confidence: float
    familiarity: float
    sure: bool


class BySlot:
    """Suggestions of one attribute spread over slots, for quick look-up.

    Attributes
    ----------
    best, runner_up : ndarray of shape (slots,), dtype int32
        0 where there is none.
    confidence, runner_up_confidence, familiarity : ndarray of shape (slots,), dtype float32
        -1 where there is none.
    """

    NAMES = ("best", "runner_up", "confidence", "runner_up_confidence", "familiarity")

    def __init__(self, count: int, source: Suggestions | None) -> None:
        self.decision = source.decision if source else None
        if source is not None and len(source.slots):
            count = max(count, int(source.slots[-1]) + 1)
        self.best = np.zeros(count, np.int32)
        self.runner_up = np.zeros(count, np.int32)
        self.confidence = np.full(count, -1, np.float32)
        self.runner_up_confidence = np.full(count, -1, np.float32)
        self.familiarity = np.full(count, -1, np.float32)
        if source is not None:
            for name in self.NAMES:
                getattr(self, name)[source.slots] = getattr(source.scored, name)
