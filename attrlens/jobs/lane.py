"""A lane: a thread with a serial queue."""

from __future__ import annotations

import queue
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from attrlens import log
from attrlens.errors import AttrLensError, Cancelled
from attrlens.jobs.job import Job, Work
from attrlens.words import words

logger = log.get(__name__)


class _Thread(QThread):
    """Takes work from the queue; the only thing it shares with the main thread is one queued signal."""

    happened = Signal(object, str, object)

    def __init__(self, name: str, queue_: queue.SimpleQueue[Work | None]) -> None:
        super().__init__()
        self.setObjectName(f"lane {name}")
        self._queue = queue_

    def run(self) -> None:
        while (work := self._queue.get()) is not None:
            self._one(work)
            del work  # or the last one and its arrays live until the next

    def _one(self, work: Work) -> None:
        def send(kind: str, payload: Any = None) -> None:
            self.happened.emit(work, kind, payload)

        if work.token.cancelled:
            send("cancelled")
            return
        send("started")
        try:
            result = work.run(send)
        except Cancelled:
            send("cancelled")
        except AttrLensError as error:
            logger.warning("%s: %s", work.title, error)
            send("failed", error)
        except Exception as error:
            logger.exception("%s failed", work.title)
            what = words(
                "{title} failed ({kind}: {reason}).", title=work.title, kind=type(error).__name__, reason=error
            )
            send("failed", AttrLensError(what, words("This is a defect of AttrLens; the log has the details.")))
        else:
            send("succeeded", result)


class Lane(QObject):
    """Jobs one after another in a thread of their own.

    Parameters
    ----------
    name : str

    Signals
    -------
    submitted(Job)
        A job was queued; its own signals tell the rest.
    """

    submitted = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._alive: dict[Work, Job] = {}
        self._thread = _Thread(name, self._queue)
        self._thread.happened.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._closed = False

    def submit(self, job: Job) -> Job:
        """Queue a job; connect to its signals before. Jobs with the same key are cancelled first."""
        if self._closed:
            job.cancel()
            job.deliver("cancelled", None)
            return job
        if job.key:
            for other in self._alive.values():
                if other.key == job.key:
                    other.cancel()
        self._alive[job.work] = job
        self.submitted.emit(job)
        if not self._thread.isRunning():
            self._thread.start()
        self._queue.put(job.work)
        return job

    def cancel_all(self) -> None:
        """Cancel what runs and what waits."""
        for job in self._alive.values():
            job.cancel()

    @property
    def idle(self) -> bool:
        """Whether no job is queued, running or undelivered."""
        return not self._alive

    def begin_close(self) -> None:
        """Cancel all and ask the thread to end."""
        self._closed = True
        self.cancel_all()
        self._queue.put(None)

    def wait(self, milliseconds: int) -> bool:
        """Wait for the thread's end after `begin_close`; False when it is still busy."""
        return self._thread.wait(milliseconds) if self._thread.isRunning() else True

    @Slot(object, str, object)
    def _deliver(self, work: Work, kind: str, payload: Any) -> None:
        job = self._alive.get(work)
        if job is None:
            return  # it said more after its end
        job.deliver(kind, payload)
        if job.over:
            self._alive.pop(work, None)
