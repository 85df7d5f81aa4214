"""Spaces with their air, loads and people, air terminals and basins, for `electrical-floor`.

Spaces over the rooms of the storey (offices and corridor of the new phase): `space-plant`,
`space-corridor`, `space-office-1`, `space-office-2`, `space-store` of the existing phase in the
plant room, and `space-unplaced`. Air in litres a second, specified and given by terminals:

| space | supply | return | exhaust | terminals |
| office-1 | 40 | 0 | 20 | `supply-1` 40, `exhaust-1` 20 |
| office-2 | 20 | 0 | 40 | `supply-2` 15, `exhaust-2` 40 |
| corridor | 30 | 30 | 0 | `return-1` 30 |
| plant | 0 | 0 | 0 | `exhaust-3` 10 |

`supply-1` and `supply-2` are on `system-air` with ducts, the others hang on nothing. `basin-1` is
on `system-water`, `basin-2` on nothing.
"""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.services import Services, litres, round_port
from revitron_grpc.simulation.revit.electrical import VOLT_AMPERE
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["add_ventilated_spaces"]

_WATT = VOLT_AMPERE
_SPANS = {
    "plant": (0.0, 4.0, 0.0, 8.0),
    "corridor": (4.0, 12.0, 0.0, 3.0),
    "office-1": (4.0, 8.0, 3.0, 8.0),
    "office-2": (8.0, 12.0, 3.0, 8.0),
    "store": (0.0, 4.0, 0.0, 8.0),
}


def add_ventilated_spaces(services: Services) -> None:
    """Add spaces, terminals and basins."""
    _spaces(services.builder)
    _terminals(services)
    _basins(services)


def _air(supply: float, returned: float, exhaust: float) -> dict[str, Any]:
    return {
        "ROOM_DESIGN_SUPPLY_AIRFLOW_PARAM": litres(supply),
        "ROOM_DESIGN_RETURN_AIRFLOW_PARAM": litres(returned),
        "ROOM_DESIGN_EXHAUST_AIRFLOW_PARAM": litres(exhaust),
    }


def _loads(heating: float, wanted: float, cooling: float, lighting: float) -> dict[str, Any]:
    return {
        "ROOM_CALCULATED_HEATING_LOAD_PARAM": heating * _WATT,
        "ROOM_DESIGN_HEATING_LOAD_PARAM": wanted * _WATT,
        "ROOM_CALCULATED_COOLING_LOAD_PARAM": cooling * _WATT,
        "ROOM_DESIGN_COOLING_LOAD_PARAM": cooling * _WATT,
        "ROOM_DESIGN_LIGHTING_LOAD_PARAM": lighting * _WATT,
    }


def _spaces(builder: ModelBuilder) -> None:
    find, text = builder.database.by_handle, builder.text
    builder.database.write(find("area-volume-settings"), "compute_volumes", True)
    office = text("Office", "Büro")
    entered = {"people_by": "NumberOfPeople", "loads_by": "kUseEnteredLoad"}
    spaces: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
        "plant": (
            "1.01",
            text("Plant room", "Technik"),
            {**_air(0.0, 0.0, 0.0), "ROOM_NUMBER_OF_PEOPLE_PARAM": 1.0},
            {},
        ),
        "corridor": (
            "1.02",
            text("Corridor", "Flur"),
            {**_air(30.0, 30.0, 0.0), **_loads(500.0, 500.0, 300.0, 0.0), "SPACE_IS_OCCUPIABLE": 0},
            {},
        ),
        "office-1": (
            "1.03",
            office,
            {
                **_air(40.0, 0.0, 20.0),
                **_loads(900.0, 1200.0, 700.0, 100.0),
                "ROOM_NUMBER_OF_PEOPLE_PARAM": 2.0,
                "RBS_ELEC_ROOM_AVERAGE_ILLUMINATION": 500.0 * 0.3048**2,
            },
            {"outdoor_air": litres(20.0), "air_changes": 1.5, **entered},
        ),
        "office-2": (
            "1.04",
            office,
            {**_air(20.0, 0.0, 40.0), **_loads(0.0, 0.0, 800.0, 200.0)},
            {"outdoor_air": litres(20.0), **entered},
        ),
        "store": ("0.01", text("Store", "Lager"), _air(5.0, 0.0, 0.0), {}),
    }
    for slug, (number, name, values, data) in spaces.items():
        x0, x1, y0, y1 = _SPANS[slug]
        corners = [
            XYZ(m(x), m(y), 0.0)
            for x, y in (
                (x0 + 0.1, y0 + 0.1),
                (x1 - 0.1, y0 + 0.1),
                (x1 - 0.1, y1 - 0.1),
                (x0 + 0.1, y1 - 0.1),
            )
        ]
        _space(
            builder,
            f"space-{slug}",
            {"ROOM_NUMBER": number, "ROOM_NAME": name, "ROOM_UPPER_OFFSET": m(3.4), **values},
            "phase-1" if slug == "store" else "phase-2",
            point=XYZ(m((x0 + x1) / 2.0), m((y0 + y1) / 2.0), 0.0),
            boundary=(sides(corners, [None] * 4),),
            **data,
        )
    _space(builder, "space-unplaced", {"ROOM_NUMBER": "1.09", "ROOM_NAME": office}, "phase-2")


