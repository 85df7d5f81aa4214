"""Questions about pyRevit's and Revitron's Python API."""

import sys

from revitron_grpc.catalog.model import (
    Presence,
    PythonApiData,
    PythonApiEntry,
    PythonBuiltin,
    PythonKind,
    ScriptGlobal,
    VersionFinding,
)

_LONGEST_REEXPORT = 8

# Modules of pyRevit that bind all their own names in plain sight. Others bind some under
# conditions, at run time or from .NET: `pyrevit.userconfig.user_config`, `pyrevit.framework.wpf`.
_IN_PLAIN_SIGHT = ("pyrevit.forms", "pyrevit.script", "pyrevit.revit", "pyrevit.HOST_APP")
# Modules that pyRevit's other modules import names from.
_IMPORTED_FROM = (
    "pyrevit",
    "pyrevit.api",
    "pyrevit.compat",
    "pyrevit.coreutils",
    "pyrevit.framework",
    "pyrevit.labs",
    "pyrevit.userconfig",
)
_IMPORTED_FROM_PYTHON = frozenset(
    "op namedtuple OrderedDict defaultdict Counter deque wraps partial contextmanager datetime "
    "ElementTree Enum Queue Thread StringIO".split()
)


class PythonApi:
    """The public names of pyRevit and Revitron, by full dotted name.

    `builtins` are what pyRevit puts into a script's globals, `script_globals` what a script may
    set there, `forms_under_cpython` the names of `pyrevit.forms` that exist under CPython (each
    raises when used), `pyrevitlib_packages` and `site_packages` what a script may import besides.
    """

    def __init__(self, data: PythonApiData) -> None:
        self.entries: tuple[PythonApiEntry, ...] = data.entries
        self.modules: frozenset[str] = frozenset(data.modules)
        self.builtins: tuple[PythonBuiltin, ...] = data.builtins
        self.script_globals: tuple[ScriptGlobal, ...] = data.script_globals
        self.forms_under_cpython: frozenset[str] = frozenset(data.forms_under_cpython)
        self.pyrevitlib_packages: frozenset[str] = frozenset(data.pyrevitlib_packages)
        self.site_packages: frozenset[str] = frozenset(data.site_packages)
        self.version_findings: tuple[VersionFinding, ...] = data.version_findings
        self.newer_names: frozenset[str] = frozenset(data.newer_names)
        self._unread = frozenset(data.unread_modules)
        self._entries = {entry.name: entry for entry in data.entries}
        self._aliases = self._module_aliases()
        self._children: dict[str, dict[str, PythonApiEntry]] = {}
        for entry in data.entries:
            parent = entry.owner or entry.name.rpartition(".")[0]
            self._children.setdefault(parent, {})[entry.simple_name] = entry
        self._findings: dict[str, tuple[VersionFinding, ...]] = {}
        for finding in data.version_findings:
            for name in finding.names:
                self._findings[name] = (*self._findings.get(name, ()), finding)
        # What a module may have imported without exporting it on purpose.
        self._imported = (
            {name.rpartition(".")[2] for name in self.modules | self._unread}
            | self.site_packages
            | self.pyrevitlib_packages
            | set(sys.stdlib_module_names)
            | {"clr", "System", "DB", "UI", "framework"}
            | {name for module in _IMPORTED_FROM for name in self._children.get(module, ())}
            | _IMPORTED_FROM_PYTHON
        )

    def resolve(self, name: str) -> str:
        """Follow re-exports: `pyrevit.DB.Wall` is `Autodesk.Revit.DB.Wall`.

        Also the other way where the entries stand under the shorter name:
        `pyrevit.revit.db.query.get_name` is `pyrevit.revit.query.get_name`.
        """
        for _ in range(_LONGEST_REEXPORT):
            followed = self._follow(name)
            if followed == name:
                return name
            name = followed
        return name

    def entry(self, name: str) -> PythonApiEntry | None:
        """Return the entry of a name, re-exports followed and inherited members found.

        A re-export of something outside the catalog (`pyrevit.DB`) is returned itself; its
        `target` says what it is.
        """
        found = self._entries.get(self.resolve(name))
        if found is not None:
            return found
        found = self._entries.get(name)
        if found is not None:
            return found
        parent, _, simple_name = name.rpartition(".")
        owner = self._entries.get(self.resolve(parent)) if parent else None
        if owner is None or owner.kind is PythonKind.REEXPORT:
            return None
        for inherited in owner.inherited:
            if inherited.name == simple_name:
                return self._entries.get(f"{inherited.owner}.{simple_name}")
        for base in owner.bases:
            if base in self._entries and base != owner.name:
                found = self.entry(f"{base}.{simple_name}")
                if found is not None:
                    return found
        return None

    def members_of(self, name: str) -> tuple[PythonApiEntry, ...]:
        """Return the members of a module, class or object, inherited ones last."""
        resolved = self.resolve(name)
        members = dict(self._children.get(resolved, {}))
        owner = self._entries.get(resolved)
        if owner is not None:
            for inherited in owner.inherited:
                found = self._entries.get(f"{inherited.owner}.{inherited.name}")
                if found is not None:
                    members.setdefault(inherited.name, found)
        return tuple(members.values())

    def is_known_module(self, name: str) -> bool:
        """Tell whether a module of that name exists, also one that was not read."""
        return (
            name in self.modules
            or self.resolve(name) in self.modules
            or name in self.pyrevitlib_packages
            or self._is_unread(name)
        )

    def presence(self, name: str) -> Presence:
        """Tell whether a full dotted name exists.

        ABSENT only where the module or class was read in full and binds its names in plain
        sight. UNKNOWN for names outside the two libraries, in modules that were not read, of
        newer releases, private ones, attributes of values, names that a module may have imported
        or bound at run time, and members of classes with bases outside the catalog or with a
        catch-all.
        """
        if self.entry(name) is not None:
            found = self._entries.get(name)
            return Presence.PRESENT if found is None or found.exported else Presence.UNKNOWN
        resolved = self.resolve(name)
        if name in self.modules or resolved in self.modules:
            return Presence.PRESENT
        parent, _, simple_name = resolved.rpartition(".")
        if (
            not parent
            or {name, resolved} & self.newer_names
            or self._is_unread(resolved)
            or simple_name.startswith("_")
            or not _is_in_plain_sight(parent)
        ):
            return Presence.UNKNOWN
        owner = self.entry(parent)
        if owner is None:
            closed = parent in self.modules and simple_name not in self._imported
            return Presence.ABSENT if closed else Presence.UNKNOWN
        if self._sets_itself(owner, simple_name):
            return Presence.PRESENT
        return Presence.UNKNOWN if self._may_have(owner, simple_name) else Presence.ABSENT

    def findings_for(self, name: str) -> tuple[VersionFinding, ...]:
        """Return what is known of a Revitron name by Revit version, its own and its class's.

        Those of the whole package stand under `revitron`.
        """
        resolved = self.resolve(name)
        found = dict.fromkeys(self._findings.get(resolved, ()))
        found.update(dict.fromkeys(self._findings.get(resolved.rpartition(".")[0], ())))
        return tuple(found)

    def _sets_itself(self, owner: PythonApiEntry, simple_name: str) -> bool:
        """Tell whether objects of a class get the attribute when they are made."""
        return simple_name in owner.instance_attributes or any(
            base in self._entries and self._sets_itself(self._entries[base], simple_name)
            for base in owner.bases
        )

    def _may_have(self, owner: PythonApiEntry, simple_name: str) -> bool:
        if owner.kind is PythonKind.MODULE or owner.name in self.modules:
            return simple_name in self._imported
        if owner.kind not in (PythonKind.CLASS, PythonKind.OBJECT):
            return True
        if owner.any_attribute or owner.external_bases or simple_name in owner.instance_attributes:
            return True
        if owner.library == "pyrevit":
            # Attributes set in __init__ are not among the facts.
            return True
        return any(
            base in self._entries and self._may_have(self._entries[base], simple_name)
            for base in owner.bases
        )

    def _is_unread(self, name: str) -> bool:
        while name:
            if name in self._unread:
                return True
            name = name.rpartition(".")[0]
        return False

    def _follow(self, name: str) -> str:
        """Follow one re-export: of the longest part of `name` that is one."""
        head, rest = name, ""
        while head:
            entry = self._entries.get(head)
            if entry is not None:
                target = entry.target
                # A module whose entries stand under the re-export's own name stays there.
                own = head in self._children and target not in self._children
                return name if target is None or target == head or own else target + rest
            alias = self._aliases.get(head)
            if alias is not None:
                return alias + rest
            if head in self.modules and rest:
                # Revitron's packages export at their own level what their modules define.
                exported = head.rpartition(".")[0] + rest
                first = ".".join(exported.split(".")[: head.count(".") + 1])
                return exported if first in self._entries and head not in self._children else name
            head, _, last = head.rpartition(".")
            rest = f".{last}{rest}"
        return name

    def _module_aliases(self) -> dict[str, str]:
        parents = {entry.owner or entry.name.rpartition(".")[0] for entry in self._entries.values()}
        aliases: dict[str, str] = {}
        for entry in self._entries.values():
            target = entry.target
            if target is not None and entry.name in parents and target not in parents:
                aliases[target] = entry.name
        return aliases


def _is_in_plain_sight(module: str) -> bool:
    if not module.startswith("pyrevit.") or module in _IN_PLAIN_SIGHT:
        return True
    return module.startswith(tuple(f"{one}." for one in _IN_PLAIN_SIGHT))
