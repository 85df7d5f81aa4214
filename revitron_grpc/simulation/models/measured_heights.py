"""A model of things that should hang at one height, and of those that do not.

On level 1 (0 m) and level 2 (3 m), heights in metres above the project's zero:

- sockets of one type `socket-1` to `socket-4` at 0.30, `socket-5` at 0.31, `socket-6` at 1.10;
  above `socket-7` and `socket-8` at 3.30, `socket-9` at 3.90; `socket-line` along a line;
  switches `switch-1` at 1.05 and `switch-2` at 0.30: too few to say which is odd; alarms `alarm-1`
  to `alarm-3` at 2.00, 2.20 and 2.40: no majority; `alarm-4` to `alarm-6` below the lowest level;
- lamps `lamp-1` to `lamp-4` at 2.70, `lamp-5` at 2.50;
- grilles `grille-1` to `grille-3` at 2.60, `grille-4` at 2.40; sprinklers `sprinkler-1` to
  `sprinkler-3` at 2.80;
- heads of windows of two types `window-1` to `window-3` at 2.10, `window-4` at 2.20; `window-5`
  has no level;
- tops of beams `beam-1` to `beam-3` at 3.00, `beam-4` at 2.90; `beam-5` slopes, `beam-6` has a
  point only;
- ceilings `ceiling-1` to `ceiling-3` at 2.50, `ceiling-4` at 2.51, of another type `ceiling-5` at
  2.80.
"""

from typing import Any

from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["measured_heights"]


def measured_heights(*, second: bool) -> Database:
    """Build the model; the second flavour is German and in millimetres."""
    title = "Höhen" if second else "Heights"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    heights = _Heights(builder)
    heights.add_points()
    heights.add_openings()
    heights.add_beams()
    return builder.finish()


class _Heights:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        self.level = builder.database.by_handle("level-1")
        self.phase = builder.database.by_handle("phase-2")
        self.placed = 0

    def _kind(self, handle: str, category: str, name: str) -> ElementRecord:
        return self.builder.add_type("FamilySymbol", handle, category, name, name)

    def _place(self, handle: str, kind: ElementRecord, height: float | None, **data: Any) -> None:
        self.placed += 1
        point = None if height is None else XYZ(m(self.placed), 0.0, m(height))
        self.builder.add(
            data.pop("of_class", "FamilyInstance"),
            handle,
            kind.data["category"],
            data.pop("values", None),
            type=kind,
            level=data.pop("level", self.level),
            created_phase=self.phase,
            point=point,
            **data,
        )

    def add_points(self) -> None:
        """Add what hangs at a point: devices, lamps, outlets."""
        text = self.builder.text
        heights = {
            "socket": (0.3, 0.3, 0.3, 0.3, 0.31, 1.1, 3.3, 3.3, 3.9),
            "switch": (1.05, 0.3),
            "alarm": (2.0, 2.2, 2.4, -1.0, -1.0, -2.0),
            "lamp": (2.7, 2.7, 2.7, 2.7, 2.5),
            "grille": (2.6, 2.6, 2.6, 2.4),
            "sprinkler": (2.8, 2.8, 2.8),
        }
        kinds = {
            "socket": ("OST_ElectricalFixtures", text("Socket", "Steckdose")),
            "switch": ("OST_LightingDevices", text("Switch", "Schalter")),
            "alarm": ("OST_FireAlarmDevices", text("Alarm", "Melder")),
            "lamp": ("OST_LightingFixtures", text("Lamp", "Leuchte")),
            "grille": ("OST_DuctTerminal", text("Grille", "Gitter")),
            "sprinkler": ("OST_Sprinklers", text("Sprinkler", "Sprinkler")),
        }
        for slug, (category, name) in kinds.items():
            kind = self._kind(f"{slug}-type", category, name)
            for number, height in enumerate(heights[slug], start=1):
                self._place(f"{slug}-{number}", kind, height)
            if slug == "socket":
                line = Line.between(XYZ(0.0, 0.0, m(2.0)), XYZ(m(1.0), 0.0, m(2.0)))
                self._place("socket-line", kind, None, curve=line)

    def add_openings(self) -> None:
        """Add windows and ceilings, whose height is a parameter."""
        text = self.builder.text
        windows = [
            self._kind(f"window-type-{letter}", "OST_Windows", text("Window", "Fenster") + letter)
            for letter in ("A", "B")
        ]
        for number, head in enumerate((2.1, 2.1, 2.1, 2.2, 1.5), start=1):
            values = {"INSTANCE_HEAD_HEIGHT_PARAM": m(head)}
            level = self.level if number < 5 else INVALID
            self._place(f"window-{number}", windows[number % 2], 0.9, values=values, level=level)
        ceilings = [
            self.builder.add_type(
                "CeilingType",
                f"ceiling-type-{letter}",
                "OST_Ceilings",
                text("Compound Ceiling", "Verbunddecke"),
                letter,
            )
            for letter in ("A", "B")
        ]
        for number, height in enumerate((2.5, 2.5, 2.5, 2.51, 2.8), start=1):
            values = {"CEILING_HEIGHTABOVELEVEL_PARAM": m(height)}
            kind = ceilings[1 if number == 5 else 0]
            self._place(f"ceiling-{number}", kind, None, values=values, of_class="Ceiling")

    def add_beams(self) -> None:
        """Add beams."""
        kind = self._kind("beam-type", "OST_StructuralFraming", "IPE200")
        tops = ((3.0, 3.0), (3.0, 3.0), (3.0, 3.0), (2.9, 2.9), (3.0, 2.0))
        for number, (first, last) in enumerate(tops, start=1):
            y, high = m(number), max(first, last)
            curve = Line.between(XYZ(0.0, y, m(first)), XYZ(m(5.0), y, m(last)))
            box = (XYZ(0.0, y, m(min(first, last) - 0.2)), XYZ(m(5.0), y, m(high)))
            self._place(f"beam-{number}", kind, None, curve=curve, box=box)
        self._place("beam-6", kind, 2.0)
