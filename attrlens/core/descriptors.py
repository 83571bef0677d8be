"""From files to descriptors: decode threads ahead of the network, in batches, in order, cancellable."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from attrlens.core.catalog.rows import ERROR, GONE, READY, UNSETTLED, Read
from attrlens.core.catalog.thumbnails import SIDE
from attrlens.core.colors import mean_color
from attrlens.core.engine import Engine, Input
from attrlens.core.images import DEFAULT_MAX_PIXELS, decode, fit, jpeg, letterboxed, shrink
from attrlens.core.token import Token
from attrlens.errors import ImageError
from attrlens.words import words

Array = np.ndarray[Any, Any]
T = TypeVar("T")

GROUP = 16
"""Images that go to disk together: a sync and a transaction take about a millisecond."""


@dataclass(frozen=True)
class Batch:
    """One step of `describe`.

    Attributes
    ----------
    reads : tuple of Read
        Every image looked at, bad ones with their reason.
    slots : ndarray of shape (n,), dtype int32
        Those described.
    descriptors : dict of recipe key to ndarray of shape (n, width), dtype float32
    thumbnails : tuple of (slot, JPEG bytes)
    """

    reads: tuple[Read, ...]
    slots: Array
    descriptors: dict[str, Array]
    thumbnails: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True)
class _Prepared:
    read: Read
    stacks: dict[Input, Array]
    thumbnail: bytes


def _prepare(slot: int, path: Path, inputs: Sequence[Input], max_pixels: int) -> _Prepared:
    """Read a file; one that is written meanwhile is read again, so that hash and pixels are of one content."""
    for _ in range(3):
        before = _status(path)
        prepared = _read(slot, path, inputs, max_pixels)
        if before == _status(path):
            return prepared
    return _Prepared(Read(slot, "", 0, 0, UNSETTLED, "", ""), {}, b"")


def _status(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _read(slot: int, path: Path, inputs: Sequence[Input], max_pixels: int) -> _Prepared:
    try:
        decoded = decode(path, max(SIDE // 2, *(key.size for key in inputs)), max_pixels)
        whole = decoded.pixels
        shrunk = {key.size: letterboxed(whole, key.size) for key in inputs if key.fit == "letterbox"}
        pixels = {
            key: fit(shrunk[key.size] if key.fit == "letterbox" else whole, key.size, key.fit, weighted=key.weighted)
            for key in inputs
        }
        # From what is small already, where it is large enough: to shrink the photo once more takes three times as long.
        usable = [size for size in shrunk if SIDE <= size <= max(whole.size)]
        small = shrink(shrunk[min(usable)] if usable else whole, SIDE)
        color = mean_color(small)
        digest = content_hash(path)
    except ImageError as error:
        state = GONE if isinstance(error.__cause__, FileNotFoundError) else ERROR
        return _Prepared(Read(slot, "", 0, 0, state, error.message, error.hint), {}, b"")
    except FileNotFoundError:  # gone between the two reads
        return _Prepared(Read(slot, "", 0, 0, GONE, "", ""), {}, b"")
    except OSError as error:
        told = words("{name} could not be read ({reason}).", name=path.name, reason=error.strerror or "")
        return _Prepared(Read(slot, "", 0, 0, ERROR, told, ""), {}, b"")
    read = Read(slot, digest, decoded.width, decoded.height, READY, decoded.note, "", color)
    return _Prepared(read, pixels, jpeg(small))


def content_hash(path: Path) -> str:
    """BLAKE2b (128 bits) of a file's content, as hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def describe(
    items: Sequence[tuple[int, Path]], engine: Engine, token: Token, max_pixels: int = DEFAULT_MAX_PIXELS
) -> Iterator[Batch]:
    """Describe images, a batch at a time, in the order given.

    Parameters
    ----------
    items : sequence of (slot, path)
    engine : Engine
    token : Token
        Gets images done and in all; a cancel is seen within a fraction of a second.
    max_pixels : int
        Larger images are refused.

    Yields
    ------
    Batch
    """
    decoders = ThreadPoolExecutor(max(2, os.cpu_count() or 2), "decode")
    network = ThreadPoolExecutor(engine.streams, "network")
    waiting: deque[Future[_Prepared]] = deque()
    running: deque[Future[Batch]] = deque()
    finished: list[Batch] = []
    rest = iter(items)
    done = 0
    try:
        while True:
            size = engine.batch
            # What is decoded waits, never the disk for the network; so many ahead bound the memory.
            ahead = (engine.streams + 1) * size
            while len(waiting) < ahead and (item := next(rest, None)) is not None:
                waiting.append(decoders.submit(_prepare, item[0], item[1], engine.inputs, max_pixels))
            if waiting and len(running) <= engine.streams:  # one more than run: no stream waits for this loop
                prepared = [_result(waiting.popleft(), token) for _ in range(min(size, len(waiting)))]
                running.append(network.submit(_run, prepared, engine))
                continue
            if running:
                finished.append(_result(running.popleft(), token))
            if finished and (sum(len(batch.reads) for batch in finished) >= GROUP or not running):
                yield (joined := _joined(finished))
                finished.clear()
                done += len(joined.reads)
                token.report(done, len(items), words("Describing images on the {device}", device=engine.device))
            if not running and not waiting:
                return
    finally:
        # What is under way ends by itself: nobody waits for a huge image after a cancel.
        for pool in (decoders, network):
            pool.shutdown(wait=False, cancel_futures=True)


def _joined(batches: Sequence[Batch]) -> Batch:
    """Several as one, in their order."""
    if len(batches) == 1:
        return batches[0]
    keys = dict.fromkeys(key for batch in batches for key in batch.descriptors)
    return Batch(
        tuple(read for batch in batches for read in batch.reads),
        np.concatenate([batch.slots for batch in batches]),
        {key: np.concatenate([b.descriptors[key] for b in batches if key in b.descriptors]) for key in keys},
        tuple(one for batch in batches for one in batch.thumbnails),
    )


def _result(future: Future[T], token: Token) -> T:
    """The result, looking at the token while it is on its way."""
    while True:
        token.check()
        try:
            return future.result(timeout=0.2)
        except FutureTimeout:
            continue


def _run(prepared: Sequence[_Prepared], engine: Engine) -> Batch:
    good = [item for item in prepared if item.stacks]
    slots = np.array([item.read.slot for item in good], np.int32)
    found: dict[str, Array] = {}
    if good:
        found = engine.describe({key: np.stack([item.stacks[key] for item in good]) for key in engine.inputs})
    thumbnails = tuple((item.read.slot, item.thumbnail) for item in good)
    return Batch(tuple(item.read for item in prepared), slots, found, thumbnails)
