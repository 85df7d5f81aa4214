"""Values as Revit shows and reads them: feet and inches, millimetres, decimal commas."""

import dataclasses
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.unit_format import FormatState, UnitsState, format_value, parse_value
from revitron_grpc.simulation.unit_table import specs, units

IMPERIAL = UnitsState(metric=False)
METRIC = UnitsState(metric=True)
GERMAN = UnitsState(metric=True, decimal_symbol="Comma", grouping_symbol="Dot")
FOOT = 0.3048


def test_every_unit_and_measurable_spec_is_in_the_catalog() -> None:
    for kind, known in (("UnitTypeId", set(units())), ("SpecTypeId", set(specs()))):
        api = packaged_catalog().type(f"Autodesk.Revit.DB.{kind}")
        assert api is not None
        names = {member.name for member in api.members}
        assert known <= names
        # Scales of forces are drawing scales that nobody has met here.
        assert all(name.endswith("Scale") for name in names - known), names - known


def test_the_symbols_are_in_the_catalog() -> None:
    api = packaged_catalog().type("Autodesk.Revit.DB.SymbolTypeId")
    assert api is not None
    names = {member.name for member in api.members}
    assert {name for unit in units().values() for name, _ in unit.symbols} <= names


def test_both_default_units_of_a_spec_measure_it() -> None:
    for spec in specs().values():
        for default in (spec.metric, spec.imperial):
            unit = units()[default.unit]
            assert spec.takes(unit), spec.name
            assert not default.symbol or unit.symbol(default.symbol), spec.name


# Behaviour 23: what each unit comes to inside. Source: definitions of the units, with Revit's
# base units (feet, kilograms, seconds, amperes, kelvin, radians).
@pytest.mark.parametrize(
    ("unit", "inside"),
    [
        ("Millimeters", 1 / 304.8),
        ("Feet", 1.0),
        ("SquareMeters", 1 / FOOT**2),
        ("CubicMeters", 1 / FOOT**3),
        ("Degrees", math.pi / 180),
        ("Kilograms", 1.0),
        ("Watts", 10.763910416709722),
        ("VoltAmperes", 10.763910416709722),
        ("Volts", 10.763910416709722),
        ("Newtons", 1 / FOOT),
        ("Pascals", FOOT),
        ("Amperes", 1.0),
        ("Lux", FOOT**2),
        ("CubicFeetPerMinute", 1 / 60),
        ("Celsius", 274.15),
        ("Percentage", 0.01),
        ("KilogramsPerCubicMeter", FOOT**3),
        ("WattsPerSquareMeterKelvin", 1.0),
        ("LitersPerSecond", 0.001 / FOOT**3),
    ],
)
def test_one_of_a_unit_is_so_much_inside(unit: str, inside: float) -> None:
    assert units()[unit].to_internal(1.0) == pytest.approx(inside, rel=1e-12)


@given(st.sampled_from(sorted(units())), st.floats(0.001, 80.0))
def test_a_value_comes_back_from_every_unit(name: str, value: float) -> None:
    unit = units()[name]
    assert unit.from_internal(unit.to_internal(value)) == pytest.approx(value, rel=1e-9)


def test_fahrenheit_and_celsius_meet() -> None:
    inside = units()["Fahrenheit"].to_internal(68.0)
    assert units()["Celsius"].from_internal(inside) == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("state", "spec", "inside", "text"),
    [
        (METRIC, "Length", 3000 / 304.8, "3000"),
        (METRIC, "Length", 0.0, "0"),
        (METRIC, "Length", -0.4 / 304.8, "0"),
        (METRIC, "Length", 2.5 / 304.8, "3"),
        (METRIC, "Area", 12.5 / FOOT**2, "12.50 m²"),
        (GERMAN, "Area", 12.5 / FOOT**2, "12,50 m²"),
        (METRIC, "Angle", math.pi / 2, "90.00°"),
        (METRIC, "Slope", math.tan(math.radians(3)), "3.00°"),
        (METRIC, "DemandFactor", 0.5, "50.00%"),
        (METRIC, "Number", 1.5, "1.500000"),
        (METRIC, "HvacTemperature", 293.15, "20 °C"),
        (METRIC, "ApparentPower", 10.763910416709722 * 180, "180 VA"),
        (IMPERIAL, "Length", 10.0, "10' - 0\""),
        (IMPERIAL, "Length", 10.5417, "10' - 6 1/2\""),
        (IMPERIAL, "Length", 0.5, "0' - 6\""),
        (IMPERIAL, "Length", 1.0546875, "1' - 0 21/32\""),
        (IMPERIAL, "Length", 0.5 / 12, "0' - 0 1/2\""),
        (IMPERIAL, "Length", -1.25, "-1' - 3\""),
        (IMPERIAL, "Length", 11.9999, "12' - 0\""),
        (IMPERIAL, "Area", 100.0, "100.00 SF"),
        (IMPERIAL, "Slope", 4 / 12, '4" / 12"'),
        (IMPERIAL, "PipeSize", 0.75 / 12, '3/4"'),
        (IMPERIAL, "SiteAngle", math.radians(12.51), "12° 30' 36\""),
    ],
)
def test_a_value_is_shown_in_project_units(
    state: UnitsState, spec: str, inside: float, text: str
) -> None:
    assert format_value(state, spec, inside) == text


