"""What the facts say of one Revit version, as if assemblies had shown it."""

import msgspec

from revitron_grpc.catalog.assembly_facts import VersionFacts
from revitron_grpc.catalog.model import ApiType, CatalogData, Member, Presence
from revitron_grpc.vocabulary import RevitVersion

ALL_ASSEMBLIES = frozenset(
    {"RevitAPI", "RevitAPIUI", "RevitAPIIFC", "RevitAPIMacros", "RevitAPIUIMacros"}
)


def shown(
    data: CatalogData,
    version: RevitVersion,
    under: RevitVersion | None = None,
    assemblies: frozenset[str] = ALL_ASSEMBLIES,
) -> VersionFacts:
    """Return the facts of `version` under the name of another one, as an import would read them.

    Nothing is left in them of what only the help pages say: page ids, notes, other versions.
    """
    name = under or version
    types = tuple(
        _type(api, version, name)
        for api in data.types
        if api.presence(version) is Presence.PRESENT and (api.assembly or "RevitAPI") in assemblies
    )
    return VersionFacts(name, assemblies, f"{name - 2000}.0.0.0", types)


def _type(api: ApiType, version: RevitVersion, name: RevitVersion) -> ApiType:
    return msgspec.structs.replace(
        api,
        versions=(name,),
        unknown_in=(),
        obsolete_in=(name,) if version in api.obsolete_in else (),
        base=api.base_in(version),
        base_was=(),
        guid=None,
        since=None,
        assembly=api.assembly or "RevitAPI",
        members=tuple(
            _member(member, version, name)
            for member in api.members
            if member.presence(version) is Presence.PRESENT
        ),
    )


def _member(member: Member, version: RevitVersion, name: RevitVersion) -> Member:
    return msgspec.structs.replace(
        member,
        versions=(name,),
        unknown_in=(),
        obsolete_in=(name,) if version in member.obsolete_in else (),
        returns=member.returns_in(version),
        settable=member.settable_in(version),
        parameters=member.parameters_in(version),
        was=(),
        moved_to=None,
        guid=None,
        since=None,
    )
