"""Ducts and pipes, their connectors, and the MEP model of families (behaviour 39).

Data of a duct or pipe: `curve`, `shape` (a `ConnectorProfileType`), and the parameters of its
size. `connectors` of any element are `Joint`s: their place, shape, and what they are joined to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.families import provides_mep_model
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.placing import current_phase
from revitron_grpc.simulation.revit.stored import store, stored

_SHORTEST = 0.1 / 12.0
_ROUND, _RECTANGULAR = "Round", "Rectangular"
# Sizes of what is made without a size of its own, in feet.
_DEFAULT_SIZE = 0.5


@dataclass(frozen=True, slots=True)
class Joint:
    """One connector of an element.

    `joined` are the other ends: the id of an element and the number of its connector; `system` is
    the id of the system that it belongs to, whose connector is a logical one.
    """

    number: int
    place: XYZ
    shape: str = _ROUND
    domain: str = "DomainPiping"
    kind: str = "End"
    joined: tuple[tuple[int, int], ...] = ()
    system: int = INVALID


@behaves("Autodesk.Revit.DB.Connector")
class Connector:
    """Where an element can be joined to another."""

    _owner: ElementRecord
    _number: int

    @classmethod
    def of(cls, owner: ElementRecord, number: int) -> Any:
        """Return a connector of an element by its number."""
        made = object.__new__(cls)
        made.__dict__.update(_owner=owner, _number=number)
        return made

    @property
    def _joint(self) -> Joint:
        return next(one for one in joints(self._owner) if one.number == self._number)

    @property
    def Id(self) -> int:
        return self._number

    @property
    def Owner(self) -> ElementRecord:
        return self._owner

    @property
    def Origin(self) -> XYZ:
        return self._joint.place

    @property
    def Shape(self) -> str:
        return self._joint.shape

    @property
    def Domain(self) -> str:
        return self._joint.domain

    @property
    def ConnectorType(self) -> str:
        return self._joint.kind

    def _size(self, name: str, shape: str, parameters: tuple[str, ...], share: float) -> float:
        if self._joint.shape != shape:
            raise revit_error(
                "InvalidOperationException", f"{name}: the connector's shape is not {shape}."
            )
        found = (stored(self._owner, one) for one in parameters)
        return next((one for one in found if one is not None), _DEFAULT_SIZE) * share

    @property
    def Radius(self) -> float:
        return self._size("Radius", _ROUND, _DIAMETERS, 0.5)

    @property
    def Width(self) -> float:
        return self._size("Width", _RECTANGULAR, ("RBS_CURVE_WIDTH_PARAM",), 1.0)

    @property
    def Height(self) -> float:
        return self._size("Height", _RECTANGULAR, ("RBS_CURVE_HEIGHT_PARAM",), 1.0)

    @property
    def IsConnected(self) -> bool:
        return bool(self._joint.joined)

    def IsConnectedTo(self, connector: Any) -> bool:
        return (connector._owner.id, connector._number) in self._joint.joined

    @property
    def AllRefs(self) -> Any:
        database, joint = self._owner.database, self._joint
        found = [
            Connector.of(database.elements[number], place)
            for number, place in joint.joined
            if database.get(number) is not None
        ]
        system = database.get(joint.system)
        if system is not None:
            found.append(Connector.of(system, 0))
        return connector_set(database, found)

    def ConnectTo(self, connector: Any) -> None:
        _join(self, connector)
        _join(connector, self)

    def DisconnectFrom(self, connector: Any) -> None:
        _part(self, connector)
        _part(connector, self)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Connector)
            and other._owner is self._owner
            and other._number == self._number
        )

    def __hash__(self) -> int:
        return hash((self._owner.id, self._number))


_DIAMETERS = ("RBS_PIPE_DIAMETER_PARAM", "RBS_CURVE_DIAMETER_PARAM")


def joints(record: ElementRecord) -> tuple[Joint, ...]:
    """Return the connectors of an element; a system has one, a logical one."""
    if "connectors" in record.data:
        return record.data["connectors"]
    if record.kind.endswith("System"):
        return (Joint(0, XYZ(), kind="Logical"),)
    return ()


def _change(connector: Any, joined: tuple[tuple[int, int], ...]) -> None:
    record = connector._owner
    changed = tuple(
        Joint(j.number, j.place, j.shape, j.domain, j.kind, joined, j.system)
        if j.number == connector._number
        else j
        for j in joints(record)
    )
    record.database.write(record, "connectors", changed)


def _join(one: Any, other: Any) -> None:
    end = (other._owner.id, other._number)
    _change(one, (*(e for e in one._joint.joined if e != end), end))


def _part(one: Any, other: Any) -> None:
    _change(one, tuple(e for e in one._joint.joined if e != (other._owner.id, other._number)))


@behaves("Autodesk.Revit.DB.ConnectorSet")
class ConnectorSet:
    """Connectors without an order of their own."""

    _items: list[Any]
    _database: Database

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def __iter__(self) -> Iterator[Any]:
        promote = self._database.document._api.promote
        return iter([promote(one) for one in self._items])


def connector_set(database: Database, items: list[Any]) -> Any:
    """Return a set of connectors."""
    made = object.__new__(ConnectorSet)
    made.__dict__.update(_items=items, _database=database)
    return made


@behaves("Autodesk.Revit.DB.ConnectorManager")
class ConnectorManager:
    """The connectors of one element."""

    _owner: ElementRecord

    @classmethod
    def of(cls, owner: ElementRecord) -> Any:
        """Return the manager of an element's connectors."""
        made = object.__new__(cls)
        made.__dict__["_owner"] = owner
        return made

    @property
    def Owner(self) -> ElementRecord:
        return self._owner

    def _all(self) -> list[Any]:
        return [Connector.of(self._owner, one.number) for one in joints(self._owner)]

    @property
    def Connectors(self) -> Any:
        return connector_set(self._owner.database, self._all())

    @property
    def UnusedConnectors(self) -> Any:
        free = [one for one in self._all() if not one._joint.joined]
        return connector_set(self._owner.database, free)

    def Lookup(self, index: int) -> Any:
        return next((one for one in self._all() if one._number == index), None)


