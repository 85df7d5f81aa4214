"""`revitron.parameter`: parameters by shown name or by that of `BuiltInParameter`."""

import re
from contextlib import suppress
from typing import Any

from revitron_grpc.simulation.enums import NetEnum
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.parameter_table import built_in_parameters, number_of
from revitron_grpc.simulation.revitron.library import db, document, of_revitron, revitron
from revitron_grpc.simulation.session import current_session


@of_revitron("parameter")
class Parameter:
    """A parameter of an element, which need not have it; reading gives empty values then."""

    def __init__(self, element: Any, name: str) -> None:
        self.element = element
        self.name = name
        self.parameter = element.LookupParameter(name)
        if self.parameter is None:
            self.parameter = _built_in(element, name)

    def exists(self) -> bool:
        """Tell whether the element has the parameter."""
        return self.parameter is not None

    def hasValue(self) -> bool | None:
        """Tell whether the parameter has a value; None where there is no parameter."""
        return self.parameter.HasValue if self.exists() else None

    def get(self) -> Any:
        """Return the value by its storage type; an empty text where there is no parameter."""
        stored = str(self.parameter.StorageType) if self.exists() else "String"
        readers = {
            "String": self.getString,
            "Integer": self.getInteger,
            "Double": self.getDouble,
            "ElementId": self.getElementId,
        }
        return readers[stored]()

    def getString(self) -> Any:
        """Return the text; None for a parameter that holds none, empty without a value."""
        return self.parameter.AsString() if self.hasValue() else ""

    def getValueString(self) -> Any:
        """Return the value as Revit shows it, empty without one."""
        return self.parameter.AsValueString() if self.hasValue() else ""

    def getInteger(self) -> int:
        """Return the whole number, 0 without a value."""
        return self.parameter.AsInteger() if self.hasValue() else 0

    def getDouble(self) -> float:
        """Return the number in Revit's internal unit, 0.0 without a value."""
        return self.parameter.AsDouble() if self.hasValue() else 0.0

    def getElementId(self) -> Any:
        """Return the element id; the number 0 without a value."""
        return self.parameter.AsElementId() if self.hasValue() else 0

    def set(self, value: Any, paramType: Any = False) -> bool | None:
        """Set a value; a read-only parameter is left alone without a word.

        A parameter that the element has not got is made in the shared parameter file. Returns
        False where that fails or the name is empty.
        """
        if not self.name:
            return False
        if self.parameter is None:
            category = self.element.Category.Name
            if not ParameterUtils.bind(category, self.name, paramType or "Text"):
                _say(f'Parameter "{self.name}" cannot be set.')
                return False
            self.parameter = self.element.LookupParameter(self.name)
        if not self.parameter.IsReadOnly:
            self.parameter.Set(value)
        return None

    @property
    def definitionType(self) -> Any:
        """The data type as Revit calls it: a member of an enum in 2022, a shown name later."""
        return ParameterUtils.getParameterTypeFromDefinition(self.parameter.Definition)

    @property
    def unit(self) -> Any:
        """The unit of the values; `AttributeError` where they have none."""
        try:
            return self.parameter.GetUnitTypeId()
        except Exception:
            # Revitron then asks for a property that Revit 2022 no longer has.
            return self.parameter.DisplayUnitType


def _built_in(element: Any, name: str) -> Any:
    built_in = getattr(db().BuiltInParameter, name, None) if name else None
    with suppress(Exception):
        return element.get_Parameter(built_in) if isinstance(built_in, NetEnum) else None
    return None


def _say(text: str) -> None:
    current_session().outcome.write(f"{text}\n")


