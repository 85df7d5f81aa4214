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


def call_function(
    walk: Walk, function: Function, arguments: Arguments, *, wanted: bool = True
) -> Type:
    """Note a call, and give the function's result; unknown where nobody wants it."""
    if not walk.silent and not function.settled:
        function.calls.append(_places(function, arguments))
        function.call_mask |= walk.mask
        if walk.guard is Guard.NONE:
            function.called_unguarded = True
        if not walk.transactions:
            function.in_transaction = False
    if wanted and function.returns is None and not function.settled and walk.summarise is not None:
        function.returns = walk.summarise(walk, function, None, ())
    return function.returns or UNKNOWN


def all_calls_seen(walk: Walk, function: Function) -> bool:
    """Whether nothing calls the function but the calls that were noted."""
    facts, calls = walk.facts, len(function.calls)
    name = getattr(function.node, "name", "")
    if name == "__init__" and function.owner is not None:
        name = function.owner.name
        uses = 0 if name in facts.derived_from else facts.name_uses.get(name, 0)
    elif function.method:
        alone = facts.function_names.get(name) == 1 and name not in facts.name_uses
        uses = facts.attribute_uses.get(name, 0) if alone else 0
    else:
        uses = facts.name_uses.get(name, 0)
    if facts.importable and not name.startswith("_"):
        return False
    return 0 < calls == uses and name not in facts.exported


def _places(function: Function, arguments: Arguments) -> list[Type]:
    """The arguments of one call by the places of the parameters, without a method's object."""
    node = function.node.args
    names = [one.arg for one in (*node.posonlyargs, *node.args)][function.method :]
    if arguments.open_ended:
        return [UNKNOWN] * len(names)
    given = list(arguments.types[: len(names)])
    unset = len(names) - len(function.defaults)
    for place in range(len(given), len(names)):
        found = arguments.keywords.get(names[place])
        if found is None:
            found = function.defaults[place - unset] if place >= unset else UNKNOWN
        given.append(found)
    return given


def parameter_types(function: Function) -> list[Type]:
    """What the calls give, place by place, without a method's object."""
    types: list[Type] = []
    for place, first in enumerate(function.calls[0] if function.calls else ()):
        found = first
        for call in function.calls[1:]:
            found = join(found, call[place])
        types.append(found)
    return types


def result(returned: list[Type], *, falls_through: bool) -> Type:
    """One type for all `return` statements."""
    found: Type | None = NONE if falls_through or not returned else None
    for one in returned:
        found = join(found, one)
    return found or UNKNOWN
