"""The small house hangs together: rooms between their walls, openings in walls, types for all."""

import math
from typing import Any

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.database import INVALID, Database
from revitron_grpc.simulation.models import SAMPLE_MODELS
from revitron_grpc.simulation.models.builder import m
from revitron_grpc.simulation.models.small_house_second import COLLEAGUE
from revitron_grpc.simulation.revit.documents import Document
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ownership import owner_of
from revitron_grpc.simulation.revit.rooms import room_at
from revitron_grpc.vocabulary import Engine

CATALOG = packaged_catalog()
_UP = XYZ(0.0, 0.0, 0.1)
API = RevitApi(CATALOG, CATALOG.versions[-1], Engine.IRONPYTHON_34)
DOORS = {
    "door-1": (None, "1.03"),
    "door-2": ("1.03", "1.01"),
    "door-3": ("1.03", "1.02"),
    "door-4": ("2.03", "2.01"),
    "door-5": ("2.03", "2.02"),
}


@pytest.fixture(params=["small-house", "small-house-second"])
def house(request: pytest.FixtureRequest) -> Database:
    return SAMPLE_MODELS[request.param]()


def opened(house: Database) -> Any:
    return API.promote(Document.of(house, None))


def test_doors_lead_from_room_to_room(house: Database) -> None:
    opened(house)
    seen = {}
    for handle in DOORS:
        door = API.conversion.element(house.by_handle(handle))
        rooms = door.FromRoom, door.ToRoom
        seen[handle] = tuple(None if room is None else room.Number for room in rooms)
    assert seen == DOORS


def test_rooms_fill_a_storey_between_its_walls(house: Database) -> None:
    opened(house)
    last = house.settings["phases"][-1]
    rooms = [
        API.conversion.element(record)
        for record in house.of_kind("Room")
        if record.data["created_phase"] == last
    ]
    storeys: dict[int, float] = {}
    for room in rooms:
        level = room.Level.Id.Value
        storeys[level] = storeys.get(level, 0.0) + room.Area
        for loop in room.GetBoundarySegments(API.DB.SpatialElementBoundaryOptions()):
            for segment in loop:
                wall = room.Document.GetElement(segment.ElementId)
                away = wall.Location.Curve.Distance(segment.GetCurve().Evaluate(0.5, True))
                assert away == pytest.approx(wall.Width / 2.0, abs=0.01)
    inside = 9.64 * 7.64 - 0.12 * 7.64 - 0.12 * 3.88 + 0.06 * 0.12
    for area in storeys.values():
        assert area / m(1.0) ** 2 == pytest.approx(inside, abs=0.05)


def test_each_opening_lies_in_its_wall(house: Database) -> None:
    opened(house)
    for record in house.of_kind("FamilyInstance"):
        if record.data["category"] in ("OST_Doors", "OST_Windows"):
            wall = house.get(record.data["host"])
            assert wall is not None
            flat = record.data["point"]
            line = wall.data["curve"]
            assert abs(line.origin.minus(flat).cross(line.direction).Z) < 1e-6


def test_nothing_names_an_element_that_is_not_there(house: Database) -> None:
    for record in house.elements.values():
        for key in ("type", "level", "host", "created_phase", "view", "tagged", "stairs", "group"):
            number = record.data.get(key, INVALID)
            assert number == INVALID or house.get(number) is not None, (record, key)
        assert CATALOG.type(record.kind) is not None, record


def test_things_stand_in_rooms(house: Database) -> None:
    opened(house)
    for handle in ("table", "chair-1", "bed", "basin"):
        assert room_at(house, house.by_handle(handle).data["point"]) is not None


def test_the_second_flavour_is_german_and_has_an_older_part() -> None:
    first, second = SAMPLE_MODELS["small-house"](), SAMPLE_MODELS["small-house-second"]()
    assert second.language == "de"
    assert {r.handle for r in first.elements.values()} < {
        r.handle for r in second.elements.values()
    }
    old = second.by_handle("phase-1").id
    assert second.by_handle("door-3").data["created_phase"] == old
    group = second.by_handle("group-chairs")
    assert second.by_handle("chair-1").data["group"] == group.id
    assert first.by_handle("type-inner-door").data["name"] == "885 x 2010"
    assert not first.journal, "the model is sealed"


def test_the_architects_rooms_lie_where_the_own_model_stands() -> None:
    second = SAMPLE_MODELS["small-house-second"]()
    (linked,) = second.settings["links"].values()
    opened(second)
    opened(linked)
    place = API.conversion.element(second.by_handle("link")).GetTotalTransform()
    seen = {}
    for handle in ("chair-1", "sink", "bed", "basin"):
        inside = place.Inverse.OfPoint(second.by_handle(handle).data["point"].plus(_UP))
        room = room_at(linked, inside)
        seen[handle] = None if room is None else room.handle
    assert seen == {
        "chair-1": "room-A1.01",
        "sink": "room-A1.02",
        "bed": "room-A2.01",
        "basin": None,
    }
    doors = {}
    for handle in ("door-1", "door-2", "door-3"):
        door = API.conversion.element(linked.by_handle(handle))
        rooms = door.FromRoom, door.ToRoom
        doors[handle] = tuple(None if room is None else room.Number for room in rooms)
    assert doors == {
        "door-1": ("A1.03", "A1.01"),
        "door-2": ("A1.03", "A1.02"),
        "door-3": (None, "A1.03"),
    }


def test_a_colleague_holds_a_door_of_the_second_house() -> None:
    second = SAMPLE_MODELS["small-house-second"]()
    assert second.is_workshared
    assert owner_of(second.by_handle("door-5")) == COLLEAGUE != second.user


def test_a_model_lies_on_its_site_as_its_location_says() -> None:
    house = SAMPLE_MODELS["small-house"]()
    document = opened(house)
    location = document.ActiveProjectLocation
    house.transaction = "turn"
    position = API.DB.ProjectPosition(100.0, 50.0, 10.0, math.pi / 2.0)
    location.SetProjectPosition(API.DB.XYZ(2.0, 0.0, 1.0), position)
    there = location.GetProjectPosition(API.DB.XYZ(3.0, 0.0, 1.0))
    assert (there.EastWest, there.NorthSouth, there.Elevation) == pytest.approx((100, 51, 10))
    assert there.Angle == pytest.approx(math.pi / 2.0)
    assert not API.DB.AreaVolumeSettings.GetAreaVolumeSettings(document).ComputeVolumes
