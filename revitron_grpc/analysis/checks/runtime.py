"""What the .NET of a Revit version lacks: Revit 2025 left .NET Framework for .NET 8."""

import ast

from revitron_grpc.analysis.checks.report import report
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.types import Literal, Type
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.vocabulary import Engine

_FIRST_NET_8 = 2025
_EXCEL = "Microsoft.Office.Interop"
_INSTEAD_OF_EXCEL = "read and write the file with xlsxwriter and xlrd, or csv; or guard the version"
_MARSHAL = "System.Runtime.InteropServices.Marshal.GetActiveObject"
REFERENCES = frozenset((_MARSHAL, "clr.AddReference", "clr.AddReferenceByPartialName"))
"""Functions that ask for what may be missing."""


def imported(walk: Walk, name: str, node: ast.AST) -> None:
    """A module or namespace is imported."""
    root = name.partition(".")[0]
    if name.startswith(_EXCEL):
        _missing(walk, name, node, _INSTEAD_OF_EXCEL)
    elif root in ("requests", "ssl") and walk.engine is not Engine.CPYTHON_3:
        _missing(
            walk,
            name,
            node,
            "use System.Net.Http.HttpClient",
            "fails in IronPython of several pyRevit releases",
            Severity.INFO,
        )


def referred(walk: Walk, name: str, first: Type, node: ast.AST) -> None:
    """One of `REFERENCES` is called with that first argument."""
    if name == _MARSHAL:
        _missing(walk, name, node, "guard the version")
    elif isinstance(first, Literal) and str(first.value).startswith(_EXCEL):
        _missing(walk, str(first.value), node, _INSTEAD_OF_EXCEL)


def _missing(
    walk: Walk,
    name: str,
    node: ast.AST,
    instead: str,
    how: str = "is not found",
    severity: Severity | None = None,
) -> None:
    mask = 0
    for _, bit, version in walk.view.bits(walk.mask):
        if version >= _FIRST_NET_8:
            mask |= bit
    if not mask:
        return
    years = ", ".join(str(version) for version in walk.view.versions_of(mask))
    report(
        walk,
        "RVT204",
        f"{name} {how} under .NET 8, on which Revit {years} runs",
        node,
        severity=severity,
        symbol=name,
        mask=mask,
        suggestion=instead,
    )
