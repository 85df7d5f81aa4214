"""The state of one walk through a script: names, guards, loops, transactions."""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from revitron_grpc.analysis.judge import Guard, Judge, Situation
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.scope import Scope
from revitron_grpc.analysis.search_path import ScriptLibrary
from revitron_grpc.analysis.types import Function, LocalClass, Type
from revitron_grpc.vocabulary import Engine


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a walk saw and that cost or safety facts are made of."""

    kind: str
    node: ast.AST
    detail: str = ""
    in_transaction: bool = False
    certain: bool = True
    """Nothing around it catches a failure."""

    @property
    def line(self) -> int:
        """The line, from 1."""
        return getattr(self.node, "lineno", 1)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name or receiver of which the type is not known."""

    kind: str
    """`name` for a name that is bound nowhere, `receiver` for a value of unknown type, called by
    the last name before the dot."""
    name: str
    line: int
    column: int


@dataclass(slots=True)
class Facts:
    """What is known about the file before the walk, from one pass over its tree."""

    name_uses: dict[str, int] = field(default_factory=dict)
    """How often each name is read."""
    mutated: set[str] = field(default_factory=set)
    """Names whose list or dictionary is changed in place somewhere."""
    growth_sites: dict[str, list[int]] = field(default_factory=dict)
    """The lines in which something is put into the list or dictionary of each name."""
    global_names: set[str] = field(default_factory=set)
    attribute_uses: dict[str, int] = field(default_factory=dict)
    """How often each attribute is read."""
    self_stores: dict[str, list[int]] = field(default_factory=dict)
    """The lines in which each attribute of `self` is assigned."""
    foreign_stores: set[str] = field(default_factory=set)
    """Attributes that are assigned on something other than `self`."""
    mutated_attributes: set[str] = field(default_factory=set)
    """Attributes whose list or dictionary is changed in place somewhere."""
    sets_attributes: bool = False
    """Attributes may be set by names that are made up at run time."""
    derived_from: set[str] = field(default_factory=set)
    """Names that stand among the bases of a class."""
    function_names: dict[str, int] = field(default_factory=dict)
    """How many functions and methods have each name."""
    importable: bool = False
    """Another file can import this one, and call what it defines."""
    exported: set[str] = field(default_factory=set)
    """Names that another file or pyRevit itself may call."""
    linq: bool = False
    """Extension methods were imported: any method may be there on a .NET collection."""


Summarise = Callable[["Walk", Function, LocalClass | None, Sequence[Type]], Type]


MAX_WORK = 30_000_000
"""Names copied at branches and loops, and statements walked, a statement counted as 100: some
two seconds. Far beyond any script that people wrote, so that made-up ones end as well."""
_STATEMENT = 100


class TooMuchWorkError(Exception):
    """A script needs more steps than are granted; what was found so far holds."""


class Walk:
    """One walk. Guards and counters are plain attributes that statements save and restore."""

    def __init__(
        self,
        view: ApiView,
        judge: Judge,
        engine: Engine,
        facts: Facts,
        library: ScriptLibrary,
    ) -> None:
        self.view = view
        self.judge = judge
        self.engine = engine
        self.facts = facts
        self.library = library
        self.module_scope = Scope()
        self.scope = self.module_scope
        self.mask = view.full
        self.guard = Guard.NONE
        self.having: frozenset[str] = frozenset()
        """Member names that a `hasattr` in force has found."""
        self.soft_names: set[str] = set()
        """Names set inside a guarding try: a test of one is a version test."""
        self.absent_in_try = 0
        self.silent = 0
        self.loops = 0
        self.element_loops = 0
        self.transactions = 0
        self.star_namespaces: list[str] = []
        self.star_unknown = False
        self.functions: list[Function] = []
        """Functions whose bodies are still to be judged."""
        self.defined: list[Function] = []
        """Every function that was met."""
        self.function: Function | None = None
        self.returned: list[Type] = []
        self.yields = False
        """The function being walked is a generator."""
        self.turn_ends: list[dict[str, Type]] = []
        """The names as they were at each `break` and `continue` of the innermost loop."""
        self.depth = 0
        self.worked = 0
        self.discarded: ast.expr | None = None
        """The statement being walked, where it is an expression: nobody wants its result."""
        self.lines: tuple[int, int] = (0, 1 << 60)
        """The first and last line of the function being walked."""
        self.events: list[Event] = []
        self.unresolved: list[Unresolved] = []
        self.unknown_receivers: set[int] = set()
        """Ids of the attribute nodes whose receiver is unknown."""
        self.imports: list[str] = []
        self.summarise: Summarise | None = None

    def situation(self, name: str = "") -> Situation:
        """The guard in force for a reference to that member name."""
        if self.having and name in self.having and self.guard is Guard.NONE:
            return Situation(self.mask, Guard.NARROW, True)
        return Situation(self.mask, self.guard, self.mask != self.view.full)

    def event(self, kind: str, node: ast.AST, detail: str = "") -> None:
        """Note something for the cost and safety facts."""
        if not self.silent:
            certain = self.guard is Guard.NONE and self.mask != 0
            self.events.append(Event(kind, node, detail, self.transactions > 0, certain))

    def unknown(self, kind: str, name: str, node: ast.AST) -> None:
        """Note that a type is not known."""
        if not self.silent:
            column = getattr(node, "col_offset", 0) + 1
            self.unresolved.append(Unresolved(kind, name, getattr(node, "lineno", 1), column))

    def work(self, statements: int) -> None:
        """Count statements, and the names that a branch copies."""
        self.spend(statements * _STATEMENT + len(self.scope.names))

    def spend(self, steps: int) -> None:
        """Count any other steps; raises TooMuchWorkError beyond `MAX_WORK`."""
        self.worked += steps
        if self.worked > MAX_WORK:
            raise TooMuchWorkError

    def release(self) -> None:
        """Let go of the tree when all is read: a function and its scope hold on to each other.

        Without that the trees of many scripts wait for the cycle collector.
        """
        for function in self.defined:
            function.scope = function.owner = None

    def inside(
        self,
        *,
        mask: int | None = None,
        guard: Guard = Guard.NONE,
        having: frozenset[str] = frozenset(),
    ) -> "_Inside":
        """Walk something under a narrower mask or a guard."""
        before = _Inside(self)
        if mask is not None:
            self.mask &= mask
        if guard > self.guard:
            self.guard = guard
        if having:
            self.having |= having
        return before


class _Inside:
    """What was in force before, and is again afterwards."""

    __slots__ = ("_guard", "_having", "_mask", "_walk")

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._mask, self._guard, self._having = walk.mask, walk.guard, walk.having

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        walk = self._walk
        walk.mask, walk.guard, walk.having = self._mask, self._guard, self._having
