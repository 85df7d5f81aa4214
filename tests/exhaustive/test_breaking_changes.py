"""Every row of the list of breaking changes is reported where it says, and nowhere else."""

import csv
import gzip
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import ApiType, Member, short_type_name
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import RevitVersion
from tests.exhaustive.uses import FRACTIONS, WHOLE, Use, Verdict, judge, member_use, type_use

_TYPES = {"class", "enum", "interface", "struct", "delegate"}
_TABLE = Path(__file__).parent / "breaking_changes.csv.gz"
_NUMBERS = WHOLE | FRACTIONS


@dataclass(frozen=True)
class Row:
    """One row with the symbol that it is about, and the row's use as it was judged."""

    kind: str
    name: str
    since: int
    removed: int
    with_type: bool
    symbol: Member | ApiType
    owner: ApiType

    @property
    def is_known(self) -> frozenset[RevitVersion]:
        """The versions of which the facts say whether the symbol is there."""
        unknown = {*self.symbol.unknown_in, *self.owner.unknown_in}
        return frozenset(v for v in packaged_catalog().versions if v not in unknown)

    @property
    def number_fits_elsewhere(self) -> str:
        """The overload that a Python number fits as well, although .NET tells them apart."""
        mine = self.symbol
        if not isinstance(mine, Member):
            return ""
        for other in self.owner.members:
            later = any(v >= (self.removed or self.since) for v in other.versions)
            if other is mine or other.name != mine.name or not later:
                continue
            ours, theirs = mine.parameters or (), other.parameters or ()
            if len(ours) == len(theirs) and all(
                a.type == b.type or {a.type, b.type} <= _NUMBERS
                for a, b in zip(ours, theirs, strict=True)
            ):
                return other.signature
        return ""


def rows(catalog: Catalog) -> list[Row]:
    with gzip.open(_TABLE, "rt", encoding="utf-8", newline="") as file:
        return [_row(catalog, one) for one in csv.DictReader(file)]


def _row(catalog: Catalog, one: dict[str, str]) -> Row:
    symbol: Member | ApiType | None
    if one["kind"] in _TYPES:
        symbol = owner = catalog.type(one["name"])
    else:
        owner_name, _, name = one["name"].rpartition(".")
        if owner_name.endswith("."):
            owner_name, name = owner_name[:-1], ".ctor"
        owner = catalog.type(owner_name)
        same = [m for m in (owner.members if owner else ()) if m.name == name]
        symbol = next((m for m in same if _parameters(m) == one["params"]), None)
    assert symbol is not None, one
    assert owner is not None, one
    since = int(one["obsolete_since"].strip("<=") or 0)
    removed = int(one["removed_in"] or 0)
    return Row(one["kind"], one["name"], since, removed, one["with_type"] == "yes", symbol, owner)


def _parameters(member: Member) -> str:
    if not member.parameters:
        return ""
    return f"({', '.join(short_type_name(p.type) for p in member.parameters)})"


def _use(row: Row) -> Use:
    return member_use(row.symbol) if isinstance(row.symbol, Member) else type_use(row.name)


@pytest.fixture(scope="module")
def judged() -> list[tuple[Row, Verdict]]:
    catalog = packaged_catalog()
    uses = ((row, _use(row)) for row in rows(catalog))
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
