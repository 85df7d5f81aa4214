"""Which member of one version is which of another: the overloads of a type, matched."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from revitron_grpc.catalog.model import Member, MemberKind

# Some stubs leave out the namespaces of System types; the last word tells them apart.
_SYSTEM = re.compile(r"\bSystem\.(?:\w+\.)*")
_CONVERSIONS = frozenset({"op_Implicit", "op_Explicit"})

_Key = tuple[str, bool, bool, tuple[str, ...] | None, str]


@dataclass(frozen=True, slots=True)
class MatchedMembers:
    """Pairs of what is the same overload, and what only the one or the other side has."""

    pairs: tuple[tuple[Member, Member], ...]
    only_known: tuple[Member, ...]
    only_new: tuple[Member, ...]


def spelling(type_name: str) -> str:
    """Return a type's name for comparing: without the namespaces of .NET."""
    return _SYSTEM.sub("", type_name)


def matched(known: Iterable[Member], new: Iterable[Member]) -> MatchedMembers:
    """Match the members of a type by name and parameter types, conversions by result too.

    Overloads that differ only in how a parameter is passed are matched by that. A known member
    whose parameters nobody knows is the one new member of that name that is left.
    """
    waiting: dict[_Key, list[Member]] = {}
    for member in known:
        waiting.setdefault(_key(member), []).append(member)
    pairs: list[tuple[Member, Member]] = []
    left: list[Member] = []
    for member in new:
        candidates = waiting.get(_key(member))
        if not candidates:
            left.append(member)
            continue
        best = max(
            candidates, key=lambda one: (_modifiers(one) == _modifiers(member), one.versions)
        )
        candidates.remove(best)
        pairs.append((best, member))
    rest = [member for members in waiting.values() for member in members]
    for member in [one for one in rest if one.parameters is None]:
        named = [one for one in left if (one.name, one.kind) == (member.name, member.kind)]
        if len(named) == 1:
            pairs.append((member, named[0]))
            rest.remove(member)
            left.remove(named[0])
    return MatchedMembers(tuple(pairs), tuple(rest), tuple(left))


def _key(member: Member) -> _Key:
    types = None
    if member.parameters is not None:
        types = tuple(spelling(parameter.type) for parameter in member.parameters)
    result = spelling(member.returns or "") if member.name in _CONVERSIONS else ""
    return member.name, member.kind is MemberKind.METHOD, member.static, types, result


def _modifiers(member: Member) -> tuple[str, ...]:
    return tuple(parameter.modifier for parameter in member.parameters or ())
