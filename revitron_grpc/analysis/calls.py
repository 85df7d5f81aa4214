"""Calls: which overload accepts the arguments, and what comes back."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from revitron_grpc.analysis import guards
from revitron_grpc.analysis.checks.calls import called
from revitron_grpc.analysis.containers import call_container, spoil_arguments
from revitron_grpc.analysis.elements import element_of, read_collector
from revitron_grpc.analysis.functions import call_function
from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.library_types import (
    COLLECTOR,
    ELEMENT,
)
from revitron_grpc.analysis.members import attribute
from revitron_grpc.analysis.overloads import Arguments, Choice, choose
from revitron_grpc.analysis.python_calls import call_builtin, call_library
from revitron_grpc.analysis.references import ReferenceKind
from revitron_grpc.analysis.resolve import Lookup
from revitron_grpc.analysis.types import (
    INTEGER,
    NONE,
    UNKNOWN,
    Builtin,
    ClassObject,
    ContainerMethod,
    Function,
    Instance,
    Items,
    Literal,
    LocalClass,
    LocalInstance,
    MethodGroup,
    PythonName,
    Sequence,
    Type,
    from_net,
    join,
)
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Member

Evaluate = Callable[[Walk, ast.expr], Type]
_ONLY_CLASS = {
    "OST_Rooms": "Autodesk.Revit.DB.Architecture.Room",
    "OST_MEPSpaces": "Autodesk.Revit.DB.Mechanical.Space",
    "OST_Areas": "Autodesk.Revit.DB.Area",
}
"""Categories that have elements of one class and no types."""
_TRANSACTION = "Autodesk.Revit.DB.Transaction"
_ELEMENT_TYPE = "Autodesk.Revit.DB.ElementType"


def call(walk: Walk, node: ast.Call, evaluate: Evaluate) -> Type:
    """The type of a call's result; arguments are evaluated and the overload is judged."""
    function = evaluate(walk, node.func)
    if isinstance(function, Builtin):
        if function.name in ("getattr", "hasattr"):
            return _reflection(walk, function.name, node, evaluate)
        if (
            function.name in ("map", "filter")
            and len(node.args) == 2
            and isinstance(node.args[0], ast.Lambda)
        ):
            return _mapped(walk, function.name, node, evaluate)
    arguments = _arguments(walk, node, evaluate)
    result = _RESULTS.get(function.__class__)
    if result is None or function.__class__ in _MAY_CHANGE or _changes(function):
        spoil_arguments(arguments)
    return UNKNOWN if result is None else result(walk, function, arguments, node)


def _arguments(walk: Walk, node: ast.Call, evaluate: Evaluate) -> Arguments:
    types: list[Type] = []
    open_ended = False
    for one in node.args:
        if one.__class__ is ast.Starred:
            open_ended = True
            evaluate(walk, one)
        else:
            types.append(evaluate(walk, one))
    if not node.keywords:
        return Arguments(tuple(types), {}, open_ended)
    keywords: dict[str, Type] = {}
    for one in node.keywords:
        value = evaluate(walk, one.value)
        if one.arg is None:
            open_ended = True
        else:
            keywords[one.arg] = value
    return Arguments(tuple(types), keywords, open_ended)


def _instance_of(walk: Walk, of: LocalClass, arguments: Arguments, _node: ast.Call) -> Type:
    initializer = of.members.get("__init__")
    if isinstance(initializer, Function):
        call_function(walk, initializer, arguments, wanted=False)
    return LocalInstance(of)


