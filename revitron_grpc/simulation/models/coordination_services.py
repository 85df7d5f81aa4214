"""Pipes, ducts and electrical elements of the workshared office, some on the wrong workset.

- waste water (`system-waste`): `pipe-1`, `pipe-elbow`, `pipe-2`, `pipe-valve`, `pipe-3`,
  `pipe-tee`, `pipe-4`, `pipe-5`; of no system is `pipe-loose`; `pipe-cap` and `pipe-plug` are
  joined to each other only;
- insulation `pipe-wrap-1`, `pipe-wrap-2`, `pipe-wrap-3` (on the elbow), `pipe-wrap-free`;
- supply air (`system-air`): `duct-1`, `duct-2`, `duct-end`; `duct-wrap-1`, `duct-lining-1`,
  `duct-lining-free`;
- electrical: `socket-1` on `circuit-1` of `board-1` (LP1), `socket-2` on `circuit-2` of `board-2`
  (EDV), `tray-1` of the service data.

All are on the workset of services but `pipe-elbow`, `pipe-5`, `pipe-tee`, `pipe-wrap-1`,
`duct-wrap-1`, `duct-lining-1`, `duct-2` and `socket-1` (architecture).
"""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder
from revitron_grpc.simulation.models.services import Services, round_port, straight

__all__ = ["add_coordinated_services"]

_ELSEWHERE = (
    "pipe-elbow",
    "pipe-5",
    "pipe-tee",
    "pipe-wrap-1",
    "duct-wrap-1",
    "duct-lining-1",
    "duct-2",
    "socket-1",
)


def add_coordinated_services(builder: ModelBuilder) -> None:
    """Add all services and put them on their worksets."""
    before = len(builder.database.elements)
    services = Services(builder)
    _pipes(services)
    _air(services)
    _electrical(services)
    services.join()
    for record in list(builder.database.elements.values())[before:]:
        if record.data.get("category"):
            record.data["workset"] = 1 if record.handle in _ELSEWHERE else 3


def _pipes(services: Services) -> None:
    builder, text = services.builder, services.builder.text
    kind = builder.add_type(
        "Autodesk.Revit.DB.Plumbing.PipeType",
        "type-pipe",
        "OST_PipeCurves",
        text("Pipe Types", "Rohrtypen"),
        text("Steel", "Stahl"),
    )
    wrap = builder.add_type(
        "Autodesk.Revit.DB.Plumbing.PipeInsulationType",
        "type-pipe-wrap",
        "OST_PipeInsulations",
        text("Pipe Insulation", "Rohrdämmung"),
        text("Wool", "Wolle"),
    )
    waste = builder.add(
        "Autodesk.Revit.DB.Plumbing.PipingSystemType",
        "type-waste",
        "OST_PipingSystem",
        name=text("Waste water", "Schmutzwasser"),
        family_name=text("Piping System", "Rohrsystem"),
        is_type=True,
        abbreviation="SW",
        classification="Sanitary",
    )
    system = services.system("system-waste", "Sanitary 1", waste)
    fitting = services.family_type("fitting", "OST_PipeFitting", text("Fitting", "Formteil"), "50")
    valve = services.family_type("valve", "OST_PipeAccessory", text("Valve", "Ventil"), "PN 16")

    def pipe(handle: str, start: float, end: float, **data: Any) -> ElementRecord:
        return services.run("pipe", handle, (start, 3.0, 2.5), (end, 3.0, 2.5), 50, kind, **data)

    of: dict[str, Any] = {"system": system}
    first = pipe("pipe-1", 0.0, 1.0, **of)
    elbow = services.family(
        "pipe-elbow", "OST_PipeFitting", fitting, (1.1, 3.0, 2.5), straight(50), **of
    )
    second = pipe("pipe-2", 1.2, 2.0, **of)
    services.family("pipe-valve", "OST_PipeAccessory", valve, (2.1, 3.0, 2.5), straight(50), **of)
    pipe("pipe-3", 2.2, 3.0, **of)
    branch = round_port((0.0, -0.1, 0.0), (0.0, -1.0, 0.0), 50)
    services.family(
        "pipe-tee", "OST_PipeFitting", fitting, (3.1, 3.0, 2.5), (*straight(50), branch), **of
    )
    pipe("pipe-4", 3.2, 4.0, **of)
    services.run("pipe", "pipe-5", (3.1, 2.9, 2.5), (3.1, 2.0, 2.5), 50, kind, system)
    pipe("pipe-loose", 6.0, 7.0)
    services.family("pipe-cap", "OST_PipeFitting", fitting, (8.0, 3.0, 2.5), straight(50))
    services.family("pipe-plug", "OST_PipeFitting", fitting, (8.2, 3.0, 2.5), straight(50))
    for number, host in enumerate((first, second, elbow), start=1):
        services.wrap(f"pipe-wrap-{number}", host, wrap, 20.0)
    free = services.wrap("pipe-wrap-free", first, wrap, 20.0)
    free.data["host"] = -1


