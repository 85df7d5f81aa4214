"""The office's own list: whatever stands in it, what is right counts and what is wrong is named."""

import json
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.research.tool_index import MAX_TOOLS, read_tool_index
from tests.docs.pages import ROOT

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
_NAME = st.text(min_size=1, max_size=200).filter(lambda text: text.strip())
_GOOD = st.fixed_dictionaries(
    {"name": _NAME},
    optional={"title": st.text(max_size=200), "description": st.text(max_size=300)},
)


def read(value: Any) -> Any:
    return read_tool_index(json.dumps(value).encode(), "Office", "1")


@settings(max_examples=60)
@given(st.lists(_GOOD | _JSON, max_size=12))
def test_every_entry_is_a_tool_or_a_problem(entries: list[Any]) -> None:
    facts = read(entries)
    assert facts.entries + facts.unread == len(entries)
    names = [described.tool.name for described in facts.tools]
    assert len(set(names)) == len(names)
    for described in facts.tools:
        assert described.tool.source == "Office"
        assert described.tool.title == " ".join(described.tool.title.split())
    # Whatever stands beside it, a good entry that is the first of its name is taken.
    good = {
        entry["name"]
        for entry in entries
        if isinstance(entry, dict)
        and set(entry) <= {"name", "title", "description"}
        and all(isinstance(text, str) and len(text) <= 200 for text in entry.values())
        and entry.get("name", "").strip()
    }
    assert good <= set(names)


@settings(max_examples=60)
@given(st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_nothing_but_a_plain_error_comes_of_anything(content: bytes) -> None:
    with suppress(RevitronGrpcError):  # of which one is below
        read_tool_index(content, "Office", "1")


def test_what_is_no_index_at_all_names_the_source() -> None:
    with pytest.raises(
        RevitronGrpcError, match=r"source 'Office': .* is no list of tools"
    ) as caught:
        read({"tool": []})
    assert caught.value.reason is Reason.FACTS_UNREADABLE


def test_the_mark_that_windows_begins_a_file_with_is_passed_over() -> None:
    assert read_tool_index(b'\xef\xbb\xbf[{"name": "a"}]', "Office", "1").entries == 1


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"title": "No name"}, "missing required field `name`"),
        ({"name": "a", "descripton": "misspelt"}, "unknown field `descripton`"),
        ({"name": "x" * 201}, "length <= 200"),
        ({"name": " "}, "blank"),
        ({"name": "first"}, "another entry before it"),
        ({"name": 3}, "Expected `str`"),
        ("a", "Expected `object`"),
    ],
)
def test_what_is_wrong_names_the_entry(entry: Any, told: str) -> None:
    facts = read([{"name": "first"}, entry])
    assert [described.tool.name for described in facts.tools] == ["first"]
    assert facts.problems[0].startswith("entry 2")
    assert told in facts.problems[0]


def test_too_many_entries_are_refused_as_a_whole() -> None:
    with pytest.raises(RevitronGrpcError, match=f"at most {MAX_TOOLS}"):
        read([{}] * (MAX_TOOLS + 1))


def test_the_example_of_the_page_is_an_index() -> None:
    page = (ROOT / "docs" / "operations" / "research.md").read_text("utf-8")
    example = re.search(r"```json tools.json\n(.*?)```", page, re.DOTALL)
    assert example is not None
    facts = read_tool_index(example[1].encode(), "Office", "1")
    assert (facts.entries, facts.unread) == (1, 0)