def test_options_replace_the_format_of_the_project() -> None:
    metres = FormatState(False, "Meters", "Meter", 0.01)
    inside = 1234.5 / FOOT
    assert format_value(METRIC, "Length", inside, options=metres) == "1234.50 m"
    grouped = dataclasses.replace(metres, use_digit_grouping=True)
    assert format_value(METRIC, "Length", inside, options=grouped) == "1,234.50 m"
    assert format_value(METRIC, "Length", inside, options=grouped, editing=True) == "1234.50 m"
    short = dataclasses.replace(metres, suppress_trailing_zeros=True, symbol="")
    assert format_value(METRIC, "Length", inside, options=short) == "1234.5"
    assert format_value(METRIC, "Length", inside, append_symbol=True) == "1234500 mm"


@pytest.mark.parametrize(("rounding", "text"), [("Nearest", "1"), ("Up", "2"), ("Down", "1")])
def test_rounding_goes_the_way_it_is_told(rounding: str, text: str) -> None:
    options = FormatState(False, "Millimeters", "", 1.0, rounding)
    assert format_value(METRIC, "Length", 1.2 / 304.8, options=options) == text


def test_what_is_a_whole_number_of_steps_is_not_rounded_away() -> None:
    options = FormatState(False, "Meters", "", 0.1, "Down")
    assert format_value(METRIC, "Length", 0.3 / FOOT, options=options) == "0.3"


def test_an_accuracy_of_five_gives_multiples_of_five() -> None:
    options = FormatState(False, "Millimeters", "", 5.0)
    assert format_value(METRIC, "Length", 1012.0 / 304.8, options=options) == "1010"


@pytest.mark.parametrize(
    ("state", "spec", "text", "inside"),
    [
        (METRIC, "Length", "3000", 3000 / 304.8),
        (METRIC, "Length", "3 m", 3 / FOOT),
        (METRIC, "Length", " 3m ", 3 / FOOT),
        (METRIC, "Length", "10' 6\"", 10.5),
        (METRIC, "Area", "12.5", 12.5 / FOOT**2),
        (GERMAN, "Area", "12,5 m²", 12.5 / FOOT**2),
        (GERMAN, "Length", "1.500", 1500 / 304.8),
        (IMPERIAL, "Length", "10", 10.0),
        (IMPERIAL, "Length", "10' - 6 1/2\"", 10 + 6.5 / 12),
        (IMPERIAL, "Length", '6"', 0.5),
        (IMPERIAL, "Length", '21/32"', 21 / 32 / 12),
        (IMPERIAL, "Length", "1' 21/32\"", 1 + 21 / 32 / 12),
        (IMPERIAL, "Length", "1 6", 1.5),
        (IMPERIAL, "Length", "-1' - 3\"", -1.25),
        (IMPERIAL, "Length", "3000 mm", 3000 / 304.8),
        (METRIC, "Angle", "90°", math.pi / 2),
    ],
)
def test_a_typed_text_is_read(state: UnitsState, spec: str, text: str, inside: float) -> None:
    assert parse_value(state, spec, text) == pytest.approx(inside)


@pytest.mark.parametrize("text", ["", "abc", "3 kg", "m", '1/0"'])
def test_a_text_that_is_no_length_is_refused(text: str) -> None:
    assert parse_value(METRIC, "Length", text) is None


def test_a_formula_is_not_guessed() -> None:
    with pytest.raises(NotSimulated, match="formula"):
        parse_value(METRIC, "Length", "= 2 * 3")


@settings(max_examples=400)
@given(st.sampled_from([METRIC, GERMAN, IMPERIAL]), st.floats(-2000.0, 2000.0))
def test_what_is_shown_of_a_length_can_be_read_back(state: UnitsState, inside: float) -> None:
    shown = format_value(state, "Length", inside, editing=True)
    read = parse_value(state, "Length", shown)
    assert read is not None
    assert read == pytest.approx(inside, abs=1 / 384)
