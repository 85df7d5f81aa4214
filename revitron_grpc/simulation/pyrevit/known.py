"""Modules and objects that have the names which the catalog knows, and no others."""

from types import ModuleType
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import Presence
from revitron_grpc.simulation.errors import NotSimulated


def unwritten(full_name: str, complaint: str) -> AttributeError:
    """Return the error for a name that pyRevit does not have.

    Raises `NotSimulated` if pyRevit has it, or may have it at run time: then we cannot tell what
    it would do.
    """
    simple_name = full_name.rpartition(".")[2]
    if simple_name.startswith("_"):
        return AttributeError(complaint)
    if packaged_catalog().python_api.presence(full_name) is Presence.ABSENT:
        return AttributeError(complaint)
    raise NotSimulated(full_name)


class LibraryModule(ModuleType):
    """A module of pyRevit in one run: what is written here, and an honest answer to the rest."""

    def __getattr__(self, name: str) -> Any:
        full_name = f"{self.__name__}.{name}"
        find = self.__dict__.get("_reexported")
        if find is not None and not name.startswith("_"):
            found = find(name)
            if found is not None:
                self.__dict__[name] = found
                return found
        raise unwritten(full_name, f"'module' object has no attribute '{name}'")


class Known:
    """The base of pyRevit's objects; `_known_as` is the name of their class in the catalog.

    Attributes that pyRevit's classes set on themselves are not in the catalog, so that only a
    name in it is refused as not simulated.
    """

    _known_as = ""

    def __getattr__(self, name: str) -> Any:
        complaint = f"'{type(self).__name__}' object has no attribute '{name}'"
        if not name.startswith("_"):
            full_name = f"{self._known_as}.{name}"
            if packaged_catalog().python_api.entry(full_name) is not None:
                raise NotSimulated(full_name)
        raise AttributeError(complaint)
