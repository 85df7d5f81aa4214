"""`revitron-grpc keys`: who may call the service.

Works on the database of the settings, beside the service, which notices within seconds. A new key
is printed once, alone on standard output, and is nowhere afterwards.
"""

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from revitron_grpc.access.api_key import ID_LENGTH, ApiKey, KeyHasher
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.issuing import issue_key, successor
from revitron_grpc.access.key_record import KeyRecord
from revitron_grpc.access.keyring import MAX_AGE_SECONDS, utc_now
from revitron_grpc.access.quota import Quota
from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.terminal import err, out, told_errors
from revitron_grpc.cli.times import duration_of, end_of
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.settings import Settings, load_settings
from revitron_grpc.storage.key_store import KeyStore

app = typer.Typer(help="Who may call the service, and what.", no_args_is_help=True)


class ListFormat(StrEnum):
    """How something is printed."""

    TEXT = "text"
    JSON = "json"


_Config = Annotated[
    Path | None, typer.Option(help="Settings as YAML, those with which the service runs.")
]
_Format = Annotated[
    ListFormat, typer.Option("--format", help="text for people, json for programs.")
]
_Expires = Annotated[str, typer.Option(help="90d, 2w, a date such as 2027-01-31, or never.")]
_Limit = Annotated[int | None, typer.Option(min=0, help="Own quota; 0 sets no limit.")]


@dataclass(frozen=True, slots=True)
class _Keys:
    """What a command works with."""

    store: KeyStore
    hasher: KeyHasher
    now: datetime

    def record(self, key_id: str) -> KeyRecord:
        """Return what is known of a key."""
        for record in self.store.all():
            if record.key_id == key_id:
                return record
        raise _no_such(key_id)


@app.command()
def create(
    owner: Annotated[str, typer.Option(help="To whom runs of this key belong.")],
    permission: Annotated[
        list[Permission] | None,
        typer.Option(help="read, write or admin; may be repeated; read and write if left out."),
    ] = None,
    expires: _Expires = "365d",
    note: Annotated[str, typer.Option(help="What the key is for; one line.")] = "",
    calls_per_minute: _Limit = None,
    calls_per_hour: _Limit = None,
    calls_per_day: _Limit = None,
    runs_per_day: _Limit = None,
    config: _Config = None,
    form: _Format = ListFormat.TEXT,
) -> None:
    """Make a key and print it, this once."""
    ends = end_of(expires, utc_now())
    with _opened(config) as keys:
        key, record = issue_key(
            keys.hasher,
            owner,
            frozenset(permission or (Permission.READ, Permission.WRITE)),
            keys.now,
            expires=ends,
            note=note,
            quota=Quota(calls_per_minute, calls_per_hour, calls_per_day, runs_per_day),
        )
        keys.store.add(record)
        _audit("created", record)
    _print_new(key, record, form)


@app.command("list")
def list_keys(
    config: _Config = None,
    form: _Format = ListFormat.TEXT,
) -> None:
    """List all keys with owner, permissions, state and last use; never the keys themselves."""
    with _opened(config) as keys:
        records = keys.store.all()
        now = keys.now
    if form is ListFormat.JSON:
        rows = [_row(record, now) for record in records]
        out.print(json.dumps(rows, ensure_ascii=False, indent=2), markup=False)
        return
    table = Table(
        *("Id", "Owner", "Permissions", "State", "Expires", "Last used", "Note"),
        box=None,
        pad_edge=False,
    )
    for record in records:
        table.add_row(
            record.key_id,
            Text(record.owner),
            ", ".join(sorted(record.permissions)),
            record.state(now),
            _day(record.expires, "never"),
            _day(record.last_used, "not yet"),
            Text(record.note),
        )
    out.print(table)


@app.command()
def revoke(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids, as `keys list` shows.")],
    delete: Annotated[
        bool, typer.Option("--delete", help="Forget the key too: owner, note and last use.")
    ] = False,
    config: _Config = None,
) -> None:
    """Revoke keys for good: no call is let in with them, and calls under way end."""
    with _opened(config) as keys:
        for record in [keys.record(key_id) for key_id in ids]:
            keys.store.revoke(record.key_id, keys.now)
            if delete:
                keys.store.delete(record.key_id)
            _audit("deleted" if delete else "revoked", record)
            err.print(f"{record.key_id} of {record.owner}: revoked", markup=False)
    err.print(f"The service knows within {MAX_AGE_SECONDS:.0f} seconds.")


