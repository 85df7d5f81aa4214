"""The shared parameter file: groups of definitions, known in all documents by their GUIDs.

The file is what `Application.OpenSharedParameterFile` reads: tab-separated lines that begin with
GROUP (id, name) or PARAM (guid, name, data type, category, group, visible, description, user
modifiable, hide when no value), as Revit writes them.
"""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.definitions import Definition, guid
from revitron_grpc.simulation.revit.type_ids import ForgeTypeId, required, spec_type_id

# How the file writes specs whose name in SpecTypeId is another.
_FILE_TYPES = {
    "TEXT": "String.Text",
    "MULTILINETEXT": "String.MultilineText",
    "URL": "String.Url",
    "INTEGER": "Int.Integer",
    "YESNO": "Boolean.YesNo",
    "NOOFPOLES": "Int.NumberOfPoles",
    "MATERIAL": "Reference.Material",
    "IMAGE": "Reference.Image",
    "NUMBER": "Number",
    "LENGTH": "Length",
    "AREA": "Area",
    "VOLUME": "Volume",
    "ANGLE": "Angle",
    "CURRENCY": "Currency",
    "HVAC_AIR_FLOW": "AirFlow",
    "PIPING_FLOW": "Flow",
    "ELECTRICAL_POWER": "ElectricalPower",
    "ELECTRICAL_APPARENT_POWER": "ApparentPower",
    "ELECTRICAL_CURRENT": "Current",
    "ELECTRICAL_POTENTIAL": "ElectricalPotential",
    "MASS_DENSITY": "MassDensity",
    "SLOPE": "Slope",
}
# What stands for the cells that a line of an older file has not.
_DEFAULT_CELLS = ("", "", "", "TEXT", "", "1", "1", "", "1", "0")


@behaves("Autodesk.Revit.DB.ExternalDefinitionCreationOptions")
class ExternalDefinitionCreationOptions:
    """What a new shared parameter shall be."""

    def __init__(self, name: str, dataType: Any) -> None:
        if not name:
            raise revit_error("ArgumentException", "The name cannot be an empty string.")
        self._name, self._spec = name, required("spec", dataType, "dataType")
        self._guid = ""
        self._description, self._visible = "", True
        self._modifiable, self._hide = True, False

    @property
    def Name(self) -> str:
        return self._name

    @Name.setter
    def Name(self, value: str) -> None:
        self._name = value

    @property
    def GUID(self) -> Any:
        return guid(self._guid) if self._guid else guid("00000000-0000-0000-0000-000000000000")

    @GUID.setter
    def GUID(self, value: Any) -> None:
        self._guid = str(value)

    @property
    def Description(self) -> str:
        return self._description

    @Description.setter
    def Description(self, value: str) -> None:
        self._description = value

    @property
    def Visible(self) -> bool:
        return self._visible

    @Visible.setter
    def Visible(self, value: bool) -> None:
        self._visible = bool(value)

    @property
    def UserModifiable(self) -> bool:
        return self._modifiable

    @UserModifiable.setter
    def UserModifiable(self, value: bool) -> None:
        self._modifiable = bool(value)

    @property
    def HideWhenNoValue(self) -> bool:
        return self._hide

    @HideWhenNoValue.setter
    def HideWhenNoValue(self, value: bool) -> None:
        self._hide = bool(value)

    def GetDataType(self) -> ForgeTypeId:
        return ForgeTypeId(spec_type_id(self._spec))


@behaves("Autodesk.Revit.DB.ExternalDefinition")
class ExternalDefinition(Definition):
    """A definition in the file; no document need know it."""

    _shared_guid: str
    _name: str
    _spec: str
    _group: "DefinitionGroup"
    _description: str
    _visible: bool
    _modifiable: bool
    _hide: bool

    @classmethod
    def of(cls, group: "DefinitionGroup", **told: Any) -> "ExternalDefinition":
        """Make a definition of a group."""
        made = object.__new__(cls)
        made.__dict__.update({f"_{key}": value for key, value in told.items()}, _group=group)
        return made

    def _as_data(self) -> dict[str, Any]:
        return {
            "name": self._name,
            "spec": self._spec,
            "shared_guid": self._shared_guid,
            "description": self._description,
            "visible": self._visible,
            "modifiable": self._modifiable,
            "hide_empty": self._hide,
        }

    @property
    def Name(self) -> str:
        return self._name

    @property
    def GUID(self) -> Any:
        return guid(self._shared_guid)

    @property
    def Description(self) -> str:
        return self._description

    @property
    def Visible(self) -> bool:
        return self._visible

    @property
    def UserModifiable(self) -> bool:
        return self._modifiable

    @property
    def HideWhenNoValue(self) -> bool:
        return self._hide

    @property
    def OwnerGroup(self) -> Any:
        return self._group

    def GetDataType(self) -> ForgeTypeId:
        return ForgeTypeId(spec_type_id(self._spec))