def _method(walk: Walk, group: MethodGroup, arguments: Arguments, node: ast.Call) -> Type:
    view = walk.view
    lookup = view.member_lookup(group.type_name, group.name, exact=group.through_class)
    if lookup is None:
        return UNKNOWN
    choice = choose(view, group, lookup, arguments, walk.mask or view.full)
    if walk.mask and not walk.silent:
        _judge_call(walk, group, lookup, choice, arguments, node)
        called(
            walk,
            group.name,
            lookup,
            arguments.types,
            node,
            through_class=group.through_class,
        )
        _note_call(walk, group, lookup.symbol, arguments, node)
    if group.type_name == COLLECTOR and isinstance(group.owner, Instance):
        return _collected(walk, group.owner, group.name, arguments, node)
    if group.name == "GetType" and isinstance(group.owner, Instance):
        return UNKNOWN
    if group.name == "GetValues" and group.through_class and arguments.types:
        of = arguments.types[0]
        return Sequence(Instance(of.name)) if isinstance(of, ClassObject) else UNKNOWN
    result: Type | None = None
    for member, version in choice.accepted:
        result = join(result, _returned(member, arguments, member.returns_in(version)))
        if result is UNKNOWN:
            return UNKNOWN
    return result or UNKNOWN


def _returned(member: Member, arguments: Arguments, returns: str | None) -> Type:
    if member.generic:
        return UNKNOWN
    result = from_net(returns)
    parameters = member.parameters or ()
    outs = [one for one in parameters if one.modifier in ("out", "ref")]
    if not outs or len(arguments.types) >= len(parameters):
        return result if not outs else UNKNOWN
    items = [from_net(one.type) for one in outs]
    if result != NONE:
        items.insert(0, result)
    return items[0] if len(items) == 1 else Items(tuple(items))


def _collected(
    walk: Walk, collector: Instance, name: str, arguments: Arguments, node: ast.Call
) -> Type:
    """What a method of `FilteredElementCollector` gives: itself, filtered further, or elements."""
    result = _of_collector(walk, collector, name, arguments, node)
    function = node.func
    if (
        isinstance(result, Instance)
        and result.name == COLLECTOR
        and isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in walk.scope.names
    ):
        # It filters the collector itself, whether the result is used or not.
        walk.scope.bind(function.value.id, result)
    return result


def _of_collector(
    walk: Walk, collector: Instance, name: str, arguments: Arguments, node: ast.Call
) -> Type:
    element = collector.arguments[0] if collector.arguments else ELEMENT
    first = arguments.types[0] if arguments.types else UNKNOWN
    if name == "OfClass":
        wanted = Instance(first.name) if isinstance(first, ClassObject) else ELEMENT
        return Instance(COLLECTOR, (wanted,), filtered=True)
    if name == "WhereElementIsElementType":
        narrowed = Instance(_ELEMENT_TYPE) if element == ELEMENT else element
        return Instance(COLLECTOR, (narrowed,), filtered=True)
    if name in ("UnionWith", "IntersectWith", "Excluding"):
        kept = element if name == "Excluding" else ELEMENT
        return Instance(COLLECTOR, (kept,), filtered=True)
    if name == "OfCategory" and node.args and isinstance(node.args[0], ast.Attribute):
        only = _ONLY_CLASS.get(node.args[0].attr)
        element = element if only is None else Instance(only)
    if name.startswith(("Of", "Where")):
        return Instance(COLLECTOR, (element,), filtered=True)
    read = ("ToElements", "ToElementIds", "FirstElement", "FirstElementId", "GetElementCount")
    if name in read:
        read_collector(walk, collector, node)
    if name == "ToElements":
        return Instance("System.Collections.Generic.IList", (element,))
    if name == "ToElementIds":
        return Instance(
            "System.Collections.Generic.ICollection", (Instance("Autodesk.Revit.DB.ElementId"),)
        )
    if name == "FirstElement":
        return join(element, NONE)
    if name == "FirstElementId":
        return Instance("Autodesk.Revit.DB.ElementId")
    return INTEGER if name == "GetElementCount" else UNKNOWN


