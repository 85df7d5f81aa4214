"""The run store in a database: SQLite and PostgreSQL alike."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, Row

from revitron_grpc.storage.database import reading, writing
from revitron_grpc.storage.runs import (
    BegunRun,
    Deleted,
    EndedRun,
    Rating,
    RunButton,
    RunFilter,
    RunPlace,
    RunState,
    StoredRun,
    Verdict,
)
from revitron_grpc.storage.schema import buttons, ratings, runs


class SqlRuns:
    """A `RunStore`; its tables must be there (see versions.py)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._insert: Any = (
            postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
        )
        # Made once: each one made anew is a cycle of 60 objects, which the collector finds late.
        self._put_run = _put_unless_later(self._insert(runs))

    def begin(self, run: BegunRun) -> None:
        """Store that a run began, or goes on after its stream broke."""
        with writing(self._engine) as connection:
            self._put(connection, run, RunState.RUNNING, run.resumed or run.created)

    def finish(self, run: EndedRun) -> None:
        """Store how a run ended, and what it delivered."""
        with writing(self._engine) as connection:
            ours = self._put(connection, run.run, run.state, run.ended, run.summary)
            if ours and run.buttons:
                connection.execute(
                    self._insert(buttons).on_conflict_do_nothing(),
                    [
                        {
                            "run_id": run.run.run_id,
                            "ordinal": button.ordinal,
                            "idea_id": button.idea_id,
                            "title": button.title,
                            "category": button.category,
                        }
                        for button in run.buttons
                    ],
                )

    def get(self, run_id: str) -> StoredRun | None:
        """Return a run with its buttons and their ratings, None if there is none."""
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(runs).where(runs.c.run_id == run_id)).first()
            if row is None:
                return None
            # Outer, so that a button without a rating is there too.
            rated = buttons.outerjoin(
                ratings, (ratings.c.idea_id == buttons.c.idea_id) & (ratings.c.owner == row.owner)
            )
            found = connection.execute(
                sa.select(
                    *(buttons.c[name] for name in ("ordinal", "idea_id", "title", "category")),
                    *(ratings.c[name] for name in ("verdict", "stars", "comment", "changed")),
                )
                .select_from(rated)
                .where(buttons.c.run_id == run_id)
                .order_by(buttons.c.ordinal)
            ).all()
        return _stored(row, found)

    def list(self, wanted: RunFilter, limit: int, after: RunPlace | None = None) -> list[StoredRun]:
        """Return runs, newest first, without buttons and ratings, at most `limit`."""
        query = sa.select(runs).order_by(runs.c.created.desc(), runs.c.run_id.desc()).limit(limit)
        if wanted.owner is not None:
            query = query.where(runs.c.owner == wanted.owner)
        if wanted.states:
            query = query.where(runs.c.state.in_([state.value for state in wanted.states]))
        if wanted.created_after is not None:
            query = query.where(runs.c.created >= wanted.created_after)
        if wanted.created_before is not None:
            query = query.where(runs.c.created < wanted.created_before)
        if after is not None:
            query = query.where(
                sa.tuple_(runs.c.created, runs.c.run_id)
                < sa.tuple_(
                    sa.literal(after.created, runs.c.created.type), sa.literal(after.run_id)
                )
            )
        with reading(self._engine) as connection:
            return [_stored(row) for row in connection.execute(query)]

    def rate(self, owner: str, idea_id: str, rating: Rating) -> Rating:
        """Store what an owner thinks of an idea, unless a later rating is known; returns that."""
        key = (ratings.c.owner == owner) & (ratings.c.idea_id == idea_id)
        values = {
            "verdict": rating.verdict.value,
            "stars": rating.stars,
            "comment": rating.comment,
            "changed": rating.changed,
        }
        statement = self._insert(ratings).values(owner=owner, idea_id=idea_id, **values)
        with writing(self._engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["owner", "idea_id"],
                    set_=values,
                    where=ratings.c.changed <= rating.changed,
                )
            )
            return _rating(connection.execute(sa.select(ratings).where(key)).one())

    def rejected_ideas(self, owner: str) -> tuple[str, ...]:
        """Return the ids of the ideas that an owner does not want again, in order."""
        query = sa.select(ratings.c.idea_id).where(
            ratings.c.owner == owner, ratings.c.verdict == Verdict.REJECT.value
        )
        with reading(self._engine) as connection:
            # Sorted here: what order means depends on the database's locale.
            return tuple(sorted(connection.scalars(query)))

    def delete_run(self, run_id: str) -> bool:
        """Delete a run with its buttons; ratings stay. Says whether there was one."""
        return bool(self._delete(runs, runs.c.run_id == run_id))

    def delete_before(self, moment: datetime, limit: int) -> int:
        """Delete runs that were accepted before, the oldest first, at most `limit`."""
        oldest = (
            sa.select(runs.c.run_id)
            .where(runs.c.created < moment)
            .order_by(runs.c.created)
            .limit(limit)
        )
        return self._delete(runs, runs.c.run_id.in_(oldest))

    def delete_owner(self, owner: str) -> Deleted:
        """Delete all that belongs to an owner: runs, buttons, ratings."""
        with writing(self._engine) as connection:
            return Deleted(
                runs=connection.execute(sa.delete(runs).where(runs.c.owner == owner)).rowcount,
                ratings=connection.execute(
                    sa.delete(ratings).where(ratings.c.owner == owner)
                ).rowcount,
            )

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def _put(
        self,
        connection: Connection,
        run: BegunRun,
        state: RunState,
        changed: datetime,
        summary: bytes | None = None,
    ) -> bool:
        """Insert a run, or change the state of one that is there if this one is later.

        Says whether the run is that of this owner and plan: without a secret anybody can write a
        resume token that names somebody else's run, which must not change it.
        """
        connection.execute(
            self._put_run,
            {
                "run_id": run.run_id,
                "owner": run.owner,
                "plan_digest": run.plan_digest,
                "state": state.value,
                "created": run.created,
                "ended": None if state is RunState.RUNNING else changed,
                "changed": changed,
                "request": run.request,
                "summary": summary,
                "rejected_ideas": list(run.rejected_ideas),
            },
        )
        found = connection.execute(
            _KEEP_EARLIEST,
            {
                "of_run": run.run_id,
                "of_owner": run.owner,
                "of_plan": run.plan_digest,
                "told": run.created,
            },
        )
        return bool(found.rowcount)

    def _delete(self, table: sa.Table, which: Any) -> int:
        with writing(self._engine) as connection:
            return connection.execute(sa.delete(table).where(which)).rowcount


