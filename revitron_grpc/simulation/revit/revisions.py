"""Revisions and their clouds (behaviour 45).

Data of a revision: `sequence`, `number`, `issued`, `description`, `revision_date`, `issued_by`,
`issued_to`, `visibility` (a `RevisionVisibility`). Data of a cloud: `revision`, `view`, `curves`.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, locks, mirrors
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element

_TEXTS = {
    "PROJECT_REVISION_REVISION_DATE": "revision_date",
    "PROJECT_REVISION_REVISION_DESCRIPTION": "description",
    "PROJECT_REVISION_REVISION_ISSUED_BY": "issued_by",
    "PROJECT_REVISION_REVISION_ISSUED_TO": "issued_to",
}
for _parameter, _key in _TEXTS.items():
    mirrors(_parameter, _key, default="")
mirrors("PROJECT_REVISION_REVISION_ISSUED", "issued", default=0)
mirrors("PROJECT_REVISION_SEQUENCE_NUM", "sequence")
mirrors("PROJECT_REVISION_REVISION_NUM", "number")
mirrors("REVISION_CLOUD_REVISION", "revision")


@locks(*_TEXTS)
def _is_issued(record: ElementRecord) -> bool:
    return bool(record.data.get("issued"))


@locks("REVISION_CLOUD_REVISION", "ALL_MODEL_INSTANCE_COMMENTS", kinds=("RevisionCloud",))
def _of_issued(record: ElementRecord) -> bool:
    revision = record.database.get(record.data["revision"])
    return revision is not None and bool(revision.data.get("issued"))


_CLOUD_TEXTS = {
    "REVISION_CLOUD_REVISION_DATE": "revision_date",
    "REVISION_CLOUD_REVISION_DESCRIPTION": "description",
    "REVISION_CLOUD_REVISION_NUM": "number",
}


def _tell_revision(parameter: str, key: str) -> None:
    @computed(parameter)
    def told(record: ElementRecord) -> str | None:
        revision = record.database.get(record.data["revision"])
        return None if revision is None else revision.data.get(key, "")


for _parameter, _key in _CLOUD_TEXTS.items():
    _tell_revision(_parameter, _key)


def in_order(database: Database) -> list[ElementRecord]:
    """Return the revisions of a project in their sequence."""
    return sorted(database.of_kind("Revision"), key=lambda one: one.data["sequence"])


@behaves("Autodesk.Revit.DB.Revision")
class Revision(Element):
    """A revision; read-only once it is issued (behaviour 45)."""

    @classmethod
    def Create(cls, document: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        last = max((one.data["sequence"] for one in database.of_kind("Revision")), default=0)
        return database.add(
            "Revision",
            category="OST_Revisions",
            sequence=last + 1,
            number=str(last + 1),
            issued=False,
            description="",
        )

    @classmethod
    def GetAllRevisionIds(cls, document: Any) -> list[int]:
        return [one.id for one in in_order(document._database)]

    @property
    def SequenceNumber(self) -> int:
        return self._data["sequence"]

    @property
    def RevisionNumber(self) -> str:
        if per_sheet(self._database):
            # "Empty where numbers are given by sheet": page "Revision.RevisionNumber".
            return ""
        return self._data.get("number", "")

    @property
    def Issued(self) -> bool:
        return bool(self._data.get("issued"))

    @Issued.setter
    def Issued(self, value: bool) -> None:
        self._write("issued", bool(value))

    def _set(self, key: str, value: Any) -> None:
        if self._data.get("issued"):
            raise revit_error(
                "InvalidOperationException",
                "This operation cannot be performed on Revisions that have already been issued.",
            )
        self._write(key, value)

    @property
    def Description(self) -> str:
        return self._data.get("description", "")

    @Description.setter
    def Description(self, value: str) -> None:
        self._set("description", value)

    @property
    def RevisionDate(self) -> str:
        return self._data.get("revision_date", "")

    @RevisionDate.setter
    def RevisionDate(self, value: str) -> None:
        self._set("revision_date", value)

    @property
    def IssuedBy(self) -> str:
        return self._data.get("issued_by", "")

    @IssuedBy.setter
    def IssuedBy(self, value: str) -> None:
        self._set("issued_by", value)

    @property
    def IssuedTo(self) -> str:
        return self._data.get("issued_to", "")

    @IssuedTo.setter
    def IssuedTo(self, value: str) -> None:
        self._set("issued_to", value)

    @property
    def Visibility(self) -> str:
        return self._data.get("visibility", "CloudAndTagVisible")

    @Visibility.setter
    def Visibility(self, value: Any) -> None:
        # What is shown can be changed after the issue, as the dialog allows (field knowledge).
        self._write("visibility", value.name)


def per_sheet(database: Database) -> bool:
    """Tell whether revisions are numbered sheet by sheet (`RevisionNumbering.PerSheet`)."""
    return database.settings.get("revision_numbering") == "PerSheet"


@behaves("Autodesk.Revit.DB.RevisionCloud")
class RevisionCloud(Element):
    """A cloud around what a revision changed."""

    @classmethod
    def Create(cls, document: Any, view: Any, revisionId: Any, curves: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        revision = database.get(revisionId.number)
        if revision is None or not revision.kind.endswith(".Revision"):
            raise revit_error("ArgumentException", "revisionId is not a valid Revision.")
        if revision.data.get("issued"):
            raise revit_error(
                "ArgumentException",
                "This operation cannot be performed because revisionId is an issued Revision.",
            )
        drawn = tuple(curves)
        if not drawn:
            raise revit_error("ArgumentException", "The list of curves is empty.")
        return database.add(
            "RevisionCloud",
            category="OST_RevisionClouds",
            view=view._record.id,
            revision=revision.id,
            curves=drawn,
        )

    @property
    def RevisionId(self) -> int:
        return self._data["revision"]

    def IsRevisionIssued(self) -> bool:
        revision = self._other("revision")
        return revision is not None and bool(revision.data.get("issued"))

    def GetSheetIds(self) -> list[int]:
        return sorted(sheet.id for sheet in sheets_with(self._record))


def sheets_with(cloud: ElementRecord) -> list[ElementRecord]:
    """Return the sheets on which a cloud may appear, hidden or not: page "GetSheetIds".

    Its own sheet, or those of its view and of the view's primary and dependent ones; none where
    it is drawn in a legend.
    """
    database = cloud.database
    owner = database.get(cloud.data["view"])
    if owner is None or owner.data.get("view_type") == "Legend":
        return []
    if owner.kind.endswith(".ViewSheet"):
        return [owner]
    primary = owner.data.get("primary_view", owner.id)
    family = {
        one.id
        for one in database.elements.values()
        if one.id == primary or one.data.get("primary_view") == primary
    }
    viewports = [one for one in database.of_kind("Viewport") if one.data["viewed"] in family]
    numbers = {one.data["sheet"] for one in viewports}
    return [one for one in database.of_kind("ViewSheet") if one.id in numbers]


def visible_clouds(sheet: ElementRecord) -> list[ElementRecord]:
    """Return the clouds that can be seen on a sheet: not hidden in their view."""
    found: list[ElementRecord] = []
    for cloud in sheet.database.of_kind("RevisionCloud"):
        owner = sheet.database.get(cloud.data["view"])
        if owner is None or sheet not in sheets_with(cloud):
            continue
        hidden = cloud.id in owner.data.get("hidden", ())
        if not hidden and "OST_RevisionClouds" not in owner.data.get("hidden_categories", ()):
            found.append(cloud)
    return found


def revisions_on(sheet: ElementRecord) -> list[ElementRecord]:
    """Return the revisions that the revision table of a sheet lists, in their sequence.

    Those of visible clouds, and those ticked by hand: page "GetAllRevisionCloudIds".
    """
    wanted = {cloud.data["revision"] for cloud in visible_clouds(sheet)}
    wanted.update(sheet.data.get("ticked", ()))
    return [one for one in in_order(sheet.database) if one.id in wanted]


def number_on_sheet(sheet: ElementRecord, revision: int) -> str | None:
    """Return a revision's number on a sheet; None where the sheet does not list it."""
    listed = [one.id for one in revisions_on(sheet)]
    if revision not in listed:
        return None
    if per_sheet(sheet.database):
        # Consecutive numbers: page "RevisionSettings.RevisionNumbering".
        return str(listed.index(revision) + 1)
    return sheet.database.elements[revision].data.get("number", "")


def check_ticked(database: Database, numbers: tuple[int, ...]) -> None:
    """Raise `ArgumentException` for ids that are no revisions."""
    for number in numbers:
        record = database.get(number)
        if record is None or not record.kind.endswith(".Revision"):
            raise revit_error("ArgumentException", "projectRevisionIds contains no revision.")
