"""RVT3xx: what takes long in a large model."""

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.rules.rule import Rule

RULES = (
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
)