def _put_unless_later(insert: Any) -> Any:
    """Return the statement that inserts a run, or changes one of the same owner and plan."""
    new = insert.excluded
    ours = (runs.c.owner == new.owner) & (runs.c.plan_digest == new.plan_digest)
    return insert.on_conflict_do_update(
        index_elements=["run_id"],
        set_={
            "state": new.state,
            "ended": new.ended,
            "changed": new.changed,
            "summary": new.summary,
        },
        # The end also counts if a clock went back: what finished was finished.
        where=ours
        & (runs.c.state != RunState.FINISHED.value)
        & ((runs.c.changed <= new.changed) | (new.state == RunState.FINISHED.value)),
    )


_TOLD = sa.bindparam("told", type_=runs.c.created.type)
# Who resumes a run may not know when it began; the earliest that anybody knows is right.
_KEEP_EARLIEST = (
    sa.update(runs)
    .where(
        runs.c.run_id == sa.bindparam("of_run"),
        runs.c.owner == sa.bindparam("of_owner"),
        runs.c.plan_digest == sa.bindparam("of_plan"),
    )
    .values(created=sa.case((runs.c.created < _TOLD, runs.c.created), else_=_TOLD))
)


def _stored(row: Row[Any], delivered: Sequence[Row[Any]] = ()) -> StoredRun:
    return StoredRun(
        begun=BegunRun(
            run_id=row.run_id,
            owner=row.owner,
            plan_digest=row.plan_digest,
            created=row.created,
            request=bytes(row.request),
            rejected_ideas=tuple(row.rejected_ideas),
        ),
        state=RunState(row.state),
        ended=row.ended,
        summary=None if row.summary is None else bytes(row.summary),
        buttons=tuple(RunButton(b.ordinal, b.idea_id, b.title, b.category) for b in delivered),
        ratings={b.idea_id: _rating(b) for b in delivered if b.verdict is not None},
    )


def _rating(row: Row[Any]) -> Rating:
    return Rating(
        verdict=Verdict(row.verdict), stars=row.stars, comment=row.comment, changed=row.changed
    )
