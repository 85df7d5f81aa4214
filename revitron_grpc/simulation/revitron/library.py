"""How Revitron's classes are written down, and the run that a call into them belongs to."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.session import current_session

Held = TypeVar("Held", bound=type)

_WRITTEN: dict[str, tuple[str, type]] = {}
"""Name of a class to its submodule and to what is written here; filled when modules load."""


def of_revitron(submodule: str) -> Callable[[Held], Held]:
    """Register a class as the one that `revitron.SUBMODULE` defines."""

    def register(held: Held) -> Held:
        _WRITTEN[held.__name__] = (submodule, held)
        return held

    return register


@cache
def written_classes() -> dict[str, tuple[str, type]]:
    """Return all classes with their submodules; known members that nobody wrote are refused."""
    members_of = packaged_catalog().python_api.members_of
    for name, (_, held) in _WRITTEN.items():
        for entry in members_of(f"revitron.{name}"):
            if not any(entry.simple_name in cls.__dict__ for cls in held.__mro__):
                setattr(held, entry.simple_name, Unwritten(entry.name))
    return dict(_WRITTEN)


class Unwritten:
    """Stands for a member that Revitron has, but whose behaviour is not written here."""

    def __init__(self, full_name: str) -> None:
        self._full_name = full_name

    def __get__(self, instance: object, owner: type) -> Any:
        raise NotSimulated(self._full_name)


def revitron() -> Any:
    """Return the `revitron` module of the script that is running."""
    return current_session().libraries["revitron"]


def document() -> Any:
    """Return `revitron.DOC`, which `with revitron.Document(...)` exchanges."""
    return revitron().DOC


def db() -> Any:
    """Return `Autodesk.Revit.DB` as the script sees it."""
    return current_session().api.DB
