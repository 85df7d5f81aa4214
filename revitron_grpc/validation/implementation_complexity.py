"""The criterion implementation_complexity: a script that an office can understand and keep."""

from revitron_grpc.analysis.metrics import Metrics
from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.verdict import CriterionScore, Evidence
from revitron_grpc.vocabulary import Criterion

# A branch is read twice, once for each way it can go; an API symbol has to be looked up once.
_BRANCH, _SYMBOL = 2, 1
# At this size the score reaches 0: about 1,000 lines, more than anybody keeps in one button.
_TOO_BIG = 1_250


def size_of(metrics: Metrics) -> int:
    """Return statements + 2 x branches + distinct API symbols."""
    return metrics.statements + _BRANCH * metrics.branches + _SYMBOL * metrics.api_symbols


def judge_implementation_complexity(dossier: Dossier) -> CriterionScore:
    """1 - size / 1250, at least 0, where size = statements + 2 x branches + API symbols.

    The default threshold of 0.6 is met up to a size of 500.
    """
    metrics = dossier.analysis.metrics
    source = "counted in the syntax tree of the script"
    return CriterionScore(
        Criterion.IMPLEMENTATION_COMPLEXITY,
        round(max(0.0, 1.0 - size_of(metrics) / _TOO_BIG), 4),
        (
            Evidence("statements", source, metrics.statements),
            Evidence("branches", source, metrics.branches),
            Evidence("distinct API symbols", source, metrics.api_symbols),
            Evidence("size: statements + 2 x branches + API symbols", source, size_of(metrics)),
            Evidence("estimated hours by hand", "docs/criteria.md", estimated_hours(metrics)),
        ),
    )


def estimated_hours(metrics: Metrics) -> float:
    """Return the hours to write and try such a script by hand, rounded to half an hour.

    1 h for the button's folder and icon, 2 minutes a statement, 3 minutes more a branch, 6
    minutes to look up each API symbol. A rule of thumb for orders of magnitude: no measurement
    stands behind it.
    """
    minutes = 60 + 2 * metrics.statements + 3 * metrics.branches + 6 * metrics.api_symbols
    return round(minutes / 30) / 2
