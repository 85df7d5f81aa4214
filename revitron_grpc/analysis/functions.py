"""Functions of the script: their parameters from the calls, their results from their bodies."""

import ast
from collections.abc import Callable

from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.overloads import Arguments
from revitron_grpc.analysis.scope import Scope
from revitron_grpc.analysis.types import NONE, UNKNOWN, Function, Type, join
from revitron_grpc.analysis.walk import Walk

Bind = Callable[[ast.arguments, Scope, list[Type]], None]
Run = Callable[[Walk, list[ast.stmt]], bool]
MAX_DEPTH = 8
"""Results are not looked for deeper than this many calls."""


def call_function(walk: Walk, function: Function, arguments: Arguments) -> Type:
    """Note a call, and give the function's result."""
    if not walk.silent and not function.settled:
        types: list[Type] = list(arguments.types)
        if arguments.open_ended or arguments.keywords:
            types = []
        function.calls.append(types)
        function.call_mask |= walk.mask
        if walk.guard is Guard.NONE:
            function.called_unguarded = True
        if not walk.transactions:
            function.in_transaction = False
    if function.returns is None and not function.settled and walk.summarise is not None:
        function.returns = walk.summarise(walk, function)
    return function.returns or UNKNOWN


def parameter_types(function: Function) -> list[Type]:
    """What all calls agree on, place by place; a bound method's first parameter is its object."""
    if not function.calls:
        return []
    places = min(len(types) for types in function.calls)
    agreed: list[Type] = [UNKNOWN] if function.method else []
    first = function.calls[0]
    for place in range(places):
        same = all(types[place] == first[place] for types in function.calls)
        agreed.append(first[place] if same else UNKNOWN)
    return agreed


def result(returned: list[Type], *, falls_through: bool) -> Type:
    """One type for all `return` statements."""
    found: Type | None = NONE if falls_through or not returned else None
    for one in returned:
        found = join(found, one)
    return found or UNKNOWN
