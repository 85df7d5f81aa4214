"""The type of each expression; every name and attribute on the way is judged."""

import ast
from collections.abc import Callable
from typing import Any

from revitron_grpc.analysis import guards
from revitron_grpc.analysis.calls import call
from revitron_grpc.analysis.checks.comparisons import compared
from revitron_grpc.analysis.containers import grow, if_mutated
from revitron_grpc.analysis.elements import element_of, item_of
from revitron_grpc.analysis.local_classes import store
from revitron_grpc.analysis.members import attribute, name
from revitron_grpc.analysis.scope import Scope
from revitron_grpc.analysis.types import (
    BOOLEAN,
    NO_MAPPING,
    NONE,
    STRING,
    UNKNOWN,
    Condition,
    Function,
    Growing,
    Items,
    Literal,
    LocalInstance,
    Mapping,
    PerVersion,
    Sequence,
    Type,
    element_of_items,
    join,
    without_none,
)
from revitron_grpc.analysis.walk import Walk


def type_of(walk: Walk, node: ast.expr) -> Type:
    """Evaluate an expression once."""
    handler = _HANDLERS.get(node.__class__)
    if handler is not None:
        return handler(walk, node)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            type_of(walk, child)
    return UNKNOWN


def _constant(walk: Walk, node: ast.Constant) -> Type:  # noqa: ARG001 - one signature for all
    value = node.value
    if isinstance(value, (str, int, float)):
        return Literal(value)
    return NONE if value is None else UNKNOWN


def _attribute(walk: Walk, node: ast.Attribute) -> Type:
    return attribute(walk, type_of(walk, node.value), node.attr, node)


def _call(walk: Walk, node: ast.Call) -> Type:
    return call(walk, node, type_of)


def _subscript(walk: Walk, node: ast.Subscript) -> Type:
    receiver = type_of(walk, node.value)
    if isinstance(node.slice, ast.Slice):
        for part in (node.slice.lower, node.slice.upper, node.slice.step):
            if part is not None:
                type_of(walk, part)
        if isinstance(receiver, PerVersion) and isinstance(receiver.values[0], str):
            return _sliced(receiver, node.slice)
        if isinstance(receiver, Sequence):
            return receiver
        if isinstance(receiver, Growing):
            return Sequence(receiver.held)
        return Sequence(element_of_items(receiver)) if isinstance(receiver, Items) else UNKNOWN
    index = type_of(walk, node.slice)
    return item_of(walk, receiver, index)


def _sliced(text: PerVersion, by: ast.Slice) -> Type:
    """`VersionNumber[-2:]`, for bounds that are written out."""
    bounds: list[int | None] = []
    for part in (by.lower, by.upper, by.step):
        try:
            bound = None if part is None else ast.literal_eval(part)
        except (ValueError, TypeError, SyntaxError):
            return UNKNOWN
        if bound is not None and (not isinstance(bound, int) or not bound):
            return UNKNOWN
        bounds.append(bound)
    return PerVersion(tuple(str(value)[slice(*bounds)] for value in text.values))


def _tuple(walk: Walk, node: ast.Tuple | ast.List | ast.Set) -> Type:
    items = [type_of(walk, item) for item in node.elts]
    if any(isinstance(item, ast.Starred) for item in node.elts):
        return Sequence(UNKNOWN)
    if len(items) > 16:
        element: Type | None = None
        for item in items:
            element = join(element, item)
        return Sequence(element or UNKNOWN)
    return Items(tuple(items))


def _dict(walk: Walk, node: ast.Dict) -> Type:
    keys: Type | None = None
    values: Type | None = None
    if not node.keys:
        return NO_MAPPING
    for key, value in zip(node.keys, node.values, strict=True):
        if key is not None:
            keys = join(keys, type_of(walk, key))
        values = join(values, type_of(walk, value)) if key is not None else UNKNOWN
    if keys is None or values is None:
        return UNKNOWN
    return Mapping(keys, values)


def _boolean(walk: Walk, node: ast.BoolOp) -> Type:
    """`a or b` may be either; as a test of versions it is a condition."""
    outcome: Type | None = None
    conjunction = isinstance(node.op, ast.And)
    walk.work(0)
    saved = dict(walk.scope.names)
    last = len(node.values) - 1
    condition = True
    yes = no = 0
    with walk.inside():
        for place, value in enumerate(node.values):
            if place == last:
                one = type_of(walk, value)
                tested = guards.truth(walk, value, one)
            else:
                one, tested = _evaluated_test(walk, value)
            condition = condition and isinstance(one, Condition)
            on, off = (tested.yes, tested.no) if conjunction else (tested.no, tested.yes)
            no |= off.mask & walk.mask
            yes = walk.mask & on.mask
            walk.mask &= on.mask
            walk.having |= on.having
            walk.guard = max(walk.guard, tested.guard)
            walk.scope.names.update(on.types)
            if place != last and not conjunction:
                one = without_none(one)
            if place == last or not conjunction:
                outcome = join(outcome, one)
    walk.scope.names = saved
    if condition:
        return Condition(yes, no) if conjunction else Condition(no, yes)
    if conjunction:
        return UNKNOWN if outcome is UNKNOWN else join(outcome, NONE)
    return outcome or UNKNOWN


