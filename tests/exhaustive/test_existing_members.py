"""A typed use of what exists is reported in no version that has it."""

from collections.abc import Iterator

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import ApiType, Member
from revitron_grpc.vocabulary import RevitVersion
from tests.exhaustive.uses import Use, Verdict, accessor_uses, judge, member_use, type_use

Symbol = ApiType | Member


def uses() -> Iterator[tuple[Symbol, Use]]:
    for api in packaged_catalog().types:
        yield api, type_use(api.name)
        for member in api.members:
            yield member, member_use(member)
            for use in accessor_uses(member):
                yield member, use


@pytest.fixture(scope="module")
def judged() -> list[tuple[Symbol, Use, Verdict]]:
    catalog = packaged_catalog()
    return list(judge(catalog, catalog.versions, uses()))


def test_no_use_is_reported_where_the_symbol_exists(
    judged: list[tuple[Symbol, Use, Verdict]],
) -> None:
    assert len(judged) > 34_000
    wrong = [
        (use.line, sorted(verdict.on_line), [f.message for f in verdict.findings])
        for symbol, use, verdict in judged
        if verdict.on_line & set(symbol.versions)
    ]
    assert wrong == []


def test_each_type_is_reported_in_exactly_the_versions_that_lack_it(
    judged: list[tuple[Symbol, Use, Verdict]],
) -> None:
    versions = set(packaged_catalog().versions)
    wrong = []
    for symbol, _, verdict in judged:
        if isinstance(symbol, ApiType):
            lacking: set[RevitVersion] = versions - {*symbol.versions, *symbol.unknown_in}
            if verdict.on_line != lacking:
                wrong.append((symbol.name, sorted(verdict.on_line)))
    assert wrong == []


def test_what_no_source_covers_is_never_reported(
    judged: list[tuple[Symbol, Use, Verdict]],
) -> None:
    wrong = [
        use.line for symbol, use, verdict in judged if verdict.on_line & set(symbol.unknown_in)
    ]
    assert wrong == []
