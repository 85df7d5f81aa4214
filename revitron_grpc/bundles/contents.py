"""The files of an extension, in memory: what the writer puts on a disk."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

import msgspec

from revitron_grpc.bundles.bundle_yaml import button_yaml, container_yaml
from revitron_grpc.bundles.button import BUNDLE, ICON, ICON_DARK, SCRIPT, ButtonFolder
from revitron_grpc.bundles.manifest import (
    MANIFEST,
    SCHEMA,
    Manifest,
    ManifestButton,
    ManifestFile,
    ManifestHeader,
    encode,
    sha256,
)
from revitron_grpc.bundles.ribbon import PanelEntry, PlacedButton, Pulldown, Ribbon, Stack

EXTENSION_JSON = "extension.json"


class _ExtensionJson(msgspec.Struct, frozen=True):
    """What pyRevit's extension manager shows; `default_enabled` is text in its catalogue."""

    type: str
    name: str
    description: str
    author: str
    default_enabled: str = "True"


def extension_files(ribbon: Ribbon, name: str, header: ManifestHeader) -> Mapping[str, bytes]:
    """Return every file of an extension by its path relative to the root, in order of path.

    `name` is the extension's, without `.extension`.
    """
    files: dict[str, bytes] = {EXTENSION_JSON: _extension_json(name, header)}
    tab = PurePosixPath(ribbon.folder)
    _put(files, tab / BUNDLE, container_yaml(ribbon.layout).encode())
    for panel in ribbon.panels:
        folder = tab / panel.folder
        title = panel.title if panel.title != panel.name else ""
        _put(files, folder / BUNDLE, container_yaml(panel.layout, title=title).encode())
        _put_items(files, folder, panel.items)
    manifest = Manifest(
        schema=SCHEMA,
        generator=header,
        buttons=tuple(
            ManifestButton(
                id=placed.button.id,
                title=placed.button.title,
                recipe_id=placed.button.recipe_id,
                recipe_digest=placed.button.recipe_digest,
                folder=str(folder),
            )
            for folder, placed in ribbon.buttons()
        ),
        files=tuple(ManifestFile(path, sha256(files[path])) for path in sorted(files)),
    )
    files[MANIFEST] = encode(manifest)
    return MappingProxyType({path: files[path] for path in sorted(files)})


def _put(files: dict[str, bytes], path: PurePosixPath, data: bytes) -> None:
    files[str(path)] = data


def _put_items(
    files: dict[str, bytes], parent: PurePosixPath, items: Iterable[Stack | PanelEntry]
) -> None:
    for item in items:
        folder = parent / item.folder
        if isinstance(item, PlacedButton):
            for name, data in button_files(item.button).items():
                _put(files, folder / name, data)
        elif isinstance(item, Stack):
            _put(files, folder / BUNDLE, container_yaml(item.layout).encode())
            _put_items(files, folder, item.items)
        else:
            _put_pulldown(files, folder, item)


def _put_pulldown(files: dict[str, bytes], folder: PurePosixPath, pulldown: Pulldown) -> None:
    # Revit shows an empty square for a pulldown without an icon; the first entry stands for all.
    first = pulldown.buttons[0].button
    tooltip = f"{len(pulldown.buttons)} tools: {pulldown.title}"
    text = container_yaml(pulldown.layout, title=pulldown.title, tooltip=tooltip)
    _put(files, folder / BUNDLE, text.encode())
    _put(files, folder / ICON, first.icon_light)
    _put(files, folder / ICON_DARK, first.icon_dark)
    _put_items(files, folder, pulldown.buttons)


def button_files(button: ButtonFolder) -> Mapping[str, bytes]:
    """Return the files of one button's folder by name."""
    return {
        SCRIPT: button.script.encode("utf-8"),
        BUNDLE: button_yaml(button).encode("utf-8"),
        ICON: button.icon_light,
        ICON_DARK: button.icon_dark,
        **button.files,
    }


def _extension_json(name: str, header: ManifestHeader) -> bytes:
    entry = _ExtensionJson(
        type="extension",
        name=name,
        description=header.proof,
        author=f"revitron-grpc {header.generator_version}",
    )
    return msgspec.json.format(msgspec.json.encode(entry), indent=2) + b"\n"
