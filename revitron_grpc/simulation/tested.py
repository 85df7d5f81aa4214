"""What simulated runs say of a candidate: the run of this request, and the packaged ones."""

from dataclasses import dataclass

from revitron_grpc.simulation.proof import Proof
from revitron_grpc.vocabulary import Engine, RevitVersion


@dataclass(frozen=True, slots=True)
class LiveRun:
    """The effect scenario of a candidate as it was run for a request."""

    version: RevitVersion
    engine: Engine
    model: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class TestedScenario:
    """One scenario in the table: in how many runs it was proven, of how many."""

    id: str
    proven: int
    runs: int

    # The name is the domain's; this tells pytest that it is no test.
    __test__ = False


@dataclass(frozen=True, slots=True)
class TestedCandidate:
    """All packaged runs of one candidate in one flavour.

    `versions` and `engines` are those in which its scenarios ran.
    """

    scenarios: tuple[TestedScenario, ...]
    versions: tuple[int, ...]
    engines: tuple[str, ...]

    __test__ = False

    @property
    def runs(self) -> int:
        """The number of runs."""
        return sum(scenario.runs for scenario in self.scenarios)

    @property
    def proven(self) -> int:
        """The number of runs that proved what they promise."""
        return sum(scenario.proven for scenario in self.scenarios)
