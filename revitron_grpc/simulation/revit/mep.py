"""Pipes, ducts, cable trays and conduits: their classes, sizes, heights and bodies.

Data of a run: `curve`, `level`, `type`, and what `ports` says. Its size is stored in the parameters
of its class, and so is what Revit's calculation gives: flow and friction.
"""

import math
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, hides
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.compound import HostObjAttributes
from revitron_grpc.simulation.revit.connectors import ConnectorManager
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.hosts import HostObject
from revitron_grpc.simulation.revit.loops import CurveLoop
from revitron_grpc.simulation.revit.mep_creation import ids_and_points, new_run
from revitron_grpc.simulation.revit.ports import ports_of, section_of, system_of
from revitron_grpc.simulation.revit.shapes import BODIES
from revitron_grpc.simulation.revit.solids import Solid, prism
from revitron_grpc.simulation.revit.stored import elevation_of, stored
from revitron_grpc.simulation.revit.units import units_state
from revitron_grpc.simulation.unit_format import format_value

__all__ = ["MEPCurve"]

_DB = "Autodesk.Revit.DB"
_RUNS = ("Pipe", "FlexPipe", "Duct", "FlexDuct", "CableTray", "Conduit")


@behaves(f"{_DB}.MEPCurve")
class MEPCurve(HostObject):
    """A run: it has a connector at each end."""

    @property
    def ConnectorManager(self) -> Any:
        return ConnectorManager.of(self._record)

    @property
    def MEPSystem(self) -> ElementRecord | None:
        return system_of(self._record)

    @property
    def ReferenceLevel(self) -> ElementRecord | None:
        return self._other("level")

    @ReferenceLevel.setter
    def ReferenceLevel(self, value: Any) -> None:
        self._write("level", value._record.id)

    @property
    def LevelOffset(self) -> float:
        return _offset(self._record) or 0.0

    # "Thrown when the shape is not round" and so on: documentation of the three (behaviour 39).

    @property
    def Diameter(self) -> float:
        shape, size, _ = section_of(self._record)
        if shape != "Round":
            raise revit_error("InvalidOperationException", "The curve is not round.")
        return size

    @property
    def Width(self) -> float:
        return self._sides()[0]

    @property
    def Height(self) -> float:
        return self._sides()[1]

    def _sides(self) -> tuple[float, float]:
        shape, width, height = section_of(self._record)
        if shape == "Round":
            raise revit_error("InvalidOperationException", "The curve is round.")
        return width, height


@behaves(f"{_DB}.Plumbing.Pipe")
class Pipe(MEPCurve):
    """A straight pipe."""

    @classmethod
    def Create(cls, document: Any, *more: Any) -> ElementRecord:
        ids, ends = ids_and_points(more, "Pipe")
        return new_run(document, "Plumbing.Pipe", "OST_PipeCurves", ids, ends)

    def SetSystemType(self, systemTypeId: Any) -> None:
        from revitron_grpc.simulation.revit.systems import set_system_type

        set_system_type(self._record, systemTypeId.number, "PipingSystemType")

    @property
    def PipeType(self) -> ElementRecord | None:
        return self._other("type")

    @property
    def IsPlaceholder(self) -> bool:
        return bool(self._data.get("placeholder"))


@behaves(f"{_DB}.Plumbing.FlexPipe")
class FlexPipe(MEPCurve):
    """A flexible pipe."""


@behaves(f"{_DB}.Mechanical.Duct")
class Duct(MEPCurve):
    """A straight duct."""

    @classmethod
    def Create(cls, document: Any, *more: Any) -> ElementRecord:
        ids, ends = ids_and_points(more, "Duct")
        return new_run(document, "Mechanical.Duct", "OST_DuctCurves", ids, ends)

    def SetSystemType(self, systemTypeId: Any) -> None:
        from revitron_grpc.simulation.revit.systems import set_system_type

        set_system_type(self._record, systemTypeId.number, "MechanicalSystemType")

    @property
    def DuctType(self) -> ElementRecord | None:
        return self._other("type")

    @property
    def IsPlaceholder(self) -> bool:
        return bool(self._data.get("placeholder"))


