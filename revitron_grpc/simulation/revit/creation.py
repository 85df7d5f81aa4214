"""`Document.Create`: what is made by the document's own factory."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database, ElementRecord


@behaves("Autodesk.Revit.Creation.ItemFactoryBase")
class ItemFactoryBase:
    """What can be made in projects and families alike."""

    _database: Database

    def NewGroup(self, elementIds: Any) -> ElementRecord:
        from revitron_grpc.simulation.revit.groups import new_group

        return new_group(self._database, [one.number for one in elementIds])

    def PlaceGroup(self, location: Any, groupType: Any) -> ElementRecord:
        from revitron_grpc.simulation.revit.groups import place_group

        return place_group(groupType._record, location)

    def NewFamilyInstance(self, *where: Any) -> ElementRecord:
        from revitron_grpc.simulation.revit.placing import new_instance

        return new_instance(self._database, *where)


@behaves("Autodesk.Revit.Creation.Document")
class CreationDocument(ItemFactoryBase):
    """What can be made in projects."""

    # Again, so that its own overloads are known here.
    def NewFamilyInstance(self, *where: Any) -> ElementRecord:
        from revitron_grpc.simulation.revit.placing import new_instance

        return new_instance(self._database, *where)

    def NewRoom(self, *where: Any) -> ElementRecord:
        from revitron_grpc.simulation.revit.placing import new_room

        return new_room(self._database, *where)


def factory(database: Database) -> Any:
    """Return the factory of a document."""
    made = object.__new__(CreationDocument)
    made.__dict__["_database"] = database
    return made