def _construct(walk: Walk, of: ClassObject, arguments: Arguments, node: ast.Call) -> Type:
    name = of.name
    if not name.startswith("Autodesk."):
        return Instance(name, of.arguments) if name.startswith("System.") else UNKNOWN
    group = MethodGroup(of, name, ".ctor", through_class=False)
    if walk.mask and not walk.silent:
        lookup = walk.view.member_lookup(name, ".ctor", exact=True)
        if lookup is not None and lookup.newest:
            walk.judge.refer(lookup, ReferenceKind.CONSTRUCTOR, node, walk.situation())
            choice = choose(walk.view, group, lookup, arguments, walk.mask)
            _judge_call(walk, group, lookup, choice, arguments, node)
            called(walk, ".ctor", lookup, arguments.types, node)
        if name == _TRANSACTION and walk.loops:
            walk.event("transaction_in_loop", node)
        if name == COLLECTOR:
            walk.event("collector", node)
            if walk.loops:
                walk.event("collector_in_loop", node)
    if name == COLLECTOR:
        # The elements that a view shows are a filter of their own.
        return Instance(COLLECTOR, (ELEMENT,), filtered=len(arguments.types) > 1)
    return Instance(name)


def _judge_call(
    walk: Walk,
    group: MethodGroup,
    lookup: Lookup,
    choice: Choice,
    arguments: Arguments,
    node: ast.Call,
) -> None:
    """Report a call that no overload accepts, or only obsolete ones of a name that is not."""
    view = walk.view
    failing = choice.failing
    if choice.obsolete & ~lookup.obsolete:
        what = _called(group)
        overload = replace(lookup, obsolete=choice.obsolete)
        walk.judge.obsolete(overload, f"this overload of {what}", node, walk.situation())
    if not failing:
        return
    situation = walk.situation("" if group.name == ".ctor" else group.name)
    walk.absent_in_try |= failing
    severity = walk.judge.severity(situation, failing)
    if severity is None:
        return
    # Versions share nearly all of them, and to write one down takes its time.
    overloads = {
        id(member): member
        for index, _, _ in view.bits(failing)
        for member in lookup.by_version[index]
    }
    accepted = sorted({member.signature for member in overloads.values()})
    years = ", ".join(str(version) for version in view.versions_of(failing))
    count = len(arguments.types)
    given = f"{count} argument{'s' if count != 1 else ''}"
    walk.judge.report(
        "RVT004",
        severity,
        f"no overload of {_called(group)} accepts these {given} in Revit {years}",
        node,
        symbol=lookup.symbol,
        mask=failing,
        suggestion=f"it takes {'; '.join(accepted[:3])}" if accepted else "",
        url=lookup.documentation_url,
    )


def _called(group: MethodGroup) -> str:
    name = group.type_name.rpartition(".")[2]
    return name if group.name == ".ctor" else f"{name}.{group.name}"


_GEOMETRY = frozenset(
    "get_Geometry GetInstanceGeometry GetSymbolGeometry Intersect IntersectWithCurve "
    "ExecuteBooleanOperation ExecuteBooleanOperationModifyingOriginalSolid Triangulate "
    "ComputeDerivatives FindNearest Project CalculateSpatialElementGeometry".split()
)
_WRITING = (
    "Add",
    "Activate",
    "Change",
    "Convert",
    "Copy",
    "Create",
    "Delete",
    "Duplicate",
    "Flip",
    "flip",
    "Hide",
    "Insert",
    "Join",
    "LoadFamily",
    "Mirror",
    "Move",
    "New",
    "Place",
    "Remove",
    "Rename",
    "Reset",
    "Rotate",
    "Set",
    "Split",
    "Swap",
    "Unhide",
    "Unjoin",
)
_DOCUMENT = "Autodesk.Revit.DB.Document"


def _note_call(
    walk: Walk, group: MethodGroup, symbol: str, arguments: Arguments, node: ast.Call
) -> None:
    """Facts about cost and safety that a call tells."""
    name = group.name
    if name in _GEOMETRY:
        walk.event("geometry", node, symbol)
    if group.type_name == _TRANSACTION or walk.view.is_a(group.type_name, _TRANSACTION):
        if name == "Start":
            walk.transactions += 1
            walk.event("transaction", node, "Start")
        elif name in ("Commit", "RollBack"):
            walk.transactions = max(walk.transactions - 1, 0)
            walk.event("transaction", node, name)
        return
    if name.startswith(_WRITING) and writes(walk, group, arguments):
        walk.event("write", node, symbol)


