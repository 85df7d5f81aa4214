"""Links, drawings, grids and base points of the workshared office, and the linked model.

- `link-type` (attached) is the architect's model, loaded, 1 metre up, turned by a quarter and
  placed elsewhere: `link-1` and its twins `link-twin` and `link-host`, on which `stand` stands;
  `link-turned` stands at the same point, but not turned;
- `survey-type` (attached, not found, on a local drive): `link-survey`, not pinned; `nested-type` is
  nested in the architect's model and attached; `keynotes` and `decal` are files too;
- drawings of `cad-type`: `cad-1` and its twin `cad-twin`, `cad-mirrored`; `cad-view` in one view,
  `cad-import` is imported;
- grids `grid-A` (not pinned), `grid-B` (50 mm beside theirs), `grid-C` (an arc, theirs
  is straight), `grid-D` (theirs is turned), `grid-E` (theirs is called 5),
  `grid-F` (they have none);
- level 2 is 10 mm lower than theirs, `level-3` is called otherwise; they have a cellar;
- the architect's phases have another order, and are mapped wrongly.
"""

import math
from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.arcs import Arc
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.planes import Plane
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["add_links"]

_UP = XYZ(0.0, 0.0, 1.0)
_PLACE = Transform.CreateTranslation(XYZ(m(30.0), m(20.0), m(1.0))).Multiply(
    Transform.CreateRotation(_UP, math.pi / 2.0)
)


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


def _theirs(x: float, y: float) -> XYZ:
    """Return a point of the own model, in metres, as the linked model has it, at its level 0."""
    inside = _PLACE.Inverse.OfPoint(_point(x, y))
    return XYZ(inside.X, inside.Y, 0.0)


def add_links(builder: ModelBuilder) -> None:
    """Add everything, and the linked model as a document of its own."""
    _grids(builder)
    text = builder.text
    builder.add(
        "Level",
        "level-3",
        "OST_Levels",
        name=text("Roof", "Dach"),
        elevation=m(6.0),
        pinned=True,
    )
    _base_points(builder, XYZ(0.0, 0.0, 0.0), XYZ(m(100.0), m(200.0), 0.0))
    partner = _partner(builder)
    own, their = (
        {one.handle: one.id for one in database.of_kind("Phase")}
        for database in (builder.database, partner)
    )
    mapped = (("phase-1", "phase-1"), ("phase-2", "phase-1"), ("phase-3", "phase-2"))
    kind = _file(
        builder,
        "link-type",
        "RevitLinkType",
        text("Architecture.rvt", "Architektur.rvt"),
        r"\\server\project",
        attachment="Attachment",
        phase_map=tuple((own[one], their[other]) for one, other in mapped),
    )
    builder.database.settings["links"] = {kind.id: partner}
    survey = _file(
        builder,
        "survey-type",
        "RevitLinkType",
        text("Survey.rvt", "Aufmass.rvt"),
        r"C:\temp",
        attachment="Attachment",
        link_status="NotFound",
        path_type="Absolute",
    )
    _file(
        builder,
        "nested-type",
        "RevitLinkType",
        "Site.rvt",
        r"P:\site",
        attachment="Attachment",
        path_type="Absolute",
        parent=kind,
    )
    there = {"transform": _PLACE, "pinned": True}
    for handle, of, data in (
        ("link-1", kind, there),
        ("link-twin", kind, there),
        ("link-host", kind, there),
        ("link-turned", kind, {**there, "transform": Transform.CreateTranslation(_PLACE.Origin)}),
        ("link-survey", survey, {}),
    ):
        name = f"{of.data['name']} : {handle}"
        builder.add("RevitLinkInstance", handle, "OST_RvtLinks", name=name, type=of, **data)
    builder.add(
        "FamilyInstance",
        "stand",
        "OST_Furniture",
        type=builder.database.by_handle("type-desk"),
        host=builder.database.by_handle("link-host"),
        created_phase=builder.database.by_handle("phase-2"),
        point=_point(4.0, 4.0),
    )
    _drawings(builder)


def _file(
    builder: ModelBuilder, handle: str, kind: str, name: str, folder: str, **data: Any
) -> ElementRecord:
    """Add what stands for a file."""
    link = kind == "RevitLinkType"
    return builder.add(
        kind,
        handle,
        "OST_RvtLinks" if link else None,
        name=name,
        is_type=True,
        file=f"{folder}\\{name}",
        **{"file_kind": "RevitLink", **data},
    )


