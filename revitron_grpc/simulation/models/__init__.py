"""Sample models, built in code: each in English and feet, and in a second flavour.

The second flavour of `small-house` is `small-house-second`: German names, millimetres, two
phases, and what models/second_flavour.py sees to: a design option, a linked architect's model, an
element held by a colleague, one in a group.
"""

import importlib
from collections.abc import Callable
from functools import partial

from revitron_grpc.simulation.database import Database

# Each model and the module that builds it, by a function named as the model is.
_MODULES = {
    "building-shell": "building_shell",
    "beside-a-link": "beside_a_link",
    "bound-parameters": "bound_parameters",
    "checked-drawings": "checked_drawings",
    "concrete-frame": "concrete_frame",
    "data-quality": "data_quality",
    "drawing-set": "drawing_set",
    "electrical-floor": "electrical",
    "empty-project": "empty_project",
    "equipped-house": "equipped_house",
    "hospital-wing": "hospital_wing",
    "layered-envelope": "layered_envelope",
    "kept-warnings": "kept_warnings",
    "measured-heights": "measured_heights",
    "office-floor": "office_floor",
    "office-names": "office_names",
    "open-plan": "open_plan",
    "small-house": "small_house",
    "stair-cases": "stair_cases",
    "stray-elements": "stray_elements",
    "tagged-plans": "tagged_plans",
    "type-catalogue": "type_catalogue",
    "unused-types": "unused_types",
    "workshared-office": "coordination",
}
_SECOND = "-second"


def _build(name: str, *, second: bool) -> Database:
    # Imported when it is built: a service that never runs a script need not load the geometry.
    module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    database: Database = getattr(module, name.replace("-", "_"))(second=second)
    if second:
        from revitron_grpc.simulation.models.second_flavour import complete

        complete(database)
    return database


SAMPLE_MODELS: dict[str, Callable[[], Database]] = {
    name + (_SECOND if second else ""): partial(_build, name, second=second)
    for name in _MODULES
    for second in (False, True)
}
"""Builders of the sample models by name."""
