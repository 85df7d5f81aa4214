"""The labelled set says what is so: what breaks in Revit 2026, and what a guard keeps from it."""

import ast

import pytest

from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.vocabulary import Engine
from tests.bench.labelled import IN, LabelledScript, labelled_scripts


@pytest.fixture(scope="module")
def scripts() -> list[LabelledScript]:
    return labelled_scripts(packaged_catalog(), 80)


def test_each_row_gives_a_script_that_breaks_and_one_that_does_not(
    scripts: list[LabelledScript],
) -> None:
    catalog = packaged_catalog()
    view = ApiView(catalog, catalog.versions)
    options = AnalysisOptions(catalog.versions, Engine.IRONPYTHON_27)
    assert len(scripts) == 160
    for script in scripts:
        findings = analyse(script.text, catalog, options, view).findings
        reported = [
            f
            for f in findings
            if f.severity is not Severity.INFO and IN in f.revit_versions and f.line in script.lines
        ]
        assert bool(reported) is not script.guarded, script.text


def test_the_lines_of_a_script_are_those_of_its_function(scripts: list[LabelledScript]) -> None:
    for script in scripts:
        function = next(one for one in ast.parse(script.text).body if type(one) is ast.FunctionDef)
        assert script.lines == range(function.body[0].lineno, (function.end_lineno or 0) + 1)


def test_a_sample_is_the_same_each_time_and_all_rows_can_be_had() -> None:
    catalog = packaged_catalog()
    assert labelled_scripts(catalog, 5) == labelled_scripts(catalog, 5)
    assert len(labelled_scripts(catalog, 0)) == 2 * 904
