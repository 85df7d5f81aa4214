"""`System.DateTime` and `System.TimeSpan`, on the clock of the run."""

import datetime as python
import re
from typing import Any

from revitron_grpc.simulation.behaviour import static_property
from revitron_grpc.simulation.environment import INVARIANT, Culture, current_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.exceptions import ArgumentOutOfRangeException, FormatException
from revitron_grpc.simulation.net.globalization import culture_of

_TOKEN = re.compile(
    r"yyyy|yy|MMMM|MMM|MM|M|dddd|ddd|dd|d|HH|H|hh|h|mm|m|ss|s|f{1,7}|tt|'[^']*'|\"[^\"]*\"|\\.|.",
    re.DOTALL,
)
_TICKS_A_SECOND = 10_000_000
_FIRST = python.datetime(1, 1, 1)


def _standard(letter: str, culture: Culture) -> tuple[str, Culture]:
    forms = {
        "d": culture.short_date,
        "D": culture.long_date,
        "g": f"{culture.short_date} {culture.short_time}",
        "G": f"{culture.short_date} {culture.long_time}",
        "f": f"{culture.long_date} {culture.short_time}",
        "F": f"{culture.long_date} {culture.long_time}",
        "t": culture.short_time,
        "T": culture.long_time,
    }
    if letter in forms:
        return forms[letter], culture
    fixed = {
        "s": "yyyy-MM-dd'T'HH:mm:ss",
        "o": "yyyy-MM-dd'T'HH:mm:ss.fffffff",
        "O": "yyyy-MM-dd'T'HH:mm:ss.fffffff",
        "u": "yyyy-MM-dd HH:mm:ss'Z'",
    }
    if letter in fixed:
        return fixed[letter], INVARIANT
    if letter in "mMrRUyY":
        raise NotSimulated(f"the date format {letter!r} of .NET")
    raise FormatException("Input string was not in a correct format.")


def date_text(moment: python.datetime, form: str, culture: Culture) -> str:
    """Write a date in a .NET format: a letter for a standard one, or tokens."""
    if not form:
        form = "G"
    if len(form) == 1:
        form, culture = _standard(form, culture)
    hour = moment.hour % 12 or 12
    weekday = (moment.weekday() + 1) % 7
    values = {
        "yyyy": f"{moment.year:04}",
        "yy": f"{moment.year % 100:02}",
        "MMMM": culture.months[moment.month - 1],
        "MMM": culture.short_months[moment.month - 1],
        "MM": f"{moment.month:02}",
        "M": str(moment.month),
        "dddd": culture.days[weekday],
        "ddd": culture.short_days[weekday],
        "dd": f"{moment.day:02}",
        "d": str(moment.day),
        "HH": f"{moment.hour:02}",
        "H": str(moment.hour),
        "hh": f"{hour:02}",
        "h": str(hour),
        "mm": f"{moment.minute:02}",
        "m": str(moment.minute),
        "ss": f"{moment.second:02}",
        "s": str(moment.second),
        "tt": culture.afternoon if moment.hour >= 12 else culture.morning,
        "%": "",
    }
    written = []
    for sign in _TOKEN.findall(form):
        if sign in values:
            written.append(values[sign])
        elif sign[0] == "f":
            written.append(f"{moment.microsecond:06}0"[: len(sign)])
        elif sign[0] in "'\"":
            written.append(sign[1:-1])
        elif sign[0] == "\\":
            written.append(sign[1:])
        elif sign == "/" and culture.name == "de-DE":
            written.append(".")
        elif sign in "FgKtyz":
            raise NotSimulated(f"the date format {form!r} of .NET")
        else:
            written.append(sign)
    return "".join(written).strip()


