"""Write an extension so that it is there whole or not at all.

Everything is written into a hidden folder beside the target, on the same file system, and then
renamed. Windows cannot rename a folder over another one: an old extension is moved aside first,
and moved back where the new one cannot take its place.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from revitron_grpc.bundles.button import ButtonFolder
from revitron_grpc.bundles.contents import extension_files
from revitron_grpc.bundles.layout import MAX_CONTAINER_NAME, plan_ribbon
from revitron_grpc.bundles.manifest import ManifestHeader
from revitron_grpc.bundles.names import folder_name, is_folder_name
from revitron_grpc.bundles.ribbon import Ribbon
from revitron_grpc.errors import Reason, RevitronGrpcError

SUFFIX = ".extension"


@dataclass(frozen=True, slots=True)
class WrittenExtension:
    """What was written; `size` in bytes."""

    path: Path
    ribbon: Ribbon
    files: int
    size: int


def check_target(path: Path, *, force: bool = False) -> None:
    """Refuse a target that cannot be written to, before the work is done.

    Raises RevitronGrpcError: INVALID_REQUEST for a path that is no extension's, OUTPUT_EXISTS
    where something is there already.
    """
    if not path.name.lower().endswith(SUFFIX) or not is_folder_name(path.name[: -len(SUFFIX)]):
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST,
            f"{path}: pyRevit only takes a folder whose name ends in {SUFFIX} after letters,"
            f" digits, blanks and hyphens; write for instance to"
            f" {path.with_name(folder_name(path.name.split('.')[0], fallback='Office') + SUFFIX)}",
        )
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_dir():
        raise RevitronGrpcError(
            Reason.OUTPUT_EXISTS, f"{path} exists and is no folder; choose another name"
        )
    if not force:
        raise RevitronGrpcError(
            Reason.OUTPUT_EXISTS,
            f"{path} exists; use --force to replace it, or choose another name",
        )


def write_extension(
    path: Path,
    buttons: Sequence[ButtonFolder],
    manifest: ManifestHeader,
    *,
    tab_name: str = "",
    force: bool = False,
) -> WrittenExtension:
    """Write buttons as a pyRevit extension to `path`, which must end in `.extension`.

    The tab is called `tab_name`, by default as the extension. With `force` an extension that is
    there is replaced, edited files included.

    Raises RevitronGrpcError: INVALID_REQUEST for a bad path or bad buttons, OUTPUT_EXISTS where
    something is there, OUTPUT_UNWRITABLE where the disk is full or not ours to write to. After
    any error the target is as it was.
    """
    check_target(path, force=force)
    name = path.name[: -len(SUFFIX)]
    tab = tab_name or folder_name(name, limit=MAX_CONTAINER_NAME)
    ribbon = plan_ribbon(buttons, tab)
    files = extension_files(ribbon, name, manifest)
    try:
        _write_whole(path, files)
    except OSError as error:
        raise RevitronGrpcError(
            Reason.OUTPUT_UNWRITABLE,
            f"{path} cannot be written: {error.strerror or error}. Nothing was changed; free the"
            " disk, close programs that use the folder, or choose another place",
        ) from error
    return WrittenExtension(path, ribbon, len(files), sum(map(len, files.values())))


def _write_whole(path: Path, files: Mapping[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    old = beside / "old"
    try:
        # Not the temporary folder itself: that one only its owner may read.
        new = beside / "new"
        _write_files(new, files)
        _swap(new, path, old)
    except BaseException:
        if not old.exists():
            shutil.rmtree(beside, ignore_errors=True)
        raise
    shutil.rmtree(beside, ignore_errors=True)


def _write_files(root: Path, files: Mapping[str, bytes]) -> None:
    made: set[Path] = set()
    for relative, data in files.items():
        target = root / relative
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(data)


def _swap(new: Path, path: Path, old: Path) -> None:
    """Put `new` in the place of `path`, whose former content is then at `old`."""
    if not os.path.lexists(path):
        new.replace(path)
        return
    path.replace(old)
    try:
        new.replace(path)
    except BaseException as error:
        try:
            old.replace(path)
        except OSError as second:
            raise RevitronGrpcError(
                Reason.OUTPUT_UNWRITABLE,
                f"{path} cannot be replaced ({error}), nor put back ({second}). It stands in"
                f" {old}: rename that to {path}",
            ) from error
        raise
