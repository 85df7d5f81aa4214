"""The caller's own tools, read from the extensions that they name."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from revitron_grpc.bundles.extension import Component
from revitron_grpc.bundles.folder_kinds import COMMANDS
from revitron_grpc.bundles.reader import read_extension
from revitron_grpc.v1.button_service_pb2 import ExistingTool

# Limits of the contract.
_TITLE, _DESCRIPTION, _PATH = 200, 2000, 400


def existing_tools(extensions: Iterable[Path]) -> Iterator[ExistingTool]:
    """Yield every command of the extensions with title and tooltip.

    Raises `RevitronGrpcError` (INVALID_REQUEST) for a folder that cannot be read.
    """
    for path in extensions:
        extension = read_extension(path)
        for component in extension.components():
            if component.kind in COMMANDS:
                yield ExistingTool(
                    title=(_text(component, "title") or component.name)[:_TITLE],
                    description=_text(component, "tooltip")[:_DESCRIPTION],
                    path=f"{path.name}/{component.path}"[:_PATH],
                )


def _text(component: Component, key: str) -> str:
    """A text of the bundle in English, else in its first language; line breaks as blanks."""
    value = component.bundle.parsed.values.get(key) if component.bundle else None
    if isinstance(value, dict):
        value = value.get("en_us") or next(iter(value.values()), None)
    return " ".join(value.split()) if isinstance(value, str) else ""
