"""Every recipe proves itself, and the packaged table says so of exactly these recipes."""

import subprocess
import sys
from pathlib import Path

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.generation.candidate import candidates_of
from revitron_grpc.generation.render import ScriptRenderer
from revitron_grpc.proofs import PACKAGED, packaged_proofs, proof_key, read_table
from revitron_grpc.recipe_tests import unproven
from revitron_grpc.recipes.library import LoadedRecipe, packaged_library

LIBRARY = packaged_library()


@pytest.mark.parametrize("loaded", LIBRARY.recipes, ids=lambda loaded: loaded.id)
def test_a_recipe_has_the_scenarios_that_it_needs(loaded: LoadedRecipe) -> None:
    assert unproven(loaded) == []


@pytest.mark.timeout(900)
def test_all_scenarios_are_fulfilled_and_the_table_is_current(tmp_path: Path) -> None:
    written = tmp_path / "proofs.json"
    command = [sys.executable, "-m", "revitron_grpc", "recipes", "test", "--results", str(written)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=840)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert written.read_bytes() == PACKAGED.read_bytes(), "the table is not current: `make proofs`"


def test_the_table_holds_every_candidate_in_every_flavour() -> None:
    table = packaged_proofs(packaged_catalog())
    renderer = ScriptRenderer(LIBRARY)
    for loaded in LIBRARY.recipes:
        for candidate in candidates_of(loaded):
            for flavour in loaded.templates:
                script = renderer.render(candidate, flavour)
                tested = table.find(proof_key(candidate, flavour, script))
                assert tested is not None, f"{candidate.key} ({flavour})"
                assert tested.proven == tested.runs > 0, f"{candidate.key} ({flavour})"


def test_a_table_of_another_simulation_says_nothing() -> None:
    text = PACKAGED.read_text(encoding="utf-8")
    digest = text.partition('"simulation": "')[2].partition('"')[0]
    other = text.replace(digest, "0" * len(digest))
    assert len(read_table(text, packaged_catalog())) > 0
    assert len(read_table(other, packaged_catalog())) == 0
