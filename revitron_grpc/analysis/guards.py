"""Tests that tell something: about the Revit version, about a type, about None.

`test` evaluates a condition and says in which versions it can be true and false, what names are
narrowed to, and which members were found by `hasattr`.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.types import (
    NONE,
    UNKNOWN,
    Builtin,
    ClassObject,
    Condition,
    Function,
    Instance,
    Literal,
    Namespace,
    PerVersion,
    Type,
    options,
    union,
    without_none,
)
from revitron_grpc.analysis.walk import Walk

_YEAR = re.compile(r"20\d\d")
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class Outcome(msgspec.Struct):
    """What holds when a test comes out one way."""

    mask: int
    types: dict[str, Type] = {}
    having: frozenset[str] = frozenset()


class Test(msgspec.Struct):
    """Both outcomes of a test; `guard` where it depends on a version in an unclear way."""

    yes: Outcome
    no: Outcome
    guard: Guard = Guard.NONE

    def negated(self) -> "Test":
        """The same test with `not` before it."""
        return Test(self.no, self.yes, self.guard)


Evaluate = Callable[[Walk, ast.expr], Type]


def test(walk: Walk, node: ast.expr, evaluate: Evaluate) -> Test:
    """Evaluate a condition once, and tell its outcomes."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return test(walk, node.operand, evaluate).negated()
    if isinstance(node, ast.BoolOp):
        return _combined(walk, node, evaluate)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            if node.func.id == "hasattr" and len(node.args) == 2:
                return _hasattr(walk, node.args[0], node.args[1], evaluate)
            if node.func.id == "isinstance" and len(node.args) == 2:
                return _isinstance(walk, node, evaluate)
            if node.func.id == "bool" and len(node.args) == 1:
                return test(walk, node.args[0], evaluate)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        special = _comparison(walk, node, evaluate)
        if special is not None:
            return special
    return truth(walk, node, evaluate(walk, node))


def truth(walk: Walk, node: ast.expr, value: Type) -> Test:
    """The outcomes of testing an expression whose type is known."""
    full = walk.view.full
    guard = Guard.NONE
    yes, no = Outcome(full), Outcome(full)
    if isinstance(value, Condition):
        yes.mask, no.mask = value.true, value.false
        guard = Guard.NARROW if value.opaque else Guard.NONE
    elif isinstance(value, Literal):
        yes.mask, no.mask = (full, 0) if value.value else (0, full)
        if isinstance(node, ast.Name):
            # A flag that may have been set elsewhere says nothing for sure.
            yes.mask = no.mask = full
    elif isinstance(value, ClassObject | Function) or (
        isinstance(value, Builtin) and "." not in value.name
    ):
        yes.mask, no.mask = full, 0
    elif isinstance(value, PerVersion):
        yes.mask = _mask(bool(one) for one in value.values)
        no.mask = full & ~yes.mask
    if isinstance(node, ast.Name):
        if node.id in walk.soft_names and not isinstance(value, Condition):
            guard = Guard.NARROW
        yes.types[node.id] = without_none(value)
    elif isinstance(node, ast.NamedExpr) and isinstance(node.target, ast.Name):
        yes.types[node.target.id] = without_none(value)
    return Test(yes, no, guard)


def compared(walk: Walk, left: Type, op: ast.cmpop, right: Type) -> Type | None:
    """The condition that a comparison with the running version makes; None for any other.

    What comes from elsewhere and is compared with the year of a Revit is taken for its version:
    `def f(year): if year >= 2024:`. If it was something else, less is judged, and nothing wrongly.
    """
    left, right = _year_of_revit(walk, left, right), _year_of_revit(walk, right, left)
    if not isinstance(left, PerVersion | Condition) and not isinstance(
        right, PerVersion | Condition
    ):
        return None
    full = walk.view.full
    compare = _COMPARISONS.get(type(op))
    lefts, rights = _values(walk, left), _values(walk, right)
    if compare is None or lefts is None or rights is None:
        return Condition(full, full, opaque=True)
    true = 0
    for index, (one, other) in enumerate(zip(lefts, rights, strict=True)):
        outcome = _compare(compare, one, other)
        if outcome is None:
            return Condition(full, full, opaque=True)
        true |= outcome << index
    return Condition(true, full & ~true)


