"""Filters by parameter: value providers, rules, their factory, and the filter that holds them.

An element without the parameter passes no rule. Whether it passes the inverse of one is not known
here, nor is what an empty text is to a rule that asks for one: then nothing is said.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.filters import ElementFilter
from revitron_grpc.simulation.revit.parameter import value_of
from revitron_grpc.simulation.revit.parameters import facts_on
from revitron_grpc.simulation.revit.rule_evaluators import (
    FilterNumericEquals,
    FilterNumericGreater,
    FilterNumericGreaterOrEqual,
    FilterNumericLess,
    FilterNumericLessOrEqual,
    FilterStringBeginsWith,
    FilterStringContains,
    FilterStringEndsWith,
    FilterStringEquals,
    FilterStringRuleEvaluator,
)

# From Revit 2023 on rules for texts ignore case; the flag remained in some overloads until 2025
# (Revit 2023 API changes, "FilterStringRule").
_CASELESS_FROM = 2023


@behaves("Autodesk.Revit.DB.FilterableValueProvider")
class FilterableValueProvider:
    """Where a rule finds the value of an element."""

    def Dispose(self) -> None:
        pass

    @property
    def IsValidObject(self) -> bool:
        return True


@behaves("Autodesk.Revit.DB.ParameterValueProvider")
class ParameterValueProvider(FilterableValueProvider):
    """The value of a parameter."""

    def __init__(self, parameter: Any) -> None:
        self._parameter = parameter.number

    @property
    def Parameter(self) -> int:
        return self._parameter

    def holds(self, record: ElementRecord) -> str:
        """Return the storage type of the element's parameter; empty where it has none."""
        facts = facts_on(self._carrier(record), self._parameter)
        return "" if facts is None else facts.holds

    def value(self, record: ElementRecord) -> Any:
        """Return what the parameter holds; None without a value."""
        return value_of(self._carrier(record), self._parameter)

    def _carrier(self, record: ElementRecord) -> ElementRecord:
        """Return the element, or its type where that has the parameter.

        View filters ask for fire rating or type mark, which types have, and colour the instances
        (field knowledge).
        """
        own = record.database.get(record.data.get("type", INVALID))
        if own is None or facts_on(record, self._parameter) is not None:
            return record
        return own

    def _value_in(self, element: Any, storage: str) -> Any:
        if self.holds(element._record) != storage:
            raise revit_error("ArgumentException", "The element does not support this value.")
        return self.value(element._record)

    def IsStringValueSupported(self, element: Any) -> bool:
        return self.holds(element._record) == "String"

    def IsIntegerValueSupported(self, element: Any) -> bool:
        return self.holds(element._record) == "Integer"

    def IsDoubleValueSupported(self, element: Any) -> bool:
        return self.holds(element._record) == "Double"

    def IsElementIdValueSupported(self, element: Any) -> bool:
        return self.holds(element._record) == "ElementId"

    def GetStringValue(self, element: Any) -> str:
        return self._value_in(element, "String") or ""

    def GetIntegerValue(self, element: Any) -> int:
        return self._value_in(element, "Integer") or 0

    def GetDoubleValue(self, element: Any) -> float:
        return self._value_in(element, "Double") or 0.0

    def GetElementIdValue(self, element: Any) -> int:
        found = self._value_in(element, "ElementId")
        return INVALID if found is None else found


@behaves("Autodesk.Revit.DB.FilterRule")
class FilterRule:
    """One condition."""

    def passes(self, record: ElementRecord) -> bool | None:
        """Tell whether an element passes; None where it has no such parameter."""
        raise NotSimulated(f"DB.{type(self).__name__}")

    def ElementPasses(self, element: Any) -> bool:
        return bool(self.passes(element._record))

    def GetRuleParameter(self) -> int:
        raise NotSimulated(f"DB.{type(self).__name__}.GetRuleParameter")

    def Dispose(self) -> None:
        pass

    @property
    def IsValidObject(self) -> bool:
        return True


@behaves("Autodesk.Revit.DB.FilterValueRule")
class FilterValueRule(FilterRule):
    """A condition on a value."""

    _provider: Any
    _evaluator: Any
    _value: Any
    _storage = ""

    def passes(self, record: ElementRecord) -> bool | None:
        if self._provider.holds(record) != self._storage:
            return None
        return self.compares(self._provider.value(record))

    def compares(self, own: Any) -> bool:
        """Tell whether a value, or None for none, is what the rule wants."""
        raise NotImplementedError

    def GetRuleParameter(self) -> int:
        return self._provider.Parameter


def _made(rule: Any, provider: Any, evaluator: Any, value: Any) -> None:
    if provider is None or evaluator is None:
        raise revit_error("ArgumentNullException", "The input argument is null.")
    rule._provider, rule._evaluator, rule._value = provider, evaluator, value