@behaves(f"{_DB}.Mechanical.FlexDuct")
class FlexDuct(MEPCurve):
    """A flexible duct."""


@behaves(f"{_DB}.Electrical.CableTrayConduitBase")
class CableTrayConduitBase(MEPCurve):
    """A run that carries cables; it belongs to no system."""


@behaves(f"{_DB}.Electrical.CableTray")
class CableTray(CableTrayConduitBase):
    """A cable tray."""


@behaves(f"{_DB}.Electrical.Conduit")
class Conduit(CableTrayConduitBase):
    """A conduit."""


@behaves(f"{_DB}.MEPCurveType")
class MEPCurveType(HostObjAttributes):
    """A type of runs."""

    @property
    def Shape(self) -> str:
        return self._data.get("shape", "Round")


# Sizes and heights


# A round duct has a diameter alone, a rectangular one width and height alone: scripts tell the two
# apart by the parameter that is not there (field knowledge).


@hides("RBS_CURVE_DIAMETER_PARAM", kinds=("Duct", "FlexDuct"))
def _is_rectangular(record: ElementRecord) -> bool:
    return section_of(record)[0] == "Rectangular"


@hides("RBS_CURVE_WIDTH_PARAM", "RBS_CURVE_HEIGHT_PARAM", kinds=("Duct", "FlexDuct"))
def _is_round(record: ElementRecord) -> bool:
    return section_of(record)[0] == "Round"


def _size(record: ElementRecord, spec: str, value: float) -> str:
    return format_value(units_state(record.database), spec, value, append_symbol=False)


def _profile_text(record: ElementRecord, domain: str, shape: str, sides: tuple[float, ...]) -> str:
    spec = {"DomainPiping": "PipeSize", "DomainHvac": "DuctSize"}.get(domain, "CableTraySize")
    if record.kind.endswith(".Conduit"):
        spec = "ConduitSize"
    if shape == "Round":
        # Revit's own suffix and separators: "ø" and "x" in the MEP settings of its templates.
        return f"{_size(record, spec, sides[0])}ø"
    return "x".join(_size(record, spec, side) for side in sides)


@computed("RBS_CALCULATED_SIZE")
def _calculated_size(record: ElementRecord) -> str | None:
    ports = [port for port in ports_of(record).values() if port.kind == "End"]
    if not ports or ports[0].shape == "Invalid":
        return None
    if record.kind.rpartition(".")[2] in _RUNS:
        ports = ports[:1]
    texts = [
        _profile_text(
            record,
            port.domain,
            port.shape,
            (2.0 * port.radius,) if port.shape == "Round" else (port.width, port.height),
        )
        for port in ports
    ]
    return "-".join(texts)


def _ends(record: ElementRecord) -> tuple[XYZ, XYZ] | None:
    curve = record.database.derived_data(record).get("curve")
    if curve is None:
        return None
    ends = (curve.GetEndPoint(0), curve.GetEndPoint(1))
    return ends if ends[0].Z <= ends[1].Z else (ends[1], ends[0])


@computed("RBS_PIPE_SLOPE", "RBS_DUCT_SLOPE", "RBS_CURVE_SLOPE", kinds=("MEPCurve",))
def _slope(record: ElementRecord) -> float | None:
    ends = _ends(record)
    if ends is None:
        return None
    low, high = ends
    across = math.hypot(high.X - low.X, high.Y - low.Y)
    return 0.0 if across < 1e-9 else (high.Z - low.Z) / across


@computed("RBS_OFFSET_PARAM", "RBS_START_OFFSET_PARAM", kinds=("MEPCurve",))
def _offset(record: ElementRecord) -> float | None:
    curve = record.database.derived_data(record).get("curve")
    return None if curve is None else curve.GetEndPoint(0).Z - _zero(record)


@computed("RBS_END_OFFSET_PARAM", kinds=("MEPCurve",))
def _end_offset(record: ElementRecord) -> float | None:
    curve = record.database.derived_data(record).get("curve")
    return None if curve is None else curve.GetEndPoint(1).Z - _zero(record)


