"""Types and materials of the building shell."""

from dataclasses import dataclass

from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.revit.compound import Layer

__all__ = ["ShellTypes", "add_shell_types"]


@dataclass
class ShellTypes:
    """The types by what they are, materials by their ids."""

    glass: int
    aluminium: int
    paint: int
    concrete: int
    steel: int
    lining: ElementRecord
    bare: ElementRecord
    partition: ElementRecord
    curtain: ElementRecord
    foundation: ElementRecord
    glass_panel: ElementRecord
    closed_panel: ElementRecord
    mullion: ElementRecord
    transom: ElementRecord
    column: ElementRecord
    pillar: ElementRecord
    beam: ElementRecord
    unit: ElementRecord
    fixed_unit: ElementRecord
    steel_railing: ElementRecord
    copper: ElementRecord
    steel_pipe: ElementRecord
    plastic: ElementRecord
    duct: ElementRecord

    def materials_of(self, kind: ElementRecord) -> tuple[int, ...]:
        """Return the ids of a type's materials, each once."""
        layers: tuple[Layer, ...] = kind.data.get("layers") or ()
        used = dict.fromkeys(layer.material for layer in layers)
        return tuple(number for number in used if number != INVALID)


def add_shell_types(builder: ModelBuilder) -> ShellTypes:
    """Add what the shell needs beside the types of the house."""
    find, text = builder.database.by_handle, builder.text

    def material(slug: str, english: str, german: str, transparency: int = 0) -> int:
        name = text(english, german)
        return builder.add(
            "Material", f"material-{slug}", "OST_Materials", name=name, transparency=transparency
        ).id

    def symbol(category: str, slug: str, english: str, german: str) -> ElementRecord:
        name = text(english, german)
        family = builder.add("Family", f"family-{slug}", name=name, family_category=category)
        return builder.add_type(
            "FamilySymbol", f"type-{slug}", category, name, name, of_family=family
        )

    def wall(slug: str, english: str, german: str, *layers: Layer) -> ElementRecord:
        basic = text("Basic Wall", "Basiswand")
        name = text(english, german)
        return builder.add_type("WallType", f"type-{slug}", "OST_Walls", basic, name, layers=layers)

    def run(kind: str, category: str, slug: str, english: str, german: str) -> ElementRecord:
        family = text("Pipe Types", "Rohrtypen") if "Pipe" in kind else text("Duct", "Kanal")
        name = text(english, german)
        return builder.add_type(f"Autodesk.Revit.DB.{kind}", f"type-{slug}", category, family, name)

    board, concrete = find("material-board").id, find("material-concrete").id
    steel = material("steel", "Steel", "Stahl")
    curtain = builder.add_type(
        "WallType",
        "type-facade",
        "OST_Walls",
        text("Curtain Wall", "Fassade"),
        text("Facade 50", "Fassade 50"),
        wall_kind="Curtain",
    )
    builder.set(curtain, "FUNCTION_PARAM", 1)
    return ShellTypes(
        glass=material("glass", "Glass", "Glas", transparency=75),
        aluminium=material("aluminium", "Aluminium sheet", "Aluminiumblech"),
        paint=material("paint", "Red paint", "Roter Anstrich"),
        concrete=concrete,
        steel=steel,
        lining=wall("lining", "Lining 40", "Vorsatz 40", Layer("Finish2", m(0.04), board)),
        bare=wall(
            "bare",
            "Bare 200",
            "Roh 200",
            Layer("Finish1", m(0.02), board),
            Layer("Structure", m(0.18)),
            Layer("Membrane", 0.0),
        ),
        partition=wall(
            "partition",
            "Partition system 100",
            "Partition System 100",
            Layer("Finish1", m(0.0125), board),
            Layer("Structure", m(0.075), steel),
            Layer("Finish2", m(0.0125), board),
        ),
        curtain=curtain,
        foundation=builder.add_type(
            "FloorType",
            "type-foundation",
            "OST_StructuralFoundation",
            text("Foundation Slab", "Bodenplatte"),
            text("Concrete 300", "Beton 300"),
            layers=(Layer("Structure", m(0.3), concrete),),
        ),
        glass_panel=symbol("OST_CurtainWallPanels", "glass-panel", "Glazed panel", "Glaspaneel"),
        closed_panel=symbol("OST_CurtainWallPanels", "closed-panel", "Solid panel", "Blechpaneel"),
        mullion=symbol("OST_CurtainWallMullions", "mullion", "Mullion 50 x 150", "Pfosten 50"),
        transom=symbol("OST_CurtainWallMullions", "transom", "Transom 50 x 100", "Riegel 50"),
        column=symbol("OST_StructuralColumns", "column", "Concrete column", "Betonstütze"),
        pillar=symbol("OST_Columns", "pillar", "Pillar", "Pfeiler"),
        beam=symbol("OST_StructuralFraming", "beam", "Steel beam", "Stahlträger"),
        unit=symbol("OST_MechanicalEquipment", "unit", "Roof unit", "Dachgerät"),
        fixed_unit=symbol(
            "OST_MechanicalEquipment", "fixed-unit", "Fixed antenna", "Antenne festverglast"
        ),
        steel_railing=builder.add_type(
            "Autodesk.Revit.DB.Architecture.RailingType",
            "type-steel-railing",
            "OST_StairsRailing",
            text("Railing", "Geländer"),
            text("Steel 1100", "Stahl 1100"),
            top_rail_height=m(1.1),
        ),
        copper=run("Plumbing.PipeType", "OST_PipeCurves", "copper", "Copper", "Kupfer"),
        steel_pipe=run("Plumbing.PipeType", "OST_PipeCurves", "steel-pipe", "Steel", "Stahl"),
        plastic=run("Plumbing.PipeType", "OST_PipeCurves", "plastic", "Plastic", "Kunststoff"),
        duct=run("Mechanical.DuctType", "OST_DuctCurves", "duct", "Sheet duct", "Blechkanal"),
    )
