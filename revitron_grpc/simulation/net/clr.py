"""The module `clr`: references to assemblies, types, out parameters."""

from typing import Any

from revitron_grpc.simulation.environment import Environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.exceptions import FileNotFoundException, IOException
from revitron_grpc.simulation.net.generics import ConstructedType, GenericType
from revitron_grpc.simulation.net.item_types import converted, type_name, value_type_name

# Assemblies that are there in every Revit with pyRevit.
KNOWN_ASSEMBLIES = frozenset(
    name.lower()
    for name in (
        "AdWindows IronPython IronPython.Modules IronPython.Wpf Microsoft.CSharp "
        "Microsoft.Dynamic Microsoft.Scripting Microsoft.VisualBasic PresentationCore "
        "PresentationFramework PresentationFramework.Aero ReachFramework RevitAPI RevitAPIUI "
        "System System.Core System.Data System.Drawing System.Management System.Net.Http "
        "System.Numerics System.Runtime System.Web System.Windows.Forms System.Xaml System.Xml "
        "System.Xml.Linq UIAutomationClient UIAutomationTypes UIFramework UIFrameworkServices "
        "WindowsBase WindowsFormsIntegration mscorlib netstandard pyRevitLabs.Common "
        "pyRevitLabs.PyRevit pyRevitLabs.TargetApps.Revit"
    ).split()
)
# There only with Dynamo, Excel or the like installed: nothing can be said.
_UNCERTAIN = (
    "dynamo",
    "microsoft.office.",
    "newtonsoft.",
    "protogeometry",
    "pyrevitlabs.",
    "revitnodes",
    "revitservices",
)


class StrongBox:
    """`clr.Reference[T]()`: holds what a method gives back in an out parameter, in `Value`."""

    def __init__(self, item_type: Any, value: Any = None) -> None:
        self.item_type = item_type
        self._value = value

    @property
    def Value(self) -> Any:
        return self._value

    @Value.setter
    def Value(self, value: Any) -> None:
        self._value = converted(self.item_type, value)

    def __repr__(self) -> str:
        return f"<StrongBox[{type_name(self.item_type)}]: {self._value!r}>"


class NetType:
    """`System.Type` of a class: `clr.GetClrType(Wall)`."""

    def __init__(self, held: Any) -> None:
        self._held_type = held

    @property
    def Name(self) -> str:
        return type_name(self._held_type)

    @property
    def Namespace(self) -> str:
        return getattr(self._held_type, "__module__", "")

    @property
    def FullName(self) -> str:
        return f"{self.Namespace}.{self.Name}"

    def ToString(self) -> str:
        return self.FullName

    __str__ = ToString

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NetType) and self._held_type is other._held_type

    def __hash__(self) -> int:
        return hash(self._held_type)

    def __repr__(self) -> str:
        return f"<System.RuntimeType object [{self.FullName}]>"


def _is_box(instance: object, arguments: tuple[Any, ...]) -> bool:
    return isinstance(instance, StrongBox) and instance.item_type is arguments[0]


REFERENCE = GenericType("StrongBox", "System.Runtime.CompilerServices", 1, StrongBox, _is_box)


def _assembly_name(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"expected str, got {value_type_name(name)}")
    plain = name.partition(",")[0].strip()
    return plain[:-4] if plain.lower().endswith(".dll") else plain


def clr_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `clr` for the run's engine."""
    references: list[str] = []

    def add(*names: Any) -> None:
        for name in names:
            plain = _assembly_name(name)
            if plain.lower().startswith(_UNCERTAIN) and plain.lower() not in KNOWN_ASSEMBLIES:
                raise NotSimulated(f"the assembly {plain}")
            if plain.lower() not in KNOWN_ASSEMBLIES:
                if environment.ironpython:
                    raise IOException(f"Could not add reference to assembly {name}")
                raise FileNotFoundException(f"Unable to find assembly '{name}'.")
            references.append(plain)

    def add_file(*paths: str) -> None:
        for path in paths:
            if not environment.files.is_file(path):
                raise IOException(f"Could not add reference to assembly {path}")
            raise NotSimulated(f"the assembly {path}")

    def import_extensions(*_: Any) -> None:
        raise NotSimulated("extension methods (clr.ImportExtensions)")

    def convert(value: Any, wanted: Any) -> Any:
        return converted(getattr(wanted, "_python_type", wanted), value)

    def net_type(held: Any) -> NetType:
        if not isinstance(held, type | ConstructedType):
            raise TypeError(f"expected type, got {value_type_name(held)}")
        return NetType(getattr(held, "_python_type", held))

    names: dict[str, Any] = {
        "AddReference": add,
        "GetClrType": net_type,
        "References": references,
    }
    if environment.ironpython:
        names |= {
            "AddReferenceByName": add,
            "AddReferenceByPartialName": add,
            "AddReferenceToFile": add_file,
            "AddReferenceToFileAndPath": add_file,
            "Convert": convert,
            "GetPythonType": lambda net: net._held_type,
            "ImportExtensions": import_extensions,
            "Reference": REFERENCE,
            "StrongBox": REFERENCE,
        }
    return names
