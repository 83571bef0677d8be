"""The helper process: results, partial results, errors, cancel, death, and umap in it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from attrlens.core.evaluate import reduce
from attrlens.core.helper import Helper
from attrlens.core.token import Token
from attrlens.errors import AttrLensError, Cancelled

Send = Callable[[Any], None]


def double(request: int, token: Token, send: Send) -> tuple[int, int]:
    for i in range(3):
        token.report(i + 1, 3, "doubling")
        send(i)
    return 2 * request, os.getpid()


def refuse(request: str, token: Token, send: Send) -> None:
    raise AttrLensError(f"{request} is not known.", "Try another.")


def crash(request: str, token: Token, send: Send) -> None:
    raise ZeroDivisionError(request)


def die(request: None, token: Token, send: Send) -> None:
    os._exit(3)


def wait(polite: bool, token: Token, send: Send) -> None:
    """Endless work in the helper process: the sleep is the work, no test waits by it."""
    send("started")
    while True:
        time.sleep(0.02)
        if polite:
            token.check()


class Unreadable:
    """Whoever unpickles it meets an error, as where a library is missing in the helper process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return missing_there, (os.getpid(),)


def missing_there(process: int) -> Unreadable:
    if os.getpid() != process:
        raise ImportError("libsomething.so: cannot open shared object file")
    return Unreadable()


def modules(request: None, token: Token, send: Send) -> list[str]:
    return [name for name in ("PySide6", "tensorflow", "keras") if sys.modules.get(name) is not None]


def threads(request: None, token: Token, send: Send) -> list[int]:
    rows = np.ones((600, 600), np.float32)
    _ = rows @ rows
    from threadpoolctl import threadpool_info

    return [int(library["num_threads"]) for library in threadpool_info()]


def total(rows: Any, token: Token, send: Send) -> float:
    return float(rows.sum())


def shapes(rows: Any, token: Token, send: Send) -> tuple[Any, Any]:
    reduced = reduce.Reducer(rows, 0).to(5)
    return reduced, reduce.hdbscan(reduced)


@pytest.fixture
def helper() -> Iterator[Helper]:
    one = Helper()
    yield one
    one.close()
    assert not multiprocessing.active_children()


def test_results_progress_and_partial_results_come_back(helper: Helper) -> None:
    seen: list[tuple[int, int, str]] = []
    parts: list[int] = []
    result, pid = helper.run(double, 21, Token(lambda *p: seen.append(p)), parts.append)
    assert (result, parts) == (42, [0, 1, 2]) and pid != os.getpid()
    assert seen == [(i, 3, "doubling") for i in (1, 2, 3)]
    assert helper.run(double, 4, Token())[1] == pid  # it stays


def test_errors_keep_their_hint_and_a_crash_says_what(helper: Helper) -> None:
    with pytest.raises(AttrLensError) as told:
        helper.run(refuse, "this", Token())
    assert (told.value.message, told.value.hint) == ("this is not known.", "Try another.")
    with pytest.raises(AttrLensError, match="ZeroDivisionError: oh"):
        helper.run(crash, "oh", Token())
    assert helper.run(double, 1, Token())[0] == 2


def test_a_process_that_dies_is_told_and_replaced(helper: Helper) -> None:
    with pytest.raises(AttrLensError, match="ended unexpectedly"):
        helper.run(die, None, Token())
    assert helper.run(double, 1, Token())[0] == 2


@pytest.mark.parametrize("polite", [True, False])
def test_cancel_ends_it_whether_it_listens_or_not(helper: Helper, polite: bool) -> None:
    token = Token()

    def on_partial(item: object) -> None:
        threading.Timer(0.05, token.cancel).start()

    began = time.monotonic()
    with pytest.raises(Cancelled):
        helper.run(wait, polite, token, on_partial)
    assert time.monotonic() - began < 10
    assert helper.run(double, 3, Token())[0] == 6


def test_it_takes_half_the_cores_and_arrays_as_they_are(helper: Helper) -> None:
    assert helper.run(modules, None, Token()) == []
    assert set(helper.run(threads, None, Token())) == {max(1, (os.cpu_count() or 2) // 2)}
    rows = np.arange(1_000_000, dtype=np.float32)
    assert helper.run(total, rows, Token()) == rows.sum()


@pytest.mark.skipif(sys.platform == "win32", reason="no signals between processes there")
def test_an_interrupt_is_the_programs_affair(helper: Helper) -> None:
    _, pid = helper.run(double, 1, Token())
    os.kill(pid, signal.SIGINT)
    assert helper.run(double, 2, Token()) == (4, pid)


def test_it_is_light_and_reduces(helper: Helper) -> None:
    """umap and hdbscan run there, without TensorFlow or Qt; two far clouds come out as two clusters."""
    rng = np.random.default_rng(0)
    rows = np.concatenate([rng.normal(0, 1, (60, 20)), rng.normal(9, 1, (60, 20))]).astype(np.float32)
    reduced, cluster = helper.run(shapes, rows, Token())
    assert reduced.shape == (120, 5) and np.isfinite(reduced).all()
    assert set(cluster[:60]) - {-1} != set(cluster[60:]) - {-1}
    assert len(set(cluster) - {-1}) >= 2 and not set(cluster[:60]) & set(cluster[60:]) - {-1}
    again, _ = helper.run(shapes, rows, Token())
    assert (again == reduced).all()


@pytest.mark.timeout(60)
def test_what_cannot_be_read_there_is_said(helper: Helper) -> None:
    with pytest.raises(AttrLensError, match="libsomething"):
        helper.run(double, Unreadable(), Token())
    assert helper.run(double, 4, Token())[0] == 8, "and the process goes on"
