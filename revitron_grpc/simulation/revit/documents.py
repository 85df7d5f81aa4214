"""The document: elements by id, deletion, phases, settings, and what else scripts ask of it."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.dependents import dependents_of
from revitron_grpc.simulation.revit.view_templates import release


@behaves("Autodesk.Revit.DB.Document")
class Document:
    """One open model; `_api` is the Revit that opened it."""

    _database: Database
    _application: Any

    @classmethod
    def of(cls, database: Database, application: Any) -> Any:
        """Open a database as a document of this Revit version."""
        made = object.__new__(cls)
        made.__dict__.update(_database=database, _application=application)
        database.document = made
        return made

    @property
    def Title(self) -> str:
        return self._database.title

    @property
    def PathName(self) -> str:
        return self._database.path

    @property
    def Application(self) -> Any:
        return self._application

    @property
    def IsFamilyDocument(self) -> bool:
        return self._database.is_family

    @property
    def IsLinked(self) -> bool:
        return self._database.is_linked

    @property
    def IsReadOnly(self) -> bool:
        return self._database.is_read_only or self._database.is_linked

    @property
    def IsModifiable(self) -> bool:
        return self._database.transaction is not None

    @property
    def IsModified(self) -> bool:
        return bool(self._database.journal)

    @property
    def IsWorkshared(self) -> bool:
        return self._database.is_workshared

    @property
    def IsDetached(self) -> bool:
        return bool(self._database.settings.get("detached"))

    @property
    def IsValidObject(self) -> bool:
        return True

    @property
    def ActiveView(self) -> ElementRecord | None:
        return self._database.get(self._database.settings.get("active_view", INVALID))

    @property
    def DisplayUnitSystem(self) -> str:
        return "Metric" if self._database.settings.get("metric") else "Imperial"

    @property
    def ProjectInformation(self) -> ElementRecord | None:
        return next(self._database.of_kind("ProjectInfo"), None)

    @property
    def Create(self) -> Any:
        from revitron_grpc.simulation.revit.creation import factory

        return factory(self._database)

    @property
    def Phases(self) -> Any:
        from revitron_grpc.simulation.revit.phases import phase_array

        return phase_array(self._database)

    @property
    def ActiveProjectLocation(self) -> ElementRecord | None:
        return next(self._database.of_kind("ProjectLocation"), None)

    @property
    def Settings(self) -> Any:
        from revitron_grpc.simulation.revit.document_settings import settings_of

        return settings_of(self._database)

    @property
    def ParameterBindings(self) -> Any:
        from revitron_grpc.simulation.revit.parameters import bindings_of

        return bindings_of(self._database)

    def SetUnits(self, units: Any) -> None:
        from revitron_grpc.simulation.revit.units import set_units

        set_units(self._database, units)

    def GetUnits(self) -> Any:
        from revitron_grpc.simulation.revit.units import units_of

        return units_of(self._database)

    def GetElement(self, key: Any) -> ElementRecord | None:
        database = self._database
        if isinstance(key, str):
            try:
                return database.get(int(key.rpartition("-")[2], 16))
            except ValueError:
                return None
        if hasattr(key, "number"):
            return database.get(key.number)
        return database.get(key.ElementId.number)

    def Delete(self, what: Any) -> list[int]:
        database = self._database
        database.check_writable()
        several = not hasattr(what, "number")
        numbers = [i.number for i in what] if several else [what.number]
        records = [database.get(number) for number in numbers]
        if any(record is None for record in records):
            raise revit_error(
                "ArgumentException",
                "One or more ids in elementIds was not valid."
                if several
                else "ElementId cannot be deleted.",
            )
        gone: dict[int, ElementRecord] = {}
        for record in filter(None, records):
            if record.data.get("undeletable"):
                raise revit_error("ArgumentException", "ElementId cannot be deleted.")
            gone[record.id] = record
            gone.update((r.id, r) for r in dependents_of(record))
        release(database, list(gone.values()))
        for record in gone.values():
            database.remove(record)
        return list(gone)

    def Regenerate(self) -> None:
        self._database.check_writable()
        self._database.regenerate()

    def AutoJoinElements(self) -> None:
        self._database.check_writable()

    def GetWarnings(self) -> list[Any]:
        from revitron_grpc.simulation.revit.warnings import messages

        return messages(self._database)

    def PostFailure(self, failure: Any) -> Any:
        from revitron_grpc.simulation.revit.failures import FailureMessageKey

        database = self._database
        database.check_writable()
        posted = database.settings.get("posted_failures", ())
        database.settings["posted_failures"] = (*posted, failure._failure)
        return FailureMessageKey.fresh()

    def GetRoomAtPoint(self, point: Any, phase: Any = None) -> ElementRecord | None:
        from revitron_grpc.simulation.revit.rooms import room_at

        return room_at(self._database, point, phase)

    def GetSpaceAtPoint(self, point: Any, phase: Any = None) -> ElementRecord | None:
        from revitron_grpc.simulation.revit.rooms import space_at

        return space_at(self._database, point, phase)

    def GetWorksetTable(self) -> Any:
        from revitron_grpc.simulation.revit.worksharing import workset_table

        return workset_table(self._database)

    def GetWorksetId(self, id: Any) -> Any:
        from revitron_grpc.simulation.revit.worksharing import workset_id

        record = self._database.get(id.number)
        return workset_id(record.data.get("workset", 0) if record is not None else INVALID)

    def GetDefaultElementTypeId(self, defaultTypeId: Any) -> int:
        return self._database.settings.get("default_types", {}).get(defaultTypeId.name, INVALID)

    def Equals(self, obj: object) -> bool:
        return self == obj

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and other._database is self._database

    def __hash__(self) -> int:
        return id(self._database)

    def GetHashCode(self) -> int:
        return hash(self) & 0x7FFFFFFF
