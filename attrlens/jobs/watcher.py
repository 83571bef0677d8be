"""Folders that are watched: what happens in them is told once things are quiet.

watchdog does the watching, with the means of each system: one handle for a whole tree on Windows and macOS, and files
that are written in place are noticed too, neither of which QFileSystemWatcher can. Its threads only put names in a set.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from attrlens import log

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

logger = log.get(__name__)

QUIET = 700
"""Milliseconds without an event after which things are quiet."""

PATIENCE = 5000
"""Milliseconds after which what happened is told though it goes on: a large copy takes minutes."""


class FolderWatcher(QObject):
    """Tells of folders in which something happened.

    Signals
    -------
    changed(list of Path)
    """

    changed = Signal(object)
    _stirred = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._touched: set[str] = set()
        self._observer: BaseObserver | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        for timer in (self._quiet, self._patience):
            timer.timeout.connect(self._tell)
        self._stirred.connect(self._on_stirred, Qt.ConnectionType.QueuedConnection)

    def begin(self, folders: Sequence[Path]) -> tuple[BaseObserver, list[Path]]:
        """Start watching; walks the folders, so call it in a lane. Hand the observer to `adopt`.

        Returns
        -------
        observer
        list of Path
            Folders that cannot be watched: too many for the system, or not there.
        """
        from watchdog import events
        from watchdog.observers import Observer

        # Not the events of opening and reading: the program itself reads.
        wanted: list[Any] = [
            events.FileCreatedEvent, events.FileDeletedEvent, events.FileModifiedEvent, events.FileMovedEvent,
            events.FileClosedEvent, events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent,
        ]  # fmt: skip
        # A folder made while it looks through the tree is found twice; it says so to the terminal, and all is well.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, "watchdog")
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._on_event  # type: ignore[method-assign]
        observer = Observer()
        observer.daemon = True
        observer.start()
        failed = []
        for folder in folders:
            try:
                observer.schedule(handler, str(folder), recursive=True, event_filter=wanted)
            except OSError as error:
                logger.info("%s is not watched: %s", folder, error)
                failed.append(folder)
        return observer, failed

    def adopt(self, observer: BaseObserver) -> None:
        """Listen to an observer instead of the one before; what was told before and not passed on yet is kept."""
        before, self._observer = self._observer, observer
        if before is not None:
            stop(before)
        with self._lock:
            touched = bool(self._touched)  # the new one may have told something before it was listened to
        if touched:
            self._on_stirred()

    def stop(self) -> None:
        """Watch nothing."""
        observer, self._observer = self._observer, None
        self._quiet.stop()
        self._patience.stop()
        with self._lock:
            self._touched.clear()
        if observer is not None:
            stop(observer)

    @property
    def watching(self) -> bool:
        """Whether folders are watched."""
        return self._observer is not None

    def _on_event(self, event: Any) -> None:
        """In a thread of watchdog."""
        folders = {_folder(event, path) for path in (event.src_path, event.dest_path) if path}
        with self._lock:
            self._touched |= folders
        self._stirred.emit()

    def _on_stirred(self) -> None:
        if self._observer is None:
            return
        self._quiet.start()
        if not self._patience.isActive():
            self._patience.start()

    def _tell(self) -> None:
        self._quiet.stop()
        self._patience.stop()
        with self._lock:
            touched, self._touched = self._touched, set()
        if touched:
            self.changed.emit([Path(folder) for folder in sorted(touched)])


def _folder(event: Any, path: Any) -> str:
    """The folder to look at again: the one that came or went, or the one a file is in."""
    text = path.decode(errors="surrogateescape") if isinstance(path, bytes) else str(path)
    return text if event.is_directory else str(Path(text).parent)


def stop(observer: BaseObserver) -> None:
    """End an observer's threads."""
    observer.stop()
    observer.join(2)
