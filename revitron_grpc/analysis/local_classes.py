"""Classes of the script: what their methods store on `self`, and what their objects have."""

from revitron_grpc.analysis.functions import all_calls_seen, parameter_types
from revitron_grpc.analysis.types import (
    UNKNOWN,
    Function,
    Growing,
    Items,
    Literal,
    LocalClass,
    LocalInstance,
    LocalProperty,
    Mapping,
    Sequence,
    Type,
    join,
    primitive_of,
)
from revitron_grpc.analysis.walk import Walk

_PASSES = 2
"""The first finds what each attribute is without the others, the second with them."""
_MOST_BASES = 16
_PLACE = 10
"""What it costs to look whether a class stores an attribute, in names copied."""
_LAST = 1 << 60


def attribute_of(walk: Walk, of: LocalClass, name: str) -> Type:
    """What an object of the class has under a name; unknown where it may come from elsewhere."""
    if name in walk.facts.foreign_stores or walk.facts.sets_attributes:
        return UNKNOWN
    settle(walk, of)
    for one in lineage(of):
        stored = one.attributes.get(name)
        if stored is not None:
            return stored
    return member_of(walk, of, name)


def member_of(walk: Walk, of: LocalClass, name: str) -> Type:
    """What the class itself has under a name, or the classes that it derives from."""
    for one in lineage(of):
        found = one.members.get(name)
        if found is not None:
            if isinstance(found, LocalProperty):
                return _result(walk, found.getter)
            mutated = isinstance(found, Items | Sequence | Mapping)
            return UNKNOWN if mutated and name in walk.facts.mutated_attributes else found
        if one.open_ended:
            return UNKNOWN
    return UNKNOWN


def lineage(of: LocalClass) -> list[LocalClass]:
    """The class and those of the script that it derives from, nearest first."""
    if not of.bases:
        return [of]
    found: list[LocalClass] = []
    waiting = [of]
    while waiting and len(found) < _MOST_BASES:
        one = waiting.pop(0)
        if all(one is not other for other in found):
            found.append(one)
            waiting += one.bases
    return found


def store(walk: Walk, of: LocalClass, name: str, value: Type, node: object) -> None:
    """Note what is assigned to an attribute of an object, while its class is being settled."""
    storing = of.storing
    if storing is None:
        return
    if isinstance(value, Growing) or name in walk.facts.mutated_attributes:
        # The object's container is changed in place, here or by whoever made it.
        value = UNKNOWN if isinstance(value, Growing | Items | Sequence | Mapping) else value
    if isinstance(value, Literal):
        # A value that is set again decides no branch.
        value = primitive_of(value)
    known = storing.get(name)
    storing[name] = value if known is None else join(known, value)
    of.stores_seen.setdefault(name, set()).add(id(node))


def settle(walk: Walk, of: LocalClass) -> None:
    """Find the types of all attributes: from unknown ones down, so that none is too narrow."""
    if of.settled or walk.summarise is None:
        return
    of.settled = True
    places = _places(walk, of)
    if not places:
        return
    methods = [
        method
        for one in lineage(of)
        for member in one.members.values()
        if (method := _method(member)) is not None and not method.settled
    ]
    for _ in range(_PASSES):
        known = of.attributes
        of.storing, of.stores_seen = {}, {}
        for method in methods:
            types = parameter_types(method) if all_calls_seen(walk, method) else ()
            walk.summarise(walk, method, of, types)
        of.attributes = _found(walk, of, of.storing, places)
        for method in methods:
            method.returns = None
        if not _tells_more(walk, of, known):
            break
    of.storing = None


def _method(member: Type) -> Function | None:
    if isinstance(member, LocalProperty):
        return member.getter
    return member if isinstance(member, Function) else None


def _places(walk: Walk, of: LocalClass) -> dict[str, int]:
    """In how many places each attribute of the class is stored."""
    facts = walk.facts
    ranges = [(0, _LAST)] if of.name in facts.derived_from else [one.lines for one in lineage(of)]
    walk.spend(_PLACE * len(facts.self_stores) * len(ranges))
    found: dict[str, int] = {}
    for name, lines in facts.self_stores.items():
        places = sum(any(first <= line <= last for first, last in ranges) for line in lines)
        if places:
            found[name] = places
    return found


def _found(
    walk: Walk, of: LocalClass, storing: dict[str, Type], places: dict[str, int]
) -> dict[str, Type]:
    """What was stored, as far as every place was seen that stores it."""
    facts = walk.facts
    found: dict[str, Type] = {}
    for name, count in places.items():
        complete = len(of.stores_seen.get(name, ())) == count
        certain = complete and name not in facts.foreign_stores and not facts.sets_attributes
        found[name] = storing[name] if certain and not of.open_ended else UNKNOWN
    return found


def _tells_more(walk: Walk, of: LocalClass, known: dict[str, Type]) -> bool:
    """Whether a pass would read something else than the one before it, which knew `known`."""
    facts = walk.facts
    inherited = [{**one.members, **one.attributes} for one in lineage(of)[1:]]
    for name, value in of.attributes.items():
        if name not in facts.attribute_uses and name not in facts.mutated_attributes:
            continue
        elsewhere = name in of.members or any(name in one for one in inherited)
        if elsewhere or value != known.get(name, UNKNOWN):
            return True
    return False


def _result(walk: Walk, getter: Function) -> Type:
    if getter.returns is None and walk.summarise is not None:
        getter.returns = walk.summarise(walk, getter, None, ())
    return getter.returns or UNKNOWN


def bound_self(function: Function, of: LocalClass | None) -> Type:
    """What the first parameter of a method is."""
    owner = of if of is not None else function.owner
    return LocalInstance(owner) if owner is not None else UNKNOWN