def writes(walk: Walk, group: MethodGroup, arguments: Arguments) -> bool:
    """Whether a call of a method with a changing name changes the model."""
    owner = group.type_name
    if owner.startswith("Autodesk.Revit.UI") or not owner.startswith("Autodesk."):
        return False
    if group.through_class:
        first = arguments.types[0] if arguments.types else UNKNOWN
        return isinstance(first, Instance) and first.name == _DOCUMENT
    view = walk.view
    return (
        owner.startswith("Autodesk.Revit.Creation.")
        or owner in (_DOCUMENT, "Autodesk.Revit.DB.Parameter", "Autodesk.Revit.DB.FamilyManager")
        or view.is_a(owner, ELEMENT.name)
        or view.is_a(owner, "Autodesk.Revit.DB.Location")
    )


def _of_container(
    walk: Walk, method: ContainerMethod, arguments: Arguments, node: ast.Call
) -> Type:
    elements = [
        element_of(walk, one, where) for one, where in zip(arguments.types, node.args, strict=False)
    ]
    return call_container(method, arguments, node, elements)


def _reflection(walk: Walk, name: str, node: ast.Call, evaluate: Evaluate) -> Type:
    arguments = _arguments(walk, node, evaluate)
    types = arguments.types
    if len(types) < 2:
        return UNKNOWN
    named = types[1]
    known = isinstance(named, Literal) and isinstance(named.value, str)
    if name == "hasattr":
        if not isinstance(named, Literal) or not known:
            return UNKNOWN
        tested = guards.having(walk, types[0], str(named.value))
        return guards.Condition(tested.yes.mask, tested.no.mask, bool(tested.guard))
    if not isinstance(named, Literal) or not known:
        return UNKNOWN
    marker = ast.copy_location(ast.Attribute(node.args[0], str(named.value), ast.Load()), node)
    if len(types) > 2:
        with walk.inside(guard=Guard.BROAD):
            silent = walk.silent
            walk.silent += 1
            found = attribute(walk, types[0], str(named.value), marker)
            walk.silent = silent
        return join(found, types[2])
    return attribute(walk, types[0], str(named.value), marker)


def _mapped(walk: Walk, name: str, node: ast.Call, evaluate: Evaluate) -> Type:
    """`map` and `filter` with a lambda: its parameter is the element."""
    iterated = evaluate(walk, node.args[1])
    element = element_of(walk, iterated, node.args[1])
    function = node.args[0]
    if not isinstance(function, ast.Lambda) or len(function.args.args) != 1:
        evaluate(walk, function)
        return UNKNOWN
    parameter = function.args.args[0].arg
    saved = walk.scope.names
    walk.scope.names = {**saved, parameter: element}
    body = evaluate(walk, function.body)
    walk.scope.names = saved
    return Sequence(element if name == "filter" else body)


# A call of a union calls only one of its options, and which one is not known: nor is its result.
_RESULTS: dict[type[Type], Callable[[Walk, Any, Arguments, ast.Call], Type]] = {
    MethodGroup: _method,
    ClassObject: _construct,
    Builtin: lambda walk, of, arguments, node: call_builtin(walk, of.name, arguments, node),
    PythonName: lambda walk, of, arguments, node: call_library(walk, of.name, arguments, node),
    Function: lambda walk, of, arguments, node: call_function(
        walk, of, arguments, wanted=node is not walk.discarded
    ),
    LocalClass: _instance_of,
    ContainerMethod: _of_container,
}
_MAY_CHANGE = frozenset((Function, LocalClass))


def _changes(function: Type) -> bool:
    """Whether a function of Python may change a list that it is given: `random.shuffle`."""
    return isinstance(function, Builtin) and "." in function.name
