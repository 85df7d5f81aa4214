"""Heating and cold water of the office floor, with their deliberate faults; drains stand beside.

Heating supply (`system-heating`, fed by `boiler`): `heating-riser`, `heating-elbow`, `heating-1`,
`heating-valve`, `heating-2` through the rated wall, `heating-tee`, `heating-3` to `fan-coil-2`,
`heating-4` to `fan-coil-1`. Too fast are `heating-3` and `heating-4`; friction is too high in
`heating-2` and `heating-4`; `heating-2` is wrapped too thin and `heating-3` not at all, tee and
valve are bare; `heating-2` crosses the wall without a collar, `heating-4` with `collar-corridor`.

Heating return (`system-return`) lies in two pieces, `return-1` at `fan-coil-1` and `return-2`,
which `coupling-mixed` joins to `pipe-loose` of no system. `system-spare` is empty, and `pump` was
never joined to anything.

Cold water (`system-water`, no source): `water-1` with an open end and `collar-far` too far from the
wall, `water-transition`, `water-2`, `water-elbow`, `water-drop`, `basin-1`; `basin-2` hangs on
nothing.
"""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import mm
from revitron_grpc.simulation.models.drains import add_drains
from revitron_grpc.simulation.models.services import (
    PipeKinds,
    Place,
    Services,
    litres,
    pascals,
    round_port,
    straight,
)
from revitron_grpc.simulation.revit.ports import Port

__all__ = ["add_pipes"]

_PIPING = "Autodesk.Revit.DB.Plumbing."


def add_pipes(services: Services) -> None:
    """Add pipes with all that belongs to them."""
    kinds = _kinds(services)
    text = services.builder.text
    boiler = _boiler(services)
    heating = services.system("system-heating", "Hydronic Supply 1", kinds.heating, boiler)
    back = services.system("system-return", "Hydronic Return 1", kinds.back)
    services.system("system-spare", "Hydronic Supply 9", kinds.heating)
    water = services.system("system-water", "Domestic Cold Water 1", kinds.water)
    drain = services.system("system-drain", text("Sanitary 1", "Abwasser 1"), kinds.drain)
    boiler.data["systems"] = ((1, heating.id),)
    coils = _heating(services, kinds, heating, back)
    _pump(services)
    services.serve(heating, *coils)
    services.serve(back, coils[0])
    basin = _water(services, kinds, water, drain)
    services.serve(water, basin)
    services.serve(drain, basin)
    add_drains(services, kinds, drain)
    _materials(services)


def _materials(services: Services) -> None:
    """Make drains of plastic and all other pipes of steel, as their segments would."""
    builder = services.builder
    names = {"steel": ("Steel", "Stahl"), "plastic": ("Polypropylene", "Polypropylen")}
    made = {
        slug: builder.add("Material", f"material-{slug}", "OST_Materials", name=builder.text(*both))
        for slug, both in names.items()
    }
    for pipe in list(builder.database.of_kind("Pipe")):
        slug = "plastic" if pipe.handle.startswith("drain") else "steel"
        builder.set(pipe, "RBS_PIPE_MATERIAL_PARAM", made[slug])


def _kinds(services: Services) -> PipeKinds:
    builder, text = services.builder, services.builder.text
    family = services.family_type

    def system_type(handle: str, name: str, short: str, classification: str) -> ElementRecord:
        return builder.add(
            _PIPING + "PipingSystemType",
            handle,
            "OST_PipingSystem",
            name=name,
            family_name=text("Piping System", "Rohrsystem"),
            is_type=True,
            abbreviation=short,
            classification=classification,
        )

    return PipeKinds(
        pipe=builder.add_type(
            _PIPING + "PipeType",
            "type-pipe",
            "OST_PipeCurves",
            text("Pipe Types", "Rohrtypen"),
            text("Steel", "Stahl"),
        ),
        wrap=builder.add_type(
            _PIPING + "PipeInsulationType",
            "type-pipe-wrap",
            "OST_PipeInsulations",
            text("Pipe Insulation", "Rohrdämmung"),
            text("Mineral wool", "Mineralwolle"),
        ),
        heating=system_type(
            "type-heating", text("Heating supply", "Heizung Vorlauf"), "HS", "SupplyHydronic"
        ),
        back=system_type(
            "type-return", text("Heating return", "Heizung Rücklauf"), "HR", "ReturnHydronic"
        ),
        water=system_type(
            "type-water", text("Cold water", "Kaltwasser"), "CW", "DomesticColdWater"
        ),
        drain=system_type("type-drain", text("Sanitary waste", "Schmutzwasser"), "", "Sanitary"),
        elbow=family(
            "elbow", "OST_PipeFitting", text("Elbow", "Bogen"), "Standard", part_type="Elbow"
        ),
        tee=family("tee", "OST_PipeFitting", text("Tee", "T-Stück"), "Standard", part_type="Tee"),
        transition=family(
            "transition",
            "OST_PipeFitting",
            text("Reducer", "Reduzierung"),
            "Standard",
            part_type="Transition",
        ),
        valve=family("valve", "OST_PipeAccessory", text("Ball valve", "Kugelhahn"), "PN 16"),
        collar=family(
            "collar",
            "OST_GenericModel",
            text("Pipe collar", "Rohrmanschette"),
            "R 90",
        ),
        coupling=family(
            "coupling", "OST_PipeFitting", text("Coupling", "Muffe"), "Standard", part_type="Union"
        ),
    )


