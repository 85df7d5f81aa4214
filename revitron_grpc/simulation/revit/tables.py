"""The tables of keys that a document has loaded: keynotes and assembly codes.

Data of a table: `entries`, a tuple of `Entry`. A model that says nothing about a table has it all
the same, without entries, as Revit's has one without a file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.revit.arrays import seen_by_script
from revitron_grpc.simulation.revit.elements import Element

__all__ = ["Entry"]

_DB = "Autodesk.Revit.DB"


@dataclass(frozen=True, slots=True)
class Entry:
    """One key with its text; `parent` is the key above it, empty at the top."""

    key: str
    parent: str = ""
    text: str = ""


@behaves(f"{_DB}.KeyBasedTreeEntry")
class KeyBasedTreeEntry:
    """One line of a table."""

    _entry: Entry

    @property
    def Key(self) -> str:
        return self._entry.key

    @property
    def ParentKey(self) -> str:
        return self._entry.parent


@behaves(f"{_DB}.KeynoteEntry")
class KeynoteEntry(KeyBasedTreeEntry):
    """One line of the keynote file."""

    @property
    def KeynoteText(self) -> str:
        return self._entry.text


@behaves(f"{_DB}.ClassificationEntry")
class ClassificationEntry(KeyBasedTreeEntry):
    """One line of the file of assembly codes."""

    @property
    def Description(self) -> str:
        return self._entry.text


@behaves(f"{_DB}.KeyBasedTreeEntries")
class KeyBasedTreeEntries:
    """All lines of a table."""

    _items: list[Any]

    def FindEntry(self, key: str) -> Any:
        return next((one for one in self._items if one.Key == key), None)

    def __iter__(self) -> Iterator[Any]:
        return seen_by_script(self, self._items)


@behaves(f"{_DB}.KeyBasedTreeEntryTable")
class KeyBasedTreeEntryTable(Element):
    """A table of keys, one a document and kind."""

    _entry_class: type[KeyBasedTreeEntry] = KeyBasedTreeEntry

    def GetKeyBasedTreeEntries(self) -> Any:
        items: list[Any] = []
        for entry in self._data.get("entries", ()):
            item = object.__new__(self._entry_class)
            item.__dict__["_entry"] = entry
            items.append(item)
        made = object.__new__(KeyBasedTreeEntries)
        made.__dict__["_items"] = items
        return made


def _table_of(database: Database, name: str) -> ElementRecord:
    found = next(database.of_kind(name), None)
    return found or ElementRecord(database, INVALID, f"{_DB}.{name}", name)


@behaves(f"{_DB}.KeynoteTable")
class KeynoteTable(KeyBasedTreeEntryTable):
    """The keynotes."""

    _entry_class = KeynoteEntry

    @classmethod
    def GetKeynoteTable(cls, cda: Any) -> ElementRecord:
        return _table_of(cda._database, "KeynoteTable")


@behaves(f"{_DB}.AssemblyCodeTable")
class AssemblyCodeTable(KeyBasedTreeEntryTable):
    """The assembly codes."""

    _entry_class = ClassificationEntry

    @classmethod
    def GetAssemblyCodeTable(cls, cda: Any) -> ElementRecord:
        return _table_of(cda._database, "AssemblyCodeTable")
