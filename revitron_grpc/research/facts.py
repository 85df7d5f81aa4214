"""What one configured source tells, whatever its kind."""

from dataclasses import dataclass

from revitron_grpc.catalog.model import ExistingTool, PythonApiEntry, SourceKind

MAX_PROBLEMS = 20
"""Unread entries that are told one by one."""


@dataclass(frozen=True, slots=True)
class DescribedTool:
    """A tool of the office and its own words for it."""

    tool: ExistingTool
    description: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one source.

    `open_modules` are those whose names are not all in plain sight. `unread` counts the entries
    that are there and could not be read; `problems` say why of the first `MAX_PROBLEMS`. `version`
    is the commit that the archive states, else a digest of the download.
    """

    name: str
    kind: SourceKind
    version: str
    tools: tuple[DescribedTool, ...] = ()
    names: tuple[PythonApiEntry, ...] = ()
    modules: tuple[str, ...] = ()
    open_modules: tuple[str, ...] = ()
    unread: int = 0
    problems: tuple[str, ...] = ()

    @property
    def entries(self) -> int:
        """Tools, or names of a library."""
        return len(self.tools) + len(self.names)

    @property
    def completeness(self) -> float:
        """The share of its entries that could be read, 0 to 1; a source without any has 1."""
        total = self.entries + self.unread
        return round(self.entries / total, 4) if total else 1.0
