"""What a script uses of the Revit API, pyRevit and Revitron, and where that exists."""

from enum import StrEnum

import msgspec

from revitron_grpc.vocabulary import RevitVersion


class ReferenceKind(StrEnum):
    """What a reference names."""

    TYPE = "type"
    MEMBER = "member"
    SUBTYPE_MEMBER = "subtype_member"
    ENUM_MEMBER = "enum_member"
    CONSTRUCTOR = "constructor"
    CALL = "call"
    PYTHON = "python"


class ApiReference(msgspec.Struct, frozen=True):
    """One symbol in one state of guarding, at its first place; `uses` counts all places.

    `judged_in` are the requested versions in which some use can run; the four tuples after it
    are subsets of these. `guarded` means that a failure is caught or tested for in the script.
    """

    symbol: str
    kind: ReferenceKind
    line: int
    column: int
    guarded: bool
    judged_in: tuple[RevitVersion, ...]
    present_in: tuple[RevitVersion, ...]
    absent_in: tuple[RevitVersion, ...]
    unknown_in: tuple[RevitVersion, ...]
    obsolete_in: tuple[RevitVersion, ...]
    replacement: str = ""
    documentation_url: str = ""
    uses: int = 1
