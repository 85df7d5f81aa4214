"""Tags of elements, and the types of texts and filled regions.

Data of a tag: `tagged`, a tuple of ids of elements here, or `tagged_in_link`, a tuple of pairs of
link and element; `point` (of its head), `leader` (whether it has one), `view`, and `text` where
what it shows does not follow from its type. Of a type of tags: `shows`, the name in
`BuiltInParameter` of what its label shows, of the element or of its type.
"""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.references import LinkElementId, Reference
from revitron_grpc.simulation.revit.stored import stored

__all__ = ["IndependentTag"]

_DB = "Autodesk.Revit.DB"


@behaves(f"{_DB}.IndependentTag")
class IndependentTag(Element):
    """A tag of one or several elements."""

    def _tagged(self) -> list[ElementRecord]:
        found = (self._database.get(number) for number in self._data.get("tagged", ()))
        return [record for record in found if record is not None]

    @property
    def IsOrphaned(self) -> bool:
        return not self._data.get("tagged_in_link") and not self._tagged()

    @property
    def TagText(self) -> str:
        if "text" in self._data:
            return self._data["text"]
        tagged = self._tagged()
        if not tagged:
            return "?"
        own = self._other("type")
        name = None if own is None else own.data.get("shows")
        return "" if name is None else _label(tagged[0], name)

    @property
    def HasTagText(self) -> bool:
        return bool(self.TagText)

    @property
    def HasLeader(self) -> bool:
        return bool(self._data.get("leader"))

    @HasLeader.setter
    def HasLeader(self, value: bool) -> None:
        self._write("leader", value)

    @property
    def TagHeadPosition(self) -> XYZ:
        return self._data["point"]

    @TagHeadPosition.setter
    def TagHeadPosition(self, value: XYZ) -> None:
        self._write("point", value)

    @property
    def IsMulticategoryTag(self) -> bool:
        return self._data.get("category") == "OST_MultiCategoryTags"

    @property
    def IsMaterialTag(self) -> bool:
        return self._data.get("category") == "OST_MaterialTags"

    def GetTaggedLocalElementIds(self) -> set[int]:
        return {record.id for record in self._tagged()}

    def GetTaggedLocalElements(self) -> list[ElementRecord]:
        return self._tagged()

    def GetTaggedElementIds(self) -> list[LinkElementId]:
        linked = self._data.get("tagged_in_link", ())
        return [
            *(LinkElementId.to(record.id) for record in self._tagged()),
            *(LinkElementId.to(*pair) for pair in linked),
        ]

    def GetTaggedReferences(self) -> list[Reference]:
        return [Reference.to(record.id) for record in self._tagged()]


def _label(record: ElementRecord, name: str) -> str:
    own = record.database.get(record.data.get("type", INVALID))
    for carrier in (record, own):
        value = None if carrier is None else stored(carrier, name)
        if value is not None:
            return str(value)
    # A label without a value is empty (field knowledge; the view draws a question mark).
    return ""


@behaves(f"{_DB}.LineAndTextAttrSymbol")
class LineAndTextAttrSymbol(ElementType):
    """A type of annotation with lines and text."""


@behaves(f"{_DB}.TextElementType")
class TextElementType(LineAndTextAttrSymbol):
    """A type of texts."""


@behaves(f"{_DB}.TextNoteType")
class TextNoteType(TextElementType):
    """A type of text notes."""


@behaves(f"{_DB}.FilledRegionType")
class FilledRegionType(LineAndTextAttrSymbol):
    """A type of filled regions."""


@behaves(f"{_DB}.FilledRegion")
class FilledRegion(Element):
    """An area of a view with a pattern."""
