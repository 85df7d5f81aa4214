"""Bring a backup back: verified first, then all of it or nothing, with what was there kept."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Engine

from revitron_grpc.backup.archive import read_archive
from revitron_grpc.backup.encryption import decrypt, identities_in, is_encrypted
from revitron_grpc.backup.in_use import close_sqlite, refuse_held_spools, refuse_other_sessions
from revitron_grpc.backup.manifest import DATABASE, Manifest, unreadable
from revitron_grpc.backup.part import Part
from revitron_grpc.backup.plan import Placed, RestorePlan, plan_restore, without_what_is_there
from revitron_grpc.backup.replacing import (
    JOURNAL,
    Arrival,
    bring_back,
    found_journal,
    journal_of,
    replaced,
)
from revitron_grpc.backup.shelf import stamp
from revitron_grpc.backup.snapshot import bring_up_to_date, check_snapshot, load_snapshot
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.storage.database import as_long_as_it_takes, open_engine, reading, writing
from revitron_grpc.storage.schema import metadata
from revitron_grpc.storage.versions import make_tables

_SECONDS = 60.0
_TABLES = (*(table.name for table in metadata.sorted_tables), "alembic_version")

Teller = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the plan, the files that were moved aside, and the schema of kept tables."""

    plan: RestorePlan
    kept: tuple[Path, ...]
    kept_schema: str


@contextlib.contextmanager
def verified_backup(
    archive: Path, identity: Path | None = None, *, tell: Teller = lambda _: None
) -> Iterator[tuple[Manifest, Path]]:
    """Verify a backup as a whole; lends what it says of itself, and the folder of its members.

    They are called after their numbers in the manifest, and gone at the end of the block. Raises
    `RevitronGrpcError`: BACKUP_UNREADABLE for one that is damaged, hostile, of a newer release, or
    encrypted to other keys; OUTPUT_UNWRITABLE where the disk has no room to unpack it.
    """
    with tempfile.TemporaryDirectory(prefix="revitron-grpc-restore-") as scratch_name:
        scratch = Path(scratch_name)
        members = scratch / "members"
        members.mkdir()
        try:
            plain = archive
            if is_encrypted(archive):
                if identity is None:
                    raise unreadable("is encrypted; give --identity, the file of its private key")
                tell("decrypting")
                plain = scratch / "archive"
                decrypt(archive, plain, identities_in(identity))
            tell("verifying")
            manifest = read_archive(plain, members)
        except OSError as error:
            raise RevitronGrpcError(
                Reason.OUTPUT_UNWRITABLE,
                f"{archive} could not be unpacked: {error}; set TMPDIR to a folder with room",
            ) from error
        for number, member in enumerate(manifest.members):
            if member.name == DATABASE:
                found = check_snapshot(members / str(number))
                if found != (manifest.schema, manifest.rows):
                    raise unreadable("holds another database than its manifest says")
        yield manifest, members


def restore_backup(
    archive: Path,
    now: datetime,
    *,
    part: Part = Part.ALL,
    identity: Path | None = None,
    settings_file: Path | None = None,
    included: Sequence[Path] = (),
    void_keys: bool = False,
    agreed: Callable[[RestorePlan], bool] = lambda _: True,
    tell: Teller = lambda _: None,
) -> Restored:
    """Restore an archive; nothing is touched before it was verified and the plan `agreed` to.

    What is there is kept beside it: files as `NAME.before-restore-STAMP`, tables of PostgreSQL in
    the schema `before_restore_STAMP`. An older database is brought up to date. A restore that
    something ended is undone by the next one. Raises `RevitronGrpcError` as `verified_backup` and
    `plan_restore` do, STORE_IN_USE where a service runs on the store, OUTPUT_UNWRITABLE for what
    cannot be written; what was there is there again then.
    """
    moment = stamp(now)
    with verified_backup(archive, identity, tell=tell) as (manifest, members):
        plan = plan_restore(
            manifest,
            members,
            part,
            moment,
            settings_file=settings_file,
            included=included,
            void_keys=void_keys,
        )
        shown = without_what_is_there(plan)
        if not agreed(shown):
            return Restored(shown, (), "")
        try:
            return _carried_out(plan, moment, tell)
        except OSError as error:
            raise RevitronGrpcError(
                Reason.OUTPUT_UNWRITABLE,
                f"nothing was restored, since {error}; run it as a user who may write there",
            ) from error


