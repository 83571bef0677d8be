"""The catalog's files: watched, looked at again, found again, taken out, copied, shown in their folder."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from attrlens.core import refresh
from attrlens.core.catalog import places
from attrlens.core.catalog.store import Catalog
from attrlens.core.copying import Copied, copy_files
from attrlens.core.refresh import Relinked, Seen
from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.job import Emit, Job
from attrlens.jobs.lanes import Lanes
from attrlens.jobs.watcher import FolderWatcher, stop
from attrlens.state import steps
from attrlens.state.desktop import Desktop
from attrlens.state.document import Document
from attrlens.state.notices import Choice, Notice, Notices
from attrlens.state.settings import Settings
from attrlens.state.work import Workbench
from attrlens.words import tr, words

LOOK_AFTER = 2000
"""Milliseconds after a catalog is opened until its files are looked at: the window comes first."""

POLL = 20_000
"""Milliseconds between two looks whether the watched folders themselves are there."""

LOOK_EVERY = 60
"""Seconds between two looks when a person comes back to the window: for drives whose changes the system cannot tell."""


class FileWork(QObject):
    """Keeps the open catalog in step with the disk.

    Signals
    -------
    looked(Seen)
        A look at the files is done, and shown.
    relink_wanted()
        A person wants to show where missing files are.
    folders_changed()
        Which folders are watched is new.
    """

    looked = Signal(object)
    relink_wanted = Signal()
    folders_changed = Signal()

    def __init__(
        self, document: Document, workbench: Workbench, lanes: Lanes, notices: Notices, settings: Settings
    ) -> None:
        super().__init__()
        self._document, self._workbench, self._lanes, self._notices = document, workbench, lanes, notices
        self._settings = settings
        self.desktop = Desktop()
        self.watcher = FolderWatcher()
        self.watcher.changed.connect(self._on_watched)
        self._folders: dict[str, bool] = {}
        self._watched: frozenset[str] = frozenset()
        self._looked_at = 0.0
        self._looking: Job | None = None
        self._waiting: set[Path | None] = set()
        self._loud = False
        self._told: set[str] = set()
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self._look_for_folders)
        self._soon = QTimer(self, singleShot=True, interval=LOOK_AFTER)
        self._soon.timeout.connect(self._first_look)
        document.opened.connect(self._on_opened)
        document.closed.connect(self._on_closed)
        document.model_changed.connect(self._on_model_changed)
        workbench.imported.connect(lambda found: self.watch())
        settings.changed.connect(self._on_setting)

    # Watching

    @property
    def folders(self) -> dict[str, bool]:
        """Folders that were imported as a whole, and whether they are watched."""
        return self._folders

    def _on_opened(self) -> None:
        self._looked_at = 0.0
        self._soon.start()

    def _on_closed(self) -> None:
        self._soon.stop()
        self._poll.stop()
        self.watcher.stop()
        self._folders, self._watched = {}, frozenset()
        self._waiting, self._looking = set(), None
        self._told.clear()
        self.folders_changed.emit()

    def _on_setting(self, key: str) -> None:
        if key == "watch_folders" and self._document.is_open:
            self.watch()

    def _on_model_changed(self, tables: frozenset[str]) -> None:
        if "folder" in tables:
            self.watch()
        if "place" in tables:  # undone or done again: what lies there may be another file by now
            self.look(quiet=True)

    def _first_look(self) -> None:
        if self._document.is_open:
            self.watch()
            if self._settings.get("watch_folders"):
                self.look(quiet=True)
            if self._document.catalog.setting("ask_watch"):
                self._ask_watch()

    def _ask_watch(self) -> None:
        """A catalog from before folders were watched: which files of them were wanted is not known."""
        catalog = self._document.catalog

        def answer(watched: bool) -> None:
            if self._workbench.is_open(catalog):
                with self._telling():
                    for folder in places.folders(catalog) if watched else ():
                        places.watch(catalog, folder)
                    catalog.set_setting("ask_watch", None)
                if watched:
                    self.watch()

        self._notices.show(
            Notice(
                words("The folders of this catalog can be watched."),
                words("New, changed and moved files in them are then noticed, and new ones added."),
                choices=(
                    Choice(words("Watch them"), partial(answer, True)),
                    Choice(words("Do not ask again"), partial(answer, False)),
                ),
                is_question=True,
            )
        )

    def watch(self) -> None:
        """Watch the folders of the open catalog from now on."""
        if not self._document.is_open:
            return
        catalog, wanted = self._document.catalog, self._settings.get("watch_folders")
        watcher = self.watcher

        def work(token: Token, emit: Emit) -> None:
            some = refresh.there(catalog) if wanted else []
            observer, failed = watcher.begin([Path(path) for path in some]) if some else (None, [])
            emit((token, places.folders(catalog), frozenset(some), observer, failed))

        # Handed over as a part that is done: an observer whose job was cancelled meanwhile has to be stopped.
        job = Job("Watching folders", work, key="watch", quiet=True, partial_is_done=True)
        job.partial.connect(lambda parts: self._on_watching(catalog, *parts[-1]))
        job.failed.connect(self._notices.error)
        self._workbench.submit_file_job(job)

    def _on_watching(
        self, catalog: Catalog, token: Token, folders: dict[str, bool], watched: frozenset[str], observer: Any,
        failed: list[Path],
    ) -> None:  # fmt: skip
        if token.cancelled or not self._workbench.is_open(catalog):
            if observer is not None:
                stop(observer)
            return
        if observer is not None:
            self.watcher.adopt(observer)
        else:
            self.watcher.stop()
        new = watched - self._watched
        self._folders, self._watched = folders, watched
        self.folders_changed.emit()
        if self._settings.get("watch_folders"):
            self._poll.start()
            if new:  # what happened before they were watched is told by nobody
                self.look([Path(folder) for folder in sorted(new)], quiet=True)
        if failed:
            self._notices.show(
                Notice(
                    words("{n:,} folder cannot be watched.", "{n:,} folders cannot be watched.", n=len(failed)),
                    words("Changes there are noticed when you come back to the window, or by File, Look for changes."),
                    details="\n".join(map(str, failed)),
                )
            )

    def set_watched(self, folder: str, watched: bool) -> None:
        """Watch a folder of the catalog, or no longer."""
        with self._telling():
            places.watch(self._document.catalog, folder, watched)
        self.watch()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell a person of what the catalog could not keep."""
        try:
            yield
        except AttrLensError as error:
            self._notices.error(error)

    def _on_watched(self, folders: list[Path]) -> None:
        if self._document.is_open:
            self.look(folders, quiet=True)

    def _look_for_folders(self) -> None:
        """Notice that a whole folder or drive went or came: the system tells nothing of that."""
        if not self._document.is_open or self._looking is not None:
            return
        catalog = self._document.catalog
        job = Job("Folders", lambda token, emit: frozenset(refresh.there(catalog)), key="folders", quiet=True)
        job.succeeded.connect(lambda found: self._on_folders_there(catalog, found))
        self._workbench.submit_file_job(job)

    def _on_folders_there(self, catalog: Catalog, found: frozenset[str]) -> None:
        other = found ^ self._watched
        if other and self._workbench.is_open(catalog) and self._settings.get("watch_folders"):
            self.look([Path(folder) for folder in sorted(other)], quiet=True)
            self.watch()

    def on_window_active(self) -> None:
        """A person came back to the window."""
        if (
            self._document.is_open
            and self._looked_at
            and self._settings.get("watch_folders")
            and time.monotonic() - self._looked_at > LOOK_EVERY
        ):
            self.look(quiet=True)

    # Looking

    def look(self, folders: Sequence[Path] | None = None, *, quiet: bool = False) -> None:
        """Look again where files are; None looks everywhere. One at a time: what comes meanwhile is done together."""
        self._waiting |= {None} if folders is None else set(folders)
        self._loud = self._loud or not quiet
        if self._looking is None:
            self._look_now()

    def _look_now(self) -> None:
        catalog, cache = self._document.catalog, self._document.thumbnails
        some = None if None in self._waiting else sorted(path for path in self._waiting if path is not None)
        quiet = not self._loud
        self._waiting, self._loud = set(), False
        if some is None:
            self._looked_at = time.monotonic()
        job = Job(
            words("Looking for changed files"), lambda token, emit: refresh.look_again(catalog, cache, token, some),
            quiet=quiet,
        )  # fmt: skip
        self._looking = job
        job.succeeded.connect(lambda seen: self._on_seen(catalog, seen, quiet))
        self._workbench.reread_after(job, catalog)
        job.failed.connect(self._notices.error)
        job.finished.connect(lambda: self._on_looked(catalog))
        self._workbench.submit_file_job(job)

    def _on_looked(self, catalog: Catalog) -> None:
        if self._workbench.is_open(catalog):
            self._looking = None
            if self._waiting:
                self._look_now()

    def _on_seen(self, catalog: Catalog, seen: Seen, quiet: bool) -> None:
        if not self._workbench.is_open(catalog):
            return
        document = self._document
        document.adopt_seen(seen)
        if seen.twins:
            document.take_over(seen.twins)
            elsewhere = {old for old, _ in seen.twins}
            seen.lost = [slot for slot in seen.lost if slot not in elsewhere]
            seen.moved += sorted(elsewhere)
        if seen.added or seen.rows:
            self._workbench.describe()
        for problem in seen.problems:
            if problem.message not in self._told:  # a folder that cannot be read is told once
                self._told.add(problem.message)
                self._notices.error(problem)
        self._say(seen, quiet)
        if seen.folders != self._watched and self._settings.get("watch_folders") and self._looked_at:
            self.watch()
        self.looked.emit(seen)

    def _say(self, seen: Seen, quiet: bool) -> None:
        twins = {old for old, _ in seen.twins}
        kept = self._document.kept
        lost, changed, moved, back = (
            [slot for slot in slots if kept[slot] or slot in twins]
            for slots in (seen.lost, seen.changed, seen.moved, seen.back)
        )
        if lost:
            images = self._document.images
            self._notices.show(
                Notice(
                    words("{n:,} file is missing.", "{n:,} files are missing.", n=len(lost)),
                    words("Labels and thumbnails stay. Moved files are found again when their folder is added."),
                    choices=(Choice(words("Show the folder where they are now…"), self.relink_wanted.emit),),
                    details="\n".join(images[slot].path for slot in lost[:1000]),
                )
            )
        parts = []
        if seen.added:
            parts.append(tr("{n:,} new image", "{n:,} new images", n=len(seen.added)))
        if changed:
            parts.append(tr("{n:,} changed", "{n:,} changed", n=len(changed)))
        if moved:
            parts.append(steps.moved_text(len(moved)))
        if back:
            parts.append(tr("{n:,} file is there again", "{n:,} files are there again", n=len(back)))
        if not parts and not quiet and not lost:
            parts.append(tr("No file changed"))
        if parts:
            self._document.stepped.emit(", ".join(parts))

    def relink(self, folder: Path, slots: Sequence[int] | None = None) -> Job:
        """Find missing files below a folder that a person points at; None all that are missing."""
        document = self._document
        catalog, wanted = document.catalog, None if slots is None else set(slots)
        chosen = [
            image for image in document.images
            if image.missing and document.kept[image.slot] and (wanted is None or image.slot in wanted)
        ]  # fmt: skip
        job = Job(
            words("Looking for missing files"), lambda token, emit: refresh.relink(catalog, chosen, folder, token),
            key="relink",
        )  # fmt: skip
        job.succeeded.connect(lambda found: self._on_relinked(catalog, found, len(chosen), folder))
        job.failed.connect(self._notices.error)
        return self._workbench.submit_file_job(job)

    def _on_relinked(self, catalog: Catalog, found: Relinked, wanted: int, folder: Path) -> None:
        if not self._workbench.is_open(catalog):
            return
        if found.places:
            self._document.relink(found.places)
        if found.twins:
            self._document.take_over(found.twins)
        if found.places or found.twins:
            self._workbench.describe()
        left = wanted - len(found.places) - len(found.twins)
        if left:
            text = words("{n:,} missing file is not in {folder}.", "{n:,} missing files are not in {folder}.",
                         n=left, folder=folder)  # fmt: skip
            self._notices.show(Notice(text, words("A file of another content is never taken for it.")))

    # Out of the program

    def copy_to(self, slots: Sequence[int], folder: Path) -> Job:
        """Copy files to a folder; where it belongs to the catalog, the copies are added."""
        return self.copy_paths([Path(self._document.images[slot].path) for slot in slots], folder)

    def copy_paths(self, paths: Sequence[Path], folder: Path) -> Job:
        """Copy files to a folder; where it belongs to the catalog, the copies are added."""
        catalog = self._document.catalog
        job = Job(words("Copying to {folder}", folder=folder.name),
                  lambda token, emit: copy_files(paths, folder, token))  # fmt: skip
        job.succeeded.connect(lambda copied: self._on_copied(catalog, folder, copied))
        job.failed.connect(self._notices.error)
        return self._lanes.files.submit(job)

    def _on_copied(self, catalog: Catalog, folder: Path, copied: Copied) -> None:
        for problem in copied.problems:
            self._notices.error(problem)
        if copied.files:
            text = words("{n:,} file was copied to {folder}.", "{n:,} files were copied to {folder}.",
                         n=len(copied.files), folder=folder)  # fmt: skip
            show = Choice(words("Show the folder"), partial(self.reveal, copied.files[:1]))
            self._notices.show(Notice(text, choices=(show,), details="\n".join(map(str, copied.files))))
        if copied.files and self._workbench.is_open(catalog) and self._holds(folder):
            self._workbench.import_paths(copied.files)

    def _holds(self, folder: Path) -> bool:
        """Whether images of the catalog lie in a folder."""
        return any(Path(image.path).parent == folder for image in self._document.images)

    def reveal(self, paths: Sequence[Path]) -> Job:
        """Show files in the system's file manager."""
        desktop, some = self.desktop, list(paths)
        job = Job("File manager", lambda token, emit: desktop.reveal(some), key="reveal", quiet=True)
        job.succeeded.connect(lambda done: None if done else self._open_folder(some[0].parent))
        return self._lanes.files.submit(job)

    def _open_folder(self, folder: Path) -> None:
        if not self.desktop.open(folder):
            self._notices.show(Notice(words("No program shows folders here."), str(folder)))

    def open_with(self, paths: Sequence[Path]) -> None:
        """Open files with the program they belong to."""
        for path in paths:
            if not self.desktop.open(path):
                self._notices.show(Notice(words("No program opens {name}.", name=path.name), str(path)))
                return

    def close(self) -> None:
        """Watch nothing any more."""
        self._soon.stop()
        self._poll.stop()
        self.watcher.stop()
