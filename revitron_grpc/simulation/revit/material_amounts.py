"""How much of a material is in an element.

Walls and slabs have it from the layers of their type, families from their body where they are of
one material; `material_volumes` of an element's data (id to cubic feet) comes before both.
"""

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.computed import computed_value
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.parameter_table import number_of
from revitron_grpc.simulation.revit.shapes import solid_of

__all__ = ["volumes_of"]


def volumes_of(record: ElementRecord) -> dict[int, float]:
    """Return cubic feet by the id of the material, paint left out."""
    known = record.data.get("material_volumes")
    if known is not None:
        return dict(known)
    kind = record.database.get(record.data.get("type", INVALID))
    layers = () if kind is None else kind.data.get("layers") or ()
    area = computed_value(number_of(packaged_catalog(), "HOST_AREA_COMPUTED") or 0, record)
    volumes: dict[int, float] = {}
    if layers and area is not None:
        for layer in layers:
            if layer.material != INVALID:
                volumes[layer.material] = volumes.get(layer.material, 0.0) + layer.width * area
        return volumes
    materials = record.data.get("materials", ())
    body = solid_of(record) if len(materials) == 1 else None
    return {} if body is None else {materials[0]: body.Volume}
