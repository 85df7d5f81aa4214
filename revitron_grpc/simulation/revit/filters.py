"""Element filters: by class, category, level, box, parameter, and their combinations."""

from functools import cache
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import category_number
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error

# Classes that Revit's database does not know, so that class filters refuse them (behaviour 8):
# the list on the page of ElementClassFilter in the API documentation.
REFUSED_CLASSES = frozenset(
    "Room Space Area RoomTag SpaceTag AreaTag CombinableElement Mullion Panel AnnotationSymbol "
    "AreaReinforcementType PathReinforcementType AnnotationSymbolType RoomTagType SpaceTagType "
    "AreaTagType TrussType".split()
)
# Of these, the classes below them.
_REFUSED_BELOW = tuple(
    f"Autodesk.Revit.DB.{name}"
    for name in ("Material", "CurveElement", "ConnectorElement", "HostedSweep")
)
_ELEMENT = "Autodesk.Revit.DB.Element"


@cache
def _refused_below() -> frozenset[str]:
    catalog = packaged_catalog()
    return frozenset().union(*(catalog.subtypes(name) for name in _REFUSED_BELOW))


@cache
def _elements() -> frozenset[str]:
    return packaged_catalog().subtypes(_ELEMENT) | {_ELEMENT}


def check_class(wanted: Any) -> str:
    """Return the full name of a class that a filter takes.

    Raises `TypeError` for what is no class of .NET, Revit's `ArgumentException` for a class that
    is no element or that Revit's database does not know.
    """
    full_name = getattr(wanted, "_full_name", None)
    if not isinstance(wanted, type) or full_name is None:
        raise TypeError(f"expected Type, got {type(wanted).__name__}")
    if full_name not in _elements():
        raise revit_error(
            "ArgumentException", f"Input type({full_name}) is not a subclass of Element."
        )
    if full_name.rpartition(".")[2] in REFUSED_CLASSES or full_name in _refused_below():
        raise revit_error(
            "ArgumentException",
            f"Input type({full_name}) is of an element type that exists in the API, but not "
            "in Revit's native object model. Try using one of the parent types instead.",
        )
    return full_name


def is_type(record: ElementRecord) -> bool:
    """Tell whether an element is a type (`ElementType` or below)."""
    return bool(record.data.get("is_type"))


class TypeTest:
    def passes(self, record: ElementRecord) -> bool:
        return is_type(record)


class InstanceTest:
    def passes(self, record: ElementRecord) -> bool:
        return not is_type(record)


class ViewIndependentTest:
    def passes(self, record: ElementRecord) -> bool:
        return record.data.get("view", INVALID) == INVALID


class OwnerViewTest:
    def __init__(self, number: int) -> None:
        self._number = number

    def passes(self, record: ElementRecord) -> bool:
        return record.data.get("view", INVALID) == self._number


class CategoryTest:
    """Passes elements of these categories, types and instances alike (behaviour 9)."""

    def __init__(self, numbers: frozenset[int]) -> None:
        self._numbers = numbers

    def passes(self, record: ElementRecord) -> bool:
        name = record.data.get("category")
        return name is not None and category_number(name) in self._numbers


class ClassTest:
    """Passes elements whose class is, or derives from, one that Revit's database knows."""

    def __init__(self, kinds: frozenset[str]) -> None:
        self._kinds = kinds

    @classmethod
    def of(cls, database: Database, wanted: Any) -> "ClassTest":
        """Make the test for a class; raises `ArgumentException` for one that Revit refuses."""
        full_name = check_class(wanted)
        catalog = database.document._api.catalog
        return cls(frozenset((full_name, *catalog.subtypes(full_name))))

    def passes(self, record: ElementRecord) -> bool:
        return record.kind in self._kinds


@behaves("Autodesk.Revit.DB.ElementFilter")
class ElementFilter:
    """The base of all filters; inverted ones pass what others would not."""

    _inverted = False

    @property
    def Inverted(self) -> bool:
        return self._inverted

    def passes(self, record: ElementRecord) -> bool:
        """Tell whether an element passes."""
        return self.matches(record) != self._inverted

    def matches(self, record: ElementRecord) -> bool:
        """Tell whether an element passes the filter before it is inverted."""
        raise NotImplementedError

    def PassesFilter(self, *args: Any) -> bool:
        if len(args) == 1:
            return self.passes(args[0]._record)
        record = args[0]._database.get(args[1].number)
        return record is not None and self.passes(record)

    def Dispose(self) -> None:
        pass


