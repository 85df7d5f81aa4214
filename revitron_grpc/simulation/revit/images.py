"""Images and pages of PDF files, and where they are placed.

Data of an image's type: `pixels` (width and height), `status` (an `ImageTypeStatus`); of an
instance: `type` and `view`.
"""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.revit.elements import Element, ElementType

__all__ = ["ImageInstance", "ImageType"]

_DB = "Autodesk.Revit.DB"


@behaves(f"{_DB}.ImageType")
class ImageType(ElementType):
    """An image that was loaded, or a page of a PDF file."""

    @property
    def WidthInPixels(self) -> int:
        return self._data["pixels"][0]

    @property
    def HeightInPixels(self) -> int:
        return self._data["pixels"][1]

    @property
    def Status(self) -> str:
        return self._data.get("status", "Loaded")


@behaves(f"{_DB}.ImageInstance")
class ImageInstance(Element):
    """An image in a view."""
