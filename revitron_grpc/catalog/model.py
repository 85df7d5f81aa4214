"""What the catalog is made of: Revit API types and members, tools, Python API entries.

Every class is a frozen struct that is read straight from the packaged file, so the order of the
fields is part of the file format (docs/catalog.md); a change needs a new `FORMAT`.
"""

from enum import StrEnum
from typing import Literal

import msgspec

from revitron_grpc.vocabulary import Engine, RevitVersion

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


class _Record(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The base of all records: frozen, compact in the file, outside the cycle collector."""


class Parameter(_Record, frozen=True):
    """One parameter of a .NET method, constructor or indexed property.

    `type` is the full .NET name; `modifier` is empty where there is none or where it is not
    known (new members of 2026).
    """

    name: str
    type: str
    modifier: Literal["", "out", "ref", "params"] = ""
    optional: bool = False


class EarlierForm(_Record, frozen=True):
    """How the same member differed in an earlier version; None where it did not."""

    version: RevitVersion
    returns: str | None = None
    settable: bool | None = None
    parameter_names: tuple[str, ...] | None = None


class Member(_Record, frozen=True):
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


class EarlierBase(_Record, frozen=True):
    """The base type that a type had in an earlier version."""

    version: RevitVersion
    base: str


class ApiType(_Record, frozen=True):
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


class GoneType(_Record, frozen=True):
    """Names of Revit 2017 that no covered version has; `whole` where the type itself went."""

    name: str
    whole: bool
    members: tuple[str, ...] = ()


class ExistingTool(_Record, frozen=True):
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


class NativeCommand(_Record, frozen=True):
    """A command of Revit itself that can be posted (an enum value of `PostableCommand`).

    `title` is the name split into words; it is not Revit's own button text.
    """

    name: str
    title: str
    value: int | None
    versions: tuple[RevitVersion, ...]


class SourceKind(StrEnum):
    """What a source tells about."""

    REVIT_API = "revit_api"
    PYTHON_API = "python_api"
    TOOLS = "tools"


class Source(_Record, frozen=True):
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


class PythonKind(StrEnum):
    """The kind of a name in pyRevit's or Revitron's Python API."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    METHOD = "method"
    PROPERTY = "property"
    CONSTANT = "constant"
    OBJECT = "object"
    REEXPORT = "reexport"
    CLASS_ATTRIBUTE = "class_attribute"
    MODULE_ATTRIBUTE = "module_attribute"


class PythonParameter(_Record, frozen=True):
    """One parameter of a Python function; `default` is its source text, None if required.

    `type` is what the documentation states, in its own words.
    """

    name: str
    kind: Literal["positional_or_keyword", "var_positional", "var_keyword"] = (
        "positional_or_keyword"
    )
    default: str | None = None
    type: str | None = None


class Hazard(_Record, frozen=True):
    """A use of a removed Revit member that a Revitron name reaches (`at` is where it stands)."""

    rule: str
    at: str
    removed_in: RevitVersion
    inside_try: bool


class InheritedName(_Record, frozen=True):
    """A member that a Python class has from `owner`."""

    name: str
    owner: str


class PythonApiEntry(_Record, frozen=True):
    """One public name of pyRevit or Revitron, without `self` among its parameters.

    `returns` is the stated or observed result type with `DB.` and `UI.` spelled out, `type` that
    of an attribute or constant; None where not known. `target` is what a re-export stands for.
    `external_bases` are bases outside the catalog: a class that has one may have any member.
    `returns_self` marks chainable methods. `exported` is False for a class that is met as a
    result only: its module does not export the name.
    """

    name: str
    kind: PythonKind
    library: Literal["pyrevit", "revitron"]
    owner: str | None = None
    binding: str | None = None
    parameters: tuple[PythonParameter, ...] | None = None
    returns: str | None = None
    returns_self: bool = False
    type: str | None = None
    target: str | None = None
    bases: tuple[str, ...] = ()
    external_bases: tuple[str, ...] = ()
    inherited: tuple[InheritedName, ...] = ()
    instance_attributes: tuple[str, ...] = ()
    engines: tuple[Engine, ...] = (Engine.IRONPYTHON_27, Engine.IRONPYTHON_34, Engine.CPYTHON_3)
    settable: bool = False
    context_manager: bool = False
    any_attribute: bool = False
    may_be_undefined: bool = False
    python_2_only: bool = False
    exported: bool = True
    hazards: tuple[Hazard, ...] = ()

    @property
    def simple_name(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]


class PythonBuiltin(_Record, frozen=True):
    """A name that pyRevit puts into a script's globals, such as `__revit__`."""

    name: str
    type: str
    engines: tuple[Engine, ...]


class ScriptGlobal(_Record, frozen=True):
    """A global that a script may set, such as `__title__`, and its key in `bundle.yaml`."""

    name: str
    bundle_key: str


class Effect(StrEnum):
    """What happens to a Revitron name in one Revit version."""

    WORKS = "works"
    FAILS = "fails"
    SILENT = "silent"
    CONDITIONAL = "conditional"


class VersionEffect(_Record, frozen=True):
    """What a finding says for one version; `note` is a phrase such as "ok (deprecated)"."""

    version: RevitVersion
    effect: Effect
    note: str


class VersionFinding(_Record, frozen=True):
    """Something known of Revitron names in some Revit versions.

    SILENT means that it runs and does something else; CONDITIONAL that it depends on the engine,
    the machine or the language. `names` are full names, `revitron` for the whole package.
    """

    id: str
    names: tuple[str, ...]
    effects: tuple[VersionEffect, ...]
    certainty: str
    evidence: tuple[str, ...] = ()

    def effect(self, version: RevitVersion) -> VersionEffect | None:
        """Return what holds in `version`; None where the finding does not say."""
        return next((effect for effect in self.effects if effect.version == version), None)


class PythonApiData(_Record, frozen=True):
    """All that is known of the Python libraries.

    `unread_modules` exist but were not read; `newer_names` exist in later releases than the
    one read. Both are unknown, not wrong.
    """

    entries: tuple[PythonApiEntry, ...]
    modules: tuple[str, ...]
    unread_modules: tuple[str, ...]
    newer_names: tuple[str, ...]
    builtins: tuple[PythonBuiltin, ...]
    script_globals: tuple[ScriptGlobal, ...]
    forms_under_cpython: tuple[str, ...]
    pyrevitlib_packages: tuple[str, ...]
    site_packages: tuple[str, ...]
    version_findings: tuple[VersionFinding, ...]


class CatalogData(_Record, frozen=True):
    """The whole content of a catalog file."""

    format: int
    versions: tuple[RevitVersion, ...]
    sources: tuple[Source, ...]
    types: tuple[ApiType, ...]
    gone: tuple[GoneType, ...]
    tools: tuple[ExistingTool, ...]
    python: PythonApiData


def short_type_name(name: str) -> str:
    """Drop the namespaces: `System.Collections.Generic.IList<A.B>` becomes `IList<B>`."""
    parts: list[str] = []
    word = ""
    for character in name:
        if character in "<>,[]& ":
            parts.append(word.rpartition(".")[2] + character)
            word = ""
        else:
            word += character
    parts.append(word.rpartition(".")[2])
    return "".join(parts).replace(",", ", ").replace(",  ", ", ")


def _parameter_text(parameter: Parameter) -> str:
    prefix = f"{parameter.modifier} " if parameter.modifier else ""
    return prefix + short_type_name(parameter.type)