@behaves("Autodesk.Revit.DB.MEPModel")
class MEPModel:
    """What a family instance is in the building services."""

    _owner: ElementRecord

    @property
    def ConnectorManager(self) -> Any:
        # None for a family without connectors (behaviour 15).
        return ConnectorManager.of(self._owner) if joints(self._owner) else None


@provides_mep_model
def _mep_model(record: ElementRecord) -> Any:
    made = object.__new__(MEPModel)
    made.__dict__["_owner"] = record
    return made


@behaves("Autodesk.Revit.DB.MEPCurve")
class MEPCurve(Element):
    """A duct, a pipe, a tray: something along a line with a section."""

    @property
    def ConnectorManager(self) -> Any:
        return ConnectorManager.of(self._record)

    def _size(self, name: str, shape: str, parameters: tuple[str, ...]) -> float:
        if self._data.get("shape", _ROUND) != shape:
            raise revit_error(
                "InvalidOperationException", f"{name}: the MEP curve's shape is not {shape}."
            )
        found = (stored(self._record, one) for one in parameters)
        return next((one for one in found if one is not None), _DEFAULT_SIZE)

    @property
    def Diameter(self) -> float:
        return self._size("Diameter", _ROUND, _DIAMETERS)

    @property
    def Width(self) -> float:
        return self._size("Width", _RECTANGULAR, ("RBS_CURVE_WIDTH_PARAM",))

    @property
    def Height(self) -> float:
        return self._size("Height", _RECTANGULAR, ("RBS_CURVE_HEIGHT_PARAM",))

    @property
    def MEPSystem(self) -> ElementRecord | None:
        systems = (one.system for one in joints(self._record))
        return next((self._database.get(one) for one in systems if one != INVALID), None)

    @property
    def ReferenceLevel(self) -> ElementRecord | None:
        return self._other("level")


@behaves("Autodesk.Revit.DB.MEPCurveType")
class MEPCurveType(ElementType):
    """A type of ducts or pipes; `shape` of its data is a `ConnectorProfileType`."""

    @property
    def Shape(self) -> str:
        return self._data.get("shape", _ROUND)


def _new_curve(
    document: Any, kind: str, category: str, ids: tuple[Any, ...], ends: tuple[XYZ, XYZ]
) -> ElementRecord:
    """Make a duct or a pipe between two points."""
    database = document._database
    database.check_writable()
    system, of_type, level = (database.get(one.number) for one in ids)
    simple = kind.rpartition(".")[2]
    if system is None or not system.kind.endswith("SystemType"):
        raise revit_error("ArgumentException", f"The systemTypeId is not valid for a {simple}.")
    if of_type is None or not of_type.kind.endswith(f".{simple}Type"):
        raise revit_error("ArgumentException", f"The type is not valid for a {simple}.")
    if level is None or not level.kind.endswith(".Level"):
        raise revit_error("ArgumentException", "The ElementId levelId is not a Level.")
    if ends[1].minus(ends[0]).length < _SHORTEST:
        raise revit_error(
            "ArgumentException",
            "The points of startPoint and endPoint are too close: for MEPCurve, the minimum "
            "length is 1/10 inch.",
        )
    shape = of_type.data.get("shape", _ROUND)
    domain = "DomainPiping" if simple == "Pipe" else "DomainHvac"
    made = database.add(
        kind,
        category=category,
        type=of_type.id,
        level=level.id,
        curve=Line.between(*ends),
        shape=shape,
        system_type=system.id,
        created_phase=current_phase(database),
        connectors=tuple(Joint(number, place, shape, domain) for number, place in enumerate(ends)),
    )
    if simple == "Pipe":
        store(made, "RBS_PIPE_DIAMETER_PARAM", _DEFAULT_SIZE)
    elif shape == _ROUND:
        store(made, "RBS_CURVE_DIAMETER_PARAM", _DEFAULT_SIZE)
    else:
        store(made, "RBS_CURVE_WIDTH_PARAM", _DEFAULT_SIZE)
        store(made, "RBS_CURVE_HEIGHT_PARAM", _DEFAULT_SIZE)
    return made


@behaves("Autodesk.Revit.DB.Mechanical.Duct")
class Duct(MEPCurve):
    """A duct."""

    @classmethod
    def Create(cls, document: Any, *more: Any) -> ElementRecord:
        ids, ends = _ids_and_points(more, "Duct")
        return _new_curve(document, "Mechanical.Duct", "OST_DuctCurves", ids, ends)


@behaves("Autodesk.Revit.DB.Plumbing.Pipe")
class Pipe(MEPCurve):
    """A pipe."""

    @classmethod
    def Create(cls, document: Any, *more: Any) -> ElementRecord:
        ids, ends = _ids_and_points(more, "Pipe")
        return _new_curve(document, "Plumbing.Pipe", "OST_PipeCurves", ids, ends)


def _ids_and_points(more: tuple[Any, ...], what: str) -> tuple[Any, tuple[XYZ, XYZ]]:
    if len(more) != 5:
        raise NotSimulated(f"{what}.Create from a connector")
    return more[:3], (more[3], more[4])
