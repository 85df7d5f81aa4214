"""One symbol through the versions: with one version more, or one less.

A record holds the form of its newest version and what differed earlier; here it is spread out by
version and folded again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from revitron_grpc.catalog.member_matching import spelling
from revitron_grpc.catalog.model import (
    ApiType,
    EarlierBase,
    EarlierForm,
    Member,
    Parameter,
)
from revitron_grpc.vocabulary import RevitVersion

_Versions = tuple[RevitVersion, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """How a member is in one version, as far as versions differ."""

    returns: str | None
    settable: bool | None
    names: tuple[str, ...] | None


def member_with(known: Member, new: Member, *, newest: bool) -> Member:
    """Return a member with the version of `new`, the same overload; `newest`: none is later."""
    (version,) = new.versions
    shape = new if newest else known
    if shape.enum_value is None:
        shape = msgspec.structs.replace(shape, enum_value=new.enum_value)
    parameters = new.parameters if newest or known.parameters is None else known.parameters
    return _folded(
        msgspec.structs.replace(
            known,
            versions=more(known.versions, version),
            unknown_in=less(known.unknown_in, version),
            obsolete_in=tuple(sorted({*known.obsolete_in, *new.obsolete_in})),
            obsolete_since=known.obsolete_since or new.obsolete_since,
            replacement=new.replacement or known.replacement,
            parameters=parameters,
            gettable=shape.gettable,
            indexer=shape.indexer,
            default_indexer=shape.default_indexer,
            accessors=shape.accessors,
            generic=shape.generic,
            enum_value=shape.enum_value,
            moved_to=None if newest else known.moved_to,
        ),
        {**_forms(known), version: _form(new, version)},
    )


def member_without(member: Member, version: RevitVersion) -> Member:
    """Return a member as if a version were not covered; it may be left without any."""
    left = msgspec.structs.replace(
        member,
        versions=less(member.versions, version),
        unknown_in=less(member.unknown_in, version),
        obsolete_in=less(member.obsolete_in, version),
    )
    if not left.versions:
        return left
    return _folded(left, {v: form for v, form in _forms(member).items() if v != version})


def type_with_bases(api: ApiType, bases: Mapping[RevitVersion, str | None]) -> ApiType:
    """Return a type with exactly these versions and the base type that it has in each."""
    if not bases:
        return msgspec.structs.replace(api, versions=(), base_was=())
    base = bases[max(bases)]
    return msgspec.structs.replace(
        api,
        versions=tuple(sorted(bases)),
        base=base,
        base_was=tuple(
            EarlierBase(version, earlier)
            for version, earlier in sorted(bases.items())
            if earlier is not None and earlier != base
        ),
    )


def more(versions: _Versions, version: RevitVersion) -> _Versions:
    """Return the versions with one more, in their order."""
    return tuple(sorted({*versions, version}))


def less(versions: _Versions, version: RevitVersion) -> _Versions:
    """Return the versions without one."""
    return tuple(one for one in versions if one != version)


def _forms(member: Member) -> dict[RevitVersion, _Form]:
    return {version: _form(member, version) for version in member.versions}


def _form(member: Member, version: RevitVersion) -> _Form:
    parameters = member.parameters_in(version)
    names = None if parameters is None else tuple(parameter.name for parameter in parameters)
    return _Form(member.returns_in(version), member.settable_in(version), names)


def _folded(member: Member, forms: Mapping[RevitVersion, _Form]) -> Member:
    now = forms[max(forms)]
    was = tuple(_difference(version, form, now) for version, form in sorted(forms.items()))
    return msgspec.structs.replace(
        member,
        returns=now.returns,
        settable=now.settable,
        parameters=_named(member.parameters, now.names),
        was=tuple(
            form
            for form in was
            if (form.returns, form.settable, form.parameter_names) != (None, None, None)
        ),
    )


def _difference(version: RevitVersion, then: _Form, now: _Form) -> EarlierForm:
    same_type = spelling(then.returns or "") == spelling(now.returns or "")
    return EarlierForm(
        version,
        None if same_type else then.returns,
        None if then.settable == now.settable else then.settable,
        None if then.names == now.names else then.names,
    )


def _named(
    parameters: tuple[Parameter, ...] | None, names: tuple[str, ...] | None
) -> tuple[Parameter, ...] | None:
    if parameters is None or names is None:
        return parameters
    return tuple(
        msgspec.structs.replace(parameter, name=name)
        for parameter, name in zip(parameters, names, strict=True)
    )
