"""What every second flavour has, whatever its model is about.

Where a model brings none of its own, it gets an element in a design option
(`second-in-option`), one in a group (`second-in-group`) and one that a colleague holds
(`second-held`): generic models without a place, which no tool may stumble over; and the link to the
architect's model (`link`).
"""

from revitron_grpc.simulation.database import INVALID, Database
from revitron_grpc.simulation.models.architects_model import link_architects_model
from revitron_grpc.simulation.models.builder import ModelBuilder
from revitron_grpc.simulation.models.second_people import COLLEAGUE, share

_KIND, _CATEGORY = "DirectShape", "OST_GenericModel"


def complete(database: Database) -> None:
    """Add what a second flavour lacks, and seal the model again."""
    builder = ModelBuilder.of(database)
    elements = list(database.elements.values())
    if not any(one.data.get("option", INVALID) != INVALID for one in elements):
        option = builder.add(
            "DesignOption", "second-option", "OST_DesignOptions", name="Variante", primary=True
        )
        builder.add(_KIND, "second-in-option", _CATEGORY, name="Variante", option=option)
    if not any(one.data.get("group", INVALID) != INVALID for one in elements):
        _add_group(builder)
    if not any(one.kind.endswith(".RevitLinkInstance") for one in elements):
        link_architects_model(builder)
    if not any(one.data.get("owner", "") not in ("", database.user) for one in elements):
        builder.add(_KIND, "second-held", _CATEGORY, name="In Arbeit")
        if not database.is_workshared:
            share(builder, ())
        database.write(database.by_handle("second-held"), "owner", COLLEAGUE)
    builder.finish()


def _add_group(builder: ModelBuilder) -> None:
    category = "OST_IOSModelGroups"
    kind = builder.add("GroupType", "second-group-type", category, name="Gruppe", is_type=True)
    member = builder.add(_KIND, "second-in-group", _CATEGORY, name="Mitglied")
    group = builder.add(
        "Group", "second-group", category, name="Gruppe", type=kind, members=(member,)
    )
    member.data["group"] = group.id
