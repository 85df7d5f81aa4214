"""RVT1xx: transactions, and what happens to the model."""

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.rules.rule import Rule

RULES = (
    Rule(
        "RVT100",
        "Transaction in a loop",
        Severity.WARNING,
        "A transaction is started inside a loop.",
        "Each turn becomes an undo step of its own, and each commit regenerates the model.",
        'for e in elements:\n    with revit.Transaction("x"):\n        set_mark(e)',
        "Open one transaction around the loop.",
    ),
    Rule(
        "RVT101",
        "Change outside of a transaction",
        Severity.ERROR,
        "A change of the model at module level, in a script that opens no transaction of any kind.",
        "Revit raises ModificationOutsideTransactionException and nothing is changed.",
        "doc.Delete(element.Id)",
        'with revit.Transaction("Delete"):\n    doc.Delete(element.Id)',
    ),
    Rule(
        "RVT102",
        "Transaction left open",
        Severity.WARNING,
        (
            "A way out of a function or of the script on which a started transaction is "
            "neither committed nor rolled back."
        ),
        "Revit throws the changes away and tells the user so; the next transaction cannot start.",
        "t.Start()\nif not doors:\n    return",
        "t.Start()\nif not doors:\n    t.RollBack()\n    return",
    ),
    Rule(
        "RVT103",
        "Script ends inside a transaction",
        Severity.WARNING,
        (
            "sys.exit, script.exit or forms.alert(exitscript=True) while a transaction is "
            "open and something was changed."
        ),
        "The transaction is rolled back: what the script did is lost.",
        'with revit.Transaction("x"):\n    mark.Set("1")\n    script.exit()',
        "Ask and leave before the transaction starts.",
    ),
    Rule(
        "RVT104",
        "Commit whose status nobody looks at",
        Severity.INFO,
        "The result of Transaction.Commit is thrown away.",
        (
            "When the user cancels an error that Revit shows, Commit returns RolledBack and "
            "raises nothing: the script says done, and nothing was."
        ),
        "t.Commit()",
        (
            "if t.Commit() != TransactionStatus.Committed:\n"
            '    forms.alert("Revit rolled the change back.")'
        ),
    ),
    Rule(
        "RVT105",
        "Model changed while a collector is read",
        Severity.WARNING,
        (
            "Elements are created or deleted in a loop over the collector itself. An error "
            "where it certainly happens."
        ),
        "The next step of the loop raises InvalidOperationException.",
        "for wall in FilteredElementCollector(doc).OfClass(Wall):\n    doc.Delete(wall.Id)",
        (
            "for wall_id in "
            "list(FilteredElementCollector(doc).OfClass(Wall).ToElementIds()):\n"
            "    doc.Delete(wall_id)"
        ),
    ),
    Rule(
        "RVT110",
        "Elements compared as objects",
        Severity.WARNING,
        "`is` or `==` between elements, of which one was just asked for.",
        "Revit makes a new wrapper each time: the comparison is false for the same element.",
        "door.Host == wall",
        "door.Host.Id == wall.Id",
    ),
    Rule(
        "RVT111",
        "Display name in one language",
        Severity.INFO,
        "A built-in parameter or category is looked for by its English name.",
        "In a Revit of another language nothing is found, without a message.",
        'element.LookupParameter("Comments")',
        "element.get_Parameter(BuiltInParameter.ALL_MODEL_INSTANCE_COMMENTS)",
    ),
    Rule(
        "RVT112",
        "Room of a door without a phase",
        Severity.INFO,
        "FromRoom or ToRoom without a phase.",
        (
            "Rooms belong to one phase; without one Revit answers for the last, which need "
            "not be the door's."
        ),
        "door.FromRoom",
        "door.FromRoom[phase]",
    ),
    Rule(
        "RVT113",
        "Whole number for a length",
        Severity.WARNING,
        "Parameter.Set gets a whole number where the built-in parameter holds a length.",
        (
            "The overload for integers is taken: it returns False, and the model stays as it was "
            "without a message."
        ),
        "wall.get_Parameter(BuiltInParameter.WALL_BASE_OFFSET).Set(3)",
        "wall.get_Parameter(BuiltInParameter.WALL_BASE_OFFSET).Set(3.0)",
    ),
)
