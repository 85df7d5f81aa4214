"""RVT0xx: API that exists, in which versions, and what it takes."""

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.rules.rule import Rule

RULES = (
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
        "RVT008",
        "Name that cannot be read",
        Severity.ERROR,
        (
            "`Name` of a class that overrides only the setter: element types, rooms, spaces, "
            "areas, zones, forms."
        ),
        "IronPython finds the property without a getter and raises AttributeError.",
        "wall_type.Name",
        "Element.Name.GetValue(wall_type)",
    ),
    Rule(
        "RVT009",
        "Class that no collector knows",
        Severity.ERROR,
        (
            "OfClass or ElementClassFilter with a class that exists in the API only, not in "
            "Revit's database."
        ),
        "Revit raises ArgumentException.",
        "FilteredElementCollector(doc).OfClass(Room)",
        "FilteredElementCollector(doc).OfCategory(BuiltInCategory.OST_Rooms)",
    ),
    Rule(
        "RVT010",
        "Python collection where .NET wants its own",
        Severity.ERROR,
        "A list, set or tuple is passed where every overload wants an ICollection or ISet.",
        "IronPython wraps a list as IList and IEnumerable only, and raises TypeError.",
        "uidoc.Selection.SetElementIds([e.Id for e in walls])",
        "uidoc.Selection.SetElementIds(List[ElementId]([e.Id for e in walls]))",
    ),
)
