"""What the seven criteria say about a candidate."""

from dataclasses import dataclass

from revitron_grpc.vocabulary import Criterion


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measured fact behind a score, with where it was read and its number if it has one."""

    statement: str
    source: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """The answer to one question before a threshold is applied.

    `score` is 0 to 1, rounded to four decimals. `rejection` says why the candidate is rejected
    whatever the threshold; it is empty for all that the score alone decides.
    """

    criterion: Criterion
    score: float
    evidence: tuple[Evidence, ...]
    rejection: str = ""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A score against its threshold. A threshold of None means that the check is off."""

    score: CriterionScore
    threshold: float | None
    default_threshold: float

    @property
    def passed(self) -> bool:
        """Whether the candidate passes this criterion."""
        if self.threshold is None:
            return True
        return not self.score.rejection and self.score.score >= self.threshold

    @property
    def relaxed(self) -> bool:
        """Whether less was asked than the configuration's default."""
        return self.threshold is None or self.threshold < self.default_threshold


@dataclass(frozen=True, slots=True)
class Verdict:
    """All seven results, in order of `Criterion`."""

    results: tuple[CriterionResult, ...]

    @property
    def passed(self) -> bool:
        """Whether the candidate passes all criteria."""
        return all(result.passed for result in self.results)

    @property
    def failed(self) -> tuple[CriterionResult, ...]:
        """The criteria that the candidate fails."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def switched_off(self) -> tuple[Criterion, ...]:
        """The criteria that decided nothing, in order of `Criterion`."""
        return tuple(r.score.criterion for r in self.results if r.threshold is None)

    @property
    def overall_score(self) -> float:
        """Mean of the seven scores, rounded to four decimals."""
        return round(sum(r.score.score for r in self.results) / len(self.results), 4)