def _space(
    builder: ModelBuilder, handle: str, values: dict[str, Any], phase: str, **data: Any
) -> None:
    find = builder.database.by_handle
    builder.add(
        "Autodesk.Revit.DB.Mechanical.Space",
        handle,
        "OST_MEPSpaces",
        values,
        level=find("level-1"),
        created_phase=find(phase),
        **data,
    )


def _terminals(services: Services) -> None:
    builder, text = services.builder, services.builder.text
    air = "Autodesk.Revit.DB.Mechanical."
    kind = builder.add(
        air + "MechanicalSystemType",
        "type-air",
        "OST_DuctSystem",
        name=text("Supply air", "Zuluft"),
        family_name=text("Duct System", "Luftkanalsystem"),
        is_type=True,
        abbreviation="SA",
        classification="SupplyAir",
    )
    system = services.system("system-air", "SA 1", kind)
    duct = builder.add_type(
        air + "DuctType",
        "type-duct",
        "OST_DuctCurves",
        text("Round Duct", "Runder Luftkanal"),
        text("Spiral", "Wickelfalz"),
    )
    valve = services.family_type("valve", "OST_DuctTerminal", text("Valve", "Tellerventil"), "125")
    builder.set(valve, "ALL_MODEL_MANUFACTURER", "Trox")
    grille = services.family_type("grille", "OST_DuctTerminal", text("Grille", "Gitter"), "200")
    on_system: list[ElementRecord] = []
    for handle, of, asks, x, y, flow in (
        ("supply-1", valve, "SupplyAir", 6.0, 6.5, 40.0),
        ("supply-2", valve, "SupplyAir", 10.0, 6.5, 15.0),
        ("exhaust-1", valve, "ExhaustAir", 6.0, 3.5, 20.0),
        ("exhaust-2", valve, "ExhaustAir", 10.0, 3.5, 40.0),
        ("exhaust-3", grille, "ExhaustAir", 2.0, 3.0, 10.0),
        ("return-1", grille, "ReturnAir", 8.0, 1.5, 30.0),
    ):
        supplied = asks == "SupplyAir"
        port = round_port(
            (0.0, 0.0, 0.0), (0.0, 0.0, 1.0), 125.0, domain="DomainHvac", asks=asks, direction="In"
        )
        values: dict[str, Any] = {"RBS_DUCT_FLOW_PARAM": litres(flow)}
        if of is valve:
            values["RBS_CALCULATED_SIZE"] = "ø125"
        terminal = services.family(
            handle,
            "OST_DuctTerminal",
            of,
            (x, y, 2.7),
            (port,),
            values,
            systems=((1, system.id),) if supplied else None,
        )
        if supplied:
            on_system.append(terminal)
            services.run(
                "duct", f"duct-{handle}", (x, y, 2.7), (x, y, 3.3), 125.0, duct, system, {}
            )
    services.serve(system, *on_system)


def _basins(services: Services) -> None:
    builder, text = services.builder, services.builder.text
    pipes = "Autodesk.Revit.DB.Plumbing."
    kind = builder.add(
        pipes + "PipingSystemType",
        "type-water",
        "OST_PipingSystem",
        name=text("Cold water", "Kaltwasser"),
        family_name=text("Piping System", "Rohrsystem"),
        is_type=True,
        abbreviation="CW",
        classification="DomesticColdWater",
    )
    system = services.system("system-water", "CW 1", kind)
    pipe = builder.add_type(
        pipes + "PipeType", "type-pipe", "OST_PipeCurves", text("Pipe Types", "Rohrtypen"), "Steel"
    )
    basin = services.family_type(
        "basin", "OST_PlumbingFixtures", text("Basin", "Waschtisch"), "600"
    )
    builder.set(basin, "ALL_MODEL_MANUFACTURER", "Geberit")
    builder.set(basin, "ALL_MODEL_MODEL", "Acanto")
    for number, x in ((1, 5.0), (2, 9.0)):
        port = round_port(
            (0.0, 0.0, 0.5), (0.0, 0.0, -1.0), 15.0, asks="DomesticColdWater", direction="In"
        )
        fixture = services.family(
            f"basin-{number}",
            "OST_PlumbingFixtures",
            basin,
            (x, 7.7, 0.0),
            (port,),
            {"RBS_PIPE_FIXTURE_UNITS_PARAM": 1.5} if number == 1 else {},
            systems=((1, system.id),) if number == 1 else None,
        )
        if number == 1:
            services.run("pipe", "pipe-basin", (x, 7.7, 0.5), (x, 7.7, 0.1), 15.0, pipe, system)
            services.serve(system, fixture)
