"""Findings as the reports get them, with the source that they are about."""

from revitron_grpc.analysis.findings import Edit, Finding, Fix, Severity
from revitron_grpc.vocabulary import RevitVersion

SOURCE = """\
# -*- coding: utf-8 -*-
from pyrevit import revit
name = u'Größe'; print(revit.doc.ActiveView.Id.IntegerValue)
\tdeep = revit.doc.Frobnicate()
"""
LINES: list[str] = list(SOURCE.splitlines())
VERSIONS = tuple(RevitVersion(year) for year in (2024, 2025, 2026))

BREAK = Finding(
    rule="RVT002",
    severity=Severity.ERROR,
    message="ElementId.IntegerValue does not exist in Revit 2026",
    path="My.extension/tools/a script.py",
    line=3,
    column=24,
    end_line=3,
    end_column=60,
    symbol="Autodesk.Revit.DB.ElementId.IntegerValue",
    revit_versions=(RevitVersion(2026),),
    suggestion="use ElementId.Value where it exists",
    documentation_url="https://www.revitapidocs.com/2025/x.htm",
    fix=Fix("Replace IntegerValue by Value", (Edit(3, 48, 3, 60, "Value"),)),
)
WARNING = Finding(
    "RVT403", Severity.WARNING, "deletes files: os.remove, 100 %", "other.py", 4, 2, 5, 1
)
FOLDER = Finding("BND001", Severity.INFO, "is empty", "My.extension/My.tab", 0, 0, 0, 0)
ALL = (BREAK, WARNING, FOLDER)
