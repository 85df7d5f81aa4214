"""docs/operations/privacy.md names every table and every column of the database."""

import re

import pytest

from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.schema import metadata
from tests.docs.pages import ROOT, table

PAGE = ROOT / "docs" / "operations" / "privacy.md"


def test_every_table_has_its_part() -> None:
    told = re.findall(r"^### Table `(\w+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(metadata.tables)


@pytest.mark.parametrize("name", metadata.tables)
def test_every_column_is_told(name: str) -> None:
    told = [
        column
        for row in table(PAGE, f"Table `{name}`")
        for column in re.findall(r"`(\w+)`", row[0])
    ]
    assert sorted(told) == sorted(metadata.tables[name].columns.keys())


def test_the_retention_is_the_default() -> None:
    days = RunsSettings().retention_days
    assert f"`runs.retention_days` days ({days})" in PAGE.read_text(encoding="utf-8")
