"""Records of pyRevit's and Revitron's Python API; part of the file format as `model` is."""

from enum import StrEnum
from typing import Literal

from revitron_grpc.catalog.record import Record
from revitron_grpc.vocabulary import Engine, RevitVersion


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


class PythonParameter(Record, frozen=True):
    """One parameter of a Python function; `default` is its source text, None if required.

    `type` is what the documentation states, in its own words.
    """

    name: str
    kind: Literal["positional_or_keyword", "var_positional", "var_keyword"] = (
        "positional_or_keyword"
    )
    default: str | None = None
    type: str | None = None


class Hazard(Record, frozen=True):
    """A use of a removed Revit member that a Revitron name reaches (`at` is where it stands)."""

    rule: str
    at: str
    removed_in: RevitVersion
    inside_try: bool


class InheritedName(Record, frozen=True):
    """A member that a Python class has from `owner`."""

    name: str
    owner: str


class PythonApiEntry(Record, frozen=True):
    """One public name of a Python library, without `self` among its parameters.

    `library` is `pyrevit`, `revitron` or the name of a configured source.

    `returns` is the stated or observed result type with `DB.` and `UI.` spelled out, `type` that
    of an attribute or constant; None where not known. `target` is what a re-export stands for.
    `external_bases` are bases outside the catalog: a class that has one may have any member.
    `returns_self` marks chainable methods. `exported` is False for a class that is met as a
    result only: its module does not export the name.
    """

    name: str
    kind: PythonKind
    library: str
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


class PythonBuiltin(Record, frozen=True):
    """A name that pyRevit puts into a script's globals, such as `__revit__`."""

    name: str
    type: str
    engines: tuple[Engine, ...]


class ScriptGlobal(Record, frozen=True):
    """A global that a script may set, such as `__title__`, and its key in `bundle.yaml`."""

    name: str
    bundle_key: str


class Effect(StrEnum):
    """What happens to a Revitron name in one Revit version."""

    WORKS = "works"
    FAILS = "fails"
    SILENT = "silent"
    CONDITIONAL = "conditional"


class VersionEffect(Record, frozen=True):
    """What a finding says for one version; `note` is a phrase such as "ok (deprecated)"."""

    version: RevitVersion
    effect: Effect
    note: str


class VersionFinding(Record, frozen=True):
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


class PythonApiData(Record, frozen=True):
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
