"""Dimensions, their segments and locks, spot dimensions and the types of them.

Data of a dimension: `segments`, a tuple of `Segment`, one where it measures between two
references; `references`, the ids of what it refers to; `shape` (a `DimensionShape`), `locked`, the
numbers of the segments whose padlock is shut, `equal` (whether they are held equal) and `view`,
which constraints made in no view lack. Of a type: `style` (a `DimensionStyleType`).
"""

from dataclasses import dataclass, replace
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.arrays import seen_by_script
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.references import Reference
from revitron_grpc.simulation.revit.units import units_state
from revitron_grpc.simulation.unit_format import format_value

__all__ = ["Dimension", "Segment"]

_DB = "Autodesk.Revit.DB"
_SPECS = {"Angular": "Angle"}


@dataclass(frozen=True, slots=True)
class Segment:
    """One measured distance: its value in internal units and what was typed around it."""

    value: float
    override: str = ""
    prefix: str = ""
    suffix: str = ""
    above: str = ""
    below: str = ""


class _Measured:
    """What a dimension with one value and a segment of a chain have in common."""

    @property
    def _owner(self) -> ElementRecord:
        raise NotImplementedError

    @property
    def _at(self) -> int:
        raise NotImplementedError

    @property
    def _segment(self) -> Segment:
        return self._owner.data["segments"][self._at]

    def _change(self, **values: Any) -> None:
        segments = list(self._owner.data["segments"])
        segments[self._at] = replace(self._segment, **values)
        self._owner.database.write(self._owner, "segments", tuple(segments))

    @property
    def Value(self) -> float | None:
        return self._segment.value

    @property
    def ValueString(self) -> str | None:
        # The measured value, also where another text is shown in its place.
        database = self._owner.database
        spec = _SPECS.get(self._owner.data.get("shape", "Linear"), "Length")
        return format_value(units_state(database), spec, self._segment.value)

    @property
    def ValueOverride(self) -> str:
        return self._segment.override

    @ValueOverride.setter
    def ValueOverride(self, value: str) -> None:
        self._change(override=value)

    @property
    def Prefix(self) -> str:
        return self._segment.prefix

    @Prefix.setter
    def Prefix(self, value: str) -> None:
        self._change(prefix=value)

    @property
    def Suffix(self) -> str:
        return self._segment.suffix

    @Suffix.setter
    def Suffix(self, value: str) -> None:
        self._change(suffix=value)

    @property
    def Above(self) -> str:
        return self._segment.above

    @Above.setter
    def Above(self, value: str) -> None:
        self._change(above=value)

    @property
    def Below(self) -> str:
        return self._segment.below

    @Below.setter
    def Below(self, value: str) -> None:
        self._change(below=value)

    @property
    def IsLocked(self) -> bool:
        return self._at in self._owner.data.get("locked", ())

    @IsLocked.setter
    def IsLocked(self, value: bool) -> None:
        locked = {*self._owner.data.get("locked", ())} - {self._at}
        numbers = sorted({*locked, self._at} if value else locked)
        self._owner.database.write(self._owner, "locked", tuple(numbers))


@behaves(f"{_DB}.DimensionSegment")
class DimensionSegment(_Measured):
    """One part of a chain."""

    _dimension: ElementRecord
    _number: int

    @property
    def _owner(self) -> ElementRecord:
        return self._dimension

    @property
    def _at(self) -> int:
        return self._number


@behaves(f"{_DB}.DimensionSegmentArray")
class DimensionSegmentArray:
    """The parts of a chain, in order."""

    _items: list[Any]

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def get_Item(self, index: int) -> Any:
        return self._items[index]

    def __iter__(self) -> Any:
        return seen_by_script(self, self._items)


@behaves(f"{_DB}.ReferenceArray")
class ReferenceArray:
    """References, in the order of their adding."""

    def __init__(self) -> None:
        self._items: list[Any] = []

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def Append(self, item: Any) -> None:
        self._items.append(item)

    def get_Item(self, index: int) -> Any:
        return self._items[index]

    def __iter__(self) -> Any:
        return seen_by_script(self, self._items)


@behaves(f"{_DB}.Dimension")
class Dimension(_Measured, Element):
    """A dimension, a chain of them, or a constraint."""

    @property
    def _owner(self) -> ElementRecord:
        return self._record

    @property
    def _at(self) -> int:
        # What belongs to one value is asked of the segments of a chain.
        if len(self._record.data["segments"]) != 1:
            raise revit_error(
                "InvalidOperationException", "The dimension has more than one segment."
            )
        return 0

    @property
    def _is_chain(self) -> bool:
        return len(self._data["segments"]) > 1

    @property
    def Value(self) -> float | None:
        # A chain has no value of its own (documentation of the property).
        return None if self._is_chain else self._segment.value

    @property
    def ValueString(self) -> str | None:
        return None if self._is_chain else super().ValueString

    @property
    def NumberOfSegments(self) -> int:
        # Between two references there is no segment, only a value (field knowledge).
        return len(self._data["segments"]) if self._is_chain else 0

    @property
    def HasOneSegment(self) -> bool:
        return not self._is_chain

    @property
    def Segments(self) -> Any:
        made = object.__new__(DimensionSegmentArray)
        parts: list[Any] = []
        for number in range(self.NumberOfSegments):
            part = object.__new__(DimensionSegment)
            part.__dict__.update(_dimension=self._record, _number=number)
            parts.append(part)
        made.__dict__["_items"] = parts
        return made

    @property
    def References(self) -> Any:
        made = ReferenceArray()
        made._items.extend(Reference.to(one) for one in self._data.get("references", ()))
        return made

    @property
    def AreReferencesAvailable(self) -> bool:
        return all(self._database.get(one) for one in self._data.get("references", ()))

    @property
    def AreSegmentsEqual(self) -> bool:
        return bool(self._data.get("equal"))

    @AreSegmentsEqual.setter
    def AreSegmentsEqual(self, value: bool) -> None:
        if not self._is_chain:
            raise revit_error(
                "InvalidOperationException", "The dimension has fewer than two segments."
            )
        self._write("equal", value)

    @property
    def DimensionShape(self) -> str:
        return self._data.get("shape", "Linear")

    @property
    def DimensionType(self) -> ElementRecord | None:
        return self._other("type")

    @property
    def View(self) -> ElementRecord | None:
        return self._other("view")

    @property
    def Curve(self) -> Any:
        return self._data["curve"].copy()


@behaves(f"{_DB}.SpotDimension")
class SpotDimension(Dimension):
    """A spot elevation, coordinate or slope."""


@behaves(f"{_DB}.DimensionType")
class DimensionType(ElementType):
    """A type of dimensions of one style."""

    @property
    def StyleType(self) -> str:
        return self._data.get("style", "Linear")


@behaves(f"{_DB}.SpotDimensionType")
class SpotDimensionType(DimensionType):
    """A type of spot dimensions."""
