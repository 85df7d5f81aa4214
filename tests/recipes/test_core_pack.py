"""What every recipe that comes with the package must keep to."""

import ast
from itertools import combinations

import pytest
from rapidfuzz.distance import Indel

from revitron_grpc.generation.candidate import Candidate, candidates_of
from revitron_grpc.generation.render import ScriptRenderer
from revitron_grpc.recipes.library import packaged_library
from revitron_grpc.vocabulary import Library
from tests.recipes.python27 import parse_as_python27
from tests.recipes.shape import shape_of

LIBRARY = packaged_library()
RENDERER = ScriptRenderer(LIBRARY)
SCRIPTS: list[tuple[Candidate, Library, str]] = [
    (candidate, flavour, RENDERER.render(candidate, flavour))
    for loaded in LIBRARY.recipes
    for candidate in candidates_of(loaded)
    for flavour in candidate.libraries
]


@pytest.mark.parametrize(
    "script",
    [script for _, _, script in SCRIPTS],
    ids=[f"{candidate.key}-{flavour}" for candidate, flavour, _ in SCRIPTS],
)
class TestEachScript:
    def test_parses_as_python_3(self, script: str) -> None:
        ast.parse(script)

    def test_parses_as_python_27(self, script: str) -> None:
        parse_as_python27(script)

    def test_reads_well(self, script: str) -> None:
        lines = script.splitlines()
        assert lines[0] == "# -*- coding: utf-8 -*-"
        assert max(map(len, lines)) <= 110
        assert "\t" not in script
        assert not [line for line in lines if line != line.rstrip()]

    def test_uses_every_name_that_it_imports_or_defines(self, script: str) -> None:
        tree = ast.parse(script)
        defined: set[str] = set()
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                defined.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                defined |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert defined - used <= {"division", "print_function"}


def test_scripts_of_different_recipes_are_different_tools() -> None:
    firsts = [(c.loaded.id, shape_of(s)) for c, f, s in SCRIPTS if f is Library.PYREVIT]
    alike = [
        (one[0], other[0], round(ratio, 3))
        for one, other in combinations(firsts, 2)
        if one[0] != other[0]
        and (ratio := Indel.normalized_similarity(one[1], other[1], score_cutoff=0.9)) > 0.9
    ]
    assert not alike
