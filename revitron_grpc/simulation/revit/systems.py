"""Piping and duct systems, their types, and what they tell of their members.

Data of a system: `name`, `type`, `elements` (ids of what it serves), `base` (id of the equipment at
its source); its network are the runs, fittings and accessories whose `system` it is. Data of its
type: `abbreviation`, `classification` (a name of `MEPSystemClassification`).
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, locks, mirrors, setting, shows
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.names import check_name
from revitron_grpc.simulation.revit.connectors import Connector, ConnectorManager, ElementSet
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.ports import joins_of, ports_of, system_of

__all__ = ["MEPSystem", "MEPSystemType", "systems_on"]

_DB = "Autodesk.Revit.DB"
_NETWORK = frozenset(
    (
        "OST_PipeCurves",
        "OST_FlexPipeCurves",
        "OST_PipeFitting",
        "OST_PipeAccessory",
        "OST_DuctCurves",
        "OST_FlexDuctCurves",
        "OST_DuctFitting",
        "OST_DuctAccessory",
    )
)
# MEPSystemClassification as Revit shows it; field knowledge, the German names of its templates.
_SHOWN = {
    "SupplyAir": ("Supply Air", "Zuluft"),
    "ReturnAir": ("Return Air", "Abluft"),
    "ExhaustAir": ("Exhaust Air", "Fortluft"),
    "SupplyHydronic": ("Hydronic Supply", "Vorlauf"),
    "ReturnHydronic": ("Hydronic Return", "Rücklauf"),
    "DomesticColdWater": ("Domestic Cold Water", "Kaltwasser"),
    "DomesticHotWater": ("Domestic Hot Water", "Warmwasser"),
    "Sanitary": ("Sanitary", "Abwasser"),
    "Vent": ("Vent", "Entlüftung"),
    "OtherPipe": ("Other", "Andere"),
}

mirrors("RBS_SYSTEM_ABBREVIATION_PARAM", "abbreviation", default="", kinds=("MEPSystemType",))


@behaves(f"{_DB}.MEPSystemType")
class MEPSystemType(ElementType):
    """A type of systems: what they are for, and their abbreviation."""

    @property
    def Abbreviation(self) -> str:
        return self._data.get("abbreviation", "")

    @Abbreviation.setter
    def Abbreviation(self, value: str) -> None:
        self._write("abbreviation", value)

    @property
    def SystemClassification(self) -> str:
        return self._data.get("classification", "UndefinedSystemClassification")


def _type_of(record: ElementRecord) -> ElementRecord | None:
    return record.database.get(record.data.get("type", INVALID))


@behaves(f"{_DB}.MEPSystem")
class MEPSystem(Element):
    """A system: what hangs together, and what it serves."""

    @property
    def Elements(self) -> ElementSet:
        # What the system serves, without the equipment that feeds it (field knowledge).
        return ElementSet.of(self._database, _served(self._record))

    @property
    def IsEmpty(self) -> bool:
        return not _served(self._record)

    @property
    def BaseEquipment(self) -> ElementRecord | None:
        return self._other("base")

    @property
    def BaseEquipmentConnector(self) -> Connector | None:
        base = self._other("base")
        if base is None:
            return None
        for number in ports_of(base):
            if system_of(base, number) is self._record:
                return Connector.of(base, number)
        return None

    @property
    def ConnectorManager(self) -> ConnectorManager:
        return ConnectorManager.of(self._record)

    @property
    def IsValid(self) -> bool:
        return _type_of(self._record) is not None

    @property
    def IsMultipleNetwork(self) -> bool:
        return len(_networks(self._record)) > 1

    def GetPhysicalNetworksNumber(self) -> int:
        return len(_networks(self._record))

    def IsSystemDividable(self) -> bool:
        return len(_networks(self._record)) > 1

    def DivideSystem(self, doc: Any) -> list[int]:
        self._database.check_writable()
        networks = _networks(self._record)
        if len(networks) < 2:
            raise revit_error("InvalidOperationException", "The system cannot be divided.")
        return [_split_off(self._record, network).id for network in networks[1:]]


@behaves(f"{_DB}.Plumbing.PipingSystem")
class PipingSystem(MEPSystem):
    """A system of pipes."""

    @property
    def IsWellConnected(self) -> bool:
        return _is_well_connected(self._record)

    @property
    def PipingNetwork(self) -> ElementSet:
        return ElementSet.of(self._database, _network(self._record))

    @property
    def SystemType(self) -> str:
        return _classification(self._record, "UndefinedSystemType")


@behaves(f"{_DB}.Mechanical.MechanicalSystem")
class MechanicalSystem(MEPSystem):
    """A system of ducts."""

    @property
    def IsWellConnected(self) -> bool:
        return _is_well_connected(self._record)

    @property
    def DuctNetwork(self) -> ElementSet:
        return ElementSet.of(self._database, _network(self._record))

    @property
    def SystemType(self) -> str:
        return _classification(self._record, "UndefinedSystemType")


def _is_well_connected(system: ElementRecord) -> bool:
    networks = _networks(system)
    return len(networks) == 1 and all(
        _is_joined(one, system) for one in (*_network(system), *_served(system))
    )


def _classification(system: ElementRecord, otherwise: str) -> str:
    kind = _type_of(system)
    return otherwise if kind is None else kind.data.get("classification", otherwise)


# Members


def _served(system: ElementRecord) -> list[ElementRecord]:
    found = map(system.database.get, system.data.get("elements", ()))
    return [record for record in found if record is not None]


def _network(system: ElementRecord) -> list[ElementRecord]:
    number = system.id
    return [
        record
        for record in system.database.elements.values()
        if record.data.get("system") == number and record.data.get("category") in _NETWORK
    ]


def _is_joined(record: ElementRecord, system: ElementRecord) -> bool:
    used = {own for own, _, _ in joins_of(record)}
    ends = [n for n, port in ports_of(record).items() if port.kind != "Logical"]
    return all(n in used for n in ends if system_of(record, n) is system)


def _networks(system: ElementRecord) -> list[list[ElementRecord]]:
    """Return the parts of a system that hang together; what hangs on nothing is none."""
    members = {record.id: record for record in _network(system)}
    reach = dict(members)
    for record in _served(system):
        reach[record.id] = record
    base = system.database.get(system.data.get("base", INVALID))
    if base is not None:
        reach[base.id] = base
    left, found = dict(members), list[list[ElementRecord]]()
    while left:
        waiting = [next(iter(left.values()))]
        part: dict[int, ElementRecord] = {waiting[0].id: waiting[0]}
        while waiting:
            record = waiting.pop()
            for own, other, number in joins_of(record):
                inside = (
                    other.id in reach
                    and system_of(record, own) is system
                    and system_of(other, number) is system
                )
                if inside and other.id not in part:
                    part[other.id] = other
                    waiting.append(other)
        for number in part:
            left.pop(number, None)
        found.append([part[number] for number in sorted(part)])
    return sorted(found, key=lambda part: part[0].id)


def _split_off(system: ElementRecord, network: list[ElementRecord]) -> ElementRecord:
    """Make a system of its own from one network of another."""
    database = system.database
    ids = {record.id for record in network}
    served = tuple(n for n in system.data.get("elements", ()) if n in ids)
    base = system.data.get("base", INVALID)
    made = database.add(
        system.kind,
        category=system.data.get("category"),
        name=_free_name(database, system),
        type=system.data.get("type", INVALID),
        elements=served,
        base=base if base in ids else INVALID,
    )
    if served:
        rest = tuple(n for n in system.data.get("elements", ()) if n not in ids)
        database.write(system, "elements", rest)
    if base in ids:
        database.write(system, "base", INVALID)
    for record in network:
        if record.data.get("system") == system.id:
            database.write(record, "system", made.id)
        held = record.data.get("systems", ())
        if any(number == system.id for _, number in held):
            changed = tuple((own, made.id if n == system.id else n) for own, n in held)
            database.write(record, "systems", changed)
    return made


def _free_name(database: Database, system: ElementRecord) -> str:
    # Revit names a new system by its type and the next number (field knowledge).
    kind = _type_of(system)
    stem = "System" if kind is None else kind.data.get("name", "System")
    taken = {record.data.get("name") for record in database.of_kind("PipingSystem")}
    taken |= {record.data.get("name") for record in database.of_kind("MechanicalSystem")}
    number = 1
    while f"{stem} {number}" in taken:
        number += 1
    return f"{stem} {number}"


# What members tell of their system


def systems_on(record: ElementRecord) -> list[ElementRecord]:
    """Return the systems that an element belongs to, each once, in order of its connectors."""
    if record.kind.endswith("System"):
        return [record]
    if record.kind.rpartition(".")[2] in ("PipeInsulation", "DuctInsulation", "DuctLining"):
        host = record.database.get(record.data.get("host", INVALID))
        return [] if host is None else systems_on(host)
    found: dict[int, ElementRecord] = {}
    for number in [*(own for own, _ in record.data.get("systems", ())), None]:
        system = system_of(record, number)
        if system is not None:
            found[system.id] = system
    return list(found.values())


@computed("RBS_SYSTEM_NAME_PARAM")
def _system_name(record: ElementRecord) -> str | None:
    # Equipment of several systems shows all their names, parted by commas (field knowledge).
    names = [system.data.get("name", "") for system in systems_on(record)]
    return ",".join(names) if names else None


@computed("RBS_SYSTEM_CLASSIFICATION_PARAM")
def _system_classification(record: ElementRecord) -> str | None:
    german = record.database.language == "de"
    texts = []
    for system in systems_on(record):
        name = _classification(system, "")
        texts.append(_SHOWN[name][german] if name in _SHOWN else name)
    return ",".join(dict.fromkeys(texts)) if texts else None


@computed("RBS_DUCT_PIPE_SYSTEM_ABBREVIATION_PARAM")
def _abbreviation(record: ElementRecord) -> str | None:
    kinds = [_type_of(system) for system in systems_on(record)]
    texts = [kind.data.get("abbreviation", "") for kind in kinds if kind is not None]
    return ",".join(dict.fromkeys(texts)) if texts else None


@computed("RBS_PIPING_SYSTEM_TYPE_PARAM", "RBS_DUCT_SYSTEM_TYPE_PARAM")
def _system_type(record: ElementRecord) -> int:
    for system in systems_on(record):
        return system.data.get("type", INVALID)
    return record.data.get("system_type", INVALID)


def set_system_type(run: ElementRecord, number: int, kind: str) -> None:
    """Give the system of a pipe or duct another type, as `Pipe.SetSystemType` does.

    Raises `ArgumentException` for what is no type of such systems.
    """
    database = run.database
    database.check_writable()
    wanted = database.get(number)
    if wanted is None or not wanted.kind.endswith(f".{kind}"):
        raise revit_error("ArgumentException", "The system type is not valid.")
    systems = systems_on(run)
    for system in systems:
        if len(_networks(system)) > 1:
            raise NotSimulated("SetSystemType in a system of several networks")
        database.write(system, "type", number)
    if not systems:
        database.write(run, "system_type", number)


@shows("RBS_PIPING_SYSTEM_TYPE_PARAM", "RBS_DUCT_SYSTEM_TYPE_PARAM")
def _system_type_text(record: ElementRecord) -> str | None:
    # Revit shows "Undefined" for what belongs to no system, not "None" (field knowledge).
    if systems_on(record) or "system_type" in record.data:
        return None
    return "Nicht definiert" if record.database.language == "de" else "Undefined"


@computed("RBS_SYSTEM_NUM_ELEMENTS_PARAM", kinds=("MEPSystem",))
def _number_of_elements(record: ElementRecord) -> int:
    return len(_served(record))


@locks("RBS_SYSTEM_NAME_PARAM")
def _named_elsewhere(record: ElementRecord) -> bool:
    return not record.kind.endswith("System")


@setting("RBS_SYSTEM_NAME_PARAM", kinds=("MEPSystem",))
def _rename_system(record: ElementRecord, value: Any) -> None:
    check_name(record, value)
    record.database.write(record, "name", value)
