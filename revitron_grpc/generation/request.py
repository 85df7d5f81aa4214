"""What somebody asks to have generated, checked and complete."""

from dataclasses import dataclass
from enum import StrEnum

from revitron_grpc.vocabulary import Category, Criterion, Discipline, Engine, RevitVersion

MAX_COUNT = 1000
MAX_BRIEF = 2000
MAX_EXISTING_TOOLS = 5000


class LibraryChoice(StrEnum):
    """On which library the scripts may stand."""

    AUTO = "auto"
    REVITRON = "revitron"
    PYREVIT = "pyrevit"


@dataclass(frozen=True, slots=True)
class OwnTool:
    """A tool that the caller has already; it counts as existing."""

    title: str
    description: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """A generation request after validation: every default is filled in.

    `thresholds` holds the caller's overrides only, in order of criterion. `rejected_ideas` are the
    ids of the candidates that the caller did not want when the run began, in order.
    """

    count: int
    categories: tuple[Category, ...]
    revit_versions: tuple[RevitVersion, ...]
    pyrevit_version: str = ""
    disciplines: tuple[Discipline, ...] = ()
    brief: str = ""
    existing_tools: tuple[OwnTool, ...] = ()
    engine: Engine = Engine.IRONPYTHON_27
    library: LibraryChoice = LibraryChoice.AUTO
    thresholds: tuple[tuple[Criterion, float], ...] = ()
    seed: int = 0
    rejected_ideas: tuple[str, ...] = ()
