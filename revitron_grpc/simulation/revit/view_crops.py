"""Where a view looks: its axes, its crop, its scope box.

Data: `axes` (a `Transform` from the view's axes to the model's: right, up, towards the viewer),
`turn` (of a plan without axes, in radians),
`crop` (two corners in these axes), `crop_active`, `crop_visible`, `annotation_crop`, `scope_box`
(an id). The crop box is a copy (behaviour 16).
"""

from typing import Any

from revitron_grpc.simulation.computed import locks, mirrors
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.boxes import BoundingBoxXYZ
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.geometry import XYZ, Transform

_HALF_CROP = 50.0

mirrors("VIEWER_CROP_REGION", "crop_active", default=0)
mirrors("VIEWER_CROP_REGION_VISIBLE", "crop_visible", default=0)
mirrors("VIEWER_ANNOTATION_CROP_ACTIVE", "annotation_crop", default=0)
mirrors("VIEWER_VOLUME_OF_INTEREST_CROP", "scope_box", default=INVALID)


@locks("VIEWER_CROP_REGION", "VIEWER_CROP_REGION_VISIBLE", "VIEWER_ANNOTATION_CROP_ACTIVE")
def _of_template(record: ElementRecord) -> bool:
    """A template has no crop of its own."""
    return bool(record.data.get("is_template"))


class ViewCrop(Element):
    """The part of a view that says what it looks at."""

    def _axes(self) -> Transform:
        found = self._data.get("axes")
        if found is not None:
            return found
        if self._data["view_type"] in ("Section", "Elevation", "Detail", "ThreeD"):
            raise NotSimulated(f"the direction of the view '{self._data.get('name')}'")
        return Transform.CreateRotation(XYZ(0.0, 0.0, 1.0), self._data.get("turn", 0.0))

    @property
    def Origin(self) -> XYZ:
        return self._axes().Origin

    @property
    def RightDirection(self) -> XYZ:
        return self._axes().BasisX

    @property
    def UpDirection(self) -> XYZ:
        return self._axes().BasisY

    @property
    def ViewDirection(self) -> XYZ:
        # "The direction towards the viewer": page "View.ViewDirection".
        return self._axes().BasisZ

    @property
    def CropBox(self) -> BoundingBoxXYZ | None:
        if self._data.get("is_template"):
            return None
        low, high = self._data.get("crop") or (
            XYZ(-_HALF_CROP, -_HALF_CROP, 0.0),
            XYZ(_HALF_CROP, _HALF_CROP, 0.0),
        )
        return BoundingBoxXYZ.of(low, high, self._axes())

    @CropBox.setter
    def CropBox(self, value: Any) -> None:
        self._check_crop("InvalidOperationException")
        self._write("crop", (value.Min, value.Max))

    def _check_crop(self, error: str) -> None:
        # The exceptions: pages "View.CropBoxActive" and "View.CropBoxVisible".
        if self._data.get("is_template"):
            raise revit_error(error, "The view is a template and cannot have a crop box applied.")

    @property
    def CropBoxActive(self) -> bool:
        self._check_crop("InapplicableDataException")
        return bool(self._data.get("crop_active"))

    @CropBoxActive.setter
    def CropBoxActive(self, value: bool) -> None:
        self._check_crop("InvalidOperationException")
        self._write("crop_active", int(bool(value)))

    @property
    def CropBoxVisible(self) -> bool:
        self._check_crop("InapplicableDataException")
        return bool(self._data.get("crop_visible"))

    @CropBoxVisible.setter
    def CropBoxVisible(self, value: bool) -> None:
        self._check_crop("InvalidOperationException")
        self._write("crop_visible", int(bool(value)))
