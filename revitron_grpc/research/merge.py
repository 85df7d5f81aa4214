"""A catalog with what the configured sources tell."""

from collections.abc import Iterable

import msgspec

from revitron_grpc.catalog.model import (
    CONFIGURED,
    CatalogData,
    PythonApiEntry,
    Source,
    ToolText,
)
from revitron_grpc.research.facts import Facts


def merged(base: CatalogData, sources: Iterable[Facts]) -> CatalogData:
    """Return the base with the facts of the sources added, in the order of their names.

    The same base and facts give the same catalog. Of Python names those of the base stay as they
    are: they carry result types and hazards that were read by hand.
    """
    facts = sorted(sources, key=lambda one: one.name)
    tools = list(base.tools)
    texts = list(base.tool_texts)
    names: dict[str, PythonApiEntry] = {entry.name: entry for entry in base.python.entries}
    modules, unread = set(base.python.modules), set(base.python.unread_modules)
    for one in facts:
        for described in one.tools:
            if described.description:
                texts.append(ToolText(len(tools), described.description))
            tools.append(described.tool)
        for entry in one.names:
            names.setdefault(entry.name, entry)
        unread |= set(one.open_modules) - set(base.python.modules)
        modules |= set(one.modules)
    python = msgspec.structs.replace(
        base.python,
        entries=tuple(entry for _, entry in sorted(names.items())),
        modules=tuple(sorted(modules)),
        unread_modules=tuple(sorted(unread)),
        newer_names=tuple(name for name in base.python.newer_names if name not in names),
    )
    return msgspec.structs.replace(
        base,
        sources=(
            *(source for source in base.sources if source.kind not in CONFIGURED),
            *(
                Source(one.name, one.kind, one.version, one.entries, one.completeness)
                for one in facts
            ),
        ),
        tools=tuple(tools),
        tool_texts=tuple(texts),
        python=python,
    )
