"""`Options`: how scripts ask for the shapes of an element."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves

__all__ = ["Options"]


@behaves("Autodesk.Revit.DB.Options")
class Options:
    """What `Element.Geometry` shall contain; medium detail without references by default."""

    def __init__(self, source: "Options | None" = None) -> None:
        self._references = source._references if source is not None else False
        self._hidden = source._hidden if source is not None else False
        self._detail = source._detail if source is not None else "Medium"
        self._view: Any = source._view if source is not None else None

    @property
    def ComputeReferences(self) -> bool:
        return self._references

    @ComputeReferences.setter
    def ComputeReferences(self, value: bool) -> None:
        self._references = value

    @property
    def IncludeNonVisibleObjects(self) -> bool:
        return self._hidden

    @IncludeNonVisibleObjects.setter
    def IncludeNonVisibleObjects(self, value: bool) -> None:
        self._hidden = value

    @property
    def DetailLevel(self) -> str:
        return self._detail

    @DetailLevel.setter
    def DetailLevel(self, value: Any) -> None:
        self._detail = value.name

    @property
    def View(self) -> Any:
        return self._view

    @View.setter
    def View(self, value: Any) -> None:
        self._view = value
