"""Small classes around plain values: attribute dictionaries, colours, dates, texts, units, log."""

import re
from datetime import datetime
from typing import Any

from revitron_grpc.simulation.pyrevit.logger import LoggerWrapper
from revitron_grpc.simulation.revitron.library import db, of_revitron

_DATE_FORMAT = "%Y-%m-%d %H:%M:%S"
_TRANSLITERATED = str.maketrans({"ü": "ue", "Ü": "Ue", "ö": "oe", "Ö": "Oe", "ä": "ae", "Ä": "Ae"})


@of_revitron("_utils")
class AttrDict(dict[str, Any]):
    """A dictionary whose items are attributes too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.__dict__ = self


@of_revitron("_utils")
class Color:
    """Colours of Revit from text."""

    @staticmethod
    def fromHex(hex: str) -> Any:
        """Return the colour of `#RRGGBB`."""
        digits = hex.replace("#", "")
        return db().Color(*(int(digits[place : place + 2], 16) for place in (0, 2, 4)))


@of_revitron("_utils")
class Date:
    """Differences between dates written as text."""

    @staticmethod
    def diffMin(dateA: str, dateB: str) -> float:
        """Return the minutes from one date to another, rounded to two decimals."""
        passed = datetime.strptime(dateB, _DATE_FORMAT) - datetime.strptime(dateA, _DATE_FORMAT)
        return round(passed.total_seconds() / 60, 2)


@of_revitron("_utils")
class Log:
    """The log of the script."""

    def __init__(self) -> None:
        self.logger = LoggerWrapper("script.py")

    def error(self, message: str) -> None:
        """Log an error."""
        self.logger.error(message)

    def warning(self, message: str) -> None:
        """Log a warning."""
        self.logger.warning(message)


@of_revitron("_utils")
class String:
    """Texts for file names."""

    @staticmethod
    def sanitize(string: str) -> str:
        """Return the text with letters, digits, `_` and `-` alone, umlauts spelt out."""
        text = re.sub(r"[^a-zA-Z0-9_\-]", "_", string.translate(_TRANSLITERATED))
        return re.sub("(-_|_-)", "-", re.sub("_+", "_", text))


@of_revitron("unit")
class Unit:
    """Units of Revit."""

    @staticmethod
    def convertToInternalUnit(value: Any, unit: Any) -> float:
        """Return a number, or a text that is one, in Revit's internal unit."""
        return db().UnitUtils.ConvertToInternalUnits(float(value), unit)
