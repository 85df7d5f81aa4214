"""`System.Globalization`: how the user's Windows writes numbers and dates."""

from typing import Any

from revitron_grpc.simulation.behaviour import static_property
from revitron_grpc.simulation.environment import (
    ENGLISH,
    GERMAN,
    INVARIANT,
    Culture,
    current_environment,
)
from revitron_grpc.simulation.errors import NotSimulated

_CULTURES = {culture.name.lower(): culture for culture in (ENGLISH, GERMAN, INVARIANT)}


class NumberFormatInfo:
    """`NumberFormatInfo`: the signs in numbers."""

    def __init__(self, culture: Culture = INVARIANT) -> None:
        self.NumberDecimalSeparator = culture.decimal
        self.NumberGroupSeparator = culture.group
        self.CurrencyDecimalSeparator = culture.decimal
        self.PercentDecimalSeparator = culture.decimal
        self.NegativeSign = "-"
        self.PositiveSign = "+"
        self.PercentSymbol = "%"
        self.NumberDecimalDigits = 2

    InvariantInfo = static_property(lambda cls: cls(INVARIANT))
    CurrentInfo = static_property(lambda cls: cls(current_environment().culture))


class TextInfo:
    """`TextInfo`: the sign between the items of a list, and letters in capitals."""

    def __init__(self, culture: Culture) -> None:
        self.ListSeparator = culture.list_separator
        self.CultureName = culture.name

    def ToUpper(self, text: str) -> str:
        return text.upper()

    def ToLower(self, text: str) -> str:
        return text.lower()

    def ToTitleCase(self, text: str) -> str:
        words = text.split(" ")
        # Words all in capitals stay, as acronyms.
        return " ".join(word if word.isupper() else word.capitalize() for word in words)


class DateTimeFormatInfo:
    """`DateTimeFormatInfo`: the forms of dates."""

    def __init__(self, culture: Culture) -> None:
        self.ShortDatePattern = culture.short_date
        self.LongDatePattern = culture.long_date
        self.LongTimePattern = culture.long_time
        self.ShortTimePattern = culture.short_time
        self._culture = culture

    def GetMonthName(self, month: int) -> str:
        return self._culture.months[month - 1]


class CultureInfo:
    """`CultureInfo`: English (United States), German (Germany) and the invariant one."""

    def __init__(self, name: str = "", useUserOverride: bool = True) -> None:
        culture = _CULTURES.get(name.lower())
        if culture is None:
            raise NotSimulated(f"the culture {name!r}")
        self._culture = culture

    @classmethod
    def _of(cls, culture: Culture) -> "CultureInfo":
        return cls(culture.name)

    CurrentCulture = static_property(lambda cls: cls._of(current_environment().culture))
    CurrentUICulture = static_property(lambda cls: cls._of(current_environment().culture))
    InvariantCulture = static_property(lambda cls: cls._of(INVARIANT))

    @classmethod
    def GetCultureInfo(cls, name: str) -> "CultureInfo":
        return cls(name)

    @classmethod
    def CreateSpecificCulture(cls, name: str) -> "CultureInfo":
        return cls({"en": "en-US", "de": "de-DE"}.get(name, name))

    @property
    def Name(self) -> str:
        return self._culture.name

    @property
    def TwoLetterISOLanguageName(self) -> str:
        return self._culture.name[:2] or "iv"

    @property
    def NumberFormat(self) -> NumberFormatInfo:
        return NumberFormatInfo(self._culture)

    @property
    def TextInfo(self) -> TextInfo:
        return TextInfo(self._culture)

    @property
    def DateTimeFormat(self) -> DateTimeFormatInfo:
        return DateTimeFormatInfo(self._culture)

    def ToString(self) -> str:
        return self._culture.name

    __str__ = ToString

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CultureInfo) and other._culture is self._culture

    def __hash__(self) -> int:
        return hash(self._culture.name)


def culture_of(provider: Any) -> Culture:
    """Return the culture of an `IFormatProvider`; the user's where there is none."""
    if isinstance(provider, CultureInfo):
        return provider._culture
    if isinstance(provider, NumberFormatInfo):
        return INVARIANT if provider.NumberDecimalSeparator == "." else GERMAN
    if provider is None:
        return current_environment().culture
    raise TypeError(f"expected IFormatProvider, got {type(provider).__name__}")
