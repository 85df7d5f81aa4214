"""How Revit shows and reads values: project units, rounding, decimal symbol, unit symbols.

Formats are those of the page "Units" of the Revit API developer guide; the texts of feet, inches
and slopes are field knowledge. What a formatted value looks like is for people: scripts that
calculate with it are wrong (behaviour 22).
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.unit_table import UnitFacts, specs, units

DecimalSymbolName = Literal["Dot", "Comma"]
_PREFIXED = frozenset(("UsDollar", "EuroPrefix", "UkPound", "Yen", "OneColon"))
_CLOSE = frozenset(
    ("Degree", "SlopeDegree", "Percent", "PerMille", "InchDoubleQuote", "FootSingleQuote")
)
_GROUPS = {"Dot": ".", "Comma": ",", "Space": " ", "Apostrophe": "'", "Tick": "\u2019"}
# Binary fractions of an inch down to 1/256, the finest that Revit offers.
_FINEST = 256


@dataclass(frozen=True, slots=True)
class FormatState:
    """How one spec is shown. `unit` is a member of `UnitTypeId`, `symbol` of `SymbolTypeId`.

    `accuracy` counts in the unit; for feet and fractional inches in feet. `use_default` stands
    for the format of the project.
    """

    use_default: bool = True
    unit: str = ""
    symbol: str = ""
    accuracy: float = 1.0
    rounding: str = "Nearest"
    suppress_leading_zeros: bool = False
    suppress_trailing_zeros: bool = False
    suppress_spaces: bool = False
    use_plus_prefix: bool = False
    use_digit_grouping: bool = False


@dataclass(frozen=True, slots=True)
class UnitsState:
    """The units of a document; `formats` are those that differ from the default of the system."""

    metric: bool
    decimal_symbol: str = "Dot"
    grouping_symbol: str = "Comma"
    grouping_amount: str = "Three"
    formats: Mapping[str, FormatState] = field(default_factory=lambda: MappingProxyType({}))

    def format_of(self, spec: str) -> FormatState:
        """Return how a spec is shown; `KeyError` for one that is not measurable."""
        held = self.formats.get(spec)
        if held is not None:
            return held
        facts = specs()[spec]
        default = facts.metric if self.metric else facts.imperial
        return FormatState(False, default.unit, default.symbol, default.accuracy)

    @property
    def point(self) -> str:
        """The decimal symbol."""
        return "," if self.decimal_symbol == "Comma" else "."


def format_value(
    state: UnitsState,
    spec: str,
    value: float,
    *,
    options: FormatState | None = None,
    editing: bool = False,
    append_symbol: bool = False,
) -> str:
    """Return an internal value as Revit shows it.

    `options` replaces the project's format; with `editing` digits are not grouped, so that the
    text can be read back; `append_symbol` adds the unit's usual symbol where the format has none.

    Raises:
        NotSimulated: for units whose text is not known here.

    """
    shown = options if options is not None and not options.use_default else state.format_of(spec)
    unit = units()[shown.unit]
    match shown.unit:
        case "FeetFractionalInches":
            text = _feet_and_inches(_round(unit.from_internal(value), shown), shown)
        case "FractionalInches":
            text = _inches(_round(unit.from_internal(value), shown), shown) + '"'
        case "RiseDividedBy12Inches":
            text = _inches(_round(unit.from_internal(value), shown), shown) + '" / 12"'
        case "DegreesMinutes":
            text = _degrees_minutes(_round(unit.from_internal(value), shown))
        case "MetersCentimeters" | "General" | "Custom":
            raise NotSimulated(f"a value formatted in DB.UnitTypeId.{shown.unit}")
        case _:
            text = _decimal(unit.from_internal(value), shown, state, grouped=not editing)
            return _with_symbol(text, unit, shown, append=append_symbol)
    return f"+{text}" if shown.use_plus_prefix and value > 0 else text


def _round(value: float, shown: FormatState) -> float:
    """Round to the accuracy, halves away from zero."""
    if shown.accuracy <= 0.0:
        return value
    steps = value / shown.accuracy
    # Rounding errors of the division must not push a whole number of steps up or down.
    slack = 1e-9 * max(1.0, abs(steps))
    match shown.rounding:
        case "Up":
            rounded = math.ceil(steps - slack)
        case "Down":
            rounded = math.floor(steps + slack)
        case _:
            rounded = math.copysign(math.floor(abs(steps) + 0.5 + slack), steps)
    return rounded * shown.accuracy


def _decimal(value: float, shown: FormatState, state: UnitsState, *, grouped: bool) -> str:
    rounded = _round(value, shown)
    places = 0
    while places < 12 and abs(round(shown.accuracy, places) - shown.accuracy) > 1e-13:
        places += 1
    text = f"{rounded:.{places}f}"
    if float(text) == 0.0:
        text = text.lstrip("-")
    whole, _, fraction = text.partition(".")
    if shown.suppress_trailing_zeros:
        fraction = fraction.rstrip("0")
    if shown.suppress_leading_zeros and fraction and whole.lstrip("-") == "0":
        whole = whole.replace("0", "")
    if shown.use_digit_grouping and grouped:
        size = 2 if state.grouping_amount == "Two" else 3
        whole = _grouped(whole, size, _GROUPS[state.grouping_symbol])
    text = whole + (state.point + fraction if fraction else "")
    return f"+{text}" if shown.use_plus_prefix and rounded > 0 else text


def _grouped(whole: str, size: int, symbol: str) -> str:
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    # In India only the last group has three digits.
    groups = [digits[-3:]] if len(digits) > 3 else [digits]
    rest = digits[:-3] if len(digits) > 3 else ""
    while rest:
        groups.insert(0, rest[-size:])
        rest = rest[:-size]
    return sign + symbol.join(groups)


def _with_symbol(text: str, unit: UnitFacts, shown: FormatState, *, append: bool) -> str:
    name = shown.symbol
    if not name:
        if not append or not unit.symbols:
            return text
        name = unit.symbols[0][0]
    symbol = unit.symbol(name)
    if symbol is None:
        raise NotSimulated(f"DB.SymbolTypeId.{name}")
    if name in _PREFIXED:
        return symbol + text
    return text + symbol if name in _CLOSE or shown.suppress_spaces else f"{text} {symbol}"


def _inches(inches: float, shown: FormatState) -> str:
    sign = "-" if inches < 0 else ""
    exact = Fraction(round(abs(inches) * _FINEST), _FINEST)
    whole, part = divmod(exact, 1)
    if not part:
        return f"{sign}{whole}"
    if whole == 0 and shown.suppress_leading_zeros:
        return f"{sign}{part}"
    return f"{sign}{whole} {part}" if whole else f"{sign}{part}"


def _feet_and_inches(feet: float, shown: FormatState) -> str:
    sign = "-" if feet < 0 else ""
    whole, inches = divmod(Fraction(round(abs(feet) * 12 * _FINEST), _FINEST), 12)
    text = _inches(float(inches), shown) + '"'
    if 0 < inches < 1 and not shown.suppress_leading_zeros:
        text = f"0 {text}"
    if shown.suppress_leading_zeros and not whole:
        return sign + text
    gap = "-" if shown.suppress_spaces else " - "
    return f"{sign}{whole}'{gap}{text}"


def _degrees_minutes(degrees: float) -> str:
    sign = "-" if degrees < 0 else ""
    seconds = round(abs(degrees) * 3600)
    return f"{sign}{seconds // 3600}° {seconds // 60 % 60:02}' {seconds % 60:02}\""


# Reading

_FEET_INCHES = re.compile(
    r"""^(?P<sign>-)?\s*
    (?:(?P<feet>\d+(?:\.\d+)?)\s*(?:'|ft|\ (?=\d)))?\s*-?\s*
    (?:(?P<inches>\d+(?:\.\d+)?)(?![\d/])\s*)?(?:(?P<over>\d+)/(?P<under>\d+)\s*)?(?:"|in)?$""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"^(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))\s*(?P<symbol>.*)$")


def parse_value(
    state: UnitsState, spec: str, text: str, *, options: FormatState | None = None
) -> float | None:
    """Return the internal value of a text that a user types; None where Revit refuses it.

    A number without a symbol counts in the project's unit, or in that of `options`.

    Raises:
        NotSimulated: for a formula, which starts with `=`.

    """
    shown = options if options is not None and not options.use_default else state.format_of(spec)
    unit = units()[shown.unit]
    text = text.strip()
    if text.startswith("="):
        raise NotSimulated("a formula typed as a value")
    prefix = next((s for n, s in unit.symbols if n in _PREFIXED and text.startswith(s)), "")
    text = text[len(prefix) :].strip()
    if state.point == ",":
        text = text.replace(".", "" if state.grouping_symbol == "Dot" else "\0").replace(",", ".")
    elif state.grouping_symbol == "Comma":
        text = text.replace(",", "")
    found = _NUMBER.match(text)
    if found is None:
        return _feet_inches(text, unit)
    number, symbol = float(found["number"]), found["symbol"].strip()
    if not symbol:
        plain = "Feet" if shown.unit == "FeetFractionalInches" else shown.unit
        return units()[plain].to_internal(number)
    facts = specs()[spec]
    for other in units().values():
        if facts.takes(other) and any(symbol == text for _, text in other.symbols):
            return other.to_internal(number)
    return _feet_inches(text, unit)


def _feet_inches(text: str, unit: UnitFacts) -> float | None:
    if unit.dimensions != "L" or not text:
        return None
    found = _FEET_INCHES.match(text)
    if found is None:
        return None
    feet, inches, over, under = found["feet"], found["inches"], found["over"], found["under"]
    if not (feet or inches or over) or (under and int(under) == 0):
        return None
    total = float(feet or 0) + float(inches or 0) / 12
    if over:
        total += int(over) / int(under) / 12
    return -total if found["sign"] else total
