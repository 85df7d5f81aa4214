"""Extensible storage: schemas, and entities with values of text, whole numbers and booleans.

A schema that a script finishes is known to this Revit (`session.schemas`); the first entity that
is set takes it into the document (`settings["schemas"]`). `data["entities"]` of an element holds
the values by the schema's GUID and the field's name, as dictionaries that are never changed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from revitron_grpc.simulation.behaviour import behaves, generic_method
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.net.values import Guid
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.session import current_session

__all__ = ["DataStorage", "Entity", "FieldBuilder", "Schema", "SchemaBuilder", "SchemaFacts"]

_DEFAULTS: dict[type, Any] = {str: "", int: 0, bool: False}
_ACCEPTABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,246}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SchemaFacts:
    """What a schema is: two of the same GUID must not differ."""

    guid: str
    name: str
    fields: tuple[tuple[str, type], ...]
    documentation: str = ""


def _known(guid: str) -> SchemaFacts | None:
    session = current_session()
    return session.schemas.get(guid) or session.database.settings.get("schemas", {}).get(guid)


@behaves("Autodesk.Revit.DB.ExtensibleStorage.Schema")
class Schema:
    """The fields of entities, known by a GUID."""

    _facts: SchemaFacts

    @classmethod
    def of(cls, facts: SchemaFacts) -> Any:
        made = object.__new__(cls)
        made.__dict__["_facts"] = facts
        return made

    @classmethod
    def Lookup(cls, guid: Guid) -> Any:
        facts = _known(str(guid))
        return None if facts is None else Schema.of(facts)

    @property
    def GUID(self) -> Guid:
        return Guid(self._facts.guid)

    @property
    def SchemaName(self) -> str:
        return self._facts.name

    @property
    def Documentation(self) -> str:
        return self._facts.documentation

    @property
    def IsValidObject(self) -> bool:
        return True


@behaves("Autodesk.Revit.DB.ExtensibleStorage.FieldBuilder")
class FieldBuilder:
    """What comes back for a new field; these types of values need no units."""

    def NeedsUnits(self) -> bool:
        return False


@behaves("Autodesk.Revit.DB.ExtensibleStorage.SchemaBuilder")
class SchemaBuilder:
    """Makes a schema; needs no transaction."""

    def __init__(self, schemaId: Guid) -> None:
        self._guid = str(schemaId)
        self._name = ""
        self._documentation = ""
        self._fields: dict[str, type] = {}

    def AcceptableName(self, name: str) -> bool:
        return _ACCEPTABLE.fullmatch(name) is not None

    def _check_name(self, name: str) -> None:
        if _ACCEPTABLE.fullmatch(name) is None:
            raise revit_error("ArgumentException", "The name is not acceptable.")

    def SetSchemaName(self, schemaName: str) -> "SchemaBuilder":
        self._check_name(schemaName)
        self._name = schemaName
        return self

    def SetDocumentation(self, documentation: str) -> "SchemaBuilder":
        self._documentation = documentation
        return self

    def AddSimpleField(self, fieldName: str, fieldType: type) -> FieldBuilder:
        self._check_name(fieldName)
        if fieldName in self._fields:
            raise revit_error("ArgumentException", "The field name is used already.")
        if fieldType not in _DEFAULTS:
            raise NotSimulated(f"SchemaBuilder.AddSimpleField of {fieldType}")
        self._fields[fieldName] = fieldType
        return FieldBuilder()

    def Ready(self) -> bool:
        return bool(self._name)

    def Finish(self) -> Any:
        if not self._name:
            raise revit_error("InvalidOperationException", "The Schema has no name.")
        fields = tuple(self._fields.items())
        facts = SchemaFacts(self._guid, self._name, fields, self._documentation)
        known = _known(self._guid)
        # SchemaBuilder.Finish in the API documentation names this exception.
        if known is not None and known != facts:
            raise revit_error(
                "InvalidOperationException",
                "A different Schema with a matching identity already exists.",
            )
        current_session().schemas[self._guid] = facts
        return Schema.of(facts)


@behaves("Autodesk.Revit.DB.ExtensibleStorage.Entity")
class Entity:
    """Values for the fields of a schema: a copy, which `SetEntity` writes to an element."""

    def __init__(self, schema: Any = None) -> None:
        if not (schema is None or isinstance(schema, Schema)):
            raise NotSimulated("Entity of anything but a Schema")
        self._facts: SchemaFacts | None = None if schema is None else schema._facts
        self._values: dict[str, Any] = {}

    @classmethod
    def of(cls, facts: SchemaFacts | None, values: Mapping[str, Any]) -> Any:
        made = object.__new__(cls)
        made.__dict__.update(_facts=facts, _values=dict(values))
        return made

    def IsValid(self) -> bool:
        return self._facts is not None

    @property
    def Schema(self) -> Any:
        return None if self._facts is None else Schema.of(self._facts)

    @property
    def SchemaGUID(self) -> Guid:
        return Guid() if self._facts is None else Guid(self._facts.guid)

    def _field(self, types: tuple[type, ...], field: Any) -> str:
        if len(types) != 1 or not isinstance(field, str):
            raise NotSimulated("Entity.Get and Set but by one type and the name of a field")
        if self._facts is None:
            raise revit_error("InvalidOperationException", "The Entity is not valid.")
        held = dict(self._facts.fields).get(field)
        if held is None:
            raise revit_error("ArgumentException", f"The field {field} is not in the Schema.")
        if held != types[0]:
            raise revit_error(
                "InvalidOperationException",
                f"The requested type does not match that of the field {field}.",
            )
        return field

    @generic_method
    def Get(self, types: tuple[type, ...], field: Any) -> Any:
        return self._values.get(self._field(types, field), _DEFAULTS[types[0]])

    @generic_method
    def Set(self, types: tuple[type, ...], field: Any, value: Any) -> None:
        name = self._field(types, field)
        # Python 2's text is a class of its own; a boolean is no Int32 of .NET.
        if not isinstance(value, types[0]) or (isinstance(value, bool) and types[0] is not bool):
            raise TypeError(f"expected {types[0].__name__}, got {type(value).__name__}")
        self._values[name] = value

    def Clear(self, fieldName: Any) -> None:
        if not isinstance(fieldName, str):
            raise NotSimulated("Entity.Clear of a Field")
        self._values.pop(fieldName, None)


@behaves("Autodesk.Revit.DB.ExtensibleStorage.DataStorage")
class DataStorage(Element):
    """An element that only holds entities."""

    @classmethod
    def Create(cls, document: Any) -> ElementRecord:
        return document._database.add("Autodesk.Revit.DB.ExtensibleStorage.DataStorage")


def entity_of(record: ElementRecord, schema: Any) -> Any:
    """Return a copy of an element's entity; one that is not valid where it has none."""
    values = record.data.get("entities", {}).get(schema._facts.guid)
    return Entity.of(None, {}) if values is None else Entity.of(schema._facts, values)


def set_entity(record: ElementRecord, entity: Any) -> None:
    """Write an entity to an element, and its schema into the document."""
    database: Database = record.database
    database.check_writable()
    facts = entity._facts
    if facts is None:
        raise revit_error("ArgumentException", "The Entity is not valid.")
    schemas = database.settings.get("schemas", {})
    if facts.guid not in schemas:
        database.write_setting("schemas", {**schemas, facts.guid: facts})
    held = record.data.get("entities", {})
    database.write(record, "entities", {**held, facts.guid: dict(entity._values)})


def delete_entity(record: ElementRecord, schema: Any) -> bool:
    """Take an entity away; whether there was one."""
    record.database.check_writable()
    held = record.data.get("entities", {})
    if schema._facts.guid not in held:
        return False
    kept = {guid: values for guid, values in held.items() if guid != schema._facts.guid}
    record.database.write(record, "entities", kept)
    return True
