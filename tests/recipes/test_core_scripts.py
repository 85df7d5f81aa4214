"""What every script of the packaged recipes must keep to."""

import ast
import json
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz.distance import Indel

from revitron_grpc.analysis.analyser import Analysis, AnalysisOptions, analyse
from revitron_grpc.analysis.common_subset import common_subset_findings
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.similarity import ToolIndex, known_tools
from revitron_grpc.settings import DEFAULT_THRESHOLDS
from revitron_grpc.validation.dossier import Dossier, nearest_known
from revitron_grpc.validation.judge import Thresholds, judge
from revitron_grpc.vocabulary import Engine, RevitVersion
from tests.recipes.python27 import parse_as_python27
from tests.recipes.rendered import CANDIDATES, SCRIPTS, Rendered
from tests.recipes.shape import shape_of

VERSIONS = tuple(RevitVersion(year) for year in range(2022, 2027))
ALIKE = 0.9
_FUTURE = {"division", "print_function"}


@pytest.fixture(scope="module")
def analyses() -> dict[Engine, list[tuple[Rendered, Analysis]]]:
    """Every script analysed for both IronPythons and all versions that it claims."""
    catalog = packaged_catalog()
    views: dict[tuple[RevitVersion, ...], ApiView] = {}
    found: dict[Engine, list[tuple[Rendered, Analysis]]] = {}
    for engine in (Engine.IRONPYTHON_27, Engine.IRONPYTHON_34):
        for one in SCRIPTS:
            versions = tuple(v for v in VERSIONS if one.holds_in(v))
            view = views.setdefault(versions, ApiView(catalog, versions))
            analysis = analyse(one.script, catalog, AnalysisOptions(versions, engine), view)
            found.setdefault(engine, []).append((one, analysis))
    return found


def test_parse_as_python_27() -> None:
    # Scripts share most of their top-level parts; each is parsed once.
    parts = {part for one in SCRIPTS for part in one.script.split("\n\n\n")}
    for part in sorted(parts):
        parse_as_python27(part + "\n")


def test_read_well() -> None:
    bad: list[str] = []
    for one in SCRIPTS:
        lines = one.script.splitlines()
        if lines[0] != "# -*- coding: utf-8 -*-" or "\t" in one.script:
            bad.append(one.name)
        if max(map(len, lines)) > 110 or any(line != line.rstrip() for line in lines):
            bad.append(one.name)
    assert not bad


def test_use_every_name_that_they_import_or_define() -> None:
    idle: list[str] = []
    for one in SCRIPTS:
        defined: set[str] = set()
        for node in one.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                defined.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                defined |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.Assign):
                defined |= {name.id for name in node.targets if isinstance(name, ast.Name)}
        used = {
            node.id
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        idle += [f"{one.name}: {n}" for n in sorted(defined - used - _FUTURE)]
    assert not idle


def test_have_no_undefined_unused_or_twice_defined_names(tmp_path: Path) -> None:
    names: dict[str, str] = {}
    for number, one in enumerate(SCRIPTS):
        path = tmp_path / f"{number}.py"
        path.write_text(one.script, encoding="utf-8")
        names[str(number)] = one.name
    command = ["ruff", "check", "--isolated", "--no-cache", "--select", "F", "--exit-zero"]
    run = subprocess.run(
        [sys.executable, "-m", *command, "--output-format", "json", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not [
        f"{names[Path(found['filename']).stem]}: {found['message']}"
        for found in json.loads(run.stdout)
    ]


def test_do_the_same_in_both_pythons() -> None:
    assert not [
        f"{one.name}:{finding.line}: {finding.message}"
        for one in SCRIPTS
        for finding in common_subset_findings(one.tree)
    ]


def test_have_no_findings(analyses: dict[Engine, list[tuple[Rendered, Analysis]]]) -> None:
    assert not [
        f"{one.name}:{finding.line}: {finding.rule} {finding.message} ({engine})"
        for engine, found in analyses.items()
        for one, analysis in found
        for finding in analysis.findings
        if finding.severity is not Severity.INFO
    ]


def test_refer_only_to_what_is_known_to_exist(
    analyses: dict[Engine, list[tuple[Rendered, Analysis]]],
) -> None:
    doubtful: set[str] = set()
    for one, analysis in analyses[Engine.IRONPYTHON_27]:
        for reference in analysis.references:
            if not reference.guarded and set(reference.judged_in) - set(reference.present_in):
                doubtful.add(f"{one.name}:{reference.line}: {reference.symbol}")
    assert not sorted(doubtful)


def test_pass_all_seven_criteria(analyses: dict[Engine, list[tuple[Rendered, Analysis]]]) -> None:
    known = ToolIndex(known_tools(packaged_catalog()))
    nearest = {c.key: nearest_known(c, known) for c in CANDIDATES}
    thresholds = Thresholds(DEFAULT_THRESHOLDS, DEFAULT_THRESHOLDS)
    failed: list[str] = []
    for engine, found in analyses.items():
        for one, analysis in found:
            dossier = Dossier(
                candidate=one.candidate,
                script=one.script,
                flavour=one.flavour,
                analysis=analysis,
                versions=tuple(v for v in VERSIONS if one.candidate.revit.holds_in(v)),
                engine=engine,
                known=known,
                nearest=nearest[one.candidate.key],
            )
            failed += [
                f"{one.name} on {engine}: {result.score.criterion} {result.score.score}"
                for result in judge(dossier, thresholds).failed
            ]
    assert not failed


def test_of_different_recipes_are_different_tools() -> None:
    # One character a token, so that the comparison runs on plain strings.
    letters: dict[str, str] = {}
    shapes: list[tuple[str, str, Counter[str]]] = []
    for one in SCRIPTS:
        tokens = shape_of(one.script)
        text = "".join(letters.setdefault(t, chr(0x100 + len(letters))) for t in tokens)
        shapes.append((one.candidate.loaded.id, text, Counter(text)))
    alike: list[tuple[str, str, float]] = []
    for (one, first, counts), (other, second, others) in combinations(shapes, 2):
        if one == other:
            continue
        # No common subsequence is longer than what both have of each token.
        most = 2 * sum(min(count, others[token]) for token, count in counts.items())
        if most <= ALIKE * (len(first) + len(second)):
            continue
        ratio = Indel.normalized_similarity(first, second, score_cutoff=ALIKE)
        if ratio > ALIKE:
            alike.append((one, other, round(ratio, 3)))
    assert not alike
