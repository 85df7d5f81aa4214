"""`revitron.category`: categories by the name that Revit shows, or by that of the enum."""

from typing import Any

from revitron_grpc.simulation.category_table import built_in_categories
from revitron_grpc.simulation.revit.elements import category_of
from revitron_grpc.simulation.revitron.library import db, document, of_revitron


@of_revitron("category")
class Category:
    """A category by the name that this Revit shows; without `category` where there is none."""

    def __init__(self, name: str) -> None:
        database = document()._database
        for facts in built_in_categories().values():
            # Revit lists the categories at the top; their subcategories stand below them.
            if facts.parent is None and facts.label(database.language) == name:
                self._built_in = facts.name
                category = category_of(database, facts.name)
                self.category = document()._api.conversion.value(category)
                break

    def get(self) -> Any:
        """Return the category; `AttributeError` if no category is shown by that name."""
        return self.category

    def getBic(self) -> Any:
        """Return the member of `BuiltInCategory`, or None."""
        if not hasattr(self, "category"):
            return None
        return getattr(db().BuiltInCategory, self._built_in)


@of_revitron("category")
class BuiltInCategory:
    """A built-in category by shown name, `OST_Walls` or `Walls`; None for an unknown name.

    A shown name goes before the name of an enum member, as `Walls` may be either.
    """

    def __init__(self, name: str) -> None:
        self.bic = Category(name).getBic()
        if self.bic is None:
            member = f"OST_{name.replace('OST_', '')}"
            self.bic = getattr(db().BuiltInCategory, member, None)

    def get(self) -> Any:
        """Return the member of the enum, or None."""
        return self.bic
