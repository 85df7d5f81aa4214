"""The state of one run: which Revit, which document, what the user answers and sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from revitron_grpc.simulation.answers import Answers
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.environment import ENGLISH, GERMAN, Clock, Environment, in_environment
from revitron_grpc.simulation.outcome import Outcome
from revitron_grpc.simulation.virtual_files import VirtualFiles

_CURRENT: ContextVar["Session"] = ContextVar("revit_session")


@dataclass
class Session:
    """One Revit with one user in front of it, for the time of one script.

    `linked` are the databases of loaded links by the id of their `RevitLinkType`. `selection`
    holds ids; `config` is what pyRevit remembers between runs; `variables` its environment
    variables. The clock stands at `now` (ISO 8601), so that equal runs are equal.
    """

    api: RevitApi
    database: Database
    answers: Answers = field(default_factory=Answers)
    outcome: Outcome = field(default_factory=Outcome)
    files: VirtualFiles = field(default_factory=VirtualFiles)
    selection: list[int] = field(default_factory=list)
    config: dict[str, dict[str, Any]] = field(default_factory=dict)
    remembered: dict[str, Any] = field(default_factory=dict)
    """What the button itself remembers, where its section has no name yet."""
    variables: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """Modules of the script's own extension that it may import, by full name."""
    pyrevit_version: str = "5.0.0"
    now: str = "2026-03-02T09:30:00"
    shift_click: bool = False
    libraries: dict[str, Any] = field(default_factory=dict)
    """Modules of Python libraries that calls into them find again, by name."""
    schemas: dict[str, Any] = field(default_factory=dict)
    """Schemas of extensible storage that the script finished, by GUID."""
    document: Any = None
    uidocument: Any = None
    application: Any = None
    uiapplication: Any = None

    @property
    def language(self) -> str:
        """The language of this Revit: `en` or `de`."""
        return self.database.language

    @cached_property
    def environment(self) -> Environment:
        """The computer that this Revit runs on, as .NET and Python's modules show it."""
        return Environment(
            engine=self.api.engine,
            culture=GERMAN if self.language == "de" else ENGLISH,
            clock=Clock(datetime.fromisoformat(self.now)),
            files=self.files,
            write=self.outcome.write,
            started=self.outcome.opened,
        )


def current_session() -> Session:
    """Return the session of the script that is running; `LookupError` outside of a run."""
    return _CURRENT.get()


@contextmanager
def opened(session: Session) -> Iterator[Session]:
    """Make a session the current one."""
    token = _CURRENT.set(session)
    try:
        with in_environment(session.environment):
            yield session
    finally:
        _CURRENT.reset(token)