@app.command()
def rotate(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the key to be replaced.")],
    overlap: Annotated[str, typer.Option(help="So long the old key still works.")] = "24h",
    expires: _Expires = "365d",
    config: _Config = None,
    form: _Format = ListFormat.TEXT,
) -> None:
    """Make a key in the place of one, which ends after a while, and print it, this once."""
    lasts, ends = duration_of(overlap), end_of(expires, utc_now())
    with _opened(config) as keys:
        old = keys.record(key_id)
        key, record = successor(keys.hasher, old, keys.now, ends)
        if not keys.store.rotate(old.key_id, keys.now + lasts, record):
            raise _no_such(key_id)
        _audit("rotated", old)
        _audit("created", record)
    err.print(f"The old key {old.key_id} still works for {overlap}.", markup=False)
    _print_new(key, record, form)


@contextmanager
def _opened(config: Path | None) -> Iterator[_Keys]:
    """Open the keys of the settings; errors are told, with their exit codes."""
    with told_errors():
        require_server()
        settings = load_settings(config)
        hasher = KeyHasher(settings.keys.hashing_secret())
        from revitron_grpc.storage.sql_keys import open_keys

        store = open_keys(settings.runs)
        try:
            store.make_ready()
            with _audit_log(settings):
                yield _Keys(store, hasher, utc_now())
        finally:
            store.close()


@contextmanager
def _audit_log(settings: Settings) -> Iterator[None]:
    """Have the audit log of the commands, where the settings want one and say in which folder."""
    from revitron_grpc.service.telemetry.logs import configure_logging

    wanted = settings.audit.enabled and settings.logging.directory is not None
    quiet = settings.logging.model_copy(
        update={
            "stderr": False,
            "level": "error",
            "directory": settings.logging.directory if wanted else None,
        }
    )
    configure_logging(quiet, name="keys", audit=settings.audit if wanted else None)
    try:
        yield
    finally:
        configure_logging(quiet.model_copy(update={"directory": None}))


def _audit(action: str, record: KeyRecord) -> None:
    from revitron_grpc.service.telemetry.audit import log_key_change

    log_key_change(action, record, _user())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return "unknown"


def _print_new(key: ApiKey, record: KeyRecord, form: ListFormat) -> None:
    if form is ListFormat.JSON:
        told = {"key": key.reveal(), **_row(record, record.created)}
        out.print(json.dumps(told, ensure_ascii=False, indent=2), markup=False)
        return
    err.print(
        f"Key {record.key_id} for {record.owner}: {', '.join(sorted(record.permissions))}; "
        f"expires: {_day(record.expires, 'never')}. It is shown this once.",
        markup=False,
    )
    out.print(key.reveal(), markup=False)


def _row(record: KeyRecord, now: datetime) -> dict[str, object]:
    def time(moment: datetime | None) -> str | None:
        return None if moment is None else moment.isoformat(timespec="seconds")

    return {
        "id": record.key_id,
        "owner": record.owner,
        "permissions": sorted(record.permissions),
        "state": record.state(now),
        "created": time(record.created),
        "expires": time(record.expires),
        "revoked": time(record.revoked),
        "last_used": time(record.last_used),
        "note": record.note,
        "quotas": {
            name: limit for name, limit in asdict(record.quota).items() if limit is not None
        },
    }


def _day(moment: datetime | None, otherwise: str) -> str:
    return otherwise if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


def _no_such(key_id: str) -> RevitronGrpcError:
    # Somebody may have given the key instead of its id: it is not repeated.
    told = f"no key has the id {key_id}" if len(key_id) <= ID_LENGTH else "that is no id of a key"
    return RevitronGrpcError(
        Reason.INVALID_REQUEST, f"{told}; `revitron-grpc keys list` shows the ids"
    )
