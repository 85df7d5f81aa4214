"""What iterating or indexing something gives."""

import ast
from typing import TypeGuard

from revitron_grpc.analysis.library_types import COLLECTOR, ELEMENT, SELECTION
from revitron_grpc.analysis.types import (
    NONE,
    SEQUENCES,
    STRING,
    UNKNOWN,
    ClassObject,
    Growing,
    IndexedProperty,
    Instance,
    Items,
    Literal,
    Mapping,
    MethodGroup,
    PythonInstance,
    Sequence,
    Type,
    element_of_items,
    from_net,
    join,
    options,
)
from revitron_grpc.analysis.walk import Walk

_ENUMERABLE = "System.Collections.Generic.IEnumerable<"


def element_of(walk: Walk, value: Type, node: ast.expr) -> Type:
    """The type of what a loop over the value yields."""
    result: Type | None = None
    collectors = [one for one in options(value) if _is_collector(one)]
    if collectors and not any(one.filtered for one in collectors):
        read_collector(walk, collectors[0], node)
    for option in options(value):
        if option is NONE or option == NONE:
            continue
        element = _element(walk, option)
        if element is UNKNOWN:
            return UNKNOWN
        result = join(result, element)
    return result or UNKNOWN


def _is_collector(value: Type) -> TypeGuard[Instance]:
    return isinstance(value, Instance) and value.name == COLLECTOR


def _element(walk: Walk, value: Type) -> Type:
    if isinstance(value, Sequence | Items):
        return element_of_items(value)
    if isinstance(value, Mapping):
        return value.key
    if isinstance(value, Growing):
        return value.held_key if value.mapping else value.held
    if isinstance(value, Literal):
        return STRING if isinstance(value.value, str) else UNKNOWN
    if isinstance(value, PythonInstance) and value.name == SELECTION:
        return ELEMENT
    if not isinstance(value, Instance):
        return UNKNOWN
    if value.name == COLLECTOR:
        return value.arguments[0] if value.arguments else ELEMENT
    if value.name in SEQUENCES:
        return value.arguments[0] if value.arguments else UNKNOWN
    for version in walk.view.versions[-1:]:
        for base in (value.name, *walk.view.catalog.ancestors(value.name, version)):
            if base.startswith(_ENUMERABLE):
                return from_net(base[len(_ENUMERABLE) : -1])
    return _element_of_old_collection(walk, value.name)


def _element_of_old_collection(walk: Walk, name: str) -> Type:
    """Revit's own `ParameterSet`, `CurveArray` and their like: what can be put into them."""
    if name == "Autodesk.Revit.DB.Categories":
        return Instance("Autodesk.Revit.DB.Category")
    if not name.endswith(("Array", "Set")):
        return UNKNOWN
    for method in ("Append", "Insert", "Contains"):
        lookup = walk.view.member_lookup(name, method, exact=True)
        for member in lookup.newest if lookup is not None else ():
            for parameter in member.parameters or ():
                if parameter.type.startswith("Autodesk."):
                    return from_net(parameter.type)
    return UNKNOWN


def read_collector(walk: Walk, collector: Instance, node: ast.expr) -> None:
    """A collector is evaluated here: Revit refuses one without a filter."""
    if not collector.filtered:
        walk.event("unfiltered_collector", node)


def item_of(walk: Walk, receiver: Type, index: Type) -> Type:
    """The type of `receiver[index]`."""
    result: Type | None = None
    for option in options(receiver):
        if option is NONE or option == NONE:
            continue
        item = _item(walk, option, index)
        if item is UNKNOWN:
            return UNKNOWN
        result = join(result, item)
    return result or UNKNOWN


def _item(walk: Walk, receiver: Type, index: Type) -> Type:
    if isinstance(receiver, Items):
        position = index.value if isinstance(index, Literal) else None
        if isinstance(position, int) and -len(receiver.items) <= position < len(receiver.items):
            return receiver.items[position]
        return element_of_items(receiver)
    if isinstance(receiver, Mapping):
        return receiver.value
    if isinstance(receiver, Sequence):
        return receiver.element
    if isinstance(receiver, Growing):
        return receiver.held
    if isinstance(receiver, ClassObject):
        # `List[DB.ElementId]` closes a generic type; .NET's own are the only ones.
        arguments = index.items if isinstance(index, Items) else (index,)
        return ClassObject(
            receiver.name,
            tuple(
                Instance(one.name, one.arguments) if isinstance(one, ClassObject) else UNKNOWN
                for one in arguments
            ),
        )
    if isinstance(receiver, MethodGroup):
        return receiver
    if isinstance(receiver, IndexedProperty):
        lookup = walk.view.member_lookup(receiver.type_name, receiver.name, exact=False)
        return from_net(lookup.newest[0].returns) if lookup and lookup.newest else UNKNOWN
    if isinstance(receiver, Instance):
        if receiver.name in SEQUENCES and receiver.arguments:
            return receiver.arguments[0]
        for name in ("Item", "get_Item"):
            lookup = walk.view.member_lookup(receiver.name, name, exact=False)
            if lookup is not None and lookup.newest:
                results = {member.returns for member in lookup.newest}
                return from_net(results.pop()) if len(results) == 1 else UNKNOWN
    return UNKNOWN
