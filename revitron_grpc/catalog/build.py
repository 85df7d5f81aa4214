"""Build a catalog file from a facts directory (`revitron-grpc catalog build`)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from revitron_grpc.catalog import facts as files
from revitron_grpc.catalog.completeness import revit_sources
from revitron_grpc.catalog.facts import Json, read_lines, read_object, translate, unreadable
from revitron_grpc.catalog.file_format import write_catalog
from revitron_grpc.catalog.model import (
    FORMAT,
    ApiType,
    CatalogData,
    Source,
    SourceKind,
)
from revitron_grpc.catalog.python_facts import (
    PyRevitFacts,
    RevitronFacts,
    pyrevit_facts,
    python_api,
    revitron_facts,
)
from revitron_grpc.catalog.revit_facts import api_type, gone_types, undocumented_types
from revitron_grpc.catalog.tool_facts import existing_tools, toolbar_sources
from revitron_grpc.vocabulary import RevitVersion

_Built = TypeVar("_Built")
_DB = "Autodesk.Revit.DB."


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build wrote: the digest of the content, counts, and the size in bytes."""

    target: Path
    digest: str
    versions: tuple[RevitVersion, ...]
    types: int
    members: int
    tools: int
    python_entries: int
    size: int


def build_catalog(facts: Path, target: Path) -> BuildReport:
    """Build the catalog file `target` from the directory `facts`.

    The file is written beside the target and then renamed, so that no reader meets half of it.
    The same facts give the same digest.

    Raises:
        RevitronGrpcError: `FACTS_UNREADABLE` when a facts file is missing or not what
            docs/catalog.md says; `OUTPUT_UNWRITABLE` when the target cannot be written.

    """
    data = read_facts(facts)
    digest, size = write_catalog(target, data)
    return BuildReport(
        target=target,
        digest=digest,
        versions=data.versions,
        types=len(data.types),
        members=sum(len(api.members) for api in data.types),
        tools=len(data.tools),
        python_entries=len(data.python.entries),
        size=size,
    )


def read_facts(facts: Path) -> CatalogData:
    """Read a facts directory into the content of a catalog.

    Raises:
        RevitronGrpcError: `FACTS_UNREADABLE`, as `build_catalog`.

    """
    types = _types(facts)
    versions = tuple(sorted({version for api in types for version in api.versions}))
    pyrevit = _read(facts, files.PYREVIT_API, pyrevit_facts)
    revitron = _read(facts, files.REVITRON_API, revitron_facts)
    simple_types = {
        api.name[len(_DB) :]: api.name
        for api in types
        if api.name.startswith(_DB) and "." not in api.name[len(_DB) :]
    }
    python = python_api(pyrevit, revitron, simple_types)
    return CatalogData(
        format=FORMAT,
        versions=versions,
        sources=(
            *revit_sources(types, versions),
            _python_source("pyRevit", pyrevit, len(pyrevit.newer_names + pyrevit.unread_modules)),
            _python_source("Revitron", revitron, 0),
            *_read(facts, files.EXISTING_TOOLS, toolbar_sources),
        ),
        types=types,
        undocumented=undocumented_types(types),
        gone=_read(facts, files.GONE, gone_types),
        tools=_read(facts, files.EXISTING_TOOLS, existing_tools),
        python=python,
    )


def _read(facts: Path, name: str, build: Callable[[Json], _Built]) -> _Built:
    return translate(facts, name, build, read_object(facts, name))


def _types(facts: Path) -> tuple[ApiType, ...]:
    types: dict[str, ApiType] = {}
    for number, value in read_lines(facts, files.REVIT_API):
        api = translate(facts, files.REVIT_API, api_type, value)
        if api.name in types:
            raise unreadable(facts, files.REVIT_API, f"line {number} repeats {api.name}")
        types[api.name] = api
    if not types:
        raise unreadable(facts, files.REVIT_API, "it holds no type")
    return tuple(api for _, api in sorted(types.items()))


def _python_source(name: str, library: PyRevitFacts | RevitronFacts, unread: int) -> Source:
    """Describe a library; complete is the share of known names that were read."""
    entries = len(library.entries)
    return Source(
        name=name,
        kind=SourceKind.PYTHON_API,
        version=library.version,
        entries=entries,
        completeness=round(entries / (entries + unread), 4) if entries else 0.0,
    )
