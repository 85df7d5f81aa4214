"""Turn the facts about the Revit API into records of the catalog."""

import re
from collections.abc import Iterable

from revitron_grpc.catalog.facts import Json
from revitron_grpc.catalog.model import (
    ApiType,
    EarlierBase,
    EarlierForm,
    GoneType,
    Member,
    MemberKind,
    Parameter,
    TypeKind,
)
from revitron_grpc.vocabulary import RevitVersion

_API_TYPE = re.compile(r"Autodesk\.Revit\.[\w.]+")


def api_type(value: Json) -> ApiType:
    """Build one type from its line of `revit_api.jsonl.gz`."""
    name = value["name"]
    return ApiType(
        name=name,
        kind=TypeKind(value["kind"]),
        versions=_versions(value["in"]),
        members=tuple(_member(member, name) for member in value["members"]),
        base=value["base"],
        interfaces=tuple(value["interfaces"]),
        guid=value["guid"],
        outer=value.get("outer"),
        assembly=value.get("assembly"),
        abstract=value.get("abstract", False),
        static=value.get("static", False),
        unknown_in=_versions(value.get("unknown_in", ())),
        obsolete_in=_versions(value["obsolete_in"]),
        since=value.get("since"),
        obsolete_since=_year(value.get("obsolete_since")),
        replacement=value.get("replacement"),
        base_was=tuple(
            EarlierBase(RevitVersion(int(version)), base)
            for version, base in sorted(value.get("base_was", {}).items())
        ),
    )


def gone_types(value: Json) -> tuple[GoneType, ...]:
    """Build the names that were gone before the first covered version."""
    whole = {name: GoneType(name, whole=True) for name in value["types"]}
    parts = {
        name: GoneType(name, whole=False, members=tuple(sorted(members)))
        for name, members in value["members"].items()
    }
    return tuple(record for _, record in sorted({**parts, **whole}.items()))


def undocumented_types(types: Iterable[ApiType]) -> tuple[str, ...]:
    """Find the types that signatures mention and no source describes."""
    types = tuple(types)
    known = {api.name for api in types}
    mentioned = {
        name
        for api in types
        for member in api.members
        for text in (member.returns or "", *(p.type for p in member.parameters or ()))
        for name in _API_TYPE.findall(text)
    }
    return tuple(sorted(mentioned - known))


def _member(value: Json, declared_by: str) -> Member:
    kind = MemberKind(value["kind"])
    parameters = value.get("params", ())
    return Member(
        name=value["name"],
        kind=kind,
        declared_by=declared_by,
        # A constructor's pages call it neither static nor not; it is called on the type.
        static=value["static"],
        versions=_versions(value["in"]),
        # The facts leave out the type of some enum values: it is the enum itself.
        returns=value.get("ret") or (declared_by if "value" in value else None),
        parameters=None if parameters is None else tuple(map(_parameter, parameters)),
        guid=value.get("guid"),
        unknown_in=_versions(value.get("unknown_in", ())),
        obsolete_in=_versions(value["obsolete_in"]),
        since=value.get("since"),
        obsolete_since=_year(value.get("obsolete_since")),
        replacement=value.get("replacement"),
        settable=value.get("settable"),
        gettable=value.get("gettable", True),
        indexer=value.get("indexer", False),
        default_indexer=value.get("default", False),
        accessors=tuple(value.get("accessors", ())),
        enum_value=value.get("value"),
        generic=value.get("generic", 0),
        moved_to=value.get("moved_to"),
        was=tuple(
            EarlierForm(
                RevitVersion(int(version)),
                form.get("ret"),
                form.get("settable"),
                tuple(form["params"]) if "params" in form else None,
            )
            for version, form in sorted(value.get("was", {}).items())
        ),
    )


def _parameter(value: Json) -> Parameter:
    return Parameter(
        value["name"], value["type"], value.get("mod", ""), value.get("optional", False)
    )


def _versions(values: list[str]) -> tuple[RevitVersion, ...]:
    return tuple(sorted(RevitVersion(int(value)) for value in values))


def _year(value: str | None) -> int | None:
    return None if value is None else int(value)