class _Evaluating:
    """What rules with an evaluator share; Revit declares it on each of them, not on their base."""

    _evaluator: Any

    def GetEvaluator(self) -> Any:
        return self._evaluator

    def SetEvaluator(self, evaluator: Any) -> None:
        self._evaluator = evaluator


class _Valued:
    """The value of a numeric rule, which Revit declares on each of them."""

    _value: Any

    @property
    def RuleValue(self) -> Any:
        return self._value


@behaves("Autodesk.Revit.DB.FilterStringRule")
class FilterStringRule(_Evaluating, FilterValueRule):
    _storage = "String"

    def __init__(
        self, valueProvider: Any, evaluator: Any, ruleString: str, caseSensitive: bool = False
    ) -> None:
        if ruleString is None:
            raise revit_error("ArgumentNullException", "The input argument 'ruleString' is null.")
        _made(self, valueProvider, evaluator, ruleString)
        self._case = bool(caseSensitive)

    @property
    def RuleString(self) -> str:
        return self._value

    def compares(self, own: Any) -> bool:
        if not own and not self._value:
            raise NotSimulated("a filter rule that asks for an empty text")
        return self._evaluator.Evaluate(own or "", self._value, self._case)


@behaves("Autodesk.Revit.DB.FilterNumericValueRule")
class FilterNumericValueRule(_Evaluating, FilterValueRule):
    """A condition on a number or an id."""


@behaves("Autodesk.Revit.DB.FilterDoubleRule")
class FilterDoubleRule(_Valued, FilterNumericValueRule):
    _storage = "Double"

    def __init__(
        self, valueProvider: Any, evaluator: Any, ruleValue: float, epsilon: float
    ) -> None:
        _made(self, valueProvider, evaluator, float(ruleValue))
        self._epsilon = float(epsilon)

    @property
    def Epsilon(self) -> float:
        return self._epsilon

    def compares(self, own: Any) -> bool:
        return self._evaluator.Evaluate(own or 0.0, self._value, self._epsilon)


@behaves("Autodesk.Revit.DB.FilterIntegerRule")
class FilterIntegerRule(_Valued, FilterNumericValueRule):
    _storage = "Integer"

    def __init__(self, valueProvider: Any, evaluator: Any, ruleValue: int) -> None:
        _made(self, valueProvider, evaluator, int(ruleValue))

    def compares(self, own: Any) -> bool:
        return self._evaluator.Evaluate(own or 0, self._value)


@behaves("Autodesk.Revit.DB.FilterElementIdRule")
class FilterElementIdRule(_Valued, FilterNumericValueRule):
    _storage = "ElementId"

    def __init__(self, valueProvider: Any, evaluator: Any, ruleValue: Any) -> None:
        _made(self, valueProvider, evaluator, ruleValue.number)

    def compares(self, own: Any) -> bool:
        if not isinstance(self._evaluator, FilterNumericEquals):
            # Levels are compared by their height, others by name.
            raise NotSimulated("a filter rule that orders element ids")
        return (INVALID if own is None else own) == self._value


@behaves("Autodesk.Revit.DB.FilterInverseRule")
class FilterInverseRule(FilterRule):
    """Passes what another rule does not."""

    def __init__(self, innerRule: Any) -> None:
        self._inner = innerRule

    def GetInnerRule(self) -> Any:
        return self._inner

    def GetRuleParameter(self) -> int:
        return self._inner.GetRuleParameter()

    def passes(self, record: ElementRecord) -> bool:
        return _inverse(self._inner.passes(record))


def _inverse(passed: bool | None) -> bool:
    if passed is None:
        raise NotSimulated("an inverted filter rule for an element without the parameter")
    return not passed


@behaves("Autodesk.Revit.DB.ParameterValuePresenceRule")
class ParameterValuePresenceRule(FilterRule):
    """A condition on whether there is a value."""

    _wanted = True

    def __init__(self, parameter: Any) -> None:
        self._provider = ParameterValueProvider(parameter)

    @property
    def Parameter(self) -> int:
        return self._provider.Parameter

    def GetRuleParameter(self) -> int:
        return self._provider.Parameter

    def passes(self, record: ElementRecord) -> bool | None:
        storage = self._provider.holds(record)
        if not storage:
            return None
        value = self._provider.value(record)
        # What is built in and no text always has a value.
        there = value is not None or (storage != "String" and self._provider.Parameter < 0)
        return there is self._wanted


@behaves("Autodesk.Revit.DB.HasValueFilterRule")
class HasValueFilterRule(ParameterValuePresenceRule):
    pass


@behaves("Autodesk.Revit.DB.HasNoValueFilterRule")
class HasNoValueFilterRule(ParameterValuePresenceRule):
    _wanted = False


