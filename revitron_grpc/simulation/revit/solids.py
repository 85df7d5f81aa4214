"""Solids of flat faces: boxes and prisms. Areas in square feet, volumes in cubic feet."""

from collections.abc import Iterable, Iterator, Sequence

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit import transforms
from revitron_grpc.simulation.revit.arrays import EdgeArray, FaceArray, seen_by_script
from revitron_grpc.simulation.revit.boxes import BoundingBoxXYZ, box_around
from revitron_grpc.simulation.revit.curves import GeometryObject, Line
from revitron_grpc.simulation.revit.faces import Edge, Face, PlanarFace
from revitron_grpc.simulation.revit.loops import CurveLoop, area_within, rectangle
from revitron_grpc.simulation.revit.vectors import XYZ

__all__ = [
    "GeometryCreationUtilities",
    "GeometryElement",
    "GeometryInstance",
    "Solid",
    "box",
    "prism",
]


@behaves("Autodesk.Revit.DB.Solid")
class Solid(GeometryObject):
    """A body; one without faces has no volume, as Revit gives for what was cut away."""

    def __init__(self) -> None:
        self._faces: tuple[Face, ...] = ()
        self._edges: tuple[Edge, ...] = ()
        self._volume = 0.0
        self._centroid = XYZ()

    @staticmethod
    def of(faces: Iterable[Face], edges: Iterable[Edge], volume: float, centroid: XYZ) -> "Solid":
        """Make a body from its surface."""
        made = Solid()
        made._faces, made._edges = tuple(faces), tuple(edges)
        made._volume, made._centroid = volume, centroid
        return made

    @property
    def Volume(self) -> float:
        return self._volume

    @property
    def SurfaceArea(self) -> float:
        return sum(face.area() for face in self._faces)

    @property
    def Faces(self) -> FaceArray:
        return FaceArray(self._faces)

    @property
    def Edges(self) -> EdgeArray:
        return EdgeArray(self._edges)

    def ComputeCentroid(self) -> XYZ:
        if not self._faces:
            raise revit_error("InvalidOperationException", "The solid is empty.")
        return self._centroid

    def GetBoundingBox(self) -> BoundingBoxXYZ | None:
        # "The box's transform has its origin at the centroid": documentation of the method.
        around = box_around(self.points())
        if around is None:
            return None
        to_model = transforms.Transform.of(self._centroid)
        low, high = around.Min.minus(self._centroid), around.Max.minus(self._centroid)
        return BoundingBoxXYZ.of(low, high, to_model)

    def faces(self) -> tuple[Face, ...]:
        """Return the faces."""
        return self._faces

    def points(self) -> list[XYZ]:
        """Return points along all edges."""
        return [point for edge in self._edges for point in edge.curve.points()]

    def mapped(self, transform: transforms.Transform) -> "Solid":
        """Return the body elsewhere."""
        edges = {id(edge): edge.mapped(transform) for edge in self._edges}
        faces = [
            face.mapped(transform, [[edges[id(e)] for e in loop] for loop in face.edge_loops()])
            for face in self._faces
        ]
        volume = self._volume * abs(transform.Determinant)
        return Solid.of(faces, edges.values(), volume, transform.OfPoint(self._centroid))


def prism(profile: Sequence[CurveLoop], way: XYZ, material: int = -1) -> Solid:
    """Make the body that a flat profile of lines sweeps along a vector.

    The first loop of the profile is its outer edge, the others are holes. Volume is the area of
    the profile times the height of the way over its plane.
    """
    outer = profile[0]
    normal = outer.area_vector().unit()
    if normal.dot(way) < 0.0:
        outer, normal = outer.reversed(), normal.times(-1.0)
    holes = [
        hole.reversed() if hole.area_vector().dot(normal) > 0.0 else hole for hole in profile[1:]
    ]
    loops = [outer, *holes]
    height = way.dot(normal)
    area = area_within(loops)
    up = transforms.Transform.of(way)
    edges: list[Edge] = []
    sides: list[Face] = []
    caps: tuple[list[list[Edge]], list[list[Edge]]] = ([], [])
    for loop in loops:
        lines = [curve for curve in loop.curves() if isinstance(curve, Line)]
        if len(lines) != loop.NumberOfCurves():
            raise NotSimulated("a solid with round sides")
        below = [Edge.of(line) for line in lines]
        above = [Edge.of(line.mapped_with_bounds(up)) for line in lines]
        posts = [Edge.of(Line.between(p.start(), p.start().plus(way))) for p in lines]
        edges += [*below, *above, *posts]
        caps[0].append(below[::-1])
        caps[1].append(above)
        for place, line in enumerate(lines):
            after = posts[(place + 1) % len(posts)]
            outline = [below[place], after, above[place], posts[place]]
            outward = line.direction.cross(way)
            sides.append(PlanarFace.of([outline], outward.unit(), material))
    top = PlanarFace.of(caps[1], normal, material)
    bottom = PlanarFace.of(caps[0], normal.times(-1.0), material)
    centroid = _centroid(loops, normal).plus(way.times(0.5))
    return Solid.of([*sides, bottom, top], edges, area * height, centroid)


