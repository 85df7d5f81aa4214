"""Walls, floors, roofs and windows whose layers conduct and weigh something.

Conductivities in W/(m K) and densities in kg/m3: brick 0.5 and 1800, wool 0.035 and 40, plaster
0.7 and 1200, concrete 2.0 and 2400; board and foil have no assets. All walls are 3 metres high:

- exterior: `wall-warm` (insulated 0.2 thick), `wall-thin-1` of 10 and `wall-thin-2` of 5 metres
  (0.08 thick), `wall-brick` of 4 metres, `wall-boarded` with layers that nothing is known about;
  `facade` is a curtain wall; `wall-inner` is interior; `type-spare` is not in use;
- roofs: `roof-warm` (40 m2, falls in the insulation), `roof-garage` (30 m2, bare concrete),
  `roof-glazed` without layers and `roof-made`, a family made in place;
- windows of 1.2 by 1.4 in `wall-thin-1`: `window-old-1` and `window-old-2` (U 2.7), `window-new`
  (0.9), `window-unknown`; of the old type too `window-inner` in the interior wall and
  `window-sky` in the roof;
- floors: `floor-screed` (20 m2), `floor-boarded` (10 m2); `type-floor-spare` is not in use.
"""

from typing import Any

from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import CurveLoop
from revitron_grpc.simulation.revit.materials import StructuralAsset, ThermalAsset
from revitron_grpc.simulation.unit_table import units

__all__ = ["layered_envelope"]


def layered_envelope(*, second: bool) -> Database:
    """Build the model; the second flavour is German and in millimetres."""
    title = "Gebäudehülle in Schichten" if second else "Layered envelope"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    envelope = _Envelope(builder)
    envelope.add_walls()
    envelope.add_roofs()
    envelope.add_floors()
    envelope.add_windows()
    return builder.finish()


def _internal(unit: str, value: float) -> float:
    return units()[unit].to_internal(value)


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


