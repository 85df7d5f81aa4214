"""`FilteredElementCollector`, as strict as Revit's (behaviours 7 to 11)."""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.filters import (
    CategoryTest,
    ClassTest,
    InstanceTest,
    OwnerViewTest,
    TypeTest,
    ViewIndependentTest,
)
from revitron_grpc.simulation.revit.visibility import is_shown


@behaves("Autodesk.Revit.DB.FilteredElementCollector")
class FilteredElementCollector:
    """Finds elements by filters; gives them in the order of their ids."""

    def __init__(self, document: Any, view_or_ids: Any = None, *more: Any) -> None:
        if document is None:
            raise revit_error("ArgumentNullException", "The input argument 'document' is null.")
        self._database = document._database
        self._tests: list[Any] = []
        self._view: ElementRecord | None = None
        self._ids: frozenset[int] | None = None
        self._asked = 0
        if view_or_ids is None:
            return
        if hasattr(view_or_ids, "number"):
            self._view = self._viewed(view_or_ids.number)
        else:
            self._ids = frozenset(element_id.number for element_id in view_or_ids)
            if not self._ids:
                raise revit_error("ArgumentException", "The input set of element ids is empty.")

    def _viewed(self, number: int) -> ElementRecord:
        view = self._database.get(number)
        if view is None or "view_type" not in view.data or view.data.get("is_template"):
            raise revit_error(
                "ArgumentException",
                "The viewId is not a valid view for element iteration: it may be a template, or "
                "the view cannot show elements.",
            )
        return view

    def _with(self, test: Any) -> "FilteredElementCollector":
        self._tests.append(test)
        return self

    def OfClass(self, type: Any) -> Any:
        return self._with(ClassTest.of(self._database, type))

    def OfCategory(self, category: Any) -> Any:
        return self._with(CategoryTest(frozenset((category.number,))))

    def OfCategoryId(self, categoryId: Any) -> Any:
        return self._with(CategoryTest(frozenset((categoryId.number,))))

    def WhereElementIsElementType(self) -> Any:
        return self._with(TypeTest())

    def WhereElementIsNotElementType(self) -> Any:
        return self._with(InstanceTest())

    def WhereElementIsViewIndependent(self) -> Any:
        return self._with(ViewIndependentTest())

    def WherePasses(self, filter: Any) -> Any:
        if filter is None:
            raise revit_error("ArgumentNullException", "The input argument 'filter' is null.")
        return self._with(filter)

    def OwnedByView(self, viewId: Any) -> Any:
        return self._with(OwnerViewTest(viewId.number))

    def ContainedInDesignOption(self, designOptionId: Any) -> Any:
        number = designOptionId.number
        return self._with(_OptionTest(number))

    def Excluding(self, idsToExclude: Any) -> Any:
        return self._with(_NotAmong(frozenset(i.number for i in idsToExclude)))

    def UnionWith(self, other: Any) -> Any:
        own, others = self.records(), other.records()
        self._tests = [_Among(frozenset(r.id for r in (*own, *others)))]
        self._ids = None
        return self

    def IntersectWith(self, other: Any) -> Any:
        return self._with(_Among(frozenset(r.id for r in other.records())))

    def records(self) -> list[ElementRecord]:
        """Return what passes; raises where no filter was given (behaviour 7)."""
        if not self._tests and self._view is None and self._ids is None:
            raise revit_error(
                "InvalidOperationException",
                "The collector does not have a filter applied. Extraction or iteration of "
                "elements is not permitted without a filter.",
            )
        return self._found()

    def _found(self) -> list[ElementRecord]:
        # Asking again stops an iterator under way.
        self._asked += 1
        elements: Any = self._database.elements.values()
        if self._ids is not None:
            elements = [r for r in elements if r.id in self._ids]
        if self._view is not None:
            view = self._view
            elements = [r for r in elements if is_shown(r, view)]
        for test in self._tests:
            passes = test.passes
            elements = [record for record in elements if passes(record)]
        return list(elements)

    def ToElements(self) -> list[ElementRecord]:
        return self.records()

    def ToElementIds(self) -> list[int]:
        return [record.id for record in self.records()]

    def FirstElement(self) -> ElementRecord | None:
        return next(iter(self.records()), None)

    def FirstElementId(self) -> int:
        return next((record.id for record in self.records()), INVALID)

    def GetElementCount(self) -> int:
        # Needs no filter, as its page says.
        return len(self._found())

    def GetElementIterator(self) -> Any:
        return FilteredElementIterator.of(self)

    def GetElementIdIterator(self) -> Any:
        return FilteredElementIdIterator.of(self)

    def GetEnumerator(self) -> Any:
        return self.GetElementIterator()

    def __iter__(self) -> Iterator[Any]:
        wrap = self._database.document._api.conversion.element
        walk = _Walk(self)
        while walk.move_next():
            yield wrap(walk.current)

    def Dispose(self) -> None:
        pass


class _Walk:
    """Goes through what a collector found, until something disturbs it (behaviour 11)."""

    def __init__(self, collector: FilteredElementCollector) -> None:
        self._collector = collector
        self._records = collector.records()
        self._generation = collector._database.generation
        self._asked = collector._asked
        self._place = -1

    def move_next(self) -> bool:
        if self._collector._asked != self._asked:
            raise revit_error(
                "InvalidOperationException",
                "The FilteredElementCollector that yielded this iterator has been reset by "
                "another operation. No further iteration is permitted with this iterator.",
            )
        if self._collector._database.generation != self._generation:
            raise revit_error(
                "InvalidOperationException",
                "The iterator cannot proceed due to changes made to the Element table in Revit's "
                "database (typically, This can be the result of an Element deletion).",
            )
        self._place += 1
        return self._place < len(self._records)

    @property
    def is_done(self) -> bool:
        return self._place >= len(self._records)

    @property
    def current(self) -> ElementRecord:
        if not 0 <= self._place < len(self._records):
            raise revit_error(
                "InvalidOperationException", "The iterator is not at an element of the collector."
            )
        return self._records[self._place]


class _NetIterator:
    _walk: _Walk

    @classmethod
    def of(cls, collector: FilteredElementCollector) -> Any:
        made = object.__new__(cls)
        made.__dict__["_walk"] = _Walk(collector)
        return made

    def MoveNext(self) -> bool:
        return self._walk.move_next()

    def IsDone(self) -> bool:
        return self._walk.is_done

    def Dispose(self) -> None:
        """Nothing is held."""


@behaves("Autodesk.Revit.DB.FilteredElementIterator")
class FilteredElementIterator(_NetIterator):
    """Goes through the elements of a collector, one step at a time."""

    @property
    def Current(self) -> ElementRecord:
        return self._walk.current

    def GetCurrent(self) -> ElementRecord:
        return self._walk.current


@behaves("Autodesk.Revit.DB.FilteredElementIdIterator")
class FilteredElementIdIterator(_NetIterator):
    """Goes through the ids of a collector, one step at a time."""

    @property
    def Current(self) -> int:
        return self._walk.current.id

    def GetCurrent(self) -> int:
        return self._walk.current.id


class _OptionTest:
    def __init__(self, number: int) -> None:
        self._number = number

    def passes(self, record: ElementRecord) -> bool:
        return record.data.get("option", INVALID) == self._number


class _Among:
    def __init__(self, ids: frozenset[int]) -> None:
        self._ids = ids

    def passes(self, record: ElementRecord) -> bool:
        return record.id in self._ids


class _NotAmong(_Among):
    def passes(self, record: ElementRecord) -> bool:
        return record.id not in self._ids
