"""The place where the stages and the pool meet: each request becomes a run.

A `Pipeline` is made once a process. It plans the candidates of a request, by the rules that are in
force, and hands them to a `Run`, which has them judged and says what passed.
"""

from contextlib import nullcontext
from dataclasses import replace

from PIL import __version__ as pillow_version

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.generation.plan import Planner
from revitron_grpc.generation.profile import Profiles
from revitron_grpc.generation.request import GenerationRequest
from revitron_grpc.pool import JudgePool
from revitron_grpc.run import Run
from revitron_grpc.settings import DEFAULT_THRESHOLDS, FrameworkSettings, ValidationSettings
from revitron_grpc.simulation.digest import simulation_digest
from revitron_grpc.stage_times import Stage, StageTimes
from revitron_grpc.validation.judge import RESEARCHED, Thresholds
from revitron_grpc.vocabulary import Category, Criterion
from revitron_grpc.workshop import Workshop

# Candidates that are judged before a service is ready.
_WARM_UP = 10


class Pipeline:
    """Makes runs: one workshop, one planner, one pool, shared by all of them."""

    def __init__(
        self,
        workshop: Workshop,
        pool: JudgePool,
        settings: ValidationSettings,
        *,
        window: int,
        release: str,
        framework: FrameworkSettings | None = None,
        times: StageTimes | None = None,
    ) -> None:
        """With `times` every run is measured, and its times are added there."""
        self.times = times
        self.runs_opened = 0
        self.workshop = workshop
        self.pool = pool
        self._window = window
        self._settings = settings
        self._framework = framework or FrameworkSettings()
        self.switched_off = _switched_off(settings, self._framework)
        self._planner = Planner(
            Profiles(workshop.library, self._novelty),
            (
                release,
                # Another release of Pillow may write the same icon in other bytes.
                f"pillow {pillow_version}",
                workshop.catalog.digest,
                workshop.library.digest,
                f"simulation {simulation_digest(workshop.simulated)}",
                settings.model_dump_json(),
                f"switched off: {', '.join(self.switched_off)}",
                f"research: {workshop.research}",
            ),
        )

    def open(self, request: GenerationRequest) -> Run:
        """Plan a run; nothing is judged until its first future is asked for.

        A few milliseconds of work, up to half a second with 5,000 tools of the caller's own.
        Raises `RevitronGrpcError` where strict mode forbids the run.
        """
        if self._framework.strict_mode:
            self._check_strictly(request)
        self.runs_opened += 1
        times = StageTimes(self.times) if self.times is not None else None
        with times.measured(Stage.PLAN) if times is not None else nullcontext():
            plan = self._planner.plan(request)
        return Run(
            plan,
            self.pool,
            self._thresholds(request),
            self._window,
            research=self.workshop.research,
            times=times,
        )

    def plan_digest(self, request: GenerationRequest) -> str:
        """Return the digest that the plan of a request has, without planning it."""
        return self._planner.digest(request)

    def warm_up(self) -> None:
        """Do what a first run would otherwise wait for; about a second of work."""
        covered = self.workshop.catalog.versions
        run = self.open(GenerationRequest(_WARM_UP, tuple(Category), covered))
        self.pool.warm_up(tuple(run.sample(_WARM_UP)))

    @property
    def incompleteness(self) -> str:
        """Why strict mode serves nothing with this catalog; empty if it does, or is off."""
        least, share = self._framework.min_completeness, self.workshop.catalog.completeness
        if not self._framework.strict_mode or share >= least:
            return ""
        return (
            f"strict mode: completeness of the catalog is {share}, "
            f"framework.min_completeness asks for {least}"
        )

    def _check_strictly(self, request: GenerationRequest) -> None:
        if self.incompleteness:
            raise RevitronGrpcError(
                Reason.CATALOG_INCOMPLETE,
                f"{self.incompleteness}; give the service a more complete catalog "
                "(catalog.path), lower that setting, or switch framework.strict_mode off",
            )
        bars = self._thresholds(replace(request, thresholds=())).defaults
        lowered = [
            FieldViolation(
                "thresholds",
                f"{criterion} is {asked}, below {bars[criterion]}; this service runs in strict "
                "mode, which lowers no threshold",
            )
            for criterion, asked in request.thresholds
            if asked < bars[criterion]
        ]
        if lowered:
            raise InvalidInputError(Reason.INVALID_REQUEST, tuple(lowered))

    def _thresholds(self, request: GenerationRequest) -> Thresholds:
        asked = dict(request.thresholds)
        return Thresholds(
            # A mark is due below what the docs promise, and below what this service asks for.
            defaults={
                criterion: max(DEFAULT_THRESHOLDS[criterion], self._settings.threshold(criterion))
                for criterion in Criterion
            },
            applied={
                criterion: None
                if criterion in self.switched_off
                else asked.get(criterion, self._settings.threshold(criterion))
                for criterion in Criterion
            },
        )

    def _novelty(self, candidate: Candidate) -> float:
        if not self.workshop.research:
            return 0.0
        nearest = self.workshop.nearest_known(candidate)
        return 1.0 - (nearest[0].similarity if nearest else 0.0)


def _switched_off(
    settings: ValidationSettings, framework: FrameworkSettings
) -> tuple[Criterion, ...]:
    """All checks that decide nothing, whichever switch turned them off."""
    off = set(settings.disabled)
    if framework.disable_research:
        off |= RESEARCHED
    if framework.disable_validation:
        off |= set(Criterion)
    return tuple(criterion for criterion in Criterion if criterion in off)
