"""Calls of Python's own functions, and of pyRevit's and Revitron's."""

import ast
from collections.abc import Callable

from revitron_grpc.analysis import guards
from revitron_grpc.analysis.checks.runtime import REFERENCES, referred
from revitron_grpc.analysis.elements import element_of, read_collector
from revitron_grpc.analysis.library_types import (
    COLLECTOR,
    RESULTS,
    SELECTION,
    TRANSACTIONS,
)
from revitron_grpc.analysis.overloads import Arguments
from revitron_grpc.analysis.types import (
    BOOLEAN,
    FLOAT,
    INTEGER,
    NO_MAPPING,
    STRING,
    UNKNOWN,
    ClassObject,
    Instance,
    Items,
    Literal,
    PerVersion,
    Primitive,
    PythonInstance,
    Sequence,
    Type,
    element_of_items,
    from_net,
)
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import PythonKind

_CONVERSIONS: dict[str, tuple[Callable[[object], str | int | float], Primitive]] = {
    "int": (lambda value: int(str(value)), INTEGER),
    "long": (lambda value: int(str(value)), INTEGER),
    "float": (lambda value: float(str(value)), FLOAT),
    "str": (str, STRING),
    "unicode": (str, STRING),
}


_SAME_ELEMENTS = frozenset(("list", "tuple", "set", "frozenset", "sorted", "reversed", "iter"))


def call_builtin(walk: Walk, name: str, arguments: Arguments, node: ast.Call) -> Type:
    """The result of a function of Python, of its library or of .NET's, by dotted name."""
    types = arguments.types
    first = types[0] if types else UNKNOWN
    argument = node.args[0] if node.args else node
    if name in _CONVERSIONS:
        convert, plain = _CONVERSIONS[name]
        values = (
            first.values
            if isinstance(first, PerVersion)
            else (first.value,)
            if isinstance(first, Literal)
            else None
        )
        if values is None:
            return plain
        try:
            converted = tuple(convert(value) for value in values)
        except ValueError:
            return plain
        return PerVersion(converted) if isinstance(first, PerVersion) else Literal(converted[0])
    if name in _SAME_ELEMENTS:
        return Sequence(element_of(walk, first, argument)) if types else Items(())
    if name in ("dict", "OrderedDict", "collections.OrderedDict", "collections.defaultdict"):
        return NO_MAPPING if not types and not arguments.keywords else UNKNOWN
    if name == "next":
        return element_of_items(first) if isinstance(first, Sequence | Items) else UNKNOWN
    if name == "enumerate":
        return Sequence(Items((INTEGER, element_of(walk, first, argument))))
    if name == "zip":
        return Sequence(
            Items(
                tuple(
                    element_of(walk, one, where)
                    for one, where in zip(types, node.args, strict=False)
                )
            )
        )
    if name in ("len", "abs", "ord"):
        if name == "len" and isinstance(first, Instance) and first.name == COLLECTOR:
            read_collector(walk, first, argument)
        return INTEGER
    if name in ("range", "xrange"):
        return Sequence(INTEGER)
    if name in ("isinstance", "bool", "callable", "any", "all", "issubclass"):
        return BOOLEAN
    if name in ("repr", "chr", "unichr", "input", "raw_input"):
        return STRING
    if name == "clr.GetClrType" and isinstance(first, ClassObject):
        return ClassObject(first.name, first.arguments, reflected=True)
    if name in ("eval", "exec", "execfile", "compile") and not isinstance(first, Literal):
        walk.event("code_from_text", node, name)
    elif name in REFERENCES:
        referred(walk, name, first, node)
    elif name in _PROCESSES:
        walk.event("process", node, name)
    elif name in _DELETIONS:
        walk.event("file_deletion", node, name)
    return UNKNOWN


_PROCESSES = frozenset(
    "os.system os.startfile os.popen subprocess.call subprocess.Popen subprocess.run "
    "subprocess.check_call subprocess.check_output System.Diagnostics.Process.Start".split()
)


_DELETIONS = frozenset(
    "os.remove os.unlink os.rmdir os.removedirs shutil.rmtree System.IO.File.Delete "
    "System.IO.Directory.Delete".split()
)


def call_library(walk: Walk, name: str, arguments: Arguments, node: ast.Call) -> Type:
    """The result of a function or class of pyRevit or Revitron."""
    if name in (
        "pyrevit.HOST_APP.is_newer_than",
        "pyrevit.HOST_APP.is_older_than",
        "pyrevit.HOST_APP.is_exactly",
    ):
        types = arguments.types
        year = types[0] if types else arguments.keywords.get("version", UNKNOWN)
        equal = arguments.keywords.get("or_equal", types[1] if len(types) > 1 else Literal(False))
        or_equal = isinstance(equal, Literal) and bool(equal.value)
        return guards.host_app_test(walk, name.rpartition(".")[2], year, or_equal)
    if name in TRANSACTIONS:
        walk.event("transaction", node, name)
        if walk.loops:
            walk.event("transaction_in_loop", node)
        return PythonInstance(name)
    if name == "pyrevit.revit.get_selection":
        return PythonInstance(SELECTION)
    known = RESULTS.get(name)
    if known is not None:
        return known
    entry = walk.view.catalog.python_api.entry(name)
    if entry is None:
        return UNKNOWN
    if entry.kind is PythonKind.CLASS:
        return PythonInstance(entry.name)
    stated = entry.returns or ""
    if entry.library == "revitron" and stated.startswith("Autodesk."):
        # Revitron's results were read from its code by hand, pyRevit's are its docstrings'.
        return from_net(stated)
    return UNKNOWN