@behaves("Autodesk.Revit.DB.ElementClassFilter")
class ElementClassFilter(ElementFilter):
    def __init__(self, type: Any, inverted: bool = False) -> None:
        self._wanted, self._inverted = type, inverted
        self._test: ClassTest | None = None
        check_class(type)

    def matches(self, record: ElementRecord) -> bool:
        if self._test is None:
            self._test = ClassTest.of(record.database, self._wanted)
        return self._test.passes(record)


@behaves("Autodesk.Revit.DB.ElementMulticlassFilter")
class ElementMulticlassFilter(ElementFilter):
    def __init__(self, typeList: Any, inverted: bool = False) -> None:
        self._parts = [ElementClassFilter(wanted) for wanted in typeList]
        self._inverted = inverted

    def matches(self, record: ElementRecord) -> bool:
        return any(part.matches(record) for part in self._parts)


@behaves("Autodesk.Revit.DB.ElementCategoryFilter")
class ElementCategoryFilter(ElementFilter):
    def __init__(self, category: Any, inverted: bool = False) -> None:
        self._test = CategoryTest(frozenset((category.number,)))
        self._inverted = inverted

    def matches(self, record: ElementRecord) -> bool:
        return self._test.passes(record)


@behaves("Autodesk.Revit.DB.ElementMulticategoryFilter")
class ElementMulticategoryFilter(ElementFilter):
    def __init__(self, categories: Any, inverted: bool = False) -> None:
        numbers = frozenset(category.number for category in categories)
        if not numbers:
            raise revit_error("ArgumentException", "The input collection is empty.")
        self._test = CategoryTest(numbers)
        self._inverted = inverted

    def matches(self, record: ElementRecord) -> bool:
        return self._test.passes(record)


@behaves("Autodesk.Revit.DB.ElementIsElementTypeFilter")
class ElementIsElementTypeFilter(ElementFilter):
    def __init__(self, inverted: bool = False) -> None:
        self._inverted = inverted

    def matches(self, record: ElementRecord) -> bool:
        return is_type(record)


@behaves("Autodesk.Revit.DB.ElementLevelFilter")
class ElementLevelFilter(ElementFilter):
    def __init__(self, levelId: Any, inverted: bool = False) -> None:
        self._level, self._inverted = levelId.number, inverted

    def matches(self, record: ElementRecord) -> bool:
        return record.data.get("level", INVALID) == self._level


@behaves("Autodesk.Revit.DB.ElementOwnerViewFilter")
class ElementOwnerViewFilter(ElementFilter):
    def __init__(self, viewId: Any, inverted: bool = False) -> None:
        self._view, self._inverted = viewId.number, inverted

    def matches(self, record: ElementRecord) -> bool:
        return record.data.get("view", INVALID) == self._view


@behaves("Autodesk.Revit.DB.ElementWorksetFilter")
class ElementWorksetFilter(ElementFilter):
    def __init__(self, worksetId: Any, inverted: bool = False) -> None:
        self._workset, self._inverted = worksetId.number, inverted

    def matches(self, record: ElementRecord) -> bool:
        return record.data.get("workset", INVALID) == self._workset


@behaves("Autodesk.Revit.DB.ElementDesignOptionFilter")
class ElementDesignOptionFilter(ElementFilter):
    def __init__(self, designOptionId: Any, inverted: bool = False) -> None:
        self._option, self._inverted = designOptionId.number, inverted

    def matches(self, record: ElementRecord) -> bool:
        return record.data.get("option", INVALID) == self._option


@behaves("Autodesk.Revit.DB.ElementIdSetFilter")
class ElementIdSetFilter(ElementFilter):
    def __init__(self, idsToInclude: Any) -> None:
        self._ids = frozenset(element_id.number for element_id in idsToInclude)

    def matches(self, record: ElementRecord) -> bool:
        return record.id in self._ids


