"""Elements as such: identity, name, type, level, category, location, what depends on them.

Keys of `ElementRecord.data` that every element may have: `category` (a `BuiltInCategory` name),
`name`, `type`, `level`, `workset`, `created_phase`, `demolished_phase`, `option`, `group`,
`view` (the view that owns it), `host`, `super` (ids; -1 or no key for none), `pinned`,
`point` (XYZ), `rotation` (radians), `curve` (Curve), `box` (two XYZ: minimum and maximum),
`materials` and `paint` (tuples of ids), `guid` (the end of its unique id).
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import (
    category_named,
    category_number,
    category_numbered,
)
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.names import check_name
from revitron_grpc.simulation.revit import parameters, shapes
from revitron_grpc.simulation.revit.dependents import dependents_of
from revitron_grpc.simulation.revit.geometry import XYZ, BoundingBoxXYZ, Transform
from revitron_grpc.simulation.revit.owned import Owned


@behaves("Autodesk.Revit.DB.Element")
class Element(Owned):
    """The base of all elements."""

    @property
    def Id(self) -> int:
        return self._record.id

    @property
    def UniqueId(self) -> str:
        return unique_id(self._record)

    @property
    def VersionGuid(self) -> str:
        touched = sum(1 for e in self._database.journal if e.record is self._held)
        return f"{self._record.id:08x}-0000-0000-0000-{touched:012x}"

    @property
    def IsValidObject(self) -> bool:
        return self._held.alive

    @property
    def Name(self) -> str:
        return self._shown_name()

    @Name.setter
    def Name(self, value: str) -> None:
        self._rename(value)

    # Revit's getter and setter are virtual: `Element.Name.GetValue(room)` asks the room.

    def _shown_name(self) -> str:
        if "name" in self._data:
            return self._data["name"]
        # An instance without a name of its own bears its type's (field knowledge).
        own = self._other("type")
        return "" if own is None else own.data.get("name", "")

    def _rename(self, value: str) -> None:
        check_name(self._record, value)
        self._write("name", value)

    @property
    def Document(self) -> Any:
        return self._document

    @property
    def Category(self) -> Any:
        name = self._data.get("category")
        return None if name is None else category_of(self._database, name)

    @property
    def LevelId(self) -> int:
        return self._data.get("level", INVALID)

    @property
    def OwnerViewId(self) -> int:
        return self._data.get("view", INVALID)

    @property
    def ViewSpecific(self) -> bool:
        return self._data.get("view", INVALID) != INVALID

    @property
    def GroupId(self) -> int:
        return self._data.get("group", INVALID)

    @property
    def AssemblyInstanceId(self) -> int:
        return self._data.get("assembly", INVALID)

    @property
    def Pinned(self) -> bool:
        return bool(self._data.get("pinned"))

    @Pinned.setter
    def Pinned(self, value: bool) -> None:
        self._write("pinned", bool(value))

    @property
    def DesignOption(self) -> ElementRecord | None:
        return self._other("option")

    @property
    def CreatedPhaseId(self) -> int:
        return self._data.get("created_phase", INVALID)

    @CreatedPhaseId.setter
    def CreatedPhaseId(self, value: Any) -> None:
        self._check_phases(value.number, self._data.get("demolished_phase", INVALID))
        self._write("created_phase", value.number)

    @property
    def DemolishedPhaseId(self) -> int:
        return self._data.get("demolished_phase", INVALID)

    @DemolishedPhaseId.setter
    def DemolishedPhaseId(self, value: Any) -> None:
        self._check_phases(self._data.get("created_phase", INVALID), value.number)
        self._write("demolished_phase", value.number)

    def _check_phases(self, created: int, demolished: int) -> None:
        from revitron_grpc.simulation.revit.phases import phases_in_order

        if "created_phase" not in self._data:
            raise revit_error(
                "InvalidOperationException",
                "The element does not have properties CreatedPhaseId and DemolishedPhaseId.",
            )
        if not phases_in_order(self._database, created, demolished):
            raise revit_error(
                "ArgumentException",
                "Invalid order of phases: An object cannot be demolished before it was created.",
            )

    def HasPhases(self) -> bool:
        return "created_phase" in self._data

    def ArePhasesModifiable(self) -> bool:
        return self.HasPhases()

    def IsDemolishedPhaseOrderValid(self, demolishedPhaseId: Any) -> bool:
        from revitron_grpc.simulation.revit.phases import phases_in_order

        return phases_in_order(
            self._database, self._data.get("created_phase", INVALID), demolishedPhaseId.number
        )

    def IsCreatedPhaseOrderValid(self, createdPhaseId: Any) -> bool:
        from revitron_grpc.simulation.revit.phases import phases_in_order

        return phases_in_order(
            self._database, createdPhaseId.number, self._data.get("demolished_phase", INVALID)
        )

    def GetPhaseStatus(self, phaseId: Any) -> str:
        from revitron_grpc.simulation.revit.phases import status_in

        return status_in(self._record, phaseId.number)

    @property
    def WorksetId(self) -> Any:
        from revitron_grpc.simulation.revit.worksharing import workset_id

        return workset_id(self._data.get("workset", 0))

    @property
    def Location(self) -> Any:
        data = self._data
        if "curve" in data:
            return LocationCurve.of(self._record)
        if data.get("point") is not None:
            return LocationPoint.of(self._record)
        return None

    def GetTypeId(self) -> int:
        return self._data.get("type", INVALID)

    def GetValidTypes(self) -> set[int]:
        return self._valid_types()

    def _valid_types(self) -> set[int]:
        own = self._other("type")
        if own is None:
            return set()
        same = (own.kind, own.data.get("category"))
        return {
            r.id
            for r in self._database.elements.values()
            if (r.kind, r.data.get("category")) == same
        }

    def IsValidType(self, typeId: Any) -> bool:
        return typeId.number in self._valid_types()

    def CanHaveTypeAssigned(self) -> bool:
        return self.GetTypeId() != INVALID

    def ChangeTypeId(self, typeId: Any) -> int:
        self._database.check_writable()
        if self._data.get("group", INVALID) != INVALID:
            raise revit_error(
                "ModificationForbiddenException",
                "This Element is a member of a group or sketch, and the document is not "
                "currently editing the group or sketch.",
            )
        if typeId.number not in self._valid_types():
            raise revit_error("ArgumentException", "This element cannot have the type assigned.")
        self._write("type", typeId.number)
        return INVALID

    def get_BoundingBox(self, A_0: Any) -> BoundingBoxXYZ | None:
        data = self._database.derived_data(self._record)
        corners = data.get("box") or shapes.extents(self._record, data) or _box_around(data)
        if corners is None:
            return None
        box = BoundingBoxXYZ()
        box.Min, box.Max = corners
        return box

    def get_Geometry(self, options: Any) -> Any:
        return shapes.geometry_of(self._record, options)

    def GetGeometryObjectFromReference(self, reference: Any) -> Any:
        return shapes.object_at(self._record, reference)

    def get_Parameter(self, parameterId: Any) -> Any:
        return parameters.parameter_of(self._record, parameterId)

    def GetParameter(self, parameterTypeId: Any) -> Any:
        return parameters.parameter_of(self._record, parameterTypeId)

    def LookupParameter(self, name: str) -> Any:
        return parameters.parameter_named(self._record, name)

    def GetParameters(self, name: str) -> list[Any]:
        return parameters.parameters_named(self._record, name)

    def GetOrderedParameters(self) -> list[Any]:
        return parameters.ordered_parameters(self._record)

    @property
    def Parameters(self) -> Any:
        return parameters.parameter_set(self._record)

    @property
    def ParametersMap(self) -> Any:
        return parameters.parameter_map(self._record)

    def GetMaterialIds(self, returnPaintMaterials: bool) -> list[int]:
        return list(self._data.get("paint" if returnPaintMaterials else "materials", ()))

    def GetMaterialVolume(self, materialId: Any) -> float:
        from revitron_grpc.simulation.revit.material_amounts import volumes_of

        return volumes_of(self._record).get(materialId.number, 0.0)

    def GetMaterialArea(self, materialId: Any, usePaintMaterial: bool) -> float:
        return self._data.get("material_areas", {}).get(materialId.number, 0.0)

    def GetDependentElements(self, filter: Any) -> list[int]:
        found = [self._record, *dependents_of(self._record)]
        return [r.id for r in found if filter is None or filter.passes(r)]

    def GetEntity(self, schema: Any) -> Any:
        from revitron_grpc.simulation.revit.storage import entity_of

        return entity_of(self._record, schema)

    def SetEntity(self, entity: Any) -> None:
        from revitron_grpc.simulation.revit.storage import set_entity

        set_entity(self._record, entity)

    def DeleteEntity(self, schema: Any) -> bool:
        from revitron_grpc.simulation.revit.storage import delete_entity

        return delete_entity(self._record, schema)

    def GetEntitySchemaGuids(self) -> list[Any]:
        from revitron_grpc.simulation.net.values import Guid

        return [Guid(guid) for guid in self._data.get("entities", {})]

    def IsHidden(self, pView: Any) -> bool:
        return self._record.id in pView._data.get("hidden", frozenset())

    def CanBeHidden(self, pView: Any) -> bool:
        return not self._data.get("pinned_to_view", False)

    def Equals(self, obj: object) -> bool:
        return self is obj

    def GetHashCode(self) -> int:
        return self._record.id

    def ToString(self) -> str:
        return self._record.kind


def unique_id(record: ElementRecord) -> str:
    """Return what names an element for ever: `Element.UniqueId`."""
    episode = record.data.get("guid", "5a0c9a4e-0b1c-4f7e-9d39-1f2a6d4c0000")
    return f"{episode}-{record.id:08x}"


@behaves("Autodesk.Revit.DB.ElementType")
class ElementType(Element):
    """A type: what instances of it share."""

    @property
    def FamilyName(self) -> str:
        return self._data.get("family_name", "")

    def Duplicate(self, name: str) -> ElementRecord:
        record = self._record
        check_name(record, name, other=True)
        made = self._database.add(record.kind, **{**record.data, "name": name})
        made.values.update(record.values)
        return made


def _box_around(data: dict[str, Any]) -> tuple[XYZ, XYZ] | None:
    """A box around point or curve, where an element has no extents of its own."""
    curve = data.get("curve")
    if curve is not None:
        ends = [curve.GetEndPoint(0), curve.GetEndPoint(1)]
    elif data.get("point") is not None:
        ends = [data["point"]]
    else:
        return None
    half = data.get("half_size", 0.25)
    low = XYZ(*(min(getattr(e, a) for e in ends) - half for a in "XYZ"))
    high = XYZ(*(max(getattr(e, a) for e in ends) + half for a in "XYZ"))
    return low, high


@behaves("Autodesk.Revit.DB.Location")
class Location(Owned):
    """Where an element is; each read gives a new object."""

    @classmethod
    def of(cls, record: ElementRecord) -> Any:
        made = object.__new__(cls)
        made.__dict__["_held"] = record
        return made

    def Move(self, translation: XYZ) -> bool:
        move(self._record, translation)
        return True


@behaves("Autodesk.Revit.DB.LocationPoint")
class LocationPoint(Location):
    """A place in one point, with a rotation in radians."""

    @property
    def Point(self) -> XYZ:
        return self._data["point"]

    @Point.setter
    def Point(self, value: XYZ) -> None:
        move(self._record, value - self._data["point"])

    @property
    def Rotation(self) -> float:
        return self._data.get("rotation", 0.0)


@behaves("Autodesk.Revit.DB.LocationCurve")
class LocationCurve(Location):
    """A place along a curve."""

    @property
    def Curve(self) -> Any:
        # Curves can be changed (MakeBound), and Revit hands out copies.
        return self._data["curve"].copy()

    @Curve.setter
    def Curve(self, value: Any) -> None:
        self._write("curve", value.copy())


def move(record: ElementRecord, by: XYZ) -> None:
    """Move an element, as `ElementTransformUtils.MoveElement` does; pinned ones stay."""
    database = record.database
    database.check_writable()
    if record.data.get("pinned"):
        return
    for member in record.data.get("members", ()):
        if database.get(member) is not None:
            move(database.elements[member], by)
    if record.data.get("point") is not None:
        database.write(record, "point", record.data["point"] + by)
    if "curve" in record.data:
        shift = Transform.CreateTranslation(by)
        database.write(record, "curve", record.data["curve"].CreateTransformed(shift))
    if record.data.get("box") is not None:
        low, high = record.data["box"]
        database.write(record, "box", (low + by, high + by))


def category_of(database: Database, name: str) -> Any:
    """Return the `Category` object of a `BuiltInCategory` name, in the document's language."""
    made = object.__new__(Category)
    made.__dict__.update(_name=name, _database=database)
    return made


@behaves("Autodesk.Revit.DB.Category")
class Category:
    """A category of one document."""

    _name: str
    _database: Database

    @property
    def Name(self) -> str:
        return self._facts.label(self._database.language)

    @property
    def Id(self) -> int:
        return category_number(self._name)

    @property
    def _facts(self) -> Any:
        return category_named(self._name)

    @property
    def BuiltInCategory(self) -> str:
        return self._name

    @property
    def CategoryType(self) -> str:
        return self._facts.kind

    @property
    def AllowsBoundParameters(self) -> bool:
        return self._facts.allows_bound_parameters

    @property
    def HasMaterialQuantities(self) -> bool:
        return self._facts.has_material_quantities

    @property
    def IsCuttable(self) -> bool:
        return self._facts.cuttable

    @property
    def Parent(self) -> Any:
        parent = self._facts.parent
        return category_of(self._database, parent) if parent else None

    @classmethod
    def GetCategory(cls, document: Any, categoryId: Any) -> Any:
        facts = category_numbered(categoryId.number)
        return None if facts is None else category_of(document._database, facts.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Category) and other._name == self._name

    def __hash__(self) -> int:
        return hash(self._name)
