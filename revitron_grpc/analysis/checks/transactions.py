"""Transactions that stay open, or that a script leaves in the middle.

What is followed is what certainly holds: a transaction counts as open where it is open on every way
that leads there, so that two `if`s about the same thing raise no alarm.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from revitron_grpc.analysis.checks.late import Late
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.nodes import NodeIndex
from revitron_grpc.analysis.walk import Event

_CLOSING = frozenset(("Commit", "RollBack", "Dispose"))
_OWN = frozenset(
    "Start Commit RollBack Dispose GetStatus HasStarted HasEnded GetName SetName IsValidObject "
    "GetFailureHandlingOptions SetFailureHandlingOptions".split()
)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEFINING = frozenset((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda))


def transaction_findings(late: Late) -> None:
    """RVT102 and RVT103 for a whole script, from the calls that the walk knows the types of."""
    _inside_with(late)
    starts = {
        id(event.node)
        for event in late.events
        if event.kind == "transaction" and event.detail == "Start"
    }
    if not starts:
        return
    lines = {event.line for event in late.events if id(event.node) in starts}
    for body in _bodies(late, lines):
        names = _started_in(body, starts)
        if names:
            kept = names - _escaping(body, names)
            if kept:
                _Follow(late, starts, kept).body(body)


def _bodies(late: Late, lines: set[int]) -> Iterator[ast.Module | _Function]:
    """The bodies in which a transaction starts at one of these lines."""
    functions = late.index.of(ast.FunctionDef)
    definitions = (*functions, *late.index.of(ast.AsyncFunctionDef), *late.index.of(ast.ClassDef))
    if not all(any(_holds(one, line) for one in definitions) for line in lines):
        yield late.tree
    for function in functions:
        if any(_holds(function, line) for line in lines):
            yield function


def _holds(node: _Function | ast.ClassDef, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or line)


def commit_findings(late: Late) -> None:
    """RVT104: `Commit` as a statement of its own, its status thrown away."""
    statements = {id(node.value) for node in late.index.of(ast.Expr)}
    for event in late.events:
        if (
            event.kind == "transaction"
            and event.detail == "Commit"
            and id(event.node) in statements
        ):
            late.report(
                "RVT104",
                "nobody looks at the status of this commit: Revit may have rolled it back",
                event.node,
                symbol="Autodesk.Revit.DB.Transaction.Commit",
                suggestion="if transaction.Commit() != TransactionStatus.Committed: say so",
            )


def _own_statements(body: ast.Module | _Function) -> Iterator[ast.AST]:
    """The nodes of a body without those of functions and classes in it."""
    stack: list[ast.AST] = list(body.body)
    while stack:
        node = stack.pop()
        yield node
        if node.__class__ not in _DEFINING:
            stack.extend(ast.iter_child_nodes(node))


def _started_in(body: ast.Module | _Function, starts: set[int]) -> set[str]:
    return {
        node.func.value.id
        for node in _own_statements(body)
        if isinstance(node, ast.Call)
        and id(node) in starts
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
    }


def _escaping(body: ast.Module | _Function, names: set[str]) -> set[str]:
    """Names that anything else may close: passed on, stored, seen by an inner function, global."""
    used: dict[str, int] = dict.fromkeys(names, 0)
    plain: dict[str, int] = dict.fromkeys(names, 0)
    escaping: set[str] = set()
    own = {id(node) for node in _own_statements(body)}
    bound = {
        node.id
        for node in _own_statements(body)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    # What was made elsewhere may be ended there.
    escaping |= names - bound
    for node in ast.walk(body):
        if isinstance(node, ast.Global | ast.Nonlocal):
            escaping.update(names.intersection(node.names))
        elif isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
            used[node.id] += 1
            if id(node) not in own:
                escaping.add(node.id)
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in names
            and node.attr in _OWN
        ):
            plain[node.value.id] += 1
        elif isinstance(node, ast.With | ast.AsyncWith):
            # Left at the end of the block, whatever happened in it.
            for item in node.items:
                for one in (item.context_expr, item.optional_vars):
                    if isinstance(one, ast.Name) and one.id in names:
                        escaping.add(one.id)
    return escaping | {name for name in names if used[name] != plain[name]}


@dataclass(frozen=True, slots=True)
class _State:
    """What is certainly open here, by name, with the `Start` of each; None: nobody gets here."""

    open: dict[str, ast.Call] | None

    def joined(self, other: "_State") -> "_State":
        if self.open is None:
            return other
        if other.open is None:
            return self
        return _State({name: node for name, node in self.open.items() if name in other.open})


_NOWHERE = _State(None)


class _Follow:
    """Follows one body; loops and `try` are taken at their least."""

    def __init__(self, late: Late, starts: set[int], names: set[str]) -> None:
        self.late = late
        self.starts = starts
        self.names = names
        self.finals: list[set[str]] = []
        """What the `finally` blocks around this place close."""

    def body(self, body: ast.Module | _Function) -> None:
        end = self._block(body.body, _State({}))
        for name, start in (end.open or {}).items():
            self._left_open(name, start, start)

    def _block(self, body: list[ast.stmt], state: _State) -> _State:
        for statement in body:
            if state.open is None:
                return state
            state = self._statement(statement, state)
        return state

    def _statement(self, node: ast.stmt, state: _State) -> _State:
        if isinstance(node, ast.If):
            state = self._calls(node.test, state)
            return self._block(node.body, state).joined(self._block(node.orelse, state))
        if isinstance(node, ast.For | ast.AsyncFor | ast.While):
            after = self._block(node.body, state)
            # Ways out of the middle of the loop are unknown: only what nothing in it closes stays.
            closed = _closed_in(node)
            kept = {n: s for n, s in (state.open or {}).items() if n not in closed}
            del after
            return self._block(node.orelse, _State(kept))
        if isinstance(node, ast.Try):
            return self._try(node, state)
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                state = self._calls(item.context_expr, state)
            return self._block(node.body, state)
        if isinstance(node, ast.Return):
            if node.value is not None:
                state = self._calls(node.value, state)
            self._leave(node, state, "RVT102")
            return _NOWHERE
        if isinstance(node, ast.Raise | ast.Break | ast.Continue):
            return _NOWHERE
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return state
        if isinstance(node, ast.Match):
            closed = _closed_in(node)
            return _State({n: s for n, s in (state.open or {}).items() if n not in closed})
        state = self._calls(node, state)
        if isinstance(node, ast.Expr) and id(node.value) in self.late.exits:
            self._leave(node.value, state, "RVT103")
            return _NOWHERE
        return state

    def _try(self, node: ast.Try, state: _State) -> _State:
        closed_last = set().union(*map(_closed_in, node.finalbody)) if node.finalbody else set()
        self.finals.append(closed_last)
        end = self._block(node.orelse, self._block(node.body, state))
        # A handler may start anywhere in the body: what that opens or closes is not certain.
        touched = set().union(*map(_closed_in, node.body)) if node.body else set()
        before = _State({n: s for n, s in (state.open or {}).items() if n not in touched})
        for handler in node.handlers:
            end = end.joined(self._block(handler.body, before))
        self.finals.pop()
        return self._block(node.finalbody, end) if end.open is not None else end

    def _calls(self, node: ast.AST, state: _State) -> _State:
        """Starts and ends inside an expression or a simple statement, in no order but its own."""
        now = dict(state.open or {})
        for one in ast.walk(node):
            if not isinstance(one, ast.Call) or not isinstance(one.func, ast.Attribute):
                continue
            owner = one.func.value
            if not isinstance(owner, ast.Name) or owner.id not in self.names:
                continue
            if id(one) in self.starts:
                now[owner.id] = one
            elif one.func.attr in _CLOSING:
                now.pop(owner.id, None)
        return _State(now)

    def _leave(self, node: ast.AST, state: _State, rule: str) -> None:
        for name, start in (state.open or {}).items():
            if not any(name in closed for closed in self.finals):
                if rule == "RVT102":
                    self._left_open(name, start, node)
                else:
                    _exit_inside(self.late, node, f"the transaction of line {start.lineno}")

    def _left_open(self, name: str, start: ast.Call, node: ast.AST) -> None:
        where = "" if node is start else f" that line {start.lineno} started"
        self.late.report(
            "RVT102",
            f"{name} is left open{where}: Revit throws its changes away",
            node,
            symbol="Autodesk.Revit.DB.Transaction.Start",
            suggestion=f"{name}.Commit() or {name}.RollBack() on every way out",
        )


def _closed_in(node: ast.AST) -> set[str]:
    return {
        one.func.value.id
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and isinstance(one.func.value, ast.Name)
        and one.func.attr in (*_CLOSING, "Start")
    }


def _inside_with(late: Late) -> None:
    """Exits inside `with revit.Transaction(...)`, after something was changed in it."""
    if not late.exits:
        return
    opened = {
        id(event.node)
        for event in late.events
        if event.kind == "transaction" and event.detail not in ("Start", "Commit", "RollBack")
    }
    if not opened:
        return
    writes = [event for event in late.events if event.kind == "write"]
    for node in late.index.of(ast.With):
        if any(id(item.context_expr) in opened for item in node.items):
            first = _first_write(node, writes)
            for one in _own_statements_of(node):
                if id(one) in late.exits and first and getattr(one, "lineno", 0) > first:
                    # pyRevit rolls back cleanly, which may be what was wanted.
                    what = f"the transaction of line {node.lineno}"
                    _exit_inside(late, one, what, Severity.INFO)


def _own_statements_of(node: ast.With) -> Iterator[ast.AST]:
    return _own_statements(ast.Module(node.body, []))


def _first_write(node: ast.With, writes: list[Event]) -> int:
    end = node.end_lineno or node.lineno
    lines = [event.line for event in writes if node.lineno <= event.line <= end]
    return min(lines, default=0)


def _exit_inside(
    late: Late, node: ast.AST, what: str, severity: Severity = Severity.WARNING
) -> None:
    late.report(
        "RVT103",
        f"the script ends inside {what}: its changes are lost",
        node,
        severity=severity,
        suggestion="leave before the transaction starts, or commit or roll back first",
    )


def exits_of(index: NodeIndex) -> set[int]:
    """The calls that certainly end the script, by id of their node."""
    found: set[int] = set()
    for statement in index.of(ast.Expr):
        node = statement.value
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        if not isinstance(owner, ast.Name):
            continue
        if node.func.attr == "exit" and owner.id in ("sys", "script"):
            found.add(id(node))
        elif node.func.attr == "alert" and owner.id == "forms":
            keywords = {one.arg: one.value for one in node.keywords}
            leaves = keywords.get("exitscript")
            if (
                isinstance(leaves, ast.Constant)
                and leaves.value is True
                and not {"yes", "ok", "no", "cancel", "options"} & set(keywords)
            ):
                found.add(id(node))
    return found
