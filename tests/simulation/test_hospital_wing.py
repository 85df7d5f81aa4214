"""The hospital wing has 200 rooms that hang together, and the faults that it names."""

from collections import Counter
from typing import Any

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.database import INVALID, Database
from revitron_grpc.simulation.models import SAMPLE_MODELS
from revitron_grpc.simulation.revit.documents import Document
from revitron_grpc.simulation.revit.warnings import standing
from revitron_grpc.vocabulary import Engine

CATALOG = packaged_catalog()
API = RevitApi(CATALOG, CATALOG.versions[-1], Engine.IRONPYTHON_34)


@pytest.fixture(scope="module", params=["hospital-wing", "hospital-wing-second"])
def wing(request: pytest.FixtureRequest) -> Database:
    database = SAMPLE_MODELS[request.param]()
    API.promote(Document.of(database, None))
    return database


def element(database: Database, handle: str) -> Any:
    return API.conversion.element(database.by_handle(handle))


def test_two_hundred_rooms_are_placed_and_enclosed(wing: Database) -> None:
    rooms = [API.conversion.element(record) for record in wing.of_kind("Room")]
    placed = [room for room in rooms if room.Area > 0]
    assert len(placed) == 200
    assert Counter(room.LevelId.Value for room in placed).most_common(1)[0][1] == 50
    left = sorted(room._record.handle for room in rooms if room.Area == 0)
    assert left == ["room-open", "room-unplaced-1", "room-unplaced-2"]


def test_every_room_but_one_has_its_door_to_the_corridor_or_the_stair(wing: Database) -> None:
    phases = wing.document.Phases
    without = []
    for storey in range(1, 5):
        for slot in [*range(1, 49), 50]:
            handle = f"{storey}-{slot:02}"
            if handle == "1-20":
                without.append(handle)
                continue
            door = element(wing, f"door-{handle}")
            room = element(wing, f"room-{handle}")
            phase = phases.get_Item(phases.Size - 1)
            if room.CreatedPhaseId == phase.Id:
                assert door.get_ToRoom(phase).Id == room.Id, handle
            assert door.get_FromRoom(phase).Id == element(wing, f"room-{storey}-49").Id, handle
    assert without == ["1-20"]
    assert element(wing, "door-out").FromRoom is None
    assert element(wing, "door-out").ToRoom.Number == "1.50"


def test_the_faults_are_there(wing: Database) -> None:
    mirrored = [
        record.handle
        for record in wing.of_kind("FamilyInstance")
        if API.conversion.element(record).Mirrored
    ]
    assert mirrored == ["door-1-03", "door-1-17"]
    kinds = Counter(warning.kind for warning in standing(wing))
    assert kinds == {"GeneralFailures.DuplicateValue": 2, "OverlapFailures.DuplicateInstances": 1}
    assert not element(wing, "link-survey").Pinned
    assert element(wing, "link-structure").Pinned
    assert element(wing, "reception").Symbol.Family.IsInPlace
    mark = element(wing, "door-2-10").get_Parameter(API.DB.BuiltInParameter.ALL_MODEL_MARK)
    assert not mark.AsString()


def test_nothing_names_an_element_that_is_not_there(wing: Database) -> None:
    for record in wing.elements.values():
        for key in ("type", "level", "host", "created_phase", "of_family", "group", "option"):
            number = record.data.get(key, INVALID)
            assert number == INVALID or wing.get(number) is not None, (record, key)
        assert CATALOG.type(record.kind) is not None, record
    assert not wing.journal, "the model is sealed"


def test_the_equipped_house_is_the_small_house_with_more_in_it() -> None:
    for flavour in ("", "-second"):
        small, more = (SAMPLE_MODELS[f"{n}-house{flavour}"]() for n in ("small", "equipped"))
        handles = {record.handle for record in more.elements.values()}
        assert {record.handle for record in small.elements.values()} < handles
        for record in more.elements.values():
            assert CATALOG.type(record.kind) is not None, record
