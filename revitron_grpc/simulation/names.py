"""Names that Revit refuses (behaviour 26)."""

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import revit_error

PROHIBITED = "\\:{}[]|;<>?`~"
"""The characters that Revit lists in its own message: `NamingUtils.IsValidName` refuses them."""


def check_name(record: ElementRecord, name: str, *, other: bool = False) -> None:
    """Raise `ArgumentException` for a name with a prohibited character or one that is taken.

    With `other` the name is for a new element like `record`.
    """
    if name is None or not name.strip():
        raise revit_error("ArgumentException", "The name cannot be an empty string.")
    if any(character in PROHIBITED for character in name):
        raise revit_error(
            "ArgumentException",
            f"The name cannot include any of the following characters: {' '.join(PROHIBITED)}",
        )
    for held in record.database.elements.values():
        if held is record and not other:
            continue
        if held.data.get("name") == name and _share_names(record, held):
            raise revit_error("ArgumentException", "Name must be unique.")


def _share_names(one: ElementRecord, two: ElementRecord) -> bool:
    kind_one, kind_two = (r.kind.rpartition(".")[2] for r in (one, two))
    if kind_one.startswith("View") and kind_two.startswith("View"):
        return one.data.get("view_type") == two.data.get("view_type")
    if kind_one != kind_two:
        return False
    if kind_one in ("Level", "Grid", "Material", "Phase", "ParameterFilterElement",
                    "SelectionFilterElement"):  # fmt: skip
        return True
    if "family_name" in one.data:
        return one.data["family_name"] == two.data.get("family_name") and one.data.get(
            "category"
        ) == two.data.get("category")
    return False
