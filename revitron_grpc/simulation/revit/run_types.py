"""Types of pipes, ducts, trays and conduits, and their routing preferences; pipe segments.

Data of a type of pipes or ducts: `routing`, a tuple of `Preference` in order; without the key the
type has no preferences. Of a type of trays or conduits: `with_fitting`. Of a pipe segment: `name`.
"""

from dataclasses import dataclass
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.mep import MEPCurveType

__all__ = ["Preference"]

_DB = "Autodesk.Revit.DB"


@dataclass(frozen=True, slots=True)
class Preference:
    """One rule: for which group (a `RoutingPreferenceRuleGroupType`), which part, for which sizes.

    Sizes in feet, smallest and largest; None for a rule without a criterion.
    """

    group: str
    part: int
    sizes: tuple[float, float] | None = None
    description: str = ""


class _RoutedType(MEPCurveType):
    """A type of runs with routing preferences."""

    @property
    def RoutingPreferenceManager(self) -> Any:
        made = object.__new__(RoutingPreferenceManager)
        made.__dict__["_record"] = self._record
        return made


@behaves(f"{_DB}.Plumbing.PipeType")
class PipeType(_RoutedType):
    """A type of pipes."""


@behaves(f"{_DB}.Mechanical.DuctType")
class DuctType(_RoutedType):
    """A type of ducts."""


@behaves(f"{_DB}.Electrical.CableTrayType")
class CableTrayType(MEPCurveType):
    """A type of cable trays."""

    @property
    def IsWithFitting(self) -> bool:
        return bool(self._data.get("with_fitting"))


@behaves(f"{_DB}.Electrical.ConduitType")
class ConduitType(MEPCurveType):
    """A type of conduits."""

    @property
    def IsWithFitting(self) -> bool:
        return bool(self._data.get("with_fitting"))


@behaves(f"{_DB}.Segment")
class Segment(Element):
    """A material with a schedule of sizes."""


@behaves(f"{_DB}.Plumbing.PipeSegment")
class PipeSegment(Segment):
    """A segment of pipes."""


@behaves(f"{_DB}.RoutingPreferenceManager")
class RoutingPreferenceManager:
    """The rules by which runs of a type choose their parts."""

    _record: ElementRecord

    def _rules(self, group: Any) -> list[Preference]:
        held: tuple[Preference, ...] = self._record.data.get("routing", ())
        return [rule for rule in held if rule.group == group.name]

    def GetNumberOfRules(self, groupType: Any) -> int:
        return len(self._rules(groupType))

    def GetRule(self, groupType: Any, index: int) -> Any:
        rules = self._rules(groupType)
        if not 0 <= index < len(rules):
            raise revit_error("ArgumentException", "The index is not valid in this rule group.")
        made = object.__new__(RoutingPreferenceRule)
        made.__dict__["_rule"] = rules[index]
        return made

    @property
    def OwnerId(self) -> int:
        return self._record.id


@behaves(f"{_DB}.RoutingPreferenceRule")
class RoutingPreferenceRule:
    """One rule: a part, and when it is taken."""

    _rule: Preference

    @property
    def MEPPartId(self) -> int:
        return self._rule.part or INVALID

    @property
    def Description(self) -> str:
        return self._rule.description

    @property
    def NumberOfCriteria(self) -> int:
        return 0 if self._rule.sizes is None else 1

    def GetCriterion(self, index: int) -> Any:
        if self._rule.sizes is None or index != 0:
            raise revit_error("ArgumentException", "The index is not valid in this rule.")
        made = object.__new__(PrimarySizeCriterion)
        made.__dict__["_sizes"] = self._rule.sizes
        return made


@behaves(f"{_DB}.RoutingCriterionBase")
class RoutingCriterionBase:
    """When a rule is taken."""


@behaves(f"{_DB}.PrimarySizeCriterion")
class PrimarySizeCriterion(RoutingCriterionBase):
    """A range of sizes, in feet."""

    _sizes: tuple[float, float]

    @property
    def MinimumSize(self) -> float:
        return self._sizes[0]

    @property
    def MaximumSize(self) -> float:
        return self._sizes[1]