class _Named:
    """Things with a `Name`, found by it."""

    def __init__(self) -> None:
        self._items: list[Any] = []

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def get_Item(self, name: str) -> Any:
        return next((item for item in self if item.Name == name), None)

    def Contains(self, item: Any) -> bool:
        return any(held.Name == item.Name for held in self._items)

    def __getitem__(self, name: str) -> Any:
        return self.get_Item(name)

    def __iter__(self) -> Iterator[Any]:
        from revitron_grpc.simulation.session import current_session

        api = current_session().api
        return (api.promote(item) for item in list(self._items))


@behaves("Autodesk.Revit.DB.Definitions")
class Definitions(_Named):
    """The definitions of a group."""

    _group: "DefinitionGroup"

    def Create(self, option: ExternalDefinitionCreationOptions) -> Any:
        if not option._guid:
            raise NotSimulated("a shared parameter without a GUID of its own")
        made = ExternalDefinition.of(
            self._group,
            shared_guid=option._guid,
            name=option._name,
            spec=option._spec,
            description=option._description,
            visible=option._visible,
            modifiable=option._modifiable,
            hide=option._hide,
        )
        if self.Contains(made):
            raise revit_error("ArgumentException", "The name is already in use.")
        self._items.append(made)
        return made


@behaves("Autodesk.Revit.DB.DefinitionGroup")
class DefinitionGroup:
    """A group of the file."""

    _name: str
    _definitions: Definitions

    @classmethod
    def of(cls, name: str) -> "DefinitionGroup":
        """Make an empty group."""
        made = object.__new__(cls)
        definitions = Definitions()
        definitions._group = made
        made.__dict__.update(_name=name, _definitions=definitions)
        return made

    @property
    def Name(self) -> str:
        return self._name

    @property
    def Definitions(self) -> Any:
        return self._definitions


@behaves("Autodesk.Revit.DB.DefinitionGroups")
class DefinitionGroups(_Named):
    """The groups of the file."""

    def Create(self, name: str) -> Any:
        made = DefinitionGroup.of(name)
        if self.Contains(made):
            raise revit_error("ArgumentException", "The name is already in use.")
        self._items.append(made)
        return made


@behaves("Autodesk.Revit.DB.DefinitionFile")
class DefinitionFile:
    """A shared parameter file that is open."""

    _path: str
    _groups: DefinitionGroups

    @classmethod
    def of(cls, path: str, text: str) -> "DefinitionFile":
        """Read the text of a file.

        Raises:
            NotSimulated: for a data type that is not known here.

        """
        made = object.__new__(cls)
        groups = DefinitionGroups()
        made.__dict__.update(_path=path, _groups=groups)
        by_number: dict[str, DefinitionGroup] = {}
        for line in text.splitlines():
            cells = line.split("\t")
            if cells[0] == "GROUP":
                by_number[cells[1]] = DefinitionGroup.of(cells[2])
                groups._items.append(by_number[cells[1]])
            elif cells[0] == "PARAM":
                cells += _DEFAULT_CELLS[len(cells) :]
                group = by_number[cells[5]]
                group._definitions._items.append(_read(group, cells))
        return made

    @property
    def Filename(self) -> str:
        return self._path

    @property
    def Groups(self) -> Any:
        return self._groups


def _read(group: DefinitionGroup, cells: list[str]) -> ExternalDefinition:
    spec = _FILE_TYPES.get(cells[3])
    if spec is None:
        raise NotSimulated(f"the data type {cells[3]} in a shared parameter file")
    return ExternalDefinition.of(
        group,
        shared_guid=cells[1],
        name=cells[2],
        spec=spec,
        visible=cells[6] == "1",
        description=cells[7],
        modifiable=cells[8] == "1",
        hide=cells[9] == "1",
    )
