"""The bounded pool behind the executor seam: threads by default, spawned processes by choice.

Under the GIL threads do not add throughput; they keep the event loop free to answer. Processes
are spawned, never forked: gRPC does not survive a fork.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Literal

from revitron_grpc.button_spec import ButtonSpec
from revitron_grpc.catalog.load import load_catalog
from revitron_grpc.recipes.library import load_packs
from revitron_grpc.workshop import Task, Workshop


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
        self._judge: Callable[[Task], ButtonSpec]
        if kind == "thread":
            self._executor = ThreadPoolExecutor(workers, thread_name_prefix="judge")
            self._judge = workshop.judge
        else:
            self._executor = ProcessPoolExecutor(
                workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_open_workshop,
                initargs=(catalog, packs),
            )
            self._judge = _judge_in_process
        self._lock = Lock()
        self._outstanding = 0

    @property
    def outstanding(self) -> int:
        """Tasks queued or in work; 0 when nobody is served."""
        return self._outstanding

    def submit(self, task: Task) -> "Future[ButtonSpec]":
        """Queue a task; its future can be cancelled until a worker takes it."""
        with self._lock:
            self._outstanding += 1
        future = self._executor.submit(self._judge, task)
        future.add_done_callback(self._done)
        return future

    def close(self) -> None:
        """Drop what is queued, wait for what is in work, and end the workers."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _done(self, _: "Future[ButtonSpec]") -> None:
        with self._lock:
            self._outstanding -= 1


_workshop: Workshop | None = None


def _open_workshop(catalog: Path | None, packs: tuple[Path, ...]) -> None:
    # A process of the pool is one workshop; the module is its only place to keep it.
    global _workshop
    _workshop = Workshop(load_catalog(catalog), load_packs(packs))


def _judge_in_process(task: Task) -> ButtonSpec:
    if _workshop is None:
        raise RuntimeError("the process of the pool has no workshop")
    return _workshop.judge(task)
