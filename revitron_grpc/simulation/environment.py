"""The computer that a script runs on: engine, clock, language, user and files.

.NET and Python's standard modules look here and nowhere else, so that a run depends on nothing of
the computer that simulates it.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from revitron_grpc.simulation.virtual_files import VirtualFiles
from revitron_grpc.vocabulary import Engine


@dataclass(frozen=True, slots=True)
class Culture:
    """How Windows writes numbers, dates and lists for a language."""

    name: str
    decimal: str
    group: str
    list_separator: str
    short_date: str
    long_time: str
    short_time: str
    long_date: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    """From Sunday on, as .NET counts them."""
    short_days: tuple[str, ...]
    morning: str = ""
    afternoon: str = ""


_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
_ENGLISH_DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"
_GERMAN_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)
_GERMAN_DAYS = "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"

# Source: .NET's own tables (System.Globalization), as they stand in a Windows of that language.
ENGLISH = Culture(
    "en-US",
    ".",
    ",",
    ",",
    "M/d/yyyy",
    "h:mm:ss tt",
    "h:mm tt",
    "dddd, MMMM d, yyyy",
    tuple(_ENGLISH_MONTHS.split()),
    tuple(month[:3] for month in _ENGLISH_MONTHS.split()),
    tuple(_ENGLISH_DAYS.split()),
    tuple(day[:3] for day in _ENGLISH_DAYS.split()),
    "AM",
    "PM",
)
GERMAN = Culture(
    "de-DE",
    ",",
    ".",
    ";",
    "dd.MM.yyyy",
    "HH:mm:ss",
    "HH:mm",
    "dddd, d. MMMM yyyy",
    tuple(_GERMAN_MONTHS.split()),
    tuple("Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez".split()),
    tuple(_GERMAN_DAYS.split()),
    tuple(day[:2] for day in _GERMAN_DAYS.split()),
)
INVARIANT = Culture(
    "",
    ".",
    ",",
    ",",
    "MM/dd/yyyy",
    "HH:mm:ss",
    "HH:mm",
    "dddd, dd MMMM yyyy",
    ENGLISH.months,
    ENGLISH.short_months,
    ENGLISH.days,
    ENGLISH.short_days,
    "AM",
    "PM",
)


class Clock:
    """A clock that stands still, except while a script sleeps."""

    def __init__(self, now: datetime = datetime(2025, 3, 14, 9, 26, 53)) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the time of day where the user sits; UTC is the same here."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Go on by so many seconds, at once."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self._now += timedelta(seconds=seconds)


@dataclass(slots=True)
class Environment:
    """What a script sees of the computer; one a run."""

    engine: Engine = Engine.IRONPYTHON_27
    culture: Culture = ENGLISH
    clock: Clock = field(default_factory=Clock)
    user_name: str = "user"
    machine_name: str = "WORKSTATION"
    files: VirtualFiles = field(default_factory=VirtualFiles)
    write: Callable[[str], object] = lambda _text: None
    """Takes what is printed."""
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311
    """What `random`, new GUIDs and temporary names are drawn from."""
    started: list[str] = field(default_factory=list)
    """Files and addresses that the script had Windows open for the user."""
    modules: Any = None
    """The `StandardModules` of the run, once it has imported one."""

    @property
    def ironpython(self) -> bool:
        """Whether the engine is an IronPython."""
        return self.engine is not Engine.CPYTHON_3

    @property
    def python2(self) -> bool:
        """Whether the engine speaks Python 2."""
        return self.engine is Engine.IRONPYTHON_27

    @property
    def home(self) -> str:
        """The user's own folder."""
        return rf"C:\Users\{self.user_name}"

    @property
    def temporary_folder(self) -> str:
        """Where temporary files go."""
        return rf"{self.home}\AppData\Local\Temp"

    def variables(self) -> dict[str, str]:
        """Return the environment variables that scripts ask for."""
        return {
            "APPDATA": rf"{self.home}\AppData\Roaming",
            "COMPUTERNAME": self.machine_name,
            "LOCALAPPDATA": rf"{self.home}\AppData\Local",
            "PROGRAMDATA": r"C:\ProgramData",
            "TEMP": self.temporary_folder,
            "TMP": self.temporary_folder,
            "USERNAME": self.user_name,
            "USERPROFILE": self.home,
        }


_CURRENT: ContextVar[Environment] = ContextVar("revitron_grpc_simulated_environment")


def current_environment() -> Environment:
    """Return the environment of the run under way in this thread.

    Raises `LookupError` outside of a run.
    """
    return _CURRENT.get()


def under_cpython() -> bool:
    """Whether the run under way is one of CPython's; outside of a run it is IronPython's."""
    environment = _CURRENT.get(None)
    return environment is not None and not environment.ironpython


@contextmanager
def in_environment(environment: Environment) -> Iterator[Environment]:
    """Make an environment the current one of this thread while a script runs."""
    token = _CURRENT.set(environment)
    try:
        yield environment
    finally:
        _CURRENT.reset(token)
