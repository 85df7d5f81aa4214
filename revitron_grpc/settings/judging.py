"""Settings of facts, recipes and the bar that candidates and scripts must pass."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from revitron_grpc.settings.section import Section, Share
from revitron_grpc.vocabulary import Criterion

DEFAULT_THRESHOLDS: dict[Criterion, float] = {
    Criterion.TECHNICAL_FEASIBILITY: 0.8,
    Criterion.DUPLICATE_CHECK: 1.0,
    Criterion.AEC_VALUE: 0.7,
    Criterion.IMPLEMENTATION_COMPLEXITY: 0.6,
    Criterion.API_COMPATIBILITY: 0.9,
    Criterion.INNOVATION_SCORE: 0.5,
    Criterion.RESOURCE_REQUIREMENTS: 0.7,
}


class ValidationSettings(Section):
    """The bar that candidates must pass."""

    thresholds: dict[Criterion, Share] = {}
    """Thresholds that differ from the defaults of the docs."""
    disabled: list[Criterion] = []
    """Checks that are switched off; every spec then carries a mark."""

    def threshold(self, criterion: Criterion) -> float:
        """Return the configured threshold of a criterion."""
        return self.thresholds.get(criterion, DEFAULT_THRESHOLDS[criterion])


class ReviewSettings(Section):
    """Validation of scripts and bundles that callers send."""

    inline_bytes: Annotated[int, Field(ge=0, le=1_048_576)] = 65_536
    """Items of more bytes of Python and YAML, their lib modules included, go to a spawned worker:
    a large script would hold up the event loop while it is parsed."""
    script_workers: Annotated[int, Field(ge=1, le=64)] = 2
    """Spawned workers for those items; each is started when it is needed, takes 100 MiB, and for an
    item at most `script_memory_mb` more."""
    script_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    """Time for one item in a worker; beyond it the item gets a finding instead of a report."""
    script_memory_mb: Annotated[int, Field(ge=64, le=65_536)] = 1024
    """Address space in MiB that one item may take beyond the catalog, else it is not judged; not
    on Windows."""
    idle_seconds: Annotated[float, Field(gt=0, le=86_400)] = 300.0
    """A worker without work for so long is ended."""
    silence_seconds: Annotated[float, Field(gt=0, le=3_600)] = 60.0
    """A caller who sends nothing for so long, while nothing of his is in work, is cut off."""


class CatalogSettings(Section):
    """Facts and recipes."""

    path: Path | None = None
    """A catalog file made by `catalog build`; the packaged one if absent."""
    recipe_packs: list[Path] = []
    """Folders with further recipe packs."""


class FrameworkSettings(Section):
    """Switches of the whole service."""

    strict_mode: bool = False
    """Serve nothing less than the full bar; an incomplete catalog is not served at all."""
    min_completeness: Share = 0.95
    """Completeness of the catalog below which strict mode does not serve."""
    debug_mode: bool = False
    """Log level debug, whatever `logging.level` says, and tracebacks of refused calls too."""
    asyncio_debug: bool = False
    """With debug_mode: the event loop's own checks, which make every call slower."""
    disable_validation: bool = False
    """Emergency: all criteria are switched off; every spec says so."""
    disable_research: bool = False
    """Emergency: nothing is compared with tools that exist; every spec says so."""
