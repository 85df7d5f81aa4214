"""The body of an element, as far as it is a box or a prism, and what follows from it.

An element's body is `solid` of its data, or follows from its shape: walls from their curve, width
and height, slabs from `profile` (loops at their upper face; of a ceiling at its lower one) and
thickness, and others from `box`.
"""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit import references
from revitron_grpc.simulation.revit.geometry import XYZ, box_around
from revitron_grpc.simulation.revit.solids import GeometryElement, GeometryInstance, Solid
from revitron_grpc.simulation.revit.solids import box as box_solid

__all__ = ["BODIES", "extents", "geometry_of", "object_at", "solid_of"]

BODIES: dict[str, Any] = {}
"""Simple type name to a function of record and data that gives the body or None."""


def solid_of(record: ElementRecord, data: dict[str, Any] | None = None) -> Solid | None:
    """Return the body of an element; None for one that has none."""
    data = record.database.derived_data(record) if data is None else data
    if "solid" in data:
        return data["solid"]
    make = BODIES.get(record.kind.rpartition(".")[2])
    made = make(record, data) if make is not None else None
    if made is None and data.get("box") is not None and "is_type" not in data:
        low, high = data["box"]
        if all(b - a > 1e-6 for a, b in zip(low.coordinates, high.coordinates, strict=True)):
            made = box_solid(low, high)
    return made


def extents(record: ElementRecord, data: dict[str, Any]) -> tuple[XYZ, XYZ] | None:
    """Return the two corners around the body of an element that has a shape of its own."""
    known = "solid" in data or record.kind.rpartition(".")[2] in BODIES
    body = solid_of(record, data) if known else None
    around = box_around(body.points()) if body is not None else None
    return None if around is None else (around.Min, around.Max)


def geometry_of(record: ElementRecord, options: Any) -> GeometryElement | None:
    """Return the shapes of an element; a family's stand in a `GeometryInstance`."""
    body = solid_of(record)
    if body is None:
        return None
    if options is not None and options.ComputeReferences:
        for number, face in enumerate(body.faces()):
            face._reference = references.Reference.to(record.id, face=number)
    if record.kind.endswith(".FamilyInstance"):
        from revitron_grpc.simulation.revit.families import transform_of

        place = transform_of(record)
        return GeometryElement(
            [GeometryInstance.of(GeometryElement([body.mapped(place.Inverse)]), place)]
        )
    return GeometryElement([body])


def object_at(record: ElementRecord, reference: Any) -> Any:
    """Return the face that a reference names; None for a reference to another element."""
    element, _, face = reference.place()
    if element != record.id:
        return None
    if face < 0:
        raise NotSimulated("Autodesk.Revit.DB.Element.GetGeometryObjectFromReference of no face")
    body = solid_of(record)
    faces = () if body is None else body.faces()
    return faces[face] if face < len(faces) else None
