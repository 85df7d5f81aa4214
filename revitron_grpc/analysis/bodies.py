"""Bodies of modules and functions: when they are walked, and with which types."""

import ast
from collections.abc import Sequence

from revitron_grpc.analysis.expressions import bind_parameters
from revitron_grpc.analysis.functions import MAX_DEPTH, all_calls_seen, parameter_types, result
from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.local_classes import bound_self
from revitron_grpc.analysis.scope import Scope
from revitron_grpc.analysis.statements import run_block
from revitron_grpc.analysis.types import (
    UNKNOWN,
    Function,
    LocalClass,
    Type,
)
from revitron_grpc.analysis.walk import Walk

_LOOK = 10
"""What it costs to look whether all calls of a function were seen, in names copied."""


def run_module(walk: Walk, tree: ast.Module) -> None:
    """Walk a module: its own statements first, then its functions once their calls are seen."""
    walk.summarise = summary
    run_block(walk, tree.body)
    walk.mask, walk.guard, walk.having = walk.view.full, Guard.NONE, frozenset()
    walk.transactions = 0
    pending = walk.functions
    while pending:
        walk.spend(_LOOK * len(pending))
        ready = [one for one in pending if all_calls_seen(walk, one)] or pending[:1]
        walk.functions = []
        for function in ready:
            _run_function(walk, function)
        chosen = set(map(id, ready))
        pending = [one for one in pending if id(one) not in chosen] + walk.functions


def summary(
    walk: Walk,
    function: Function,
    of: LocalClass | None = None,
    types: Sequence[Type] = (),
) -> Type:
    """A function's result, whatever it is called with; nothing is judged meanwhile.

    `of` is the class of a method's object, where that derives from the method's own; `types` are
    those of all calls, where they are known.
    """
    if walk.depth >= MAX_DEPTH or isinstance(function.node, ast.Lambda):
        return UNKNOWN
    function.returns = UNKNOWN  # what a recursive call sees
    walk.silent += 1
    try:
        mask = function.mask or walk.view.full
        return _run_body(walk, function, list(types), mask, Guard.NONE, of)
    finally:
        walk.silent -= 1


def _run_function(walk: Walk, function: Function) -> None:
    mask, guard, types = function.mask, Guard.NONE, []
    seen = all_calls_seen(walk, function)
    if seen:
        mask &= function.call_mask
        types = parameter_types(function)
        guard = Guard.NONE if function.called_unguarded else Guard.BROAD
    # Who calls a function that is handed around may have opened a transaction before.
    walk.transactions = 1 if not seen or function.in_transaction else 0
    _run_body(walk, function, types, mask, guard)
    walk.transactions = 0


def _run_body(
    walk: Walk,
    function: Function,
    types: list[Type],
    mask: int,
    guard: Guard,
    of: LocalClass | None = None,
) -> Type:
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
        walk.lines,
    )
    parent = function.scope if isinstance(function.scope, Scope) else walk.module_scope
    walk.scope = Scope(parent)
    walk.mask, walk.guard, walk.having = mask, guard, frozenset()
    walk.loops = walk.element_loops = 0
    walk.returned, walk.turn_ends = [], []
    walk.yields = False
    walk.lines = (node.lineno, node.end_lineno or node.lineno)
    walk.depth += 1
    if function.method:
        types = [bound_self(function, of), *types]
    bind_parameters(walk, node.args, walk.scope, types)
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
            walk.lines,
        ) = state
