"""The bounded pool behind the executor seam: threads by default, spawned processes by choice.

Under the GIL threads do not add throughput; they keep the event loop free to answer. Processes
are spawned, never forked: gRPC does not survive a fork.
"""

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Literal, TypeVar

from revitron_grpc.button_spec import ButtonSpec
from revitron_grpc.catalog.load import load_catalog
from revitron_grpc.process_logs import FIELDS, ProcessLogs, send_lines, with_words, words_now
from revitron_grpc.recipes.library import load_packs
from revitron_grpc.workshop import Memory, Task, Workshop

# Seconds that a spawned worker may take to load its workshop.
_BEGIN_SECONDS = 60.0

_log = logging.getLogger("revitron_grpc.pool")

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class JudgePool:
    """Judges candidates beside the caller; knows how many are queued or in work."""

    def __init__(
        self,
        workshop: Workshop,
        kind: Literal["thread", "process"],
        workers: int,
        *,
        catalog: Path | None = None,
        packs: tuple[Path, ...] = (),
    ) -> None:
        """`catalog` and `packs` say from where a process loads its own workshop."""
        self._logs: ProcessLogs | None = None
        self._workshop = workshop
        self._workers = workers
        self._kind = kind
        if kind == "thread":
            self._executor = ThreadPoolExecutor(workers, thread_name_prefix="judge")
        else:
            context = multiprocessing.get_context("spawn")
            self._logs = ProcessLogs(context)
            self._executor = ProcessPoolExecutor(
                workers,
                mp_context=context,
                initializer=_open_workshop,
                initargs=(
                    catalog,
                    packs,
                    workshop.research,
                    workshop.memory,
                    context.Barrier(workers),
                    self._logs.queue,
                    self._logs.level,
                ),
            )
        self._lock = Lock()
        self._outstanding = 0

    @property
    def outstanding(self) -> int:
        """Tasks queued or in work; 0 when nobody is served."""
        return self._outstanding

    def warm_up(self, sample: Sequence[Task]) -> None:
        """Do what a first run would otherwise wait for, in this process or in all spawned ones."""
        if self._kind == "thread":
            self._workshop.warm_up(sample)
            return
        # Each of these waits for all workers to have begun, so that every worker takes one.
        futures = [self._executor.submit(_warm_up, tuple(sample)) for _ in range(self._workers)]
        for future in futures:
            future.result()

    def submit(self, task: Task) -> "Future[ButtonSpec]":
        """Queue a task; its future can be cancelled until a worker takes it.

        What is logged about it carries the words that are bound here, such as the request's name.
        """
        with self._lock:
            self._outstanding += 1
        if self._kind == "thread":
            future = self._executor.submit(copy_context().run, _judged, self._workshop, task)
        else:
            future = self._executor.submit(_judge_in_process, task, words_now())
        future.add_done_callback(self._done)
        return future

    @property
    def shares_memory(self) -> bool:
        """Whether the workers are threads, which `call` needs."""
        return self._kind == "thread"

    def call(self, function: Callable[[_Given], _Made], given: _Given) -> "Future[_Made]":
        """Queue a call for a thread of the pool; like `submit` otherwise."""
        if not self.shares_memory:
            raise RuntimeError("a pool of processes takes tasks only")
        with self._lock:
            self._outstanding += 1
        future = self._executor.submit(copy_context().run, function, given)
        future.add_done_callback(self._done)
        return future

    def close(self) -> None:
        """Drop what is queued, wait for what is in work, and end the workers."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        if self._logs is not None:
            self._logs.close()
            self._logs = None

    def _done(self, _: "Future[Any]") -> None:
        with self._lock:
            self._outstanding -= 1


@dataclass(frozen=True, slots=True)
class _Worker:
    """What a spawned process of the pool has."""

    workshop: Workshop
    all_begun: Barrier


_worker: _Worker | None = None


def _open_workshop(
    catalog: Path | None,
    packs: tuple[Path, ...],
    research: bool,
    memory: Memory,
    all_begun: Barrier,
    lines: "Queue[logging.LogRecord]",
    level: int,
) -> None:
    _end_with_parent()
    send_lines(lines, level)
    # A process of the pool is one worker; the module is its only place to keep it.
    global _worker
    workshop = Workshop(load_catalog(catalog), load_packs(packs), research=research, memory=memory)
    _worker = _Worker(workshop, all_begun)


def _end_with_parent() -> None:
    """End this process when the one that spawned it is gone, however that came.

    It would wait for work for ever: every process of the pool holds both ends of the queue.
    """
    # Ctrl-C in a terminal reaches the whole group; the parent drains, and this process with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None:  # so does the signal that has the parent take a new catalog
        signal.signal(hangup, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait(sentinel: int) -> None:
        connection.wait([sentinel])
        os._exit(1)

    Thread(target=wait, args=(parent.sentinel,), name="parent", daemon=True).start()


def _own_worker() -> _Worker:
    if _worker is None:
        raise RuntimeError("the process of the pool has no workshop")
    return _worker


def _warm_up(sample: tuple[Task, ...]) -> None:
    worker = _own_worker()
    worker.all_begun.wait(_BEGIN_SECONDS)
    worker.workshop.warm_up(sample)


def _judge_in_process(task: Task, words: dict[str, Any]) -> ButtonSpec:
    with with_words(words):
        return _judged(_own_worker().workshop, task)


def _judged(workshop: Workshop, task: Task) -> ButtonSpec:
    began = time.perf_counter()
    spec = workshop.judge(task)
    if _log.isEnabledFor(logging.DEBUG):
        fields = {
            "candidate": str(task.candidate_key),
            "passed": spec.verdict.passed,
            "milliseconds": round(1000 * (time.perf_counter() - began), 1),
        }
        _log.debug("candidate judged", extra={FIELDS: fields})
    return spec
