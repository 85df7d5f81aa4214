"""Imports: what they bind, and whether the modules exist."""

import ast
import sys

from revitron_grpc.analysis.checks.runtime import imported
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.library_types import VALUES
from revitron_grpc.analysis.members import library_member
from revitron_grpc.analysis.net_names import of_namespace
from revitron_grpc.analysis.python_names import of_python, refer_python
from revitron_grpc.analysis.types import (
    UNKNOWN,
    Builtin,
    ClassObject,
    LibraryModule,
    Module,
    Namespace,
    PythonName,
    Type,
)
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Effect, Presence
from revitron_grpc.vocabulary import Engine

_PYTHON2_MODULES = frozenset(
    "__builtin__ anydbm BaseHTTPServer Bastion commands ConfigParser Cookie cookielib copy_reg "
    "cPickle cStringIO dircache DocXMLRPCServer dumbdbm exceptions fpformat gdbm htmlentitydefs "
    "htmllib HTMLParser httplib ihooks md5 mimetools MimeWriter mutex new os2emxpath popen2 Queue "
    "rexec rfc822 sets sha SimpleHTTPServer SimpleXMLRPCServer SocketServer statvfs StringIO "
    "thread Tkinter tkFileDialog tkMessageBox ttk urllib2 urlparse user UserDict UserList "
    "UserString whichdb xmlrpclib _winreg imp asyncore distutils optparse future_builtins".split()
)
_NET_ROOTS = frozenset(
    "System Microsoft Windows Autodesk AdWindows UIFramework UIFrameworkServices Newtonsoft "
    "RevitServices RevitNodes Revit ProtoGeometry DSCoreNodes pyRevitLabs PyRevitLabs "
    "PyRevitLoader PyRevitRunner IronPython MahApps Xceed NLog DSOffice dosymep "
    "EPPlus OfficeOpenXml Interop".split()
)
_ENGINE_MODULES = frozenset("clr wpf nt _winreg winreg msvcrt pythonnet Python".split())
_NETWORK = frozenset(
    "urllib urllib2 urllib.request httplib http.client requests socket ftplib smtplib telnetlib "
    "SocketServer socketserver xmlrpclib websocket urllib3 System.Net System.Net.Http "
    "System.Net.Sockets System.Net.Mail".split()
)
# Libraries of which ready-made names are known.
_LIBRARIES = ("pyrevit", "revitron", "rpw")
_OPEN_ROOTS = frozenset(("rpws", "rjm", "rsparam"))


def import_module(walk: Walk, node: ast.Import) -> None:
    """`import a.b.c`, `import a.b.c as d`."""
    for alias in node.names:
        walk.imports.append(alias.name)
        value = _module(walk, alias.name, node)
        if alias.asname is not None:
            walk.scope.bind(alias.asname, value)
            continue
        root = alias.name.partition(".")[0]
        walk.scope.bind(root, value if "." not in alias.name else _root(walk, root))


def _root(walk: Walk, root: str) -> Type:
    own = walk.library.find(root)
    if own is not None:
        return LibraryModule(own)
    if root == "Autodesk" or root in _NET_ROOTS:
        return Namespace(root)
    if root in _LIBRARIES:
        return PythonName(root)
    return Module(root) if root not in _OPEN_ROOTS else UNKNOWN


def _module(walk: Walk, name: str, node: ast.stmt) -> Type:
    """What a dotted module name stands for; reports one that does not exist."""
    root = name.partition(".")[0]
    view = walk.view
    own = walk.library.find(name)
    if own is not None:
        return LibraryModule(own)
    if root == "Autodesk":
        if name == "Autodesk" or view.namespace_exists(name):
            return Namespace(name)
        parent, _, last = name.rpartition(".")
        return of_namespace(walk, parent, last, node)
    if root in _NET_ROOTS:
        _note_network(walk, name, node)
        return Namespace(name)
    if root in _LIBRARIES:
        _library(walk, root, node)
        if name == "pyrevit.forms":
            _forms(walk, node)
        if name in VALUES:
            return VALUES[name]
        presence = view.catalog.python_api.presence(name)
        if name != root:
            refer_python(walk, name, presence, node)
        return PythonName(name)
    _note_network(walk, name, node)
    if not _is_known(walk, name, root):
        _unknown(walk, name, node)
    if root in _OPEN_ROOTS:
        return UNKNOWN
    return Module(name)


def _is_known(walk: Walk, name: str, root: str) -> bool:
    api = walk.view.catalog.python_api
    return (
        root in sys.stdlib_module_names
        or root in _PYTHON2_MODULES
        or root in _ENGINE_MODULES
        or root in _OPEN_ROOTS
        or root in api.site_packages
        or root in api.pyrevitlib_packages
        or api.is_known_module(name)
        or walk.library.find(root) is not None
    )


