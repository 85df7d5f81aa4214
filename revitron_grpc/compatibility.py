"""Which API a script needs, and what that says about each Revit version."""

from collections.abc import Iterable

from revitron_grpc.analysis.references import ApiReference
from revitron_grpc.button_spec import ApiRequirement, Compatibility, VersionVerdict
from revitron_grpc.vocabulary import RevitVersion


def api_requirements(references: Iterable[ApiReference]) -> tuple[ApiRequirement, ...]:
    """Return the references as requirements, in order of symbol and line."""
    return tuple(
        ApiRequirement(
            symbol=reference.symbol,
            kind=reference.kind,
            uses=reference.uses,
            first_line=reference.line,
            present_in=reference.present_in,
            absent_in=reference.absent_in,
            unknown_in=reference.unknown_in,
            obsolete_in=reference.obsolete_in,
            guarded=reference.guarded,
            replacement=reference.replacement,
            documentation_url=reference.documentation_url,
        )
        for reference in sorted(references, key=lambda r: (r.symbol, r.line))
    )


def version_verdict(references: Iterable[ApiReference], version: RevitVersion) -> VersionVerdict:
    """Return what the references alone prove about one version.

    A reference that is missing and not guarded makes it incompatible; one of which nothing is
    known makes it compatible as far as known.
    """
    judged = [r for r in references if version in r.judged_in]
    missing = [r for r in judged if version in r.absent_in and not r.guarded]
    unknown = [r for r in judged if version in r.unknown_in]
    obsolete = sorted({r.symbol for r in judged if version in r.obsolete_in})
    if missing:
        compatibility = Compatibility.INCOMPATIBLE
    elif unknown:
        compatibility = Compatibility.COMPATIBLE_AS_FAR_AS_KNOWN
    else:
        compatibility = Compatibility.COMPATIBLE
    return VersionVerdict(
        revit_version=version,
        compatibility=compatibility,
        references_proven=len(judged) - len(missing) - len(unknown),
        references_unknown=len(unknown),
        notes=(
            *(f"{r.symbol} does not exist" for r in missing),
            *(f"{symbol} is obsolete" for symbol in obsolete),
        ),
    )
