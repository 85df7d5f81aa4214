"""Design options: which one is the primary of its set, and which one is edited.

Data of an option: `name`, `primary`, `option_set` (the id of its set). `settings["active_option"]`
is the id of the option that is edited.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID
from revitron_grpc.simulation.revit.elements import Element

__all__ = ["DesignOption"]


@behaves("Autodesk.Revit.DB.DesignOption")
class DesignOption(Element):
    """One of the alternatives of a set."""

    @property
    def IsPrimary(self) -> bool:
        return bool(self._data.get("primary"))

    @classmethod
    def GetActiveDesignOptionId(cls, document: Any) -> int:
        return document._database.settings.get("active_option", INVALID)
