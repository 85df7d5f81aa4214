"""`Document.Settings`: the categories of a document."""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import built_in_categories, category_number
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit.elements import category_of

__all__ = ["Categories", "Settings", "settings_of"]


@behaves("Autodesk.Revit.DB.Settings")
class Settings:
    """General settings of a document."""

    _database: Database

    @property
    def Categories(self) -> Any:
        made = object.__new__(Categories)
        made.__dict__["_database"] = self._database
        return made


@behaves("Autodesk.Revit.DB.Categories")
class Categories:
    """The categories of a document by their shown name; subcategories stand in their parents."""

    _database: Database

    def _names(self) -> list[str]:
        language = "de" if self._database.language == "de" else "en"
        facts = [one for one in built_in_categories().values() if one.parent is None]
        return [one.name for one in sorted(facts, key=lambda one: one.label(language))]

    @property
    def Size(self) -> int:
        return len(list(iter(self)))

    @property
    def IsEmpty(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        promote = self._database.document._api.promote
        for name in self._names():
            try:
                category_number(name)
            except NotSimulated:
                continue
            yield promote(category_of(self._database, name))

    def Contains(self, key: str) -> bool:
        return any(one.Name == key for one in self)

    def get_Item(self, key: Any) -> Any:
        if isinstance(key, str):
            # A name that is not there gives None (field knowledge).
            return next((one for one in self if one.Name == key), None)
        return category_of(self._database, key.name)


def settings_of(database: Database) -> Any:
    """Return the settings of a document."""
    made = object.__new__(Settings)
    made.__dict__["_database"] = database
    return made
