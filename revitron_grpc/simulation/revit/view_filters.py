"""View filters: categories and rules that views colour or hide by.

Data: `categories` (numbers), `element_filter` (an `ElementFilter`, or None for all elements of the
categories).
"""

import copy
from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import category_numbered
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.filters import ElementLogicalFilter
from revitron_grpc.simulation.revit.modelling import check_new_name
from revitron_grpc.simulation.revit.parameter_rules import ElementParameterFilter


@behaves("Autodesk.Revit.DB.FilterElement")
class FilterElement(Element):
    """The base of view filters and saved selections."""


@behaves("Autodesk.Revit.DB.ParameterFilterElement")
class ParameterFilterElement(FilterElement):
    """A view filter with rules."""

    @classmethod
    def Create(cls, aDocument: Any, name: str, categories: Any, *rules: Any) -> ElementRecord:
        database = aDocument._database
        database.check_writable()
        check_new_name(database, "ParameterFilterElement", name)
        numbers = _checked(categories)
        rule = rules[0] if rules else None
        if rule is not None:
            _check_rules(rule)
        return database.add(
            "ParameterFilterElement", name=name, categories=numbers, element_filter=rule
        )

    def GetCategories(self) -> list[int]:
        return list(self._data["categories"])

    def SetCategories(self, categories: Any) -> None:
        self._write("categories", _checked(categories))

    def GetElementFilter(self) -> Any:
        # A copy: what is changed in it does nothing until it is set.
        return copy.deepcopy(self._data.get("element_filter"))

    def SetElementFilter(self, elementFilter: Any) -> bool:
        if elementFilter is None:
            raise revit_error("ArgumentNullException", "The input argument is null.")
        _check_rules(elementFilter)
        self._write("element_filter", elementFilter)
        return True

    def ClearRules(self) -> None:
        self._write("element_filter", None)

    def GetElementFilterParameters(self) -> set[int]:
        rule = self._data.get("element_filter")
        return set() if rule is None else set(_parameters(rule))


def _checked(categories: Any) -> tuple[int, ...]:
    numbers = tuple(dict.fromkeys(one.number for one in categories))
    if not all(category_numbered(number) for number in numbers):
        raise revit_error(
            "ArgumentException",
            "One or more of the categories was not valid for filtering.",
        )
    return numbers


def _check_rules(rule: Any) -> None:
    """Only rules on parameters, joined by and and or, can colour a view: page "Create"."""
    if isinstance(rule, ElementLogicalFilter):
        for part in rule._parts:
            _check_rules(part)
    elif not isinstance(rule, ElementParameterFilter):
        raise revit_error(
            "ArgumentException",
            "The input filter is not acceptable for use by a view filter.",
        )


def _parameters(rule: Any) -> Iterator[int]:
    if isinstance(rule, ElementLogicalFilter):
        for part in rule._parts:
            yield from _parameters(part)
    elif isinstance(rule, ElementParameterFilter):
        for one in rule._rules:
            yield one.GetRuleParameter()
    else:
        raise NotSimulated(f"the parameters of a {type(rule).__name__}")
