"""Moving and copying, notes, materials and the check of names."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.names import PROHIBITED
from revitron_grpc.simulation.revit.elements import Element, move
from revitron_grpc.simulation.revit.geometry import XYZ


def _record(database: Database, element_id: Any) -> ElementRecord:
    record = database.get(element_id.number)
    if record is None:
        raise revit_error("ArgumentException", "The element does not exist in the document.")
    return record


@behaves("Autodesk.Revit.DB.ElementTransformUtils")
class ElementTransformUtils:
    """Moves and copies elements."""

    @classmethod
    def MoveElement(cls, document: Any, elementToMove: Any, translation: XYZ) -> None:
        _moved([_record(document._database, elementToMove)], translation)

    @classmethod
    def MoveElements(cls, document: Any, elementsToMove: Any, translation: XYZ) -> None:
        _moved([_record(document._database, one) for one in elementsToMove], translation)

    @classmethod
    def CopyElement(cls, document: Any, elementToCopy: Any, translation: XYZ) -> list[int]:
        return _copies([_record(document._database, elementToCopy)], translation)


def _moved(records: list[ElementRecord], by: XYZ) -> None:
    for record in records:
        record.database.check_writable()
        if record.data.get("pinned"):
            raise revit_error(
                "InvalidOperationException",
                "The element cannot be moved, for example because it is pinned.",
            )
    for record in records:
        move(record, by)


def _copies(records: list[ElementRecord], by: XYZ) -> list[int]:
    """Copy elements and what is hosted by them."""
    numbers: dict[int, int] = {}
    made: list[ElementRecord] = []
    waiting = list(records)
    while waiting:
        record = waiting.pop(0)
        if record.id in numbers:
            continue
        database = record.database
        data = {**record.data, "pinned": False, "group": INVALID}
        if data.get("host") in numbers:
            data["host"] = numbers[data["host"]]
        copy = database.add(record.kind, **data)
        copy.values.update(record.values)
        move(copy, by)
        numbers[record.id] = copy.id
        made.append(copy)
        hosted = database.elements.values()
        waiting.extend(one for one in list(hosted) if one.data.get("host") == record.id)
    return [one.id for one in made]


@behaves("Autodesk.Revit.DB.NamingUtils")
class NamingUtils:
    """The check of names."""

    @classmethod
    def IsValidName(cls, string: str) -> bool:
        return not any(character in PROHIBITED for character in string)


def check_new_name(database: Database, kind: str, name: str) -> None:
    """Raise `ArgumentException` for the name of a new element that cannot be, or is taken."""
    if not name.strip() or any(character in PROHIBITED for character in name):
        raise revit_error("ArgumentException", "name cannot include prohibited characters.")
    if any(one.data.get("name") == name for one in database.of_kind(kind)):
        raise revit_error("ArgumentException", "The given value for name is already in use.")


@behaves("Autodesk.Revit.DB.TextNote")
class TextNote(Element):
    """A text in a view."""

    @classmethod
    def Create(cls, document: Any, viewId: Any, position: XYZ, *more: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        view = database.get(viewId.number)
        if view is None or "view_type" not in view.data or view.data.get("is_template"):
            raise revit_error(
                "ArgumentException", "The viewId does not represent a valid graphic view element."
            )
        text = next(one for one in more if isinstance(one, str))
        kind = getattr(more[-1], "number", INVALID)
        return database.add(
            "TextNote",
            category="OST_TextNotes",
            view=view.id,
            point=position,
            text=text,
            type=kind,
        )

    @property
    def Text(self) -> str:
        return self._data["text"]

    @Text.setter
    def Text(self, value: str) -> None:
        self._write("text", value)
