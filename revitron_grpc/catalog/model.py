"""What the catalog is made of: Revit API types and members, tools, Python API entries.

Every class is a frozen struct that is read straight from the packaged file, so the order of the
fields is part of the file format (docs/catalog.md); a change needs a new `FORMAT`.
"""

import re
from enum import StrEnum
from typing import Literal

import msgspec

from revitron_grpc.catalog.python_model import (
    Effect,
    Hazard,
    InheritedName,
    PythonApiData,
    PythonApiEntry,
    PythonBuiltin,
    PythonKind,
    PythonParameter,
    ScriptGlobal,
    VersionEffect,
    VersionFinding,
)
from revitron_grpc.catalog.record import Record
from revitron_grpc.vocabulary import RevitVersion

__all__ = [
    "CONFIGURED",
    "FORMAT",
    "ApiType",
    "CatalogData",
    "EarlierBase",
    "EarlierForm",
    "Effect",
    "ExistingTool",
    "GoneType",
    "Hazard",
    "InheritedName",
    "Member",
    "MemberKind",
    "NativeCommand",
    "Parameter",
    "Presence",
    "PythonApiData",
    "PythonApiEntry",
    "PythonBuiltin",
    "PythonKind",
    "PythonParameter",
    "ScriptGlobal",
    "Source",
    "SourceKind",
    "ToolText",
    "TypeKind",
    "VersionEffect",
    "VersionFinding",
    "short_type_name",
]

_NAMESPACES = re.compile(r"[^<>,\[\]& ]*\.")

FORMAT = 1
"""The number of the file format; a file with another number is refused."""


class Presence(StrEnum):
    """Whether a name exists in one Revit version.

    UNKNOWN means that no source covers it: never report it as an error.
    """

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class MemberKind(StrEnum):
    """The .NET kind of a member. Enum values are static fields."""

    METHOD = "method"
    PROPERTY = "property"
    FIELD = "field"
    EVENT = "event"
    CONSTRUCTOR = "constructor"


class TypeKind(StrEnum):
    """The .NET kind of a type."""

    CLASS = "class"
    STRUCT = "struct"
    INTERFACE = "interface"
    ENUM = "enum"
    DELEGATE = "delegate"


class Parameter(Record, frozen=True):
    """One parameter of a .NET method, constructor or indexed property.

    `type` is the full .NET name; `modifier` is empty where there is none or where it is not
    known (new members of 2026).
    """

    name: str
    type: str
    modifier: Literal["", "out", "ref", "params"] = ""
    optional: bool = False


class EarlierForm(Record, frozen=True):
    """How the same member differed in an earlier version; None where it did not."""

    version: RevitVersion
    returns: str | None = None
    settable: bool | None = None
    parameter_names: tuple[str, ...] | None = None


class Member(Record, frozen=True):
    """One overload of a member, as the type that declares it has it.

    `returns`, `settable` and `parameters` are those of the newest version; ask `returns_in` and
    its like for an earlier one. `parameters` is None where they are not known. `accessors` are
    the names (`get_X`, `set_X`) under which IronPython sees an indexed property. `obsolete_since`
    is the year that the obsolete note states; `since` is Autodesk's own note ("2014", "2017
    Subscription Update"). `moved_to` names the base type that declares it from the next version
    on. `generic` counts type parameters of a method.
    """

    name: str
    kind: MemberKind
    declared_by: str
    static: bool
    versions: tuple[RevitVersion, ...]
    returns: str | None = None
    parameters: tuple[Parameter, ...] | None = ()
    guid: str | None = None
    unknown_in: tuple[RevitVersion, ...] = ()
    obsolete_in: tuple[RevitVersion, ...] = ()
    since: str | None = None
    obsolete_since: int | None = None
    replacement: str | None = None
    settable: bool | None = None
    gettable: bool = True
    indexer: bool = False
    default_indexer: bool = False
    accessors: tuple[str, ...] = ()
    enum_value: int | None = None
    generic: int = 0
    moved_to: str | None = None
    was: tuple[EarlierForm, ...] = ()

    @property
    def full_name(self) -> str:
        """The declaring type's full name, a dot, and the member's name."""
        return f"{self.declared_by}.{self.name}"

    @property
    def is_enum_value(self) -> bool:
        """Whether this is a value of an enum (also one whose number is not known)."""
        return self.kind is MemberKind.FIELD and self.static and self.returns == self.declared_by

    @property
    def signature(self) -> str:
        """A readable form with short type names, such as `Create(Document, ElementId) -> Wall`."""
        name = "" if self.name == ".ctor" else self.name
        text = name or self.declared_by.rpartition(".")[2]
        if self.parameters is None:
            text += "(...)"
        elif self.kind in (MemberKind.METHOD, MemberKind.CONSTRUCTOR):
            text += f"({', '.join(_parameter_text(p) for p in self.parameters)})"
        elif self.parameters:
            text += f"[{', '.join(_parameter_text(p) for p in self.parameters)}]"
        if self.enum_value is not None:
            return f"{text} = {self.enum_value}"
        if self.returns is None or self.kind is MemberKind.CONSTRUCTOR or self.is_enum_value:
            return text
        return f"{text} -> {short_type_name(self.returns)}"

    def presence(self, version: RevitVersion) -> Presence:
        """Whether this overload exists in `version`, one of those that the catalog covers."""
        if version in self.versions:
            return Presence.PRESENT
        return Presence.UNKNOWN if version in self.unknown_in else Presence.ABSENT

    def returns_in(self, version: RevitVersion) -> str | None:
        """Return the full name of the result type (of a property: its type) in `version`."""
        for form in self.was:
            if form.version == version and form.returns is not None:
                return form.returns
        return self.returns

    def settable_in(self, version: RevitVersion) -> bool | None:
        """Whether the property could be set in `version`; None where it is not known."""
        for form in self.was:
            if form.version == version and form.settable is not None:
                return form.settable
        return self.settable

    def parameters_in(self, version: RevitVersion) -> tuple[Parameter, ...] | None:
        """Return the parameters under their names in `version`, as keyword arguments need them."""
        for form in self.was:
            if form.version == version and form.parameter_names and self.parameters:
                return tuple(
                    msgspec.structs.replace(parameter, name=name)
                    for parameter, name in zip(self.parameters, form.parameter_names, strict=True)
                )
        return self.parameters


