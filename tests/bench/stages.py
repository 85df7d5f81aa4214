"""What judging a candidate costs, stage by stage, with nothing judged before.

usage: python -m tests.bench.stages COUNT

One thread, and CPU time: what other programs of the machine do shows less.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from revitron_grpc import run, workshop
from revitron_grpc.analysis import analyser
from revitron_grpc.button_spec import ButtonSpec
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.generation import render
from revitron_grpc.generation.request import GenerationRequest
from revitron_grpc.pipeline import Pipeline
from revitron_grpc.pool import JudgePool
from revitron_grpc.recipes.library import packaged_library
from revitron_grpc.run import Accepted
from revitron_grpc.service.process.interpreter import prepare_interpreter
from revitron_grpc.service.wire.messages import spec_message
from revitron_grpc.settings import Settings
from revitron_grpc.simulation import proof, running
from revitron_grpc.specs_digest import SpecsDigest
from revitron_grpc.vocabulary import Category
from revitron_grpc.workshop import Task, Workshop

STAGES: tuple[tuple[str, object, str], ...] = (
    ("render", render.ScriptRenderer, "render"),
    ("analysis: parse", analyser, "parse"),
    ("analysis: walk", analyser, "run_module"),
    ("analysis: the rest", workshop, "analyse"),
    ("simulation: compile", running, "compiled"),
    ("simulation: run", proof, "run_script"),
    ("simulation: the rest", workshop, "prove"),
    ("criteria", workshop, "judge"),
    ("assembly", workshop, "assemble"),
    ("judging: the rest", workshop.Workshop, "judge"),
    ("settle", run.Run, "settle"),
)
"""What is measured: its name, and the function as its caller finds it."""
MESSAGE = "message"


class Clock:
    """CPU seconds of this thread by stage; what a stage calls of another is the other's."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the block as part of a stage."""
        self._inner.append(0.0)
        began = time.thread_time()
        try:
            yield
        finally:
            took = time.thread_time() - began
            self.seconds[name] += took - self._inner.pop()
            if self._inner:
                self._inner[-1] += took

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, counted as a stage."""

        def counted(*arguments: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*arguments, **named)

        return counted


class _OneThread(JudgePool):
    """Judges at once, in the caller's thread."""

    def submit(self, task: Task) -> "Future[ButtonSpec]":
        future: Future[ButtonSpec] = Future()
        future.set_result(self._workshop.judge(task))
        return future


def measure(count: int) -> dict[str, Any]:
    """Return milliseconds a candidate by stage, and the digest over the specs."""
    shop = Workshop(packaged_catalog(), packaged_library())
    pool = _OneThread(shop, "thread", 1)
    pipeline = Pipeline(shop, pool, Settings().validation, window=4, release="bench")
    pipeline.warm_up()
    prepare_interpreter()
    clock, digest = Clock(), SpecsDigest()
    with ExitStack() as patched:
        for name, owner, attribute in STAGES:
            timed = clock.timed(name, getattr(owner, attribute))
            patched.enter_context(patch.object(owner, attribute, timed))
        going = pipeline.open(GenerationRequest(count, tuple(Category), shop.catalog.versions))
        while (future := going.next_future()) is not None:
            event = going.settle(future.result())
            if isinstance(event, Accepted):
                with clock.stage(MESSAGE):
                    message = spec_message(event.spec, event.ordinal, icons=True)
                    digest.add(event.ordinal, message.id, message.digest)
    pool.close()
    names = (*(name for name, _, _ in STAGES), MESSAGE)
    ms = {name: round(1000 * clock.seconds[name] / going.judged, 3) for name in names}
    return {
        "candidates": going.judged,
        "ms_a_candidate": ms,
        "ms_a_candidate_in_all": round(sum(ms.values()), 2),
        "specs_digest": digest.hexdigest(),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
