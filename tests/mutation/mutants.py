"""Mutants of scripts: one working line taken out, and whether a scenario notices.

`python -m tests.mutation.mutants [RECIPE...]` tries every mutant of these recipes (of all without
arguments) and lists those that survive.
"""

import ast
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.generation.candidate import Candidate, candidates_of
from revitron_grpc.generation.render import ScriptRenderer
from revitron_grpc.recipes.library import packaged_library
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.compiling import compiled
from revitron_grpc.simulation.proof import prove
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.vocabulary import Engine, Library, RevitVersion

VERSION = RevitVersion(2024)
ENGINE = Engine.IRONPYTHON_27
# Lines that only dress the output window or remember an answer do no work of the tool.
_DRESSING = ("output.set_", "output.resize", "script.save_config", "output.close_others")


@dataclass(frozen=True)
class Mutant:
    """A script without one statement; `line` is its first line, counted from 1."""

    candidate: Candidate
    line: int
    text: str
    source: str


def mutants_of(candidate: Candidate, script: str) -> list[Mutant]:
    """Return a mutant for each statement that does something: calls, assignments, jumps."""
    lines = script.splitlines()
    found = []
    for node in ast.walk(ast.parse(script)):
        if not isinstance(node, ast.FunctionDef):
            continue
        for statement in _statements(node.body):
            text = lines[statement.lineno - 1].strip()
            if any(part in text for part in _DRESSING):
                continue
            first, last = statement.lineno - 1, statement.end_lineno or statement.lineno
            indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
            kept = [*lines[:first], f"{indent}pass", *lines[last:]]
            found.append(Mutant(candidate, statement.lineno, text, "\n".join(kept) + "\n"))
    return sorted(found, key=lambda mutant: mutant.line)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.FunctionDef() | ast.ClassDef():
                continue
            case ast.If() | ast.For() | ast.While() | ast.With() | ast.Try():
                for name in ("body", "orelse", "finalbody"):
                    yield from _statements(getattr(statement, name, []))
                for handler in getattr(statement, "handlers", []):
                    yield from _statements(handler.body)
            case ast.Import() | ast.ImportFrom():
                continue
            case _:
                yield statement


def choice(text: str) -> str:
    """Order things in a way that depends on nothing but their names."""
    return hashlib.sha256(text.encode()).hexdigest()


class Killer:
    """Runs mutants through the scenarios of their candidate."""

    def __init__(self) -> None:
        self.library = packaged_library()
        self._renderer = ScriptRenderer(self.library)
        self._api = RevitApi(packaged_catalog(), VERSION, ENGINE)
        self._samples = SampleModels()

    def script(self, candidate: Candidate) -> str:
        """Render a candidate on pyRevit."""
        return self._renderer.render(candidate, Library.PYREVIT)

    def lines_run(self, candidate: Candidate) -> set[int]:
        """Return the lines of a candidate's script that its scenarios run."""
        script = compiled(self.script(candidate), ENGINE)
        before = {part.name: lines for part, lines in script.parts}
        run: set[int] = set()

        def traced(frame: FrameType, _event: str, _arg: object) -> Any:
            lines = before.get(frame.f_code.co_filename)
            if lines is None:
                return None
            run.add(frame.f_lineno + lines)
            return traced

        sys.settrace(traced)
        try:
            self.kills(Mutant(candidate, 0, "", self.script(candidate)))
        finally:
            sys.settrace(None)
        return run

    def kills(self, mutant: Mutant) -> bool:
        """Tell whether some scenario is not fulfilled by the mutant."""
        loaded = mutant.candidate.loaded
        files = [(file.name, file.content) for file in loaded.files]
        return any(
            not prove(scenario, mutant.source, self._api, self._samples, files).proven
            for scenario in loaded.scenarios_of(mutant.candidate.variant.id, Library.PYREVIT)
            if not scenario.engines or ENGINE in scenario.engines
        )


def main(recipes: list[str]) -> None:
    """Try all mutants of the first variant of each recipe and print the survivors."""
    killer = Killer()
    tried = killed = 0
    for loaded in killer.library.recipes:
        if (recipes and loaded.id not in recipes) or not loaded.scenarios:
            continue
        for candidate in list(candidates_of(loaded))[: None if recipes else 1]:
            for mutant in mutants_of(candidate, killer.script(candidate)):
                tried += 1
                if killer.kills(mutant):
                    killed += 1
                else:
                    print(f"{candidate.key} line {mutant.line} survives without: {mutant.text}")
    print(f"{killed} of {tried} mutants killed")


if __name__ == "__main__":
    main(sys.argv[1:])
