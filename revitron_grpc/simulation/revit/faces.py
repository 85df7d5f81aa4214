"""The surface of a solid: `Edge`, `Face` and `PlanarFace`."""

from collections.abc import Sequence
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.revit.arrays import EdgeArray, EdgeArrayArray
from revitron_grpc.simulation.revit.boxes import BoundingBoxUV
from revitron_grpc.simulation.revit.curves import Curve, GeometryObject, IntersectionResult
from revitron_grpc.simulation.revit.loops import CurveLoop, area_within
from revitron_grpc.simulation.revit.planes import Plane, axes_across
from revitron_grpc.simulation.revit.transforms import Transform
from revitron_grpc.simulation.revit.vectors import TOLERANCE, UV, XYZ

__all__ = ["Edge", "Face", "PlanarFace", "within"]


@behaves("Autodesk.Revit.DB.Edge")
class Edge(GeometryObject):
    """Where two faces meet."""

    curve: Curve

    @staticmethod
    def of(curve: Curve) -> "Edge":
        made = Edge()
        made.curve = curve
        made._faces = []
        return made

    _faces: "list[Face]"

    def AsCurve(self) -> Curve:
        return self.curve.copy()

    def AsCurveFollowingFace(self, faceForDir: "Face") -> Curve:
        for loop, curves in zip(faceForDir.edge_loops(), faceForDir.loops(), strict=True):
            for edge, curve in zip(loop, curves.curves(), strict=True):
                if edge is self:
                    return curve
        return self.curve.copy()

    @property
    def ApproximateLength(self) -> float:
        return self.curve.Length

    def Evaluate(self, param: float) -> XYZ:
        return self.curve.Evaluate(param, True)

    def Tessellate(self) -> list[XYZ]:
        return self.curve.points()

    def GetFace(self, index: int) -> "Face | None":
        return self._faces[index] if 0 <= index < len(self._faces) else None

    def mapped(self, transform: Transform) -> "Edge":
        """Return the edge elsewhere."""
        return Edge.of(self.curve.mapped_with_bounds(transform))


@behaves("Autodesk.Revit.DB.Face")
class Face(GeometryObject):
    """A part of a solid's surface, with loops of edges around it and around its holes."""

    _edges: tuple[tuple[Edge, ...], ...] = ()
    _material = -1
    _reference: Any = None

    def loops(self) -> list[CurveLoop]:
        """Return the loops of curves, the outer one first."""
        raise NotImplementedError

    def mapped(self, transform: Transform, edges: Sequence[Sequence[Edge]]) -> "Face":
        """Return the face elsewhere, between edges that have already gone there."""
        raise NotImplementedError

    def area(self) -> float:
        """Return the area in square feet."""
        return area_within(self.loops())

    def edge_loops(self) -> tuple[tuple[Edge, ...], ...]:
        """Return the edges, loop by loop."""
        return self._edges

    @property
    def Area(self) -> float:
        return self.area()

    @property
    def EdgeLoops(self) -> EdgeArrayArray:
        return EdgeArrayArray(EdgeArray(loop) for loop in self._edges)

    @property
    def MaterialElementId(self) -> int:
        return self._material

    @property
    def Reference(self) -> Any:
        return self._reference

    @property
    def IsTwoSided(self) -> bool:
        return False

    @property
    def HasRegions(self) -> bool:
        return False

    def GetEdgesAsCurveLoops(self) -> list[CurveLoop]:
        return self.loops()


@behaves("Autodesk.Revit.DB.PlanarFace")
class PlanarFace(Face):
    """A flat face; its normal points out of the solid."""

    plane: Plane

    @staticmethod
    def of(edges: Sequence[Sequence[Edge]], normal: XYZ, material: int = -1) -> "PlanarFace":
        """Make a face from its edges in order, the outer loop first, and its outward normal."""
        made = PlanarFace()
        made._edges, made._material = tuple(tuple(loop) for loop in edges), material
        made.plane = Plane.of(edges[0][0].curve.start(), *axes_across(normal))
        for loop in made._edges:
            for edge in loop:
                edge._faces.append(made)
        return made

    def loops(self) -> list[CurveLoop]:
        return [self._loop(loop, place == 0) for place, loop in enumerate(self._edges)]

    def _loop(self, edges: tuple[Edge, ...], outer: bool) -> CurveLoop:
        """Return edges as curves that follow one another, left around the normal outside."""
        curves = [edge.curve for edge in edges]
        turned: list[Curve] = []
        for place, curve in enumerate(curves):
            after = curves[(place + 1) % len(curves)]
            ends = after.start(), after.end()
            forward = any(curve.end().minus(end).length < TOLERANCE for end in ends)
            turned.append(curve.copy() if forward else curve.CreateReversed())
        loop = CurveLoop.of(turned)
        left = loop.area_vector().dot(self.plane.normal) > 0.0
        return loop if left == outer else loop.reversed()

    def mapped(self, transform: Transform, edges: Sequence[Sequence[Edge]]) -> "PlanarFace":
        normal = transform.OfVector(self.plane.normal).unit()
        return PlanarFace.of(edges, normal, self._material)

    @property
    def FaceNormal(self) -> XYZ:
        return self.plane.normal

    @property
    def Origin(self) -> XYZ:
        return self.plane.origin

    @property
    def XVector(self) -> XYZ:
        return self.plane.XVec

    @property
    def YVector(self) -> XYZ:
        return self.plane.YVec

    def GetSurface(self) -> Plane:
        return self.plane

    def Evaluate(self, params: UV) -> XYZ:
        return self.plane.at(params.U, params.V)

    def ComputeNormal(self, point: UV) -> XYZ:
        return self.plane.normal

    def GetBoundingBox(self) -> BoundingBoxUV:
        places = [self.plane.on_plane(point) for point in self.loops()[0].points()]
        us, vs = zip(*places, strict=True)
        return BoundingBoxUV(min(us), min(vs), max(us), max(vs))

    def IsInside(self, point: UV) -> bool:
        return self.holds(point.U, point.V)

    def Project(self, point: XYZ) -> IntersectionResult | None:
        # "If the nearest point is outside of this face, returns null": documentation.
        u, v = self.plane.on_plane(point)
        if not self.holds(u, v):
            return None
        return IntersectionResult.of(
            self.plane.at(u, v), 0.0, abs(self.plane.height(point)), UV(u, v)
        )

    def holds(self, u: float, v: float) -> bool:
        """Whether a point of the plane is on the face, its edges included."""
        rows = [[self.plane.on_plane(point) for point in loop.points()] for loop in self.loops()]
        return within(rows, u, v)


def within(polygons: list[list[tuple[float, float]]], u: float, v: float) -> bool:
    """Whether a point is inside of an odd number of polygons, or on the edge of one."""
    inside = False
    for polygon in polygons:
        for (u1, v1), (u2, v2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
            side = (u2 - u1) * (v - v1) - (v2 - v1) * (u - u1)
            beside = min(u1, u2) - TOLERANCE <= u <= max(u1, u2) + TOLERANCE
            level = min(v1, v2) - TOLERANCE <= v <= max(v1, v2) + TOLERANCE
            if abs(side) < TOLERANCE and beside and level:
                return True
            if (v1 > v) != (v2 > v) and (side > 0.0) == (v2 > v1):
                inside = not inside
    return inside
