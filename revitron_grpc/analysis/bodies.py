"""Bodies of modules and functions: when they are walked, and with which types."""

import ast

from revitron_grpc.analysis.expressions import bind_parameters
from revitron_grpc.analysis.functions import MAX_DEPTH, parameter_types, result
from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.scope import Scope
from revitron_grpc.analysis.statements import run_block
from revitron_grpc.analysis.types import (
    UNKNOWN,
    Function,
    Type,
)
from revitron_grpc.analysis.walk import Walk


def run_module(walk: Walk, tree: ast.Module) -> None:
    """Walk a module: its own statements first, then its functions once their calls are seen."""
    walk.summarise = summary
    run_block(walk, tree.body)
    walk.mask, walk.guard, walk.having = walk.view.full, Guard.NONE, frozenset()
    walk.transactions = 0
    pending = walk.functions
    while pending:
        ready = [one for one in pending if _all_calls_seen(walk, one)] or pending[:1]
        walk.functions = []
        for function in ready:
            _run_function(walk, function)
        chosen = set(map(id, ready))
        pending = [one for one in pending if id(one) not in chosen] + walk.functions


def summary(walk: Walk, function: Function) -> Type:
    """A function's result, whatever it is called with; nothing is judged meanwhile."""
    if walk.depth >= MAX_DEPTH or isinstance(function.node, ast.Lambda):
        return UNKNOWN
    function.returns = UNKNOWN  # what a recursive call sees
    walk.silent += 1
    try:
        return _run_body(walk, function, [], function.mask or walk.view.full, Guard.NONE)
    finally:
        walk.silent -= 1


def _all_calls_seen(walk: Walk, function: Function) -> bool:
    name = getattr(function.node, "name", "")
    return (
        not function.method
        and bool(function.calls)
        and walk.facts.name_uses.get(name, 0) == len(function.calls)
        and name not in walk.facts.exported
    )


def _run_function(walk: Walk, function: Function) -> None:
    mask, guard, types = function.mask, Guard.NONE, []
    seen = _all_calls_seen(walk, function)
    if seen:
        mask &= function.call_mask
        types = parameter_types(function)
        guard = Guard.NONE if function.called_unguarded else Guard.BROAD
    # Who calls a function that is handed around may have opened a transaction before.
    walk.transactions = 1 if not seen or function.in_transaction else 0
    _run_body(walk, function, types, mask, guard)
    walk.transactions = 0


def _run_body(walk: Walk, function: Function, types: list[Type], mask: int, guard: Guard) -> Type:
    node = function.node
    if isinstance(node, ast.Lambda):
        return UNKNOWN
    state = (
        walk.scope,
        walk.mask,
        walk.guard,
        walk.having,
        walk.loops,
        walk.element_loops,
        walk.returned,
        walk.absent_in_try,
        walk.transactions,
        walk.turn_ends,
        walk.yields,
    )
    parent = function.scope if isinstance(function.scope, Scope) else walk.module_scope
    walk.scope = Scope(parent)
    walk.mask, walk.guard, walk.having = mask, guard, frozenset()
    walk.loops = walk.element_loops = 0
    walk.returned, walk.turn_ends = [], []
    walk.yields = False
    walk.depth += 1
    bind_parameters(node.args, walk.scope, types)
    if function.method and not types and node.args.args:
        walk.scope.bind(node.args.args[0].arg, UNKNOWN)
    try:
        alive = run_block(walk, node.body)
        if walk.yields:
            return UNKNOWN
        return result(walk.returned, falls_through=alive)
    finally:
        walk.depth -= 1
        (
            walk.scope,
            walk.mask,
            walk.guard,
            walk.having,
            walk.loops,
            walk.element_loops,
            walk.returned,
            walk.absent_in_try,
            walk.transactions,
            walk.turn_ends,
            walk.yields,
        ) = state
