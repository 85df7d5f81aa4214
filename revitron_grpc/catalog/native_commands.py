"""Revit's own commands, as far as the API can post them."""

import re
from collections.abc import Mapping

from revitron_grpc.catalog.model import ApiType, NativeCommand

_POSTABLE_COMMAND = "Autodesk.Revit.UI.PostableCommand"
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|\d+[A-Z]?")


def native_commands(types: Mapping[str, ApiType]) -> tuple[NativeCommand, ...]:
    """Derive the commands from the enum `PostableCommand`, sorted by name."""
    api = types.get(_POSTABLE_COMMAND)
    if api is None:
        return ()
    commands = (
        NativeCommand(
            name=member.name,
            title=" ".join(_WORDS.findall(member.name)),
            value=member.enum_value,
            versions=member.versions,
        )
        for member in api.members
    )
    return tuple(sorted(commands, key=lambda command: command.name))
