"""What every run store promises, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from revitron_grpc.storage.runs import (
    BegunRun,
    Deleted,
    EndedRun,
    Rating,
    RunButton,
    RunFilter,
    RunPlace,
    RunState,
    RunStore,
    StoredRun,
    Verdict,
    encoded,
    place_of,
    save,
)
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import upgrade
from tests.storage.conftest import engine_of

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
BUTTONS = tuple(RunButton(n, f"{n:016x}", f"Tür {n}", "automation") for n in (1, 2, 3))
owners = (f"owner-{number}" for number in count())


def moment(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def run_id(number: int) -> str:
    return str(UUID(int=number))


def begun(number: int = 1, owner: str = "anna", minutes: float = 0, **more: object) -> BegunRun:
    values: dict[str, object] = {
        "run_id": run_id(number),
        "owner": owner,
        "plan_digest": "a" * 64,
        "created": moment(minutes),
        "request": b"\x08\x05\x00\xff",
        "rejected_ideas": ("0" * 16, "f" * 16),
    }
    return BegunRun(**(values | more))  # type: ignore[arg-type]


def ended(
    run: BegunRun,
    state: RunState = RunState.FINISHED,
    minutes: float = 1,
    buttons: tuple[RunButton, ...] = BUTTONS,
) -> EndedRun:
    summary = b"summary" if state is RunState.FINISHED else None
    return EndedRun(run=run, state=state, ended=moment(minutes), summary=summary, buttons=buttons)


def found(store: RunStore, number: int = 1) -> StoredRun:
    run = store.get(run_id(number))
    assert run is not None
    return run


@pytest.fixture
def store(empty_engine: Engine) -> SqlRuns:
    upgrade(empty_engine)
    return SqlRuns(empty_engine)


@pytest.fixture(scope="module")
def filled() -> Iterator[SqlRuns]:
    """A store in memory that many examples share."""
    engine = engine_of("sqlite://")
    upgrade(engine)
    yield SqlRuns(engine)
    engine.dispose()


class TestOneRun:
    def test_it_begins_and_ends(self, store: SqlRuns) -> None:
        assert store.get(run_id(1)) is None
        store.begin(begun())
        assert found(store) == StoredRun(begun=begun(), state=RunState.RUNNING)
        store.finish(ended(begun()))
        assert found(store) == StoredRun(
            begun=begun(),
            state=RunState.FINISHED,
            ended=moment(1),
            summary=b"summary",
            buttons=BUTTONS,
        )

    def test_writes_may_be_repeated(self, store: SqlRuns) -> None:
        for _ in range(2):
            store.begin(begun())
            store.finish(ended(begun()))
        assert found(store).state is RunState.FINISHED
        assert found(store).buttons == BUTTONS

    def test_an_end_brings_its_beginning(self, store: SqlRuns) -> None:
        store.finish(ended(begun(), RunState.FAILED))
        assert found(store).begun == begun()
        assert found(store).state is RunState.FAILED

    def test_a_resumed_run_runs_again_and_keeps_when_it_began(self, store: SqlRuns) -> None:
        store.begin(begun())
        store.finish(ended(begun(), RunState.CANCELLED, 1, BUTTONS[:1]))
        # This replica could not ask when the run began.
        again = begun(minutes=2, resumed=moment(2))
        store.begin(again)
        assert found(store) == StoredRun(begun=begun(), state=RunState.RUNNING, buttons=BUTTONS[:1])
        store.finish(ended(again, minutes=3))
        assert found(store).buttons == BUTTONS
        assert (found(store).begun.created, found(store).ended) == (moment(0), moment(3))

    def test_somebody_else_cannot_change_it(self, store: SqlRuns) -> None:
        store.begin(begun())
        forged = begun(owner="bert", minutes=-9, resumed=moment(5))
        store.begin(forged)
        store.finish(ended(forged, RunState.FAILED, 6))
        assert found(store) == StoredRun(begun=begun(), state=RunState.RUNNING)


EVENTS = [
    begun(),
    begun(minutes=2, resumed=moment(2)),
    begun(minutes=4, resumed=moment(4)),
    ended(begun(), RunState.CANCELLED, 1, BUTTONS[:1]),
    ended(begun(minutes=2, resumed=moment(2)), RunState.RUNNING, 3, BUTTONS[:2]),
    ended(begun(minutes=4, resumed=moment(4)), RunState.FINISHED, 5),
    # Its caller missed the summary and asked again.
    begun(minutes=6, resumed=moment(6)),
    ended(begun(minutes=6, resumed=moment(6)), RunState.CANCELLED, 7, BUTTONS[:2]),
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(EVENTS), st.data())
def test_in_whatever_order_records_come_the_same_is_known(
    filled: SqlRuns, events: list[BegunRun | EndedRun], data: st.DataObject
) -> None:
    filled.delete_owner("anna")
    known = events[: data.draw(st.integers(1, len(events)))]
    for event in known:
        save(filled, encoded(event))
    run = found(filled)
    if EVENTS[5] in known:
        assert (run.state, run.ended, run.summary) == (RunState.FINISHED, moment(5), b"summary")
    else:
        latest = max(
            known, key=lambda e: e.ended if isinstance(e, EndedRun) else e.resumed or e.created
        )
        assert run.state is (latest.state if isinstance(latest, EndedRun) else RunState.RUNNING)
    assert len(run.buttons) == max(len(e.buttons) if isinstance(e, EndedRun) else 0 for e in known)
    assert run.begun.created == min(
        (e.run if isinstance(e, EndedRun) else e).created for e in known
    )


class TestList:
    def test_newest_first_and_only_what_is_asked_for(self, store: SqlRuns) -> None:
        for number in range(1, 7):
            store.begin(begun(number, "anna" if number % 2 else "bert", number))
        store.finish(ended(begun(3, "anna", 3), RunState.FAILED, 9))

        def numbers(**wanted: object) -> list[int]:
            listed = store.list(RunFilter(**{"owner": None} | wanted), 100)  # type: ignore[arg-type]
            assert not any(run.buttons for run in listed)
            return [UUID(run.begun.run_id).int for run in listed]

        assert numbers() == [6, 5, 4, 3, 2, 1]
        assert numbers(owner="anna") == [5, 3, 1]
        assert numbers(owner="nobody") == []
        assert numbers(states=(RunState.FAILED, RunState.FINISHED)) == [3]
        assert numbers(created_after=moment(2), created_before=moment(5)) == [4, 3, 2]

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.integers(0, 4), max_size=12), st.integers(1, 5), st.booleans())
    def test_pages_together_are_the_list(
        self, filled: SqlRuns, minutes: list[int], size: int, mine: bool
    ) -> None:
        owner = next(owners)
        filled.delete_before(moment(1_000_000), 1_000_000)
        for number, minute in enumerate(minutes):  # many at the same moment
            filled.begin(begun(number, owner if number % 3 else "other", minute))
        wanted = RunFilter(owner=owner if mine else None)
        paged: list[StoredRun] = []
        after: RunPlace | None = None
        while page := filled.list(wanted, size, after):
            assert len(page) <= size
            paged += page
            after = place_of(page[-1])
        assert paged == filled.list(wanted, 1_000)
        assert len(paged) == sum(bool(n % 3) or not mine for n in range(len(minutes)))

    def test_a_page_does_not_move_when_a_run_comes_in(self, store: SqlRuns) -> None:
        for number in (1, 2, 3):
            store.begin(begun(number, minutes=0))
        first = store.list(RunFilter(owner="anna"), 2)
        store.begin(begun(4, minutes=1))
        rest = store.list(RunFilter(owner="anna"), 2, place_of(first[-1]))
        assert [UUID(run.begun.run_id).int for run in (*first, *rest)] == [3, 2, 1]


class TestRatings:
    def test_a_rating_is_of_the_idea_and_its_owner(self, store: SqlRuns) -> None:
        for number, owner in ((1, "anna"), (2, "anna"), (3, "bert")):
            store.finish(ended(begun(number, owner)))
        rating = Rating(verdict=Verdict.REJECT, stars=1, comment="Wände 🧱", changed=moment(2))
        assert store.rate("anna", BUTTONS[0].idea_id, rating) == rating
        assert found(store, 1).ratings == {BUTTONS[0].idea_id: rating}
        assert found(store, 2).ratings == {BUTTONS[0].idea_id: rating}
        assert found(store, 3).ratings == {}
        assert store.rejected_ideas("anna") == (BUTTONS[0].idea_id,)
        assert store.rejected_ideas("bert") == ()

    def test_the_later_rating_counts(self, store: SqlRuns) -> None:
        later = Rating(verdict=Verdict.KEEP, stars=None, changed=moment(5))
        earlier = Rating(verdict=Verdict.REJECT, stars=2, changed=moment(4))
        for rating in (earlier, later, earlier):
            store.rate("anna", "f" * 16, rating)
        assert store.rate("anna", "f" * 16, earlier) == later
        assert store.rejected_ideas("anna") == ()

    def test_rejected_ideas_are_in_order(self, store: SqlRuns) -> None:
        reject = Rating(verdict=Verdict.REJECT, changed=NOON)
        for idea in ("b", "1", "a", "0"):
            store.rate("anna", idea * 16, reject)
        assert store.rejected_ideas("anna") == tuple(c * 16 for c in "01ab")


class TestDeleting:
    def test_old_runs_go_in_batches_and_ratings_stay(self, store: SqlRuns) -> None:
        for number in range(1, 6):
            store.finish(ended(begun(number, minutes=number)))
        store.rate("anna", BUTTONS[0].idea_id, Rating(verdict=Verdict.REJECT, changed=NOON))
        assert store.delete_before(moment(4), 2) == 2
        assert [UUID(r.begun.run_id).int for r in store.list(RunFilter(owner=None), 9)] == [5, 4, 3]
        assert store.delete_before(moment(4), 2) == 1
        assert store.delete_before(moment(4), 2) == 0
        assert store.rejected_ideas("anna") == (BUTTONS[0].idea_id,)
        # Its buttons went with it: another run of that id has none.
        store.begin(begun(1))
        assert found(store, 1).buttons == ()

    def test_one_run(self, store: SqlRuns) -> None:
        store.begin(begun())
        assert store.delete_run(run_id(1))
        assert not store.delete_run(run_id(1))
        assert store.get(run_id(1)) is None

    def test_one_owner(self, store: SqlRuns) -> None:
        for number, owner in ((1, "anna"), (2, "anna"), (3, "bert")):
            store.finish(ended(begun(number, owner)))
            store.rate(owner, "f" * 16, Rating(verdict=Verdict.REJECT, changed=NOON))
        assert store.delete_owner("anna") == Deleted(runs=2, ratings=1)
        assert store.get(run_id(1)) is None
        assert found(store, 3).ratings == {}
        assert (store.rejected_ideas("anna"), store.rejected_ideas("bert")) == ((), ("f" * 16,))
