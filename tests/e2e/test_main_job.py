"""The main job: 250 validated buttons for Revit 2022 to 2026, as `make run` makes them."""

import ast
import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz.distance import Indel

from revitron_grpc.analysis.common_subset import common_subset_findings
from revitron_grpc.bundles.check import check_extension
from revitron_grpc.bundles.reader import read_extension
from revitron_grpc.catalog.load import packaged_catalog
from tests.e2e.conftest import run
from tests.recipes.python27 import parse_as_python27
from tests.recipes.shape import shape_of

Spec = dict[str, object]


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("main") / "RevitronSuggestions.extension"


@pytest.fixture(scope="module")
def responses(extension: Path) -> list[Spec]:
    done = run(
        *("generate", "--count", "250", "--revit", "2022-2026", "--format", "jsonl"),
        *("--out", extension),
        timeout=300,
    )
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


@pytest.fixture(scope="module")
def specs(responses: list[Spec]) -> list:
    return [s for r in responses for s in r.get("buttons", {}).get("buttons", [])]  # type: ignore[union-attr]


def test_250_distinct_ids_names_titles_and_scripts(specs: list) -> None:
    assert len(specs) == 250
    for values in (
        [s["id"] for s in specs],
        ["".join(s["name"].lower().split()) for s in specs],
        [s["title"] for s in specs],
        [s["code"]["script"] for s in specs],
    ):
        assert len(set(values)) == 250


def test_50_a_category(specs: list) -> None:
    assert set(Counter(s["category"] for s in specs).values()) == {50}


def test_no_more_of_a_recipe_than_the_limit(specs: list) -> None:
    recipes = Counter(s["origin"]["recipe"] for s in specs)
    assert max(recipes.values()) <= 3
    assert len(recipes) >= 84


def test_all_eight_elements_are_filled(specs: list) -> None:
    elements = (
        *("apiRequirements", "implementationComplexity", "dependencies", "revitCompatibility"),
        *("testingStrategy", "errorHandling", "performance", "code"),
    )
    for spec in specs:
        assert all(spec.get(element) for element in elements), spec["title"]


def test_every_unguarded_reference_is_resolved_for_all_five_versions(specs: list) -> None:
    for spec in specs:
        for reference in spec["apiRequirements"]:
            if not reference.get("guarded") and reference["symbol"].startswith("Autodesk."):
                assert reference["presentIn"] == [2022, 2023, 2024, 2025, 2026], (
                    spec["title"],
                    reference,
                )


def test_all_seven_criteria_passed_with_evidence(specs: list) -> None:
    for spec in specs:
        assert len(spec["criteria"]) == 7
        for result in spec["criteria"]:
            assert result["passed"], (spec["title"], result)
            assert result["evidence"]
        assert "relaxations" not in spec


def test_scripts_of_different_recipes_are_not_alike(specs: list) -> None:
    shapes = [(s["origin"]["recipe"], shape_of(s["code"]["script"])) for s in specs]
    counts = [Counter(shape) for _, shape in shapes]
    alike = []
    for (i, one), (j, other) in combinations(enumerate(shapes), 2):
        if one[0] == other[0]:
            continue
        # Common tokens bound the similarity from above and are quick to count.
        common = 2 * (counts[i] & counts[j]).total()
        if common <= 0.9 * (len(one[1]) + len(other[1])):
            continue
        if Indel.normalized_similarity(one[1], other[1]) > 0.9:
            alike.append((one[0], other[0]))
    assert not alike


def test_scripts_mean_the_same_to_python_2_and_3(specs: list) -> None:
    for spec in specs:
        script = spec["code"]["script"]
        ast.parse(script)
        parse_as_python27(script)
        assert not common_subset_findings(script), spec["title"]


def test_the_extension_re_reads_without_a_finding(extension: Path, specs: list) -> None:
    names = packaged_catalog().type("Autodesk.Revit.DB.BuiltInCategory")
    assert names is not None
    found = read_extension(extension)
    assert check_extension(found, categories={m.name for m in names.members}) == ()
    scripts = {p.read_text(encoding="utf-8") for p in extension.rglob("script.py")}
    assert scripts == {s["code"]["script"] for s in specs}


def test_the_ribbon_is_usable(extension: Path) -> None:
    panels = read_extension(extension).tabs[0].children
    assert len(panels) <= 12
    assert max(len(panel.children) for panel in panels) <= 8


def test_bundle_and_icons_are_those_of_the_spec(extension: Path, specs: list) -> None:
    bundles = {p.read_text(encoding="utf-8") for p in extension.rglob("*.pushbutton/bundle.yaml")}
    assert bundles == {s["code"]["bundleYaml"] for s in specs}
    for button in extension.rglob("*.pushbutton"):
        assert (button / "icon.png").read_bytes() != (button / "icon.dark.png").read_bytes()


def test_the_summary_adds_up(responses: list[Spec], specs: list) -> None:
    summary: dict = responses[-1]["summary"]  # type: ignore[assignment]
    assert summary["accepted"] == 250
    assert summary["criteriaCoverage"] == 1
    assert [outcome["accepted"] for outcome in summary["categories"]] == [50] * 5
    assert summary["recipes"] == len({s["origin"]["recipe"] for s in specs})


def test_twice_the_same_request_is_the_same_to_the_byte(specs: list) -> None:
    done = run("generate", "--count", "250", "--revit", "2022-2026", "--format", "jsonl")
    again = [
        s
        for line in done.out.splitlines()
        for s in json.loads(line).get("buttons", {}).get("buttons", [])
    ]
    assert again == specs
