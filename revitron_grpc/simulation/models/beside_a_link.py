"""Columns, rooms and spaces of our own beside those of a linked model, which is placed and turned.

- `link` is loaded, `link-gone` is not. Places are in metres of the own model;
- columns: `column-equal` has theirs at the same point, `column-hair` 3 mm and `column-shifted`
  100 mm beside it (there an architectural one); `column-ours` stands alone, and `pillar-below` too,
  because theirs is a storey higher; `column-slanted` has no point. Theirs alone is `Their own`;
- rooms `room-1` to `room-4`, each 4 by 5 metres: theirs of 1 is equal, of 2 called otherwise, of 3
  half a metre deeper; of 4 there is none, and they have a 5; `room-6` is not placed;
- spaces `space-1` to `space-4` in the same places, and `space-6`, which is not placed.

The second flavour is German and in millimetres.
"""

import math
from collections.abc import Callable

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["beside_a_link"]

Place = Callable[[float, float, float], XYZ]

_PLACE = Transform.CreateTranslation(XYZ(m(30.0), m(20.0), 0.0)).Multiply(
    Transform.CreateRotation(XYZ(0.0, 0.0, 1.0), math.pi / 2.0)
)
_SPACE, _ROOM = "Autodesk.Revit.DB.Mechanical.Space", "Autodesk.Revit.DB.Architecture.Room"
_STRUCTURAL, _ARCHITECTURAL = "OST_StructuralColumns", "OST_Columns"


def beside_a_link(*, second: bool) -> Database:
    """Build the model."""
    builder = ModelBuilder(
        "Daneben" if second else "Beside a link", language="de" if second else "en", metric=second
    )
    start(builder)
    _columns(builder, _ours, (
        ("column-equal", _STRUCTURAL, 0.0, 0.0, 0.0),
        ("column-hair", _STRUCTURAL, 15.0, 0.0, 0.0),
        ("column-shifted", _STRUCTURAL, 5.0, 0.0, 0.0),
        ("column-ours", _STRUCTURAL, 10.0, 0.0, 0.0),
        ("pillar-below", _ARCHITECTURAL, 0.0, 5.0, 0.0),
    ))  # fmt: skip
    builder.add(
        "FamilyInstance", "column-slanted", _STRUCTURAL, name="column-slanted",
        curve=Line.between(_ours(20.0, 0.0, 0.0), _ours(21.0, 0.0, 3.0)),
    )  # fmt: skip
    text = builder.text
    names = {
        1: text("Office", "Büro"),
        2: text("Store", "Lager"),
        3: text("Hall", "Saal"),
        4: text("Bath", "Bad"),
    }
    for kind in (_ROOM, _SPACE):
        for number, name in names.items():
            _enclosed(builder, _ours, kind, number, name)
        _enclosed(builder, _ours, kind, 6, text("Later", "Später"), placed=False)
    for handle in ("link", "link-gone"):
        of = builder.add("RevitLinkType", f"{handle}-type", "OST_RvtLinks", name=f"{handle}.rvt")
        of.data["is_type"] = True
        builder.add(
            "RevitLinkInstance", handle, "OST_RvtLinks", name=f"{handle}.rvt : 1", type=of,
            transform=_PLACE,
        )  # fmt: skip
    kind = builder.database.by_handle("link-type")
    builder.database.settings["links"] = {kind.id: _linked(builder)}
    return builder.finish()


def _linked(own: ModelBuilder) -> Database:
    builder = ModelBuilder("link", language=own.database.language, metric=True)
    builder.database.is_linked = True
    start(builder)
    _columns(builder, _theirs, (
        ("Their equal", _STRUCTURAL, 0.0, 0.0, 0.0),
        ("Their hair", _STRUCTURAL, 15.003, 0.0, 0.0),
        ("Their shifted", _ARCHITECTURAL, 5.1, 0.0, 0.0),
        ("Their upper", _ARCHITECTURAL, 0.0, 5.0, 3.0),
        ("Their own", _STRUCTURAL, 20.0, 9.0, 0.0),
    ))  # fmt: skip
    text = builder.text
    _enclosed(builder, _theirs, _ROOM, 1, text("Office", "Büro"))
    _enclosed(builder, _theirs, _ROOM, 2, text("Archive", "Archiv"))
    _enclosed(builder, _theirs, _ROOM, 3, text("Hall", "Saal"), deep=5.5)
    _enclosed(builder, _theirs, _ROOM, 5, text("Plant", "Technik"))
    return builder.finish()


def _ours(x: float, y: float, z: float) -> XYZ:
    return XYZ(m(x), m(y), m(z))


def _theirs(x: float, y: float, z: float) -> XYZ:
    return _PLACE.Inverse.OfPoint(_ours(x, y, z))


def _columns(
    builder: ModelBuilder, place: Place, columns: tuple[tuple[str, str, float, float, float], ...]
) -> None:
    for name, category, x, y, z in columns:
        foot = place(x, y, z)
        half = XYZ(m(0.15), m(0.15), 0.0)
        box = (foot.Subtract(half), foot.Add(half).Add(XYZ(0.0, 0.0, m(3.0))))
        builder.add("FamilyInstance", name, category, name=name, point=foot, box=box)


def _enclosed(
    builder: ModelBuilder,
    place: Place,
    kind: str,
    number: int,
    name: str,
    *,
    deep: float = 5.0,
    placed: bool = True,
) -> ElementRecord:
    """Add a room or space of 4 metres by `deep`, 10 metres east of the one before."""
    x = 10.0 * number
    corners = [place(*c, 0.0) for c in ((x, 0.0), (x + 4.0, 0.0), (x + 4.0, deep), (x, deep))]
    find = builder.database.by_handle
    return builder.add(
        kind,
        f"{'space' if kind == _SPACE else 'room'}-{number}",
        "OST_MEPSpaces" if kind == _SPACE else "OST_Rooms",
        {"ROOM_NUMBER": str(number), "ROOM_NAME": name, "ROOM_UPPER_OFFSET": m(2.6)},
        level=find("level-1") if placed else None,
        created_phase=find("phase-2"),
        point=place(x + 2.0, 2.0, 0.0) if placed else None,
        boundary=(sides(corners, [None] * 4),) if placed else None,
    )
