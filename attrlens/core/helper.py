"""The helper process: what would hold the interpreter's lock for seconds (umap's import, numba's compiler) runs there.

It is started by spawn on first use, stays for the next call, imports neither TensorFlow nor Qt, and ends with the
process that started it, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from attrlens import log, paths
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled
from attrlens.words import words

logger = log.get(__name__)

PATIENCE = 2.0
"""Seconds a cancelled call has to stop by itself before the process is killed."""

Send = Callable[[Any], None]
Work = Callable[[Any, Token, Send], Any]
"""A function at the top of a module: takes a picklable request, a token and a function for partial results."""


class Helper:
    """One helper process; one call at a time, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def run(self, work: Work, request: Any, token: Token, on_partial: Send = lambda item: None) -> Any:
        """Call ``work(request, token, send)`` in the helper process.

        Parameters
        ----------
        work : Work
        request : object
            Picklable.
        token : Token
            Progress comes from the helper; a cancel goes to it, and kills it where it does not listen.
        on_partial : callable
            Gets each partial result, in the calling thread.

        Returns
        -------
        object
            What `work` returned, pickled over.

        Raises
        ------
        AttrLensError
            As raised by `work`, or if the process ended by itself.
        Cancelled
        """
        with self._lock:
            pipe = self._started()
            try:
                _send_call(pipe, work, request)
                return self._listen(pipe, token, on_partial)
            except (EOFError, OSError) as error:
                self._kill()
                token.check()
                raise AttrLensError(
                    words("The helper process ended unexpectedly."),
                    words("There may not be enough memory; try fewer images."),
                ) from error

    def close(self) -> None:
        """End the process: at once if it has nothing to do, else by force."""
        if self._pipe is not None:
            self._pipe.close()  # an idle process takes that as its end, and cleans up after itself
            self._pipe = None
        if self._process is not None:
            self._process.join(PATIENCE)
        self._kill()

    def _started(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), name="attrlens-helper", daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def _listen(self, pipe: Connection, token: Token, on_partial: Send) -> Any:
        give_up = float("inf")
        while True:
            if token.cancelled and give_up == float("inf"):
                give_up = time.monotonic() + PATIENCE
                pipe.send("cancel")
            if time.monotonic() > give_up:
                self._kill()
                raise Cancelled
            if not pipe.poll(0.1):
                continue
            kind, payload = pipe.recv()
            if kind == "progress":
                token.report(*payload)
            elif kind == "partial":
                on_partial(payload)
            elif kind == "done":
                token.check()
                return payload
            elif kind == "cancelled":
                raise Cancelled
            elif kind == "error":
                raise AttrLensError(*payload)
            else:
                logger.info("helper process: %s", payload)
                last = str(payload).strip().splitlines()[-1]
                raise AttrLensError(
                    words("The helper process failed: {reason}", reason=last), words("See the log for details.")
                )

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join(5)
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


def compiles_first() -> bool:
    """Whether the first map of this installed program waits for a compiler, which is half a minute once.

    From source Numba keeps what it compiled beside the packages, and nobody can tell.
    """
    return paths.is_frozen() and next(paths.compiled_folder().rglob("*.nbi"), None) is None


def _send_call(pipe: Connection, work: Work, request: Any) -> None:
    """Send a call. Arrays go as they are, without a copy and without the interpreter's lock: there may be 100 MB."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps((work, request), protocol=5, buffer_callback=buffers.append)
    pipe.send((head, len(buffers)))
    for buffer in buffers:
        pipe.send_bytes(buffer.raw())


def _receive(pipe: Connection) -> Any:
    """A call as `_send_call` sent it, or the word "cancel"."""
    message = pipe.recv()
    if message == "cancel":
        return message
    head, count = message
    return pickle.loads(head, buffers=[pipe.recv_bytes() for _ in range(count)])


# In the helper process


def _serve(pipe: Connection) -> None:
    """Answer calls until the pipe closes."""
    # umap imports TensorFlow for a part nobody uses here: seconds and hundreds of megabytes.
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
    warnings.simplefilter("ignore")
    if paths.is_frozen():  # the program's own folder may be read-only; read by Numba when it is imported
        os.environ["NUMBA_CACHE_DIR"] = str(paths.compiled_folder())
    if hasattr(os, "nice"):
        os.nice(5)  # the window comes first
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl+C is for the program, which then cancels
    # A product of matrices waits, spinning, for its slowest thread. Beside a busy program one thread a core is many
    # times slower than half of them. Read when NumPy is loaded, which comes with the first call.
    for library in ("OPENBLAS", "OMP", "MKL", "NUMBA", "VECLIB_MAXIMUM"):
        os.environ[f"{library}_NUM_THREADS"] = str(max(1, (os.cpu_count() or 2) // 2))
    calls: list[Any] = []
    ready = threading.Condition()
    running: list[Token] = []

    def read() -> None:
        while True:
            try:
                message = _receive(pipe)
            except (EOFError, OSError):  # the program has gone: nobody waits for a result
                with ready:
                    if running:
                        os._exit(0)
                    calls.append(None)
                    ready.notify()
                return
            except Exception:  # noqa: BLE001  (what is asked for cannot be imported here: whoever waits is told)
                message = traceback.format_exc()
            with ready:
                if message == "cancel":
                    for token in running:
                        token.cancel()
                else:
                    calls.append(message)
                    ready.notify()

    threading.Thread(target=read, daemon=True).start()
    while True:
        with ready:
            ready.wait_for(lambda: bool(calls))
            call = calls.pop()
            if call is None:
                return
            if isinstance(call, str):
                pipe.send(("crash", call))
                continue
            work, request = call
            token = Token(lambda *progress: pipe.send(("progress", progress)))
            running[:] = [token]
        try:
            answer: tuple[str, Any] = ("done", work(request, token, lambda item: pipe.send(("partial", item))))
        except Cancelled:
            answer = ("cancelled", None)
        except AttrLensError as error:
            answer = ("error", (error.message, error.hint))
        except Exception:  # noqa: BLE001  (the outermost place of this process: it goes to the caller's log)
            answer = ("crash", traceback.format_exc())
        with ready:
            running.clear()
        pipe.send(answer)
        del call, work, request, answer  # a large catalog's would stay until the next call