def _zero(record: ElementRecord) -> float:
    return elevation_of(record.database, record.data.get("level", INVALID))


@computed(
    "RBS_DUCT_BOTTOM_ELEVATION",
    "RBS_PIPE_BOTTOM_ELEVATION",
    "RBS_CTC_BOTTOM_ELEVATION",
    kinds=("MEPCurve",),
)
def _bottom(record: ElementRecord) -> float | None:
    ends = _ends(record)
    return None if ends is None else ends[0].Z - section_of(record)[2] / 2.0 - _zero(record)


@computed(
    "RBS_DUCT_TOP_ELEVATION",
    "RBS_PIPE_TOP_ELEVATION",
    "RBS_CTC_TOP_ELEVATION",
    kinds=("MEPCurve",),
)
def _top(record: ElementRecord) -> float | None:
    ends = _ends(record)
    return None if ends is None else ends[1].Z + section_of(record)[2] / 2.0 - _zero(record)


def _open_area(record: ElementRecord) -> float:
    shape, width, height = section_of(record)
    if shape == "Round":
        inner = stored(record, "RBS_PIPE_INNER_DIAM_PARAM", width)
        return math.pi * inner * inner / 4.0
    return width * height


@computed("RBS_PIPE_VELOCITY_PARAM", kinds=("Pipe",))
def _pipe_velocity(record: ElementRecord) -> float | None:
    return _velocity(record, "RBS_PIPE_FLOW_PARAM")


@computed("RBS_VELOCITY", kinds=("Duct",))
def _duct_velocity(record: ElementRecord) -> float | None:
    return _velocity(record, "RBS_DUCT_FLOW_PARAM")


def _velocity(record: ElementRecord, flow: str) -> float | None:
    area = _open_area(record)
    return stored(record, flow, 0.0) / area if area > 0.0 else None


@computed("RBS_PIPE_INNER_DIAM_PARAM", kinds=("Pipe",))
def _inner_diameter(record: ElementRecord) -> float | None:
    return stored(record, "RBS_PIPE_INNER_DIAM_PARAM", section_of(record)[1])


@computed("RBS_PIPE_VOLUME_PARAM", kinds=("Pipe",))
def _volume(record: ElementRecord) -> float | None:
    curve = record.database.derived_data(record).get("curve")
    return None if curve is None else _open_area(record) * curve.Length


@computed("RBS_CURVE_SURFACE_AREA", kinds=("Pipe", "Duct"))
def _surface(record: ElementRecord) -> float | None:
    curve = record.database.derived_data(record).get("curve")
    if curve is None:
        return None
    shape, width, height = section_of(record)
    around = math.pi * width if shape == "Round" else 2.0 * (width + height)
    return around * curve.Length


# Bodies

_CORNERS = 16


def _run_body(record: ElementRecord, data: dict[str, Any]) -> Solid | None:
    curve = data.get("curve")
    shape, width, height = section_of(record)
    if not isinstance(curve, Line) or shape == "Invalid" or width <= 0.0:
        return None
    start = curve.start()
    along = curve.end().minus(start)
    way = along.unit()
    upright = abs(way.Z) > 0.999
    across = XYZ(1.0, 0.0, 0.0) if upright else XYZ(0.0, 0.0, 1.0).cross(way).unit()
    up = way.cross(across)
    if shape == "Round":
        turns = [2.0 * math.pi * step / _CORNERS for step in range(_CORNERS)]
        offsets = [(math.cos(t) * width / 2.0, math.sin(t) * width / 2.0) for t in turns]
    else:
        w, h = width / 2.0, height / 2.0
        offsets = [(-w, -h), (w, -h), (w, h), (-w, h)]
    corners = [start.plus(across.times(a)).plus(up.times(b)) for a, b in offsets]
    return prism([CurveLoop.polygon(corners)], along)


for _kind in _RUNS:
    BODIES[_kind] = _run_body
