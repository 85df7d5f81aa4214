"""The storey of `office_floor` with circuits, spaces and equipment: the model `electrical-floor`.

Boards: `main` (MDB, fed by nothing) feeds `panel-1` (LP1) by `circuit-feeder`; `panel-2` (LP2) is
fed by nobody; `transformer` neither is fed nor feeds; `fire-panel` has `circuit-fire` alone.

Circuits of LP1: `circuit-1` (lighting: `luminaire-1` and `luminaire-2` of the first office,
`luminaire-3` of the second, `switch-1`), `circuit-2` (`socket-1`, `socket-2`: too full for its
breaker, too much voltage drop), `circuit-3` (`socket-5` in the corridor, no load name),
`circuit-10` (`fan`, three poles) and the spare `circuit-spare`. Of LP2: `circuit-20` (`socket-4`
and, on the storey above, `luminaire-5`). `circuit-loose` has no panel, name or device.

Without a circuit: `socket-3`, `luminaire-4`, `switch-2`, `detector-2`, `pump`; `junction-box` and
`radiator` have no electrical connector. Besides: `sprinkler-1`, `extinguisher-1`, `cabinet-1`. The
air stands in `ventilated`.

The second flavour is German, in millimetres and workshared: a colleague holds `circuit-2`,
`socket-2`, `panel-2` and `space-office-2`, `socket-1` is in the group `group-socket`, `socket-3` in
a design option; the linked architect's model has a room 2.01 in place of the second office. The
view `view-locked` (3D LP1) follows a template.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.office_floor import architects_model, start_office_floor
from revitron_grpc.simulation.models.services import Place, Services
from revitron_grpc.simulation.models.ventilated import add_ventilated_spaces
from revitron_grpc.simulation.revit.electrical import VOLT_AMPERE
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ports import Port

__all__ = ["electrical_floor"]

_UP = XYZ(0.0, 0.0, 1.0)


def electrical_floor(*, second: bool) -> Database:
    """Build the model."""
    title = "Elektrogeschoss" if second else "Electrical floor"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start_office_floor(builder)
    services = Services(builder)
    floor = _Circuits(services)
    floor.add()
    add_ventilated_spaces(services)
    services.join()
    _parameters(builder)
    if second:
        _make_second(builder)
    return builder.finish()


def _power(offset: XYZ | None = None, domain: str = "DomainElectrical") -> Port:
    return Port(offset or XYZ(), _UP, domain=domain)


class _Circuits:
    """Devices, boards and circuits, while they are being added."""

    def __init__(self, services: Services) -> None:
        self.services, self.builder = services, services.builder
        self.text = services.builder.text
        self._kinds: dict[str, ElementRecord] = {}

    def add(self) -> None:
        """Add everything."""
        self._boards()
        self._devices()
        self._machines()
        self._circuits()

    def _kind(self, slug: str, category: str, family: str, name: str, **values: Any) -> None:
        kind = self.services.family_type(slug, category, family, name)
        for parameter, value in values.items():
            self.builder.set(kind, parameter, value)
        self._kinds[slug] = kind

    def _place(
        self, handle: str, slug: str, place: Place, load: float = 0.0, **values: Any
    ) -> ElementRecord:
        ports = values.pop("ports", (_power(),))
        kind = self._kinds[slug]
        return self.services.family(
            handle, kind.data["category"], kind, place, ports, values, load=load or None
        )

    def _boards(self) -> None:
        text = self.text
        board = "OST_ElectricalEquipment"
        self._kind(
            "board",
            board,
            text("Distribution board", "Verteiler"),
            "400 V",
            ALL_MODEL_MANUFACTURER="Hager",
        )
        self._kind("transformer", board, text("Transformer", "Transformator"), "630 kVA")
        self._kind("fire-panel", board, text("Fire panel", "Brandmeldezentrale"), "BMZ")
        system = self.builder.add(
            "Autodesk.Revit.DB.Electrical.DistributionSysType",
            "distribution",
            None,
            name="400/230 V",
            is_type=True,
        )
        for handle, name, place, places in (
            ("main", "MDB", (1.0, 7.0, 1.2), 24),
            ("panel-1", "LP1", (4.3, 0.5, 1.2), 12),
            ("panel-2", "LP2", (11.5, 0.5, 1.2), 12),
        ):
            self._place(
                handle,
                "board",
                place,
                RBS_ELEC_PANEL_NAME=name,
                RBS_ELEC_MAX_POLE_BREAKERS=places,
                RBS_ELEC_PANEL_NUMPHASES_PARAM=3,
                RBS_FAMILY_CONTENT_DISTRIBUTION_SYSTEM=system,
            )
        self._place("transformer", "transformer", (1.0, 1.0, 0.0), ALL_MODEL_MARK="T1")
        self._place("fire-panel", "fire-panel", (4.3, 2.5, 1.2), RBS_ELEC_PANEL_NAME="FP")

    def _devices(self) -> None:
        text = self.text
        self._kind("socket", "OST_ElectricalFixtures", text("Socket", "Steckdose"), "16 A")
        self._kind("box", "OST_ElectricalFixtures", text("Junction box", "Abzweigdose"), "85")
        self._kind(
            "luminaire",
            "OST_LightingFixtures",
            text("Luminaire", "Leuchte"),
            "LED 600",
            FBX_LIGHT_WATTAGE=60.0 * VOLT_AMPERE,
            ALL_MODEL_MANUFACTURER="Trilux",
        )
        self._kind("switch", "OST_LightingDevices", text("Switch", "Schalter"), text("On", "Aus"))
        self._kind("detector", "OST_FireAlarmDevices", text("Smoke detector", "Melder"), "O2")
        self._kind("sprinkler", "OST_Sprinklers", "Sprinkler", "K80")
        self._kind(
            "extinguisher", "OST_SpecialityEquipment", text("Extinguisher", "Feuerlöscher"), "6 kg"
        )
        self._kind("cabinet", "OST_SpecialityEquipment", text("Cabinet", "Schrank"), "800")
        for number, x, y, load in (
            (1, 4.1, 4.0, 1100.0),
            (2, 7.9, 7.0, 900.0),
            (3, 8.1, 4.0, 200.0),
            (4, 11.9, 6.0, 1500.0),
            (5, 6.0, 2.9, 1500.0),
        ):
            self._place(f"socket-{number}", "socket", (x, y, 0.3), load)
        self._place("junction-box", "box", (11.95, 7.0, 0.3), ports=())
        for number, x, y, height, switch in (
            (1, 5.0, 5.0, 2.7, "a"),
            (2, 7.0, 5.0, 2.7, "a"),
            (3, 10.0, 5.0, 2.7, "b"),
            (4, 9.0, 1.5, 2.7, None),
            (5, 10.0, 5.0, 6.2, "b"),
        ):
            lamp = self._place(
                f"luminaire-{number}", "luminaire", (x, y, height), 80.0 if number == 3 else 60.0
            )
            if switch is not None:
                self.builder.set(lamp, "RBS_ELEC_SWITCH_ID_PARAM", switch)
        self._place("switch-1", "switch", (4.5, 3.05, 1.05), RBS_ELEC_SWITCH_ID_PARAM="a")
        self._place("switch-2", "switch", (8.5, 3.05, 1.05), RBS_ELEC_SWITCH_ID_PARAM="c")
        self._place("detector-1", "detector", (6.0, 5.5, 3.0))
        self._place("detector-2", "detector", (5.0, 1.5, 3.0))
        self._place("sprinkler-1", "sprinkler", (2.0, 4.0, 3.0), ports=())
        self._place("extinguisher-1", "extinguisher", (4.5, 2.8, 1.0), ports=())
        self._place("cabinet-1", "cabinet", (11.0, 7.0, 0.0), ports=())

    def _machines(self) -> None:
        text, equipment = self.text, "OST_MechanicalEquipment"
        self._kind("fan", equipment, text("Fan", "Ventilator"), "EC 250")
        self._kind("pump", equipment, text("Pump", "Pumpe"), "DN 50")
        self._kind("radiator", equipment, text("Radiator", "Heizkörper"), "22/600")
        self._place("fan", "fan", (2.0, 6.0, 0.0), 3000.0, ALL_MODEL_MARK="F-1")
        self._place("pump", "pump", (2.0, 2.0, 0.0), 700.0, ALL_MODEL_MARK="P-1")
        self._place("radiator", "radiator", (4.2, 6.0, 0.1), ports=())

    def _circuits(self) -> None:
        text = self.text
        lighting, sockets = text("Lighting", "Beleuchtung"), text("Receptacle", "Steckdosen")
        self._circuit("feeder", "main", "1", "LP1", ("panel-1",), "ABC", rating=40.0, length=9.0)
        self._circuit(
            "1",
            "panel-1",
            "1",
            text("Lighting offices", "Beleuchtung Büros"),
            ("luminaire-1", "luminaire-2", "luminaire-3", "switch-1"),
            rating=16.0,
            length=30.0,
            drop=2.3,
            kind=lighting,
        )
        self._circuit(
            "2",
            "panel-1",
            "2",
            text("Sockets office", "Steckdosen Büro"),
            ("socket-1", "socket-2"),
            rating=10.0,
            length=40.0,
            drop=9.2,
            kind=sockets,
        )
        self._circuit(
            "3", "panel-1", "3", "", ("socket-5",), rating=16.0, length=12.0, kind=sockets
        )
        self._circuit(
            "10",
            "panel-1",
            "10",
            text("Ventilation", "Lüftung"),
            ("fan",),
            "ABC",
            rating=16.0,
            length=20.0,
            kind="HVAC",
        )
        self._circuit(
            "spare", "panel-1", "5", text("Spare", "Reserve"), (), "C", circuit_type="Spare"
        )
        self._circuit(
            "20",
            "panel-2",
            "1",
            text("Sockets east", "Steckdosen Ost"),
            ("socket-4", "luminaire-5"),
            length=25.0,
            kind=sockets,
        )
        self._circuit("loose", None, "", "", (), rating=16.0)
        self._circuit(
            "fire", "fire-panel", "1", "Loop", ("detector-1",), "", system_type="FireAlarm"
        )

    def _circuit(
        self,
        slug: str,
        panel: str | None,
        number: str,
        name: str,
        devices: tuple[str, ...],
        phases: str = "A",
        *,
        rating: float = 0.0,
        length: float = 0.0,
        drop: float = 0.0,
        kind: str = "",
        **data: Any,
    ) -> None:
        find = self.builder.database.by_handle
        served = [find(handle) for handle in devices]
        circuit = self.builder.add(
            "Autodesk.Revit.DB.Electrical.ElectricalSystem",
            f"circuit-{slug}",
            "OST_ElectricalCircuit",
            {
                "RBS_ELEC_CIRCUIT_NUMBER": number,
                "RBS_ELEC_CIRCUIT_NAME": name,
                "RBS_ELEC_CIRCUIT_RATING_PARAM": rating,
                "RBS_ELEC_VOLTAGE": (400.0 if len(phases) == 3 else 230.0) * VOLT_AMPERE,
                "RBS_ELEC_CIRCUIT_LENGTH_PARAM": m(length),
                "RBS_ELEC_VOLTAGE_DROP_PARAM": drop * VOLT_AMPERE,
                "CIRCUIT_LOAD_CLASSIFICATION_PARAM": kind,
            },
            elements=tuple(record.id for record in served),
            base=None if panel is None else find(panel),
            phases=phases,
            **data,
        )
        for record in served:
            # A panel's connector belongs to the circuit that feeds it.
            record.data["systems"] = ((1, circuit.id),)


def _parameters(builder: ModelBuilder) -> None:
    builder.add(
        "ParameterElement",
        "parameter-address",
        name=builder.text("Circuit address", "Stromkreisadresse"),
        spec="String.Text",
        parameter_group="Electrical",
        categories=("OST_ElectricalFixtures", "OST_LightingFixtures", "OST_MechanicalEquipment"),
    )


def _make_second(builder: ModelBuilder) -> None:
    database, find = builder.database, builder.database.by_handle
    database.is_workshared = True
    for handle in ("circuit-2", "socket-2", "panel-2", "space-office-2"):
        database.write(find(handle), "owner", "kollegin")
    option = builder.add(
        "DesignOption", "option-1", "OST_DesignOptions", name="Arbeitsplätze", primary=True
    )
    database.write(find("socket-3"), "option", option.id)
    kind = builder.add("GroupType", "group-type", "OST_IOSModelGroups", name="Platz", is_type=True)
    member = find("socket-1")
    group = builder.add(
        "Group",
        "group-socket",
        "OST_IOSModelGroups",
        name="Platz",
        type=kind,
        level=find("level-1"),
        point=member.data["point"],
        members=(member,),
    )
    database.write(member, "group", group.id)
    template = builder.add(
        "View3D", "template-3d", "OST_Views", name="ELT", view_type="ThreeD", is_template=True
    )
    builder.add(
        "View3D", "view-locked", "OST_Views", name="3D LP1", view_type="ThreeD", template=template
    )
    link_type = builder.add(
        "RevitLinkType", "link-type", "OST_RvtLinks", name="Architektur.rvt", is_type=True
    )
    builder.add(
        "RevitLinkInstance",
        "link-architect",
        "OST_RvtLinks",
        name="Architektur.rvt : 1 : Position <Nicht freigegeben>",
        type=link_type,
    )
    database.settings["links"] = {link_type.id: architects_model()}
