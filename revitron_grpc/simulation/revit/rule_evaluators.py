"""What the values of filter rules are compared by."""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import NotSimulated


@behaves("Autodesk.Revit.DB.FilterStringRuleEvaluator")
class FilterStringRuleEvaluator:
    """Compares texts."""

    def compares(self, own: str, wanted: str) -> bool:
        """Tell whether a text is what a rule wants; case was seen to before."""
        raise NotSimulated(f"DB.{type(self).__name__}.Evaluate")

    def Evaluate(self, lhs: str, rhs: str, caseSensitive: bool) -> bool:
        return self.compares(*((lhs, rhs) if caseSensitive else (lhs.lower(), rhs.lower())))

    def Dispose(self) -> None:
        pass


@behaves("Autodesk.Revit.DB.FilterStringEquals")
class FilterStringEquals(FilterStringRuleEvaluator):
    def __init__(self) -> None: ...

    def compares(self, own: str, wanted: str) -> bool:
        return own == wanted


@behaves("Autodesk.Revit.DB.FilterStringContains")
class FilterStringContains(FilterStringRuleEvaluator):
    def __init__(self) -> None: ...

    def compares(self, own: str, wanted: str) -> bool:
        return wanted in own


@behaves("Autodesk.Revit.DB.FilterStringBeginsWith")
class FilterStringBeginsWith(FilterStringRuleEvaluator):
    def __init__(self) -> None: ...

    def compares(self, own: str, wanted: str) -> bool:
        return own.startswith(wanted)


@behaves("Autodesk.Revit.DB.FilterStringEndsWith")
class FilterStringEndsWith(FilterStringRuleEvaluator):
    def __init__(self) -> None: ...

    def compares(self, own: str, wanted: str) -> bool:
        return own.endswith(wanted)


@behaves("Autodesk.Revit.DB.FilterNumericRuleEvaluator")
class FilterNumericRuleEvaluator:
    """Compares numbers; doubles within `epsilon` are equal."""

    def Evaluate(self, lhs: float, rhs: float, epsilon: float = 0.0) -> bool:
        raise NotSimulated(f"DB.{type(self).__name__}.Evaluate")

    def Dispose(self) -> None:
        pass


@behaves("Autodesk.Revit.DB.FilterNumericEquals")
class FilterNumericEquals(FilterNumericRuleEvaluator):
    def __init__(self) -> None: ...

    def Evaluate(self, lhs: float, rhs: float, epsilon: float = 0.0) -> bool:
        return abs(lhs - rhs) <= epsilon


@behaves("Autodesk.Revit.DB.FilterNumericGreater")
class FilterNumericGreater(FilterNumericRuleEvaluator):
    def __init__(self) -> None: ...

    def Evaluate(self, lhs: float, rhs: float, epsilon: float = 0.0) -> bool:
        return lhs - rhs > epsilon


@behaves("Autodesk.Revit.DB.FilterNumericGreaterOrEqual")
class FilterNumericGreaterOrEqual(FilterNumericRuleEvaluator):
    def __init__(self) -> None: ...

    def Evaluate(self, lhs: float, rhs: float, epsilon: float = 0.0) -> bool:
        return lhs - rhs >= -epsilon


@behaves("Autodesk.Revit.DB.FilterNumericLess")
class FilterNumericLess(FilterNumericRuleEvaluator):
    def __init__(self) -> None: ...

    def Evaluate(self, lhs: float, rhs: float, epsilon: float = 0.0) -> bool:
        return rhs - lhs > epsilon


@behaves("Autodesk.Revit.DB.FilterNumericLessOrEqual")
class FilterNumericLessOrEqual(FilterNumericRuleEvaluator):
    def __init__(self) -> None: ...

    def Evaluate(self, lhs: float, rhs: float, epsilon: float = 0.0) -> bool:
        return rhs - lhs >= -epsilon