def box(minimum: XYZ, maximum: XYZ, material: int = -1) -> Solid:
    """Make a body along the model's axes from its two corners."""
    size, middle = maximum.minus(minimum), minimum.plus(maximum).times(0.5)
    base = rectangle(size.X, size.Y, XYZ(middle.X, middle.Y, minimum.Z))
    return prism([base], XYZ(0.0, 0.0, size.Z), material)


def _centroid(loops: Sequence[CurveLoop], normal: XYZ) -> XYZ:
    """Return the centre of the area within polygons that turn left outside, right inside."""
    first = loops[0].points()[0]
    moment, total = XYZ(), 0.0
    for loop in loops:
        points = loop.points()
        for here, there in zip(points, [*points[1:], points[0]], strict=True):
            a, b = here.minus(first), there.minus(first)
            area = a.cross(b).dot(normal) / 2.0
            moment = moment.plus(a.plus(b).times(area / 3.0))
            total += area
    return first.plus(moment.times(1.0 / total))


@behaves("Autodesk.Revit.DB.GeometryElement")
class GeometryElement(GeometryObject):
    """The shapes of one element, to be walked through."""

    def __init__(self, objects: Iterable[GeometryObject] = ()) -> None:
        self._objects = tuple(objects)

    def __iter__(self) -> Iterator[GeometryObject]:
        return seen_by_script(self, self._objects)

    def GetBoundingBox(self) -> BoundingBoxXYZ:
        around = box_around(
            point for solid in self._objects if isinstance(solid, Solid) for point in solid.points()
        )
        if around is None:
            raise NotSimulated("Autodesk.Revit.DB.GeometryElement.GetBoundingBox without solids")
        return around

    def GetTransformed(self, transform: transforms.Transform) -> "GeometryElement":
        return GeometryElement(_mapped(each, transform) for each in self._objects)


def _mapped(shape: GeometryObject, transform: transforms.Transform) -> GeometryObject:
    if isinstance(shape, Solid):
        return shape.mapped(transform)
    raise NotSimulated(f"a moved {type(shape).__name__}")


@behaves("Autodesk.Revit.DB.GeometryInstance")
class GeometryInstance(GeometryObject):
    """The shapes of a family's symbol, put where its instance stands."""

    _shapes: GeometryElement
    _transform: transforms.Transform

    @staticmethod
    def of(shapes: GeometryElement, transform: transforms.Transform) -> "GeometryInstance":
        made = GeometryInstance()
        made._shapes, made._transform = shapes, transform
        return made

    @property
    def Transform(self) -> transforms.Transform:
        return transforms.Transform(self._transform)

    @property
    def SymbolGeometry(self) -> GeometryElement:
        return self._shapes

    def GetSymbolGeometry(self, transform: "transforms.Transform | None" = None) -> GeometryElement:
        return self._shapes if transform is None else self._shapes.GetTransformed(transform)

    def GetInstanceGeometry(
        self, transform: "transforms.Transform | None" = None
    ) -> GeometryElement:
        placed = self._shapes.GetTransformed(self._transform)
        return placed if transform is None else placed.GetTransformed(transform)


@behaves("Autodesk.Revit.DB.GeometryCreationUtilities")
class GeometryCreationUtilities:
    """Bodies from profiles; of the many ways only the straight extrusion."""

    @classmethod
    def CreateExtrusionGeometry(
        cls,
        profileLoops: Iterable[CurveLoop],
        extrusionDir: XYZ,
        extrusionDist: float,
        solidOptions: object = None,
    ) -> Solid:
        if solidOptions is not None:
            raise NotSimulated("an extrusion with SolidOptions")
        loops = list(profileLoops)
        if not loops or any(loop.IsOpen() or not loop.HasPlane() for loop in loops):
            raise revit_error(
                "ArgumentException",
                "The profile CurveLoops do not satisfy the input requirements.",
            )
        if extrusionDist <= 0.0:
            raise revit_error(
                "ArgumentOutOfRangeException", "The extrusion distance must be greater than zero."
            )
        if extrusionDir.IsZeroLength():
            raise revit_error("ArgumentOutOfRangeException", "extrusionDir has zero length.")
        outermost = sorted(loops, key=lambda loop: -loop.area_vector().length)
        return prism(outermost, extrusionDir.unit().times(extrusionDist))
