"""The walk through statements, in the order in which they run."""

import ast
from collections.abc import Callable
from typing import Any

from revitron_grpc.analysis import guards
from revitron_grpc.analysis.containers import grow, settled
from revitron_grpc.analysis.elements import element_of
from revitron_grpc.analysis.expressions import assign_target, type_of
from revitron_grpc.analysis.imports import import_from, import_module
from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.library_types import COLLECTOR, ELEMENT, TRANSACTIONS
from revitron_grpc.analysis.local_classes import store
from revitron_grpc.analysis.scope import Scope
from revitron_grpc.analysis.types import (
    UNKNOWN,
    Builtin,
    ClassObject,
    Function,
    Growing,
    Instance,
    Literal,
    LocalClass,
    LocalInstance,
    LocalProperty,
    Primitive,
    PythonInstance,
    PythonName,
    Type,
    join,
    primitive_of,
)
from revitron_grpc.analysis.walk import Walk

Handler = Callable[[Walk, Any], bool]


def run_block(walk: Walk, body: list[ast.stmt]) -> bool:
    """Walk statements; False if the end is never reached."""
    walk.work(len(body))
    for statement in body:
        handler = _HANDLERS.get(statement.__class__)
        if handler is not None and not handler(walk, statement):
            return False
    return True


def _expression(walk: Walk, node: ast.Expr) -> bool:
    walk.discarded = node.value
    type_of(walk, node.value)
    return not _leaves(walk, node.value)


