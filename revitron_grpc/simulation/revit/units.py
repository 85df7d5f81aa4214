"""Units: conversion, the units of a document, formats (copies, behaviour 16), text, labels."""

import dataclasses
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.parameter_table import Language, built_in_parameters
from revitron_grpc.simulation.revit.type_ids import (
    ForgeTypeId,
    group_label,
    name_of,
    parameter_type_id,
    required,
    spec_label,
    spec_type_id,
    symbol_type_id,
    symbols,
    unit_type_id,
)
from revitron_grpc.simulation.unit_format import FormatState, UnitsState, format_value, parse_value
from revitron_grpc.simulation.unit_table import SpecFacts, UnitFacts, specs, units


def units_state(database: Database) -> UnitsState:
    """Return the units of a document: those that were set, else the default of its system."""
    held = database.settings.get("units")
    if isinstance(held, UnitsState):
        return held
    metric = bool(database.settings.get("metric"))
    if database.language == "de":
        return UnitsState(metric, "Comma", "Dot")
    return UnitsState(metric)


def units_of(database: Database) -> "Units":
    """Return a copy of the units of a document."""
    return Units._of(units_state(database))


def set_units(database: Database, units: "Units") -> None:
    """Make a copy of `units` those of the document."""
    database.write_setting("units", units._state)


def _unit(type_id: Any, argument: str = "unitTypeId") -> UnitFacts:
    return units()[required("unit", type_id, argument)]


def _spec(type_id: Any, argument: str = "specTypeId") -> SpecFacts:
    name = required("spec", type_id, argument)
    facts = specs().get(name)
    if facts is None:
        raise revit_error("ArgumentException", f"{argument} is not a measurable spec identifier.")
    return facts


@behaves("Autodesk.Revit.DB.UnitUtils")
class UnitUtils:
    """Conversion between units, and which unit measures what."""

    @classmethod
    def ConvertToInternalUnits(cls, value: float, unitTypeId: Any) -> float:
        return _unit(unitTypeId).to_internal(value)

    @classmethod
    def ConvertFromInternalUnits(cls, value: float, unitTypeId: Any) -> float:
        return _unit(unitTypeId).from_internal(value)

    @classmethod
    def Convert(cls, value: float, currentUnitTypeId: Any, desiredUnitTypeId: Any) -> float:
        current = _unit(currentUnitTypeId, "currentUnitTypeId")
        desired = _unit(desiredUnitTypeId, "desiredUnitTypeId")
        if current.dimensions != desired.dimensions:
            raise revit_error(
                "ArgumentException",
                "currentUnitTypeId and desiredUnitTypeId do not measure the same quantity.",
            )
        return desired.from_internal(current.to_internal(value))

    @classmethod
    def IsUnit(cls, typeId: Any) -> bool:
        return name_of("unit", typeId) is not None

    @classmethod
    def IsSymbol(cls, symbolTypeId: Any) -> bool:
        return name_of("symbol", symbolTypeId) is not None

    @classmethod
    def IsSpec(cls, specTypeId: Any) -> bool:
        return name_of("spec", specTypeId) is not None

    @classmethod
    def IsMeasurableSpec(cls, specTypeId: Any) -> bool:
        return name_of("spec", specTypeId) in specs()

    @classmethod
    def IsValidUnit(cls, specTypeId: Any, unitTypeId: Any) -> bool:
        return _spec(specTypeId).takes(_unit(unitTypeId))

    @classmethod
    def GetValidUnits(cls, specTypeId: Any) -> list[ForgeTypeId]:
        spec = _spec(specTypeId)
        return [_unit_id(unit) for unit in units().values() if spec.takes(unit)]

    @classmethod
    def GetAllUnits(cls) -> list[ForgeTypeId]:
        return [_unit_id(unit) for unit in units().values()]

    @classmethod
    def GetAllMeasurableSpecs(cls) -> list[ForgeTypeId]:
        return [ForgeTypeId(spec_type_id(name)) for name in specs()]


def _unit_id(unit: UnitFacts) -> ForgeTypeId:
    return ForgeTypeId(unit_type_id(unit.name))


class _Flag:
    """A property of `FormatOptions` that is one field of its state."""

    @staticmethod
    def of(field: str) -> Any:
        def read(self: "FormatOptions") -> Any:
            return getattr(self._own(), field)

        def write(self: "FormatOptions", value: bool) -> None:
            self._state = dataclasses.replace(self._own(), **{field: bool(value)})

        return property(read, write)