def _year_of_revit(walk: Walk, one: Type, other: Type) -> Type:
    """The running version where an unknown value is compared with a year; else the value."""
    if one is not UNKNOWN or not isinstance(other, Literal):
        return one
    if isinstance(other.value, bool | float) or not _YEAR.fullmatch(str(other.value)):
        return one
    years = walk.view.versions
    # The year before the first and after the last one divide the versions too.
    if not years[0] - 1 <= int(other.value) <= years[-1] + 1:
        return one
    return PerVersion(tuple(type(other.value)(int(year)) for year in years))


def contained(walk: Walk, left: Type, right: tuple[Type, ...], *, negated: bool) -> Type | None:
    """The condition that `version in (...)` makes; None where the left is no version."""
    if not isinstance(left, PerVersion):
        return None
    full = walk.view.full
    if not all(isinstance(one, Literal) for one in right):
        return Condition(full, full, opaque=True)
    true = 0
    for one in right:
        same = compared(walk, left, ast.Eq(), one)
        if isinstance(same, Condition):
            true |= same.true
    return Condition(full & ~true, true) if negated else Condition(true, full & ~true)


def _mask(values: Iterable[bool]) -> int:
    mask = 0
    for index, value in enumerate(values):
        mask |= value << index
    return mask


def _values(walk: Walk, of: Type) -> tuple[str | int | float, ...] | None:
    if isinstance(of, PerVersion):
        return of.values
    if isinstance(of, Literal):
        return (of.value,) * len(walk.view.versions)
    if isinstance(of, Condition) and not of.true & of.false and not of.opaque:
        return tuple(bool(of.true >> i & 1) for i in range(len(walk.view.versions)))
    return None


def _compare(
    compare: Callable[[Any, Any], bool], one: str | float, other: str | float
) -> bool | None:
    if isinstance(one, str) != isinstance(other, str):
        # `HOST_APP.version` was text in old releases of pyRevit: meant as a number either way.
        try:
            one, other = float(one), float(other)
        except ValueError:
            return None
    return compare(one, other)


def _combined(walk: Walk, node: ast.BoolOp, evaluate: Evaluate) -> Test:
    """`a and b`: true where all are, false where any is; `or` is its mirror image."""
    conjunction = isinstance(node.op, ast.And)
    passed = Outcome(walk.view.full)
    failed_mask = 0
    guard = Guard.NONE
    single: Outcome | None = None
    walk.work(0)
    saved = dict(walk.scope.names)
    with walk.inside():
        for value in node.values:
            one = test(walk, value, evaluate)
            on, off = (one.yes, one.no) if conjunction else (one.no, one.yes)
            failed_mask |= off.mask & passed.mask
            passed.mask &= on.mask
            passed.types.update(on.types)
            passed.having |= on.having
            guard = max(guard, one.guard)
            walk.guard = max(walk.guard, one.guard)
            walk.mask &= on.mask
            walk.having |= on.having
            walk.scope.names.update(on.types)
            single = off
    walk.scope.names = saved
    failed = Outcome(failed_mask)
    if len(node.values) == 1 and single is not None:
        failed = single
    return Test(passed, failed, guard) if conjunction else Test(failed, passed, guard)


def _hasattr(walk: Walk, owner: ast.expr, name: ast.expr, evaluate: Evaluate) -> Test:
    full = walk.view.full
    receiver = evaluate(walk, owner)
    named = evaluate(walk, name)
    if not isinstance(named, Literal) or not isinstance(named.value, str):
        return Test(Outcome(full), Outcome(full), Guard.NARROW)
    return having(walk, receiver, named.value)


def having(walk: Walk, receiver: Type, name: str) -> Test:
    """The outcomes of asking whether something has an attribute."""
    full = walk.view.full
    can, cannot = 0, 0
    for option in options(receiver):
        true, false = _presence(walk, option, name)
        can |= true
        cannot |= false
    found = frozenset((name,))
    # Whatever lacks it may be anything that takes its place.
    guard = Guard.NARROW if can == full and cannot == full else Guard.NONE
    return Test(Outcome(can, having=found), Outcome(cannot), guard)


