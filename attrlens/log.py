"""The log: one rotating file for support, warnings to standard error for the terminal."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from pathlib import Path


def get(name: str) -> logging.Logger:
    """The logger called `name` below ``attrlens``."""
    return logging.getLogger(name)


def set_up(path: Path | None, *, verbose: bool = False) -> None:
    """Send the log to `path` (1 MB, three kept) and warnings to standard error.

    A log folder that cannot be written never stops the program.
    """
    root = logging.getLogger("attrlens")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
    terminal.setFormatter(logging.Formatter("attrlens: %(message)s"))
    root.addHandler(terminal)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError as error:
        root.warning("no log file: %s", error)
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)


def tail(lines: int = 200) -> list[str]:
    """The last lines of the log file; empty where there is none."""
    for handler in logging.getLogger("attrlens").handlers:
        if isinstance(handler, logging.FileHandler):
            handler.flush()
            try:
                return Path(handler.baseFilename).read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
            except OSError:
                return []
    return []
