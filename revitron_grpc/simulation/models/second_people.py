"""Worksets and a colleague, for second flavours."""

from collections.abc import Iterable

from revitron_grpc.simulation.models.builder import ModelBuilder
from revitron_grpc.simulation.revit.worksharing import WorksetFacts

__all__ = ["COLLEAGUE", "share"]

COLLEAGUE = "kollegin"


def share(builder: ModelBuilder, held: Iterable[str]) -> None:
    """Make it a workshared model of two people; the colleague holds the elements `held`."""
    database = builder.database
    database.is_workshared = True
    database.settings["worksets"] = (
        WorksetFacts(1, "Architektur", is_default=True),
        WorksetFacts(2, "Ebenen und Raster"),
    )
    database.settings["active_workset"] = 1
    for record in database.elements.values():
        if record.data.get("category"):
            datum = record.data["category"] in ("OST_Levels", "OST_Grids")
            record.data["workset"] = 2 if datum else 1
    for handle in held:
        database.write(database.by_handle(handle), "owner", COLLEAGUE)
