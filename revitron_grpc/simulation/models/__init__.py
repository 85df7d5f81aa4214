"""Sample models, built in code: each in English and feet, and in a second flavour.

The second flavour of `small-house` is `small-house-second`: German names, millimetres, two
phases, a design option, a linked architect's model, an element held by a colleague, one in a group.
"""

from collections.abc import Callable

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.empty_project import empty_project
from revitron_grpc.simulation.models.small_house import small_house

SAMPLE_MODELS: dict[str, Callable[[], Database]] = {
    "empty-project": lambda: empty_project(second=False),
    "empty-project-second": lambda: empty_project(second=True),
    "small-house": lambda: small_house(second=False),
    "small-house-second": lambda: small_house(second=True),
}
"""Builders of the sample models by name."""
