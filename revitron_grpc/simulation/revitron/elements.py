"""`revitron.element`, `revitron.room` and `revitron.link`: elements with more to ask them."""

import math
from collections.abc import Callable
from typing import Any

from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revitron.geometry import BoundingBox, Geometry
from revitron_grpc.simulation.revitron.library import db, document, of_revitron, revitron
from revitron_grpc.simulation.revitron.parameters import Parameter
from revitron_grpc.simulation.revitron.values import Log
from revitron_grpc.simulation.session import current_session
from revitron_grpc.vocabulary import Engine

# Types whose class name does not end in "Type" or "Symbol".
_OTHER_TYPES = frozenset(
    ("MEPBuildingConstruction", "SiteLocation", "BrowserOrganization", "TilePattern")
)


@of_revitron("element")
class Element:
    """An element, or what an id stands for in `revitron.DOC`: also for elements of links."""

    def __init__(self, element: Any) -> None:
        if isinstance(element, db().ElementId):
            self._element = document().GetElement(element)
        elif isinstance(element, int):
            self._element = document().GetElement(db().ElementId(element))
        else:
            self._element = element

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Any other name is a function that logs a warning and returns None."""
        if name.startswith("__") or name == "_element":
            raise AttributeError(name)

        def method(*args: Any) -> None:
            del args
            Log().warning(f'Class "{self.getClassName()}" has no method "{name}"')

        return method

    def __bool__(self) -> bool:
        if current_session().api.engine is Engine.IRONPYTHON_27:
            # An old-style class there, whose catch-all answers for `__nonzero__` as well.
            raise NotSimulated("whether a revitron.Element counts as true in IronPython 2.7")
        return True

    @property
    def element(self) -> Any:
        """The element of Revit."""
        return self._element

    def delete(self) -> None:
        """Delete the element from `revitron.DOC`."""
        document().Delete(self._element.Id)

    def getBbox(self) -> Any:
        """Return the bounding box; False where there is none or something goes wrong."""
        try:
            return BoundingBox(self._element)
        except Exception:
            return False

    def getCategoryName(self) -> str:
        """Return the name of the category, empty without one."""
        try:
            return self._element.Category.Name
        except Exception:
            return ""

    def getClassName(self) -> str:
        """Return the name of the element's class."""
        return type(self._element).__name__

    def getFamilyName(self) -> str:
        """Return what the parameter shown as `Family` says; English alone."""
        return self.getParameter("Family").getValueString()

    def getFamilyAndTypeName(self) -> str:
        """Return what the parameter shown as `Family and Type` says; English alone."""
        return self.getParameter("Family and Type").getValueString()

    def get(self, paramName: str) -> Any:
        """Return a parameter's value by its storage type."""
        return Parameter(self._element, paramName).get()

    def getDependent(self, filterClass: Any = None) -> list[Any]:
        """Return the elements that depend on this one, of a class or all."""
        only = db().ElementClassFilter(filterClass) if filterClass else None
        try:
            ids = self._element.GetDependentElements(only)
        except Exception:
            # Revitron then deletes the element for a moment, to see what goes with it.
            raise NotSimulated("revitron.Element.getDependent where Revit refuses") from None
        return [document().GetElement(one) for one in ids]

    def getFromType(self, paramName: str) -> Any:
        """Return a parameter's value of the element's type; an empty text on any error."""
        try:
            return shorthand(self._element.GetTypeId()).get(paramName)
        except Exception:
            return ""

    def getGeometry(self) -> Geometry:
        """Return the geometry."""
        return Geometry(self._element)

    def getParameter(self, paramName: str) -> Parameter:
        """Return a parameter, which the element need not have."""
        return Parameter(self._element, paramName)

    def getTags(self) -> list[Any]:
        """Return the tags of the element: of a room in an English Revit its room tags."""
        rooms = self.getParameter("Category").getValueString() == "Rooms"
        return self.getDependent(db().SpatialElementTag if rooms else None)

    def isNotOwned(self) -> bool:
        """Tell whether no colleague holds the element; of `revitron.DOC`."""
        status = db().WorksharingUtils.GetCheckoutStatus(document(), self._element.Id)
        return str(status) != "OwnedByOtherUser"

    def isType(self) -> bool:
        """Tell by the name of its class whether the element is a type."""
        name = self.getClassName()
        return name.endswith(("Type", "Symbol")) or name in _OTHER_TYPES

    def set(self, paramName: str, value: Any, paramType: Any = False) -> "Element":
        """Set a parameter's value; see `Parameter.set` for what goes wrong silently."""
        Parameter(self._element, paramName).set(value, paramType)
        return self