def _boiler(services: Services) -> ElementRecord:
    text = services.builder.text
    kind = services.family_type(
        "boiler", "OST_MechanicalEquipment", text("Boiler", "Heizkessel"), "20 kW"
    )
    return services.family(
        "boiler",
        "OST_MechanicalEquipment",
        kind,
        (1.0, 2.0, 0.0),
        (
            round_port(
                (0.0, 0.0, 2.0),
                (0.0, 0.0, 1.0),
                32,
                direction="Out",
                description=text("Supply", "Vorlauf"),
                asks="SupplyHydronic",
            ),
            round_port(
                (-0.4, 0.0, 1.0),
                (-1.0, 0.0, 0.0),
                32,
                direction="In",
                description=text("Return", "Rücklauf"),
                asks="ReturnHydronic",
            ),
            # Calculation only: it has no place (behaviour 39).
            round_port((0.0, 0.0, 0.0), (0.0, 0.0, 1.0), 0, kind="Logical"),
        ),
        {"ALL_MODEL_MARK": "B-01"},
        (0.8, 0.8, 2.0),
    )


def _pump(services: Services) -> None:
    kind = services.family_type(
        "pump", "OST_MechanicalEquipment", services.builder.text("Pump", "Pumpe"), "DN 32"
    )
    place = (2.5, 4.5, 0.0)
    services.family(
        "pump", "OST_MechanicalEquipment", kind, place, straight(32), size=(0.4, 0.4, 0.5)
    )


def _fan_coil(
    services: Services, handle: str, place: Place, ports: tuple[Port, ...], **data: Any
) -> ElementRecord:
    text = services.builder.text
    database = services.builder.database
    kinds = [r for r in database.elements.values() if r.handle == "type-fan-coil"]
    kind = (
        kinds[0]
        if kinds
        else services.family_type(
            "fan-coil", "OST_MechanicalEquipment", text("Fan coil", "Umluftgerät"), "2 kW"
        )
    )
    return services.family(
        handle, "OST_MechanicalEquipment", kind, place, ports, size=(1.0, 1.0, 0.3), **data
    )


