"""Read an extension from a disk or from files in memory into a tree, whatever state it is in.

Nothing is run, links are not followed, and only what the checks look at is read: `bundle.yaml`,
scripts, and the headers of icons.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from revitron_grpc.bundles.bundle_yaml import MAX_BYTES, read_bundle_yaml
from revitron_grpc.bundles.button import BUNDLE, ICON, ICON_DARK
from revitron_grpc.bundles.extension import (
    BundleFile,
    Component,
    Extension,
    IconFile,
    ScriptFile,
)
from revitron_grpc.bundles.folder_kinds import COMMANDS, kind_of, split_postfix
from revitron_grpc.errors import Reason, RevitronGrpcError

MAX_ENTRIES = 50_000
"""Files and folders of one extension; pyRevit's own toolbar has some 3,000."""
MAX_SCRIPT_BYTES = 1024 * 1024
MAX_DEPTH = 12
"""Folders below each other, and parts of a path in memory."""
_DEFINITION = "extension.json"
_PNG_HEADER_BYTES = 24
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SCRIPT_ENDINGS = tuple(
    f"script.{ending}" for ending in ("py", "cs", "vb", "rb", "dyn", "gh", "ghx")
)


@dataclass(slots=True)
class _Folder:
    files: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, "_Folder"] = field(default_factory=dict)


def read_extension(path: Path) -> Extension:
    """Read the extension in a folder.

    Raises RevitronGrpcError (INVALID_REQUEST) where it is no folder, cannot be read or holds more
    than 50,000 entries.
    """
    if not path.is_dir():
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST, f"{path} is no folder; name the folder X.extension itself"
        )
    try:
        root, _ = _from_disk(path, MAX_ENTRIES, MAX_DEPTH)
    except OSError as error:
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST,
            f"{error.filename or path} cannot be read: {error.strerror or error}",
        ) from error
    return _extension(path.resolve().name, root)


def extension_from_files(
    name: str, files: Mapping[str, bytes], folders: Iterable[str] = ()
) -> Extension:
    """Read an extension whose files are in memory, by their path relative to its root.

    `folders` may name folders that hold no file. Paths that lead outside raise RevitronGrpcError
    (INVALID_REQUEST).
    """
    root = _Folder()
    for path, data in files.items():
        parent = _folder_at(root, PurePosixPath(path).parent)
        parent.files[PurePosixPath(path).name] = data
    for path in folders:
        _folder_at(root, PurePosixPath(path))
    return _extension(name, root)


def _folder_at(root: _Folder, path: PurePosixPath) -> _Folder:
    if path.is_absolute() or ".." in path.parts or len(path.parts) > MAX_DEPTH:
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST,
            f"{path}: is no path inside an extension; use a relative one without '..' of at most"
            f" {MAX_DEPTH} parts",
        )
    folder = root
    for part in path.parts:
        folder = folder.folders.setdefault(part, _Folder())
    return folder


def _from_disk(path: Path, budget: int, depth: int) -> tuple[_Folder, int]:
    folder = _Folder()
    for entry in sorted(path.iterdir(), key=lambda entry: entry.name):
        budget -= 1
        if budget < 0:
            raise RevitronGrpcError(
                Reason.INVALID_REQUEST,
                f"{path}: more than {MAX_ENTRIES} files and folders; name the folder of one"
                " extension",
            )
        if entry.is_symlink():
            continue
        if entry.is_file():
            folder.files[entry.name] = _relevant(entry)
        elif entry.is_dir() and depth > 0 and not entry.name.startswith((".", "_")):
            folder.folders[entry.name], budget = _from_disk(entry, budget, depth - 1)
    return folder, budget


def _relevant(path: Path) -> bytes:
    """Read as much of a file as the checks look at."""
    name = path.name.lower()
    limit = 0
    if name.endswith(BUNDLE):
        limit = MAX_BYTES + 1
    elif name.endswith(_SCRIPT_ENDINGS):
        limit = MAX_SCRIPT_BYTES + 1
    elif name == _DEFINITION:
        limit = MAX_BYTES + 1
    elif name in (ICON, ICON_DARK):
        limit = _PNG_HEADER_BYTES
    if not limit:
        return b""
    with path.open("rb") as file:
        return file.read(limit)


def _extension(folder_name: str, root: _Folder) -> Extension:
    name, _ = split_postfix(folder_name)
    hooks = root.folders.get("hooks")
    return Extension(
        name,
        _component(PurePosixPath(), folder_name, root),
        hooks=tuple(sorted(hooks.files)) if hooks is not None else (),
        definition=root.files.get(_DEFINITION),
    )


def _component(path: PurePosixPath, folder_name: str, folder: _Folder) -> Component:
    name, postfix = split_postfix(folder_name)
    kind = kind_of(postfix)
    children: list[Component] = []
    plain: list[str] = []
    for child, content in sorted(folder.folders.items()):
        if child.startswith((".", "_")):
            continue
        child_postfix = split_postfix(child)[1]
        # In a command's folder a dot in a name means nothing to pyRevit.
        is_component = child_postfix and (kind not in COMMANDS or kind_of(child_postfix))
        if is_component:
            children.append(_component(path / child, child, content))
        else:
            plain.append(child)
    return Component(
        path=path,
        name=name,
        postfix=postfix,
        kind=kind,
        files=tuple(sorted(folder.files)),
        folders=tuple(plain),
        children=tuple(children),
        bundle=_bundle(path, folder),
        scripts=_scripts(path, folder),
        icon=_icon(path, folder, ICON),
        icon_dark=_icon(path, folder, ICON_DARK),
        modules=_modules(folder),
    )


def _bundle(path: PurePosixPath, folder: _Folder) -> BundleFile | None:
    name = next((n for n in sorted(folder.files) if n.lower().endswith(BUNDLE)), None)
    if name is None:
        return None
    data = folder.files[name]
    return BundleFile(path / name, data, read_bundle_yaml(data))


def _scripts(path: PurePosixPath, folder: _Folder) -> tuple[ScriptFile, ...]:
    return tuple(
        ScriptFile(path / name, data)
        for name, data in sorted(folder.files.items())
        if name.lower().endswith(_SCRIPT_ENDINGS)
    )


def _icon(path: PurePosixPath, folder: _Folder, wanted: str) -> IconFile | None:
    name = next((n for n in sorted(folder.files) if n.lower() == wanted), None)
    if name is None:
        return None
    header = folder.files[name][:_PNG_HEADER_BYTES]
    if not header.startswith(_PNG_SIGNATURE) or len(header) < _PNG_HEADER_BYTES:
        return IconFile(path / name, False, 0, 0)
    # Width and height are the first two fields of the header chunk that PNG puts first.
    width, height = struct.unpack(">II", header[16:24])
    return IconFile(path / name, True, width, height)


def _modules(folder: _Folder) -> frozenset[str]:
    """Name the modules that a script of this folder, or of one below, can import from it."""
    found: set[str] = set()
    places = [folder, *(folder.folders[n] for n in ("lib", "bin") if n in folder.folders)]
    for place in places:
        found.update(
            n.rpartition(".")[0] for n in place.files if n.lower().endswith((".py", ".dll"))
        )
        found.update(n for n in place.folders if "." not in n)
    return frozenset(found)
