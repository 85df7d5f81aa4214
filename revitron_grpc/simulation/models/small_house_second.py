"""What the second flavour of the small house has besides: see `make_second`."""

from revitron_grpc.simulation.models.architects_model import link_architects_model
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.second_people import COLLEAGUE, share
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["COLLEAGUE", "make_second"]


def make_second(builder: ModelBuilder) -> None:
    """Add an older part, a design option, a group, a link, worksets and a colleague.

    The kitchen's door (`door-3`) and its wall stand since the existing phase, in which the living
    room was one larger room (`room-old`). `window-3` is an option of a set; two chairs are a
    group. The bath's door (`door-5`) is held by a colleague. See models/architects_model.py for
    the link.
    """
    database = builder.database
    find = database.by_handle
    existing = find("phase-1")
    for handle in ("wall-1-cross", "door-3"):
        database.write(find(handle), "created_phase", existing.id)
    corners = [XYZ(m(x), m(y), 0.0) for x, y in ((0.18, 0.18), (5.94, 0.18), (5.94, 7.82))]
    corners.append(XYZ(m(0.18), m(7.82), 0.0))
    builder.add(
        "Autodesk.Revit.DB.Architecture.Room",
        "room-old",
        "OST_Rooms",
        {"ROOM_NUMBER": "B.01", "ROOM_NAME": "Werkstatt", "ROOM_UPPER_OFFSET": m(2.6)},
        level=find("level-1"),
        created_phase=existing,
        point=XYZ(m(3.0), m(4.0), 0.0),
        boundary=(sides(corners, [None] * 4),),
    )
    option = builder.add(
        "DesignOption", "option-1", "OST_DesignOptions", name="Erker", primary=True
    )
    database.write(find("window-3"), "option", option.id)
    kind = builder.add("GroupType", "group-type", "OST_IOSModelGroups", name="Stühle", is_type=True)
    members = [find(handle) for handle in ("chair-1", "chair-2")]
    group = builder.add(
        "Group",
        "group-chairs",
        "OST_IOSModelGroups",
        name="Stühle",
        type=kind,
        level=find("level-1"),
        point=XYZ(m(3.0), m(3.0), 0.0),
        members=tuple(members),
    )
    for member in members:
        database.write(member, "group", group.id)
    link_architects_model(builder)
    share(builder, ["door-5"])