class TimeSpan:
    """`System.TimeSpan`."""

    _net_value_type = True

    def __init__(self, *parts: int) -> None:
        names = {0: (), 3: ("hours", "minutes", "seconds")}.get(
            len(parts), ("days", "hours", "minutes", "seconds", "milliseconds")
        )
        if len(parts) == 1:
            self._span = python.timedelta(microseconds=parts[0] / 10)
        else:
            self._span = python.timedelta(**dict(zip(names, parts, strict=False)))

    @classmethod
    def _of(cls, span: python.timedelta) -> "TimeSpan":
        made = cls()
        made._span = span
        return made

    Zero = static_property(lambda cls: cls())

    @classmethod
    def FromDays(cls, value: float) -> "TimeSpan":
        return cls._of(python.timedelta(days=value))

    @classmethod
    def FromHours(cls, value: float) -> "TimeSpan":
        return cls._of(python.timedelta(hours=value))

    @classmethod
    def FromMinutes(cls, value: float) -> "TimeSpan":
        return cls._of(python.timedelta(minutes=value))

    @classmethod
    def FromSeconds(cls, value: float) -> "TimeSpan":
        return cls._of(python.timedelta(seconds=value))

    @classmethod
    def FromMilliseconds(cls, value: float) -> "TimeSpan":
        return cls._of(python.timedelta(milliseconds=value))

    def _whole(self, seconds: int, turn: int) -> int:
        total = int(self._span.total_seconds() / seconds)
        return int(abs(total) % turn * (-1 if total < 0 else 1)) if turn else total

    Days = property(lambda self: self._whole(86400, 0))
    Hours = property(lambda self: self._whole(3600, 24))
    Minutes = property(lambda self: self._whole(60, 60))
    Seconds = property(lambda self: self._whole(1, 60))
    Milliseconds = property(lambda self: self._span.microseconds // 1000)
    TotalDays = property(lambda self: self._span.total_seconds() / 86400)
    TotalHours = property(lambda self: self._span.total_seconds() / 3600)
    TotalMinutes = property(lambda self: self._span.total_seconds() / 60)
    TotalSeconds = property(lambda self: self._span.total_seconds())
    TotalMilliseconds = property(lambda self: self._span.total_seconds() * 1000)
    Ticks = property(lambda self: round(self._span.total_seconds() * _TICKS_A_SECOND))

    def Add(self, other: "TimeSpan") -> "TimeSpan":
        return self + other

    def Subtract(self, other: "TimeSpan") -> "TimeSpan":
        return self - other

    def __add__(self, other: "TimeSpan") -> "TimeSpan":
        return TimeSpan._of(self._span + other._span)

    def __sub__(self, other: "TimeSpan") -> "TimeSpan":
        return TimeSpan._of(self._span - other._span)

    def __neg__(self) -> "TimeSpan":
        return TimeSpan._of(-self._span)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TimeSpan) and self._span == other._span

    def __hash__(self) -> int:
        return hash(self._span)

    def __lt__(self, other: "TimeSpan") -> bool:
        return self._span < other._span

    def __le__(self, other: "TimeSpan") -> bool:
        return self._span <= other._span

    def ToString(self) -> str:
        span = abs(self._span)
        days, seconds = span.days, span.seconds
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        fraction = f".{span.microseconds:06}0" if span.microseconds else ""
        sign = "-" if self._span < python.timedelta() else ""
        return f"{sign}{f'{days}.' if days else ''}{clock}{fraction}"

    __str__ = ToString

    def __repr__(self) -> str:
        return f"<System.TimeSpan object [{self.ToString()}]>"


