"""Stairs by component, their runs and landings, and railings.

Runs, landings and supports name their stairs as `stairs` and have `path` and `footprint` (tuples
of curves); a railing names its host as `host` and has `path`. Numbers are stored under the names
of their parameters.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.curves import Curve
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.loops import CurveLoop
from revitron_grpc.simulation.revit.stored import elevation_of, store, stored

__all__ = ["Railing", "RailingType", "Stairs", "StairsLanding", "StairsRun"]


def _elevations(record: ElementRecord) -> tuple[float, float]:
    """Return where stairs begin and end."""
    database = record.database
    base = stored(record, "STAIRS_BASE_LEVEL_PARAM", record.data.get("level", INVALID))
    top = stored(record, "STAIRS_TOP_LEVEL_PARAM", INVALID)
    lower = elevation_of(database, base) + stored(record, "STAIRS_BASE_OFFSET", 0.0)
    if database.get(top) is None:
        return lower, lower + stored(record, "STAIRS_STAIRS_HEIGHT", 0.0)
    return lower, elevation_of(database, top) + stored(record, "STAIRS_TOP_OFFSET", 0.0)


@computed("STAIRS_ACTUAL_NUMBER_OF_RISERS", kinds=("Stairs",))
def _risers(record: ElementRecord) -> int:
    desired = stored(record, "STAIRS_DESIRED_NUMBER_OF_RISERS", 0)
    return stored(record, "STAIRS_ACTUAL_NUMBER_OF_RISERS", desired)


@computed("STAIRS_ACTUAL_RISER_HEIGHT", kinds=("Stairs",))
def _riser_height(record: ElementRecord) -> float:
    lower, upper = _elevations(record)
    risers = _risers(record)
    return (upper - lower) / risers if risers else 0.0


def _parts(stairs: Element, kind: str) -> list[int]:
    number = stairs._record.id
    parts = stairs._database.of_kind(f"Autodesk.Revit.DB.Architecture.{kind}")
    return [part.id for part in parts if part.data.get("stairs") == number]


@behaves("Autodesk.Revit.DB.Architecture.Stairs")
class Stairs(Element):
    """Stairs between two levels."""

    @property
    def ActualRiserHeight(self) -> float:
        return _riser_height(self._record)

    @property
    def ActualRisersNumber(self) -> int:
        return _risers(self._record)

    @property
    def DesiredRisersNumber(self) -> int:
        return stored(self._record, "STAIRS_DESIRED_NUMBER_OF_RISERS", _risers(self._record))

    @property
    def ActualTreadDepth(self) -> float:
        return stored(self._record, "STAIRS_ACTUAL_TREAD_DEPTH", 0.0)

    @ActualTreadDepth.setter
    def ActualTreadDepth(self, value: float) -> None:
        if value <= 0.0:
            raise revit_error("ArgumentOutOfRangeException", "The tread depth is not positive.")
        store(self._record, "STAIRS_ACTUAL_TREAD_DEPTH", float(value))

    @property
    def BaseElevation(self) -> float:
        return _elevations(self._record)[0]

    @property
    def TopElevation(self) -> float:
        return _elevations(self._record)[1]

    @property
    def Height(self) -> float:
        lower, upper = _elevations(self._record)
        return upper - lower

    def GetStairsRuns(self) -> list[int]:
        return _parts(self, "StairsRun")

    def GetStairsLandings(self) -> list[int]:
        return _parts(self, "StairsLanding")

    def GetAssociatedRailings(self) -> list[int]:
        number = self._record.id
        railings = self._database.of_kind("Railing")
        return [railing.id for railing in railings if railing.data.get("host") == number]

    def IsInEditMode(self) -> bool:
        return False


class _Component(Element):
    """What runs and landings share."""

    def GetStairs(self) -> ElementRecord | None:
        return self._other("stairs")

    def GetStairsPath(self) -> CurveLoop:
        return self._loop("path")

    def GetFootprintBoundary(self) -> CurveLoop:
        return self._loop("footprint")

    def _loop(self, key: str) -> CurveLoop:
        if key not in self._data:
            raise NotSimulated(f"the {key} of this part of the stairs")
        return CurveLoop.of(curve.copy() for curve in self._data[key])


@behaves("Autodesk.Revit.DB.Architecture.StairsRun")
class StairsRun(_Component):
    """A flight of stairs."""

    @property
    def ActualRisersNumber(self) -> int:
        return stored(self._record, "STAIRS_RUN_ACTUAL_NUMBER_OF_RISERS", 0)

    @property
    def ActualRunWidth(self) -> float:
        return stored(self._record, "STAIRS_RUN_ACTUAL_RUN_WIDTH", 0.0)

    @ActualRunWidth.setter
    def ActualRunWidth(self, value: float) -> None:
        if value <= 0.0:
            raise revit_error("ArgumentOutOfRangeException", "The run width is not positive.")
        store(self._record, "STAIRS_RUN_ACTUAL_RUN_WIDTH", float(value))


@behaves("Autodesk.Revit.DB.Architecture.StairsLanding")
class StairsLanding(_Component):
    """A landing between two flights."""

    @property
    def Thickness(self) -> float:
        return self._data.get("thickness", 0.0)


@behaves("Autodesk.Revit.DB.Architecture.Railing")
class Railing(Element):
    """A railing, on stairs or on its own."""

    @property
    def HasHost(self) -> bool:
        return self._other("host") is not None

    @property
    def HostId(self) -> int:
        return self._data.get("host", INVALID)

    @property
    def Flipped(self) -> bool:
        return bool(self._data.get("flipped"))

    def GetPath(self) -> list[Curve]:
        return [curve.copy() for curve in self._data.get("path", ())]


@behaves("Autodesk.Revit.DB.Architecture.RailingType")
class RailingType(ElementType):
    """A railing type."""

    @property
    def TopRailHeight(self) -> float:
        return self._data.get("top_rail_height", stored(self._record, "STAIRS_RAILING_HEIGHT", 0.0))

    @TopRailHeight.setter
    def TopRailHeight(self, value: Any) -> None:
        if value < 0.0:
            raise revit_error("ArgumentOutOfRangeException", "The top rail height is negative.")
        self._write("top_rail_height", float(value))
