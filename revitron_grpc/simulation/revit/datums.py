"""Levels, grids and reference planes.

Keys of `data`: `elevation` (feet above the internal origin) for levels, `curve` for grids,
`extents_box` (two XYZ) where a sample model says how far a datum reaches.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.names import check_name
from revitron_grpc.simulation.revit.arcs import Arc
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.stored import stored


@behaves("Autodesk.Revit.DB.DatumPlane")
class DatumPlane(Element):
    """The base of levels, grids and reference planes."""


@behaves("Autodesk.Revit.DB.Level")
class Level(DatumPlane):
    """A storey's height."""

    @property
    def ProjectElevation(self) -> float:
        return self._data.get("elevation", 0.0)

    @property
    def Elevation(self) -> float:
        # Above what the level type's elevation base says; the sample models say the project's.
        return self._data.get("elevation", 0.0) + self._data.get("base_offset", 0.0)

    @Elevation.setter
    def Elevation(self, value: float) -> None:
        self._write("elevation", value - self._data.get("base_offset", 0.0))

    @classmethod
    def Create(cls, document: Any, elevation: float) -> ElementRecord:
        database = document._database
        database.check_writable()
        taken = {record.data.get("name") for record in database.of_kind("Level")}
        base = "Ebene" if database.language == "de" else "Level"
        number = next(n for n in range(1, len(taken) + 2) if f"{base} {n}" not in taken)
        made = database.add(
            "Level", category="OST_Levels", elevation=elevation, name=f"{base} {number}"
        )
        check_name(made, made.data["name"])
        return made

    def FindAssociatedPlanViewId(self) -> int:
        for view in self._database.of_kind("ViewPlan"):
            if view.data.get("gen_level") == self._record.id and not view.data.get("is_template"):
                return view.id
        return INVALID

    @property
    def LevelId(self) -> int:
        return INVALID


@behaves("Autodesk.Revit.DB.Grid")
class Grid(DatumPlane):
    """A grid line, straight or an arc."""

    @property
    def Curve(self) -> Any:
        return self._data["curve"]

    @property
    def IsCurved(self) -> bool:
        return isinstance(self._data["curve"], Arc)

    @property
    def Location(self) -> Any:
        # Grids have no location curve; scripts use `Curve`.
        return None

    @classmethod
    def Create(cls, document: Any, curve: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        taken = {record.data.get("name") for record in database.of_kind("Grid")}
        number = next(n for n in range(1, len(taken) + 2) if str(n) not in taken)
        return database.add("Grid", category="OST_Grids", curve=curve, name=str(number))


@computed("LEVEL_IS_BUILDING_STORY", kinds=("Level",))
def _is_building_storey(record: ElementRecord) -> int:
    # New levels are building storeys (field knowledge).
    return stored(record, "LEVEL_IS_BUILDING_STORY", 1)
