"""A set of drawings in good order: views, sheets, marks, revisions. Scenarios put faults into it.

- plans `plan-1` to `plan-3` (1:100) and `plan-old` (level 1 in the existing phase), all cropped to
  a scope box (`scope-a`, `scope-b`) and following `template-plan`; `plan-free` of level 3 (1:50)
  and `plan-3-west`, dependent on `plan-3`, on no sheet; `ceiling-1`;
- `section-a`, `section-b` (1:50), `detail-1`, `detail-2` (1:10), `elevation-south`, each with its
  mark (`mark-section-a` ...); `drafting-1`, `legend-1`, `view-3d` (locked), `schedule-doors`,
  `schedule-revisions` of the title block, `browser`;
- sheets `sheet-101` to `sheet-107` (A-101 ...: plans, sections, details, 3D, a list) and
  `sheet-201` (S-201: the existing building), each with `title-block-101` ..., its fields filled
  in, and viewports called after their view (`port-plan-1`);
- `rev-1` (issued, only tags are shown), `rev-2` and `rev-3`; `cloud-1` in `plan-1` of the first,
  `cloud-2` on `sheet-102` and `cloud-3` in `section-a` of the second, each with a tag, and
  `cloud-4` of the second as a symbol in `legend-1`;
- texts `note-1` in `plan-1`, `note-2` on `sheet-102`, `note-3` in `plan-free`;
- dimensions `dimension-1` (TBC) and the chain `dimension-2` (a number typed over) in `plan-1`,
  `dimension-3` (tbd below) in `plan-2`, `dimension-4` (XXX) in `plan-free`.

What is built is in drawing_set_building.py, view filters and walls to colour in
drawing_set_colours.py. The second flavour is German, in millimetres, workshared, and has the
architect's link; a colleague holds `plan-2` and `sheet-102`.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.architects_model import link_architects_model
from revitron_grpc.simulation.models.builder import ModelBuilder, m, mm
from revitron_grpc.simulation.models.drawing_set_building import add_building
from revitron_grpc.simulation.models.drawing_set_colours import add_colours
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.models.second_people import share
from revitron_grpc.simulation.revit.dimensions import Segment
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.model_views import ISOMETRIC

__all__ = ["drawing_set"]

_FIELDS = {
    "SHEET_DRAWN_BY": "AB",
    "SHEET_CHECKED_BY": "CD",
    "SHEET_APPROVED_BY": "EF",
    "SHEET_DESIGNED_BY": "AB",
    "SHEET_ISSUE_DATE": "2026-03-02",
}
# Number, name, and the views on it.
_SHEETS = (
    ("A-101", ("Ground floor", "Erdgeschoss"), ("plan-1", "legend-1")),
    ("A-102", ("First floor", "Obergeschoss"), ("plan-2", "legend-1")),
    ("A-103", ("Second floor", "Dachgeschoss"), ("plan-3", "ceiling-1")),
    ("A-104", ("Sections", "Schnitte"), ("section-a", "section-b", "elevation-south")),
    ("A-105", ("Details", "Details"), ("detail-1", "detail-2", "drafting-1")),
    ("A-106", ("Axonometry", "Axonometrie"), ("view-3d",)),
    ("A-107", ("Door list", "Türliste"), ()),
    ("S-201", ("Existing building", "Bestand"), ("plan-old",)),
)
_SOUTH = Transform.of(XYZ(), XYZ(1.0, 0.0, 0.0), XYZ(0.0, 0.0, 1.0), XYZ(0.0, -1.0, 0.0))
_EAST = Transform.of(XYZ(), XYZ(0.0, 1.0, 0.0), XYZ(0.0, 0.0, 1.0), XYZ(1.0, 0.0, 0.0))


def drawing_set(*, second: bool) -> Database:
    """Build the model."""
    title = "Plansatz" if second else "Drawing set"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    drawings = _Drawings(builder)
    drawings.add()
    add_building(builder)
    add_colours(builder)
    if second:
        link_architects_model(builder)
        share(builder, held=("plan-2", "sheet-102"))
    return builder.finish()


class _Drawings:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        self.find = builder.database.by_handle
        self.types: dict[str, ElementRecord] = {}

    def add(self) -> None:
        """Add everything."""
        text, find = self.builder.text, self.find
        self.builder.add(
            "Level", "level-3", "OST_Levels", name=text("Level 3", "Ebene 3"), elevation=m(6.0)
        )
        for family in ("FloorPlan", "CeilingPlan", "Section", "Detail", "Elevation",
                       "ThreeDimensional", "Drafting"):  # fmt: skip
            self.types[family] = self.builder.add_type(
                "ViewFamilyType",
                f"type-{family}",
                "OST_Views",
                family,
                text(family, f"{family} Büro"),
                view_family=family,
            )
        self._scope_boxes()
        self._phase_filters()
        self._templates()
        self._plans()
        self._sections()
        self._other_views()
        self._marks()
        self._title_blocks()
        self._sheets()
        self._revisions()
        self._notes()
        self._dimensions()
        self.builder.database.settings["active_view"] = find("plan-1").id

    def _scope_boxes(self) -> None:
        for letter, left in (("a", 0.0), ("b", 20.0)):
            self.builder.add(
                "Element",
                f"scope-{letter}",
                "OST_VolumeOfInterest",
                name=self.builder.text(f"Part {letter.upper()}", f"Bauteil {letter.upper()}"),
                box=(XYZ(m(left), 0.0, m(-1.0)), XYZ(m(left + 20.0), m(12.0), m(10.0))),
            )

    def _phase_filters(self) -> None:
        text = self.builder.text
        for slug, names in (
            ("all", ("Show All", "Alles anzeigen")),
            ("previous", ("Show Previous + New", "Vorherige + Neue anzeigen")),
        ):
            self.builder.add("PhaseFilter", f"phase-filter-{slug}", name=text(*names))

    def _view(self, kind: str, handle: str, names: tuple[str, str], **data: Any) -> ElementRecord:
        found: dict[str, Any] = {
            "view_phase": self.find("phase-2"),
            "phase_filter": self.find("phase-filter-all"),
            "detail_level": 2,
            "discipline": 1,
            **data,
        }
        return self.builder.add(kind, handle, "OST_Views", name=self.builder.text(*names), **found)

    def _templates(self) -> None:
        for handle, kind, view_type, names, scale in (
            ("template-plan", "ViewPlan", "FloorPlan", ("Plan 100", "Grundriss 100"), 100),
            ("template-survey", "ViewPlan", "FloorPlan", ("Survey 100", "Bestand 100"), 100),
            ("template-ceiling", "ViewPlan", "CeilingPlan", ("Ceiling", "Deckenspiegel"), 100),
            ("template-section", "ViewSection", "Section", ("Section 50", "Schnitt 50"), 50),
            ("template-detail", "ViewSection", "Detail", ("Detail 10", "Detail 10"), 10),
            ("template-3d", "View3D", "ThreeD", ("3D", "3D"), 200),
        ):
            self._view(
                kind, handle, names, view_type=view_type, is_template=True, scale=scale,
                left_free=("VIEW_PHASE_FILTER",),
            )  # fmt: skip

    def _plans(self) -> None:
        text, find = self.builder.text, self.find
        common: dict[str, Any] = {
            "type": self.types["FloorPlan"].id,
            "phase_filter": find("phase-filter-all").id,
            "detail_level": 2,
            "discipline": 1,
            "template": find("template-plan").id,
            "crop": (XYZ(0.0, 0.0, 0.0), XYZ(m(20.0), m(12.0), 0.0)),
            "crop_active": 1,
            "crop_visible": 0,
            "annotation_crop": 1,
            "scope_box": find("scope-a").id,
        }
        for number in (1, 2):
            # They are of the empty project already.
            plan = find(f"plan-{number}")
            plan.data.update(common)
            title = text(f"Plan of level {number}", f"Grundriss Ebene {number}")
            self.builder.set(plan, "VIEW_DESCRIPTION", title)
        old: dict[str, Any] = {"view_phase": find("phase-1")}
        for handle, names, level, data in (
            ("plan-3", ("Level 3", "Ebene 3"), 3, {}),
            ("plan-old", ("Level 1 existing", "Ebene 1 Bestand"), 1, old),
        ):
            plan = self._view(
                "ViewPlan", handle, names, view_type="FloorPlan", gen_level=find(f"level-{level}"),
                scale=100, **{**common, **data},
            )  # fmt: skip
            self.builder.set(plan, "VIEW_DESCRIPTION", text("Plan: ", "Grundriss: ") + text(*names))
        self._view(
            "ViewPlan", "plan-free", ("Level 3 working", "Ebene 3 Arbeit"), scale=50,
            view_type="FloorPlan", gen_level=find("level-3"), type=self.types["FloorPlan"],
        )  # fmt: skip
        self._view(
            "ViewPlan", "plan-3-west", ("Level 3 west", "Ebene 3 West"), view_type="FloorPlan",
            gen_level=find("level-3"), scale=100, primary_view=find("plan-3"), **common,
        )  # fmt: skip
        ceiling = self._view(
            "ViewPlan", "ceiling-1", ("Level 1 ceiling", "Ebene 1 Decke"), view_type="CeilingPlan",
            gen_level=find("level-1"), scale=100,
            **{**common, "type": self.types["CeilingPlan"], "template": find("template-ceiling")},
        )  # fmt: skip
        self.builder.set(ceiling, "VIEW_DESCRIPTION", text("Ceiling plan", "Deckenspiegel"))

    def _sections(self) -> None:
        text = self.builder.text
        for handle, family, names, scale, axes in (
            ("section-a", "Section", ("Section A", "Schnitt A"), 50, _SOUTH),
            ("section-b", "Section", ("Section B", "Schnitt B"), 50, _EAST),
            ("elevation-south", "Elevation", ("South", "Süden"), 50, _SOUTH),
            ("detail-1", "Detail", ("Eaves", "Traufe"), 10, _SOUTH),
            ("detail-2", "Detail", ("Plinth", "Sockel"), 10, _EAST),
        ):
            view = self._view(
                "ViewSection", handle, names, view_type=family, type=self.types[family],
                scale=scale, axes=axes, crop=(XYZ(0.0, 0.0, m(-5.0)), XYZ(m(20.0), m(9.0), 0.0)),
                crop_active=1, annotation_crop=1,
                template=self.find(f"template-{'detail' if family == 'Detail' else 'section'}"),
            )  # fmt: skip
            self.builder.set(view, "VIEW_DESCRIPTION", text("View: ", "Ansicht: ") + text(*names))

    def _other_views(self) -> None:
        text = self.builder.text
        drafting = self._view(
            "ViewDrafting", "drafting-1", ("Window sill", "Fensterbank"),
            view_type="DraftingView", type=self.types["Drafting"], scale=10, view_phase=None,
        )  # fmt: skip
        self.builder.set(drafting, "VIEW_DESCRIPTION", text("Sill detail", "Detail Fensterbank"))
        self._view(
            "View", "legend-1", ("Symbols", "Symbole"), view_type="Legend", scale=20,
            view_phase=None,
        )  # fmt: skip
        view = self._view(
            "View3D", "view-3d", ("House", "Haus"), view_type="ThreeD", scale=200,
            type=self.types["ThreeDimensional"], axes=ISOMETRIC, locked=True,
            template=self.find("template-3d"),
        )  # fmt: skip
        self.builder.set(view, "VIEW_DESCRIPTION", text("The house", "Das Haus"))
        kinds: tuple[tuple[str, tuple[str, str], dict[str, Any]], ...] = (
            ("schedule-doors", ("Doors", "Türen"), {}),
            ("schedule-revisions", ("<Revisions>", "<Änderungen>"), {"in_title_block": True}),
        )
        for handle, names, data in kinds:
            self.builder.add(
                "ViewSchedule", handle, "OST_Schedules", name=text(*names), view_type="Schedule",
                **data,
            )  # fmt: skip
        self.builder.add(
            "View", "browser", "OST_Views", name="Project View", view_type="ProjectBrowser"
        )

    def _marks(self) -> None:
        for handle, seen in (
            ("section-a", ("plan-1", "plan-2", "plan-free")),
            ("section-b", ("plan-2",)),
            ("elevation-south", ("plan-1",)),
            ("detail-1", ("section-a",)),
            ("detail-2", ("section-b",)),
        ):
            view = self.find(handle)
            self.builder.add(
                "Element",
                f"mark-{handle}",
                "OST_Viewers",
                name=view.data["name"],
                marks_view=view,
                shown_in=tuple(self.find(one).id for one in seen),
            )

    def _title_blocks(self) -> None:
        family = self.builder.add(
            "Family", "family-title-block", name="Office", family_category="OST_TitleBlocks"
        )
        for slug, size in (("a1", "A1"), ("a3", "A3")):
            self.types[slug] = self.builder.add_type(
                "FamilySymbol", f"type-{slug}", "OST_TitleBlocks", "Office", size, of_family=family
            )
        for letter in "AB":
            self.builder.add(
                "ParameterElement",
                f"switch-{letter.lower()}",
                name=self.builder.text(f"Part {letter}", f"Bauteil {letter}"),
                spec="Boolean.YesNo",
                parameter_group="Visibility",
                categories=("OST_TitleBlocks",),
            )
        for slug, names in (("content", ("Content", "Inhalt")), ("status", ("Status", "Status"))):
            self.builder.add(
                "ParameterElement",
                f"parameter-{slug}",
                name=self.builder.text(*names),
                spec="String.Text",
                parameter_group="IdentityData",
                categories=("OST_Sheets",),
            )

    def _sheets(self) -> None:
        for number, names, views in _SHEETS:
            slug = number.rpartition("-")[2]
            sheet = self.builder.add(
                "ViewSheet",
                f"sheet-{slug}",
                "OST_Sheets",
                dict(_FIELDS),
                name=self.builder.text(*names),
                number=number,
                view_type="DrawingSheet",
            )
            sheet.values[self.find("parameter-status").id] = self.builder.text("Issue", "Ausgabe")
            block = self.builder.add(
                "FamilyInstance",
                f"title-block-{slug}",
                "OST_TitleBlocks",
                {"SHEET_WIDTH": mm(841.0), "SHEET_HEIGHT": mm(594.0)},
                name="A1",
                type=self.types["a1"],
                view=sheet,
                point=XYZ(),
            )
            plans = any(self.find(view).data.get("scope_box") for view in views)
            for letter in "ab":
                block.values[self.find(f"switch-{letter}").id] = int(letter == "a" and plans)
            for place, handle in enumerate(views, start=1):
                legend = handle == "legend-1"
                self.builder.add(
                    "Viewport",
                    f"port-{handle}-{slug}" if legend else f"port-{handle}",
                    "OST_Viewports",
                    sheet=sheet,
                    view=sheet,
                    viewed=self.find(handle),
                    point=XYZ(mm(200.0 * place), mm(300.0), 0.0),
                    detail_number=None if legend else str(place),
                )
            for schedule in ("revisions", "doors") if not views else ("revisions",):
                self.builder.add(
                    "ScheduleSheetInstance",
                    f"{schedule}-on-{slug}",
                    "OST_ScheduleGraphics",
                    sheet=sheet,
                    view=sheet,
                    viewed=self.find(f"schedule-{schedule}"),
                    point=XYZ(),
                    in_title_block=schedule == "revisions",
                )

    def _revisions(self) -> None:
        text = self.builder.text
        issue: dict[str, Any] = {
            "issued": True, "issued_to": "Client", "visibility": "TagVisible"
        }  # fmt: skip
        for number, description, data in (
            (1, ("For tender", "Ausschreibung"), issue),
            (2, ("Doors moved", "Türen verschoben"), dict[str, Any]()),
            (3, ("Roof", "Dach"), dict[str, Any]()),
        ):
            self.builder.add(
                "Revision",
                f"rev-{number}",
                "OST_Revisions",
                sequence=number,
                number=str(number),
                description=text(*description),
                revision_date=f"2026-0{number}-15",
                issued_by="AB",
                **data,
            )
        for number, revision, view, comment in (
            (1, 1, "plan-1", ("Tender drawing", "Stand Ausschreibung")),
            (2, 2, "sheet-102", ("Door moved", "Tür verschoben")),
            (3, 2, "section-a", ("Lintel lowered", "Sturz abgesenkt")),
            (4, 2, "legend-1", ("This is a revision", "So sieht eine Änderung aus")),
        ):
            cloud = self.builder.add(
                "RevisionCloud",
                f"cloud-{number}",
                "OST_RevisionClouds",
                {"ALL_MODEL_INSTANCE_COMMENTS": text(*comment), "ALL_MODEL_MARK": f"C{number}"},
                revision=self.find(f"rev-{revision}"),
                view=self.find(view),
                box=(XYZ(0.0, 0.0, 0.0), XYZ(1.0, 1.0, 0.0)),
            )
            self.builder.add(
                "IndependentTag",
                f"cloud-tag-{number}",
                "OST_RevisionCloudTags",
                view=self.find(view),
                tagged=(cloud.id,),
            )

    def _notes(self) -> None:
        text = self.builder.text
        for number, view, words in (
            (1, "plan-1", ("All sizes in millimetres", "Alle Maße in Millimetern")),
            (2, "sheet-102", ("Check sizes on site", "Maße am Bau prüfen")),
            (3, "plan-free", ("Draft", "Entwurf")),
        ):
            self.builder.add(
                "TextNote",
                f"note-{number}",
                "OST_TextNotes",
                text=text(*words),
                view=self.find(view),
                point=XYZ(1.0, 1.0, 0.0),
            )

    def _dimensions(self) -> None:
        one = m(1.0)
        for number, view, segments in (
            (1, "plan-1", (Segment(one, override="TBC"),)),
            (2, "plan-1", (Segment(one, prefix="about"), Segment(one, override="1000 or so"))),
            (3, "plan-2", (Segment(one, below="tbd below"),)),
            (4, "plan-free", (Segment(one, override="XXX"),)),
        ):
            self.builder.add(
                "Dimension",
                f"dimension-{number}",
                "OST_Dimensions",
                view=self.find(view),
                shape="Linear",
                segments=segments,
            )
