"""Walls, slabs, families, rooms and stairs of the simulated Revit, as scripts see them."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_exception
from revitron_grpc.simulation.models.builder import ModelBuilder
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.documents import Document
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import rectangle
from revitron_grpc.simulation.revit.rooms import sides
from revitron_grpc.vocabulary import Engine

CATALOG = packaged_catalog()
API = RevitApi(CATALOG, CATALOG.versions[2], Engine.IRONPYTHON_27)
DB: Any = API.DB


class Storey:
    """Two rooms of 10 by 10 feet beside one another, a door between them, and a slab."""

    def __init__(self) -> None:
        build = ModelBuilder("Storey")
        self.level = build.add("Level", "L0", "OST_Levels", name="Ground", elevation=0.0)
        self.upper = build.add("Level", "L1", "OST_Levels", name="Upper", elevation=12.0)
        self.old = build.add("Phase", "old", name="Existing")
        self.new = build.add("Phase", "new", name="New")
        build.database.settings["phases"] = (self.old.id, self.new.id)
        layers = (Layer("Finish1", 0.1), Layer("Structure", 0.8, 77), Layer("Finish2", 0.1))
        self.wall_type = build.add_type(
            "WallType", "W", "OST_Walls", "Basic Wall", "Brick", layers=layers
        )
        self.curtain_type = build.add_type(
            "WallType", "C", "OST_Walls", "Curtain Wall", "Glass", wall_kind="Curtain"
        )
        self.slab_type = build.add_type(
            "FloorType", "S", "OST_Floors", "Floor", "Slab", layers=(Layer("Structure", 0.5),)
        )
        self.wall = build.add(
            "Wall",
            "wall",
            "OST_Walls",
            {"WALL_USER_HEIGHT_PARAM": 8.0},
            type=self.wall_type,
            level=self.level,
            curve=Line.between(XYZ(10.5, 0, 0), XYZ(10.5, 10, 0)),
        )
        self.curtain = build.add(
            "Wall",
            "curtain",
            "OST_Walls",
            type=self.curtain_type,
            level=self.level,
            curve=Line.between(XYZ(0, 0, 0), XYZ(10, 0, 0)),
        )
        self.panel = build.add(
            "Panel", "panel", "OST_CurtainWallPanels", host=self.curtain, level=self.level
        )
        family = build.add("Family", "door-family", name="Door", family_category="OST_Doors")
        self.door_type = build.add_type(
            "FamilySymbol", "D", "OST_Doors", "Door", "3 x 7", of_family=family, active=False
        )
        build.set(self.door_type, "DOOR_WIDTH", 3.0)
        build.set(self.door_type, "DOOR_HEIGHT", 7.0)
        self.family = family
        self.door = build.add(
            "FamilyInstance",
            "door",
            "OST_Doors",
            type=self.door_type,
            host=self.wall,
            level=self.level,
            point=XYZ(10.5, 5, 0),
            rotation=-math.pi / 2.0,
            created_phase=self.new,
        )
        self.chair = build.add(
            "FamilyInstance", "chair", "OST_Furniture", level=self.level, point=XYZ(5, 5, 0)
        )
        self.rooms = [
            build.add(
                "Autodesk.Revit.DB.Architecture.Room",
                f"room-{number}",
                "OST_Rooms",
                {"ROOM_NUMBER": number, "ROOM_NAME": "Office", "ROOM_UPPER_OFFSET": 9.0},
                level=self.level,
                point=XYZ(left + 5, 5, 0),
                created_phase=self.new,
                boundary=(sides(corners(left), [None, self.wall, None, None]),),
            )
            for number, left in (("1", 0.0), ("2", 11.0))
        ]
        self.settings = build.add("AreaVolumeSettings", "settings", compute_volumes=False)
        self.floor = build.add(
            "Floor",
            "floor",
            "OST_Floors",
            type=self.slab_type,
            level=self.level,
            profile=(rectangle(20, 10, XYZ(10, 5, 0)), rectangle(2, 2, XYZ(3, 3, 0))),
        )
        build.database.regenerate()
        self.build = build
        self.database = build.database
        self.document: Any = API.promote(Document.of(self.database, None))

    def __call__(self, record: ElementRecord) -> Any:
        return API.conversion.element(record)


def corners(left: float) -> list[XYZ]:
    return [XYZ(left, 0, 0), XYZ(left + 10, 0, 0), XYZ(left + 10, 10, 0), XYZ(left, 10, 0)]


def refused(name: str) -> Any:
    return pytest.raises(revit_exception(name))


def parameter(record: ElementRecord, name: str) -> float:
    found = API.conversion.element(record).get_Parameter(getattr(DB.BuiltInParameter, name))
    return found.AsDouble()


@pytest.fixture
def storey() -> Storey:
    return Storey()


def test_a_wall_knows_its_type_width_and_exterior(storey: Storey) -> None:
    wall = storey(storey.wall)
    assert wall.Width == pytest.approx(1.0)
    assert wall.WallType.Kind == DB.WallKind.Basic
    assert wall.WallType.Function == DB.WallFunction.Interior
    assert wall.Orientation.IsAlmostEqualTo(DB.XYZ(-1, 0, 0))
    wall.Flip()
    assert wall.Orientation.IsAlmostEqualTo(DB.XYZ(1, 0, 0))
    assert wall.StructuralUsage == DB.Structure.StructuralWallUsage.NonBearing
    wall.StructuralUsage = DB.Structure.StructuralWallUsage.Bearing
    assert wall.StructuralUsage == DB.Structure.StructuralWallUsage.Bearing
    assert wall.CrossSection == DB.WallCrossSection.Vertical
    assert wall.SketchId == DB.ElementId.InvalidElementId


def test_only_a_curtain_wall_has_a_grid(storey: Storey) -> None:
    assert storey(storey.wall).CurtainGrid is None
    panels = storey(storey.curtain).CurtainGrid.GetPanelIds()
    assert [panel.IntegerValue for panel in panels] == [storey.panel.id]
    assert storey(storey.curtain_type).GetCompoundStructure() is None


def test_a_wall_s_area_is_less_its_openings(storey: Storey) -> None:
    assert parameter(storey.wall, "HOST_AREA_COMPUTED") == pytest.approx(10 * 8 - 3 * 7)
    assert parameter(storey.wall, "HOST_VOLUME_COMPUTED") == pytest.approx(59.0)
    assert parameter(storey.wall, "CURVE_ELEM_LENGTH") == 10.0


def test_a_wall_reaches_its_upper_level(storey: Storey) -> None:
    storey.build.set(storey.wall, "WALL_HEIGHT_TYPE", storey.upper)
    storey.build.set(storey.wall, "WALL_TOP_OFFSET", -1.0)
    storey.database.regenerate()
    assert pytest.approx(11.0) == storey(storey.wall).get_BoundingBox(None).Max.Z


def test_inserts_are_what_cuts_the_wall(storey: Storey) -> None:
    add = storey.build.add
    add("FamilyInstance", "lamp", "OST_LightingFixtures", host=storey.wall)
    glass = add("FamilyInstance", "glass", "OST_Windows", host=storey.wall, super=storey.door)
    embedded = add("Wall", "embedded", "OST_Walls", host=storey.wall)
    hole = add("Opening", "hole", "OST_SWallRectOpening", host=storey.wall)

    def found(*flags: bool) -> list[int]:
        return [i.IntegerValue for i in storey(storey.wall).FindInserts(*flags)]

    assert found(True, False, True, True) == [storey.door.id, glass.id, embedded.id, hole.id]
    assert found(False, False, False, False) == [storey.door.id]
    assert storey(storey.curtain).FindInserts(True, False, True, True).Count == 0


def test_a_compound_structure_is_a_copy(storey: Storey) -> None:
    kind = storey(storey.wall_type)
    structure = kind.GetCompoundStructure()
    assert structure.GetWidth() == pytest.approx(1.0)
    assert structure.GetFirstCoreLayerIndex() == structure.GetLastCoreLayerIndex() == 1
    layers = structure.GetLayers()
    assert layers[1].Function == DB.MaterialFunctionAssignment.Structure
    assert layers[1].MaterialId == DB.ElementId(77)
    structure.SetLayerWidth(1, 2.0)
    assert kind.Width == pytest.approx(1.0), "nothing happens until it is set back"
    kind.SetCompoundStructure(structure)
    assert kind.Width == storey(storey.wall).Width == pytest.approx(2.2)
    with refused("ArgumentOutOfRangeException"):
        structure.GetLayerWidth(3)
    with refused("ArgumentException"):
        storey(storey.curtain_type).SetCompoundStructure(structure)


def test_joins_at_the_ends_of_a_wall(storey: Storey) -> None:
    wall = storey(storey.wall)
    assert DB.WallUtils.IsWallJoinAllowedAtEnd(wall, 0)
    DB.WallUtils.DisallowWallJoinAtEnd(wall, 0)
    assert not DB.WallUtils.IsWallJoinAllowedAtEnd(wall, 0)
    assert DB.WallUtils.IsWallJoinAllowedAtEnd(wall, 1)
    with refused("ArgumentOutOfRangeException"):
        DB.WallUtils.IsWallJoinAllowedAtEnd(wall, 2)


def test_the_faces_of_a_slab_are_reached_by_reference(storey: Storey) -> None:
    floor = storey(storey.floor)
    storey.database.regenerate()
    (reference,) = DB.HostObjectUtils.GetTopFaces(floor)
    face = floor.GetGeometryObjectFromReference(reference)
    assert isinstance(face, DB.Face)
    assert face.Area == pytest.approx(200 - 4)
    assert pytest.approx(1.0) == face.FaceNormal.Z
    assert face.GetEdgesAsCurveLoops().Count == 2
    (below,) = DB.HostObjectUtils.GetBottomFaces(floor)
    assert pytest.approx(-0.5) == floor.GetGeometryObjectFromReference(below).Origin.Z
    assert parameter(storey.floor, "HOST_AREA_COMPUTED") == pytest.approx(196.0)
    assert parameter(storey.floor, "HOST_VOLUME_COMPUTED") == pytest.approx(98.0)


def test_the_solid_of_an_element(storey: Storey) -> None:
    storey.database.regenerate()
    options = DB.Options()
    options.ComputeReferences = True
    (solid,) = list(storey(storey.wall).get_Geometry(options))
    assert solid.Volume == pytest.approx(80.0)
    assert solid.Faces[0].Reference.ElementId.IntegerValue == storey.wall.id
    assert storey(storey.chair).get_Geometry(options) is None


def test_families_and_their_types(storey: Storey) -> None:
    door = storey(storey.door)
    assert door.Symbol.Family.FamilyCategory.Id.IntegerValue == -2000023
    assert door.Symbol.FamilyName == "Door"
    assert door.Symbol.Family.IsEditable
    assert not door.Symbol.Family.IsInPlace
    assert [i.IntegerValue for i in door.Symbol.Family.GetFamilySymbolIds()] == [
        storey.door_type.id
    ]
    assert not door.Symbol.IsActive
    door.Symbol.Activate()
    assert door.Symbol.IsActive
    assert door.Host.Id.IntegerValue == storey.wall.id
    assert door.HostFace is None
    assert door.SuperComponent is None
    assert door.StructuralType == DB.Structure.StructuralType.NonStructural


def test_a_flipped_door_opens_the_other_way(storey: Storey) -> None:
    door = storey(storey.door)
    assert door.FacingOrientation.IsAlmostEqualTo(DB.XYZ(1, 0, 0))
    assert (door.get_FromRoom(None).Number, door.get_ToRoom(None).Number) == ("1", "2")
    assert not door.Mirrored
    assert door.flipFacing()
    assert door.Mirrored
    assert door.FacingFlipped
    assert (door.FromRoom.Number, door.ToRoom.Number) == ("2", "1")
    door.flipHand()
    assert not door.Mirrored
    assert not storey(storey.chair).flipHand()


def test_rooms_belong_to_a_phase(storey: Storey) -> None:
    old, new = storey(storey.old), storey(storey.new)
    door, chair = storey(storey.door), storey(storey.chair)
    assert door.get_ToRoom(old) is None
    assert door.get_FromRoom(new).Number == "1"
    assert chair.get_Room(new).Number == chair.Room.Number == "1"
    assert chair.get_Room(old) is None
    assert storey.document.GetRoomAtPoint(DB.XYZ(5, 5, 1), old) is None
    assert storey.document.GetRoomAtPoint(DB.XYZ(15, 5, 1)).Number == "2"
    assert storey.document.GetRoomAtPoint(DB.XYZ(15, 5, 9.5)) is None
    assert chair.get_FromRoom(new) is None
    storey.database.write(storey.chair, "room", storey.rooms[1].id)
    assert chair.get_Room(new).Number == "2"
    assert chair.get_Room(old) is None


def test_a_room_has_area_perimeter_and_boundary(storey: Storey) -> None:
    storey.database.regenerate()
    room = storey(storey.rooms[0])
    assert (room.Area, room.Perimeter, room.UnboundedHeight) == (100.0, 40.0, 9.0)
    assert parameter(storey.rooms[0], "ROOM_AREA") == 100.0
    (loop,) = room.GetBoundarySegments(DB.SpatialElementBoundaryOptions())
    assert [segment.ElementId.IntegerValue for segment in loop] == [-1, storey.wall.id, -1, -1]
    assert sum(segment.GetCurve().Length for segment in loop) == 40.0
    assert room.Volume == 0.0, "volumes are off"
    DB.AreaVolumeSettings.GetAreaVolumeSettings(storey.document).ComputeVolumes = True
    assert room.Volume == 900.0
    assert room.IsPointInRoom(DB.XYZ(5, 5, 1))
    assert not room.IsPointInRoom(DB.XYZ(15, 5, 1))
    options = DB.SpatialElementBoundaryOptions()
    options.SpatialElementBoundaryLocation = DB.SpatialElementBoundaryLocation.Center
    with pytest.raises(NotSimulated):
        room.GetBoundarySegments(options)


def test_an_unplaced_room_has_nothing(storey: Storey) -> None:
    room = storey(storey.rooms[0])
    room.Unplace()
    storey.database.regenerate()
    assert room.Location is None
    assert (room.Area, room.Perimeter, room.UnboundedHeight) == (0.0, 0.0, 0.0)
    assert room.GetBoundarySegments(DB.SpatialElementBoundaryOptions()).Count == 0


def test_a_room_s_name_hides_behind_its_class(storey: Storey) -> None:
    room = storey(storey.rooms[0])
    with pytest.raises(AttributeError):
        _ = room.Name
    assert DB.Element.Name.GetValue(room) == "Office 1"
    room.Name = "Store"
    room.Number = "7"
    assert DB.Element.Name.GetValue(room) == "Store 7"


def test_tags_of_rooms(storey: Storey) -> None:
    room = storey.rooms[0]
    kind = "Autodesk.Revit.DB.Architecture.RoomTag"
    tag = storey(storey.build.add(kind, "tag", "OST_RoomTags", tagged=room, point=XYZ(5, 5, 0)))
    assert tag.Room.Number == "1"
    assert tag.TagText == "Office\n1"
    assert tag.IsInRoom
    assert not tag.HasLeader
    with refused("InvalidOperationException"):
        _ = tag.LeaderEnd
    tag.HasLeader = True
    tag.TagHeadPosition = DB.XYZ(15, 5, 0)
    assert not tag.IsInRoom
    assert tag.LeaderEnd.X == 5.0
    assert tag.TaggedRoomId.HostElementId.IntegerValue == room.id
    linked = storey(storey.build.add(kind, "far", "OST_RoomTags", tagged_in_link=(5, 6)))
    assert linked.IsTaggingLink
    assert linked.Room is None
    assert linked.TaggedLocalRoomId == DB.ElementId.InvalidElementId
    assert linked.TaggedRoomId.LinkInstanceId.IntegerValue == 5
    storey.document.Delete(DB.ElementId(room.id))
    assert not tag.IsValidObject


def test_stairs_and_their_parts(storey: Storey) -> None:
    add = storey.build.add
    inside = "Autodesk.Revit.DB.Architecture."
    stairs = add(
        inside + "Stairs",
        "stairs",
        "OST_Stairs",
        {"STAIRS_DESIRED_NUMBER_OF_RISERS": 24, "STAIRS_ACTUAL_TREAD_DEPTH": 0.9},
        level=storey.level,
    )
    storey.build.set(stairs, "STAIRS_TOP_LEVEL_PARAM", storey.upper)
    path = (Line.between(XYZ(0, 0, 0), XYZ(9, 0, 0)),)
    run = add(
        inside + "StairsRun",
        "run",
        "OST_StairsRuns",
        {"STAIRS_RUN_ACTUAL_RUN_WIDTH": 4.0, "STAIRS_RUN_ACTUAL_NUMBER_OF_RISERS": 12},
        stairs=stairs,
        path=path,
    )
    kind = add(inside + "RailingType", "R", "OST_StairsRailing", name="Rail", top_rail_height=3.5)
    railing = add(inside + "Railing", "railing", "OST_StairsRailing", host=stairs, type=kind)
    seen = storey(stairs)
    assert seen.ActualRiserHeight == pytest.approx(0.5)
    assert seen.ActualTreadDepth == 0.9
    assert [i.IntegerValue for i in seen.GetStairsRuns()] == [run.id]
    assert seen.GetStairsLandings().Count == 0
    assert [i.IntegerValue for i in seen.GetAssociatedRailings()] == [railing.id]
    flight = storey(run)
    assert (flight.ActualRunWidth, flight.ActualRisersNumber) == (4.0, 12)
    assert [curve.Length for curve in flight.GetStairsPath()] == [9.0]
    with pytest.raises(NotSimulated):
        flight.GetFootprintBoundary()
    assert storey(railing).HasHost
    assert storey(kind).TopRailHeight == 3.5


def test_a_location_curve_hands_out_copies(storey: Storey) -> None:
    location = storey(storey.wall).Location
    location.Curve.MakeBound(0.0, 1.0)
    assert location.Curve.Length == 10.0


CHANGES: list[tuple[str, Callable[[Any], Any]]] = [
    ("Flip", lambda wall: wall.Flip()),
    ("WallType", lambda wall: setattr(wall, "WallType", wall.WallType)),
    ("join", lambda wall: DB.WallUtils.DisallowWallJoinAtEnd(wall, 0)),
    ("usage", lambda w: setattr(w, "StructuralUsage", DB.Structure.StructuralWallUsage.Shear)),
]


@pytest.mark.parametrize("change", [c for _, c in CHANGES], ids=[n for n, _ in CHANGES])
def test_nothing_changes_outside_of_a_transaction(
    storey: Storey, change: Callable[[Any], Any]
) -> None:
    storey.build.finish()
    with refused("ModificationOutsideTransactionException"):
        change(storey(storey.wall))
