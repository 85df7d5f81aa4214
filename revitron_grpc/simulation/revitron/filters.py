"""`revitron.filter`: collectors as chains of calls, with all that they swallow."""

import re
from typing import Any

from revitron_grpc.simulation.net.collections import NetList
from revitron_grpc.simulation.revitron.categories import BuiltInCategory
from revitron_grpc.simulation.revitron.library import db, document, of_revitron
from revitron_grpc.simulation.revitron.parameters import (
    Parameter,
    ParameterUtils,
    ParameterValueProviders,
)
from revitron_grpc.simulation.revitron.values import Log
from revitron_grpc.simulation.session import current_session
from revitron_grpc.vocabulary import Engine

_TOLERANCE = 0.001
"""Of filters by number, in Revit's internal unit."""


@of_revitron("filter")
class Filter:
    """Finds elements of `revitron.DOC`, among a scope of elements, ids or a view.

    An empty scope is everything, with a warning in the log.
    """

    def __init__(self, scope: Any = None) -> None:
        self.scope = scope
        if scope:
            ids = scope
            if type(scope) is list:
                ids = NetList.constructed(db().ElementId, [element.Id for element in scope])
            self.scope = ids
            self.collector = db().FilteredElementCollector(document(), ids)
            return
        if scope is not None:
            Log().warning("The scope of the filter is empty: it takes all elements.")
        self.collector = db().FilteredElementCollector(document())

    def byIntersection(self, element: Any) -> "Filter":
        """Keep what cuts an element's solids."""
        self.collector = self.collector.WherePasses(db().ElementIntersectsElementFilter(element))
        return self

    def byRegex(self, paramName: str, regex: str, invert: bool = False) -> "Filter":
        """Keep elements whose value a pattern finds; all of them where it finds none."""
        passed: list[Any] = []
        failed: list[Any] = []
        for element in self.getElements():
            parameter = Parameter(element, paramName)
            value = parameter.getString() or parameter.getValueString()
            if value:
                (passed if re.search(regex, value, re.IGNORECASE) else failed).append(element)
        elements = failed if invert else passed
        if elements:
            self.collector = Filter(elements).collector
        return self

    def byCategory(self, name: str) -> "Filter":
        """Keep a category; an unknown name keeps everything."""
        category = BuiltInCategory(name).get()
        if category is not None:
            self.collector = self.collector.OfCategory(category)
        return self

    def byClass(self, cls: Any) -> "Filter":
        """Keep a class, given itself or by its name; needs Python 2."""
        if current_session().api.engine is not Engine.IRONPYTHON_27:
            raise NameError("name 'basestring' is not defined")
        wanted = getattr(db(), cls) if isinstance(cls, str) else cls
        self.collector = self.collector.OfClass(wanted)
        return self

    def byNumberIsGreater(self, paramName: str, value: Any, invert: bool = False) -> "Filter":
        """Keep elements with a greater number, in Revit's internal unit."""
        return self._by_number(paramName, value, db().FilterNumericGreater(), invert)

    def byNumberIsGreaterOrEqual(
        self, paramName: str, value: Any, invert: bool = False
    ) -> "Filter":
        """Keep elements with at least this number."""
        return self._by_number(paramName, value, db().FilterNumericGreaterOrEqual(), invert)

    def byNumberIsEqual(self, paramName: str, value: Any, invert: bool = False) -> "Filter":
        """Keep elements with this number, within 0.001."""
        return self._by_number(paramName, value, db().FilterNumericEquals(), invert)

    def byNumberIsLess(self, paramName: str, value: Any, invert: bool = False) -> "Filter":
        """Keep elements with a smaller number."""
        return self._by_number(paramName, value, db().FilterNumericLess(), invert)

    def byNumberIsLessOrEqual(self, paramName: str, value: Any, invert: bool = False) -> "Filter":
        """Keep elements with at most this number."""
        return self._by_number(paramName, value, db().FilterNumericLessOrEqual(), invert)

    def byStringContains(self, paramName: str, value: str, invert: bool = False) -> "Filter":
        """Keep elements whose text contains another."""
        return self._by_text(paramName, value, db().FilterStringContains(), invert)

    def byStringEquals(self, paramName: str, value: str, invert: bool = False) -> "Filter":
        """Keep elements with this text."""
        return self._by_text(paramName, value, db().FilterStringEquals(), invert)

    def byStringBeginsWith(self, paramName: str, value: str, invert: bool = False) -> "Filter":
        """Keep elements whose text begins with another."""
        return self._by_text(paramName, value, db().FilterStringBeginsWith(), invert)

    def byStringEndsWith(self, paramName: str, value: str, invert: bool = False) -> "Filter":
        """Keep elements whose text ends with another."""
        return self._by_text(paramName, value, db().FilterStringEndsWith(), invert)

    def byStringContainsOneInCsv(self, paramName: str, csv: str, invert: bool = False) -> "Filter":
        """Keep elements whose text contains one of several, with commas between them."""
        return self.byOneInCsv("byStringContains", paramName, csv, invert)

    def byStringEqualsOneInCsv(self, paramName: str, csv: str, invert: bool = False) -> "Filter":
        """Keep elements whose text is one of several, with commas between them."""
        return self.byOneInCsv("byStringEquals", paramName, csv, invert)

    def byOneInCsv(
        self, evaluatorName: str, paramName: str, csv: str, invert: bool = False
    ) -> "Filter":
        """Keep what one of several filters keeps; inverted, what all of them keep."""
        parts: list[Filter] = []
        for item in csv.split(","):
            part = Filter()
            try:
                ids = self.getElementIds()
                part.collector = db().FilteredElementCollector(document(), ids)
            except Exception:
                part.collector = db().FilteredElementCollector(document())
            parts.append(getattr(part, evaluatorName)(paramName, item.strip(), invert))
        self._merge(parts, invert)
        return self

    def getElements(self) -> Any:
        """Return the elements; types and instances alike where nothing was filtered."""
        try:
            return self.collector.ToElements()
        except Exception:
            return self._everything().ToElements()

    def getElementIds(self) -> Any:
        """Return the ids of the elements."""
        try:
            return self.collector.ToElementIds()
        except Exception:
            return self._everything().ToElementIds()

    def noTypes(self) -> "Filter":
        """Keep what is no type."""
        self.collector = self.collector.WhereElementIsNotElementType()
        return self

    def onlyTypes(self) -> "Filter":
        """Keep types."""
        self.collector = self.collector.WhereElementIsElementType()
        return self

    def _everything(self) -> Any:
        kinds = [db().ElementIsElementTypeFilter(types) for types in (False, True)]
        self.collector = self.collector.WherePasses(db().LogicalOrFilter(*kinds))
        return self.collector

    def _by_number(self, name: str, value: Any, evaluator: Any, invert: bool) -> "Filter":
        whole = ParameterUtils.getStorageType(name) == "Integer"
        return self._apply(
            name,
            lambda provider: (
                db().FilterIntegerRule(provider, evaluator, int(value))
                if whole
                else db().FilterDoubleRule(provider, evaluator, float(value), _TOLERANCE)
            ),
            invert,
        )

    def _by_text(self, name: str, value: str, evaluator: Any, invert: bool) -> "Filter":
        def rule(provider: Any) -> Any:
            try:
                # Revit 2022 alone asks whether case matters.
                return db().FilterStringRule(provider, evaluator, value, True)
            except Exception:
                return db().FilterStringRule(provider, evaluator, value)

        return self._apply(name, rule, invert)

    def _apply(self, name: str, rule: Any, invert: bool) -> "Filter":
        """Filter by every parameter of that name; nothing is filtered where there is none."""
        parts: list[Filter] = []
        for provider in ParameterValueProviders(name).get():
            ids = self.getElementIds()
            if len(ids):
                part = Filter()
                passing = db().ElementParameterFilter(rule(provider), invert)
                part.collector = db().FilteredElementCollector(document(), ids)
                part.collector = part.collector.WherePasses(passing)
                parts.append(part)
        self._merge(parts, invert)
        return self

    def _merge(self, parts: "list[Filter]", invert: bool) -> None:
        if not parts:
            return
        self.collector = parts[0].collector
        for part in parts[1:]:
            if invert:
                self.collector.IntersectWith(part.collector)
            else:
                self.collector.UnionWith(part.collector)