class EarlierBase(Record, frozen=True):
    """The base type that a type had in an earlier version."""

    version: RevitVersion
    base: str


class ApiType(Record, frozen=True):
    """One type of the Revit API; `members` are those that it declares itself.

    `name` is the full name; a nested type's is `Outer.Inner` after the namespace, and `outer` is
    the full name of the type around it.
    """

    name: str
    kind: TypeKind
    versions: tuple[RevitVersion, ...]
    members: tuple[Member, ...]
    base: str | None = None
    interfaces: tuple[str, ...] = ()
    guid: str | None = None
    outer: str | None = None
    assembly: str | None = None
    abstract: bool = False
    static: bool = False
    unknown_in: tuple[RevitVersion, ...] = ()
    obsolete_in: tuple[RevitVersion, ...] = ()
    since: str | None = None
    obsolete_since: int | None = None
    replacement: str | None = None
    base_was: tuple[EarlierBase, ...] = ()

    @property
    def simple_name(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]

    @property
    def namespace(self) -> str:
        """The namespace, also for a nested type."""
        name = self.name
        if self.outer is not None:
            name = self.outer
        return name.rpartition(".")[0]

    def presence(self, version: RevitVersion) -> Presence:
        """Whether the type exists in `version`, one of those that the catalog covers."""
        if version in self.versions:
            return Presence.PRESENT
        return Presence.UNKNOWN if version in self.unknown_in else Presence.ABSENT

    def base_in(self, version: RevitVersion) -> str | None:
        """Return the full name of the base type in `version`; None for an interface."""
        for earlier in self.base_was:
            if earlier.version == version:
                return earlier.base
        return self.base


class GoneType(Record, frozen=True):
    """Names of Revit 2017 that no covered version has; `whole` where the type itself went."""

    name: str
    whole: bool
    members: tuple[str, ...] = ()


class ExistingTool(Record, frozen=True):
    """A tool, or a group of tools, of a published toolbar.

    `path` is the bundle's folder inside its repository; `kind` is pyRevit's bundle kind;
    `group` marks pulldowns and their like. `context` is the bundle's own text, a combination
    written as `any: a, b` or `not_any: a, b`.
    """

    title: str
    source: str
    kind: str
    path: str
    name: str
    group: bool = False
    tab: str | None = None
    panel: str | None = None
    context: str | None = None
    locales: tuple[str, ...] = ()
    min_revit_version: RevitVersion | None = None
    cpython: bool = False


class ToolText(Record, frozen=True):
    """What an office says of one of its own tools; `tool` is the place in `CatalogData.tools`."""

    tool: int
    description: str


class NativeCommand(Record, frozen=True):
    """A command of Revit itself that can be posted (an enum value of `PostableCommand`).

    `title` is the name split into words; it is not Revit's own button text.
    """

    name: str
    title: str
    value: int | None
    versions: tuple[RevitVersion, ...]


class SourceKind(StrEnum):
    """What a source tells about.

    REVIT_ASSEMBLY is the Revit API as the assemblies of a user's Revit show it.
    """

    REVIT_API = "revit_api"
    REVIT_ASSEMBLY = "revit_assembly"
    PYTHON_API = "python_api"
    TOOLS = "tools"
    LIBRARY = "library"
    EXTENSION = "extension"
    TOOL_INDEX = "tool_index"


CONFIGURED = (SourceKind.LIBRARY, SourceKind.EXTENSION, SourceKind.TOOL_INDEX)
"""What an office has fetched for itself: names of a Python library, its toolbars, its tools."""


class Source(Record, frozen=True):
    """Where facts come from: `version` is a build, a release or a commit.

    `entries` counts what came from it: members and types, Python names, or tools.
    `completeness` (0 to 1) is the share of entries known to belong to the source whose facts
    are known; docs/catalog.md defines it for each kind.
    """

    name: str
    kind: SourceKind
    version: str
    entries: int
    completeness: float
    revit_version: RevitVersion | None = None


class CatalogData(Record, frozen=True):
    """The whole content of a catalog file.

    `tool_texts` describe tools of the office's own; of published ones only the names are kept.
    `undocumented` are types that signatures mention and no source describes.
    """

    format: int
    versions: tuple[RevitVersion, ...]
    sources: tuple[Source, ...]
    types: tuple[ApiType, ...]
    undocumented: tuple[str, ...]
    gone: tuple[GoneType, ...]
    tools: tuple[ExistingTool, ...]
    python: PythonApiData
    tool_texts: tuple[ToolText, ...] = ()


def short_type_name(name: str) -> str:
    """Drop the namespaces: `System.Collections.Generic.IList<A.B>` becomes `IList<B>`."""
    return _NAMESPACES.sub("", name).replace(",", ", ").replace(",  ", ", ")


def _parameter_text(parameter: Parameter) -> str:
    prefix = f"{parameter.modifier} " if parameter.modifier else ""
    return prefix + short_type_name(parameter.type)
