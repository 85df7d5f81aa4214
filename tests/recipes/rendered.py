"""Every script of the packaged recipes, rendered once for all tests."""

import ast
from dataclasses import dataclass

from revitron_grpc.generation.candidate import Candidate, candidates_of
from revitron_grpc.generation.plan import REVITRON_FAILS_FROM
from revitron_grpc.generation.render import ScriptRenderer
from revitron_grpc.recipes.library import packaged_library
from revitron_grpc.vocabulary import Library, RevitVersion

LIBRARY = packaged_library()
CANDIDATES: tuple[Candidate, ...] = tuple(
    candidate for loaded in LIBRARY.recipes for candidate in candidates_of(loaded)
)


@dataclass(frozen=True)
class Rendered:
    """One script with where it comes from."""

    candidate: Candidate
    flavour: Library
    script: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """What failures call it."""
        return f"{self.candidate.key} ({self.flavour})"

    def holds_in(self, version: RevitVersion) -> bool:
        """Whether the script claims a Revit version: Revitron itself ends before 2025."""
        within = self.flavour is not Library.REVITRON or version < REVITRON_FAILS_FROM
        return within and self.candidate.revit.holds_in(version)


def _all_scripts() -> tuple[Rendered, ...]:
    renderer = ScriptRenderer(LIBRARY)
    scripts: list[Rendered] = []
    for candidate in CANDIDATES:
        for flavour in candidate.libraries:
            script = renderer.render(candidate, flavour)
            scripts.append(Rendered(candidate, flavour, script, ast.parse(script)))
    return tuple(scripts)


SCRIPTS = _all_scripts()
