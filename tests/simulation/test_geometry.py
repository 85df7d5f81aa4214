"""Points, transforms, boxes, curves and solids of the simulated Revit."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.behaviour import BEHAVIOURS
from revitron_grpc.simulation.errors import NotSimulated, revit_exception
from revitron_grpc.simulation.revit.curves import SHORT_CURVE, Arc, Curve, Line
from revitron_grpc.simulation.revit.geometry import (
    UV,
    XYZ,
    BoundingBoxXYZ,
    Outline,
    Plane,
    Transform,
)
from revitron_grpc.simulation.revit.loops import CurveLoop, rectangle
from revitron_grpc.simulation.revit.solids import (
    GeometryCreationUtilities,
    GeometryElement,
    GeometryInstance,
    box,
    prism,
)

NUMBERS = st.floats(-1000.0, 1000.0, allow_nan=False)
POINTS = st.builds(XYZ, NUMBERS, NUMBERS, NUMBERS)
DIRECTIONS = POINTS.filter(lambda vector: vector.length > 0.1)
ANGLES = st.floats(-math.pi, math.pi)
SIZES = st.floats(0.1, 500.0)


@st.composite
def rigid_transforms(draw: st.DrawFn) -> Transform:
    turn = Transform.CreateRotationAtPoint(draw(DIRECTIONS), draw(ANGLES), draw(POINTS))
    move = Transform.CreateTranslation(draw(POINTS))
    if draw(st.booleans()):
        mirror = Transform.CreateReflection(
            Plane.CreateByNormalAndOrigin(draw(DIRECTIONS), draw(POINTS))
        )
        return mirror.Multiply(turn).Multiply(move)
    return turn.Multiply(move)


@st.composite
def bound_curves(draw: st.DrawFn) -> Curve:
    start = draw(POINTS)
    if draw(st.booleans()):
        end = start.plus(draw(DIRECTIONS))
        return Line.CreateBound(start, end)
    plane = Plane.CreateByNormalAndOrigin(draw(DIRECTIONS), start)
    first = draw(ANGLES)
    return Arc.Create(plane, draw(SIZES), first, first + draw(st.floats(0.1, 6.0)))


def same(one: XYZ, other: XYZ, tolerance: float = 1e-6) -> bool:
    return one.IsAlmostEqualTo(other, tolerance)


def refused(name: str) -> "pytest.RaisesExc[Exception]":
    return pytest.raises(revit_exception(name))


def test_vectors_add_and_multiply_as_numbers_do() -> None:
    vector = XYZ(1, 2, 3)
    assert (vector + XYZ(1, 1, 1) - XYZ.BasisX).coordinates == (1.0, 3.0, 4.0)
    assert (-vector * 2).coordinates == (2 * -vector).coordinates == (-2.0, -4.0, -6.0)
    assert (vector / 2).coordinates == (0.5, 1.0, 1.5)
    assert [vector[0], vector.get_Item(1), vector.Z] == [1.0, 2.0, 3.0]
    with pytest.raises(TypeError):
        vector + 1  # type: ignore[operator]


def test_two_equal_points_are_not_equal_objects() -> None:
    assert XYZ(1, 2, 3) != XYZ(1, 2, 3)
    assert XYZ(1, 2, 3).IsAlmostEqualTo(XYZ(1, 2, 3 + 1e-10))
    assert not XYZ(1, 2, 3).IsAlmostEqualTo(XYZ(1, 2, 3.001))
    assert XYZ(1, 2, 3).IsAlmostEqualTo(XYZ(1, 2, 3.001), 0.01)


def test_a_point_reads_as_revit_prints_it() -> None:
    assert str(XYZ(1, 2.5, -3)) == "(1.000000000, 2.500000000, -3.000000000)"


def test_zero_normalised_is_zero() -> None:
    assert XYZ.Zero.Normalize().coordinates == (0.0, 0.0, 0.0)
    assert XYZ(1e-12, 0, 0).Normalize().coordinates == (0.0, 0.0, 0.0)
    assert UV.Zero.Normalize().coordinates == (0.0, 0.0)


def test_what_is_no_number_is_no_coordinate() -> None:
    with refused("ArgumentException"):
        XYZ(math.nan, 0, 0)
    with refused("ArgumentException"):
        XYZ.BasisX.Divide(0.0)


def test_angles_between_vectors() -> None:
    assert XYZ.BasisX.AngleTo(XYZ.BasisY) == pytest.approx(math.pi / 2)
    assert XYZ.BasisX.AngleOnPlaneTo(XYZ.BasisY, XYZ.BasisZ) == pytest.approx(math.pi / 2)
    assert XYZ.BasisY.AngleOnPlaneTo(XYZ.BasisX, XYZ.BasisZ) == pytest.approx(1.5 * math.pi)


@given(rigid_transforms(), POINTS)
def test_the_inverse_undoes_a_transform(transform: Transform, point: XYZ) -> None:
    assert same(transform.Inverse.OfPoint(transform.OfPoint(point)), point)
    assert transform.Multiply(transform.Inverse).IsTranslation
    assert abs(transform.Determinant) == pytest.approx(1.0)


@given(rigid_transforms(), rigid_transforms(), POINTS)
def test_a_product_does_the_right_one_first(one: Transform, other: Transform, point: XYZ) -> None:
    assert same((one * other).OfPoint(point), one.OfPoint(other.OfPoint(point)))


def test_a_mirror_image_is_known_by_its_determinant() -> None:
    mirror = Transform.CreateReflection(Plane.CreateByNormalAndOrigin(XYZ.BasisX, XYZ(1, 0, 0)))
    assert mirror.HasReflection
    assert not Transform.CreateRotation(XYZ.BasisZ, 3.0).HasReflection
    assert same(mirror.OfPoint(XYZ(3, 5, 7)), XYZ(-1, 5, 7))
    assert same(mirror.OfVector(XYZ.BasisX), XYZ(-1, 0, 0))


def test_a_transform_that_flattens_has_no_inverse() -> None:
    flat = Transform.Identity
    flat.BasisZ = XYZ.Zero
    with refused("InvalidOperationException"):
        _ = flat.Inverse
    with refused("ArgumentOutOfRangeException"):
        Transform.CreateRotation(XYZ.Zero, 1.0)


def test_a_new_box_is_as_large_as_revit_makes_it() -> None:
    made = BoundingBoxXYZ()
    assert made.Min.coordinates == (-100.0, -100.0, -100.0)
    assert made.Max.coordinates == (100.0, 100.0, 100.0)
    made.Transform.Origin = XYZ(1, 1, 1)
    assert made.Transform.IsIdentity, "the transform is a copy"


def test_outlines_meet_within_a_tolerance() -> None:
    one, other = Outline(XYZ(0, 0, 0), XYZ(1, 1, 1)), Outline(XYZ(1.1, 0, 0), XYZ(2, 1, 1))
    assert not one.Intersects(other, 0.0)
    assert one.Intersects(other, 0.2)
    assert Outline(XYZ(1, 0, 0), XYZ(0, 1, 1)).IsEmpty
    one.AddPoint(XYZ(3, 0, 0))
    assert one.MaximumPoint.coordinates == (3.0, 1.0, 1.0)
    assert one.ContainsOtherOutline(other, 0.0)
    copy = Outline(one)
    copy.Scale(2.0)
    assert copy.GetDiagonalLength() == pytest.approx(2 * one.GetDiagonalLength())


@given(bound_curves(), st.floats(0.0, 1.0))
def test_a_normalized_parameter_measures_along_the_curve(curve: Curve, share: float) -> None:
    start, end = curve.GetEndParameter(0), curve.GetEndParameter(1)
    raw = curve.ComputeRawParameter(share)
    assert same(curve.Evaluate(share, True), curve.Evaluate(raw, False))
    assert curve.ComputeNormalizedParameter(raw) == pytest.approx(share, abs=1e-9)
    derivative = curve.ComputeDerivatives(share, True).BasisX.GetLength()
    assert curve.Length == pytest.approx(derivative * (end - start))
    assert same(curve.Evaluate(0.0, True), curve.GetEndPoint(0))
    assert same(curve.Evaluate(1.0, True), curve.GetEndPoint(1))


@given(bound_curves(), st.floats(0.01, 0.99))
def test_a_point_of_a_curve_is_nearest_to_itself(curve: Curve, share: float) -> None:
    point = curve.Evaluate(share, True)
    found = curve.Project(point)
    assert found.Distance == pytest.approx(0.0, abs=1e-6)
    assert same(curve.Evaluate(found.Parameter, False), point)


@given(bound_curves(), rigid_transforms())
def test_a_moved_curve_is_as_long_and_ends_where_its_ends_went(
    curve: Curve, transform: Transform
) -> None:
    moved = curve.CreateTransformed(transform)
    assert moved.Length == pytest.approx(curve.Length)
    for end in (0, 1):
        assert same(moved.GetEndPoint(end), transform.OfPoint(curve.GetEndPoint(end)), 1e-5)
    back = curve.CreateReversed()
    assert same(back.GetEndPoint(0), curve.GetEndPoint(1))
    assert same(back.Evaluate(0.25, True), curve.Evaluate(0.75, True))


def test_a_curve_that_is_too_short_is_refused() -> None:
    with refused("ArgumentsInconsistentException"):
        Line.CreateBound(XYZ.Zero, XYZ.Zero)
    with refused("ArgumentsInconsistentException"):
        Line.CreateBound(XYZ.Zero, XYZ(SHORT_CURVE * 0.99, 0, 0))
    assert Line.CreateBound(XYZ.Zero, XYZ(SHORT_CURVE * 1.01, 0, 0)).IsBound


def test_an_unbound_line_has_no_ends() -> None:
    line = Line.CreateUnbound(XYZ(1, 1, 0), XYZ(0, 5, 0))
    assert not line.IsBound
    assert line.Direction.coordinates == (0.0, 1.0, 0.0)
    with refused("ArgumentException"):
        line.GetEndPoint(0)
    with refused("ArgumentOutOfRangeException"):
        line.Evaluate(0.5, True)
    assert line.Evaluate(2.0, False).coordinates == (1.0, 3.0, 0.0)
    line.MakeBound(0.0, 4.0)
    assert line.Length == 4.0


def test_a_parameter_beyond_the_ends_is_refused() -> None:
    line = Line.CreateBound(XYZ.Zero, XYZ(10, 0, 0))
    with refused("ArgumentOutOfRangeException"):
        line.Evaluate(1.5, True)
    with refused("ArgumentException"):
        line.GetEndPoint(2)
    assert line.Distance(XYZ(13, 4, 0)) == 5.0


def test_an_arc_through_three_points() -> None:
    arc = Arc.Create(XYZ(1, 0, 5), XYZ(0, -1, 5), XYZ(0, 1, 5))
    assert same(arc.Center, XYZ(0, 0, 5))
    assert arc.Radius == pytest.approx(1.0)
    assert arc.Length == pytest.approx(1.5 * math.pi)
    assert same(arc.Normal, XYZ.BasisZ)
    assert Arc.Create(XYZ(1, 0, 0), XYZ(0, -1, 0), XYZ(1, -1, 0).Normalize()).Length < 2.0
    with refused("ArgumentsInconsistentException"):
        Arc.Create(XYZ(0, 0, 0), XYZ(2, 0, 0), XYZ(1, 0, 0))


def test_a_full_turn_becomes_an_unbound_circle() -> None:
    circle = Arc.Create(XYZ.Zero, 2.0, 0.0, 2 * math.pi, XYZ.BasisX, XYZ.BasisY)
    assert not circle.IsBound
    assert circle.IsCyclic
    assert circle.Length == pytest.approx(4 * math.pi)
    with refused("InvalidOperationException"):
        circle.Project(XYZ(0, 0, 3))
    with refused("ArgumentOutOfRangeException"):
        Arc.Create(XYZ.Zero, 30001.0, 0.0, 1.0, XYZ.BasisX, XYZ.BasisY)


def test_where_curves_meet() -> None:
    line = Line.CreateBound(XYZ(0, 0, 0), XYZ(10, 0, 0))
    crossing = Line.CreateBound(XYZ(4, -1, 0), XYZ(4, 1, 0))
    out = SimpleNamespace(Value=None)
    assert line.Intersect(crossing, out) == "Overlap"
    assert same(next(iter(out.Value)).XYZPoint, XYZ(4, 0, 0))
    assert line.Intersect(Line.CreateBound(XYZ(4, 1, 0), XYZ(4, 2, 0))) == "Disjoint"
    assert line.Intersect(Line.CreateBound(XYZ(0, 1, 0), XYZ(10, 1, 0))) == "Disjoint"
    assert line.Intersect(Line.CreateBound(XYZ(10, 0, 0), XYZ(0, 0, 0))) == "Equal"
    assert line.Intersect(Line.CreateBound(XYZ(10, 0, 0), XYZ(12, 0, 0))) == "Subset"
    assert line.Intersect(Line.CreateUnbound(XYZ.Zero, XYZ.BasisX)) == "Subset"
    circle = Arc.Create(XYZ(5, 0, 0), 2.0, 0.0, 7.0, XYZ.BasisX, XYZ.BasisY)
    assert line.Intersect(circle, out) == "Overlap"
    assert sorted(round(hit.XYZPoint.X, 6) for hit in out.Value) == [3.0, 7.0]
    second = Arc.Create(XYZ(8, 0, 0), 2.0, 0.0, 7.0, XYZ.BasisX, XYZ.BasisY)
    assert circle.Intersect(second, out) == "Overlap"
    assert {round(hit.XYZPoint.X, 6) for hit in out.Value} == {6.5}
    with pytest.raises(NotSimulated):
        line.Intersect(Line.CreateBound(XYZ(5, 0, 0), XYZ(15, 0, 0)))


def test_a_loop_must_be_contiguous() -> None:
    loop = CurveLoop.Create([Line.CreateBound(XYZ(0, 0, 0), XYZ(1, 0, 0))])
    assert loop.IsOpen()
    with refused("ArgumentException"):
        loop.Append(Line.CreateBound(XYZ(2, 0, 0), XYZ(3, 0, 0)))
    loop.Append(Line.CreateBound(XYZ(1, 0, 0), XYZ(1, 1, 0)))
    loop.Append(Line.CreateBound(XYZ(1, 1, 0), XYZ(0, 0, 0)))
    assert not loop.IsOpen()
    assert [curve.Length for curve in loop][:2] == [1.0, 1.0]
    assert loop.IsCounterclockwise(XYZ.BasisZ)
    loop.Flip()
    assert not loop.IsCounterclockwise(XYZ.BasisZ)


@given(SIZES, SIZES, st.floats(0.05, 20.0))
def test_an_offset_grows_a_rectangle_on_all_sides(w: float, d: float, offset: float) -> None:
    grown = CurveLoop.CreateViaOffset(rectangle(w, d), offset, XYZ.BasisZ)
    plane = Plane.CreateByNormalAndOrigin(XYZ.BasisZ, XYZ.Zero)
    assert grown.GetRectangularWidth(plane) == pytest.approx(w + 2 * offset)
    assert grown.GetRectangularHeight(plane) == pytest.approx(d + 2 * offset)


def test_an_offset_keeps_its_distance_at_any_corner() -> None:
    points = [XYZ(0, 0, 0), XYZ(10, 0, 0), XYZ(3, 8, 0)]
    grown = CurveLoop.CreateViaOffset(CurveLoop.polygon(points), 2.0, XYZ.BasisZ)
    for before, after in zip(CurveLoop.polygon(points), grown, strict=True):
        apart = Line.CreateUnbound(before.start(), before.end().minus(before.start()))
        assert apart.Distance(after.GetEndPoint(0)) == pytest.approx(2.0)
        assert apart.Distance(after.GetEndPoint(1)) == pytest.approx(2.0)


def test_the_area_within_arcs_is_exact() -> None:
    arc = Arc.Create(XYZ.Zero, 3.0, 0.0, math.pi, XYZ.BasisX, XYZ.BasisY)
    half = CurveLoop.Create([arc, Line.CreateBound(XYZ(-3, 0, 0), XYZ(3, 0, 0))])
    area = half.area_vector().Z
    assert area == pytest.approx(4.5 * math.pi)


@given(
    st.lists(st.tuples(SIZES, st.floats(0.0, 1.0)), min_size=3, max_size=8),
    st.floats(0.5, 100.0),
    rigid_transforms(),
)
def test_the_volume_of_a_prism_is_its_area_times_its_height(
    corners: list[tuple[float, float]], height: float, transform: Transform
) -> None:
    turns = [(step + share * 0.9) / len(corners) for step, (_, share) in enumerate(corners)]
    points = [
        XYZ(r * math.cos(a * math.tau), r * math.sin(a * math.tau), 2.0)
        for (r, _), a in zip(corners, turns, strict=True)
    ]
    base = CurveLoop.polygon(points)
    area = base.area_vector().length
    assume(area > 0.01)
    body = prism([base], XYZ(0, 0, height)).mapped(transform)
    assert body.Volume == pytest.approx(area * height)
    around = base.GetExactLength() * height
    assert body.SurfaceArea == pytest.approx(2 * area + around)
    closed = [face.plane.normal.times(face.Area) for face in body.Faces]
    total = XYZ()
    for share in closed:
        total = total.plus(share)
    assert total.length == pytest.approx(0.0, abs=1e-6 * body.SurfaceArea)
    assert body.Edges.Size == 3 * len(corners)
    assert all(edge.GetFace(0) and edge.GetFace(1) for edge in body.Edges)


def test_the_faces_of_a_box_look_outwards() -> None:
    body = box(XYZ(0, 0, 0), XYZ(2, 3, 4))
    assert (body.Volume, body.SurfaceArea) == (24.0, 52.0)
    centre = body.ComputeCentroid()
    assert centre.coordinates == (1.0, 1.5, 2.0)
    for face in body.Faces:
        assert face.FaceNormal.dot(face.Origin.minus(centre)) > 0.0
        (loop,) = face.GetEdgesAsCurveLoops()
        assert loop.IsCounterclockwise(face.FaceNormal)
    around = body.GetBoundingBox()
    assert around is not None
    assert around.Transform.Origin.coordinates == centre.coordinates
    assert around.Max.coordinates == (1.0, 1.5, 2.0)


def test_a_hole_is_no_part_of_a_face() -> None:
    body = GeometryCreationUtilities.CreateExtrusionGeometry(
        [rectangle(2, 2), rectangle(10, 10)], XYZ.BasisZ, 3.0
    )
    top = next(face for face in body.Faces if face.FaceNormal.Z > 0.5)
    assert (body.Volume, top.Area) == (288.0, 96.0)
    assert top.Project(XYZ(0, 0, 9)) is None
    hit = top.Project(XYZ(3, 0, 9))
    assert hit.Distance == 6.0
    assert same(top.Evaluate(hit.UVPoint), XYZ(3, 0, 3))
    outer, hole = top.GetEdgesAsCurveLoops()
    assert outer.IsCounterclockwise(XYZ.BasisZ)
    assert not hole.IsCounterclockwise(XYZ.BasisZ)
    for face in body.Faces:
        if abs(face.FaceNormal.Z) < 0.5:
            (loop,) = face.GetEdgesAsCurveLoops()
            middle = next(iter(loop)).Evaluate(0.5, True)
            assert top.Project(middle.plus(face.FaceNormal.times(0.1))) is None


def test_a_mirrored_body_still_looks_outwards() -> None:
    plane = Plane.CreateByNormalAndOrigin(XYZ.BasisX, XYZ.Zero)
    body = prism([rectangle(10, 10), rectangle(2, 2)], XYZ(0, 0, 3))
    mirrored = body.mapped(Transform.CreateReflection(plane))
    for face in mirrored.Faces:
        loops = face.GetEdgesAsCurveLoops()
        assert loops[0].IsCounterclockwise(face.FaceNormal)
        assert not any(loop.IsCounterclockwise(face.FaceNormal) for loop in loops[1:])


def test_an_open_profile_is_refused() -> None:
    side = CurveLoop.Create([Line.CreateBound(XYZ(0, 0, 0), XYZ(1, 0, 0))])
    with refused("ArgumentException"):
        GeometryCreationUtilities.CreateExtrusionGeometry([side], XYZ.BasisZ, 1.0)
    with refused("ArgumentOutOfRangeException"):
        GeometryCreationUtilities.CreateExtrusionGeometry([rectangle(1, 1)], XYZ.BasisZ, 0.0)


def test_the_geometry_of_an_instance_stands_where_the_instance_stands() -> None:
    shapes = GeometryElement([box(XYZ(0, 0, 0), XYZ(1, 1, 1))])
    placed = GeometryInstance.of(shapes, Transform.CreateTranslation(XYZ(10, 0, 0)))
    assert placed.GetInstanceGeometry().GetBoundingBox().Min.coordinates == (10.0, 0.0, 0.0)
    assert placed.GetSymbolGeometry().GetBoundingBox().Min.coordinates == (0.0, 0.0, 0.0)


GEOMETRY = sorted(
    name
    for name, behaviour in BEHAVIOURS.items()
    if behaviour.__module__.rpartition(".")[2]
    in {"vectors", "transforms", "boxes", "planes", "curve", "lines", "arcs"}
    | {"arrays", "loops", "faces", "solids"}
)


@pytest.mark.parametrize("name", GEOMETRY)
def test_every_member_is_one_of_revits(name: str) -> None:
    catalog = packaged_catalog()
    known = {
        spelling
        for version in catalog.versions
        for member in catalog.all_members(name, version)
        for spelling in (member.name, *member.accessors)
    }
    ours = {member for member in dir(BEHAVIOURS[name]) if member[0].isupper()}
    assert ours <= known
