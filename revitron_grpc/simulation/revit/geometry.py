"""The values of geometry that other behaviour builds on, gathered under one name."""

from revitron_grpc.simulation.revit.boxes import (
    BoundingBoxUV,
    BoundingBoxXYZ,
    Outline,
    box_around,
)
from revitron_grpc.simulation.revit.planes import Plane, Surface
from revitron_grpc.simulation.revit.transforms import Transform
from revitron_grpc.simulation.revit.vectors import UV, XYZ

__all__ = [
    "UV",
    "XYZ",
    "BoundingBoxUV",
    "BoundingBoxXYZ",
    "Outline",
    "Plane",
    "Surface",
    "Transform",
    "box_around",
]
