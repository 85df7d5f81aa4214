"""How much a script asks of Revit in a large model, predicted from what it does."""

from enum import StrEnum

from revitron_grpc.analysis.cost import CostFacts


class CostClass(StrEnum):
    """The predicted cost in a large model."""

    LIGHT = "light"
    MODERATE = "moderate"
    HEAVY = "heavy"


# What each place costs, and the most that one kind can cost in all. The order follows what
# users feel: a transaction per turn regenerates the model, geometry is slow but often needed.
_WEIGHTS = (
    ("unfiltered_collectors", 0.35, 1.0, "collector without a filter"),
    ("transactions_in_loops", 0.25, 1.0, "transaction in a loop"),
    ("nested_element_loops", 0.15, 0.45, "loop over elements inside another"),
    ("collectors_in_loops", 0.1, 0.4, "collector in a loop"),
    ("geometry_calls", 0.05, 0.15, "geometry call"),
)
_LIGHT, _MODERATE = 0.1, 0.3


def cost_points(cost: CostFacts) -> float:
    """Return the cost from 0 (nothing slow seen) upwards, rounded to four decimals."""
    return round(
        sum(min(most, each * len(getattr(cost, kind))) for kind, each, most, _ in _WEIGHTS), 4
    )


def cost_class(cost: CostFacts) -> CostClass:
    """Return the class: light up to 0.1 points, moderate up to 0.3, heavy above."""
    points = cost_points(cost)
    if points <= _LIGHT:
        return CostClass.LIGHT
    return CostClass.MODERATE if points <= _MODERATE else CostClass.HEAVY


def cost_facts(cost: CostFacts) -> tuple[str, ...]:
    """Say what was counted, with lines, the costliest kind first."""
    facts: list[str] = []
    for kind, _, _, name in _WEIGHTS:
        lines: tuple[int, ...] = getattr(cost, kind)
        if lines:
            listed = ", ".join(map(str, lines))
            facts.append(f"{name}: {len(lines)} (line {listed})")
    return tuple(facts) or ("nothing slow was seen",)
