"""Supply and extract air of the office floor, with deliberate faults.

Supply air (`system-supply`, fed by `ahu`): `duct-1`, `fire-damper` at the rated wall, `duct-2`,
`duct-tee`, `duct-3` to `diffuser-2`, `duct-4` (round) to `diffuser-1`. Too fast are `duct-3` and
`duct-4`; friction is too high in `duct-2` and `duct-4`; `duct-3` is wrapped too thin, `duct-4` not
at all, `duct-2` is wrapped and lined; `duct-4` crosses the wall of the corridor without a damper.
`diffuser-3` hangs on nothing. Extract air (`system-extract`): `extract-1`, low, with an open end,
through the rated wall without a damper.
"""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import m, mm
from revitron_grpc.simulation.models.services import Place, Services, litres, pascals
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ports import Port

__all__ = ["add_air"]

_AIR = "Autodesk.Revit.DB.Mechanical."


def _port(offset: Place, outward: Place, size: float | tuple[float, float], **data: Any) -> Port:
    if isinstance(size, tuple):
        data |= {"shape": "Rectangular", "width": mm(size[0]), "height": mm(size[1])}
    else:
        data["radius"] = mm(size) / 2.0
    return Port(XYZ(*(m(number) for number in offset)), XYZ(*outward), domain="DomainHvac", **data)


def add_air(services: Services) -> None:
    """Add ducts with all that belongs to them."""
    builder, text = services.builder, services.builder.text

    def system_type(handle: str, name: str, short: str, classification: str) -> ElementRecord:
        return builder.add(
            _AIR + "MechanicalSystemType",
            handle,
            "OST_DuctSystem",
            name=name,
            family_name=text("Duct System", "Luftkanalsystem"),
            is_type=True,
            abbreviation=short,
            classification=classification,
        )

    supply_type = system_type("type-supply", text("Supply air", "Zuluft"), "SA", "SupplyAir")
    extract_type = system_type("type-extract", text("Extract air", "Abluft"), "EA", "ReturnAir")
    ahu = _air_handling_unit(services)
    supply = services.system("system-supply", "Mechanical Supply Air 1", supply_type, ahu)
    extract = services.system("system-extract", "Mechanical Return Air 1", extract_type, ahu)
    ahu.data["systems"] = ((1, supply.id), (2, extract.id))
    services.serve(supply, *_supply(services, supply))
    kind = builder.database.by_handle("type-duct")
    low = {"RBS_DUCT_FLOW_PARAM": litres(200.0), "RBS_FRICTION": pascals(0.5)}
    services.run(
        "duct",
        "extract-1",
        (1.6, 6.5, 2.2),
        (4.5, 6.5, 2.2),
        (250, 250),
        kind,
        extract,
        low,
        flow_way=-1,
    )


def _air_handling_unit(services: Services) -> ElementRecord:
    text = services.builder.text
    kind = services.family_type(
        "ahu", "OST_MechanicalEquipment", text("Air handling unit", "Lüftungsgerät"), "1500"
    )
    return services.family(
        "ahu",
        "OST_MechanicalEquipment",
        kind,
        (1.0, 6.0, 0.0),
        (
            _port(
                (0.6, -0.5, 2.9),
                (1.0, 0.0, 0.0),
                (400, 200),
                direction="Out",
                description=text("Supply", "Zuluft"),
                asks="SupplyAir",
            ),
            _port(
                (0.6, 0.5, 2.2),
                (1.0, 0.0, 0.0),
                (250, 250),
                direction="In",
                description=text("Extract", "Abluft"),
                asks="ReturnAir",
            ),
        ),
        {"ALL_MODEL_MARK": "AHU-01"},
        (1.2, 1.6, 3.2),
    )