@of_revitron("room")
class Room(Element):
    """A room."""

    def getBboxCenter(self, inRoomOnly: bool = False) -> Any:
        """Return the middle of the bounding box; None if it must be in the room and is not."""
        point = self.getBbox().getCenterPoint()
        return point if not inRoomOnly or self._element.IsPointInRoom(point) else None

    def _segments(self) -> Any:
        options = db().SpatialElementBoundaryOptions()
        settings = db().AreaVolumeSettings.GetAreaVolumeSettings(document())
        options.SpatialElementBoundaryLocation = settings.GetSpatialElementBoundaryLocation(
            db().SpatialElementType.Room
        )
        return self._element.GetBoundarySegments(options)

    def getBoundary(self) -> list[Any]:
        """Return the curves of all boundaries."""
        return [segment.GetCurve() for loop in self._segments() for segment in loop]

    def getBoundaryPoints(self) -> list[Any]:
        """Return the starts of the boundary's curves; of arcs the points along them."""
        points: list[Any] = []
        for curve in self.getBoundary():
            if isinstance(curve, db().Arc):
                points.extend(curve.Tessellate())
            else:
                points.append(curve.GetEndPoint(0))
        return points

    def getBoundaryInsetPoints(self, inset: float = 0.1) -> Any:
        """Return the corners of the longest boundary, moved inwards; None if that fails."""
        try:
            loops: list[Any] = []
            for segments in self._segments():
                loop = db().CurveLoop()
                for segment in segments:
                    loop.Append(segment.GetCurve())
                loops.append(loop)
            longest = max(loops, key=lambda loop: loop.GetExactLength())
            offset = db().CurveLoop.CreateViaOffset
            moved = offset(longest, inset, db().XYZ(0, 0, 1))
            if moved.GetExactLength() > longest.GetExactLength():
                moved = offset(longest, inset, db().XYZ(0, 0, -1))
            return [curve.GetEndPoint(0) for curve in moved]
        except Exception:
            # Revitron calls a method here that it does not have; the catch-all answers None.
            return self.getPoints()

    def getPointClosest(self, point: Any, inset: float = 0.1) -> Any:
        """Return the inset corner that is nearest to a point."""
        return min(self.getBoundaryInsetPoints(inset), key=lambda one: one.DistanceTo(point))

    def _corner(self, right: bool, top: bool, inset: float) -> Any:
        box = self.getBbox()
        across, along = (box.Max if right else box.Min), (box.Max if top else box.Min)
        return self.getPointClosest(db().XYZ(across.X, along.Y, box.Min.Z), inset)

    def getPointTopLeft(self, inset: float = 0.1) -> Any:
        """Return the inset corner nearest to the top left of the bounding box."""
        return self._corner(False, True, inset)

    def getPointTopRight(self, inset: float = 0.1) -> Any:
        """Return the inset corner nearest to the top right of the bounding box."""
        return self._corner(True, True, inset)

    def getPointBottomLeft(self, inset: float = 0.1) -> Any:
        """Return the inset corner nearest to the bottom left of the bounding box."""
        return self._corner(False, False, inset)

    def getPointBottomRight(self, inset: float = 0.1) -> Any:
        """Return the inset corner nearest to the bottom right of the bounding box."""
        return self._corner(True, False, inset)

    def getPointGrid(self, size: float = 5, inset: float = 0.05) -> list[Any] | None:
        """Return points of a grid that lie in the room; None without a bounding box."""
        box = self.getBbox()
        if not isinstance(box, BoundingBox):
            return None
        low, high = box.Min, box.Max
        step_x, step_y = (
            (length - 2 * inset) / math.ceil(length / size)
            for length in (high.X - low.X, high.Y - low.Y)
        )
        points: list[Any] = []
        across = low.X + inset
        while across < high.X:
            along = low.Y + inset
            while along < high.Y:
                point = db().XYZ(across, along, low.Z)
                if self._element.IsPointInRoom(point):
                    points.append(point)
                along += step_y
            across += step_x
        return points


@of_revitron("link")
class LinkRvt(Element):
    """An instance of a linked model."""

    def getPath(self) -> str | None:
        """Return the path of the linked model; None where it is not loaded."""
        linked = self._element.GetLinkDocument()
        return revitron().Document(linked).getPath() if linked is not None else None

    def getType(self) -> Any:
        """Return what the parameter shown as `Type` points to; English alone, else None."""
        try:
            return document().GetElement(self.get("Type"))
        except Exception:
            return None


def shorthand(element: Any) -> Element:
    """`revitron._`: wrap an element or id.

    Rooms and links are told by the shown name of their category, so only in English.
    """
    try:
        category = Element(element).getParameter("Category").getValueString()
    except Exception:
        return Element(element)
    return {"RVT Links": LinkRvt, "Rooms": Room}.get(category, Element)(element)
