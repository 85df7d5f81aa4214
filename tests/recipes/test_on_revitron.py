"""The scripts of the packaged recipes that stand on Revitron, for Revit 2022 to 2024."""

import ast
import re
from collections import Counter
from dataclasses import replace

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import Presence
from revitron_grpc.generation.plan import REVITRON_FAILS_FROM, PlannedCandidate, Planner
from revitron_grpc.generation.profile import Profiles
from revitron_grpc.generation.request import GenerationRequest, LibraryChoice
from revitron_grpc.settings import DEFAULT_THRESHOLDS
from revitron_grpc.validation.judge import Thresholds
from revitron_grpc.vocabulary import Category, Engine, Library, RevitVersion
from revitron_grpc.workshop import Task, Workshop
from tests.recipes.rendered import LIBRARY, SCRIPTS

ON_REVITRON = [one for one in SCRIPTS if one.flavour is Library.REVITRON]
VERSIONS = tuple(RevitVersion(year) for year in (2022, 2023, 2024))
REQUEST = GenerationRequest(1000, tuple(Category), VERSIONS)
BARS = Thresholds(DEFAULT_THRESHOLDS, DEFAULT_THRESHOLDS)
# What Revitron's Filter, Parameter, Transaction and Selection stand for.
_DIRECT = re.compile(
    r"\b(get_Parameter|LookupParameter|GetParameters|FilteredElementCollector|DB\.Transaction\(|"
    r"Selection\.GetElementIds|SetElementIds|DB\.BuiltInParameter)\b"
)
_BUILT_IN = re.compile(r"OST_\w+|[A-Z][A-Z0-9]+(_[A-Z0-9]+)+")


def planned(request: GenerationRequest) -> list[PlannedCandidate]:
    plan = Planner(Profiles(LIBRARY, lambda _: 0.5), ("test",)).plan(request)
    return list(plan.candidates(lambda _: True, lambda _: True))


def test_thirty_recipes_of_all_categories_have_one() -> None:
    recipes = {one.candidate.loaded.id: one.candidate.category for one in ON_REVITRON}
    assert len(recipes) >= 30
    assert set(recipes.values()) == set(Category)


@pytest.mark.parametrize("choice", [LibraryChoice.REVITRON, LibraryChoice.AUTO])
@pytest.mark.parametrize("engine", [Engine.IRONPYTHON_27, Engine.IRONPYTHON_34])
def test_are_offered_where_revitron_is_asked_for_or_nothing_is(
    choice: LibraryChoice, engine: Engine
) -> None:
    offered = {
        one.candidate.key
        for one in planned(replace(REQUEST, library=choice, engine=engine))
        if one.flavour is Library.REVITRON
    }
    limit = 3 * REQUEST.count // 250
    per_recipe = Counter(one.candidate.loaded.id for one in ON_REVITRON)
    assert len(offered) == sum(min(limit, count) for count in per_recipe.values())


def test_pass_all_seven_criteria() -> None:
    workshop = Workshop(packaged_catalog(), LIBRARY)
    refused: list[str] = []
    for one in ON_REVITRON:
        task = Task(one.candidate.key, Library.REVITRON, "", VERSIONS, Engine.IRONPYTHON_27, BARS)
        verdict = workshop.judge(task).verdict
        refused += [f"{one.name}: {r.score}" for r in verdict.results if not r.passed]
    assert not refused


def test_reach_parameters_elements_and_the_selection_through_revitron() -> None:
    direct = [
        f"{one.name}:{number}: {line.strip()}"
        for one in ON_REVITRON
        for number, line in enumerate(one.script.splitlines(), start=1)
        if _DIRECT.search(line)
    ]
    assert not direct


def test_name_built_in_parameters_and_categories_that_exist() -> None:
    # Revitron swallows a wrong name: the parameter reads as empty, the filter lets all pass.
    catalog = packaged_catalog()
    wrong: set[str] = set()
    for one in ON_REVITRON:
        for node in ast.walk(one.tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if not isinstance(text, str) or not _BUILT_IN.fullmatch(text):
                continue
            kind = "BuiltInCategory" if text.startswith("OST_") else "BuiltInParameter"
            for version in VERSIONS:
                found = catalog.member_presence(f"Autodesk.Revit.DB.{kind}", text, version)
                if one.holds_in(version) and found is not Presence.PRESENT:
                    wrong.add(f"{one.name}: {text} in Revit {version}")
    assert not wrong


def test_use_nothing_of_revitron_that_fails_silently_or_in_ironpython_3() -> None:
    # Filters by parameter take display names and are skipped for unknown ones; `byClass` needs
    # Python 2; `set` by name makes a shared parameter where there is none.
    shaky = re.compile(
        r"\.by(Class|String|Number|Regex|OneInCsv)\w*\(|_\([\w.]+\)\.set\(|\.getBbox\("
    )
    assert not [one.name for one in ON_REVITRON if shaky.search(one.script)]


def test_are_shorter_than_those_on_pyrevit() -> None:
    lines = {(one.candidate.key, one.flavour): one.script.count("\n") for one in SCRIPTS}
    saved = {
        one.candidate.key: lines[one.candidate.key, Library.PYREVIT]
        - lines[one.candidate.key, Library.REVITRON]
        for one in ON_REVITRON
    }
    # The imports of Revitron and the name of the undo step are the most that it may grow by.
    assert min(saved.values()) >= -4
    assert sum(saved.values()) >= 4 * len(saved)


def test_are_offered_for_no_revit_in_which_revitron_fails() -> None:
    asked = replace(REQUEST, revit_versions=(*VERSIONS, REVITRON_FAILS_FROM))
    assert not planned(replace(asked, library=LibraryChoice.REVITRON))
    automatic = planned(replace(asked, library=LibraryChoice.AUTO))
    assert {one.flavour for one in automatic} == {Library.PYREVIT}
