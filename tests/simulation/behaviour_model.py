"""A model that holds all that the observations of the table of behaviours need."""

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.builder import ModelBuilder
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ports import Port
from revitron_grpc.simulation.revit.rooms import Side
from revitron_grpc.simulation.revit.worksharing import WorksetFacts

COLLEAGUE = "colleague"


def _linked() -> Database:
    builder = ModelBuilder("Architecture")
    start(builder)
    builder.database.is_linked = True
    return builder.finish()


def behaviour_model(*, workshared: bool) -> Database:
    """Build the model; a workshared one has a wall that a colleague holds."""
    builder = ModelBuilder("Behaviours")
    start(builder)
    database = builder.database
    for family in ("FloorPlan", "Drafting"):
        builder.add_type("ViewFamilyType", family, "OST_Views", family, family, view_family=family)
    builder.add_type("TextNoteType", "text", "OST_TextNotes", "Text", "3 mm")
    basic = builder.add_type(
        "WallType",
        "basic",
        "OST_Walls",
        "Basic Wall",
        "Generic",
        wall_kind="Basic",
        layers=(Layer("Structure", 0.5),),
    )
    builder.add_type(
        "WallType", "curtain", "OST_Walls", "Curtain Wall", "Facade", wall_kind="Curtain"
    )
    doors = builder.add("Family", "doors", name="Single", family_category="OST_Doors")
    for name, active in (("used", True), ("unused", False)):
        builder.add_type(
            "FamilySymbol", name, "OST_Doors", "Single", name, of_family=doors, active=active
        )
    builder.add("AreaVolumeSettings", "volumes")
    _add_services(builder)
    _add_links(builder)
    walls = [
        builder.add(
            "Wall",
            f"wall-{number}",
            "OST_Walls",
            type=basic,
            level=database.by_handle("level-1"),
            curve=Line.between(XYZ(0.0, 200.0 + number, 0.0), XYZ(20.0, 200.0 + number, 0.0)),
            created_phase=database.settings["phases"][-1],
        )
        for number in range(2)
    ]
    if workshared:
        database.is_workshared = True
        database.settings["worksets"] = (WorksetFacts(1, "Workset1", is_default=True),)
        database.settings["active_workset"] = 1
        for record in database.elements.values():
            record.data["workset"] = 1
        walls[0].data["owner"] = COLLEAGUE
    return builder.finish()


def _add_services(builder: ModelBuilder) -> None:
    """Types of ducts and pipes, and a boiler in a system."""
    for kind, handle, category in (
        ("Mechanical.MechanicalSystemType", "supply-air", "OST_DuctSystem"),
        ("Plumbing.PipingSystemType", "cold-water", "OST_PipingSystem"),
        ("Plumbing.PipeType", "copper", "OST_PipeCurves"),
    ):
        builder.add_type(kind, handle, category, handle, handle)
    builder.add_type(
        "Mechanical.DuctType", "square", "OST_DuctCurves", "Duct", "Square", shape="Rectangular"
    )
    system = builder.add("Plumbing.PipingSystem", "system-1", "OST_PipingSystem", name="Water 1")
    family = builder.add("Family", "boilers", name="Boiler")
    boiler = builder.add_type(
        "FamilySymbol", "boiler", "OST_MechanicalEquipment", "Boiler", "Boiler", of_family=family
    )
    equipment = builder.add(
        "FamilyInstance",
        "boiler-1",
        "OST_MechanicalEquipment",
        type=boiler,
        point=XYZ(0.0, 100.0, 0.0),
        ports=(Port(XYZ(), XYZ(0.0, 0.0, 1.0), radius=0.1),),
        systems=((1, system.id),),
    )
    system.data["elements"] = (equipment.id,)


def _add_links(builder: ModelBuilder) -> None:
    """A loaded link with a lamp on a face and a room at a wall of it, and one not loaded."""
    database = builder.database
    level = database.by_handle("level-1")
    for name in ("loaded", "unloaded"):
        kind = builder.add_type("RevitLinkType", f"{name}-type", "OST_RvtLinks", name, name)
        builder.add("RevitLinkInstance", name, "OST_RvtLinks", name=name, type=kind)
    link = database.by_handle("loaded")
    database.settings["links"] = {database.by_handle("loaded-type").id: _linked()}
    lamps = builder.add("Family", "lamps", name="Lamp", family_category="OST_LightingFixtures")
    lamp = builder.add_type(
        "FamilySymbol", "lamp", "OST_LightingFixtures", "Lamp", "Lamp", of_family=lamps
    )
    builder.add(
        "FamilyInstance",
        "lamp-1",
        "OST_LightingFixtures",
        type=lamp,
        host=link,
        host_face=100_001,
        point=XYZ(5.0, 5.0, 8.0),
    )
    corners = [XYZ(*at, 0.0) for at in ((300.0, 0.0), (310.0, 0.0), (310.0, 10.0), (300.0, 10.0))]
    loop = tuple(
        Side(Line.between(start, end), link.id, 100_002)
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
    builder.add(
        "Architecture.Room",
        "room-1",
        "OST_Rooms",
        level=level,
        point=XYZ(305.0, 5.0, 0.0),
        boundary=(loop,),
        created_phase=database.settings["phases"][-1],
        values={"ROOM_NAME": "Room", "ROOM_NUMBER": "1"},
    )
