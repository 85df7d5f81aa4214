"""Where runs and families can be joined, what with, and to which system each end belongs.

Data of an element with connectors: `ports`, a tuple of `Port`, of a family (curves have one at
each end of their `curve`); `joined`, a tuple of (own connector, other element, its connector),
held by both; `system`, the id of the system of all connectors, or `systems`, a tuple of
(connector, id of its system), of equipment. `flow_way` of a curve is 1 where the flow goes from
its first to its second end, -1 the other way round, 0 where it is not known.

The connectors of a curve are numbered from 0, those of a family from 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.stored import stored

__all__ = ["Port", "is_curve", "joins_of", "ports_of", "section_of", "system_of"]


@dataclass(frozen=True, slots=True)
class Port:
    """One connector: where it is beside its family's point, whereto it looks, what it takes.

    Lengths are in feet, directions those of the model. `kind` is a `ConnectorType`, `direction` a
    `FlowDirectionType`; `asks` the classification of the system that it is made for.
    """

    offset: XYZ
    outward: XYZ
    domain: str = "DomainPiping"
    shape: str = "Round"
    radius: float = 0.0
    width: float = 0.0
    height: float = 0.0
    direction: str = "Bidirectional"
    kind: str = "End"
    description: str = ""
    asks: str = "Fitting"
    flow: float = 0.0


_DOMAINS = {
    "Pipe": "DomainPiping",
    "FlexPipe": "DomainPiping",
    "Duct": "DomainHvac",
    "FlexDuct": "DomainHvac",
    "CableTray": "DomainCableTrayConduit",
    "Conduit": "DomainCableTrayConduit",
}
_DIAMETERS = (
    "RBS_PIPE_DIAMETER_PARAM",
    "RBS_CURVE_DIAMETER_PARAM",
    "RBS_CONDUIT_DIAMETER_PARAM",
)
_SIDES = (
    ("RBS_CURVE_WIDTH_PARAM", "RBS_CURVE_HEIGHT_PARAM"),
    ("RBS_CABLETRAY_WIDTH_PARAM", "RBS_CABLETRAY_HEIGHT_PARAM"),
)


def section_of(record: ElementRecord) -> tuple[str, float, float]:
    """Return the profile of a curve: its shape, diameter or width, and height."""
    for name in _DIAMETERS:
        diameter = stored(record, name)
        if diameter is not None:
            return "Round", diameter, diameter
    for wide, high in _SIDES:
        width = stored(record, wide)
        if width is not None:
            return "Rectangular", width, stored(record, high, 0.0)
    return "Invalid", 0.0, 0.0


def is_curve(record: ElementRecord) -> bool:
    """Whether an element is a run with a connector at each end."""
    return record.kind.rpartition(".")[2] in _DOMAINS


def ports_of(record: ElementRecord) -> dict[int, Port]:
    """Return the connectors of an element by their number; offsets are places in the model."""
    data = record.data
    if is_curve(record):
        return _curve_ports(record)
    base = data.get("point")
    return {
        number: port if base is None else _moved(port, base)
        for number, port in enumerate(data.get("ports", ()), start=1)
    }


def _moved(port: Port, base: XYZ) -> Port:
    return replace(port, offset=base.plus(port.offset))


def _curve_ports(record: ElementRecord) -> dict[int, Port]:
    curve = record.data["curve"]
    start, end = curve.GetEndPoint(0), curve.GetEndPoint(1)
    along = end.minus(start).unit()
    shape, width, height = section_of(record)
    way = record.data.get("flow_way", 0)
    names = {1: ("In", "Out"), -1: ("Out", "In")}.get(way, ("Bidirectional", "Bidirectional"))
    flow = stored(record, "RBS_PIPE_FLOW_PARAM", stored(record, "RBS_DUCT_FLOW_PARAM", 0.0))
    made: dict[int, Port] = {}
    for number, (place, outward) in enumerate(((start, along.times(-1.0)), (end, along))):
        made[number] = Port(
            place,
            outward,
            _DOMAINS[record.kind.rpartition(".")[2]],
            shape,
            width / 2.0 if shape == "Round" else 0.0,
            width,
            height,
            names[number],
            flow=flow,
        )
    return made


def system_of(record: ElementRecord, number: int | None = None) -> ElementRecord | None:
    """Return the system of a connector, or of all of an element's; None without one."""
    held = record.data.get("system", INVALID)
    if number is not None:
        held = dict(record.data.get("systems", ())).get(number, held)
    return record.database.get(held)


def joins_of(record: ElementRecord) -> Iterator[tuple[int, ElementRecord, int]]:
    """Yield own connector, neighbour and its connector for every join that still exists."""
    for own, other, number in record.data.get("joined", ()):
        neighbour = record.database.get(other)
        if neighbour is not None:
            yield own, neighbour, number