@behaves("Autodesk.Revit.DB.ElementParameterFilter")
class ElementParameterFilter(ElementFilter):
    """Passes elements that pass all rules."""

    def __init__(self, filterRules: Any, inverted: bool = False) -> None:
        several = not isinstance(filterRules, FilterRule)
        self._rules = list(filterRules) if several else [filterRules]
        if not self._rules:
            raise revit_error("ArgumentException", "The collection of rules is empty.")
        self._inverted = inverted

    def GetRules(self) -> list[Any]:
        return list(self._rules)

    def shown_parts(self) -> list[str]:
        """Return what a scenario says of it: how each rule compares, and with what."""
        return [
            f"{type(rule._evaluator).__name__} {rule._value}"
            if isinstance(rule, FilterValueRule)
            else type(rule).__name__
            for rule in self._rules
        ]

    def passes(self, record: ElementRecord) -> bool:
        found: bool | None = True
        for rule in self._rules:
            found = rule.passes(record)
            if not found:
                break
        return _inverse(found) if self._inverted else bool(found)


# The factory


def _rule(factory: Any, evaluator: Any, parameter: Any, value: Any, more: tuple[Any, ...]) -> Any:
    """Make the rule for a value: text and perhaps a case flag, or a number and its tolerance."""
    provider = ParameterValueProvider(parameter)
    if isinstance(value, str):
        case = bool(more and more[0]) and factory._api.version < _CASELESS_FROM
        text: Any = FilterStringEquals if evaluator is FilterNumericEquals else evaluator
        if not issubclass(text, FilterStringRuleEvaluator):
            raise NotSimulated("a filter rule that orders texts")
        return FilterStringRule(provider, text(), value, case)
    if hasattr(value, "number"):
        return FilterElementIdRule(provider, evaluator(), value)
    if more:
        return FilterDoubleRule(provider, evaluator(), value, more[0])
    return FilterIntegerRule(provider, evaluator(), value)


@behaves("Autodesk.Revit.DB.ParameterFilterRuleFactory")
class ParameterFilterRuleFactory:
    """Makes rules."""

    _api: Any

    @classmethod
    def CreateEqualsRule(cls, parameter: Any, value: Any, *more: Any) -> Any:
        return _rule(cls, FilterNumericEquals, parameter, value, more)

    @classmethod
    def CreateNotEqualsRule(cls, parameter: Any, value: Any, *more: Any) -> Any:
        return FilterInverseRule(_rule(cls, FilterNumericEquals, parameter, value, more))

    @classmethod
    def CreateGreaterRule(cls, parameter: Any, value: Any, *more: Any) -> Any:
        return _rule(cls, FilterNumericGreater, parameter, value, more)

    @classmethod
    def CreateGreaterOrEqualRule(cls, parameter: Any, value: Any, *more: Any) -> Any:
        return _rule(cls, FilterNumericGreaterOrEqual, parameter, value, more)

    @classmethod
    def CreateLessRule(cls, parameter: Any, value: Any, *more: Any) -> Any:
        return _rule(cls, FilterNumericLess, parameter, value, more)

    @classmethod
    def CreateLessOrEqualRule(cls, parameter: Any, value: Any, *more: Any) -> Any:
        return _rule(cls, FilterNumericLessOrEqual, parameter, value, more)

    @classmethod
    def CreateContainsRule(cls, parameter: Any, value: str, *more: Any) -> Any:
        return _rule(cls, FilterStringContains, parameter, value, more)

    @classmethod
    def CreateNotContainsRule(cls, parameter: Any, value: str, *more: Any) -> Any:
        return FilterInverseRule(_rule(cls, FilterStringContains, parameter, value, more))

    @classmethod
    def CreateBeginsWithRule(cls, parameter: Any, value: str, *more: Any) -> Any:
        return _rule(cls, FilterStringBeginsWith, parameter, value, more)

    @classmethod
    def CreateNotBeginsWithRule(cls, parameter: Any, value: str, *more: Any) -> Any:
        return FilterInverseRule(_rule(cls, FilterStringBeginsWith, parameter, value, more))

    @classmethod
    def CreateEndsWithRule(cls, parameter: Any, value: str, *more: Any) -> Any:
        return _rule(cls, FilterStringEndsWith, parameter, value, more)

    @classmethod
    def CreateNotEndsWithRule(cls, parameter: Any, value: str, *more: Any) -> Any:
        return FilterInverseRule(_rule(cls, FilterStringEndsWith, parameter, value, more))

    @classmethod
    def CreateHasValueParameterRule(cls, parameter: Any) -> Any:
        return HasValueFilterRule(parameter)

    @classmethod
    def CreateHasNoValueParameterRule(cls, parameter: Any) -> Any:
        return HasNoValueFilterRule(parameter)
