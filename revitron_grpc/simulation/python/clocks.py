"""`datetime` and `time` on the clock of the run."""

import datetime as real
import time as real_time
from typing import Any

from revitron_grpc.simulation.environment import Environment

_EPOCH = real.datetime(1970, 1, 1)


def _timestamp(moment: real.datetime) -> float:
    return (moment - _EPOCH).total_seconds()


def datetime_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `datetime`; its `now` and `today` ask the run's clock."""
    clock = environment.clock

    class _AlsoRealDates(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, real.date)

    class _AlsoRealMoments(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, real.datetime)

    class date(real.date, metaclass=_AlsoRealDates):  # noqa: N801 - Python's name
        @classmethod
        def today(cls) -> Any:
            return cls.fromordinal(clock.now().toordinal())

        @classmethod
        def fromtimestamp(cls, timestamp: float, /) -> Any:
            return cls.fromordinal((_EPOCH + real.timedelta(seconds=timestamp)).toordinal())

    class datetime(real.datetime, metaclass=_AlsoRealMoments):  # noqa: N801 - Python's name
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> Any:
            moment = clock.now()
            if tz is not None:
                moment = moment.replace(tzinfo=real.UTC).astimezone(tz)
            return cls._of(moment)

        @classmethod
        def today(cls) -> Any:
            return cls.now()

        @classmethod
        def utcnow(cls) -> Any:
            return cls.now()

        @classmethod
        def fromtimestamp(cls, timestamp: float, tz: real.tzinfo | None = None) -> Any:
            moment = _EPOCH + real.timedelta(seconds=timestamp)
            if tz is not None:
                moment = moment.replace(tzinfo=real.UTC).astimezone(tz)
            return cls._of(moment)

        @classmethod
        def _of(cls, moment: real.datetime) -> Any:
            return cls.combine(moment.date(), moment.timetz())

        def timestamp(self) -> float:
            if self.tzinfo is not None:
                return super().timestamp()
            return _timestamp(self)

    names: dict[str, Any] = {
        "MAXYEAR": real.MAXYEAR,
        "MINYEAR": real.MINYEAR,
        "date": date,
        "datetime": datetime,
        "time": real.time,
        "timedelta": real.timedelta,
        "tzinfo": real.tzinfo,
    }
    if not environment.python2:
        names["timezone"] = real.timezone
    return names


def time_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `time`; sleeping takes no time."""
    clock = environment.clock

    def now() -> float:
        return _timestamp(clock.now())

    def broken_down(seconds: float | None = None) -> real_time.struct_time:
        return real_time.gmtime(now() if seconds is None else seconds)

    def formatted(form: str, moment: Any = None) -> str:
        return real_time.strftime(form, broken_down() if moment is None else moment)

    def seconds_of(moment: Any) -> float:
        return _timestamp(real.datetime(*tuple(moment)[:6]))

    def shown(moment: Any = None) -> str:
        return real_time.asctime(broken_down() if moment is None else moment)

    names: dict[str, Any] = {
        "time": now,
        "sleep": clock.sleep,
        "gmtime": broken_down,
        "localtime": broken_down,
        "strftime": formatted,
        "strptime": real_time.strptime,
        "mktime": seconds_of,
        "asctime": shown,
        "ctime": lambda seconds=None: shown(broken_down(seconds)),
        "struct_time": real_time.struct_time,
        "timezone": 0,
    }
    started = now()
    if environment.python2:
        names["clock"] = lambda: now() - started
    else:
        names["perf_counter"] = names["monotonic"] = lambda: now() - started
    return names
