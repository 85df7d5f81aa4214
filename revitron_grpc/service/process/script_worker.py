"""The program of a spawned worker: reads items, writes reports, until its input ends.

It is started as a process of its own, so that a large script can hold that one's interpreter for
a second without anybody noticing, and so that it can be killed. A frame is a letter, the length
of what follows in four bytes, and that much msgpack.
"""

import os
import queue
import struct
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import msgspec

from revitron_grpc.catalog.load import load_catalog, packaged_catalog
from revitron_grpc.review.items import ReviewItem, ReviewOptions
from revitron_grpc.review.reviewer import Reviewer

HEADER = struct.Struct("<cI")
OPTIONS, ITEM, READY, REPORT = b"O", b"I", b"R", b"P"


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return one frame."""
    return HEADER.pack(kind, len(payload)) + payload


def main(catalog: str, memory_bytes: int) -> None:
    """Serve until standard input ends; `catalog` is a path, empty for the packaged one."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    frames: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(source, frames), daemon=True).start()
    facts = load_catalog(Path(catalog)) if catalog else packaged_catalog()
    _limit(memory_bytes)
    _write(sink, READY, b"")
    reviewer: Reviewer | None = None
    while True:
        kind, payload = frames.get()
        if kind == OPTIONS:
            reviewer = Reviewer(facts, msgspec.msgpack.decode(payload, type=ReviewOptions))
        elif reviewer is not None:
            report = reviewer.review(msgspec.msgpack.decode(payload, type=ReviewItem))
            _write(sink, REPORT, msgspec.msgpack.encode(report))


def _read(source: BinaryIO, frames: "queue.SimpleQueue[tuple[bytes, bytes]]") -> None:
    """Hand frames over; when the parent is gone, by whatever end, so is this process."""
    while True:
        header = source.read(HEADER.size)
        if len(header) < HEADER.size:
            os._exit(0)
        kind, length = HEADER.unpack(header)
        payload = source.read(length)
        if len(payload) < length:
            os._exit(0)
        frames.put((kind, payload))


def _write(sink: BinaryIO, kind: bytes, payload: bytes) -> None:
    sink.write(frame(kind, payload))
    sink.flush()


def _limit(memory_bytes: int) -> None:
    """Bound what may be allocated beyond the catalog, and keep scripts out of core dumps."""
    if os.name != "posix":
        return
    from importlib import import_module

    resource = import_module("resource")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statistics = Path("/proc/self/statm")
    if memory_bytes and statistics.exists():
        used = int(statistics.read_text("ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = used + memory_bytes
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
