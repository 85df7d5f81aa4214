"""Turn the facts about published toolbars into records of the catalog."""

from revitron_grpc.catalog.facts import Json
from revitron_grpc.catalog.model import ExistingTool, Source, SourceKind
from revitron_grpc.vocabulary import RevitVersion


def existing_tools(value: Json) -> tuple[ExistingTool, ...]:
    """Build the tools and groups of `existing_tools.json`, in its order."""
    return tuple(map(_existing_tool, value["tools"]))


def toolbar_sources(value: Json) -> tuple[Source, ...]:
    """Build the records of the toolbars of `existing_tools.json`."""
    return tuple(map(_toolbar_source, value["sources"]))


def _existing_tool(value: Json) -> ExistingTool:
    minimum = value.get("min_revit_version")
    return ExistingTool(
        title=value["title"],
        source=value["source"],
        kind=value["kind"],
        path=value["path_or_id"],
        name=value["name"],
        group=value.get("group", False),
        tab=value["tab"],
        panel=value["panel"],
        context=_context(value.get("context")),
        locales=tuple(value.get("locales", ())),
        min_revit_version=None if minimum is None else RevitVersion(int(minimum)),
        cpython=value.get("cpython", False),
    )


def _toolbar_source(value: Json) -> Source:
    return Source(
        name=value["source"],
        kind=SourceKind.TOOLS,
        version=value["commit"] or "path listing, commit not stated",
        entries=value["tools"] + value["groups"],
        completeness=1.0,
    )


def _context(value: str | list[str] | dict[str, list[str]] | None) -> str | None:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dict):
        return "; ".join(f"{rule}: {', '.join(names)}" for rule, names in value.items())
    return value