@behaves("Autodesk.Revit.DB.FamilyInstanceFilter")
class FamilyInstanceFilter(ElementFilter):
    def __init__(self, document: Any, familySymbolId: Any) -> None:
        self._symbol = familySymbolId.number

    def matches(self, record: ElementRecord) -> bool:
        return not is_type(record) and record.data.get("type", INVALID) == self._symbol


@behaves("Autodesk.Revit.DB.ExclusionFilter")
class ExclusionFilter(ElementFilter):
    def __init__(self, idsToExclude: Any) -> None:
        self._ids = frozenset(element_id.number for element_id in idsToExclude)

    def matches(self, record: ElementRecord) -> bool:
        return record.id not in self._ids


@behaves("Autodesk.Revit.DB.ElementLogicalFilter")
class ElementLogicalFilter(ElementFilter):
    """Filters joined by and, or by or."""

    def __init__(self, *filters: Any) -> None:
        parts = filters[0] if len(filters) == 1 else filters
        self._parts = list(parts)

    def GetFilters(self) -> list[Any]:
        return list(self._parts)


@behaves("Autodesk.Revit.DB.LogicalAndFilter")
class LogicalAndFilter(ElementLogicalFilter):
    def matches(self, record: ElementRecord) -> bool:
        return all(part.passes(record) for part in self._parts)


@behaves("Autodesk.Revit.DB.LogicalOrFilter")
class LogicalOrFilter(ElementLogicalFilter):
    def matches(self, record: ElementRecord) -> bool:
        return any(part.passes(record) for part in self._parts)


def _box(record: ElementRecord) -> Any:
    return record.database.document._api.conversion.element(record).get_BoundingBox(None)


@behaves("Autodesk.Revit.DB.BoundingBoxIntersectsFilter")
class BoundingBoxIntersectsFilter(ElementFilter):
    """Passes elements whose box meets an outline, widened by a tolerance in feet."""

    def __init__(self, outline: Any, tolerance: Any = 0.0, inverted: bool = False) -> None:
        if isinstance(tolerance, bool):
            tolerance, inverted = 0.0, tolerance
        self._low, self._high = outline.MinimumPoint, outline.MaximumPoint
        self._tolerance, self._inverted = tolerance, inverted

    def matches(self, record: ElementRecord) -> bool:
        if is_type(record):
            return False
        box = _box(record)
        if box is None:
            return False
        slack = self._tolerance
        return all(
            getattr(box.Min, a) <= getattr(self._high, a) + slack
            and getattr(box.Max, a) >= getattr(self._low, a) - slack
            for a in "XYZ"
        )


@behaves("Autodesk.Revit.DB.BoundingBoxIsInsideFilter")
class BoundingBoxIsInsideFilter(BoundingBoxIntersectsFilter):
    """Passes elements whose box lies wholly in an outline."""

    def matches(self, record: ElementRecord) -> bool:
        box = None if is_type(record) else _box(record)
        slack = self._tolerance
        return box is not None and all(
            getattr(box.Min, a) >= getattr(self._low, a) - slack
            and getattr(box.Max, a) <= getattr(self._high, a) + slack
            for a in "XYZ"
        )


class _KindFilter(ElementFilter):
    """Passes elements of one class that class filters refuse (behaviour 8)."""

    _kind = ""

    def __init__(self) -> None:
        """Make the filter; it cannot be inverted."""

    def matches(self, record: ElementRecord) -> bool:
        return record.kind.rpartition(".")[2] == self._kind


@behaves("Autodesk.Revit.DB.Architecture.RoomFilter")
class RoomFilter(_KindFilter):
    _kind = "Room"


@behaves("Autodesk.Revit.DB.Mechanical.SpaceFilter")
class SpaceFilter(_KindFilter):
    _kind = "Space"


@behaves("Autodesk.Revit.DB.AreaFilter")
class AreaFilter(_KindFilter):
    _kind = "Area"


@behaves("Autodesk.Revit.DB.Architecture.RoomTagFilter")
class RoomTagFilter(_KindFilter):
    _kind = "RoomTag"