class DateTime:
    """`System.DateTime`; local time and UTC are the same here."""

    _net_value_type = True

    def __init__(
        self,
        year: int = 1,
        month: int = 1,
        day: int = 1,
        hour: int = 0,
        minute: int = 0,
        second: int = 0,
        millisecond: int = 0,
    ) -> None:
        try:
            self._moment = python.datetime(
                year, month, day, hour, minute, second, millisecond * 1000
            )
        except ValueError:
            raise ArgumentOutOfRangeException(
                "Year, Month, and Day parameters describe an un-representable DateTime."
            ) from None

    @classmethod
    def _of(cls, moment: python.datetime) -> "DateTime":
        made = cls()
        made._moment = moment
        return made

    Now = static_property(lambda cls: cls._of(current_environment().clock.now()))
    UtcNow = static_property(lambda cls: cls._of(current_environment().clock.now()))
    Today = static_property(lambda cls: cls._of(current_environment().clock.now()).Date)
    MinValue = static_property(lambda cls: cls())

    Year = property(lambda self: self._moment.year)
    Month = property(lambda self: self._moment.month)
    Day = property(lambda self: self._moment.day)
    Hour = property(lambda self: self._moment.hour)
    Minute = property(lambda self: self._moment.minute)
    Second = property(lambda self: self._moment.second)
    Millisecond = property(lambda self: self._moment.microsecond // 1000)
    DayOfYear = property(lambda self: self._moment.timetuple().tm_yday)
    Ticks = property(lambda self: (self._moment - _FIRST) // python.timedelta(microseconds=1) * 10)

    @property
    def Date(self) -> "DateTime":
        return DateTime(self._moment.year, self._moment.month, self._moment.day)

    @property
    def TimeOfDay(self) -> TimeSpan:
        return self - self.Date

    @classmethod
    def Parse(cls, text: str, *_: Any) -> "DateTime":
        try:
            return cls._of(python.datetime.fromisoformat(text))
        except ValueError:
            raise NotSimulated(f"reading the date {text!r} in .NET") from None

    def AddDays(self, value: float) -> "DateTime":
        return DateTime._of(self._moment + python.timedelta(days=value))

    def AddHours(self, value: float) -> "DateTime":
        return DateTime._of(self._moment + python.timedelta(hours=value))

    def AddMinutes(self, value: float) -> "DateTime":
        return DateTime._of(self._moment + python.timedelta(minutes=value))

    def AddSeconds(self, value: float) -> "DateTime":
        return DateTime._of(self._moment + python.timedelta(seconds=value))

    def AddMonths(self, months: int) -> "DateTime":
        year, month = divmod(self._moment.year * 12 + self._moment.month - 1 + months, 12)
        day = self._moment.day
        while True:
            try:
                return DateTime._of(self._moment.replace(year=year, month=month + 1, day=day))
            except ValueError:
                day -= 1

    def AddYears(self, years: int) -> "DateTime":
        return self.AddMonths(12 * years)

    def Add(self, span: TimeSpan) -> "DateTime":
        return DateTime._of(self._moment + span._span)

    def Subtract(self, other: Any) -> Any:
        if isinstance(other, TimeSpan):
            return DateTime._of(self._moment - other._span)
        return TimeSpan._of(self._moment - other._moment)

    __add__ = Add
    __sub__ = Subtract

    def ToLocalTime(self) -> "DateTime":
        return self

    ToUniversalTime = ToLocalTime

    def CompareTo(self, other: "DateTime") -> int:
        return (self._moment > other._moment) - (self._moment < other._moment)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateTime) and self._moment == other._moment

    def __hash__(self) -> int:
        return hash(self._moment)

    def __lt__(self, other: "DateTime") -> bool:
        return self._moment < other._moment

    def __le__(self, other: "DateTime") -> bool:
        return self._moment <= other._moment

    def ToString(self, form: Any = "", provider: Any = None) -> str:
        if not isinstance(form, str) and form is not None:
            form, provider = "", form
        return date_text(self._moment, form or "", culture_of(provider))

    def ToShortDateString(self) -> str:
        return self.ToString("d")

    def ToLongDateString(self) -> str:
        return self.ToString("D")

    def ToShortTimeString(self) -> str:
        return self.ToString("t")

    def ToLongTimeString(self) -> str:
        return self.ToString("T")

    def __format__(self, form: str) -> str:
        return self.ToString(form)

    def __str__(self) -> str:
        return self.ToString()

    def __repr__(self) -> str:
        return f"<System.DateTime object [{self.ToString()}]>"


class Stopwatch:
    """`System.Diagnostics.Stopwatch`: the run's clock stands still, so it shows no time."""

    def __init__(self) -> None:
        self._started: python.datetime | None = None
        self._before = python.timedelta()

    @classmethod
    def StartNew(cls) -> "Stopwatch":
        made = cls()
        made.Start()
        return made

    def Start(self) -> None:
        if self._started is None:
            self._started = current_environment().clock.now()

    def Stop(self) -> None:
        self._before = self.Elapsed._span
        self._started = None

    def Reset(self) -> None:
        self._started = None
        self._before = python.timedelta()

    def Restart(self) -> None:
        self.Reset()
        self.Start()

    @property
    def IsRunning(self) -> bool:
        return self._started is not None

    @property
    def Elapsed(self) -> TimeSpan:
        if self._started is None:
            return TimeSpan._of(self._before)
        return TimeSpan._of(self._before + (current_environment().clock.now() - self._started))

    @property
    def ElapsedMilliseconds(self) -> int:
        return int(self.Elapsed.TotalMilliseconds)