def _leaves(walk: Walk, node: ast.expr) -> bool:
    """`sys.exit()`, `script.exit()`, `forms.alert(..., exitscript=True)`."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in ("exit", "quit"):
            return walk.scope.find(function.id) is None
    elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        if function.attr == "exit":
            return function.value.id in ("sys", "script")
        if function.attr == "alert":
            return any(
                one.arg == "exitscript"
                and isinstance(one.value, ast.Constant)
                and one.value.value is True
                for one in node.keywords
            ) and not any(
                one.arg in ("yes", "ok", "no", "cancel", "options") for one in node.keywords
            )
    return False


def _assign(walk: Walk, node: ast.Assign) -> bool:
    value = type_of(walk, node.value)
    for target in node.targets:
        assign_target(walk, target, value)
    return True


def _annotated(walk: Walk, node: ast.AnnAssign) -> bool:
    if node.value is not None:
        assign_target(walk, node.target, type_of(walk, node.value))
    return True


def _augmented(walk: Walk, node: ast.AugAssign) -> bool:
    value = type_of(walk, node.value)
    if isinstance(node.target, ast.Name):
        known = type_of(walk, node.target)
        if isinstance(known, Growing):
            grow(known, node, element_of(walk, value, node.value), UNKNOWN)
            return True
        walk.scope.bind(node.target.id, UNKNOWN if known is UNKNOWN else _added(known))
    else:
        known = type_of(walk, node.target)
        if isinstance(node.target, ast.Attribute):
            receiver = type_of(walk, node.target.value)
            if isinstance(receiver, LocalInstance):
                store(walk, receiver.of, node.target.attr, _added(known), node.target)
    return True


def _added(known: Type) -> Type:
    plain = primitive_of(known) if isinstance(known, Literal) else known
    return plain if isinstance(plain, Primitive) else UNKNOWN


def _return(walk: Walk, node: ast.Return) -> bool:
    if node.value is not None:
        walk.returned.append(settled(type_of(walk, node.value)))
    return False


def _raise(walk: Walk, node: ast.Raise) -> bool:
    for part in (node.exc, node.cause):
        if part is not None:
            type_of(walk, part)
    return False


def _leave_turn(walk: Walk, node: ast.stmt) -> bool:  # noqa: ARG001 - one signature for all
    """`break` and `continue`: what is bound here is bound after the loop."""
    walk.turn_ends.append(walk.scope.names)
    return False


def _if(walk: Walk, node: ast.If) -> bool:
    tested = guards.test(walk, node.test, type_of)
    walk.work(1)
    before = walk.scope.names
    mask, guard, having = walk.mask, walk.guard, walk.having
    ends: list[tuple[dict[str, Type], int, frozenset[str]]] = []
    for outcome, body in ((tested.yes, node.body), (tested.no, node.orelse)):
        walk.scope.names = {**before, **outcome.types}
        walk.mask = mask & outcome.mask
        walk.guard = max(guard, tested.guard)
        walk.having = having | outcome.having
        if run_block(walk, body):
            ends.append((walk.scope.names, walk.mask, walk.having))
    walk.guard = guard
    walk.having = having
    if not ends:
        walk.scope.names = before
        walk.mask = mask
        return False
    if len(ends) == 1:
        walk.scope.names, walk.mask, walk.having = ends[0]
        if tested.guard is not Guard.NONE:
            walk.guard = max(guard, tested.guard)
    else:
        walk.scope.names = _merged(ends[0][0], ends[1][0])
        walk.mask = ends[0][1] | ends[1][1]
    return True


def _merged(one: dict[str, Type], other: dict[str, Type]) -> dict[str, Type]:
    if one is other:
        return one
    merged = dict(one)
    for name, value in other.items():
        known = merged.get(name)
        if known is None:
            merged[name] = value
        elif known is not value:
            merged[name] = join(known, value)
    return merged


def _for(walk: Walk, node: ast.For | ast.AsyncFor) -> bool:
    iterated = type_of(walk, node.iter)
    element = element_of(walk, iterated, node.iter)
    if isinstance(iterated, Instance) and iterated.name == COLLECTOR:
        walk.event("live_collector", node)
    of_elements = isinstance(element, Instance) and walk.view.is_a(element.name, ELEMENT.name)
    if of_elements and walk.element_loops:
        walk.event("nested_element_loop", node)
    walk.element_loops += of_elements

    def bound() -> None:
        assign_target(walk, node.target, element)

    _loop(walk, node.body, bound)
    walk.element_loops -= of_elements
    return run_block(walk, node.orelse)


def _while(walk: Walk, node: ast.While) -> bool:
    tested = guards.test(walk, node.test, type_of)
    with walk.inside(mask=tested.yes.mask, guard=tested.guard, having=tested.yes.having):
        _loop(walk, node.body, lambda: walk.scope.names.update(tested.yes.types))
    endless = isinstance(node.test, ast.Constant) and bool(node.test.value)
    if endless and not any(isinstance(one, ast.Break) for one in ast.walk(node)):
        return False
    return run_block(walk, node.orelse)


def _loop(walk: Walk, body: list[ast.stmt], bind: Callable[[], None]) -> None:
    walk.work(1)
    before = dict(walk.scope.names)
    transactions = walk.transactions
    outer_ends, walk.turn_ends = walk.turn_ends, []
    walk.loops += 1
    bind()
    with walk.inside():
        run_block(walk, body)
    walk.loops -= 1
    walk.transactions = transactions
    names = _merged(before, walk.scope.names)
    for end in walk.turn_ends:
        names = _merged(names, end)
    walk.scope.names = names
    walk.turn_ends = outer_ends


def _with(walk: Walk, node: ast.With | ast.AsyncWith) -> bool:
    opened = 0
    for item in node.items:
        value = type_of(walk, item.context_expr)
        if isinstance(value, PythonInstance) and value.name in TRANSACTIONS:
            opened += 1
        if item.optional_vars is not None:
            assign_target(walk, item.optional_vars, value)
    before = walk.transactions
    walk.transactions += opened
    alive = run_block(walk, node.body)
    if opened:
        walk.transactions = before
    return alive


_NARROW = frozenset(
    "ImportError ModuleNotFoundError AttributeError NameError UnboundLocalError TypeError "
    "MissingMemberException MissingMethodException UnboundNameException "
    "ArgumentTypeException FileNotFoundException SystemError".split()
)
_BROAD = frozenset("Exception BaseException StandardError SystemException".split())


def _catches(handlers: list[ast.ExceptHandler]) -> Guard:
    guard = Guard.NONE
    for handler in handlers:
        if handler.type is None:
            return Guard.BROAD
        caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for one in caught:
            name = one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "")
            if name in _BROAD:
                return Guard.BROAD
            if name in _NARROW:
                guard = Guard.NARROW
    return guard


def _try(walk: Walk, node: ast.Try) -> bool:
    guard = _catches(node.handlers)
    walk.work(1)
    before = dict(walk.scope.names)
    outer_absent, walk.absent_in_try = walk.absent_in_try, 0
    mask, transactions = walk.mask, walk.transactions
    with walk.inside(guard=guard):
        body_alive = run_block(walk, node.body)
        body_mask = walk.mask
    absent = walk.absent_in_try & mask if guard is not Guard.NONE else 0
    walk.absent_in_try = outer_absent | (walk.absent_in_try if guard is Guard.NONE else 0)
    if guard is not Guard.NONE:
        walk.soft_names |= _bound_in(node.body)
    after_body = walk.scope.names
    ends: list[tuple[dict[str, Type], int]] = []
    for handler in node.handlers:
        catches = _catches([handler])
        walk.scope.names = _merged(before, after_body)
        if handler.type is not None:
            type_of(walk, handler.type)
        if handler.name:
            walk.scope.bind(handler.name, UNKNOWN)
        # In the versions that lack something above, this certainly runs; in others it may.
        narrowed = absent if catches is not Guard.NONE and absent else walk.view.full
        unsure = Guard.BROAD if catches is not Guard.NONE and not absent else Guard.NONE
        walk.transactions = transactions
        with walk.inside(mask=narrowed, guard=unsure):
            if run_block(walk, handler.body):
                ends.append((walk.scope.names, walk.mask if absent else mask))
    walk.scope.names = after_body
    walk.mask = body_mask & ~absent
    if body_alive:
        body_alive = run_block(walk, node.orelse)
    if body_alive:
        ends.append((walk.scope.names, walk.mask))
    elif guard is not Guard.NONE and not absent:
        # What follows is the fall-back of a try that failed for a reason not understood.
        walk.guard = max(walk.guard, Guard.NARROW)
    walk.mask = mask
    walk.scope.names = _merged(before, after_body)
    if ends:
        walk.scope.names = ends[0][0]
        walk.mask = ends[0][1]
        for names, end_mask in ends[1:]:
            walk.scope.names = _merged(walk.scope.names, names)
            walk.mask |= end_mask
    alive = run_block(walk, node.finalbody)
    return alive and bool(ends)


def _bound_in(body: list[ast.stmt]) -> set[str]:
    found: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                found.update(one.id for one in ast.walk(target) if isinstance(one, ast.Name))
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            found.update((one.asname or one.name).partition(".")[0] for one in statement.names)
    return found


def _import(walk: Walk, node: ast.Import) -> bool:
    import_module(walk, node)
    return True


def _import_from(walk: Walk, node: ast.ImportFrom) -> bool:
    import_from(walk, node)
    return True


def _delete(walk: Walk, node: ast.Delete) -> bool:
    for target in node.targets:
        if isinstance(target, ast.Attribute | ast.Subscript):
            type_of(walk, target.value)
    return True


def _assert(walk: Walk, node: ast.Assert) -> bool:
    tested = guards.test(walk, node.test, type_of)
    walk.mask &= tested.yes.mask
    walk.guard = max(walk.guard, tested.guard)
    walk.having |= tested.yes.having
    walk.scope.names.update(tested.yes.types)
    return True


def _define(walk: Walk, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for decorator in node.decorator_list:
        type_of(walk, decorator)
    defaults = tuple(type_of(walk, default) for default in node.args.defaults)
    for default in node.args.kw_defaults:
        if default is not None:
            type_of(walk, default)
    function = Function(node, walk.mask, scope=walk.scope, defaults=defaults)
    walk.defined.append(function)
    if not walk.silent:
        walk.functions.append(function)
    # A decorated function may be called in any way and return anything.
    bound: Type = UNKNOWN if node.decorator_list else function
    if len(node.decorator_list) == 1 and getattr(node.decorator_list[0], "id", "") == "property":
        bound = LocalProperty(function)
    walk.scope.bind(node.name, bound)
    return True


def _class(walk: Walk, node: ast.ClassDef) -> bool:
    bases = [type_of(walk, base) for base in node.bases]
    outer = walk.scope
    inner = Scope(outer)
    walk.scope = inner
    first = len(walk.defined)
    run_block(walk, node.body)
    walk.scope = outer
    of = LocalClass(
        node.name,
        dict(inner.names),
        tuple(base for base in bases if isinstance(base, LocalClass)),
        not all(_is_known_base(base) for base in bases),
        (node.lineno, node.end_lineno or node.lineno),
    )
    for function in walk.defined[first:]:
        if function.scope is inner:
            function.scope = outer
            function.method = True
            if not _is_static(function.node):
                function.owner = of
    walk.scope.bind(node.name, of)
    return True


def _is_known_base(base: Type) -> bool:
    """Whether a class takes nothing from a base that would hide what its own methods store."""
    if isinstance(base, Builtin):
        return base.name == "object"
    if isinstance(base, PythonName):
        return base.name.startswith("pyrevit.")
    return isinstance(base, LocalClass | ClassObject)


def _is_static(node: ast.AST) -> bool:
    """Whether the first parameter of a method is no object of its class."""
    for decorator in getattr(node, "decorator_list", ()):
        name = getattr(decorator, "attr", getattr(decorator, "id", ""))
        if name not in ("property", "setter"):
            return True
    return False


def _match(walk: Walk, node: ast.Match) -> bool:
    type_of(walk, node.subject)
    before = walk.scope.names
    ends = dict(before)
    for case in node.cases:
        walk.scope.names = dict(before)
        for one in ast.walk(case.pattern):
            captured = getattr(one, "name", None) or getattr(one, "rest", None)
            if captured:
                walk.scope.bind(captured, UNKNOWN)
        with walk.inside():
            if run_block(walk, case.body):
                ends = _merged(ends, walk.scope.names)
    walk.scope.names = ends
    return True


_HANDLERS: dict[type[ast.stmt], Handler] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Continue: _leave_turn,
    ast.Break: _leave_turn,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Delete: _delete,
    ast.Assert: _assert,
    ast.FunctionDef: _define,
    ast.AsyncFunctionDef: _define,
    ast.ClassDef: _class,
    ast.Match: _match,
}
if hasattr(ast, "TryStar"):
    _HANDLERS[ast.TryStar] = _try
