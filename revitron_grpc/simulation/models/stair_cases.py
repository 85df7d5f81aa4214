"""Stairs that keep the rules of an office and stairs that break them, one rule each or several.

Level 1 is at 0, level 2 at 3 metres; all of the new phase. Metres:

- `stairs-main` (timber): 17 risers, treads 0.27, two runs of 1.2, a landing of 1.2 by 2.5, a
  railing of 1.1: nothing is wrong;
- `stairs-steep` (concrete, steep): 15 risers of 0.2, treads 0.27; runs of 1.2 and 1.0; a landing
  of 1.1 by 2.4 that stands askew; no railing;
- `stairs-long` (concrete, long): 20 risers of 0.15 in one run of 1.5, treads 0.26; a landing of
  1.3 by 3.2; a railing of 0.9;
- `stairs-steps`: three steps without a railing;
- `stairs-service`: 15 risers of 0.2 in a run of 0.8, treads 0.3, a railing of 1.0: good for
  maintenance only;
- `stairs-old` is a stair by sketch of an old version, which has no parts.
"""

import math

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import CurveLoop

__all__ = ["stair_cases"]

_INSIDE = "Autodesk.Revit.DB.Architecture."


def stair_cases(*, second: bool) -> Database:
    """Build the model; the second flavour is German and in millimetres."""
    title = "Treppenhäuser" if second else "Stair cases"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    _Stairs(builder).build()
    return builder.finish()


class _Stairs:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.low, self.high, self.phase = find("level-1"), find("level-2"), find("phase-2")

    def build(self) -> None:
        """Add everything."""
        text = self.builder.text
        main = self._stairs("main", text("Timber main", "Holz Haupttreppe"), 17, 0.27)
        self._run(main, 1, 1.2, 9)
        self._run(main, 2, 1.2, 8)
        self._landing(main, 2.5, 1.2, 0.0)
        steep = self._stairs("steep", text("Concrete, steep", "Beton, steil"), 15, 0.27)
        self._run(steep, 1, 1.2, 8)
        self._run(steep, 2, 1.0, 7)
        self._landing(steep, 2.4, 1.1, 30.0)
        long = self._stairs("long", text("Concrete, long", "Beton, lang"), 20, 0.26)
        self._run(long, 1, 1.5, 20)
        self._landing(long, 1.3, 3.2, 0.0)
        steps = self._stairs("steps", text("Three steps", "Drei Stufen"), 3, 0.29, height=0.51)
        self._run(steps, 1, 1.2, 3)
        service = self._stairs("service", text("Service", "Wartung"), 15, 0.3)
        self._run(service, 1, 0.8, 15)
        self._railing(main, text("Glass 1100", "Glas 1100"), 1.1)
        self._railing(long, text("Steel 900", "Stahl 900"), 0.9)
        self._railing(service, text("Pipe 1000", "Rohr 1000"), 1.0)
        self.builder.add("Element", "stairs-old", "OST_Stairs", created_phase=self.phase)

    def _stairs(
        self, slug: str, name: str, risers: int, tread: float, height: float | None = None
    ) -> ElementRecord:
        kind = self.builder.add_type(
            _INSIDE + "StairsType",
            f"type-{slug}",
            "OST_Stairs",
            self.builder.text("Assembled Stair", "Treppe"),
            name,
        )
        up = {"STAIRS_TOP_LEVEL_PARAM": self.high}
        return self.builder.add(
            _INSIDE + "Stairs",
            f"stairs-{slug}",
            "OST_Stairs",
            {
                "STAIRS_DESIRED_NUMBER_OF_RISERS": risers,
                "STAIRS_ACTUAL_TREAD_DEPTH": m(tread),
                **(up if height is None else {"STAIRS_STAIRS_HEIGHT": m(height)}),
            },
            level=self.low,
            type=kind,
            created_phase=self.phase,
        )

    def _run(self, stairs: ElementRecord, number: int, width: float, risers: int) -> None:
        slug = stairs.handle.partition("-")[2]
        self.builder.add(
            _INSIDE + "StairsRun",
            f"run-{slug}-{number}",
            "OST_StairsRuns",
            {
                "STAIRS_RUN_ACTUAL_RUN_WIDTH": m(width),
                "STAIRS_RUN_ACTUAL_NUMBER_OF_RISERS": risers,
            },
            stairs=stairs,
            created_phase=self.phase,
        )

    def _landing(self, stairs: ElementRecord, wide: float, deep: float, angle: float) -> None:
        along, up = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        corners = [
            XYZ(m(x * along - y * up), m(x * up + y * along), m(1.5))
            for x, y in ((0.0, 0.0), (wide, 0.0), (wide, deep), (0.0, deep))
        ]
        self.builder.add(
            _INSIDE + "StairsLanding",
            f"landing-{stairs.handle.partition('-')[2]}",
            "OST_StairsLandings",
            stairs=stairs,
            created_phase=self.phase,
            footprint=tuple(CurveLoop.polygon(corners).curves()),
        )

    def _railing(self, stairs: ElementRecord, name: str, height: float) -> None:
        slug = stairs.handle.partition("-")[2]
        kind = self.builder.add_type(
            _INSIDE + "RailingType",
            f"type-railing-{slug}",
            "OST_StairsRailing",
            self.builder.text("Railing", "Geländer"),
            name,
            top_rail_height=m(height),
        )
        self.builder.add(
            _INSIDE + "Railing",
            f"railing-{slug}",
            "OST_StairsRailing",
            host=stairs,
            level=self.low,
            type=kind,
            created_phase=self.phase,
            path=(Line.between(XYZ(0.0, 0.0, 0.0), XYZ(m(3.0), 0.0, 0.0)),),
        )