def _drawings(builder: ModelBuilder) -> None:
    kind = _file(
        builder, "cad-type", "CADLinkType", "plan.dwg", r"\\server\cad", file_kind="CADLink",
        link_status="Loaded",
    )  # fmt: skip
    for handle, file_kind, folder in (
        ("keynotes", "KeynoteTable", r"\\server\Users\petra"),
        ("decal", "Decal", r"D:\pictures"),
    ):
        _file(
            builder,
            handle,
            "Element",
            f"{handle}.txt",
            folder,
            file_kind=file_kind,
            link_status="Loaded",
            path_type="Absolute",
        )
    mirror = Transform.CreateReflection(Plane.CreateByNormalAndOrigin(_UP, XYZ(0.0, 0.0, 0.0)))
    plan = builder.database.by_handle("plan-1")
    instances: tuple[tuple[str, dict[str, Any]], ...] = (
        ("cad-1", {"linked": True, "pinned": True}),
        ("cad-twin", {"linked": True}),
        ("cad-mirrored", {"linked": True, "pinned": True, "transform": mirror}),
        ("cad-view", {"linked": True, "view": plan}),
        ("cad-import", {"pinned": True, "transform": Transform.CreateTranslation(_UP)}),
    )
    for handle, data in instances:
        builder.add("ImportInstance", handle, "OST_ImportObjectStyles", name=kind.data["name"],
                    type=kind, **data)  # fmt: skip


def _grids(builder: ModelBuilder) -> None:
    arc = Arc.of(_point(5.0, 0.0), m(12.0), XYZ(1.0, 0.0, 0.0), XYZ(0.0, 1.0, 0.0), (0.1, 1.0))
    lines: dict[str, Any] = {
        "A": Line.between(_point(-1.0, 0.0), _point(11.0, 0.0)),
        "B": Line.between(_point(-1.0, 8.0), _point(11.0, 8.0)),
        "C": arc,
        "D": Line.between(_point(0.0, -1.0), _point(0.0, 9.0)),
        "E": Line.between(_point(10.0, -1.0), _point(10.0, 9.0)),
        "F": Line.between(_point(20.0, -1.0), _point(20.0, 9.0)),
    }
    for name, curve in lines.items():
        builder.add("Grid", f"grid-{name}", "OST_Grids", name=name, curve=curve, pinned=name != "A")
    builder.database.by_handle("level-1").data["pinned"] = True


def _base_points(builder: ModelBuilder, position: XYZ, shared: XYZ) -> None:
    for handle, category, survey in (
        ("survey-point", "OST_SharedBasePoint", True),
        ("base-point", "OST_ProjectBasePoint", False),
    ):
        builder.add(
            "BasePoint",
            handle,
            category,
            name=handle,
            position=position,
            shared=shared,
            survey=survey,
        )


def _partner(own: ModelBuilder) -> Database:
    """Build the architect's model."""
    builder = ModelBuilder(
        own.text("Architecture", "Architektur"), language=own.database.language, metric=True
    )
    builder.database.is_linked = True
    start(builder)
    find, text = builder.database.by_handle, builder.text
    fit_out = builder.add("Phase", "phase-3", "OST_Phases", name=text("Fit-out", "Ausbau"))
    old = builder.add("Phase", "phase-0", "OST_Phases", name=text("Ruin", "Ruine"))
    phases = (old, find("phase-1"), fit_out, find("phase-2"))
    builder.database.settings["phases"] = tuple(one.id for one in phases)
    find("level-1").data["elevation"] = m(-1.0)
    find("level-2").data["elevation"] = m(2.01)
    for handle, name, height in (
        ("level-attic", text("Attic", "Speicher"), 5.0),
        ("level-cellar", text("Cellar", "Keller"), -4.0),
    ):
        builder.add("Level", handle, "OST_Levels", name=name, elevation=m(height))
    for name, (begin, end) in {
        "A": ((0.0, 0.0), (12.0, 0.0)),
        "B": ((0.0, 8.05), (12.0, 8.05)),
        "C": ((5.0, 0.0), (5.0, 12.0)),
        "D": ((0.0, 0.0), (0.1, 9.0)),
        "5": ((10.0, 0.0), (10.0, 9.0)),
    }.items():
        curve = Line.between(_theirs(*begin), _theirs(*end))
        builder.add("Grid", f"grid-{name}", "OST_Grids", name=name, curve=curve)
    _base_points(builder, _PLACE.Inverse.OfPoint(_point(0.0, 0.0)), XYZ(m(100.0), m(200.1), 0.0))
    find("project-location").data["angle"] = math.radians(2.0)
    _counted(builder)
    return builder.finish()


def _counted(builder: ModelBuilder) -> None:
    """Add four rooms, of which one is not placed, a space, and a warning about two rooms."""
    find = builder.database.by_handle
    for number in (1, 2, 2, 4):
        low = float(number) + 10.0 * (len(builder.database.elements) % 7)
        corners = [_theirs(x, y) for x, y in ((low, 0.0), (low + 1.0, 0.0), (low, 4.0))]
        placed = number != 4
        builder.add(
            "Autodesk.Revit.DB.Architecture.Room",
            f"room-{len(builder.database.elements)}",
            "OST_Rooms",
            {"ROOM_NUMBER": str(number), "ROOM_NAME": "Room"},
            level=find("level-1") if placed else None,
            created_phase=find("phase-2"),
            point=corners[0] if placed else None,
            boundary=(sides(corners, [None] * 3),) if placed else None,
        )
    builder.add(
        "Autodesk.Revit.DB.Mechanical.Space",
        "space-1",
        "OST_MEPSpaces",
        {"ROOM_NUMBER": "9"},
        created_phase=find("phase-2"),
    )