def _heating(
    services: Services, kinds: PipeKinds, heating: ElementRecord, back: ElementRecord
) -> list[ElementRecord]:
    run, fit = services.run, services.family

    def pipe(
        handle: str, start: Place, end: Place, size: float, flow: float, friction: float
    ) -> ElementRecord:
        calculated = {
            "RBS_PIPE_INNER_DIAM_PARAM": mm(size - 2.0),
            "RBS_PIPE_FLOW_PARAM": litres(flow),
            "RBS_PIPE_FRICTION_PARAM": pascals(friction),
        }
        return run("pipe", handle, start, end, size, kinds.pipe, heating, calculated, flow_way=1)

    riser = pipe("heating-riser", (1.0, 2.0, 2.0), (1.0, 2.0, 2.85), 32, 0.0, 0.0)
    elbow = fit(
        "heating-elbow",
        "OST_PipeFitting",
        kinds.elbow,
        (1.0, 2.0, 3.0),
        (
            round_port((0.0, 0.0, -0.15), (0.0, 0.0, -1.0), 32, direction="In"),
            round_port((0.15, 0.0, 0.0), (1.0, 0.0, 0.0), 32, direction="Out"),
        ),
        system=heating,
    )
    first = pipe("heating-1", (1.15, 2.0, 3.0), (3.0, 2.0, 3.0), 32, 0.6, 120.0)
    fit(
        "heating-valve",
        "OST_PipeAccessory",
        kinds.valve,
        (3.1, 2.0, 3.0),
        straight(32),
        system=heating,
    )
    second = pipe("heating-2", (3.2, 2.0, 3.0), (5.9, 2.0, 3.0), 32, 0.6, 180.0)
    fit(
        "heating-tee",
        "OST_PipeFitting",
        kinds.tee,
        (6.0, 2.0, 3.0),
        (
            *straight(32, 25),
            round_port((0.0, 0.1, 0.0), (0.0, 1.0, 0.0), 20, direction="Out"),
        ),
        system=heating,
    )
    pipe("heating-3", (6.1, 2.0, 3.0), (9.0, 2.0, 3.0), 25, 0.45, 100.0)
    fourth = pipe("heating-4", (6.0, 2.1, 3.0), (6.0, 4.5, 3.0), 20, 0.35, 420.0)
    fit("collar-corridor", "OST_GenericModel", kinds.collar, (6.0, 3.1, 3.0))
    for number, (host, thickness) in enumerate(
        ((riser, 30), (elbow, 30), (first, 30), (second, 20), (fourth, 20)), start=1
    ):
        services.wrap(f"heating-wrap-{number}", host, kinds.wrap, thickness)

    supply = {"direction": "In", "asks": "SupplyHydronic"}
    backwards = {"direction": "Out", "asks": "ReturnHydronic"}
    text = services.builder.text
    one = _fan_coil(
        services,
        "fan-coil-1",
        (6.0, 5.0, 2.9),
        (
            round_port((0.0, -0.5, 0.1), (0.0, -1.0, 0.0), 20, description="VL", **supply),
            round_port(
                (0.0, 0.5, -0.45),
                (0.0, 1.0, 0.0),
                20,
                description=text("Return", "Rücklauf"),
                **backwards,
            ),
        ),
        systems=((1, heating.id), (2, back.id)),
    )
    two = _fan_coil(
        services,
        "fan-coil-2",
        (9.5, 2.0, 2.9),
        (
            round_port((-0.5, 0.0, 0.1), (-1.0, 0.0, 0.0), 25, description="VL", **supply),
            round_port(
                (0.5, 0.0, 0.1), (1.0, 0.0, 0.0), 25, direction="Out", asks="ReturnHydronic"
            ),
        ),
        systems=((1, heating.id),),
    )
    low = run(
        "pipe", "return-1", (6.0, 5.5, 2.45), (6.0, 7.5, 2.45), 20, kinds.pipe, back, flow_way=1
    )
    services.wrap("return-wrap-1", low, kinds.wrap, 60)
    run("pipe", "return-2", (8.5, 6.0, 2.45), (9.9, 6.0, 2.45), 20, kinds.pipe, back)
    fit(
        "coupling-mixed",
        "OST_PipeFitting",
        kinds.coupling,
        (10.0, 6.0, 2.45),
        straight(20),
        system=back,
    )
    run("pipe", "pipe-loose", (10.1, 6.0, 2.45), (11.5, 6.0, 2.45), 20, kinds.pipe)
    return [one, two]


def _water(
    services: Services, kinds: PipeKinds, water: ElementRecord, drain: ElementRecord
) -> ElementRecord:
    run, fit, text = services.run, services.family, services.builder.text
    fast = {"RBS_PIPE_FLOW_PARAM": litres(0.6), "RBS_PIPE_FRICTION_PARAM": pascals(500.0)}
    run(
        "pipe",
        "water-1",
        (0.5, 7.0, 2.8),
        (5.0, 7.0, 2.8),
        40,
        kinds.pipe,
        water,
        fast,
        flow_way=1,
    )
    fit("collar-far", "OST_GenericModel", kinds.collar, (4.8, 7.0, 2.8))
    fit(
        "water-transition",
        "OST_PipeFitting",
        kinds.transition,
        (5.1, 7.0, 2.8),
        straight(40, 25),
        system=water,
    )
    run("pipe", "water-2", (5.2, 7.0, 2.8), (7.0, 7.0, 2.8), 25, kinds.pipe, water, flow_way=1)
    fit(
        "water-elbow",
        "OST_PipeFitting",
        kinds.elbow,
        (7.1, 7.0, 2.8),
        (
            round_port((-0.1, 0.0, 0.0), (-1.0, 0.0, 0.0), 25, direction="In"),
            round_port((0.0, 0.0, -0.1), (0.0, 0.0, -1.0), 25, direction="Out"),
        ),
        system=water,
    )
    run("pipe", "water-drop", (7.1, 7.0, 2.7), (7.1, 7.0, 1.0), 25, kinds.pipe, water, flow_way=1)
    basin = services.family_type(
        "basin",
        "OST_PlumbingFixtures",
        text("Basin", "Waschtisch"),
        "600",
        placement="OneLevelBasedHosted",
    )
    ports = (
        round_port(
            (0.0, 0.0, 1.0),
            (0.0, 0.0, 1.0),
            25,
            direction="In",
            description=text("Cold water", "Kaltwasser"),
            asks="DomesticColdWater",
        ),
        round_port((0.0, 0.0, 0.4), (0.0, 0.0, -1.0), 50, direction="Out", asks="Sanitary"),
    )
    north = services.builder.database.by_handle("wall-north")
    joined = fit(
        "basin-1",
        "OST_PlumbingFixtures",
        basin,
        (7.1, 7.0, 0.0),
        ports,
        host=north,
        systems=((1, water.id), (2, drain.id)),
    )
    fit("basin-2", "OST_PlumbingFixtures", basin, (10.0, 7.0, 0.0), ports, host=north)
    return joined
