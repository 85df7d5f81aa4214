"""Whether an overload accepts the arguments of a call, as far as that is certain."""

import msgspec

from revitron_grpc.analysis.resolve import ApiView, Lookup
from revitron_grpc.analysis.types import (
    SEQUENCES,
    ClassObject,
    Instance,
    Items,
    Literal,
    MethodGroup,
    PerVersion,
    Primitive,
    Sequence,
    Type,
    Union,
    from_net,
)
from revitron_grpc.catalog.model import Member, MemberKind, Parameter, TypeKind
from revitron_grpc.vocabulary import RevitVersion


class Arguments(msgspec.Struct, frozen=True):
    """The arguments of one call; `open_ended` where `*args` or `**kwargs` are passed."""

    types: tuple[Type, ...]
    keywords: dict[str, Type] = {}
    open_ended: bool = False

    def fit(self, view: ApiView, member: Member, group: MethodGroup, version: RevitVersion) -> bool:
        """Whether that overload may be the one that is called."""
        parameters = member.parameters_in(version) if member.was else member.parameters
        if parameters is None or self.open_ended:
            return True
        if member.kind not in (MemberKind.METHOD, MemberKind.CONSTRUCTOR):
            # An accessor of an indexed property: a setter takes one more.
            return len(self.types) in (len(parameters), len(parameters) + 1, len(parameters) + 2)
        types = self.types
        if group.through_class and not member.static:
            # Called through its class, the object comes first.
            if not types or not _may_be(view, types[0], member.declared_by):
                return False
            types = types[1:]
        return _accepts(view, member, parameters, types, self.keywords)


def _accepts(
    view: ApiView,
    member: Member,
    parameters: tuple[Parameter, ...],
    types: tuple[Type, ...],
    keywords: dict[str, Type],
) -> bool:
    count = len(types)
    open_end = bool(parameters) and parameters[-1].modifier == "params"
    if count > len(parameters) and not open_end:
        return False
    if keywords or count < len(parameters):
        by_name = {one.name for one in parameters[count:]}
        named = by_name.intersection(keywords)
        constructor = member.kind is MemberKind.CONSTRUCTOR
        if not constructor and len(named) < len(keywords):
            # IronPython sets properties of the result by keyword only for constructors.
            return False
        required = [
            one.name
            for one in parameters[count:]
            if not one.optional and one.modifier == "" and one.name not in named
        ]
        if required:
            # Out parameters may be left out wherever they stand: then later ones move up.
            outs = sum(one.modifier in ("out", "ref") for one in parameters)
            return outs > 0 and count + len(named) >= len(parameters) - outs
    if any(one.modifier for one in parameters):
        return True
    for given, parameter in zip(types, parameters, strict=False):
        if not _may_be(view, given, parameter.type):
            return False
    return True


class Choice(msgspec.Struct, frozen=True):
    """Which overloads a call may mean.

    `failing` are the versions in which certainly none accepts, those that lack the name not
    counted; `obsolete` those in which all that accept are obsolete. Each of the `accepted` comes
    with a version that has it.
    """

    failing: int
    accepted: list[tuple[Member, RevitVersion]]
    obsolete: int = 0


def choose(
    view: ApiView, group: MethodGroup, lookup: Lookup, arguments: Arguments, mask: int
) -> Choice:
    """Choose among the overloads of a name by what is known of the arguments."""
    failing = obsolete = 0
    accepted: list[tuple[Member, RevitVersion]] = []
    constructor = group.name == ".ctor"
    for versions, version, members in lookup.groups:
        inside = versions & mask
        if not inside:
            continue
        fitting = [
            (member, version) for member in members if arguments.fit(view, member, group, version)
        ]
        accepted += fitting
        if lookup.partly_obsolete and fitting:
            for _, bit, one in view.bits(inside):
                if all(one in member.obsolete_in for member, _ in fitting):
                    obsolete |= bit
        if not fitting and not (constructor and _has_hidden_constructor(view, group, members)):
            failing |= inside & lookup.present
    if failing and not constructor and not group.through_class:
        # A type derived from the stated one may have further overloads of its own.
        catalog = view.catalog
        for subtype in catalog.subtypes(group.type_name):
            found = catalog.type(subtype)
            if found is not None and any(one.name == group.name for one in found.members):
                return Choice(0, accepted)
    return Choice(0 if arguments.open_ended else failing, accepted, obsolete)


def _has_hidden_constructor(view: ApiView, group: MethodGroup, members: tuple[Member, ...]) -> bool:
    found = view.api_type(group.type_name)
    if found is None or any(member.kind is not MemberKind.CONSTRUCTOR for member in members):
        return True
    return found.kind is not TypeKind.CLASS


def _may_be(view: ApiView, given: Type, wanted: str) -> bool:
    if isinstance(given, Union):
        return any(_one_may_be(view, one, wanted) for one in given.options)
    return _one_may_be(view, given, wanted)


_NUMBERS = frozenset(
    f"System.{name}" for name in ("Int16", "Int32", "Int64", "Double", "Single", "Byte", "UInt32")
)


def _one_may_be(view: ApiView, given: Type, wanted: str) -> bool:
    """Whether a value may be passed where that type is wanted; True where in doubt."""
    if wanted.startswith("Autodesk."):
        target = view.api_type(wanted)
        if target is None or target.kind in (TypeKind.INTERFACE, TypeKind.DELEGATE):
            return True
        if isinstance(given, Instance):
            if given.name in SEQUENCES:
                return False
            return not given.name.startswith("Autodesk.") or view.is_related(given.name, wanted)
        if isinstance(given, ClassObject | Items | Sequence):
            return isinstance(given, Sequence)
        kind = _plain(given)
        if kind == "str":
            return False
        return kind is None or target.kind is TypeKind.ENUM
    if wanted in _NUMBERS:
        return _plain(given) != "str" and not _is_object(given)
    if wanted == "System.String":
        return _plain(given) in (None, "str") and not _is_object(given)
    if wanted.startswith(_COLLECTIONS) and isinstance(given, Instance):
        return _may_be_collection(view, given, wanted)
    return True


_COLLECTIONS = "System.Collections."


def _may_be_collection(view: ApiView, given: Instance, wanted: str) -> bool:
    """Whether an object may stand for a collection; of another element type it may not."""
    if _is_object(given):
        catalog = view.catalog
        return any(
            base.startswith(_COLLECTIONS)
            for one in (given.name, *catalog.subtypes(given.name))
            for version in view.versions
            for base in catalog.ancestors(one, version)
        )
    stated = from_net(wanted)
    if given.name not in SEQUENCES or not isinstance(stated, Instance):
        return True
    if len(given.arguments) != 1 or len(stated.arguments) != 1:
        return True
    have, want = given.arguments[0], stated.arguments[0]
    if not isinstance(have, Instance) or not isinstance(want, Instance):
        return True
    if have.name in SEQUENCES or want.name in SEQUENCES:
        # Lists of lists are told from lists of elements, and not looked into further.
        return have.name in SEQUENCES and want.name in SEQUENCES
    both_known = have.name.startswith("Autodesk.") and want.name.startswith("Autodesk.")
    return not both_known or view.is_related(have.name, want.name)


def _is_object(given: Type) -> bool:
    return isinstance(given, Instance) and given.name.startswith("Autodesk.")


def _plain(given: Type) -> str | None:
    if isinstance(given, Primitive):
        return given.name
    if isinstance(given, Literal):
        return type(given.value).__name__
    if isinstance(given, PerVersion):
        return type(given.values[0]).__name__
    return None
