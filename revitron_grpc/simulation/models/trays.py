"""Cable trays and conduits of the office floor, with deliberate faults.

`cabinet` feeds `tray-1` through the rated wall, where `firestop-trays` closes it, `tray-bend` and
`tray-2`, which crosses the wall of the corridor unsealed and ends in the air; `tray-3`, for data,
hangs low in the corridor and is open at both ends. `conduit-1` begins beside the cabinet;
`conduit-2` and `conduit-3` cross the rated wall, `conduit-4` too, but it is thin.
"""

from revitron_grpc.simulation.models.builder import m, mm
from revitron_grpc.simulation.models.services import Place, Services
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ports import Port

__all__ = ["add_trays"]

_ELECTRICAL = "Autodesk.Revit.DB.Electrical."
_SIZE = (300.0, 60.0)


def _end(offset: Place, outward: Place) -> Port:
    return Port(
        XYZ(*(m(number) for number in offset)),
        XYZ(*outward),
        "DomainCableTrayConduit",
        "Rectangular",
        width=mm(_SIZE[0]),
        height=mm(_SIZE[1]),
    )


def add_trays(services: Services) -> None:
    """Add cable trays and conduits with all that belongs to them."""
    builder, text = services.builder, services.builder.text
    tray_type = builder.add_type(
        _ELECTRICAL + "CableTrayType",
        "type-tray",
        "OST_CableTray",
        text("Cable Tray with Fittings", "Kabeltrasse mit Formteilen"),
        text("Ladder", "Leiter"),
    )
    conduit_type = builder.add_type(
        _ELECTRICAL + "ConduitType",
        "type-conduit",
        "OST_Conduit",
        text("Conduit without Fittings", "Leerrohr ohne Formteile"),
        text("Steel conduit", "Stahlpanzerrohr"),
    )
    power, data = text("Power", "Starkstrom"), text("Data", "Daten")
    cabinet = services.family_type(
        "cabinet", "OST_ElectricalEquipment", text("Cabinet", "Standverteiler"), "600"
    )
    services.family(
        "cabinet",
        "OST_ElectricalEquipment",
        cabinet,
        (0.5, 1.0, 0.0),
        (_end((0.3, 0.0, 3.2), (1.0, 0.0, 0.0)),),
        size=(0.6, 0.4, 2.2),
    )
    bend = services.family_type(
        "tray-bend", "OST_CableTrayFitting", text("Tray bend", "Trassenbogen"), "90"
    )
    services.family(
        "tray-bend",
        "OST_CableTrayFitting",
        bend,
        (5.0, 1.0, 3.2),
        (_end((-0.1, 0.0, 0.0), (-1.0, 0.0, 0.0)), _end((0.0, 0.1, 0.0), (0.0, 1.0, 0.0))),
        {"RBS_CTC_SERVICE_TYPE": power},
    )
    firestop = services.family_type(
        "firestop", "OST_GenericModel", text("Firestop", "Abschottung"), "S 90"
    )
    services.family("firestop-trays", "OST_GenericModel", firestop, (4.0, 1.0, 3.2))
    trays: tuple[tuple[str, Place, Place, str], ...] = (
        ("tray-1", (0.8, 1.0, 3.2), (4.9, 1.0, 3.2), power),
        ("tray-2", (5.0, 1.1, 3.2), (5.0, 7.0, 3.2), power),
        ("tray-3", (9.0, 1.0, 2.3), (11.0, 1.0, 2.3), data),
    )
    for handle, start, end, service in trays:
        services.run(
            "tray", handle, start, end, _SIZE, tray_type, None, {"RBS_CTC_SERVICE_TYPE": service}
        )
    conduits: tuple[tuple[str, Place, Place, float], ...] = (
        ("conduit-1", (0.5, 1.5, 1.0), (0.5, 1.5, 3.0), 32.0),
        ("conduit-2", (3.5, 0.3, 3.2), (5.5, 0.3, 3.2), 40.0),
        ("conduit-3", (3.5, 0.4, 3.1), (4.5, 0.4, 3.1), 40.0),
        ("conduit-4", (3.5, 0.2, 3.2), (4.5, 0.2, 3.2), 20.0),
    )
    for handle, start, end, size in conduits:
        values = {"RBS_CTC_SERVICE_TYPE": power, "RBS_CONDUIT_OUTER_DIAM_PARAM": mm(size)}
        services.run("conduit", handle, start, end, size - 4.0, conduit_type, None, values)
