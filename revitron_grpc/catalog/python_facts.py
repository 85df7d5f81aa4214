"""Turn the facts about pyRevit's and Revitron's Python API into records of the catalog."""

import builtins
import re
from dataclasses import dataclass
from typing import Any

from revitron_grpc.catalog.facts import Json
from revitron_grpc.catalog.model import (
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
from revitron_grpc.vocabulary import Engine, RevitVersion

_IRONPYTHON = (Engine.IRONPYTHON_27, Engine.IRONPYTHON_34)
_ENGINES = {"ironpython": _IRONPYTHON, "cpython": (Engine.CPYTHON_3,)}
_MODULE_OF_UNREAD = re.compile(r"pyrevit(?:\.\w+)+|\b(?:rpws?|rjm|rsparam)\b")
_DOTTED = re.compile(r"[A-Za-z_][\w.]*")
# Documented types in the words of the docstrings, and the Python type they mean.
_WORDS = {
    "string": "str",
    "boolean": "bool",
    "integer": "int",
    "double": "float",
    "String": "str",
    "Boolean": "bool",
}
_SAYS_NOTHING = frozenset({"Any", "any", "mixed", "object", "Object", "type", "class", "function"})


@dataclass(frozen=True, slots=True)
class RevitronFacts:
    """What `revitron_api.json` holds, before type names are spelled out."""

    version: str
    entries: tuple[PythonApiEntry, ...]
    modules: frozenset[str]
    findings: tuple[VersionFinding, ...]


@dataclass(frozen=True, slots=True)
class PyRevitFacts:
    """What `pyrevit_api.json` holds, before type names are spelled out."""

    version: str
    entries: tuple[PythonApiEntry, ...]
    unread_modules: tuple[str, ...]
    newer_names: tuple[str, ...]
    builtins: tuple[PythonBuiltin, ...]
    script_globals: tuple[ScriptGlobal, ...]
    forms_under_cpython: tuple[str, ...]
    pyrevitlib_packages: tuple[str, ...]
    site_packages: tuple[str, ...]


def revitron_facts(value: Json) -> RevitronFacts:
    """Read the object of `revitron_api.json`."""
    stated = {
        name: text for name, text in value["return_types"].items() if not name.startswith("_")
    }
    return RevitronFacts(
        version=f"{value['source']['version']} ({value['source']['commit'][:12]})",
        entries=tuple(_revitron_entry(entry, stated) for entry in value["entries"]),
        modules=frozenset(value["modules"]),
        findings=tuple(map(_finding, value["version_findings"])),
    )


def pyrevit_facts(value: Json) -> PyRevitFacts:
    """Read the object of `pyrevit_api.json`."""
    objects = {entry["name"] for entry in value["entries"] if entry["kind"] == "object"}
    newer = value["newer_than_this_source"].items()
    return PyRevitFacts(
        version=value["source"]["version"],
        entries=tuple(
            _pyrevit_entry(entry)
            for entry in value["entries"]
            # HOST_APP and its like stand there twice: the class behind the object tells more.
            if entry["kind"] != "constant" or entry["name"] not in objects
        ),
        unread_modules=_unread_modules(value),
        newer_names=tuple(
            sorted(
                f"{module}.{name}" for module, names in newer if module != "note" for name in names
            )
        ),
        builtins=tuple(
            PythonBuiltin(entry["name"], entry["type"], _engines(entry["engines"]))
            for entry in value["builtins"]
        ),
        script_globals=tuple(
            ScriptGlobal(entry["name"], entry["bundle_key"]) for entry in value["script_globals"]
        ),
        forms_under_cpython=tuple(sorted(value["forms_stubs_under_cpython"])),
        pyrevitlib_packages=tuple(sorted(value["engine_lib_packages"]["pyrevitlib"])),
        site_packages=tuple(sorted(value["engine_lib_packages"]["site-packages"])),
    )


def python_api(
    pyrevit: PyRevitFacts, revitron: RevitronFacts, simple_types: dict[str, str]
) -> PythonApiData:
    """Bring both libraries together and spell out the type names.

    `simple_types` gives the full name of a type of `Autodesk.Revit.DB` by its simple name.
    """
    entries = {entry.name: entry for entry in (*pyrevit.entries, *revitron.entries)}
    spelled = _TypeNames(entries, simple_types)
    return PythonApiData(
        entries=tuple(spelled.apply(entry) for _, entry in sorted(entries.items())),
        modules=tuple(sorted(_modules(entries) | revitron.modules)),
        unread_modules=pyrevit.unread_modules,
        newer_names=pyrevit.newer_names,
        builtins=pyrevit.builtins,
        script_globals=pyrevit.script_globals,
        forms_under_cpython=pyrevit.forms_under_cpython,
        pyrevitlib_packages=pyrevit.pyrevitlib_packages,
        site_packages=pyrevit.site_packages,
        version_findings=revitron.findings,
    )


def _pyrevit_entry(value: Json) -> PythonApiEntry:
    name = value["name"]
    target = value.get("of")
    kind = PythonKind(value["kind"])
    if kind is PythonKind.REEXPORT and target == name:
        kind, target = PythonKind.MODULE, None
    return PythonApiEntry(
        name=name,
        kind=kind,
        library="pyrevit",
        owner=value.get("owner"),
        binding=value.get("binding"),
        parameters=_parameters(value),
        returns=value.get("returns"),
        type=_type_of_value(value.get("value")),
        target=target,
        bases=tuple(value.get("bases", ())),
        inherited=_inherited(value),
        engines=_IRONPYTHON if name.startswith("pyrevit.forms.") else (*_IRONPYTHON, *_cpython()),
        settable=value.get("settable", False),
        context_manager=value.get("context_manager", False),
        exported=value.get("exported", True),
    )


def _revitron_entry(value: Json, stated: dict[str, str]) -> PythonApiEntry:
    name = value["name"]
    returns, returns_self = _stated_return(stated.get(name), stated)
    observed = value.get("returns", {}).get("inferred", [])
    if returns is None and name not in stated and len(observed) == 1:
        returns = observed[0]
    type_name = value.get("type")
    return PythonApiEntry(
        name=name,
        kind=PythonKind(value["kind"]),
        library="revitron",
        owner=value.get("owner"),
        binding=value.get("binding"),
        parameters=_parameters(value),
        returns=returns,
        returns_self=returns_self,
        type=type_name or _type_of_value(value.get("value")),
        target=_module_named(type_name),
        bases=tuple(value.get("bases", ())),
        external_bases=tuple(value.get("revit_bases", ())),
        inherited=_inherited(value),
        instance_attributes=tuple(value.get("instance_attributes", ())),
        engines=_IRONPYTHON,
        context_manager=value.get("context_manager", False),
        any_attribute=value.get("swallows_unknown_attributes", False),
        may_be_undefined=value.get("may_be_undefined", False),
        python_2_only=bool(value.get("py2_only")),
        hazards=tuple(
            Hazard(
                hazard["rule"],
                hazard["at"],
                RevitVersion(int(hazard["removed_in_revit"])),
                hazard["inside_try"],
            )
            for hazard in value.get("reaches_hazards", ())
        ),
    )


def _module_named(type_name: str | None) -> str | None:
    if type_name is None or not type_name.startswith("module "):
        return None
    return type_name.removeprefix("module ")


def _cpython() -> tuple[Engine, ...]:
    return (Engine.CPYTHON_3,)


def _engines(names: list[str]) -> tuple[Engine, ...]:
    return tuple(engine for name in names for engine in _ENGINES[name])


def _parameters(value: Json) -> tuple[PythonParameter, ...] | None:
    parameters = value.get("params")
    if parameters is None:
        return None
    return tuple(
        PythonParameter(
            name=parameter["name"],
            kind=parameter["kind"],
            default=_default(parameter.get("default")),
            type=parameter.get("doc_type"),
        )
        for parameter in parameters
    )


def _default(value: Json | None) -> str | None:
    if value is None:
        return None
    return value["expr"] if "expr" in value else repr(value["value"])


def _type_of_value(value: Any) -> str | None:
    # Only the type is kept: what a constant says is its library's own text.
    if not isinstance(value, dict):
        return None
    if "value" in value and value["value"] is not None:
        return type(value["value"]).__name__
    return "str" if "omitted" in value and "string" in value["omitted"] else None


def _inherited(value: Json) -> tuple[InheritedName, ...]:
    return tuple(
        InheritedName(name, owner) for name, owner in sorted((value.get("inherited") or {}).items())
    )


def _stated_return(text: str | None, stated: dict[str, str]) -> tuple[str | None, bool]:
    """Read a hand-written return type such as `revitron.Filter (self)`."""
    if text is None:
        return None, False
    as_other = re.match(r"as (\w+\.\w+)", text)
    if as_other:
        return _stated_return(stated.get(f"revitron.{as_other.group(1)}"), stated)
    if text.startswith("value "):
        return None, False
    text = re.sub(r"^list of ([\w.]+).*", r"list[\1]", text)
    returns_self = text.endswith("(self)")
    return re.sub(r" (?:\(|with ).*$", "", text), returns_self


def _modules(entries: dict[str, PythonApiEntry]) -> set[str]:
    found: set[str] = set()
    for entry in entries.values():
        if entry.owner is None:
            parent = entry.name.rpartition(".")[0]
            while parent:
                found.add(parent)
                parent = parent.rpartition(".")[0]
        if entry.kind is PythonKind.MODULE:
            found.add(entry.name)
    return found


def _unread_modules(pyrevit: Json) -> tuple[str, ...]:
    """Find the module names in the lists of what was not read.

    "pyrevit.coreutils.markdown, emoji" means `pyrevit.coreutils.emoji` as well.
    """
    found = {
        "pyrevit." + name.removesuffix(".py").replace("/", ".")
        for name in pyrevit["modules_not_read"]
    }
    for text in pyrevit["not_covered"]:
        names = re.sub(r"\(.*?\)|constants.*", "", text)
        parent = ""
        for name in re.split(r"[,/]\s*", names.strip()):
            if not re.fullmatch(r"[\w.]+", name.strip()):
                continue
            full = name.strip()
            if full.startswith("pyrevit."):
                parent = full.rpartition(".")[0]
            elif parent:
                full = f"{parent}.{full}"
            if _MODULE_OF_UNREAD.fullmatch(full):
                found.add(full)
    return tuple(sorted(found))


class _TypeNames:
    """Spells out the type names of the Python entries."""

    def __init__(self, entries: dict[str, PythonApiEntry], simple_types: dict[str, str]) -> None:
        self._entries = entries
        self._simple_types = simple_types

    def apply(self, entry: PythonApiEntry) -> PythonApiEntry:
        bases = tuple(self._full_name(base, entry) for base in entry.bases)
        external = {base for base in bases if base not in self._entries and base != "object"}
        external.update(entry.external_bases)
        return PythonApiEntry(
            **{
                **{name: getattr(entry, name) for name in entry.__struct_fields__},
                "returns": self._spell(entry.returns, entry),
                "bases": bases,
                "external_bases": tuple(sorted(external)),
            }
        )

    def _spell(self, text: str | None, entry: PythonApiEntry) -> str | None:
        if text is None or text.strip(" .") in _SAYS_NOTHING:
            return None
        spelled = _DOTTED.sub(lambda match: self._full_name(match.group(), entry), text)
        # These are generators; their docstrings state what they yield.
        generator = entry.simple_name.startswith(("iter_", "yield_"))
        return f"Iterable[{spelled}]" if generator and "[" not in spelled else spelled

    def _full_name(self, name: str, entry: PythonApiEntry) -> str:
        name = _WORDS.get(name, name)
        for short, full in (("DB", "Autodesk.Revit.DB"), ("UI", "Autodesk.Revit.UI")):
            if name.startswith(f"{short}."):
                return full + name[len(short) :]
        if name in self._entries or "." in name or hasattr(builtins, name):
            return self._absolute(name)
        place = (entry.owner or entry.name).rpartition(".")[0]
        while place:
            found = self._entries.get(f"{place}.{name}")
            # The serialisable twins of Revit types are not what a docstring means.
            if found is not None and (found.exported or name not in self._simple_types):
                return found.name
            place = place.rpartition(".")[0]
        # A bare name that is a Revit type means that type: the docstrings leave out the DB.
        return self._simple_types.get(name, name)

    def _absolute(self, name: str) -> str:
        candidate = f"pyrevit.{name}"
        return candidate if candidate in self._entries and name not in self._entries else name


_FAILURE = re.compile(r"fails|attributeerror|bug|error|gives? no|give no", re.IGNORECASE)
_FINE = re.compile(r"ok\b", re.IGNORECASE)
_SAME = re.compile(r"(?:same(?: as (\d{4}))?|as (\d{4}))(?:;.*)?$", re.IGNORECASE)


def _finding(value: Json) -> VersionFinding:
    notes: dict[str, str] = {}
    previous = ""
    for version, text in sorted(value["revit"].items()):
        same = _SAME.match(text)
        if same:
            text = notes.get(same.group(1) or same.group(2) or "", previous)
        notes[version] = previous = text
    return VersionFinding(
        id=value["id"],
        names=tuple(name.replace(" (whole package)", "") for name in value["names"]),
        effects=tuple(
            VersionEffect(RevitVersion(int(version)), _effect(note), note)
            for version, note in notes.items()
        ),
        certainty=value["certainty"],
        evidence=tuple(item for item in value["evidence"] if item.startswith("https://")),
    )


def _effect(note: str) -> Effect:
    if "silent" in note:
        return Effect.SILENT
    if _FINE.match(note):
        return Effect.WORKS
    if _FAILURE.search(note):
        return Effect.FAILS
    return Effect.CONDITIONAL
