"""Numbers as .NET writes and reads them: standard and custom formats, in a culture."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from revitron_grpc.simulation.environment import Culture
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.exceptions import FormatException

_STANDARD = re.compile(r"([A-Za-z])(\d{0,2})")
_CUSTOM = re.compile(r"([^#0.,%;'\"\\]*)([#0,]*)(?:\.([#0]*))?([^#0.,;'\"\\]*)")


def number_text(value: float, form: str, culture: Culture) -> str:
    """Write a number in a .NET format ("F2", "N0", "0.00"; empty for the shortest).

    Raises `FormatException` for a format that .NET refuses, `NotSimulated` for the rarer ones.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else "-∞")
    standard = _STANDARD.fullmatch(form)
    if not form or (standard and standard[1] in "GgRr" and not standard[2]):
        return _shortest(value).replace(".", culture.decimal)
    if standard is None:
        return _custom(value, form, culture)
    kind = standard[1].upper()
    digits = int(standard[2]) if standard[2] else None
    if kind in "FN":
        return _fixed(value, 2 if digits is None else digits, kind == "N", culture)
    if kind == "P":
        number = _fixed(Decimal(repr(value)) * 100, 2 if digits is None else digits, True, culture)
        return f"{number} %" if culture.name != "en-US" else f"{number}%"
    if kind in "DX":
        if not isinstance(value, int):
            raise FormatException("Format specifier was invalid.")
        if kind == "X":
            written = f"{value & 0xFFFFFFFF:{'X' if form[0] == 'X' else 'x'}}"
            return written.rjust(digits or 0, "0")
        return ("-" if value < 0 else "") + str(abs(value)).rjust(digits or 0, "0")
    if kind in "CEGR":
        raise NotSimulated(f"the number format {form!r} of .NET")
    raise FormatException("Format specifier was invalid.")


def _shortest(value: float) -> str:
    if isinstance(value, int):
        return str(int(value))
    written = repr(float(value))
    if written.endswith(".0"):
        return written[:-2]
    return written.replace("e", "E")


def _rounded(value: object, digits: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _fixed(value: object, digits: int, grouped: bool, culture: Culture) -> str:
    number = _rounded(value, digits)
    written = f"{abs(number):,f}" if grouped else f"{abs(number):f}"
    sign = "-" if number < 0 else ""
    whole, _, fraction = written.partition(".")
    whole = whole.replace(",", culture.group)
    return sign + whole + (culture.decimal + fraction if fraction else "")


def _custom(value: float, form: str, culture: Culture) -> str:
    found = _CUSTOM.fullmatch(form)
    if found is None or not (found[2] or found[3]):
        raise NotSimulated(f"the number format {form!r} of .NET")
    before, whole_form, fraction_form, after = found.groups()
    fraction_form = fraction_form or ""
    if whole_form.endswith(","):
        raise NotSimulated(f"the number format {form!r} of .NET")
    exact = Decimal(repr(value)) * (100 if "%" in before + after else 1)
    number = _rounded(exact, len(fraction_form))
    whole, _, fraction = f"{abs(number):f}".partition(".")
    least = fraction_form.rfind("0") + 1
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    digits = whole_form.replace(",", "")
    needed = len(digits) - digits.index("0") if "0" in digits else 0
    whole = whole.lstrip("0").rjust(needed, "0")
    if "," in whole_form and whole:
        shown = f"{int(whole):,}".replace(",", culture.group)
        whole = shown if len(shown) >= needed else whole
    sign = "-" if number < 0 else ""
    return f"{before}{sign}{whole}{culture.decimal + fraction if fraction else ''}{after}"


def read_number(text: str, culture: Culture) -> float:
    """Read a number as `Double.Parse` does: group signs are allowed, blanks around it too.

    Raises `FormatException` for anything else.
    """
    plain = text.strip()
    group, decimal = re.escape(culture.group), re.escape(culture.decimal)
    pattern = rf"[-+]?(\d[\d{group}]*({decimal}\d*)?|{decimal}\d+)([eE][-+]?\d+)?"
    if not re.fullmatch(pattern, plain):
        raise FormatException("Input string was not in a correct format.")
    return float(plain.replace(culture.group, "").replace(culture.decimal, "."))
