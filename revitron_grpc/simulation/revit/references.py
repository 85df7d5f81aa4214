"""References to elements and their faces, and ids that reach into links."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID
from revitron_grpc.simulation.revit.geometry import UV, XYZ

__all__ = ["LinkElementId", "Reference"]


@behaves("Autodesk.Revit.DB.Reference")
class Reference:
    """What was picked or found: an element, a face of it, or an element in a link."""

    def __init__(self, element: Any) -> None:
        self._element = element._record.id
        self._linked, self._face = INVALID, INVALID
        self._kind = "REFERENCE_TYPE_NONE"
        self._point: XYZ | None = None
        self._uv: UV | None = None

    @staticmethod
    def to(
        element: int, *, linked: int = INVALID, face: int = INVALID, point: XYZ | None = None
    ) -> "Reference":
        """Make a reference to an element, to its face of that number, or to one in a link."""
        made = object.__new__(Reference)
        made._element, made._linked, made._face = element, linked, face
        made._kind = "REFERENCE_TYPE_NONE" if face == INVALID else "REFERENCE_TYPE_SURFACE"
        made._point, made._uv = point, None
        return made

    @property
    def ElementId(self) -> int:
        return self._element

    @property
    def LinkedElementId(self) -> int:
        return self._linked

    @property
    def ElementReferenceType(self) -> str:
        return self._kind

    @property
    def GlobalPoint(self) -> XYZ | None:
        return self._point

    @property
    def UVPoint(self) -> UV | None:
        return self._uv

    def EqualTo(self, reference: "Reference") -> bool:
        return self.place() == reference.place()

    def Contains(self, reference: "Reference") -> bool:
        mine, theirs = self.place(), reference.place()
        return mine == theirs or (mine[:2] == theirs[:2] and self._face == INVALID)

    def place(self) -> tuple[int, int, int]:
        """Return element, element in the link, and face."""
        return self._element, self._linked, self._face


@behaves("Autodesk.Revit.DB.LinkElementId")
class LinkElementId:
    """The id of an element here, or of one in a link together with the link's."""

    def __init__(self, first: Any, second: Any = None) -> None:
        numbers = (first.number,) if second is None else (first.number, second.number)
        self._place = _place(*numbers)

    @staticmethod
    def to(*numbers: int) -> "LinkElementId":
        """Make it from one id of this document, or from a link's and one inside of it."""
        made = object.__new__(LinkElementId)
        made._place = _place(*numbers)
        return made

    @property
    def HostElementId(self) -> int:
        return self._place[0]

    @property
    def LinkInstanceId(self) -> int:
        return self._place[1]

    @property
    def LinkedElementId(self) -> int:
        return self._place[2]

    def Equals(self, obj: object) -> bool:
        return self == obj

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LinkElementId) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)


def _place(first: int, second: int | None = None) -> tuple[int, int, int]:
    return (first, INVALID, INVALID) if second is None else (INVALID, first, second)