def _air(services: Services) -> None:
    builder, text = services.builder, services.builder.text
    kind = builder.add_type(
        "Autodesk.Revit.DB.Mechanical.DuctType",
        "type-duct",
        "OST_DuctCurves",
        text("Rectangular Duct", "Rechteckiger Luftkanal"),
        text("Sheet", "Blech"),
    )
    air = builder.add(
        "Autodesk.Revit.DB.Mechanical.MechanicalSystemType",
        "type-air",
        "OST_DuctSystem",
        name=text("Supply air", "Zuluft"),
        family_name=text("Duct System", "Luftkanalsystem"),
        is_type=True,
        abbreviation="ZU",
        classification="SupplyAir",
    )
    system = services.system("system-air", "Mechanical Supply Air 1", air)
    first = services.run(
        "duct", "duct-1", (0.0, 6.0, 2.7), (2.0, 6.0, 2.7), (300, 200), kind, system
    )
    services.run("duct", "duct-2", (2.0, 6.0, 2.7), (4.0, 6.0, 2.7), (300, 200), kind, system)
    end = services.family_type("end", "OST_DuctTerminal", text("Grille", "Gitter"), "300")
    services.family("duct-end", "OST_DuctTerminal", end, (4.1, 6.0, 2.7), system=system)
    wrap, lining = (
        builder.add_type(
            f"Autodesk.Revit.DB.Mechanical.{name}Type",
            handle,
            category,
            text(*family),
            text("Wool", "Wolle"),
        )
        for name, handle, category, family in (
            (
                "DuctInsulation",
                "type-duct-wrap",
                "OST_DuctInsulations",
                ("Duct Insulation", "Luftkanaldämmung"),
            ),
            (
                "DuctLining",
                "type-duct-lining",
                "OST_DuctLinings",
                ("Duct Lining", "Innenauskleidung"),
            ),
        )
    )
    services.wrap("duct-wrap-1", first, wrap, 30.0)
    services.wrap("duct-lining-1", first, lining, 10.0)
    services.wrap("duct-lining-free", first, lining, 10.0).data["host"] = -1


def _electrical(services: Services) -> None:
    builder, text = services.builder, services.builder.text
    socket = services.family_type(
        "socket", "OST_ElectricalFixtures", text("Socket", "Steckdose"), "16 A"
    )
    board = services.family_type(
        "board", "OST_ElectricalEquipment", text("Panelboard", "Verteiler"), "400 V"
    )
    for number, panel in ((1, "LP1"), (2, "EDV")):
        device = services.family(
            f"socket-{number}", "OST_ElectricalFixtures", socket, (float(number), 0.1, 0.3)
        )
        base = services.family(
            f"board-{number}",
            "OST_ElectricalEquipment",
            board,
            (float(number), 0.1, 1.2),
            values={"RBS_ELEC_PANEL_NAME": panel},
        )
        builder.add(
            "Autodesk.Revit.DB.Electrical.ElectricalSystem",
            f"circuit-{number}",
            "OST_ElectricalCircuit",
            {"RBS_ELEC_CIRCUIT_NUMBER": str(number)},
            elements=(device.id,),
            base=base,
            phases="A",
            system_type="PowerCircuit",
        )
    kind = builder.add_type(
        "Autodesk.Revit.DB.Electrical.CableTrayType",
        "type-tray",
        "OST_CableTray",
        text("Cable Tray", "Kabeltrasse"),
        text("Ladder", "Leiter"),
    )
    services.run(
        "tray",
        "tray-1",
        (0.0, 7.0, 2.8),
        (6.0, 7.0, 2.8),
        (200, 60),
        kind,
        values={"RBS_CTC_SERVICE_TYPE": text("Data", "Daten")},
    )