def _carried_out(plan: RestorePlan, moment: str, tell: Teller) -> Restored:
    journal_file = plan.spools.parent / JOURNAL
    with _engine(plan) as engine:
        _refuse_if_in_use(plan, engine)
        _recover(journal_file, engine, tell)
        # Only now, since an earlier restore may have left a part of it there.
        plan = without_what_is_there(plan)
        if plan.content is not None:
            tell("bringing the database up to date")
            bring_up_to_date(plan.content)
        arrivals = _arrivals(plan)
        journal = journal_of(arrivals, _leftovers(plan), moment, moment if engine else "")
        kept_schema = ""
        with replaced(journal_file, journal, arrivals):
            if engine is not None and plan.content is not None:
                tell("copying the rows into PostgreSQL")
                kept_schema = _swap_tables(engine, plan, plan.content, moment)
    kept = tuple(one.kept for one in journal.replacements if one.was_there)
    return Restored(plan, kept, kept_schema)


@contextlib.contextmanager
def _engine(plan: RestorePlan) -> Iterator[Engine | None]:
    """The database where it is PostgreSQL; an SQLite file is a file like others."""
    if plan.database is None or plan.database.get_backend_name() == "sqlite":
        yield None
        return
    runs = plan.settings.runs.model_copy(update={"timeout_seconds": _SECONDS, "pool_size": 1})
    engine = open_engine(plan.database, runs)
    try:
        yield engine
    finally:
        engine.dispose()


def _recover(journal_file: Path, engine: Engine | None, tell: Teller) -> None:
    """Finish or undo a restore that something ended."""
    journal = found_journal(journal_file)
    if journal is None:
        return
    if journal.mark and engine is not None and _mark(engine) == journal.mark:
        # Files move before the rows are committed: all of it was done.
        journal_file.unlink()
        tell("an earlier restore that was interrupted had come to its end")
        return
    bring_back(journal_file, journal)
    tell("an earlier restore that was interrupted was undone")


def _refuse_if_in_use(plan: RestorePlan, engine: Engine | None) -> None:
    refuse_held_spools(plan.spools)
    if engine is not None:
        with reading(engine) as connection:
            refuse_other_sessions(connection)
    elif plan.database is not None:
        close_sqlite(Path(str(plan.database.database)))


def _arrivals(plan: RestorePlan) -> list[Arrival]:
    """The files that come: those of the plan, and the database where that is a file."""
    files = list(plan.files)
    if plan.database is not None and plan.database.get_backend_name() == "sqlite":
        member = next(one for one in plan.manifest.members if one.name == DATABASE)
        assert plan.content is not None  # noqa: S101 - there is one where there is a place for it
        files.append(Placed(member, plan.content, Path(str(plan.database.database))))
    return [
        Arrival(one.content, one.place, one.member.mode, one.member.user, one.member.group)
        for one in files
    ]


def _leftovers(plan: RestorePlan) -> list[Path]:
    """What a damaged SQLite database has beside it, which belongs to no other."""
    if plan.database is None or plan.database.get_backend_name() != "sqlite":
        return []
    place = Path(str(plan.database.database))
    beside = [place.with_name(f"{place.name}{suffix}") for suffix in ("-wal", "-shm")]
    return [one for one in beside if one.exists()]


def _swap_tables(engine: Engine, plan: RestorePlan, content: Path, moment: str) -> str:
    """Replace the tables of PostgreSQL in one transaction; returns the schema of the old ones."""
    schema = f"before_restore_{moment.lower()}"
    with writing(engine) as connection:
        as_long_as_it_takes(connection)
        refuse_other_sessions(connection)
        there = [name for name in _TABLES if sa.inspect(connection).has_table(name)]
        if there:
            _keep(connection, there, schema)
        make_tables(connection)
        load_snapshot(content, connection)
        connection.execute(sa.text(f"COMMENT ON TABLE alembic_version IS 'restored {moment}'"))
        for name, count in plan.manifest.rows.items():
            found = connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608
            if found != count:
                raise unreadable(f"has {count} {name}, of which {found} arrived in PostgreSQL")
    return schema if there else ""


def _keep(connection: Connection, tables: Sequence[str], schema: str) -> None:
    try:
        connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
        for name in tables:
            connection.execute(sa.text(f"ALTER TABLE {name} SET SCHEMA {schema}"))
    except exc.ProgrammingError as error:
        raise RevitronGrpcError(
            Reason.INVALID_CONFIGURATION,
            f"the tables in PostgreSQL cannot be kept ({error.orig}); let the user own the "
            "database, or GRANT CREATE ON DATABASE to it",
        ) from error


def _mark(engine: Engine) -> str:
    with reading(engine) as connection:
        told = connection.execute(
            sa.text("SELECT obj_description(to_regclass('alembic_version'), 'pg_class')")
        ).scalar()
    return str(told or "").removeprefix("restored ")
