"""Sections, details, elevations and 3D views.

Data of a 3D view: `section_box` (a `BoundingBoxXYZ`), `section_box_active`, `locked`,
`perspective`. Each section has a mark, an element of its own: `marks_view` is the view that it
leads to, `shown_in` the views in which it can be seen.
"""

import math
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, mirrors
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.boxes import BoundingBoxXYZ
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.view_copies import free_view_name
from revitron_grpc.simulation.revit.views import View, family_of, last_phase

_TOLERANCE = 1e-9
_LEAST_DEPTH = 1e-3
"""How close near and far may be, in feet; Revit does not say."""
_HALF = 1.0 / math.sqrt(2.0)
_THIRD = 1.0 / math.sqrt(3.0)
# Seen from the south-east, as a new 3D view of Revit is.
ISOMETRIC = Transform.of(
    XYZ(),
    XYZ(_HALF, _HALF, 0.0),
    XYZ(-_HALF * _THIRD, _HALF * _THIRD, 2.0 * _HALF * _THIRD),
    XYZ(_THIRD, -_THIRD, _THIRD),
)

mirrors("VIEWER_MODEL_CLIP_BOX_ACTIVE", "section_box_active", default=0)


@computed("VIEWER_BOUND_OFFSET_FAR")
def _far(record: ElementRecord) -> float | None:
    crop = record.data.get("crop")
    return None if crop is None else crop[1].Z - crop[0].Z


@behaves("Autodesk.Revit.DB.ViewSection")
class ViewSection(View):
    """A section, detail, elevation or callout of one."""

    @classmethod
    def CreateSection(cls, document: Any, viewFamilyTypeId: Any, sectionBox: Any) -> ElementRecord:
        return _section(document._database, viewFamilyTypeId.number, sectionBox, "Section")

    @classmethod
    def CreateDetail(cls, document: Any, viewFamilyTypeId: Any, sectionBox: Any) -> ElementRecord:
        return _section(document._database, viewFamilyTypeId.number, sectionBox, "Detail")


def _section(database: Database, type_number: int, box: BoundingBoxXYZ, kind: str) -> ElementRecord:
    database.check_writable()
    if family_of(database, type_number) != kind:
        raise revit_error("ArgumentException", f"The ViewFamilyType must be a {kind} ViewFamily.")
    _check_box(box)
    german = database.language == "de"
    start = {"Section": "Schnitt " if german else "Section "}.get(kind, "Detail ")
    place = box.Transform
    # Pages "CreateSection" and "CropBox": the view looks along the box's Z from the near side;
    # X of the view is to the right on the screen and Z towards the user, so both turn round.
    low, high = box.Min, box.Max
    near = place.OfPoint(XYZ(0.0, 0.0, low.Z))
    axes = Transform.of(near, place.BasisX.times(-1.0), place.BasisY, place.BasisZ.times(-1.0))
    name = free_view_name(database, kind, start)
    view = database.add(
        "ViewSection",
        category="OST_Views",
        name=name,
        type=type_number,
        view_type=kind,
        view_phase=last_phase(database),
        scale=100,
        axes=axes,
        crop=(XYZ(-high.X, low.Y, low.Z - high.Z), XYZ(-low.X, high.Y, 0.0)),
        crop_active=1,
        crop_visible=1,
    )
    database.add("Element", category="OST_Viewers", name=name, marks_view=view.id)
    return view


def _check_box(box: BoundingBoxXYZ) -> None:
    basis = (box.Transform.BasisX, box.Transform.BasisY, box.Transform.BasisZ)
    units = all(abs(one.GetLength() - 1.0) < _TOLERANCE for one in basis)
    square = all(
        abs(basis[one].dot(basis[two])) < _TOLERANCE for one, two in ((0, 1), (1, 2), (0, 2))
    )
    if not units or not square:
        raise revit_error(
            "ArgumentException", "The basis vectors of must be unit length and orthonormal."
        )
    if box.Transform.Determinant < 0.0:
        raise NotSimulated("DB.ViewSection.CreateSection with a mirrored box")
    if box.Max.Z - box.Min.Z < _LEAST_DEPTH:
        raise revit_error(
            "ArgumentException",
            "The near and far bound offsets cannot be reversed or too close to each other.",
        )


@behaves("Autodesk.Revit.DB.View3D")
class View3D(View):
    """A 3D view."""

    @classmethod
    def CreateIsometric(cls, document: Any, viewFamilyTypeId: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        if family_of(database, viewFamilyTypeId.number) != "ThreeDimensional":
            raise revit_error(
                "ArgumentException", "viewFamilyTypeId is not a valid ViewFamilyType for a 3D view."
            )
        start = "3D-Ansicht " if database.language == "de" else "3D View "
        return database.add(
            "View3D",
            category="OST_Views",
            name=free_view_name(database, "ThreeD", start),
            type=viewFamilyTypeId.number,
            view_type="ThreeD",
            view_phase=last_phase(database),
            scale=100,
            axes=ISOMETRIC,
        )

    @property
    def IsPerspective(self) -> bool:
        return bool(self._data.get("perspective"))

    @property
    def IsLocked(self) -> bool:
        return bool(self._data.get("locked"))

    def Unlock(self) -> None:
        self._write("locked", False)

    def SaveOrientationAndLock(self) -> None:
        if self._data.get("is_template"):
            raise revit_error("InvalidOperationException", "A template cannot be locked.")
        self._write("locked", True)

    @property
    def IsSectionBoxActive(self) -> bool:
        return bool(self._data.get("section_box_active"))

    @IsSectionBoxActive.setter
    def IsSectionBoxActive(self, value: bool) -> None:
        self._write("section_box_active", int(bool(value)))

    def GetSectionBox(self) -> BoundingBoxXYZ:
        held = self._data.get("section_box")
        if held is None:
            raise NotSimulated("DB.View3D.GetSectionBox of a view that never had one")
        return held.copy()

    def SetSectionBox(self, boundingBoxXYZ: Any) -> None:
        if boundingBoxXYZ is None:
            self._write("section_box_active", 0)
            return
        low, high = boundingBoxXYZ.Min, boundingBoxXYZ.Max
        if not (low.X < high.X and low.Y < high.Y and low.Z < high.Z):
            raise revit_error("ArgumentException", "The section box is not valid.")
        self._write("section_box", boundingBoxXYZ.copy())
        self._write("section_box_active", 1)
