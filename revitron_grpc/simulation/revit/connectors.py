"""Connectors: the ends of pipes, ducts and trays, and what families join them with.

What an element's data says of them stands in `ports`.
"""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.owned import Owned
from revitron_grpc.simulation.revit.ports import Port, joins_of, ports_of, system_of

__all__ = ["Connector", "ConnectorManager", "ConnectorSet", "ElementSet"]

_PHYSICAL = ("End", "Curve", "Physical")


class _Set:
    """A set of the API that is read by iterating."""

    _database: Database
    _items: list[Any]

    @classmethod
    def of(cls, database: Database, items: list[Any]) -> Any:
        made = object.__new__(cls)
        made.__dict__.update(_database=database, _items=items)
        return made

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def _shown(self, item: Any) -> Any:
        api = getattr(self._database.document, "_api", None)
        return item if api is None else api.conversion.value(item)

    def __iter__(self) -> Iterator[Any]:
        return (self._shown(item) for item in self._items)

    def __len__(self) -> int:
        return len(self._items)


@behaves("Autodesk.Revit.DB.ElementSet")
class ElementSet(_Set):
    """Elements, as older parts of the API give them; not a .NET collection of ids."""

    def __init__(self) -> None:
        from revitron_grpc.simulation.session import current_session

        self.__dict__.update(_database=current_session().database, _items=[])

    def Contains(self, item: Any) -> bool:
        return any(held.id == item._record.id for held in self._items)

    def Insert(self, item: Any) -> bool:
        if self.Contains(item):
            return False
        self._items.append(item._record)
        return True


@behaves("Autodesk.Revit.DB.ConnectorSet")
class ConnectorSet(_Set):
    """Connectors in no order that means anything."""

    def __init__(self) -> None:
        from revitron_grpc.simulation.session import current_session

        self.__dict__.update(_database=current_session().database, _items=[])

    def Contains(self, item: Any) -> bool:
        return any(held._same(item) for held in self._items)

    def Insert(self, item: Any) -> bool:
        if self.Contains(item):
            return False
        self._items.append(item)
        return True


@behaves("Autodesk.Revit.DB.ConnectorManager")
class ConnectorManager(Owned):
    """The connectors of one element."""

    @classmethod
    def of(cls, record: ElementRecord) -> "ConnectorManager":
        """Return the manager of an element."""
        made = object.__new__(cls)
        made.__dict__["_held"] = record
        return made

    @property
    def Owner(self) -> ElementRecord:
        return self._record

    @property
    def Connectors(self) -> ConnectorSet:
        record = self._record
        return ConnectorSet.of(
            record.database, [Connector.of(record, number) for number in ports_of(record)]
        )

    @property
    def UnusedConnectors(self) -> ConnectorSet:
        record = self._record
        used = {own for own, _, _ in joins_of(record)}
        free = [Connector.of(record, number) for number in ports_of(record) if number not in used]
        return ConnectorSet.of(record.database, free)

    def Lookup(self, index: int) -> "Connector | None":
        return Connector.of(self._record, index) if index in ports_of(self._record) else None


