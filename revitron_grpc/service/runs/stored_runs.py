"""`GetRun`, `ListRuns` and `RateButton`: what was generated, and what people thought of it."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from google.protobuf.timestamp_pb2 import Timestamp
from itsdangerous import BadData, URLSafeSerializer

from revitron_grpc.access.caller import Caller, Permission, current_caller
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.runs.rejected_ideas import RejectedIdeas
from revitron_grpc.service.stores.store_calls import StoreCalls
from revitron_grpc.service.telemetry.call_record import concerns_run
from revitron_grpc.service.wire.requests import MAX_TOKEN, Check
from revitron_grpc.service.wire.run_messages import (
    STATE_OF,
    VERDICT_OF,
    rating_message,
    run_message,
)
from revitron_grpc.storage.runs import (
    Rating,
    RunFilter,
    RunPlace,
    RunStore,
    StoredRun,
    Verdict,
    place_of,
)
from revitron_grpc.v1 import button_service_pb2 as pb

MAX_PAGE = 200
DEFAULT_PAGE = 50
MAX_COMMENT = 2000
MAX_ID = 64
_Found = TypeVar("_Found")


class StoredRuns:
    """Answers the calls for the current caller."""

    def __init__(
        self, store: RunStore, calls: StoreCalls, rejected: RejectedIdeas, secret: str
    ) -> None:
        """`secret` signs page tokens, the same on all replicas."""
        self._store = store
        self._calls = calls
        self._rejected = rejected
        self._key = hashlib.sha256(f"revitron-grpc pages\0{secret}".encode()).hexdigest()

    async def get(self, request: pb.GetRunRequest) -> pb.GetRunResponse:
        """Return a run.

        Raises `RevitronGrpcError`: RUN_NOT_FOUND for none that the caller may see,
        STORE_UNAVAILABLE where the store does not answer.
        """
        check = Check()
        check.length("run_id", request.run_id, MAX_ID, least=1)
        check.done()
        caller = current_caller()
        run = await self._ask(lambda: self._store.get(request.run_id))
        if run is None or not _sees(caller, run):
            raise _no_run(request.run_id)
        concerns_run(request.run_id)
        return pb.GetRunResponse(run=run_message(run))

    async def list(self, request: pb.ListRunsRequest) -> pb.ListRunsResponse:
        """Return a page of runs.

        Raises `RevitronGrpcError`: INVALID_REQUEST for wrong fields and a token of another list,
        STORE_UNAVAILABLE where the store does not answer.
        """
        check = Check()
        check.within("page_size", request.page_size, 0, MAX_PAGE)
        check.length("page_token", request.page_token, MAX_TOKEN)
        caller = current_caller()
        wanted = RunFilter(
            owner=None if caller.may(Permission.ADMIN) else caller.owner,
            states=tuple(sorted(set(check.known("states", request.states, STATE_OF)))),
            created_after=_moment(check, request, "created_after"),
            created_before=_moment(check, request, "created_before"),
        )
        tokens = self._tokens(caller, wanted)
        after = _place(check, tokens, request.page_token) if request.page_token else None
        check.done()
        size = request.page_size or DEFAULT_PAGE
        # One more, to know whether there is a next page.
        found = await self._ask(lambda: self._store.list(wanted, size + 1, after))
        page, token = found[:size], ""
        if len(found) > size:
            place = place_of(page[-1])
            dumped = tokens.dumps([place.created.isoformat(), place.run_id])
            token = dumped if isinstance(dumped, str) else dumped.decode()
        return pb.ListRunsResponse(runs=[run_message(run) for run in page], next_page_token=token)

    async def rate(self, request: pb.RateButtonRequest) -> pb.RateButtonResponse:
        """Store what the caller thinks of a button of his.

        Raises `RevitronGrpcError`: INVALID_REQUEST, RUN_NOT_FOUND for a run or a button that is
        not his, STORE_UNAVAILABLE where the store does not answer.
        """
        rating = _rating(request)
        caller = current_caller()

        def rate() -> Rating:
            run = self._store.get(request.run_id)
            if run is None or run.begun.owner != caller.owner:
                raise _no_run(request.run_id)
            if not any(button.idea_id == request.button_id for button in run.buttons):
                raise RevitronGrpcError(
                    Reason.RUN_NOT_FOUND,
                    f"run {request.run_id} has no button {request.button_id!r} (yet: buttons are "
                    "there when its stream has ended)",
                )
            stored = self._store.rate(caller.owner, request.button_id, rating)
            # Known from now on, also if the store goes away before the next run.
            self._rejected.read(caller.owner)
            return stored

        stored = await self._ask(rate)
        concerns_run(request.run_id)
        return pb.RateButtonResponse(rating=rating_message(stored))

    async def _ask(self, ask: Callable[[], _Found]) -> _Found:
        return await self._calls.call(ask, also_if_away=True)

    def _tokens(self, caller: Caller, wanted: RunFilter) -> URLSafeSerializer:
        """Page tokens that are good for this caller and this filter only."""
        salt = repr((caller.owner, wanted))
        return URLSafeSerializer(
            self._key, salt=salt, signer_kwargs={"digest_method": hashlib.sha256}
        )


def _sees(caller: Caller, run: StoredRun) -> bool:
    return caller.may(Permission.ADMIN) or run.begun.owner == caller.owner


def _no_run(run_id: str) -> RevitronGrpcError:
    return RevitronGrpcError(
        Reason.RUN_NOT_FOUND, f"there is no run {run_id!r}, or it belongs to somebody else"
    )


def _rating(request: pb.RateButtonRequest) -> Rating:
    """Check a rating.

    Raises `InvalidInputError` (INVALID_REQUEST).
    """
    check = Check()
    check.length("run_id", request.run_id, MAX_ID, least=1)
    check.length("button_id", request.button_id, MAX_ID, least=1)
    given = request.rating
    if not request.HasField("rating"):
        check.wrong("rating", "is missing; an empty one takes an earlier one back")
    verdicts = check.known("rating.verdict", [given.verdict], VERDICT_OF)
    if given.HasField("stars"):
        check.within("rating.stars", given.stars, 1, 5)
    check.length("rating.comment", given.comment, MAX_COMMENT)
    if "\0" in given.comment:
        check.wrong("rating.comment", "has a NUL character")
    check.done()
    return Rating(
        verdict=next(iter(verdicts), Verdict.NONE),
        stars=given.stars if given.HasField("stars") else None,
        comment=given.comment,
        changed=datetime.now(UTC),
    )


def _moment(check: Check, request: pb.ListRunsRequest, field: str) -> datetime | None:
    if not request.HasField(field):  # pyright: ignore[reportArgumentType] - one of two
        return None
    given: Timestamp = getattr(request, field)
    try:
        return given.ToDatetime(UTC)
    except (ValueError, OverflowError):
        check.wrong(field, "must be a time of the years 1 to 9999")
        return None


def _place(check: Check, tokens: URLSafeSerializer, token: str) -> RunPlace | None:
    try:
        match tokens.loads(token):
            case [str(created), str(run_id)]:
                return RunPlace(datetime.fromisoformat(created), run_id)
            case _:
                pass
    except (BadData, ValueError):
        pass
    check.wrong(
        "page_token", "was not given to this caller for this filter; begin with the first page"
    )
    return None