@behaves("Autodesk.Revit.DB.FormatOptions")
class FormatOptions:
    """How values of one spec are shown; changing it does nothing until it is set back."""

    _state: FormatState

    def __init__(self, first: Any = None, second: Any = None) -> None:
        if isinstance(first, FormatOptions):
            self._state = first._state
        elif first is None:
            self._state = FormatState()
        else:
            unit = _unit(first)
            symbol = (
                ""
                if second is None or second.Empty()
                else required("symbol", second, "symbolTypeId")
            )
            self._state = FormatState(False, unit.name, symbol, 0.01)
            self._check_symbol(symbol)

    @classmethod
    def _of(cls, state: FormatState) -> "FormatOptions":
        made = object.__new__(cls)
        made._state = state
        return made

    def _own(self) -> FormatState:
        if self._state.use_default:
            raise revit_error(
                "InvalidOperationException", "UseDefault is true in this FormatOptions."
            )
        return self._state

    def _check_symbol(self, symbol: str) -> None:
        if symbol and units()[self._own().unit].symbol(symbol) is None:
            raise revit_error(
                "ArgumentException", "symbolTypeId is not a valid symbol for the unit."
            )

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        """Free what Revit holds; here nothing."""

    @property
    def UseDefault(self) -> bool:
        return self._state.use_default

    @UseDefault.setter
    def UseDefault(self, value: bool) -> None:
        if value:
            self._state = FormatState()
        elif self._state.use_default:
            self._state = FormatState(False, "Fixed", "", 0.01)

    @property
    def Accuracy(self) -> float:
        return self._own().accuracy

    @Accuracy.setter
    def Accuracy(self, value: float) -> None:
        if value <= 0:
            raise revit_error("ArgumentOutOfRangeException", "The accuracy must be positive.")
        self._state = dataclasses.replace(self._own(), accuracy=float(value))

    @property
    def RoundingMethod(self) -> str:
        return self._own().rounding

    @RoundingMethod.setter
    def RoundingMethod(self, value: Any) -> None:
        self._state = dataclasses.replace(self._own(), rounding=value.name)

    SuppressLeadingZeros = _Flag.of("suppress_leading_zeros")
    SuppressTrailingZeros = _Flag.of("suppress_trailing_zeros")
    SuppressSpaces = _Flag.of("suppress_spaces")
    UsePlusPrefix = _Flag.of("use_plus_prefix")
    UseDigitGrouping = _Flag.of("use_digit_grouping")

    def GetUnitTypeId(self) -> ForgeTypeId:
        return ForgeTypeId(unit_type_id(self._own().unit))

    def SetUnitTypeId(self, unitTypeId: Any) -> "FormatOptions":
        unit = _unit(unitTypeId)
        self._state = dataclasses.replace(self._own(), unit=unit.name, symbol="")
        return self

    def GetSymbolTypeId(self) -> ForgeTypeId:
        return ForgeTypeId(symbol_type_id(self._own().symbol))

    def SetSymbolTypeId(self, symbolTypeId: Any) -> None:
        name = "" if symbolTypeId.Empty() else required("symbol", symbolTypeId, "symbolTypeId")
        self._check_symbol(name)
        self._state = dataclasses.replace(self._own(), symbol=name)

    def CanHaveSymbol(self, unitTypeId: Any = None) -> bool:
        unit = units()[self._own().unit] if unitTypeId is None else _unit(unitTypeId)
        return bool(unit.symbols)

    def GetValidSymbols(self, unitTypeId: Any = None) -> list[ForgeTypeId]:
        unit = units()[self._own().unit] if unitTypeId is None else _unit(unitTypeId)
        return [ForgeTypeId(""), *(ForgeTypeId(symbol_type_id(name)) for name, _ in unit.symbols)]

    def IsValidForSpec(self, specTypeId: Any) -> bool:
        return self._state.use_default or _spec(specTypeId).takes(units()[self._state.unit])


@behaves("Autodesk.Revit.DB.Units")
class Units:
    """The formats of all specs of a document; a copy of the document's."""

    _state: UnitsState

    def __init__(self, unitSystem: Any) -> None:
        self._state = UnitsState(metric=unitSystem.name == "Metric")

    @classmethod
    def _of(cls, state: UnitsState) -> "Units":
        made = object.__new__(cls)
        made._state = state
        return made

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        """Free what Revit holds; here nothing."""

    @property
    def DecimalSymbol(self) -> str:
        return self._state.decimal_symbol

    @DecimalSymbol.setter
    def DecimalSymbol(self, value: Any) -> None:
        self._state = dataclasses.replace(self._state, decimal_symbol=value.name)

    @property
    def DigitGroupingSymbol(self) -> str:
        return self._state.grouping_symbol

    @DigitGroupingSymbol.setter
    def DigitGroupingSymbol(self, value: Any) -> None:
        self._state = dataclasses.replace(self._state, grouping_symbol=value.name)

    @property
    def DigitGroupingAmount(self) -> str:
        return self._state.grouping_amount

    @DigitGroupingAmount.setter
    def DigitGroupingAmount(self, value: Any) -> None:
        self._state = dataclasses.replace(self._state, grouping_amount=value.name)

    def GetFormatOptions(self, specTypeId: Any) -> FormatOptions:
        return FormatOptions._of(self._state.format_of(_spec(specTypeId).name))

    def SetFormatOptions(self, specTypeId: Any, options: FormatOptions) -> None:
        spec = _spec(specTypeId)
        if options.UseDefault or not spec.takes(units()[options._state.unit]):
            raise revit_error(
                "ArgumentException", "The FormatOptions object is not valid for the spec."
            )
        formats = {**self._state.formats, spec.name: options._state}
        self._state = dataclasses.replace(self._state, formats=formats)

    @classmethod
    def IsModifiableSpec(cls, specTypeId: Any) -> bool:
        return name_of("spec", specTypeId) in specs()

    @classmethod
    def GetModifiableSpecs(cls) -> list[ForgeTypeId]:
        return UnitUtils.GetAllMeasurableSpecs()


