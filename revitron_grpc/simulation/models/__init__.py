"""Sample models, built in code: each in English and feet, and in a second flavour.

The second flavour of `small-house` is `small-house-second`: German names, millimetres, two
phases, a design option, a linked architect's model, an element held by a colleague, one in a group.
"""

from collections.abc import Callable

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.empty_project import empty_project


def _small_house(*, second: bool) -> Database:
    # Imported when it is built: a service that never runs a script need not load the geometry.
    from revitron_grpc.simulation.models.small_house import small_house

    return small_house(second=second)


def _building_shell(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.building_shell import building_shell

    return building_shell(second=second)


def _concrete_frame(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.concrete_frame import concrete_frame

    return concrete_frame(second=second)


def _office_floor(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.office_floor import office_floor

    return office_floor(second=second)


def _beside_a_link(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.beside_a_link import beside_a_link

    return beside_a_link(second=second)


def _bound_parameters(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.bound_parameters import bound_parameters

    return bound_parameters(second=second)


def _checked_drawings(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.checked_drawings import checked_drawings

    return checked_drawings(second=second)


def _data_quality(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.data_quality import data_quality

    return data_quality(second=second)


def _electrical_floor(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.electrical import electrical_floor

    return electrical_floor(second=second)


def _equipped_house(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.equipped_house import equipped_house

    return equipped_house(second=second)


def _open_plan(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.open_plan import open_plan

    return open_plan(second=second)


def _hospital_wing(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.hospital_wing import hospital_wing

    return hospital_wing(second=second)


def _workshared_office(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.coordination import workshared_office

    return workshared_office(second=second)


def _layered_envelope(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.layered_envelope import layered_envelope

    return layered_envelope(second=second)


def _kept_warnings(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.kept_warnings import kept_warnings

    return kept_warnings(second=second)


def _measured_heights(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.measured_heights import measured_heights

    return measured_heights(second=second)


def _stair_cases(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.stair_cases import stair_cases

    return stair_cases(second=second)


def _stray_elements(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.stray_elements import stray_elements

    return stray_elements(second=second)


def _tagged_plans(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.tagged_plans import tagged_plans

    return tagged_plans(second=second)


def _type_catalogue(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.type_catalogue import type_catalogue

    return type_catalogue(second=second)


def _drawing_set(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.drawing_set import drawing_set

    return drawing_set(second=second)


def _office_names(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.office_names import office_names

    return office_names(second=second)


def _unused_types(*, second: bool) -> Database:
    from revitron_grpc.simulation.models.unused_types import unused_types

    return unused_types(second=second)


SAMPLE_MODELS: dict[str, Callable[[], Database]] = {
    "building-shell": lambda: _building_shell(second=False),
    "building-shell-second": lambda: _building_shell(second=True),
    "beside-a-link": lambda: _beside_a_link(second=False),
    "beside-a-link-second": lambda: _beside_a_link(second=True),
    "bound-parameters": lambda: _bound_parameters(second=False),
    "bound-parameters-second": lambda: _bound_parameters(second=True),
    "checked-drawings": lambda: _checked_drawings(second=False),
    "checked-drawings-second": lambda: _checked_drawings(second=True),
    "concrete-frame": lambda: _concrete_frame(second=False),
    "concrete-frame-second": lambda: _concrete_frame(second=True),
    "data-quality": lambda: _data_quality(second=False),
    "data-quality-second": lambda: _data_quality(second=True),
    "drawing-set": lambda: _drawing_set(second=False),
    "drawing-set-second": lambda: _drawing_set(second=True),
    "electrical-floor": lambda: _electrical_floor(second=False),
    "electrical-floor-second": lambda: _electrical_floor(second=True),
    "empty-project": lambda: empty_project(second=False),
    "empty-project-second": lambda: empty_project(second=True),
    "equipped-house": lambda: _equipped_house(second=False),
    "equipped-house-second": lambda: _equipped_house(second=True),
    "hospital-wing": lambda: _hospital_wing(second=False),
    "hospital-wing-second": lambda: _hospital_wing(second=True),
    "layered-envelope": lambda: _layered_envelope(second=False),
    "layered-envelope-second": lambda: _layered_envelope(second=True),
    "kept-warnings": lambda: _kept_warnings(second=False),
    "kept-warnings-second": lambda: _kept_warnings(second=True),
    "measured-heights": lambda: _measured_heights(second=False),
    "measured-heights-second": lambda: _measured_heights(second=True),
    "office-floor": lambda: _office_floor(second=False),
    "office-floor-second": lambda: _office_floor(second=True),
    "office-names": lambda: _office_names(second=False),
    "office-names-second": lambda: _office_names(second=True),
    "open-plan": lambda: _open_plan(second=False),
    "open-plan-second": lambda: _open_plan(second=True),
    "small-house": lambda: _small_house(second=False),
    "small-house-second": lambda: _small_house(second=True),
    "stair-cases": lambda: _stair_cases(second=False),
    "stair-cases-second": lambda: _stair_cases(second=True),
    "stray-elements": lambda: _stray_elements(second=False),
    "stray-elements-second": lambda: _stray_elements(second=True),
    "tagged-plans": lambda: _tagged_plans(second=False),
    "tagged-plans-second": lambda: _tagged_plans(second=True),
    "type-catalogue": lambda: _type_catalogue(second=False),
    "type-catalogue-second": lambda: _type_catalogue(second=True),
    "unused-types": lambda: _unused_types(second=False),
    "unused-types-second": lambda: _unused_types(second=True),
    "workshared-office": lambda: _workshared_office(second=False),
    "workshared-office-second": lambda: _workshared_office(second=True),
}
"""Builders of the sample models by name."""
