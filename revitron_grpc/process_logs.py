"""Log lines of spawned processes, written by the process that spawned them.

A process of the pool has no log of its own: its lines go through a bounded queue to the handlers
of its parent, with the words that were bound where the task was submitted, such as the request's
name. A line that finds the queue full is dropped; work never waits for the log.
"""

import copy
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from logging.handlers import QueueHandler, QueueListener
from multiprocessing.context import SpawnContext
from multiprocessing.queues import Queue
from queue import Full
from typing import Any

import structlog
from typing_extensions import override

from revitron_grpc.syntax_trees import one_tree_at_a_time

FIELDS = "fields"
"""The attribute of a record under which it carries words beside its message, as a dictionary."""

_MOST_LINES = 10_000


class ProcessLogs:
    """The receiving end, in the parent."""

    def __init__(self, context: SpawnContext) -> None:
        self.queue: Queue[logging.LogRecord] = context.Queue(_MOST_LINES)
        self.level = logging.getLogger("revitron_grpc").getEffectiveLevel()
        self._listener = QueueListener(self.queue, _Here())
        self._listener.start()

    def close(self) -> None:
        """Write what is still there; call it when the processes have ended."""
        self._listener.stop()
        self.queue.close()
        self.queue.join_thread()


def send_lines(queue: "Queue[logging.LogRecord]", level: int) -> None:
    """In a spawned process: send its lines to the parent, ours from `level` on."""
    root = logging.getLogger()
    root.handlers[:] = [_ToParent(queue)]
    logging.getLogger("revitron_grpc").setLevel(level)


@contextmanager
def with_words(words: Mapping[str, Any]) -> Iterator[None]:
    """Let all lines of the block carry these words, as those of the submitter do."""
    with structlog.contextvars.bound_contextvars(**words):
        yield


def words_now() -> dict[str, Any]:
    """The words that lines carry here and now, to be sent with a task."""
    return structlog.contextvars.get_contextvars()


class _ToParent(QueueHandler):
    """Makes a record ready to travel: its words and its error as plain text."""

    @override
    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        sent = copy.copy(record)
        sent.msg, sent.args = record.getMessage(), None
        fields = {**getattr(record, FIELDS, {}), **words_now()}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            with one_tree_at_a_time():
                trace = "".join(traceback.format_exception(error))
            fields |= {
                "error.type": type(error).__qualname__,
                "error.message": str(error),
                "error.stack_trace": trace,
            }
        sent.exc_info = sent.exc_text = sent.stack_info = None
        setattr(sent, FIELDS, fields)
        return sent

    @override
    def enqueue(self, record: logging.LogRecord) -> None:
        try:
            self.queue.put_nowait(record)
        except Full:
            return


class _Here(logging.Handler):
    """Hands a record to the handlers of this process, as if it had been made here."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        logging.getLogger(record.name).handle(record)
