"""The lib modules of an extension: what a script that imports them sees."""

from collections.abc import Iterator, Mapping

from revitron_grpc.analysis.bodies import summary
from revitron_grpc.analysis.judge import Judge
from revitron_grpc.analysis.metrics import survey
from revitron_grpc.analysis.nodes import nodes_by_class
from revitron_grpc.analysis.parse import parse
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.statements import run_block
from revitron_grpc.analysis.types import UNKNOWN, Function, LocalClass
from revitron_grpc.analysis.walk import Scope, Walk
from revitron_grpc.vocabulary import Engine


class LibraryModules(Mapping[str, Scope]):
    """Module scopes by dotted name, read when they are first asked for.

    A module that imports itself in a circle is empty while it is being read, as in Python.
    """

    def __init__(self, view: ApiView, engine: Engine, sources: Mapping[str, str]) -> None:
        self._view = view
        self._engine = engine
        self._sources = sources
        self._scopes: dict[str, Scope] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def __getitem__(self, name: str) -> Scope:
        known = self._scopes.get(name)
        if known is not None:
            return known
        source = self._sources[name]
        scope = self._scopes[name] = Scope()
        parsed = parse(source)
        facts, _ = survey(parsed.tree, nodes_by_class(parsed.tree))
        walk = Walk(self._view, Judge(self._view, name), self._engine, facts, self)
        walk.silent = 1
        walk.summarise = summary
        try:
            run_block(walk, parsed.tree.body)
            for value in walk.module_scope.ever.values():
                self._settle(walk, value)
        except (RecursionError, MemoryError):
            return scope
        scope.names = walk.module_scope.names
        scope.ever = walk.module_scope.ever
        for name_of_global in facts.global_names:
            scope.ever[name_of_global] = UNKNOWN
        return scope

    def _settle(self, walk: Walk, value: object) -> None:
        """Results are found now: later, the names that a body reads would be another module's."""
        if isinstance(value, Function) and value.returns is None:
            value.returns = summary(walk, value)
        elif isinstance(value, LocalClass):
            for member in value.members.values():
                if isinstance(member, Function) and member.returns is None:
                    member.returns = UNKNOWN
