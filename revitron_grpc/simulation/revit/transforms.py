"""`Transform`: move, turn, mirror and scale points and vectors."""

import math

from revitron_grpc.simulation.behaviour import behaves, static_property
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.planes import Plane
from revitron_grpc.simulation.revit.vectors import TOLERANCE, XYZ, almost_equal, finite

__all__ = ["Transform"]

_X, _Y, _Z = XYZ(1.0, 0.0, 0.0), XYZ(0.0, 1.0, 0.0), XYZ(0.0, 0.0, 1.0)


def _axis(index: int) -> int:
    if index not in (0, 1, 2):
        raise revit_error("ArgumentOutOfRangeException", f"There is no basis vector {index}.")
    return index


@behaves("Autodesk.Revit.DB.Transform")
class Transform:
    """An origin and three basis vectors. Its properties can be set, so elements hand out copies."""

    def __init__(self, source: "Transform | None" = None) -> None:
        self._origin, self._basis = XYZ(), (_X, _Y, _Z)
        if source is not None:
            self._origin, self._basis = source._origin, source._basis

    @staticmethod
    def of(origin: XYZ, x: XYZ = _X, y: XYZ = _Y, z: XYZ = _Z) -> "Transform":
        """Make a transform from its origin and basis."""
        made = Transform()
        made._origin, made._basis = origin, (x, y, z)
        return made

    Identity = static_property(lambda _: Transform())

    @classmethod
    def CreateTranslation(cls, vector: XYZ) -> "Transform":
        """Make a move by a vector."""
        return Transform.of(vector)

    @classmethod
    def CreateRotation(cls, axis: XYZ, angle: float) -> "Transform":
        """Make a turn by an angle in radians around an axis through the origin."""
        finite(angle)
        unit = axis.unit()
        if unit.IsZeroLength():
            raise revit_error("ArgumentOutOfRangeException", "axis has zero length.")
        return Transform.of(XYZ(), *(_turned(v, unit, angle) for v in (_X, _Y, _Z)))

    @classmethod
    def CreateRotationAtPoint(cls, axis: XYZ, angle: float, origin: XYZ) -> "Transform":
        """Make a turn by an angle in radians around an axis through a point."""
        turn = Transform.CreateRotation(axis, angle)
        turn._origin = origin.minus(turn.OfVector(origin))
        return turn

    @classmethod
    def CreateReflection(cls, plane: Plane) -> "Transform":
        """Make a mirror image at a plane."""
        normal = plane.normal

        def mirrored(vector: XYZ) -> XYZ:
            return vector.minus(normal.times(2.0 * vector.dot(normal)))

        origin = normal.times(2.0 * plane.origin.dot(normal))
        return Transform.of(origin, mirrored(_X), mirrored(_Y), mirrored(_Z))

    @property
    def Origin(self) -> XYZ:
        """Where the transform puts the origin."""
        return self._origin

    @Origin.setter
    def Origin(self, value: XYZ) -> None:
        self._origin = value

    @property
    def BasisX(self) -> XYZ:
        """What becomes of the x axis."""
        return self._basis[0]

    @BasisX.setter
    def BasisX(self, value: XYZ) -> None:
        self._replace_basis(0, value)

    @property
    def BasisY(self) -> XYZ:
        """What becomes of the y axis."""
        return self._basis[1]

    @BasisY.setter
    def BasisY(self, value: XYZ) -> None:
        self._replace_basis(1, value)

    @property
    def BasisZ(self) -> XYZ:
        """What becomes of the z axis."""
        return self._basis[2]

    @BasisZ.setter
    def BasisZ(self, value: XYZ) -> None:
        self._replace_basis(2, value)

    def get_Basis(self, index: int) -> XYZ:
        """Return the basis vector 0, 1 or 2."""
        return self._basis[_axis(index)]

    def set_Basis(self, index: int, value: XYZ) -> None:
        """Replace the basis vector 0, 1 or 2."""
        self._replace_basis(index, value)

    def _replace_basis(self, index: int, value: XYZ) -> None:
        vectors = list(self._basis)
        vectors[_axis(index)] = value
        self._basis = (vectors[0], vectors[1], vectors[2])

    @property
    def Determinant(self) -> float:
        """How much the transform changes volumes; negative with a reflection."""
        x, y, z = self._basis
        return x.dot(y.cross(z))

    @property
    def HasReflection(self) -> bool:
        """Whether the transform makes a left hand of a right one."""
        return self.Determinant < 0.0

    @property
    def IsIdentity(self) -> bool:
        """Whether the transform changes nothing."""
        return self._origin.IsZeroLength() and self.IsTranslation

    @property
    def IsTranslation(self) -> bool:
        """Whether the transform only moves."""
        return all(
            almost_equal(one.coordinates, other.coordinates, TOLERANCE)
            for one, other in zip(self._basis, (_X, _Y, _Z), strict=True)
        )

    @property
    def IsConformal(self) -> bool:
        """Whether the transform keeps all angles."""
        x, y, z = self._basis
        size = x.length
        return (
            size > TOLERANCE
            and almost_equal((y.length, z.length), (size, size), TOLERANCE)
            and almost_equal((x.dot(y), y.dot(z), z.dot(x)), (0.0, 0.0, 0.0), TOLERANCE * size)
        )

    @property
    def Scale(self) -> float:
        """The factor by which lengths grow; for a conformal transform only."""
        if not self.IsConformal:
            raise revit_error("InvalidOperationException", "The transform is not conformal.")
        return self._basis[0].length

    @property
    def Inverse(self) -> "Transform":
        """The transform that undoes this one."""
        determinant = self.Determinant
        if determinant == 0.0:
            raise revit_error("InvalidOperationException", "The transform is not invertible.")
        x, y, z = self._basis
        rows = [v.times(1.0 / determinant) for v in (y.cross(z), z.cross(x), x.cross(y))]
        columns = [XYZ(*values) for values in zip(*(r.coordinates for r in rows), strict=True)]
        inverse = Transform.of(XYZ(), *columns)
        inverse._origin = inverse.OfVector(self._origin).times(-1.0)
        return inverse

    def OfPoint(self, point: XYZ) -> XYZ:
        """Return where a point goes."""
        return self.OfVector(point).plus(self._origin)

    def OfVector(self, vec: XYZ) -> XYZ:
        """Return what becomes of a vector, which the origin does not move."""
        x, y, z = self._basis
        a, b, c = vec.coordinates
        return x.times(a).plus(y.times(b)).plus(z.times(c))

    def Multiply(self, right: "Transform") -> "Transform":
        """Return the transform that does `right` first and this one after it."""
        turned = [self.OfVector(vector) for vector in right._basis]
        return Transform.of(self.OfPoint(right._origin), *turned)

    def ScaleBasis(self, scale: float) -> "Transform":
        """Return the transform with a longer basis and the same origin."""
        return Transform.of(self._origin, *(vector.times(scale) for vector in self._basis))

    def ScaleBasisAndOrigin(self, scale: float) -> "Transform":
        """Return the transform with a longer basis and an origin farther away."""
        scaled = self.ScaleBasis(scale)
        scaled._origin = self._origin.times(scale)
        return scaled

    def AlmostEqual(self, right: "Transform") -> bool:
        """Whether another transform is the same within Revit's tolerance."""
        mine, theirs = (self._origin, *self._basis), (right._origin, *right._basis)
        return all(
            almost_equal(one.coordinates, other.coordinates, TOLERANCE)
            for one, other in zip(mine, theirs, strict=True)
        )

    def __mul__(self, other: object) -> "Transform":
        return self.Multiply(other) if isinstance(other, Transform) else NotImplemented


def _turned(vector: XYZ, axis: XYZ, angle: float) -> XYZ:
    """Turn a vector around a unit axis (Rodrigues' formula)."""
    cosine, sine = math.cos(angle), math.sin(angle)
    along = axis.times(axis.dot(vector) * (1.0 - cosine))
    return vector.times(cosine).plus(axis.cross(vector).times(sine)).plus(along)
