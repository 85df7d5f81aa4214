"""Which parameters an element has; asked for by number, name, GUID or definition."""

from functools import lru_cache
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.computed import classes_of, is_hidden
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.enums import NetEnum
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.parameter_table import Language, parameters_by_number
from revitron_grpc.simulation.revit.definitions import (
    InternalDefinition,
    ParameterFacts,
    built_in,
    language_of,
    of_user,
    user_parameters,
)
from revitron_grpc.simulation.revit.parameter import Parameter, value_of
from revitron_grpc.simulation.revit.parameter_sets import ParameterMap, ParameterSet
from revitron_grpc.simulation.revit.type_ids import ForgeTypeId, parameter_type_id


def facts_on(record: ElementRecord, number: int) -> ParameterFacts | None:
    """Return a parameter of an element by its id; None where the element has none such.

    Raises:
        NotSimulated: for a built-in parameter of which nothing is known.

    """
    if number > 0:
        element = record.database.get(number)
        if element is None or not element.kind.endswith("ParameterElement"):
            return None
        return of_user(element) if _bound(element, record) else None
    facts = built_in(number)
    if facts is None or facts.facts is None:
        raise NotSimulated(f"the parameter {number} (DB.BuiltInParameter)")
    if number in record.values:
        return facts
    if number in _built_in_on(*_place(record)) and not is_hidden(number, record):
        return facts
    return None


def _bound(parameter: ElementRecord, record: ElementRecord) -> bool:
    if parameter.id in record.values:
        return True
    data = parameter.data
    if data.get("instance", True) is bool(record.data.get("is_type")):
        return False
    return record.data.get("category") in data.get("categories", ())


def _place(record: ElementRecord) -> tuple[str, str | None, bool]:
    return record.kind, record.data.get("category"), bool(record.data.get("is_type"))


@lru_cache(maxsize=1024)
def _built_in_on(kind: str, category: str | None, is_type: bool) -> frozenset[int]:
    classes = classes_of(kind)
    known = parameters_by_number(packaged_catalog())
    return frozenset(n for n, f in known.items() if f.is_on(classes, category, is_type=is_type))


@lru_cache(maxsize=1024)
def _built_in_labels(
    kind: str, category: str | None, is_type: bool, language: Language
) -> dict[str, tuple[int, ...]]:
    known = parameters_by_number(packaged_catalog())
    found: dict[str, tuple[int, ...]] = {}
    for number in sorted(_built_in_on(kind, category, is_type), reverse=True):
        label = known[number].label(language)
        found[label] = (*found.get(label, ()), number)
    return found


def parameter_of(record: ElementRecord, wanted: Any) -> Parameter | None:
    """Return a parameter by `BuiltInParameter`, definition, GUID or type id; None if absent."""
    if isinstance(wanted, NetEnum):
        facts = facts_on(record, wanted.number)
    elif isinstance(wanted, InternalDefinition):
        facts = facts_on(record, wanted._facts.number)
    elif isinstance(wanted, ForgeTypeId):
        facts = _by_type_id(record, wanted)
    elif hasattr(wanted, "_shared_guid") or type(wanted).__name__ == "Guid":
        text = str(getattr(wanted, "_shared_guid", wanted)).lower()
        facts = next(
            (
                of_user(one)
                for one in user_parameters(record.database)
                if one.data.get("shared_guid", "").lower() == text and _bound(one, record)
            ),
            None,
        )
    else:
        raise NotSimulated(f"a parameter asked for by {type(wanted).__name__}")
    return None if facts is None else Parameter.of(record, facts)


def _by_type_id(record: ElementRecord, wanted: ForgeTypeId) -> ParameterFacts | None:
    for number, facts in parameters_by_number(packaged_catalog()).items():
        if ForgeTypeId(parameter_type_id(facts.name)) == wanted:
            return facts_on(record, number)
    raise NotSimulated(f"the parameter {wanted.TypeId}")


def parameters_named(record: ElementRecord, name: str) -> list[Parameter]:
    """Return the parameters of that display name; several can have it (behaviour 19)."""
    labels = _built_in_labels(*_place(record), language_of(record.database))
    numbers = [number for number in labels.get(name, ()) if not is_hidden(number, record)]
    found = [Parameter.of(record, _known(number)) for number in numbers]
    for number in record.values:
        if number < 0 and number not in numbers:
            facts = built_in(number)
            if facts is not None and facts.label(language_of(record.database)) == name:
                found.append(Parameter.of(record, facts))
    found.extend(
        Parameter.of(record, of_user(one))
        for one in user_parameters(record.database)
        if one.data["name"] == name and _bound(one, record)
    )
    return found


def parameter_named(record: ElementRecord, name: str) -> Parameter | None:
    """Return one parameter of that display name, or None; users' parameters come last."""
    return next(iter(parameters_named(record, name)), None)


def _known(number: int) -> ParameterFacts:
    facts = built_in(number)
    if facts is None:
        raise KeyError(number)
    return facts


def ordered_parameters(record: ElementRecord) -> list[Parameter]:
    """Return all visible parameters, users' own after the built-in ones, each by name."""
    language: Language = language_of(record.database)
    own = {n for n in _built_in_on(*_place(record)) if not is_hidden(n, record)}
    numbers = own | {n for n in record.values if n < 0}
    known = [facts for facts in map(built_in, numbers) if facts is not None]
    users = [of_user(one) for one in user_parameters(record.database) if _bound(one, record)]

    def by_name(facts: ParameterFacts) -> tuple[str, int]:
        return facts.label(language), facts.number

    shown = [f for f in users if f.element is not None and f.element.data.get("visible", True)]
    return [
        Parameter.of(record, facts)
        for group in (known, shown)
        for facts in sorted(group, key=by_name)
    ]


def parameter_set(record: ElementRecord) -> ParameterSet:
    """Return `Element.Parameters`."""
    return ParameterSet.of(record.database, ordered_parameters(record))


def parameter_map(record: ElementRecord) -> ParameterMap:
    """Return `Element.ParametersMap`."""
    return ParameterMap.of(record.database, ordered_parameters(record))


def bindings_of(database: Database) -> Any:
    """Return `Document.ParameterBindings`."""
    from revitron_grpc.simulation.revit.bindings import BindingMap

    return BindingMap.of(database)


__all__ = [
    "bindings_of",
    "facts_on",
    "ordered_parameters",
    "parameter_map",
    "parameter_named",
    "parameter_of",
    "parameter_set",
    "parameters_named",
    "value_of",
]