def _supply(services: Services, supply: ElementRecord) -> list[ElementRecord]:
    builder, text = services.builder, services.builder.text
    run, fit = services.run, services.family
    kind = builder.add_type(
        _AIR + "DuctType",
        "type-duct",
        "OST_DuctCurves",
        text("Rectangular Duct", "Rechteckiger Luftkanal"),
        text("Steel sheet", "Stahlblech"),
    )
    round_kind = builder.add_type(
        _AIR + "DuctType",
        "type-duct-round",
        "OST_DuctCurves",
        text("Round Duct", "Runder Luftkanal"),
        text("Spiral", "Wickelfalz"),
    )
    wrap = builder.add_type(
        _AIR + "DuctInsulationType",
        "type-duct-wrap",
        "OST_DuctInsulations",
        text("Duct Insulation", "Luftkanaldämmung"),
        text("Mineral wool", "Mineralwolle"),
    )
    lining = builder.add_type(
        _AIR + "DuctLiningType",
        "type-duct-lining",
        "OST_DuctLinings",
        text("Duct Lining", "Innenauskleidung"),
        text("Foam", "Schaum"),
    )

    def duct(
        handle: str,
        start: Place,
        end: Place,
        size: float | tuple[float, float],
        flow: float,
        friction: float,
    ) -> ElementRecord:
        calculated = {
            "RBS_DUCT_FLOW_PARAM": litres(flow),
            "RBS_FRICTION": pascals(friction),
        }
        of = kind if isinstance(size, tuple) else round_kind
        return run("duct", handle, start, end, size, of, supply, calculated, flow_way=1)

    first = duct("duct-1", (1.6, 5.5, 2.9), (4.1, 5.5, 2.9), (400, 200), 300.0, 0.9)
    damper = services.family_type(
        "damper", "OST_DuctAccessory", text("Fire damper", "Brandschutzklappe"), "K90"
    )
    both = {"asks": "SupplyAir"}
    fit(
        "fire-damper",
        "OST_DuctAccessory",
        damper,
        (4.2, 5.5, 2.9),
        (
            _port((-0.1, 0.0, 0.0), (-1.0, 0.0, 0.0), (400, 200), direction="In", **both),
            _port((0.1, 0.0, 0.0), (1.0, 0.0, 0.0), (400, 200), direction="Out", **both),
        ),
        system=supply,
    )
    second = duct("duct-2", (4.3, 5.5, 2.9), (6.9, 5.5, 2.9), (400, 200), 300.0, 1.2)
    tee = services.family_type(
        "duct-tee", "OST_DuctFitting", text("Duct tee", "T-Formstück"), "Standard", part_type="Tee"
    )
    fit(
        "duct-tee",
        "OST_DuctFitting",
        tee,
        (7.0, 5.5, 2.9),
        (
            _port((-0.1, 0.0, 0.0), (-1.0, 0.0, 0.0), (400, 200), direction="In"),
            _port((0.1, 0.0, 0.0), (1.0, 0.0, 0.0), (300, 200), direction="Out"),
            _port((0.0, -0.1, 0.0), (0.0, -1.0, 0.0), 160, direction="Out"),
        ),
        system=supply,
    )
    third = duct("duct-3", (7.1, 5.5, 2.9), (10.0, 5.5, 2.9), (300, 200), 360.0, 0.8)
    duct("duct-4", (7.0, 5.4, 2.9), (7.0, 1.5, 2.9), 160, 140.0, 2.0)
    for number, (host, layer, thickness) in enumerate(
        ((first, wrap, 30), (second, wrap, 20), (second, lining, 10), (third, wrap, 20)), start=1
    ):
        services.wrap(f"duct-wrap-{number}", host, layer, thickness)
    return _diffusers(services, supply)


def _diffusers(services: Services, supply: ElementRecord) -> list[ElementRecord]:
    text, fit = services.builder.text, services.family
    kind = services.family_type(
        "diffuser",
        "OST_DuctTerminal",
        text("Diffuser", "Drallauslass"),
        "Q 600",
        placement="WorkPlaneBased",
    )
    made: list[ElementRecord] = []
    ceiling = services.builder.database.by_handle("ceiling-office-1")
    places: tuple[tuple[str, Place, Place, float | tuple[float, float], float], ...] = (
        ("diffuser-1", (7.0, 1.5, 2.7), (0.0, 1.0, 0.0), 160, 140.0),
        ("diffuser-2", (10.0, 5.5, 2.7), (-1.0, 0.0, 0.0), (300, 200), 160.0),
        ("diffuser-3", (11.0, 5.5, 2.7), (0.0, 0.0, 1.0), 160, 50.0),
    )
    for handle, place, outward, size, flow in places:
        lift = 0.0 if handle == "diffuser-3" else 0.2
        port = _port(
            (0.0, 0.0, lift),
            outward,
            size,
            direction="In",
            asks="SupplyAir",
            flow=litres(flow),
            description=text("Neck", "Stutzen"),
        )
        data: dict[str, Any] = {} if handle == "diffuser-3" else {"systems": ((1, supply.id),)}
        made.append(
            fit(
                handle,
                "OST_DuctTerminal",
                kind,
                place,
                (port,),
                {
                    "RBS_DUCT_FLOW_PARAM": litres(flow),
                    "INSTANCE_SCHEDULE_ONLY_LEVEL_PARAM": services.level,
                },
                host=ceiling,
                **data,
            )
        )
    return made[:2]
