"""A connection to PostgreSQL that does not wait for ever.

The server's own limit on statements does not help where the server hangs, and the system's does not
where it still acknowledges what is sent to it.
"""

import time
from collections.abc import Generator
from typing import Any

import psycopg
from psycopg.waiting import Ready
from typing_extensions import override

# The server's own limit comes first: its answer keeps the connection.
_GRACE_SECONDS = 0.5


class BoundedConnection(psycopg.Connection[Any]):
    """Closes itself where the server has not answered in time."""

    seconds: float | None = None
    """How long one statement may take; None for as long as it takes."""

    @override
    def wait(self, gen: Generator[Any, Any, Any], *arguments: Any, **options: Any) -> Any:
        """Wait for an answer; `OperationalError` where none comes in time."""
        if self.seconds is not None:
            gen = self._bounded(gen, self.seconds + _GRACE_SECONDS)
        return super().wait(gen, *arguments, **options)

    def _bounded(self, gen: Generator[Any, Any, Any], seconds: float) -> Generator[Any, Any, Any]:
        """Pass on what the driver asks of the socket, and what it is told ten times a second."""
        deadline = time.monotonic() + seconds
        try:
            asked = next(gen)
            while True:
                ready = yield asked
                if ready not in (Ready.R, Ready.W, Ready.RW) and time.monotonic() > deadline:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no answer for {seconds:g} s")
                asked = gen.send(ready)
        except StopIteration as ended:
            return ended.value
