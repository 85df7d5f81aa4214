"""The page for who watches the service: every metric, every event, nothing that is not there."""

import re

import pytest

from tests.docs.observability_tables import logged_events, metric_names, metric_rows
from tests.docs.pages import ROOT, code, table

PAGE = ROOT / "docs" / "operations" / "observability.md"
EVENTS = table(PAGE, "Events to react to")


def test_every_metric_is_on_the_page() -> None:
    """`python -m tests.docs.observability_tables` prints the table anew."""
    assert "\n".join(metric_rows()) in PAGE.read_text(encoding="utf-8")


def test_every_warning_and_every_error_is_on_the_page_and_in_the_code() -> None:
    told = [(code(row[0]), row[1]) for row in EVENTS]
    assert sorted(told) == sorted(set(logged_events()))


@pytest.mark.parametrize("row", EVENTS, ids=lambda row: code(row[0]))
def test_every_event_has_a_metric_and_says_what_to_do(row: list[str]) -> None:
    named = re.match(r"`(\w+)`", row[2])
    assert named is not None
    assert named[1] in metric_names()
    assert row[3].endswith(".")
    assert row[4].endswith(".")


def test_every_expression_names_metrics_that_are_there() -> None:
    names = metric_names()
    for expression, _ in table(PAGE, "What to watch"):
        for name in re.findall(r"\b(?:revitron_grpc|process)_\w+", expression):
            assert name in names | {f"{known}_bucket" for known in names}, name
