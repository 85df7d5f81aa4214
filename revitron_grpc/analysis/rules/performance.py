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
    Rule(
        "RVT302",
        "Whole model collected in a loop",
        Severity.WARNING,
        (
            "A collector that is filtered by nothing but types or instances is made in each "
            "turn of a loop."
        ),
        "Every turn walks every element of the model.",
        "for level in levels:\n    FilteredElementCollector(doc).WhereElementIsNotElementType()",
        "Collect once before the loop, by class or category, and group the elements.",
    ),
)
