"""The words that every part of the project shares (DESIGN section 2).

They are spelled here as they stand in `recipe.yaml`, in settings and on the command line.
"""

import re
from enum import StrEnum
from typing import NewType

RevitVersion = NewType("RevitVersion", int)
"""A Revit release by its year, such as 2024. Which ones exist is what the catalog says."""


class Category(StrEnum):
    """The five categories of tools."""

    SELECTION = "selection_and_filtering"
    MODEL = "model_management"
    DOCUMENTATION = "documentation_and_reporting"
    AUTOMATION = "automation_and_workflow"
    ANALYSIS = "analysis_and_simulation"


class Discipline(StrEnum):
    """Whose work a tool serves."""

    ARCHITECTURE = "architecture"
    STRUCTURE = "structure"
    MEP = "mep"
    ELECTRICAL = "electrical"
    COORDINATION = "coordination"
    DOCUMENTATION = "documentation"
    DATA_QUALITY = "data_quality"
    QUANTITIES = "quantities"
    SUSTAINABILITY = "sustainability"
    FIRE_SAFETY = "fire_safety"
    BIM_MANAGEMENT = "bim_management"
    HEALTHCARE = "healthcare"
    HOUSING = "housing"
    FACADE = "facade"


class Engine(StrEnum):
    """The Python engine that runs a script inside Revit."""

    IRONPYTHON_27 = "ironpython27"
    IRONPYTHON_34 = "ironpython34"
    CPYTHON_3 = "cpython3"


class Library(StrEnum):
    """The library that a script stands on."""

    PYREVIT = "pyrevit"
    REVITRON = "revitron"


class Criterion(StrEnum):
    """The seven questions that a candidate must answer (DESIGN section 7)."""

    TECHNICAL_FEASIBILITY = "technical_feasibility"
    DUPLICATE_CHECK = "duplicate_check"
    AEC_VALUE = "aec_value"
    IMPLEMENTATION_COMPLEXITY = "implementation_complexity"
    API_COMPATIBILITY = "api_compatibility"
    INNOVATION_SCORE = "innovation_score"
    RESOURCE_REQUIREMENTS = "resource_requirements"


_RANGE = re.compile(r"(\d{4})(?:-(\d{4}))?")


def revit_versions(text: str) -> list[RevitVersion]:
    """Read `2024`, `2022-2026` or `2022,2024-2025`, as people write them; an empty text is none.

    Raises `ValueError` that says which part is no year or range.
    """
    versions: list[RevitVersion] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is no year or range such as 2022-2026")
        first = int(match[1])
        last = int(match[2] or first)
        if last < first or last - first > 50:
            raise ValueError(f"{part!r} ends before it begins or is too long")
        versions.extend(RevitVersion(year) for year in range(first, last + 1))
    return sorted(set(versions))
