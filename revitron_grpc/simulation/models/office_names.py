"""A model of good, odd and numbered names: materials, families, view templates, system types.

- materials `material-concrete` (Concrete - C30), `material-concrete-2` (Concrete - C30 2, the same
  class), `material-paint` (paint, of another class), `material-paint-1` (paint(1), of a third);
- families `family-chair` and its copy `family-chair-1` (Chair1), whose types share the name
  Standard; `chair-1` is of the first, `chair-2` of the copy; `family-desk-2` without an original;
- view templates `template-plan` (PUB Plan) and its copy `template-plan-2` (PUB Plan 2), which
  `plan-2` follows, and `template-ceiling-2` (PUB Plan (3)) of another kind of view; `template-odd`
  (plan) beside them;
- piping system types `system-heating` (HZ Heating), its copy `system-heating-2` (HZ Heating 2) and
  `system-heating-3` (HZ Heating-3) of another class; `system-drain` (drain); `pipe-1` and `pipe-2`
  are of the copy.

The second flavour is German and workshared; a colleague holds `plan-2`, `family-desk-2`,
`material-paint`, `system-drain` and `template-odd`, and `chair-2` is in a group.
"""

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.builder import ModelBuilder
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.models.second_people import share
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["office_names"]


def office_names(*, second: bool) -> Database:
    """Build the model."""
    title = "Namen" if second else "Names"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    _add_materials(builder)
    _add_families(builder)
    _add_templates(builder)
    _add_systems(builder)
    if second:
        group = builder.add("Group", "group", "OST_IOSModelGroups", name="Stühle")
        builder.database.by_handle("chair-2").data["group"] = group.id
        held = ("plan-2", "family-desk-2", "material-paint", "system-drain", "template-odd")
        share(builder, held=held)
    return builder.finish()


def _add_materials(builder: ModelBuilder) -> None:
    text = builder.text
    for slug, name, material_class in (
        ("concrete", text("Concrete - C30", "Beton - C30"), "Concrete"),
        ("concrete-2", text("Concrete - C30 2", "Beton - C30 2"), "Concrete"),
        ("paint", text("paint", "farbe"), "Paint"),
        ("paint-1", text("paint(1)", "farbe(1)"), "Generic"),
    ):
        builder.add(
            "Material", f"material-{slug}", "OST_Materials", name=name,
            material_class=material_class,
        )  # fmt: skip
    copy = builder.database.by_handle("material-concrete-2")
    builder.add_type(
        "WallType", "type-wall", "OST_Walls", text("Basic Wall", "Basiswand"), "Core",
        layers=(Layer("Structure", 0.5, copy.id),),
    )  # fmt: skip


def _add_families(builder: ModelBuilder) -> None:
    text, find = builder.text, builder.database.by_handle
    for slug, names, chair in (
        ("chair", ("Chair", "Stuhl"), "chair-1"),
        ("chair-1", ("Chair1", "Stuhl1"), "chair-2"),
        ("desk-2", ("Desk 2", "Tisch 2"), ""),
    ):
        family = builder.add(
            "Family", f"family-{slug}", name=text(*names), family_category="OST_Furniture"
        )
        kind = builder.add_type(
            "FamilySymbol", f"type-{slug}", "OST_Furniture", text(*names), "Standard",
            of_family=family,
        )  # fmt: skip
        if chair:
            builder.add(
                "FamilyInstance", chair, "OST_Furniture", name="Standard", type=kind,
                level=find("level-1"), point=XYZ(1.0, 1.0, 0.0),
            )  # fmt: skip


def _add_templates(builder: ModelBuilder) -> None:
    text, find = builder.text, builder.database.by_handle
    for slug, names, view_type in (
        ("plan", ("PUB Plan", "PUB Grundriss"), "FloorPlan"),
        ("plan-2", ("PUB Plan 2", "PUB Grundriss 2"), "FloorPlan"),
        ("ceiling-2", ("PUB Plan (3)", "PUB Grundriss (3)"), "CeilingPlan"),
        ("odd", ("WIP_plan", "WIP_grundriss"), "FloorPlan"),
    ):
        builder.add(
            "ViewPlan", f"template-{slug}", "OST_Views", name=text(*names), view_type=view_type,
            is_template=True, scale=100,
        )  # fmt: skip
    find("plan-2").data["template"] = find("template-plan-2").id


def _add_systems(builder: ModelBuilder) -> None:
    text, find = builder.text, builder.database.by_handle
    for slug, names, kind in (
        ("heating", ("HZ Heating", "HZ Heizung"), "SupplyHydronic"),
        ("heating-2", ("HZ Heating 2", "HZ Heizung 2"), "SupplyHydronic"),
        ("heating-3", ("HZ Heating-3", "HZ Heizung-3"), "ReturnHydronic"),
        ("drain", ("SW_drain", "SW_abfluss"), "Sanitary"),
    ):
        builder.add_type(
            "Autodesk.Revit.DB.Plumbing.PipingSystemType", f"system-{slug}", "OST_PipingSystem",
            text("Piping System", "Rohrsystem"), text(*names), classification=kind,
        )  # fmt: skip
    for number in (1, 2):
        system = builder.add(
            "Autodesk.Revit.DB.Plumbing.PipingSystem", f"system-{number}", "OST_PipingSystem",
            name=f"HZ {number}", type=find("system-heating-2"),
        )  # fmt: skip
        builder.add(
            "Autodesk.Revit.DB.Plumbing.Pipe", f"pipe-{number}", "OST_PipeCurves", system=system,
            level=find("level-1"),
            curve=Line.between(XYZ(0.0, float(number), 0.0), XYZ(9.0, float(number), 0.0)),
        )  # fmt: skip
