"""How often each warning and each error was logged: the metric of what has no other one."""

import logging
from collections import Counter
from threading import Lock

from typing_extensions import override

from revitron_grpc.service.telemetry.ecs import action_of

LIBRARY = "library"
"""What lines of libraries are counted as: their words are nobody's to know beforehand."""


class LoggedEvents(logging.Handler):
    """Counts warnings and errors of this process, by the name of the event and the level."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._counting = Lock()

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Count one line; the names of our events are constants, so there are not many."""
        if record.name.partition(".")[0] == "revitron_grpc":
            # structlog hands its words over as the message.
            words = record.msg if isinstance(record.msg, dict) else {}
            event = action_of(str(words.get("event") or record.getMessage()))
        else:
            event = LIBRARY
        with self._counting:
            self._counts[event, record.levelname.lower()] += 1

    def counts(self) -> dict[tuple[str, str], int]:
        """The counts of each event and level."""
        with self._counting:
            return dict(self._counts)


LOGGED = LoggedEvents()
"""The counts of this process, which `configure_logging` begins: a log is the whole process's."""
