"""One parameter of one element: what it holds, how it is shown and set.

A value is looked for in this order: a piece of the element's data that the parameter shows
(`computed.mirrors`), a derived value (`computed.computed`), what is stored under the parameter's
id. What `Set` returns and refuses: page "Parameter" of the Revit API developer guide.
"""

import math
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import category_numbered
from revitron_grpc.simulation.computed import (
    computed_value,
    is_locked,
    mirror_of,
    setter_of,
    shown_text,
)
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.parameter_table import Language
from revitron_grpc.simulation.revit.definitions import (
    InternalDefinition,
    ParameterFacts,
    guid,
    language_of,
)
from revitron_grpc.simulation.revit.identity import ElementId
from revitron_grpc.simulation.revit.owned import Owned
from revitron_grpc.simulation.revit.type_ids import ForgeTypeId, parameter_type_id, unit_type_id
from revitron_grpc.simulation.revit.units import FormatOptions, units_state
from revitron_grpc.simulation.unit_format import format_value, parse_value

_YES_NO = {"en": ("No", "Yes"), "de": ("Nein", "Ja")}
_NONE = {"en": "None", "de": "Keine"}
_BY_CATEGORY = {"en": "<By Category>", "de": "<Nach Kategorie>"}


@behaves("Autodesk.Revit.DB.Parameter")
class Parameter(Owned):
    """One parameter of one element."""

    _facts: ParameterFacts

    @classmethod
    def of(cls, record: ElementRecord, facts: ParameterFacts) -> "Parameter":
        """Make the parameter of an element."""
        made = object.__new__(cls)
        made.__dict__.update(_held=record, _facts=facts)
        return made

    def _stored(self) -> Any:
        return value_of(self._record, self._facts.number)

    @property
    def Id(self) -> int:
        return self._facts.number

    @property
    def Element(self) -> ElementRecord:
        return self._record

    @property
    def Definition(self) -> InternalDefinition:
        return InternalDefinition.of(self._database, self._facts)

    @property
    def StorageType(self) -> str:
        return self._facts.holds

    @property
    def HasValue(self) -> bool:
        if self._stored() is not None:
            return True
        # Numbers and ids that are built in always have a value; texts only once filled.
        return self._facts.facts is not None and self._facts.holds != "String"

    @property
    def IsReadOnly(self) -> bool:
        return self._facts.read_only or is_locked(self._facts.number, self._record)

    @property
    def UserModifiable(self) -> bool:
        element = self._facts.element
        return element is None or bool(element.data.get("modifiable", True))

    @property
    def IsShared(self) -> bool:
        return self._shared_guid is not None

    @property
    def _shared_guid(self) -> str | None:
        element = self._facts.element
        return None if element is None else element.data.get("shared_guid")

    @property
    def GUID(self) -> Any:
        text = self._shared_guid
        if text is None:
            raise revit_error("InvalidOperationException", "The parameter is not shared.")
        return guid(text)

    def GetTypeId(self) -> ForgeTypeId:
        facts = self._facts.facts
        return ForgeTypeId("" if facts is None else parameter_type_id(facts.name))

    def GetUnitTypeId(self) -> ForgeTypeId:
        if self._facts.holds != "Double":
            raise revit_error("InvalidOperationException", "The parameter has no unit.")
        return ForgeTypeId(
            unit_type_id(units_state(self._database).format_of(self._facts.spec).unit)
        )

    # Reading: what is of another type gives that type's nothing, without an error (behaviour 20)

    def AsString(self) -> str | None:
        return self._stored() if self._facts.holds == "String" else None

    def AsDouble(self) -> float:
        value = self._stored_as("Double")
        return 0.0 if value is None else float(value)

    def AsInteger(self) -> int:
        value = self._stored_as("Integer")
        return 0 if value is None else int(value)

    def AsElementId(self) -> int:
        return self._number()

    def _number(self) -> int:
        value = self._stored_as("ElementId")
        return INVALID if value is None else int(value)

    def _stored_as(self, storage: str) -> Any:
        """Return what is stored; refuses to guess for another storage type (behaviour 20)."""
        if self._facts.holds != storage:
            raise NotSimulated(f"DB.Parameter.As{storage} of what is stored as {self._facts.holds}")
        return self._stored()

    def AsValueString(self, formatOptions: FormatOptions | None = None) -> str | None:
        if not self.HasValue:
            return None
        special = shown_text(self._facts.number, self._record)
        if special is not None:
            return special
        match self._facts.holds:
            case "Double":
                return format_value(
                    units_state(self._database),
                    self._facts.spec,
                    self.AsDouble(),
                    options=None if formatOptions is None else formatOptions._state,
                )
            case "Integer":
                return self._integer_text(language_of(self._database))
            case "ElementId":
                return self._element_text(language_of(self._database))
            case _:
                return self.AsString()

    def _integer_text(self, language: Language) -> str:
        number = self.AsInteger()
        if self._facts.spec == "Boolean.YesNo":
            return _YES_NO[language][number != 0]
        facts = self._facts.facts
        choice = None if facts is None else facts.choice(number)
        return str(number) if choice is None else choice.label(language)

    def _element_text(self, language: Language) -> str:
        number = self._number()
        if number == INVALID:
            material = self._facts.spec == "Reference.Material"
            return (_BY_CATEGORY if material else _NONE)[language]
        if number < INVALID:
            category = category_numbered(number)
            if category is None:
                raise NotSimulated(f"the text of the element id {number}")
            return category.label(language)
        record = self._database.get(number)
        return "" if record is None else str(record.data.get("name", ""))

    # Writing

    def Set(self, value: Any) -> bool:
        if value is None:
            raise TypeError("Multiple targets could match: Set(ElementId), Set(str)")
        self._check_settable()
        if isinstance(value, ElementId):
            return self._facts.holds == "ElementId" and self._store(self._checked_id(value.number))
        if isinstance(value, str):
            return self._facts.holds == "String" and self._store(value)
        if isinstance(value, float):
            if not math.isfinite(value):
                raise revit_error("ArgumentException", "Value must be a finite number.")
            return self._facts.holds == "Double" and self._store(value)
        # Whole numbers, and booleans with them, go to Set(Int32): on a length nothing happens.
        return self._facts.holds == "Integer" and self._store(int(value))

    def SetValueString(self, valueString: str) -> bool:
        self._check_settable()
        match self._facts.holds:
            case "Double":
                state = units_state(self._database)
                value = parse_value(state, self._facts.spec, valueString or "")
                return value is not None and self._store(value)
            case "Integer":
                try:
                    return self._store(int(valueString))
                except (TypeError, ValueError):
                    return False
            case _:
                return False

    def ClearValue(self) -> bool:
        self._check_settable()
        element = self._facts.element
        if element is None or not element.data.get("hide_empty"):
            raise revit_error(
                "InvalidOperationException",
                "Only the value of a shared parameter that hides itself when it has none "
                "can be cleared.",
            )
        self._database.write_value(self._record, self._facts.number, None)
        return True

    def _check_settable(self) -> None:
        if self.IsReadOnly:
            raise revit_error("InvalidOperationException", "The parameter is read-only.")
        self._database.check_writable()

    def _checked_id(self, number: int) -> int:
        if number > 0 and self._database.get(number) is None:
            raise revit_error("ArgumentException", "The element id is not valid here.")
        return number

    def _store(self, value: Any) -> bool:
        record, number = self._record, self._facts.number
        setter = setter_of(number, record)
        if setter is not None:
            value = setter(record, value)
            if value is None:
                return True
        mirror = mirror_of(number, record)
        if mirror is not None:
            self._database.write(record, mirror.key, value)
        else:
            self._database.write_value(record, number, value)
        return True

    def Equals(self, obj: object) -> bool:
        return self is obj

    def ToString(self) -> str:
        return "Autodesk.Revit.DB.Parameter"


def value_of(record: ElementRecord, number: int) -> Any:
    """Return what a parameter of an element holds; None where it has no value."""
    mirror = mirror_of(number, record)
    if mirror is not None and mirror.key in record.data:
        return record.data[mirror.key]
    value = computed_value(number, record)
    if value is None:
        value = record.values.get(number)
    return mirror.default if value is None and mirror is not None else value
