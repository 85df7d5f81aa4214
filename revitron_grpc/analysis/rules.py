"""The rules that the analysis knows: the only place where they are described.

Blocks of codes: RVT0xx existence of API and versions, RVT1xx transactions, RVT2xx engine and
dialect, RVT3xx performance, RVT4xx security.
"""

from dataclasses import dataclass

from revitron_grpc.analysis.findings import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its stable code, the severity it usually has, and what a page about it says."""

    code: str
    title: str
    severity: Severity
    what: str
    why: str
    example: str
    fix: str


def _registry(*rules: Rule) -> dict[str, Rule]:
    registry = {rule.code: rule for rule in rules}
    if len(registry) != len(rules):
        raise ValueError("two rules have the same code")
    return registry


RULES: dict[str, Rule] = _registry(
    Rule(
        "RVT001",
        "API that does not exist",
        Severity.ERROR,
        "A namespace, type, member or enum value that no Revit version in question has.",
        "The line raises AttributeError or ImportError wherever it runs.",
        "doc.FilePath",
        "doc.PathName",
    ),
    Rule(
        "RVT002",
        "API missing in a requested version",
        Severity.ERROR,
        "The symbol exists, but not in every requested version in which the line can run.",
        "The button works today and fails after an upgrade, or on a colleague's older Revit.",
        "element.Id.IntegerValue",
        "Put the line behind a version guard, or use what exists in all versions.",
    ),
    Rule(
        "RVT003",
        "Obsolete API",
        Severity.INFO,
        "The symbol is marked obsolete in a requested version in which it still exists.",
        "Autodesk removes obsolete API one or two releases later.",
        "element.Id.IntegerValue",
        "Use the replacement where the version has it.",
    ),
    Rule(
        "RVT004",
        "No overload takes these arguments",
        Severity.ERROR,
        "The method or constructor exists, but none of its overloads accepts the arguments.",
        "The call raises TypeError; a name can survive a release while its overload goes.",
        "DB.Color(255)",
        "DB.Color(255, 0, 0)",
    ),
    Rule(
        "RVT005",
        "Unknown module",
        Severity.WARNING,
        "The module is neither Python's, nor .NET's, nor pyRevit's, nor in the lib folders given.",
        "The import fails unless the module lies somewhere that the analysis was not shown.",
        "import office_tools",
        "Add the module to the extension's lib folder.",
    ),
    Rule(
        "RVT006",
        "Name missing in a Python library",
        Severity.ERROR,
        "A pyRevit or Revitron module that is known completely has no such name.",
        "The line raises AttributeError or ImportError.",
        "forms.select_view()",
        "forms.select_views(multiple=False)",
    ),
    Rule(
        "RVT007",
        "Library that fails in a requested version",
        Severity.ERROR,
        "The library itself does not work in a requested version.",
        "The import fails before the first line of the tool runs.",
        "import revitron",
        "Stand on pyRevit and the Revit API where that version is requested.",
    ),
    Rule(
        "RVT100",
        "Transaction in a loop",
        Severity.WARNING,
        "A transaction is started inside a loop.",
        "Each turn becomes an undo step of its own, and each commit regenerates the model.",
        "for e in elements:\n    with revit.Transaction('x'): ...",
        "Open one transaction around the loop.",
    ),
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
        "RVT210",
        "Differs between Python 2 and 3 in silence",
        Severity.WARNING,
        "A construct that both run, with different results.",
        "The tool gives another result after an office changes its engine.",
        "share = done / total",
        "from __future__ import division",
    ),
    Rule(
        "RVT300",
        "Collector without a filter",
        Severity.WARNING,
        "A FilteredElementCollector is read without any filter.",
        "Revit raises InvalidOperationException.",
        "DB.FilteredElementCollector(doc).ToElements()",
        "Add OfClass, OfCategory or WhereElementIsNotElementType.",
    ),
    Rule(
        "RVT301",
        "Collector in a loop",
        Severity.INFO,
        "A FilteredElementCollector is made anew in each turn of a loop.",
        "Each one walks the whole model.",
        "for level in levels:\n    DB.FilteredElementCollector(doc).OfClass(DB.Wall)",
        "Collect once before the loop and group the elements.",
    ),
    Rule(
        "RVT400",
        "Code from text",
        Severity.WARNING,
        "eval or exec of something that is not a literal.",
        "Whoever writes the text runs code in Revit.",
        "eval(answer)",
        "ast.literal_eval(answer)",
    ),
    Rule(
        "RVT401",
        "Starts a process",
        Severity.WARNING,
        "os.system, os.startfile, subprocess or System.Diagnostics.Process.",
        "The tool runs other programs with the user's rights.",
        "subprocess.call(command)",
        "Say in the tooltip what is started, and never build the command from model text.",
    ),
    Rule(
        "RVT402",
        "Uses the network",
        Severity.WARNING,
        "A module that opens connections, such as urllib2, requests, socket or System.Net.",
        "Data of the project may leave the office; the tool hangs when the network does.",
        "import requests",
        "Say so in the tooltip, and set a timeout.",
    ),
    Rule(
        "RVT403",
        "Deletes files",
        Severity.WARNING,
        "os.remove, os.unlink, os.rmdir, shutil.rmtree, File.Delete, Directory.Delete.",
        "There is no undo for files.",
        "os.remove(path)",
        "Write to a new file, or ask before deleting.",
    ),
)
"""All rules by code."""