@of_revitron("parameter")
class ParameterUtils:
    """Definitions of parameters."""

    @staticmethod
    def bind(
        category: str, paramName: str, paramType: str = "Text", typeBinding: bool = False
    ) -> bool:
        """Make a shared parameter; False, with a printed line, without a shared parameter file."""
        del category, paramName, paramType, typeBinding
        if revitron().APP.OpenSharedParameterFile() is None:
            _say("There is no shared parameter file.")
            return False
        raise NotSimulated("revitron.ParameterUtils.bind with a shared parameter file")

    @staticmethod
    def getParameterTypeFromDefinition(definition: Any) -> Any:
        """Return the data type of a definition as text; None where Revit names none."""
        with suppress(Exception):
            return definition.ParameterType.ToString()
        try:
            return db().LabelUtils.GetLabelForSpec(definition.GetDataType()).replace("/", "")
        except Exception:
            return None

    @staticmethod
    def getStorageType(name: str) -> str | None:
        """Return the storage type of a parameter by its shown name; None if nothing has it."""
        for element in _project_elements():
            parameter = element.LookupParameter(name)
            if parameter is not None:
                return parameter.StorageType.ToString()
        labelled = _labelled(name)
        return built_in_parameters()[labelled[0]].holds if labelled else None


def _project_elements() -> Any:
    both = (True, False)
    kinds = db().LogicalOrFilter(*(db().ElementIsElementTypeFilter(types) for types in both))
    return db().FilteredElementCollector(document()).WherePasses(kinds).ToElements()


def _labelled(name: str) -> list[str]:
    """Return the built-in parameters that this Revit shows by a name, one for each number."""
    session = current_session()
    found: dict[int, str] = {}
    for facts in built_in_parameters().values():
        if facts.label(document()._database.language) == name:
            number = number_of(session.api.catalog, facts.name)
            if number is not None and getattr(db().BuiltInParameter, facts.name, None) is not None:
                found.setdefault(number, facts.name)
    return list(found.values())


@of_revitron("parameter")
class BuiltInParameterNameMap:
    """Ids of built-in parameters by the name that Revit shows."""

    @property
    def map(self) -> dict[str, Any]:
        """All names; we do not know all that Revit shows."""
        raise NotSimulated("revitron.BuiltInParameterNameMap.map")

    def get(self, name: str) -> list[Any]:
        """Return the ids of all parameters of that name; raises `KeyError` if there is none."""
        built_in = [getattr(db().BuiltInParameter, one) for one in _labelled(name)]
        if not built_in:
            raise KeyError(name)
        return [db().ElementId(one) for one in built_in]


@of_revitron("parameter")
class ParameterValueProviders:
    """What filters by parameter read: providers of all parameters that are shown by a name.

    Empty for a name that is not known: then Revitron leaves the filter out.
    """

    def __init__(self, name: str) -> None:
        ids: list[Any] = []
        bound = document().ParameterBindings.ForwardIterator()
        while bound.MoveNext():
            if bound.Key.Name == name:
                ids.append(bound.Key.Id)
        if not ids:
            with suppress(KeyError):
                ids = BuiltInParameterNameMap().get(name)
        self.providers = [db().ParameterValueProvider(one) for one in ids]

    def get(self) -> list[Any]:
        """Return the providers."""
        return self.providers


@of_revitron("parameter")
class ParameterTemplate:
    """A text with names of parameters in braces, `{%Name%}` for one of the project."""

    def __init__(self, element: Any, template: str, sanitize: bool = True) -> None:
        self.projectInfo = document().ProjectInformation
        self.element = element
        self.template = template
        self.sanitize = sanitize

    def reCallback(self, match: re.Match[str]) -> str:
        """Return what stands in place of one name."""
        name = match.group(1)
        of_project = re.match("^%(.+?)%$", name)
        holder, name = (
            (self.projectInfo, of_project.group(1)) if of_project else (self.element, name)
        )
        text = str(revitron().Element(holder).get(name))
        return revitron().String.sanitize(text) if self.sanitize else text

    def render(self) -> str:
        """Return the text with the values filled in."""
        return re.sub(r"\{(.+?)\}", self.reCallback, self.template)