@behaves("Autodesk.Revit.DB.FormatValueOptions")
class FormatValueOptions:
    """How one call of `UnitFormatUtils.Format` differs from the project's format."""

    def __init__(self) -> None:
        self._append, self._state = False, FormatState()

    @property
    def AppendUnitSymbol(self) -> bool:
        return self._append

    @AppendUnitSymbol.setter
    def AppendUnitSymbol(self, value: bool) -> None:
        self._append = bool(value)

    def GetFormatOptions(self) -> FormatOptions:
        return FormatOptions._of(self._state)

    def SetFormatOptions(self, formatOptions: FormatOptions) -> None:
        self._state = formatOptions._state

    def Dispose(self) -> None:
        """Free what Revit holds; here nothing."""


@behaves("Autodesk.Revit.DB.ValueParsingOptions")
class ValueParsingOptions:
    """How one call of `UnitFormatUtils.TryParse` differs from the project's format."""

    def __init__(self) -> None:
        self._allowed, self._state = "All", FormatState()

    @property
    def AllowedValues(self) -> str:
        return self._allowed

    @AllowedValues.setter
    def AllowedValues(self, value: Any) -> None:
        self._allowed = value.name

    def GetFormatOptions(self) -> FormatOptions:
        return FormatOptions._of(self._state)

    def SetFormatOptions(self, formatOptions: FormatOptions) -> None:
        self._state = formatOptions._state

    def Dispose(self) -> None:
        """Free what Revit holds; here nothing."""


@behaves("Autodesk.Revit.DB.UnitFormatUtils")
class UnitFormatUtils:
    """Values as text and back."""

    @classmethod
    def Format(
        cls,
        units: Units,
        specTypeId: Any,
        value: float,
        forEditing: bool,
        formatValueOptions: FormatValueOptions | None = None,
    ) -> str:
        options = formatValueOptions
        return format_value(
            units._state,
            _spec(specTypeId).name,
            float(value),
            options=None if options is None else options._state,
            editing=bool(forEditing),
            append_symbol=options is not None and options._append,
        )

    @classmethod
    def TryParse(
        cls,
        units: Units,
        specTypeId: Any,
        stringToParse: str,
        valueParsingOptions: ValueParsingOptions | None = None,
    ) -> tuple[bool, float]:
        options = valueParsingOptions
        value = parse_value(
            units._state,
            _spec(specTypeId).name,
            stringToParse,
            options=None if options is None else options._state,
        )
        if value is None or (options is not None and not _allowed(value, options._allowed)):
            return False, 0.0
        return True, value


def _allowed(value: float, allowed: str) -> bool:
    if allowed == "Positive":
        return value > 0
    return allowed == "All" or value >= 0


def _language() -> Language:
    from revitron_grpc.simulation.session import current_session

    try:
        return "de" if current_session().language == "de" else "en"
    except LookupError:
        return "en"


@behaves("Autodesk.Revit.DB.LabelUtils")
class LabelUtils:
    """Names that Revit shows, in its language."""

    @classmethod
    def GetLabelForUnit(cls, unitTypeId: Any) -> str:
        return _unit(unitTypeId).label(_language())

    @classmethod
    def GetLabelForSpec(cls, specTypeId: Any) -> str:
        return spec_label(required("spec", specTypeId, "specTypeId"), _language())

    @classmethod
    def GetLabelForSymbol(cls, symbolTypeId: Any) -> str:
        return symbols()[required("symbol", symbolTypeId, "symbolTypeId")]

    @classmethod
    def GetLabelForGroup(cls, groupTypeId: Any) -> str:
        name = "" if groupTypeId.Empty() else required("group", groupTypeId, "groupTypeId")
        label = group_label(name, _language())
        if label is None:
            raise NotSimulated(f"the label of DB.GroupTypeId.{name}")
        return label

    @classmethod
    def GetLabelFor(cls, value: Any, extra: Any = None) -> str:
        from revitron_grpc.simulation.category_table import category_named

        if extra is not None:
            raise NotSimulated("DB.LabelUtils.GetLabelFor with a language or a document")
        if type(value).__name__ == "BuiltInCategory":
            return category_named(value.name).label(_language())
        return _parameter_label(value.name)

    @classmethod
    def GetLabelForBuiltInParameter(cls, parameterTypeId: Any) -> str:
        for name in built_in_parameters():
            if ForgeTypeId(parameter_type_id(name)) == parameterTypeId:
                return _parameter_label(name)
        raise NotSimulated(f"the label of {parameterTypeId.TypeId}")


def _parameter_label(name: str) -> str:
    facts = built_in_parameters().get(name)
    if facts is None:
        raise NotSimulated(f"the label of DB.BuiltInParameter.{name}")
    return facts.label(_language())