def _unknown(walk: Walk, name: str, node: ast.stmt) -> None:
    # Engines and offices add packages of their own: never more than a warning, and nothing at
    # all where the script is prepared for the module to be missing.
    if walk.guard is Guard.NONE and not walk.silent and walk.mask:
        walk.judge.report(
            "RVT005",
            Severity.WARNING,
            f"module {name} is neither Python's nor pyRevit's, nor in the lib folders given",
            node,
            symbol=name,
            suggestion="add its source to the extension's lib folder",
        )


def _note_network(walk: Walk, name: str, node: ast.stmt) -> None:
    if name in _NETWORK or name.partition(".")[0] in ("requests", "socket", "urllib2", "httplib"):
        walk.event("network", node, name)
    imported(walk, name, node)


def _forms(walk: Walk, node: ast.AST) -> None:
    if walk.engine is Engine.CPYTHON_3 and not walk.silent and walk.mask:
        severity = Severity.ERROR if walk.guard is Guard.NONE else Severity.INFO
        walk.judge.report(
            "RVT203",
            severity,
            "pyrevit.forms does not work under CPython: every use raises "
            "PyRevitCPythonNotSupported",
            node,
            symbol="pyrevit.forms",
        )


def _library(walk: Walk, root: str, node: ast.stmt) -> None:
    """Report a library that does not work as a whole in a requested version."""
    if root != "revitron" or walk.silent:
        return
    api = walk.view.catalog.python_api
    failing = 0
    for finding in api.findings_for(root):
        for _, bit, version in walk.view.bits(walk.mask):
            effect = finding.effect(version)
            if effect is not None and effect.effect is Effect.FAILS:
                failing |= bit
    severity = walk.judge.severity(walk.situation(), failing)
    if severity is None:
        return
    years = ", ".join(str(version) for version in walk.view.versions_of(failing))
    walk.judge.report(
        "RVT007",
        severity,
        f"import {root} fails in Revit {years}",
        node,
        symbol=root,
        mask=failing,
        suggestion="use pyRevit and the Revit API there",
    )


def import_from(walk: Walk, node: ast.ImportFrom) -> None:
    """`from a.b import c as d`, `from a.b import *`, `from . import c`."""
    module = node.module or ""
    walk.imports.append("." * node.level + module)
    names = [alias.name for alias in node.names]
    if node.level:
        _relative(walk, node)
        return
    if module == "__future__":
        for alias in node.names:
            walk.scope.bind(alias.asname or alias.name, UNKNOWN)
        return
    if module == "pyrevit" and "forms" in names:
        _forms(walk, node)
    value = _module(walk, module, node)
    for alias in node.names:
        if alias.name == "*":
            _star(walk, value)
        else:
            walk.scope.bind(alias.asname or alias.name, _member(walk, value, alias))


def _relative(walk: Walk, node: ast.ImportFrom) -> None:
    path = walk.library.relative(node.level, node.module or "")
    if path is not None:
        module = LibraryModule(path)
        for alias in node.names:
            if alias.name == "*":
                _star_of_library(walk, module)
            else:
                found = library_member(walk, module, alias.name)
                walk.scope.bind(alias.asname or alias.name, found)
        return
    for alias in node.names:
        if alias.name == "*":
            walk.star_unknown = True
        else:
            walk.scope.bind(alias.asname or alias.name, UNKNOWN)


def _star(walk: Walk, value: Type) -> None:
    if isinstance(value, Namespace):
        if value.name.startswith("Autodesk"):
            walk.star_namespaces.append(value.name)
        else:
            walk.star_unknown = True
    elif isinstance(value, LibraryModule):
        _star_of_library(walk, value)
    else:
        walk.star_unknown = True


def _star_of_library(walk: Walk, module: LibraryModule) -> None:
    scope = walk.library.scope(module.path)
    if scope is None:
        walk.star_unknown = True
        return
    walk.star_namespaces += scope.star_namespaces
    walk.star_unknown |= scope.star_unknown
    for name, known in scope.ever.items():
        if not name.startswith("_"):
            walk.scope.bind(name, known)


def _member(walk: Walk, value: Type, alias: ast.alias) -> Type:
    name = alias.name
    if isinstance(value, Namespace):
        return of_namespace(walk, value.name, name, alias)
    if isinstance(value, ClassObject):
        nested = walk.view.type_lookup(f"{value.name}.{name}")
        return ClassObject(nested.symbol) if nested is not None else UNKNOWN
    if isinstance(value, PythonName):
        full = f"{value.name}.{name}"
        if full == "pyrevit.forms":
            refer_python(walk, full, Presence.PRESENT, alias)
            return PythonName(full)
        known = of_python(walk, value.name, name, alias)
        if known is UNKNOWN and walk.view.catalog.python_api.presence(full) is Presence.PRESENT:
            return PythonName(full)
        return known
    if isinstance(value, LibraryModule):
        return library_member(walk, value, name)
    if isinstance(value, Module):
        return Builtin(f"{value.name}.{name}")
    return UNKNOWN
