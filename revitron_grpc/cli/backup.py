"""`revitron-grpc backup`: copies of what a service cannot make again."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.table import Table

from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.keys import ListFormat
from revitron_grpc.cli.terminal import err, out, told_errors
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.framework_environment import chosen_file
from revitron_grpc.settings import load_settings

if TYPE_CHECKING:
    from revitron_grpc.backup.manifest import Manifest

app = typer.Typer(help="Copies of all that a service cannot make again.", no_args_is_help=True)

IdentityOption = Annotated[
    Path | None,
    typer.Option(help="File with the private key of age, for a backup that is encrypted."),
]
_Config = Annotated[
    Path | None, typer.Option(help="Settings as YAML, those with which the service runs.")
]
_Format = Annotated[
    ListFormat, typer.Option("--format", help="text for people, json for programs.")
]


@app.command()
def create(
    to: Annotated[Path, typer.Option(help="Folder of the backups; made if there is none.")],
    config: _Config = None,
    include: Annotated[
        list[Path] | None,
        typer.Option(help="A file or folder to be taken too, such as outputs; may be repeated."),
    ] = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option(help="Public key of age (age1...) to encrypt to; may be repeated."),
    ] = None,
    keep_days: Annotated[
        int,
        typer.Option(min=0, max=36_500, help="Delete older backups after a good one; 0: none."),
    ] = 30,
    form: _Format = ListFormat.TEXT,
) -> None:
    """Back up database, settings, secrets, certificates, recipe packs and catalog, in one file.

    The service runs on meanwhile. Nothing is left where it fails, and old backups stay then.
    """
    with told_errors():
        require_server()
        from revitron_grpc.backup.making import make_backup

        settings = load_settings(config)
        made = make_backup(
            settings,
            config or chosen_file(),
            to,
            datetime.now(UTC),
            included=include or (),
            recipients=recipient or (),
            keep_days=keep_days,
            tell=tell_progress,
        )
    for what in made.manifest.left_out:
        err.print(f"not in the backup: {what}", style="yellow", markup=False)
    if form is ListFormat.JSON:
        facts = {"path": str(made.path), "size": made.size, "encrypted": bool(recipient)}
        removed = [str(path) for path in made.removed]
        _print_json(facts | _facts(made.manifest) | {"removed": removed})
        return
    for path in made.removed:
        err.print(f"removed, older than {keep_days} days: {path}", markup=False)
    if not recipient:
        err.print("It is not encrypted and holds secrets: keep it as safe as the service.")
    out.print(str(made.path), markup=False)


@app.command()
def verify(
    archive: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    identity: IdentityOption = None,
    form: _Format = ListFormat.TEXT,
) -> None:
    """Verify a backup as `restore` does before it begins: every sum, and the database in it."""
    with told_errors():
        require_server()
        from revitron_grpc.backup.restoring import verified_backup

        refuse_no_file(archive)
        with verified_backup(archive, identity, tell=tell_progress) as (manifest, _):
            pass
    if form is ListFormat.JSON:
        _print_json({"path": str(archive), **_facts(manifest)})
        return
    rows = ", ".join(f"{count} {name}" for name, count in manifest.rows.items())
    out.print(
        f"{archive}: good, {len(manifest.members)} files, {rows or 'no database'}; made "
        f"{manifest.created:%Y-%m-%d %H:%M} UTC by release {manifest.program}",
        markup=False,
    )


@app.command("list")
def list_backups(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the backups.")],
    form: _Format = ListFormat.TEXT,
) -> None:
    """List the backups in a folder, the newest first; nothing is verified."""
    with told_errors():
        require_server()
        from revitron_grpc.backup.shelf import on_shelf

        try:
            found = on_shelf(folder)
        except OSError as error:
            raise _unusable(folder, error) from error
    if form is ListFormat.JSON:
        _print_json(
            [
                {
                    "path": str(one.path),
                    "made": one.made,
                    "size": one.size,
                    "encrypted": one.encrypted,
                }
                for one in found
            ]
        )
        return
    table = Table("Backup", "Made (UTC)", "MiB", "Encrypted", box=None, pad_edge=False)
    for one in found:
        table.add_row(
            str(one.path),
            f"{one.made:%Y-%m-%d %H:%M:%S}",
            f"{one.size / 2**20:.1f}",
            "yes" if one.encrypted else "no",
        )
    out.print(table)


@app.command()
def key(
    output: Annotated[Path, typer.Option("--out", help="New file for the private key.")],
) -> None:
    """Make a pair of keys for encrypted backups, and print the public one.

    Keep the private one off the machine that makes the backups, and in two places: without it no
    encrypted backup can be read. `age-keygen` makes such pairs too.
    """
    with told_errors():
        require_server()
        from revitron_grpc.backup.encryption import new_identity

        private, public = new_identity()
        try:
            descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(f"# public key: {public}\n{private}\n")
        except FileExistsError as error:
            raise RevitronGrpcError(
                Reason.OUTPUT_EXISTS, f"{output} exists; give another --out"
            ) from error
        except OSError as error:
            raise _unusable(output, error) from error
    out.print(public, markup=False)


def tell_progress(line: str) -> None:
    """Say on standard error what happens."""
    err.print(line, markup=False)


def refuse_no_file(archive: Path) -> None:
    """Raise `RevitronGrpcError` (BACKUP_UNREADABLE) for what is no file at all."""
    if not archive.is_file():
        raise RevitronGrpcError(Reason.BACKUP_UNREADABLE, f"{archive} is no file")


def _facts(manifest: "Manifest") -> dict[str, object]:
    return {
        "program": manifest.program,
        "created": manifest.created,
        "database": manifest.database,
        "schema": manifest.schema,
        "rows": manifest.rows,
        "members": [
            {"role": one.role, "path": one.path, "size": one.size, "sha256": one.sha256}
            for one in manifest.members
        ],
        "left_out": manifest.left_out,
    }


def _print_json(value: object) -> None:
    out.print(msgspec.json.format(msgspec.json.encode(value)).decode(), markup=False)


def _unusable(path: Path, error: OSError) -> RevitronGrpcError:
    return RevitronGrpcError(Reason.OUTPUT_UNWRITABLE, f"{path}: {error.strerror}")
