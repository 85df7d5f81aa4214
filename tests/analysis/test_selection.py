"""Which findings a user wants to hear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.selection import EVERYTHING, RuleSelection, rule_selection
from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.rule_book import CODES


def select(*codes: str, ignore: tuple[str, ...] = ()) -> RuleSelection:
    return rule_selection(CODES, select=codes, ignore=ignore)


@pytest.mark.parametrize(
    ("selection", "wanted", "unwanted"),
    [
        (EVERYTHING, {"RVT001", "BND001"}, set()),
        (select("RVT"), {"RVT001", "RVT400"}, {"BND001"}),
        (select("RVT0", "BND013"), {"RVT001", "BND013"}, {"RVT400", "BND001"}),
        (select("rvt001"), {"RVT001"}, {"RVT002"}),
        (select(ignore=("RVT3",)), {"RVT001", "BND001"}, {"RVT300", "RVT301"}),
        (select(ignore=("ALL",)), set(), {"RVT001", "BND001"}),
        # The longer one counts, whichever list it stands in.
        (select("RVT3", ignore=("RVT301",)), {"RVT300"}, {"RVT301"}),
        (select("RVT301", ignore=("RVT3",)), {"RVT301"}, {"RVT300"}),
        (select("ALL", "RVT301", ignore=("RVT3",)), {"RVT301", "BND001"}, {"RVT300"}),
        (select("RVT301", ignore=("RVT301",)), set(), {"RVT301"}),
    ],
)
def test_the_closest_code_decides(
    selection: RuleSelection, wanted: set[str], unwanted: set[str]
) -> None:
    assert {code for code in wanted | unwanted if selection.wants(code)} == wanted


@pytest.mark.parametrize(
    ("given_code", "told"),
    [
        ("RVT07", "RVT007"),
        ("RVT999", "RVT"),
        ("BDN001", "BND001"),
        ("F401", "codes begin with BND, RVT"),
        ("", "codes begin with"),
    ],
)
def test_an_unknown_code_is_refused_with_the_nearest_one(given_code: str, told: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        rule_selection(CODES, select=[given_code], field="--{}")
    assert raised.value.reason is Reason.INVALID_REQUEST
    assert raised.value.violations[0].field == "--select"
    assert told in raised.value.violations[0].description


def test_every_wrong_code_is_named_at_once() -> None:
    with pytest.raises(InvalidInputError) as raised:
        rule_selection(CODES, select=["X1"], ignore=["RVT", "X2"], path_ignores={"a": ["X3"]})
    fields = [violation.field for violation in raised.value.violations]
    assert fields == ["select", "ignore", "per-path-ignores.a"]


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInputError) as raised:
        rule_selection(CODES, path_ignores={"!": ["RVT"]})
    assert "no pattern" in str(raised.value)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/office/A.extension/lib/old.py", {"BND001"}),
        ("/office/A.extension/Old.panel/x/script.py", {"RVT001", "BND001"}),
        ("/office/script.py", {"RVT001", "RVT400", "BND001"}),
        ("/elsewhere/lib/old.py", {"RVT001", "RVT400", "BND001"}),
    ],
)
def test_patterns_of_paths_are_those_of_gitignore(path: str, kept: set[str]) -> None:
    selection = rule_selection(
        CODES, path_ignores={"lib/": ["RVT"], "/A.extension/Old.*": ["RVT4"]}, root="/office"
    )
    found = [
        Finding(code, Severity.INFO, "", path, 1, 1, 1, 1)
        for code in ("RVT001", "RVT400", "BND001")
    ]
    assert {one.rule for one in selection.kept(found)} == kept


def test_without_a_root_paths_are_taken_as_they_are() -> None:
    selection = rule_selection(CODES, path_ignores={"lib/*.py": ["RVT001"]})
    assert not selection.wants("RVT001", "lib\\old.py")
    assert selection.wants("RVT001", "old.py")


@given(st.sampled_from(sorted(CODES)), st.integers(1, 6), st.integers(1, 6))
def test_ignoring_wins_exactly_when_it_is_as_close(code: str, chosen: int, ignored: int) -> None:
    selection = select(code[:chosen], ignore=(code[:ignored],))
    assert selection.wants(code) == (chosen > ignored)
