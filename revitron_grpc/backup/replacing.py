"""Put new files in the place of others: all of them or none, whatever ends the process.

Each new file lies whole beside its place before the first one moves, and a journal says what moves.
Whoever finds a journal brings back what was there before.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from revitron_grpc.backup.making import sync_folder
from revitron_grpc.backup.owners import give_to
from revitron_grpc.errors import Reason, RevitronGrpcError

_BINARY = getattr(os, "O_BINARY", 0)
JOURNAL = "revitron-grpc-restore-under-way.json"
"""The name of the journal, in the folder above that of the spools."""


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """One file: what is there moves from `place` to `kept`, the new one from `new` to `place`.

    `was_there` says whether anything was; without a `new` one the place is empty afterwards.
    """

    place: Path
    kept: Path
    new: Path | None
    was_there: bool


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """What is being replaced; `mark` names the restore in a database, "" without one."""

    mark: str
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that comes to a place, with its mode and the names of its owners."""

    content: Path
    place: Path
    mode: int
    user: str
    group: str


def journal_of(
    arrivals: Sequence[Arrival], leaving: Sequence[Path], stamp: str, mark: str
) -> Journal:
    """Return what is going to be replaced; the files that are `leaving` have no successor."""
    coming = [
        _replacement(one.place, one.place.with_name(f".{one.place.name}.restoring-{stamp}"), stamp)
        for one in arrivals
    ]
    return Journal(
        mark=mark, replacements=(*coming, *(_replacement(path, None, stamp) for path in leaving))
    )


@contextlib.contextmanager
def replaced(journal_file: Path, journal: Journal, arrivals: Sequence[Arrival]) -> Iterator[None]:
    """Replace all files, let the block do the rest, and bring everything back where that fails."""
    for arrival in arrivals:
        _make_folders(arrival)
    _write(journal_file, journal)
    try:
        for one, arrival in zip(journal.replacements, arrivals, strict=False):
            assert one.new is not None  # noqa: S101 - those that come are the first
            _lay(arrival, one.new)
        for one in journal.replacements:
            if one.was_there:
                one.place.rename(one.kept)
            if one.new is not None:
                one.new.rename(one.place)
        for folder in {one.place.parent for one in journal.replacements}:
            sync_folder(folder)
        yield
    except BaseException:
        bring_back(journal_file, journal)
        raise
    journal_file.unlink()
    sync_folder(journal_file.parent)


def found_journal(journal_file: Path) -> Journal | None:
    """Return what a restore was at when something ended it, None if there was none.

    Raises `RevitronGrpcError` (INVALID_CONFIGURATION) for a journal that cannot be read.
    """
    try:
        return msgspec.json.decode(
            journal_file.read_bytes(), type=Journal, dec_hook=lambda _, text: Path(text)
        )
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise RevitronGrpcError(
            Reason.INVALID_CONFIGURATION,
            f"{journal_file} cannot be read ({error}); a restore was interrupted: look for files "
            "named *.before-restore-* and *.restoring-*, put them right, and delete it",
        ) from error


def bring_back(journal_file: Path, journal: Journal) -> None:
    """Undo a replacement, at whatever point it stopped; may be repeated."""
    for one in reversed(journal.replacements):
        if one.was_there:
            if os.path.lexists(one.kept):
                one.kept.replace(one.place)
        elif one.new is not None and not os.path.lexists(one.new):
            one.place.unlink(missing_ok=True)  # the new one, which has moved
        if one.new is not None:
            one.new.unlink(missing_ok=True)
    journal_file.unlink(missing_ok=True)


def _make_folders(arrival: Arrival) -> None:
    missing = [one for one in arrival.place.parents if not one.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o755)
        give_to(folder, arrival.user, arrival.group)


def _lay(arrival: Arrival, new: Path) -> None:
    """Lay a new file beside its place, for its owners alone before anything is in it; synced."""
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file, arrival.content.open("rb") as content:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    new.chmod(arrival.mode)
    give_to(new, arrival.user, arrival.group)


def _replacement(place: Path, new: Path | None, stamp: str) -> Replacement:
    return Replacement(
        place=place,
        kept=place.with_name(f"{place.name}.before-restore-{stamp}"),
        new=new,
        was_there=os.path.lexists(place),
    )


def _write(path: Path, journal: Journal) -> None:
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        file.write(msgspec.json.encode(journal, enc_hook=str))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)
