"""The program of a spawned worker: reads items, writes reports, until its input ends.

It is started as a process of its own, so that a large script can hold that one's interpreter for
a second without anybody noticing, and so that it can be killed. A frame is a letter, the length
of what follows in four bytes, and that much msgpack.
"""

import contextlib
import os
import queue
import re
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
_PEAK = re.compile(r"^VmPeak:\s+(\d+) kB", re.MULTILINE)
# More than an analysis asks for at one time: so near to the limit something was refused.
_REFUSED_BYTES = 8 << 20


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return one frame."""
    return HEADER.pack(kind, len(payload)) + payload


def main(catalog: str, memory_bytes: int) -> None:
    """Serve until standard input ends; `catalog` is a path, empty for the packaged one."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    frames: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(source, frames), daemon=True).start()
    facts = load_catalog(Path(catalog)) if catalog else packaged_catalog()
    _go_first_where_memory_ends()
    limit = _limit(memory_bytes)
    _write(sink, READY, b"")
    reviewer: Reviewer | None = None
    while True:
        kind, payload = frames.get()
        if kind == OPTIONS:
            reviewer = Reviewer(facts, msgspec.msgpack.decode(payload, type=ReviewOptions))
        elif reviewer is not None:
            report = reviewer.review(msgspec.msgpack.decode(payload, type=ReviewItem))
            if limit and _most_taken() > limit - _REFUSED_BYTES:
                # A report that lacks what found no room would blame the script for it.
                os._exit(1)
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


def _go_first_where_memory_ends() -> None:
    """Have the kernel end this process before the service, and before any other."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


def _limit(memory_bytes: int) -> int:
    """Bound what may be allocated beyond the catalog, and keep scripts out of core dumps.

    Returns the address space in bytes that the process may have, 0 where nothing bounds it.
    """
    if os.name != "posix":
        return 0
    from importlib import import_module

    resource = import_module("resource")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statistics = Path("/proc/self/statm")
    if not memory_bytes or not statistics.exists():
        return 0
    used = int(statistics.read_text("ascii").split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + memory_bytes
    if hard != resource.RLIM_INFINITY and hard < limit:
        return hard
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    return limit


def _most_taken() -> int:
    """Return the largest address space in bytes that this process ever had, 0 if none is told."""
    found = _PEAK.search(Path("/proc/self/status").read_text("ascii", "replace"))
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
