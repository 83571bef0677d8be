"""The thread contract: order of signals, latest wins, nothing lost, bounded shutdown."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from attrlens.core.token import Token
from attrlens.errors import AttrLensError
from attrlens.jobs.garbage import Garbage
from attrlens.jobs.job import Emit, Job, State
from attrlens.jobs.lane import Lane
from attrlens.jobs.lanes import Lanes


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("test")
    yield lane
    lane.begin_close()
    assert lane.wait(5000)


def record(job: Job) -> list[str]:
    seen: list[str] = []
    for name in ("started", "progressed", "partial", "succeeded", "failed", "cancelled", "finished"):
        getattr(job, name).connect(lambda *_, n=name: seen.append(n))
    return seen


def test_life_cycle_and_threads(lane: Lane, qtbot: QtBot) -> None:
    threads: dict[str, Any] = {}

    def work(token: Token, emit: Emit) -> int:
        threads["work"] = threading.get_ident()
        token.report(1, 2, "half")
        emit("part")
        return 7

    job = Job("Test", work)
    seen = record(job)
    results: list[int] = []

    def take(value: int) -> None:
        results.append(value)
        threads["slot"] = threading.get_ident()

    job.succeeded.connect(take)
    with qtbot.waitSignal(job.finished):
        lane.submit(job)
    assert seen == ["started", "progressed", "partial", "succeeded", "finished"]
    assert results == [7] and job.state is State.SUCCEEDED
    assert threads["work"] != threads["slot"] == threading.main_thread().ident
    assert job.thread() is QThread.currentThread()


@pytest.mark.expects_log
def test_failures_are_told_with_a_hint(lane: Lane, qtbot: QtBot) -> None:
    def known(token: Token, emit: Emit) -> None:
        raise AttrLensError("The disk is full.", "Free some space.")

    def defect(token: Token, emit: Emit) -> None:
        raise KeyError("x")

    for function, text in ((known, "The disk is full. Free some space."), (defect, "Test failed (KeyError: 'x').")):
        job = Job("Test", function)
        seen = record(job)
        errors: list[AttrLensError] = []
        job.failed.connect(errors.append)
        with qtbot.waitSignal(job.finished):
            lane.submit(job)
        assert seen == ["started", "failed", "finished"]
        assert str(errors[0]).startswith(text) and errors[0].hint


def test_cancel_while_running_and_while_queued(lane: Lane, qtbot: QtBot) -> None:
    running = threading.Event()

    def wait_for_cancel(token: Token, emit: Emit) -> None:
        running.set()
        while True:
            token.check()
            threading.Event().wait(0.002)

    first, second = Job("First", wait_for_cancel), Job("Second", lambda token, emit: 1)
    seen_first, seen_second = record(first), record(second)
    lane.submit(first)
    lane.submit(second)
    second.cancel()
    assert running.wait(5)
    with qtbot.waitSignals([first.finished, second.finished]):
        first.cancel()
    assert seen_first == ["started", "cancelled", "finished"]
    assert seen_second == ["cancelled", "finished"]


def test_a_new_job_with_the_same_key_replaces_the_old_and_late_results_are_dropped(lane: Lane, qtbot: QtBot) -> None:
    go = threading.Event()

    def stubborn(token: Token, emit: Emit) -> str:
        go.wait(5)
        return "old"  # never looked at the token

    old, new = Job("Old", stubborn, key="k"), Job("New", lambda token, emit: "new", key="k")
    seen_old, seen_new = record(old), record(new)
    lane.submit(old)
    lane.submit(new)
    with qtbot.waitSignal(new.finished):
        go.set()
    assert "succeeded" not in seen_old and seen_old[-2:] == ["cancelled", "finished"]
    assert "succeeded" in seen_new


def test_three_thousand_partial_results_all_arrive_in_order(lane: Lane, qtbot: QtBot) -> None:
    def work(token: Token, emit: Emit) -> None:
        for i in range(3000):
            emit(i)

    job = Job("Many", work)
    got: list[int] = []
    job.partial.connect(got.extend)
    with qtbot.waitSignal(job.finished):
        lane.submit(job)
    assert got == list(range(3000))


def test_progress_is_limited_at_the_source(lane: Lane, qtbot: QtBot) -> None:
    def work(token: Token, emit: Emit) -> None:
        for i in range(20_000):
            token.report(i + 1, 20_000)

    job = Job("Fast", work)
    got: list[int] = []
    job.progressed.connect(lambda done, total, text: got.append(done))
    with qtbot.waitSignal(job.finished):
        lane.submit(job)
    assert got[-1] == 20_000 and len(got) < 40


def test_a_finished_job_lets_go_of_its_arrays(lane: Lane, qtbot: QtBot) -> None:
    class Big:
        pass

    big = Big()
    reference = weakref.ref(big)
    job = Job("Big", lambda token, emit, b=big: None)  # type: ignore[misc]
    del big
    with qtbot.waitSignal(job.finished):
        lane.submit(job)
    qtbot.waitUntil(lambda: reference() is None)


def test_a_result_that_comes_after_a_cancel_can_be_closed(lane: Lane, qtbot: QtBot) -> None:
    def work(token: Token, emit: Emit) -> int:
        token.cancel()
        return 7

    job = Job("Late", work)
    seen = record(job)
    dropped: list[int] = []
    job.dropped.connect(dropped.append)
    with qtbot.waitSignal(job.finished):
        lane.submit(job)
    assert dropped == [7] and seen == ["started", "cancelled", "finished"]


def test_a_job_ends_in_the_main_thread_whoever_is_last(lane: Lane, qtbot: QtBot) -> None:
    ended: list[str] = []

    def over(_: object) -> None:
        if len(waiting) > 0:
            submit()

    def submit() -> None:
        job = Job("Small", lambda token, emit: token.report(1, 1))
        weakref.finalize(job, lambda: ended.append(threading.current_thread().name))
        job.succeeded.connect(over)
        waiting.pop()
        lane.submit(job)

    waiting = list(range(300))
    submit()
    qtbot.waitUntil(lambda: len(ended) == 300, timeout=20_000)
    assert set(ended) == {threading.main_thread().name}


def test_cyclic_garbage_is_collected_in_the_main_thread(lane: Lane, qtbot: QtBot) -> None:
    class Cycle(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.me = self

    ended: list[str] = []
    collector = Garbage()
    cycle = Cycle()
    weakref.finalize(cycle, lambda: ended.append(threading.current_thread().name))
    del cycle

    def allocate(token: Token, emit: Emit) -> None:
        for _ in range(100):
            kept = [[] for _ in range(20_000)]  # type: ignore[var-annotated]
            token.check()
            time.sleep(0.001)
        assert kept

    job = Job("Allocating", allocate)
    with qtbot.waitSignal(job.finished, timeout=20_000):
        lane.submit(job)
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    collector.close()
    assert ended == [threading.main_thread().name]


def test_shutdown_is_bounded_and_later_jobs_are_cancelled(qtbot: QtBot) -> None:
    lanes = Lanes()
    release = threading.Event()
    started = Job("Stuck", lambda token, emit: release.wait(10))
    with qtbot.waitSignal(started.started):
        lanes.inference.submit(started)
    began = time.monotonic()
    assert lanes.close(200) is False
    assert time.monotonic() - began < 2
    late = Job("Late", lambda token, emit: 1)
    seen = record(late)
    lanes.inference.submit(late)
    assert seen == ["cancelled", "finished"]
    release.set()
    assert lanes.close(5000) is True
