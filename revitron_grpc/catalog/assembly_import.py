"""Take a Revit version into the catalog from the assemblies of a user's own Revit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from revitron_grpc.catalog.assembly_facts import VersionFacts, read_version
from revitron_grpc.catalog.file_format import write_catalog
from revitron_grpc.catalog.load import load_data
from revitron_grpc.catalog.model import ApiType, CatalogData, Member, Presence
from revitron_grpc.catalog.version_comparison import Comparison, compare
from revitron_grpc.catalog.version_merge import with_version
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.vocabulary import RevitVersion

MAIN_ASSEMBLY = "RevitAPI"
_FEW = 0.5
"""Below this share of the earlier version's types, something else may have been imported."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many types and members of an import changed against the nearest version before it."""

    types: int
    members: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import wrote.

    `against` is the version that the changes are counted against, None where it is the only one.
    `unknown` counts the types of which nothing is known in the new version, because they belong
    to assemblies that were not imported. `warning` says what looks wrong; empty where nothing does.
    """

    target: Path
    digest: str
    size: int
    version: RevitVersion
    versions: tuple[RevitVersion, ...]
    assemblies: tuple[str, ...]
    build: str
    present: Change
    against: RevitVersion | None
    added: Change
    gone: Change
    obsolete: Change
    unknown: int
    warning: str


def import_version(
    paths: Sequence[Path],
    version: RevitVersion,
    target: Path,
    *,
    base: Path | None = None,
    replace: bool = False,
    force: bool = False,
) -> ImportReport:
    """Write the catalog file `target`: that of `base` with `version` as the assemblies show it.

    `base` is the packaged catalog if None. The file is written beside the target and renamed.

    Raises:
        RevitronGrpcError: `ASSEMBLY_UNREADABLE`, as `read_version`; `INVALID_REQUEST` when the
            catalog covers the version and `replace` is not set; `OUTPUT_EXISTS` when the target
            exists and `force` is not set; `OUTPUT_UNWRITABLE`; `CATALOG_UNREADABLE`.

    """
    data, _ = load_data(base)
    if version in data.versions and not replace:
        raise _wrong_version(
            f"the catalog covers Revit {version} already; --compare lists what differs, "
            "--replace takes the assemblies' word for it"
        )
    if target.exists() and not force:
        raise RevitronGrpcError(
            Reason.OUTPUT_EXISTS, f"{target} exists; name another --out, or replace it with --force"
        )
    facts = _facts(paths, version, data)
    merged = with_version(data, facts)
    digest, size = write_catalog(target, merged)
    return _report(merged, facts, target, digest, size)


def compare_version(
    paths: Sequence[Path], version: RevitVersion, *, base: Path | None = None
) -> Comparison:
    """Compare the assemblies with what the catalog says of `version`; nothing is written.

    Raises:
        RevitronGrpcError: `ASSEMBLY_UNREADABLE`; `CATALOG_UNREADABLE`; `INVALID_REQUEST` when the
            catalog does not cover the version.

    """
    data, _ = load_data(base)
    if version not in data.versions:
        told = ", ".join(map(str, data.versions))
        raise _wrong_version(
            f"the catalog covers {told}, so there is nothing to compare {version} with; leave out "
            "--compare to import it"
        )
    return compare(data, _facts(paths, version, data))


def _wrong_version(why: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation("--version", why),))


def _facts(paths: Sequence[Path], version: RevitVersion, data: CatalogData) -> VersionFacts:
    return read_version(paths, version, (api.name for api in data.types))


def _report(
    data: CatalogData, facts: VersionFacts, target: Path, digest: str, size: int
) -> ImportReport:
    version = facts.version
    others = [one for one in data.versions if one != version]
    against = next((one for one in reversed(others) if one < version), next(iter(others), None))
    present = _count(data.types, lambda one: one.presence(version) is Presence.PRESENT)
    nothing = Change(0, 0)
    added = gone = obsolete = nothing
    warning = ""
    if against is not None:
        added = _changed(data.types, against, version)
        gone = _changed(data.types, version, against)
        obsolete = _count(
            data.types,
            lambda one: version in one.obsolete_in and against not in one.obsolete_in,
        )
        before = _count(data.types, lambda one: one.presence(against) is Presence.PRESENT)
        if MAIN_ASSEMBLY in facts.assemblies and present.types < _FEW * before.types:
            warning = (
                f"the assemblies have {present.types} types, Revit {against} has {before.types}; "
                "is this Revit's own RevitAPI.dll?"
            )
    return ImportReport(
        target=target,
        digest=digest,
        size=size,
        version=version,
        versions=data.versions,
        assemblies=tuple(sorted(facts.assemblies)),
        build=facts.build,
        present=present,
        against=against,
        added=added,
        gone=gone,
        obsolete=obsolete,
        unknown=sum(api.presence(version) is Presence.UNKNOWN for api in data.types),
        warning=warning,
    )


def _changed(types: Iterable[ApiType], before: RevitVersion, after: RevitVersion) -> Change:
    """Count what is known to be in `after` and known not to be in `before`."""

    def came(one: ApiType | Member) -> bool:
        return after in one.versions and one.presence(before) is Presence.ABSENT

    return _count(types, came)


def _count(types: Iterable[ApiType], holds: Callable[[ApiType | Member], bool]) -> Change:
    types = tuple(types)
    return Change(
        sum(map(holds, types)), sum(holds(member) for api in types for member in api.members)
    )
