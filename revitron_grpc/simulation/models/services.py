"""How services are added to a sample model: runs and families that join where they meet.

Places are in metres, sizes in millimetres. Two connectors at one place are joined, unless a fault
of the model keeps them apart.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m, mm
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ports import Port, ports_of

__all__ = ["PipeKinds", "Place", "Services", "litres", "pascals", "round_port", "straight"]

Place = tuple[float, float, float]
_NEAR = mm(2.0)
_RUNS = {
    "pipe": ("Autodesk.Revit.DB.Plumbing.Pipe", "OST_PipeCurves"),
    "duct": ("Autodesk.Revit.DB.Mechanical.Duct", "OST_DuctCurves"),
    "tray": ("Autodesk.Revit.DB.Electrical.CableTray", "OST_CableTray"),
    "conduit": ("Autodesk.Revit.DB.Electrical.Conduit", "OST_Conduit"),
}
_DIAMETERS = {
    "pipe": "RBS_PIPE_DIAMETER_PARAM",
    "duct": "RBS_CURVE_DIAMETER_PARAM",
    "conduit": "RBS_CONDUIT_DIAMETER_PARAM",
}
_SIDES = {
    "duct": ("RBS_CURVE_WIDTH_PARAM", "RBS_CURVE_HEIGHT_PARAM"),
    "tray": ("RBS_CABLETRAY_WIDTH_PARAM", "RBS_CABLETRAY_HEIGHT_PARAM"),
}


def _point(place: Place) -> XYZ:
    return XYZ(*(m(number) for number in place))


def litres(flow: float) -> float:
    """Convert litres a second to cubic feet a second."""
    return flow / 28.316846592


def pascals(friction: float) -> float:
    """Convert pascals a metre to kilograms by square feet and square seconds."""
    return friction * 0.3048 * 0.3048


@dataclass
class PipeKinds:
    """Types that the pipes use."""

    pipe: ElementRecord
    wrap: ElementRecord
    heating: ElementRecord
    back: ElementRecord
    water: ElementRecord
    drain: ElementRecord
    elbow: ElementRecord
    tee: ElementRecord
    transition: ElementRecord
    valve: ElementRecord
    collar: ElementRecord
    coupling: ElementRecord


def round_port(offset: Place, outward: Place, diameter: float, **data: Any) -> Port:
    """Return a round connector, `offset` beside its family's point."""
    return Port(
        XYZ(*(m(number) for number in offset)), XYZ(*outward), radius=mm(diameter) / 2.0, **data
    )


def straight(diameter: float, further: float | None = None, **data: Any) -> tuple[Port, Port]:
    """Return two connectors along x, 10 cm beside the family's point; flow goes along x."""
    return (
        round_port((-0.1, 0.0, 0.0), (-1.0, 0.0, 0.0), diameter, direction="In", **data),
        round_port((0.1, 0.0, 0.0), (1.0, 0.0, 0.0), further or diameter, direction="Out", **data),
    )


class Services:
    """Adds services to a model; `join` at the end connects what meets."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        self.level = builder.database.by_handle("level-1")
        self.phase = builder.database.by_handle("phase-2")
        self._with_ports: list[ElementRecord] = []

    def run(
        self,
        what: str,
        handle: str,
        start: Place,
        end: Place,
        size: float | tuple[float, float],
        kind: ElementRecord,
        system: ElementRecord | None = None,
        values: dict[str, Any] | None = None,
        **data: Any,
    ) -> ElementRecord:
        """Add a pipe, duct, tray or conduit; `size` is its diameter or its width and height."""
        full, category = _RUNS[what]
        if isinstance(size, tuple):
            sizes = dict(zip(_SIDES[what], map(mm, size), strict=True))
        else:
            sizes = {_DIAMETERS[what]: mm(size)}
        record = self.builder.add(
            full,
            handle,
            category,
            {**sizes, **(values or {})},
            type=kind,
            level=self.level,
            created_phase=self.phase,
            system=system,
            curve=Line.between(_point(start), _point(end)),
            **data,
        )
        self._with_ports.append(record)
        return record

    def family(
        self,
        handle: str,
        category: str,
        kind: ElementRecord,
        place: Place,
        ports: tuple[Port, ...] = (),
        values: dict[str, Any] | None = None,
        size: Place | None = None,
        **data: Any,
    ) -> ElementRecord:
        """Add an instance of a family; with `size` it has a box that stands on its place."""
        foot = _point(place)
        if size is not None:
            half = XYZ(m(size[0]) / 2.0, m(size[1]) / 2.0, 0.0)
            data["box"] = (foot.minus(half), foot.plus(half).plus(XYZ(0.0, 0.0, m(size[2]))))
        record = self.builder.add(
            "FamilyInstance",
            handle,
            category,
            values,
            type=kind,
            level=self.level,
            created_phase=self.phase,
            point=foot,
            ports=ports,
            **data,
        )
        if ports:
            self._with_ports.append(record)
        return record

    def family_type(
        self, handle: str, category: str, family: str, name: str, **data: Any
    ) -> ElementRecord:
        """Add a family with one type."""
        placement = data.pop("placement", "OneLevelBased")
        of = self.builder.add(
            "Family", f"family-{handle}", name=family, family_category=category, placement=placement
        )
        return self.builder.add_type(
            "FamilySymbol", f"type-{handle}", category, family, name, of_family=of, **data
        )

    def system(
        self,
        handle: str,
        name: str,
        kind: ElementRecord,
        base: ElementRecord | None = None,
    ) -> ElementRecord:
        """Add a piping or duct system; who belongs to it is said by the members and by `serve`."""
        air = kind.kind.endswith("MechanicalSystemType")
        return self.builder.add(
            f"Autodesk.Revit.DB.{'Mechanical.Mechanical' if air else 'Plumbing.Piping'}System",
            handle,
            "OST_DuctSystem" if air else "OST_PipingSystem",
            name=name,
            type=kind,
            base=base,
        )

    def serve(self, system: ElementRecord, *served: ElementRecord) -> None:
        """Make families members of a system: what it serves."""
        system.data["elements"] = tuple(record.id for record in served)

    def wrap(
        self, handle: str, host: ElementRecord, kind: ElementRecord, thickness: float
    ) -> ElementRecord:
        """Put insulation or lining on something; millimetres."""
        what = kind.kind.rpartition(".")[2].removesuffix("Type")
        area = "Plumbing" if what == "PipeInsulation" else "Mechanical"
        category = {
            "PipeInsulation": "OST_PipeInsulations",
            "DuctInsulation": "OST_DuctInsulations",
            "DuctLining": "OST_DuctLinings",
        }[what]
        return self.builder.add(
            f"Autodesk.Revit.DB.{area}.{what}",
            handle,
            category,
            type=kind,
            host=host,
            thickness=mm(thickness),
        )

    def join(self, *apart: frozenset[str]) -> None:
        """Join all connectors that meet; pairs of handles in `apart` stay open."""
        for one, two in combinations(self._with_ports, 2):
            if frozenset((one.handle, two.handle)) in apart:
                continue
            for first, port in ports_of(one).items():
                for second, other in ports_of(two).items():
                    meets = port.domain == other.domain and "Logical" not in (port.kind, other.kind)
                    if meets and port.offset.minus(other.offset).length < _NEAR:
                        _join(one, first, two, second)


def _join(one: ElementRecord, first: int, two: ElementRecord, second: int) -> None:
    one.data["joined"] = (*one.data.get("joined", ()), (first, two.id, second))
    two.data["joined"] = (*two.data.get("joined", ()), (second, one.id, first))