def _presence(walk: Walk, receiver: Type, name: str) -> tuple[int, int]:
    view = walk.view
    full = view.full
    if isinstance(receiver, Instance | ClassObject):
        lookup = view.member_lookup(receiver.name, name, exact=isinstance(receiver, ClassObject))
        if lookup is not None:
            return full & ~lookup.absent, full & ~lookup.present
    if isinstance(receiver, Namespace):
        lookup = view.type_lookup(f"{receiver.name}.{name}")
        if lookup is not None:
            return full & ~lookup.absent, full & ~lookup.present
    return full, full


def _isinstance(walk: Walk, node: ast.Call, evaluate: Evaluate) -> Test:
    full = walk.view.full
    value = evaluate(walk, node.args[0])
    classes = node.args[1]
    listed = classes.elts if isinstance(classes, ast.Tuple) else [classes]
    types = [evaluate(walk, one) for one in listed]
    yes = Outcome(full)
    if isinstance(node.args[0], ast.Name):
        yes.types[node.args[0].id] = _narrowed(walk, value, types)
    return Test(yes, Outcome(full))


def _narrowed(walk: Walk, value: Type, classes: list[Type]) -> Type:
    narrowed: list[Type] = []
    for one in classes:
        if not isinstance(one, ClassObject):
            return UNKNOWN
        if isinstance(value, Instance) and walk.view.is_a(value.name, one.name):
            narrowed.append(value)
        else:
            narrowed.append(Instance(one.name, one.arguments))
    return union(narrowed)


def _comparison(walk: Walk, node: ast.Compare, evaluate: Evaluate) -> Test | None:
    op, right = node.ops[0], node.comparators[0]
    full = walk.view.full
    if isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq) and (
        isinstance(right, ast.Constant) and right.value is None
    ):
        value = evaluate(walk, node.left)
        there, missing = Outcome(full), Outcome(full)
        guard = Guard.NONE
        if isinstance(node.left, ast.Name):
            if node.left.id in walk.soft_names:
                guard = Guard.NARROW
            there.types[node.left.id] = without_none(value)
            missing.types[node.left.id] = NONE
        result = Test(missing, there, guard)
        return result.negated() if isinstance(op, ast.IsNot | ast.NotEq) else result
    if isinstance(op, ast.In | ast.NotIn):
        asks_dir = (
            isinstance(right, ast.Call)
            and isinstance(right.func, ast.Name)
            and right.func.id == "dir"
            and len(right.args) == 1
        )
        if asks_dir and isinstance(right, ast.Call):
            result = _hasattr(walk, right.args[0], node.left, evaluate)
            return result.negated() if isinstance(op, ast.NotIn) else result
        return None
    if isinstance(op, ast.Is | ast.Eq):
        return _type_equality(walk, node, evaluate)
    return None


def _type_equality(walk: Walk, node: ast.Compare, evaluate: Evaluate) -> Test | None:
    """`type(x) is Wall`, `x.GetType() == Wall`: the type is then exactly that."""
    left = node.left
    if not isinstance(left, ast.Call):
        return None
    subject: ast.expr | None = None
    if isinstance(left.func, ast.Name) and left.func.id == "type" and len(left.args) == 1:
        subject = left.args[0]
    elif isinstance(left.func, ast.Attribute) and left.func.attr == "GetType":
        subject = left.func.value
    if subject is None:
        return None
    evaluate(walk, left)
    wanted = evaluate(walk, node.comparators[0])
    full = walk.view.full
    yes = Outcome(full)
    if isinstance(subject, ast.Name):
        if isinstance(wanted, ClassObject):
            yes.types[subject.id] = Instance(wanted.name, wanted.arguments)
        else:
            yes.types[subject.id] = UNKNOWN
    return Test(yes, Outcome(full))


def host_app_test(walk: Walk, name: str, argument: Type, or_equal: bool) -> Type:
    """What `HOST_APP.is_newer_than` and its like return for a year given as number or text."""
    full = walk.view.full
    if not isinstance(argument, Literal):
        return Condition(full, full, opaque=True)
    match = _YEAR.search(str(argument.value))
    if match is None:
        return Condition(full, full, opaque=True)
    year = int(match.group())
    true = 0
    for index, version in enumerate(walk.view.versions):
        if name == "is_newer_than":
            holds = version >= year if or_equal else version > year
        elif name == "is_older_than":
            holds = version < year
        else:
            holds = version == year
        true |= holds << index
    return Condition(true, full & ~true)
