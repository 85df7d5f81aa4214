"""Every row of the list of breaking changes is reported where it says, and nowhere else."""

import re
from collections import Counter

import pytest

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.catalog.load import packaged_catalog
from tests.exhaustive.breaking_changes import Row, rows, use_of
from tests.exhaustive.uses import Verdict, judge


@pytest.fixture(scope="module")
def judged() -> list[tuple[Row, Verdict]]:
    catalog = packaged_catalog()
    uses = ((row, use_of(row)) for row in rows(catalog))
    return [(row, verdict) for row, _, verdict in judge(catalog, catalog.versions, uses)]


def test_the_whole_list_is_there(judged: list[tuple[Row, Verdict]]) -> None:
    assert Counter(bool(row.removed) for row, _ in judged) == {True: 928, False: 116}


def test_what_went_is_reported_in_exactly_the_versions_that_lack_it(
    judged: list[tuple[Row, Verdict]],
) -> None:
    wrong = []
    for row, verdict in judged:
        if not row.removed or row.number_fits_elsewhere:
            continue
        # Before the last version that has it a base type may have had it: no row says so.
        said = {v for v in row.is_known if v >= row.removed - 1}
        reported = verdict.on_line | (verdict.on_types if row.with_type else frozenset())
        exactly = reported & said == {v for v in said if v >= row.removed}
        if not exactly or reported & set(row.symbol.versions):
            wrong.append((row.name, row.removed, sorted(reported)))
    assert wrong == []


def test_what_is_obsolete_and_still_there_is_reported_as_that(
    judged: list[tuple[Row, Verdict]],
) -> None:
    wrong = []
    for row, verdict in judged:
        if row.removed or row.number_fits_elsewhere:
            continue
        missing_elsewhere = any(f.rule == "RVT002" for f in verdict.findings)
        reported = _obsolete_in(verdict.findings, row)
        there = {v for v in row.symbol.versions if v >= row.since}
        # The pages flag some only in the first version; later ones are silent, not different.
        if not missing_elsewhere and (not reported <= there or min(there) not in reported):
            wrong.append((row.name, row.since, sorted(reported)))
        if verdict.on_line & set(row.symbol.versions):
            wrong.append((row.name, row.since, sorted(verdict.on_line)))
    assert wrong == []


def _obsolete_in(findings: tuple[Finding, ...], row: Row) -> set[int]:
    symbol = row.name.removesuffix("..ctor")
    return {
        int(year)
        for f in findings
        if f.rule == "RVT003" and f.symbol.startswith(symbol)
        for year in re.findall(r"\b20\d\d\b", f.message)
    }


def test_what_python_cannot_reach_is_counted(judged: list[tuple[Row, Verdict]]) -> None:
    """.NET tells these overloads apart by the size of a number, and Python has only one."""
    unreachable = {row.name for row, _ in judged if row.number_fits_elsewhere}
    assert unreachable == {
        "Autodesk.Revit.DB.ElementId..ctor",
        "Autodesk.Revit.DB.Electrical.TemperatureRatingType.AddCorrectionFactor",
        "Autodesk.Revit.DB.FilterNumericRuleEvaluator.Evaluate",
    }
    # Nothing is said for Revit 2026 of 21 more, since its sources leave out the type.
    assert sum(len(row.is_known) < 5 for row, _ in judged) == 21
