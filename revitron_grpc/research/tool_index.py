"""An office's own list of its tools, as JSON.

A list of objects, or an object whose `tools` is one; docs/operations/research.md has the keys.
What is wrong with one entry is told and leaves that entry out, not the others.
"""

import codecs
from typing import Annotated, Any

import msgspec

from revitron_grpc.catalog.model import ExistingTool, SourceKind
from revitron_grpc.research.archive import unreadable
from revitron_grpc.research.facts import MAX_PROBLEMS, DescribedTool, Facts

MAX_TOOLS = 5_000
"""As many as a request may have of the caller's own."""
_KIND = "pushbutton"

_Short = Annotated[str, msgspec.Meta(max_length=200)]


class IndexEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tool of the index; `name` is unique in it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    title: _Short = ""
    description: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    url: Annotated[str, msgspec.Meta(max_length=400)] = ""
    tab: _Short = ""
    panel: _Short = ""


def read_tool_index(content: bytes, name: str, version: str) -> Facts:
    """Read the index of the source `name`.

    Raises RevitronGrpcError (FACTS_UNREADABLE) where it is no JSON, no list of objects, or has
    more than 5,000 entries.
    """
    try:
        value: Any = msgspec.json.decode(content.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(name, f"the tool index is no JSON: {error}") from error
    if isinstance(value, dict) and "tools" in value:
        value = value["tools"]
    if not isinstance(value, list):
        raise unreadable(name, "the tool index is no list of tools, nor an object with `tools`")
    if len(value) > MAX_TOOLS:
        raise unreadable(name, f"the tool index has {len(value)} entries; at most {MAX_TOOLS}")
    tools: list[DescribedTool] = []
    problems: list[str] = []
    seen: set[str] = set()
    for position, entry in enumerate(value):
        try:
            read = msgspec.convert(entry, IndexEntry)
            if not read.name.strip():
                raise msgspec.ValidationError("`name` is blank")
            if read.name in seen:
                raise msgspec.ValidationError("another entry before it has this `name`")
        except (msgspec.ValidationError, RecursionError) as error:
            problems.append(f"entry {position + 1}{_named(entry)}: {error}")
            continue
        seen.add(read.name)
        tools.append(_tool(read, name))
    return Facts(
        name,
        SourceKind.TOOL_INDEX,
        version,
        tools=tuple(tools),
        unread=len(problems),
        problems=tuple(problems[:MAX_PROBLEMS]),
    )


def _named(entry: object) -> str:
    found = entry.get("name") if isinstance(entry, dict) else None
    return f" ({found[:80]!r})" if isinstance(found, str) else ""


def _tool(entry: IndexEntry, source: str) -> DescribedTool:
    tool = ExistingTool(
        title=_one_line(entry.title) or _one_line(entry.name),
        source=source,
        kind=_KIND,
        path=entry.url or entry.name,
        name=entry.name,
        tab=entry.tab or None,
        panel=entry.panel or None,
    )
    return DescribedTool(tool, _one_line(entry.description))


def _one_line(text: str) -> str:
    return " ".join(text.split())
