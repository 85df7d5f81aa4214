"""Parameters that every element has from its data: type, level, phases, workset, names.

Modules of an area register theirs in the same way; see `computed`.
"""

from typing import Any

from revitron_grpc.simulation.category_table import category_named, category_number
from revitron_grpc.simulation.computed import computed, locks, mirrors, setting, shows
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.names import check_name
from revitron_grpc.simulation.revit.worksharing import workset_numbered

for _name in ("ELEM_TYPE_PARAM", "ELEM_FAMILY_PARAM", "ELEM_FAMILY_AND_TYPE_PARAM"):
    mirrors(_name, "type", default=INVALID)
mirrors("SYMBOL_ID_PARAM", "type", default=INVALID)
mirrors("ELEM_PARTITION_PARAM", "workset", default=0)
mirrors("PHASE_CREATED", "created_phase", default=INVALID)
mirrors("PHASE_DEMOLISHED", "demolished_phase", default=INVALID)
mirrors("DESIGN_OPTION_ID", "option", default=INVALID)
mirrors("EDITED_BY", "owner", default="")
mirrors("LEVEL_ELEV", "elevation", kinds=("Level",))
for _name in (
    "FAMILY_BASE_LEVEL_PARAM",
    "FAMILY_LEVEL_PARAM",
    "INSTANCE_REFERENCE_LEVEL_PARAM",
    "LEVEL_PARAM",
    "RBS_START_LEVEL_PARAM",
    "ROOF_BASE_LEVEL_PARAM",
    "ROOM_LEVEL_ID",
    "STAIRS_BASE_LEVEL_PARAM",
    "STAIRS_RAILING_BASE_LEVEL_PARAM",
    "WALL_BASE_CONSTRAINT",
):
    mirrors(_name, "level", default=INVALID)
for _name in (
    "ALL_MODEL_TYPE_NAME",
    "AREA_SCHEME_NAME",
    "DATUM_TEXT",
    "LEVEL_NAME",
    "MATERIAL_NAME",
    "PHASE_NAME",
    "SHEET_NAME",
    "VIEW_NAME",
    "VOLUME_OF_INTEREST_NAME",
):
    # A title block tells the sheet's name; its own is its type's.
    mirrors(_name, "name", kinds=("ViewSheet",) if _name == "SHEET_NAME" else ())


@computed("SYMBOL_FAMILY_NAME_PARAM")
def _family_name(record: ElementRecord) -> str | None:
    return record.data.get("family_name")


@computed("SYMBOL_FAMILY_AND_TYPE_NAMES_PARAM")
def _family_and_type_name(record: ElementRecord) -> str | None:
    family = record.data.get("family_name")
    return None if family is None else f"{family}: {record.data.get('name', '')}"


@computed("ELEM_CATEGORY_PARAM", "ELEM_CATEGORY_PARAM_MT")
def _category(record: ElementRecord) -> int | None:
    name = record.data.get("category")
    return None if name is None else category_number(name)


@computed("CURVE_ELEM_LENGTH", "INSTANCE_LENGTH_PARAM")
def _length(record: ElementRecord) -> float | None:
    curve = record.database.derived_data(record).get("curve")
    return None if curve is None else float(curve.Length)


@shows("ELEM_FAMILY_PARAM")
def _family_text(record: ElementRecord) -> str | None:
    return _type_data(record, "family_name")


@shows("ELEM_TYPE_PARAM")
def _type_text(record: ElementRecord) -> str | None:
    return _type_data(record, "name")


@shows("ELEM_FAMILY_AND_TYPE_PARAM")
def _family_and_type_text(record: ElementRecord) -> str | None:
    family, name = _type_data(record, "family_name"), _type_data(record, "name")
    return name if family is None else f"{family}: {name}"


def _type_data(record: ElementRecord, key: str) -> str | None:
    own = record.database.get(record.data.get("type", INVALID))
    return None if own is None else own.data.get(key)


@shows("ELEM_CATEGORY_PARAM", "ELEM_CATEGORY_PARAM_MT")
def _category_text(record: ElementRecord) -> str | None:
    name = record.data.get("category")
    if name is None:
        return None
    return category_named(name).label("de" if record.database.language == "de" else "en")


@shows("ELEM_PARTITION_PARAM")
def _workset_text(record: ElementRecord) -> str | None:
    found = workset_numbered(record.database, record.data.get("workset", 0))
    return None if found is None else found.name


@setting("ELEM_PARTITION_PARAM")
def _change_workset(record: ElementRecord, value: Any) -> Any:
    if workset_numbered(record.database, value) is None:
        raise revit_error("ArgumentException", "The workset does not exist in the document.")
    return value


@locks("ELEM_PARTITION_PARAM")
def _workset_is_fixed(record: ElementRecord) -> bool:
    # What is nested in another family goes with it (field knowledge).
    nested = record.data.get("super", INVALID) != INVALID
    return nested or not record.database.is_workshared


@setting("ALL_MODEL_TYPE_NAME", "DATUM_TEXT", "LEVEL_NAME", "MATERIAL_NAME", "VIEW_NAME")
def _rename(record: ElementRecord, value: Any) -> Any:
    check_name(record, value)
    return value


@setting("ELEM_TYPE_PARAM", "ELEM_FAMILY_PARAM", "ELEM_FAMILY_AND_TYPE_PARAM")
def _change_type(record: ElementRecord, value: Any) -> Any:
    own = record.database.get(record.data.get("type", INVALID))
    wanted = record.database.get(value)
    same = (
        own is not None
        and wanted is not None
        and (own.kind, own.data.get("category")) == (wanted.kind, wanted.data.get("category"))
    )
    if not same:
        raise revit_error("ArgumentException", "This element cannot have the type assigned.")
    return value
