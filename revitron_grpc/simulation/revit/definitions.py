"""What a parameter is: its definition, built in or made by users as an element of the document.

A user's parameter is an element of kind `ParameterElement` or `SharedParameterElement`. Keys of
its data: `name`, `spec` (a member of `SpecTypeId`), `parameter_group` (of `GroupTypeId`),
`categories` (`BuiltInCategory` names), `instance` (False for types), `varies` (by group instance),
`shared_guid`, `visible`, `modifiable`, `hide_empty`, `read_only`, `description`. Without
`categories` it is bound to nothing.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.parameter_table import (
    BuiltInParameterFacts,
    Language,
    Storage,
    parameters_by_number,
)
from revitron_grpc.simulation.revit.type_ids import (
    ForgeTypeId,
    group_type_id,
    parameter_type_id,
    required,
    spec_type_id,
)

_STORAGE_OF_NESTED: dict[str, Storage] = {
    "Boolean": "Integer",
    "Int": "Integer",
    "String": "String",
    "Reference": "ElementId",
}
# Groups whose name in BuiltInParameterGroup is not made of the same words.
_OLD_GROUPS = {"": "INVALID", "Ifc": "PG_IFC", "EnergyAnalysis": "PG_ENERGY_ANALYSIS"}
_OLD_TYPES = {
    "": "Invalid",
    "Boolean.YesNo": "YesNo",
    "Int.Integer": "Integer",
    "Int.NumberOfPoles": "NumberOfPoles",
    "String.Text": "Text",
    "String.MultilineText": "MultilineText",
    "String.Url": "URL",
    "Reference.Material": "Material",
    "Reference.Image": "Image",
    "Reference.LoadClassification": "LoadClassification",
}


def storage_of(spec: str) -> Storage:
    """Return how a value of a spec is stored."""
    kind, dot, _ = spec.partition(".")
    return _STORAGE_OF_NESTED[kind] if dot else "Double"


@dataclass(frozen=True, slots=True)
class ParameterFacts:
    """One parameter of a document; `element` is the one that a user's parameter is."""

    number: int
    holds: Storage
    spec: str
    group: str
    read_only: bool
    facts: BuiltInParameterFacts | None = None
    element: ElementRecord | None = None

    def label(self, language: Language) -> str:
        """Return the name that is shown."""
        if self.facts is not None:
            return self.facts.label(language)
        return "" if self.element is None else self.element.data["name"]


def built_in(number: int) -> ParameterFacts | None:
    """Return what is known of a built-in parameter; None where nothing is."""
    return _all_built_in().get(number)


@cache
def _all_built_in() -> dict[int, ParameterFacts]:
    return {
        number: ParameterFacts(number, facts.holds, facts.spec, facts.group, facts.read_only, facts)
        for number, facts in parameters_by_number(packaged_catalog()).items()
    }


def of_user(record: ElementRecord) -> ParameterFacts:
    """Return a user's parameter as facts."""
    data = record.data
    return ParameterFacts(
        record.id,
        storage_of(data["spec"]),
        data["spec"],
        data.get("parameter_group", "Data"),
        bool(data.get("read_only")),
        element=record,
    )


def user_parameters(database: Database) -> list[ElementRecord]:
    """Return the elements that are users' parameters, in the order of their making."""
    return database.once(
        "user parameters",
        lambda: list(database.of_kind("ParameterElement", "SharedParameterElement")),
    )


def language_of(database: Database) -> Language:
    """Return the language in which a document shows its names."""
    return "de" if database.language == "de" else "en"


@behaves("Autodesk.Revit.DB.Definition")
class Definition:
    """Name, type and group of a parameter."""


@behaves("Autodesk.Revit.DB.InternalDefinition")
class InternalDefinition(Definition):
    """The definition of a parameter that a document has."""

    _database: Database
    _facts: ParameterFacts

    @classmethod
    def of(cls, database: Database, facts: ParameterFacts) -> "InternalDefinition":
        """Make the definition of a parameter in a document."""
        made = object.__new__(cls)
        made.__dict__.update(_database=database, _facts=facts)
        return made

    @property
    def _data(self) -> dict[str, Any]:
        element = self._facts.element
        return {} if element is None else element.data

    @property
    def Name(self) -> str:
        return self._facts.label(language_of(self._database))

    @property
    def Id(self) -> int:
        return self._facts.number

    @property
    def BuiltInParameter(self) -> Any:
        if self._facts.facts is None:
            return "INVALID"
        return self._database.document._api.enum(
            "Autodesk.Revit.DB.BuiltInParameter", self._facts.number
        )

    @property
    def Visible(self) -> bool:
        return bool(self._data.get("visible", True))

    @property
    def VariesAcrossGroups(self) -> bool:
        return bool(self._data.get("varies"))

    @property
    def IsValidObject(self) -> bool:
        element = self._facts.element
        return element is None or element.alive

    def GetDataType(self) -> ForgeTypeId:
        return ForgeTypeId(spec_type_id(self._facts.spec))

    def GetSpecTypeId(self) -> ForgeTypeId:
        return self.GetDataType()

    def GetGroupTypeId(self) -> ForgeTypeId:
        return ForgeTypeId(group_type_id(self._data.get("parameter_group", self._facts.group)))

    def SetGroupTypeId(self, groupTypeId: Any) -> None:
        name = "" if groupTypeId.Empty() else required("group", groupTypeId, "groupTypeId")
        self._database.write(self._own("change the group of"), "parameter_group", name)

    def GetParameterTypeId(self) -> ForgeTypeId:
        facts = self._facts.facts
        return ForgeTypeId("" if facts is None else parameter_type_id(facts.name))

    def GetTypeId(self) -> ForgeTypeId:
        return self.GetParameterTypeId()

    @property
    def ParameterType(self) -> str:
        spec = self._facts.spec
        name = _OLD_TYPES.get(spec, spec)
        if "." in name:
            raise NotSimulated(f"DB.ParameterType of DB.SpecTypeId.{spec}")
        return name

    @property
    def ParameterGroup(self) -> str:
        name = self._data.get("parameter_group", self._facts.group)
        if name in _OLD_GROUPS:
            return _OLD_GROUPS[name]
        words = "".join(f"_{c}" if c.isupper() else c.upper() for c in name)
        return f"PG{words}"

    def SetAllowVaryBetweenGroups(self, document: Any, allowVaryBetweenGroups: bool) -> list[int]:
        element = self._own("change")
        if not element.data.get("instance", True):
            raise revit_error(
                "InvalidOperationException", "This parameter cannot vary between groups."
            )
        self._database.write(element, "varies", bool(allowVaryBetweenGroups))
        return []

    def _own(self, what: str) -> ElementRecord:
        element = self._facts.element
        if element is None:
            raise revit_error("InvalidOperationException", f"Cannot {what} a built-in parameter.")
        return element

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, InternalDefinition)
            and other._database is self._database
            and other._facts.number == self._facts.number
        )

    def __hash__(self) -> int:
        return hash(self._facts.number)


def guid(text: str) -> Any:
    """Return a `System.Guid`."""
    from revitron_grpc.simulation.net.values import Guid

    return Guid(text)


def shared_parameter(database: Database, wanted: Any) -> ElementRecord | None:
    """Return the shared parameter of a GUID, or None."""
    for record in user_parameters(database):
        if record.data.get("shared_guid", "").lower() == str(wanted).lower():
            return record
    return None
