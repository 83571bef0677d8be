"""What all commands share: exit statuses, the progress bar, Ctrl+C, named weights files."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from attrlens.core.backbones.registry import BACKBONES
from attrlens.core.token import PERCENT, Token
from attrlens.errors import AttrLensError

OK, FAILED, USAGE, SOME_BAD, INTERRUPTED = 0, 1, 2, 3, 130


class Bar:
    """A progress bar on a terminal, nothing in a pipe."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()
        self._began = time.monotonic()
        self._last = 0.0
        self._text = ""
        self._first = 0

    def __call__(self, done: int, total: int, text: str) -> None:
        """Draw; at most ten times a second."""
        now = time.monotonic()
        if not self._on or (now - self._last < 0.1 and done != total):
            return
        is_percent = total == PERCENT
        if (text != self._text and not is_percent) or done < self._first:
            self._began, self._first = now, done
        self._text, self._last = text, now
        rate = (done - self._first) / max(now - self._began, 1e-3)
        if total:
            left = f"{(total - done) / rate:.0f} s left" if rate else ""
            filled = round(24 * done / total)
            shown = f"{done} %" if is_percent else f"{done:,}/{total:,}  {rate:.0f}/s"
            line = f"{text} [{'#' * filled}{'.' * (24 - filled)}] {shown}  {left}"
        else:
            line = f"{text} {done:,}" if done else text
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Leave the line empty."""
        if self._on:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def cancelling(bar: Bar) -> Token:
    """A token that reports to the bar and is cancelled by Ctrl+C."""
    token = Token(bar)
    signal.signal(signal.SIGINT, lambda *_: token.cancel())
    return token


def named_weights(values: Sequence[str]) -> dict[str, Path]:
    """Weights files by backbone, from arguments like ``resnet50=weights.h5``.

    Raises
    ------
    AttrLensError
    """
    out = {}
    for value in values:
        backbone_id, _, path = value.partition("=")
        if not path:
            raise AttrLensError(f"--weights {value} is not BACKBONE=FILE.", "For example resnet50=weights.h5.")
        if backbone_id not in BACKBONES:
            raise AttrLensError(f"--weights names no network {backbone_id}.", f"There are {', '.join(BACKBONES)}.")
        out[backbone_id] = Path(path)
    return out
