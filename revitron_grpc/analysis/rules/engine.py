"""RVT2xx: engine, language level, .NET runtime."""

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.rules.rule import Rule

RULES = (
    Rule(
        "RVT200",
        "Source that cannot be read",
        Severity.ERROR,
        "A line, or the whole file, is neither Python 2 nor Python 3.",
        "The script does not start.",
        "for wall in walls",
        "for wall in walls:",
    ),
    Rule(
        "RVT201",
        "Syntax newer than the engine",
        Severity.ERROR,
        "A construct that the requested engine's Python does not have.",
        "The script does not start: a syntax error.",
        'f"{name}"',
        '"{}".format(name)',
    ),
    Rule(
        "RVT202",
        "Python 2 syntax under a Python 3 engine",
        Severity.ERROR,
        "A print statement, `except X, e`, backticks and their like.",
        "The script does not start: a syntax error.",
        "print name",
        "print(name)",
    ),
    Rule(
        "RVT203",
        "Library that the engine lacks",
        Severity.ERROR,
        "pyrevit.forms exists in IronPython only.",
        "Every use raises PyRevitCPythonNotSupported.",
        "from pyrevit import forms",
        "Leave out the `#! python3` line, or show results without a dialog.",
    ),
    Rule(
        "RVT204",
        "Library that .NET 8 lacks",
        Severity.WARNING,
        (
            "Excel interop, Marshal.GetActiveObject, or under IronPython requests and ssl, "
            "where Revit 2025 or later is requested."
        ),
        "Revit 2025 left .NET Framework for .NET 8: the assembly or function is not found.",
        'clr.AddReference("Microsoft.Office.Interop.Excel")',
        "import xlsxwriter",
    ),
    Rule(
        "RVT210",
        "Differs between Python 2 and 3 in silence",
        Severity.WARNING,
        "A construct that both run, with different results.",
        "The tool gives another result after an office changes its engine.",
        "share = done / total",
        "from __future__ import division",
    ),
    Rule(
        "RVT290",
        "Not judged",
        Severity.ERROR,
        "A script, file or bundle that is beyond a limit of size, time or memory, or whose path "
        "is no place in an extension.",
        "Nothing is said about it: neither that it holds nor that it fails.",
        "../../other/script.py",
        "Split what is too large; state paths relative to the extension, without '..'.",
    ),
)
