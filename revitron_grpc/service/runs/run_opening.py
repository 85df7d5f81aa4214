"""With which rejected ideas a run is planned: today's, or those of its start where it goes on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.generation.plan import Plan
from revitron_grpc.generation.request import GenerationRequest
from revitron_grpc.service.runs.rejected_ideas import UNKNOWN_RUN, RejectedIdeas, RememberedRun
from revitron_grpc.service.runs.resume import OwnerTokens
from revitron_grpc.storage.runs import BegunRun


@dataclass(frozen=True, slots=True)
class RunOpening:
    """What is known of a run before it is planned; `choose` says what to plan.

    `created` is when it was accepted, `resumed` when it goes on, None for a new one. `notices` are
    for the caller.
    """

    created: datetime
    resumed: datetime | None
    notices: tuple[str, ...]
    _wanted: GenerationRequest
    _digest: str = ""
    _remembered: RememberedRun = UNKNOWN_RUN

    def choose(self, digest_of: Callable[[GenerationRequest], str]) -> GenerationRequest:
        """Return the request with the rejected ideas of the run's start.

        `digest_of` gives the plan digest of a request, which takes some milliseconds. Raises
        `StoreUnavailableError` where only the store can say what they were; a plan that changed
        for another reason is told by whoever reads the token.
        """
        if not self._digest:
            return self._wanted
        possible = [
            replace(self._wanted, rejected_ideas=ideas) for ideas in self._remembered.possible
        ]
        for wanted in possible:
            if digest_of(wanted) == self._digest:
                return wanted
        if self._remembered.away:
            raise StoreUnavailableError(
                "the run cannot be continued just now: what its owner had rejected when it began "
                f"is in the database, and {self._remembered.away}"
            )
        return possible[0]

    def begun(self, run_id: str, owner: str, plan: Plan, request: bytes) -> BegunRun:
        """Return the record of the run, once it is planned; `request` is what is stored of it."""
        return BegunRun(
            run_id=run_id,
            owner=owner,
            plan_digest=plan.digest,
            created=self.created,
            resumed=self.resumed,
            request=request,
            rejected_ideas=plan.request.rejected_ideas,
        )


async def open_run(
    rejected: RejectedIdeas | None,
    owner: str,
    tokens: OwnerTokens,
    token: str,
    wanted: GenerationRequest,
) -> RunOpening:
    """Ask what is to be known before a run is planned; `token` is "" for a new one.

    Raises `RevitronGrpcError` (RESUME_TOKEN_INVALID) for a token that is not this owner's.
    """
    now = datetime.now(UTC)
    if not token:
        if rejected is None:
            return RunOpening(now, None, (), wanted)
        found = await rejected.now(owner)
        return RunOpening(now, None, found.notices, replace(wanted, rejected_ideas=found.ideas))
    digest, position = tokens.contents(token)
    if rejected is None:
        return RunOpening(now, now, (), wanted, digest)
    remembered = await rejected.of_run(position.run_id, owner)
    return RunOpening(remembered.created or now, now, (), wanted, digest, remembered)