def _evaluated_test(walk: Walk, node: ast.expr) -> tuple[Type, guards.Test]:
    """An operand's type and its outcomes, evaluated once."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
        value = type_of(walk, node)
        return value, guards.truth(walk, node, value)
    seen: list[Type] = []

    def remembered(walk: Walk, inner: ast.expr) -> Type:
        value = type_of(walk, inner)
        if inner is node:
            seen.append(value)
        return value

    tested = guards.test(walk, node, remembered)
    if seen:
        return seen[-1], tested
    full = walk.view.full
    if tested.yes.mask == full and tested.no.mask == full:
        return BOOLEAN, tested
    return Condition(tested.yes.mask, tested.no.mask), tested


def _unary(walk: Walk, node: ast.UnaryOp) -> Type:
    operand = type_of(walk, node.operand)
    if isinstance(node.op, ast.Not):
        if isinstance(operand, Condition):
            return Condition(operand.false, operand.true, operand.opaque)
        return BOOLEAN
    if isinstance(operand, Literal) and isinstance(node.op, ast.USub):
        return Literal(-operand.value) if not isinstance(operand.value, str) else UNKNOWN
    return operand if isinstance(node.op, ast.USub | ast.UAdd) else UNKNOWN


def _binary(walk: Walk, node: ast.BinOp) -> Type:
    left = type_of(walk, node.left)
    right = type_of(walk, node.right)
    if isinstance(left, PerVersion) or isinstance(right, PerVersion):
        return _arithmetic(walk, left, node.op, right)
    if isinstance(node.op, ast.Mod) and isinstance(left, Literal) and isinstance(left.value, str):
        return STRING
    return UNKNOWN


def _arithmetic(walk: Walk, left: Type, op: ast.operator, right: Type) -> Type:
    """Sums and differences of the version number, and text put together with it."""
    count = len(walk.view.versions)

    def values(of: Type) -> tuple[str | int | float, ...] | None:
        if isinstance(of, PerVersion):
            return of.values
        return (of.value,) * count if isinstance(of, Literal) else None

    lefts, rights = values(left), values(right)
    if lefts is None or rights is None:
        return UNKNOWN
    results: list[str | int | float] = []
    for one, other in zip(lefts, rights, strict=True):
        if isinstance(one, str) and isinstance(other, str) and isinstance(op, ast.Add):
            results.append(one + other)
        elif isinstance(one, str) or isinstance(other, str):
            return UNKNOWN
        elif isinstance(op, ast.Add):
            results.append(one + other)
        elif isinstance(op, ast.Sub):
            results.append(one - other)
        else:
            return UNKNOWN
    return PerVersion(tuple(results))


def _compare(walk: Walk, node: ast.Compare) -> Type:
    if len(node.ops) != 1:
        values = [type_of(walk, node.left)] + [type_of(walk, one) for one in node.comparators]
        result: Type = BOOLEAN
        true, false = walk.view.full, 0
        for one, op, other in zip(values, node.ops, values[1:], strict=False):
            partial = guards.compared(walk, one, op, other)
            if not isinstance(partial, Condition):
                return BOOLEAN
            true &= partial.true
            false |= partial.false
            result = Condition(true, false, partial.opaque)
        return result
    op = node.ops[0]
    left = type_of(walk, node.left)
    right = type_of(walk, node.comparators[0])
    if isinstance(op, ast.In | ast.NotIn):
        listed = right.items if isinstance(right, Items) else (UNKNOWN,)
        found = guards.contained(walk, left, listed, negated=isinstance(op, ast.NotIn))
        return found or BOOLEAN
    compared(walk, node, left, op, right)
    return guards.compared(walk, left, op, right) or BOOLEAN


def _conditional(walk: Walk, node: ast.IfExp) -> Type:
    tested = guards.test(walk, node.test, type_of)
    walk.work(0)
    saved = dict(walk.scope.names)
    results: list[Type] = []
    for outcome, branch in ((tested.yes, node.body), (tested.no, node.orelse)):
        with walk.inside(mask=outcome.mask, guard=tested.guard, having=outcome.having):
            walk.scope.names.update(outcome.types)
            results.append(type_of(walk, branch))
        walk.scope.names = dict(saved)
    if isinstance(results[0], Literal) and isinstance(results[1], Literal):
        yes, no = tested.yes.mask, tested.no.mask
        if not yes & no:
            return PerVersion(
                tuple(
                    results[0].value if yes >> i & 1 else results[1].value
                    for i in range(len(walk.view.versions))
                )
            )
    return join(results[0], results[1])


def _comprehension(
    walk: Walk, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> Type:
    outer = walk.scope
    state = walk.mask, walk.guard, walk.having, walk.loops
    inner = Scope(outer)
    walk.work(0)
    inner.names = dict(outer.names)
    walk.scope = inner
    try:
        for position, generator in enumerate(node.generators):
            iterated = type_of(walk, generator.iter)
            if position == 0:
                walk.loops += 1
            assign_target(walk, generator.target, element_of(walk, iterated, generator.iter))
            for condition in generator.ifs:
                tested = guards.test(walk, condition, type_of)
                walk.mask &= tested.yes.mask
                walk.guard = max(walk.guard, tested.guard)
                walk.having |= tested.yes.having
                walk.scope.names.update(tested.yes.types)
        if isinstance(node, ast.DictComp):
            return Mapping(type_of(walk, node.key), type_of(walk, node.value))
        return Sequence(type_of(walk, node.elt))
    finally:
        walk.scope = outer
        walk.mask, walk.guard, walk.having, walk.loops = state


def assign_target(walk: Walk, target: ast.expr, value: Type) -> None:
    """Bind what is assigned: a name, a tuple of names, an attribute, an item."""
    if isinstance(target, ast.Name):
        value = if_mutated(walk, target.id, value)
        if target.id in walk.facts.global_names and walk.scope is not walk.module_scope:
            value = UNKNOWN
        walk.scope.bind(target.id, value)
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(walk, target.elts, value, target)
    elif isinstance(target, ast.Starred):
        assign_target(walk, target.value, Sequence(UNKNOWN))
    elif isinstance(target, ast.Attribute):
        receiver = type_of(walk, target.value)
        if isinstance(receiver, LocalInstance):
            store(walk, receiver.of, target.attr, value, target)
            return
        attribute(walk, receiver, target.attr, target, store=True)
    elif isinstance(target, ast.Subscript):
        receiver = type_of(walk, target.value)
        index = type_of(walk, target.slice)
        if isinstance(value, Growing):
            value.spoilt = True
        if isinstance(receiver, Growing):
            sliced = isinstance(target.slice, ast.Slice)
            grow(receiver, target, UNKNOWN if sliced else value, index)


def _unpack(walk: Walk, targets: list[ast.expr], value: Type, node: ast.expr) -> None:
    starred = any(isinstance(one, ast.Starred) for one in targets)
    if isinstance(value, Items) and len(value.items) == len(targets) and not starred:
        for one, item in zip(targets, value.items, strict=True):
            assign_target(walk, one, item)
        return
    element = UNKNOWN if isinstance(value, Items) else element_of(walk, value, node)
    for one in targets:
        assign_target(walk, one, element)


def _lambda(walk: Walk, node: ast.Lambda) -> Type:
    function = Function(node, walk.mask)
    outer = walk.scope
    inner = Scope(outer)
    walk.work(0)
    inner.names = dict(outer.names)
    bind_parameters(walk, node.args, inner, [])
    walk.scope = inner
    try:
        # What a lambda meets is not known here, but what it reads from outside is.
        type_of(walk, node.body)
    finally:
        walk.scope = outer
    function.done = True
    return UNKNOWN


def bind_parameters(walk: Walk, arguments: ast.arguments, scope: Scope, types: list[Type]) -> None:
    """Bind a function's parameters to the types that are known of its calls."""
    positional = [*arguments.posonlyargs, *arguments.args]
    for place, one in enumerate(positional):
        given = types[place] if place < len(types) else UNKNOWN
        if one.arg in walk.facts.mutated and isinstance(
            given, Growing | Items | Sequence | Mapping
        ):
            # Whoever made it may change it as well.
            given = UNKNOWN
        scope.bind(one.arg, given)
    for one in (*arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if one is not None:
            scope.bind(one.arg, UNKNOWN)


def _named(walk: Walk, node: ast.NamedExpr) -> Type:
    value = type_of(walk, node.value)
    assign_target(walk, node.target, value)
    return value


def _joined(walk: Walk, node: ast.JoinedStr) -> Type:
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            type_of(walk, part.value)
    return STRING


def _yield(walk: Walk, node: ast.Yield | ast.YieldFrom) -> Type:
    if node.value is not None:
        type_of(walk, node.value)
    walk.yields = True
    return UNKNOWN


def _starred(walk: Walk, node: ast.Starred) -> Type:
    type_of(walk, node.value)
    return UNKNOWN


_HANDLERS: dict[type[ast.expr], Callable[[Walk, Any], Type]] = {
    ast.Constant: _constant,
    ast.Name: name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Subscript: _subscript,
    ast.Tuple: _tuple,
    ast.List: _tuple,
    ast.Set: _tuple,
    ast.Dict: _dict,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.IfExp: _conditional,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
    ast.Lambda: _lambda,
    ast.NamedExpr: _named,
    ast.JoinedStr: _joined,
    ast.Starred: _starred,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
}