class _Envelope:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find, text = builder.database.by_handle, builder.text
        self.level, self.phase = find("level-1"), find("phase-2")
        self.placed = 0
        self.brick = self._material("brick", text("Brick", "Ziegel"), 0.5, 1800.0)
        self.wool = self._material("wool", text("Mineral wool", "Mineralwolle"), 0.035, 40.0)
        self.plaster = self._material("plaster", text("Plaster", "Putz"), 0.7, 1200.0)
        self.concrete = self._material("concrete", text("Concrete", "Beton"), 2.0, 2400.0)
        self.board = self._material("board", text("Gypsum board", "Gipskarton"))
        self.foil = self._material("foil", text("Foil", "Folie"))

    def _material(self, slug: str, name: str, conductivity: float = 0.0, mass: float = 0.0) -> int:
        assets: dict[str, Any] = {}
        if conductivity:
            inner = _internal("WattsPerMeterKelvin", conductivity)
            density = _internal("KilogramsPerCubicMeter", mass)
            for key, asset in (
                ("thermal_asset", ThermalAsset.of(name, ThermalConductivity=inner)),
                ("structural_asset", StructuralAsset.of(name, Density=density)),
            ):
                assets[key] = self.builder.add(
                    "PropertySetElement", f"{key.partition('_')[0]}-{slug}", name=name, asset=asset
                )
        return self.builder.add(
            "Material", f"material-{slug}", "OST_Materials", name=name, **assets
        ).id

    def _kind(
        self, slug: str, category: str, name: str, *layers: Layer, **data: Any
    ) -> ElementRecord:
        kinds = {"OST_Walls": "WallType", "OST_Roofs": "RoofType", "OST_Floors": "FloorType"}
        families = {
            "OST_Walls": self.builder.text("Basic Wall", "Basiswand"),
            "OST_Roofs": self.builder.text("Basic Roof", "Basisdach"),
            "OST_Floors": self.builder.text("Floor", "Geschossdecke"),
        }
        return self.builder.add_type(
            kinds[category],
            f"type-{slug}",
            category,
            families[category],
            name,
            layers=layers or None,
            **data,
        )

    # Walls

    def add_walls(self) -> None:
        """Add wall types and walls."""
        text = self.builder.text
        plaster = Layer("Finish1", m(0.02), self.plaster)
        brick = Layer("Structure", m(0.24), self.brick)
        foil = Layer("Membrane", 0.0, self.foil)
        board = Layer("Finish1", m(0.0125), self.board)
        walls = "OST_Walls"
        warm = self._kind(
            "warm",
            walls,
            text("Outer, insulated", "Außen, gedämmt"),
            plaster,
            Layer("Insulation", m(0.2), self.wool),
            foil,
            brick,
            shells=(3, 0),
        )
        self.builder.set(warm, "FIRE_RATING", "F 90")
        self.builder.set(warm, "ALL_MODEL_TYPE_MARK", "AW1")
        thin = self._kind(
            "thin",
            walls,
            text("Outer, thin", "Außen, dünn"),
            plaster,
            Layer("Insulation", m(0.08), self.wool),
            brick,
            shells=(2, 0),
        )
        bare = self._kind("brick", walls, text("Outer, brick", "Außen, Ziegel"), brick)
        boarded = self._kind(
            "boarded",
            walls,
            text("Outer, boarded", "Außen, beplankt"),
            board,
            Layer("Structure", m(0.1), INVALID),
            board,
            shells=(1, 1),
        )
        name = text("Facade 50", "Fassade 50")
        facade = self._kind("facade", walls, name, wall_kind="Curtain")
        self._kind("spare", walls, text("Outer, spare", "Außen, übrig"), brick)
        inner = self._kind(
            "inner",
            walls,
            text("Inner, brick", "Innen, Ziegel"),
            Layer("Structure", m(0.12), self.brick),
        )
        for kind in (warm, thin, bare, boarded, facade):
            self.builder.set(kind, "FUNCTION_PARAM", 1)
        self.builder.set(inner, "FUNCTION_PARAM", 0)
        self._wall("wall-warm", warm, 6.0)
        self._wall("wall-thin-1", thin, 10.0)
        self._wall("wall-thin-2", thin, 5.0)
        self._wall("wall-brick", bare, 4.0)
        self._wall("wall-boarded", boarded, 3.0)
        self._wall("facade", facade, 8.0)
        self._wall("wall-inner", inner, 7.0)

    def _wall(self, handle: str, kind: ElementRecord, length: float) -> None:
        self.placed += 1
        y = 5.0 * self.placed
        self.builder.add(
            "Wall",
            handle,
            "OST_Walls",
            {"WALL_USER_HEIGHT_PARAM": m(3.0), "WALL_ATTR_ROOM_BOUNDING": 1},
            type=kind,
            level=self.level,
            created_phase=self.phase,
            curve=Line.between(_point(0.0, y), _point(length, y)),
        )

    # Roofs and floors

    def add_roofs(self) -> None:
        """Add roof types and roofs."""
        text = self.builder.text
        slab = Layer("Structure", m(0.2), self.concrete)
        warm = self._kind(
            "roof-warm",
            "OST_Roofs",
            text("Flat roof", "Flachdach"),
            Layer("Insulation", m(0.2), self.wool),
            slab,
            shells=(1, 0),
            variable_layer=0,
        )
        garage = self._kind("roof-garage", "OST_Roofs", text("Garage roof", "Garagendach"), slab)
        glazed = self._kind("roof-glazed", "OST_Roofs", text("Glass roof", "Glasdach"))
        self._slab("FootPrintRoof", "roof-warm", "OST_Roofs", warm, 8.0)
        self._slab("FootPrintRoof", "roof-garage", "OST_Roofs", garage, 6.0)
        self._slab("FootPrintRoof", "roof-glazed", "OST_Roofs", glazed, 2.0)
        made = self._symbol("OST_Roofs", "roof-made", text("Dormer roof", "Gaubendach"))
        self.builder.add(
            "FamilyInstance",
            "roof-made",
            "OST_Roofs",
            type=made,
            level=self.level,
            created_phase=self.phase,
            point=_point(0.0, 0.0, 6.0),
        )

    def add_floors(self) -> None:
        """Add floor types and floors."""
        text = self.builder.text
        slab = Layer("Structure", m(0.2), self.concrete)
        screed = self._kind(
            "floor-screed",
            "OST_Floors",
            text("Plaster screed", "Gipsestrich"),
            Layer("Finish1", m(0.06), self.plaster),
            Layer("Insulation", m(0.04), self.wool),
            Layer("Membrane", 0.0, self.foil),
            slab,
            shells=(3, 0),
        )
        self.builder.set(screed, "KEYNOTE_PARAM", "09 60")
        boarded = self._kind(
            "floor-boarded",
            "OST_Floors",
            text("Boarded floor", "Beplankte Decke"),
            Layer("Finish1", m(0.025), self.board),
            slab,
            shells=(1, 0),
        )
        self._kind("floor-spare", "OST_Floors", text("Spare floor", "Übrige Decke"), slab)
        self._slab("Floor", "floor-screed", "OST_Floors", screed, 4.0)
        self._slab("Floor", "floor-boarded", "OST_Floors", boarded, 2.0)

    def _slab(
        self, of_class: str, handle: str, category: str, kind: ElementRecord, wide: float
    ) -> None:
        self.placed += 1
        x = 20.0 * self.placed
        corners = ((x, 0.0), (x + wide, 0.0), (x + wide, 5.0), (x, 5.0))
        self.builder.add(
            of_class,
            handle,
            category,
            type=kind,
            level=self.level,
            created_phase=self.phase,
            profile=(CurveLoop.polygon([_point(*corner) for corner in corners]),),
        )

    # Windows

    def _symbol(self, category: str, slug: str, name: str) -> ElementRecord:
        family = self.builder.add("Family", f"family-{slug}", name=name, family_category=category)
        return self.builder.add_type(
            "FamilySymbol", f"type-{slug}", category, name, name, of_family=family
        )

    def add_windows(self) -> None:
        """Add window types and windows."""
        text = self.builder.text
        kinds: dict[str, ElementRecord] = {}
        for slug, name, u_value in (
            ("old", text("Window old", "Fenster alt"), 2.7),
            ("new", text("Window new", "Fenster neu"), 0.9),
            ("unknown", text("Window unknown", "Fenster unbekannt"), None),
        ):
            kind = kinds[slug] = self._symbol("OST_Windows", f"window-{slug}", name)
            self.builder.set(kind, "WINDOW_WIDTH", m(1.2))
            self.builder.set(kind, "WINDOW_HEIGHT", m(1.4))
            if u_value is not None:
                kept = _internal("WattsPerSquareMeterKelvin", u_value)
                self.builder.set(kind, "ANALYTICAL_HEAT_TRANSFER_COEFFICIENT", kept)
        find = self.builder.database.by_handle
        for place, (handle, slug, host) in enumerate(
            (
                ("window-old-1", "old", "wall-thin-1"),
                ("window-old-2", "old", "wall-thin-1"),
                ("window-new", "new", "wall-thin-1"),
                ("window-unknown", "unknown", "wall-thin-1"),
                ("window-inner", "old", "wall-inner"),
                ("window-sky", "old", "roof-warm"),
            ),
            start=1,
        ):
            self.builder.add(
                "FamilyInstance",
                handle,
                "OST_Windows",
                type=kinds[slug],
                host=find(host),
                level=self.level,
                created_phase=self.phase,
                point=_point(2.0 * place, 10.0, 0.9),
            )