@behaves("Autodesk.Revit.DB.Connector")
class Connector(Owned):
    """One connector of an element, or the logical one of a system (behaviour 39)."""

    _number: int
    _logical: bool

    @classmethod
    def of(cls, record: ElementRecord, number: int, *, logical: bool = False) -> "Connector":
        """Return one connector; with `logical` that of a system."""
        made = object.__new__(cls)
        made.__dict__.update(_held=record, _number=number, _logical=logical)
        return made

    @property
    def _port(self) -> Port:
        return ports_of(self._record)[self._number]

    @property
    def _physical(self) -> Port:
        # "This property is available only for physical connectors": documentation of Origin.
        if self._logical or self._port.kind not in _PHYSICAL:
            raise revit_error("InvalidOperationException", "The connector is not physical.")
        return self._port

    def _same(self, other: "Connector") -> bool:
        return self._record is other._record and self._number == other._number

    @property
    def Id(self) -> int:
        return self._number

    @property
    def Owner(self) -> ElementRecord:
        return self._record

    @property
    def ConnectorManager(self) -> ConnectorManager:
        return ConnectorManager.of(self._record)

    @property
    def ConnectorType(self) -> str:
        return "Logical" if self._logical else self._port.kind

    @property
    def Domain(self) -> str:
        if self._logical:
            piping = self._record.kind.endswith(".PipingSystem")
            return "DomainPiping" if piping else "DomainHvac"
        return self._port.domain

    @property
    def Description(self) -> str:
        return self._port.description

    @property
    def IsValidObject(self) -> bool:
        return self._held.alive

    # Shape and place

    @property
    def Shape(self) -> str:
        return self._physical.shape

    @property
    def Radius(self) -> float:
        port = self._physical
        if port.shape != "Round":
            raise revit_error("InvalidOperationException", "The connector is not round.")
        return port.radius

    @property
    def Width(self) -> float:
        return self._side("width")

    @property
    def Height(self) -> float:
        return self._side("height")

    def _side(self, key: str) -> float:
        port = self._physical
        if port.shape not in ("Rectangular", "Oval"):
            raise revit_error(
                "InvalidOperationException", "The connector is neither rectangular nor oval."
            )
        return getattr(port, key)

    @property
    def Origin(self) -> XYZ:
        return self._physical.offset

    @property
    def CoordinateSystem(self) -> Transform:
        port = self._physical
        # BasisZ looks out of the element (documentation of the property).
        outward = port.outward.unit()
        upright = abs(outward.Z) > 0.999
        across = XYZ(1.0, 0.0, 0.0) if upright else XYZ(0.0, 0.0, 1.0).cross(outward).unit()
        return Transform.of(port.offset, across, outward.cross(across), outward)

    # Flow

    @property
    def Direction(self) -> str:
        port = self._port
        if port.domain not in ("DomainPiping", "DomainHvac"):
            raise revit_error(
                "InvalidOperationException", "The connector has no flow: it is electrical."
            )
        return port.direction

    @property
    def Flow(self) -> float:
        port = self._port
        if port.domain not in ("DomainPiping", "DomainHvac"):
            raise revit_error(
                "InvalidOperationException", "The connector has no flow: it is electrical."
            )
        return port.flow

    @property
    def PipeSystemType(self) -> str:
        return self._asked("DomainPiping", "PipeSystemType")

    @property
    def DuctSystemType(self) -> str:
        return self._asked("DomainHvac", "DuctSystemType")

    def _asked(self, domain: str, member: str) -> str:
        port = self._port
        if port.domain != domain:
            raise revit_error(
                "InvalidOperationException", f"{member} is of another domain than the connector."
            )
        system = system_of(self._record, self._number)
        if system is None:
            return port.asks
        kind = system.database.get(system.data.get("type", INVALID))
        return port.asks if kind is None else kind.data.get("classification", port.asks)

    @property
    def MEPSystem(self) -> ElementRecord | None:
        if self._logical:
            return self._record
        return system_of(self._record, self._number)

    # Joins

    @property
    def _joins(self) -> list[tuple[ElementRecord, int]]:
        if self._logical:
            return []
        found = joins_of(self._record)
        return [(other, number) for own, other, number in found if own == self._number]

    @property
    def IsConnected(self) -> bool:
        return bool(self._joins)

    def IsConnectedTo(self, connector: Any) -> bool:
        return any(
            other is connector._record and number == connector._number
            for other, number in self._joins
        )

    @property
    def AllRefs(self) -> ConnectorSet:
        record = self._record
        refs = [Connector.of(other, number) for other, number in self._joins]
        if not self._logical:
            system = system_of(record, self._number)
            # The set also has the connector itself and the logical one of its system: "ignore
            # logical ones and those of the owner" is what Autodesk's own samples do.
            if refs:
                refs.append(Connector.of(record, self._number))
            members = () if system is None else (system.data.get("base"), *_served(system))
            if system is not None and record.id in members:
                refs.append(Connector.of(system, 0, logical=True))
        return ConnectorSet.of(record.database, refs)

    def ConnectTo(self, connector: Any) -> None:
        self._database.check_writable()
        if self._port.domain != connector._port.domain:
            raise revit_error(
                "InvalidOperationException", "The connectors are of different domains."
            )
        if not self.IsConnectedTo(connector):
            _write_join(self, connector)
            _write_join(connector, self)

    def DisconnectFrom(self, connector: Any) -> None:
        self._database.check_writable()
        if not self.IsConnectedTo(connector):
            raise revit_error("InvalidOperationException", "The connectors are not connected.")
        for one, two in ((self, connector), (connector, self)):
            gone = (one._number, two._record.id, two._number)
            one._write("joined", tuple(j for j in one._data.get("joined", ()) if j != gone))


def _served(system: ElementRecord) -> tuple[int, ...]:
    return system.data.get("elements", ())


def _write_join(one: Connector, two: Connector) -> None:
    held = one._data.get("joined", ())
    one._write("joined", (*held, (one._number, two._record.id, two._number)))
