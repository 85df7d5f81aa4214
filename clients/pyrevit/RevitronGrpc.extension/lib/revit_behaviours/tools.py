# -*- coding: utf-8 -*-
"""What observations share: transactions that are always closed, and elements to look at."""


class NotApplicable(Exception):
    """The open document does not hold what the observation needs; the text says what."""

    def __init__(self, missing):
        Exception.__init__(self, missing)
        self.missing = missing


def error_name(error):
    """Return the class of an exception as Revit names it.

    IronPython hands .NET's exceptions to `except Exception` as Python's own, with the original in
    `clsException`; Python's own errors have one too, of another name.
    """
    original = getattr(error, "clsException", None)
    if type(error) is Exception and original is not None:
        return original.GetType().Name
    return type(error).__name__


def attempt(function, *arguments):
    """Call a function and return "raises X", or "no exception"."""
    try:
        function(*arguments)
    except NotApplicable:
        raise
    except Exception as error:
        return "raises " + error_name(error)
    return "no exception"


def assign(target, name, value):
    """Set an attribute, where a function is needed."""
    setattr(target, name, value)


def _is_open(transaction):
    return transaction.HasStarted() and not transaction.HasEnded()


class _Changes(object):
    """A transaction for a `with` statement, rolled back at its end unless committed before."""

    def __init__(self, transaction):
        self.transaction = transaction

    def __enter__(self):
        self.transaction.Start()
        return self.transaction

    def __exit__(self, kind, error, trace):
        if _is_open(self.transaction):
            self.transaction.RollBack()
        return False


class Tools(object):
    """Makes what an observation needs, in the open document `doc`.

    `uidoc` is the document's window; `forms` is pyrevit.forms, for what asks the user.
    """

    def __init__(self, doc, DB, uidoc, forms):
        self.doc = doc
        self.DB = DB
        self.uidoc = uidoc
        self.forms = forms
        self.version = int(doc.Application.VersionNumber)
        self._opened = []
        self._made = 0

    # Transactions

    def transaction(self, name="Behaviour"):
        """Return a transaction that was not started."""
        transaction = self.DB.Transaction(self.doc, name)
        self._opened.append(transaction)
        return transaction

    def changes(self, name="Behaviour"):
        """Return a started transaction for `with`; it is rolled back at the end if still open."""
        return _Changes(self.transaction(name))

    def group(self, name="Behaviour"):
        """Return a started transaction group, which is rolled back at the end if still open."""
        group = self.DB.TransactionGroup(self.doc, name)
        group.Start()
        self._opened.append(group)
        return group

    def close_all(self):
        """Roll back what an observation left open, the last first."""
        while self._opened:
            opened = self._opened.pop()
            if opened.IsValidObject and _is_open(opened):
                opened.RollBack()

    # Ids and elements

    def number(self, element_id):
        """Return the number of an element id in any version."""
        if self.version >= 2024:
            return element_id.Value
        return element_id.IntegerValue

    def ids(self, *elements):
        """Return a .NET list with the ids of elements."""
        return self.list_of(self.DB.ElementId, [element.Id for element in elements])

    def list_of(self, kind, items):
        """Return a .NET list of a class."""
        from System.Collections.Generic import List

        found = List[kind]()
        for item in items:
            found.Add(item)
        return found

    def numbers(self, collector):
        """Return the numbers of the ids that a collector or a collection of ids gives."""
        ids = collector
        if isinstance(collector, self.DB.FilteredElementCollector):
            ids = collector.ToElementIds()
        return {self.number(one) for one in ids}

    def elements(self, kind):
        """Return a collector of a class."""
        return self.DB.FilteredElementCollector(self.doc).OfClass(kind)

    def missing(self, what):
        """Leave the observation: the document does not hold what it needs."""
        raise NotApplicable(what)

    def fresh_name(self):
        """Return a name that nothing in the document has."""
        self._made += 1
        return "Behaviour check {}".format(self._made)

    def view_type(self, family):
        """Return the id of a view family type, such as `DB.ViewFamily.FloorPlan`."""
        for kind in self.elements(self.DB.ViewFamilyType):
            if kind.ViewFamily == family:
                return kind.Id
        raise NotApplicable("a view type {}".format(family))

    def phases(self):
        """Return the phases in their order."""
        return list(self.doc.Phases)

    def floor_plan_type(self):
        """Return the id of a view type of floor plans."""
        return self.view_type(self.DB.ViewFamily.FloorPlan)

    # Made in an open transaction

    def level(self):
        """Make a level far above what is there, apart from the others made here."""
        self._made += 1
        return self.DB.Level.Create(self.doc, 5000.0 + 40.0 * self._made)

    def wall(self, level, start=(0.0, 0.0), end=(20.0, 0.0)):
        """Make a wall of the default type, feet."""
        z = level.Elevation
        line = self.DB.Line.CreateBound(
            self.DB.XYZ(start[0], start[1], z), self.DB.XYZ(end[0], end[1], z)
        )
        return self.DB.Wall.Create(self.doc, line, level.Id, False)

    def box(self, level, x=0.0):
        """Make four walls around 20 by 20 feet, from `x` on."""
        corners = [(x, 0.0), (x + 20.0, 0.0), (x + 20.0, 20.0), (x, 20.0)]
        return [self.wall(level, corners[i], corners[(i + 1) % 4]) for i in range(4)]

    def symbol(self, category, placement=None):
        """Return an active family symbol of a category and, where asked, a placement type."""
        symbols = self.elements(self.DB.FamilySymbol).OfCategory(category)
        for symbol in symbols.ToElements():
            if placement is None or symbol.Family.FamilyPlacementType == placement:
                if not symbol.IsActive:
                    symbol.Activate()
                    self.doc.Regenerate()
                return symbol
        raise NotApplicable("a family of {}".format(category))

    def door(self, wall, level, place):
        """Put a door into a wall, at a place in plan."""
        symbol = self.symbol(self.DB.BuiltInCategory.OST_Doors)
        return self.doc.Create.NewFamilyInstance(
            self.DB.XYZ(place[0], place[1], level.Elevation),
            symbol,
            wall,
            level,
            self.DB.Structure.StructuralType.NonStructural,
        )

    def room(self, level, x=10.0, y=10.0):
        """Make a room at a place on a level."""
        return self.doc.Create.NewRoom(level, self.DB.UV(x, y))

    def plan(self, level):
        """Make a floor plan of a level."""
        return self.DB.ViewPlan.Create(self.doc, self.floor_plan_type(), level.Id)

    def drafting_view(self):
        """Make a drafting view."""
        kind = self.view_type(self.DB.ViewFamily.Drafting)
        return self.DB.ViewDrafting.Create(self.doc, kind)

    def sheet(self):
        """Make a sheet without a title block, of a number of its own."""
        sheet = self.DB.ViewSheet.Create(self.doc, self.DB.ElementId.InvalidElementId)
        sheet.SheetNumber = self.fresh_name()
        return sheet

    def note(self, view):
        """Make a text note in a view."""
        kind = self.elements(self.DB.TextNoteType).FirstElementId()
        return self.DB.TextNote.Create(
            self.doc, view.Id, self.DB.XYZ(0.0, 0.0, 0.0), "Behaviour check", kind
        )

    def layered_wall_type(self):
        """Make a type of walls with layers."""
        for kind in self.elements(self.DB.WallType):
            if kind.Kind == self.DB.WallKind.Basic:
                return kind.Duplicate(self.fresh_name())
        raise NotApplicable("a basic wall type")

    def preprocessor(self, answer):
        """Return an IFailuresPreprocessor that calls `answer(accessor)` and returns its result."""
        base = self.DB.IFailuresPreprocessor

        class Preprocessor(base):
            def PreprocessFailures(self, failuresAccessor):  # noqa: N802 - Revit's name
                return answer(failuresAccessor)

        return Preprocessor()

    def preprocess(self, transaction, answer):
        """Let `answer(accessor)` decide about the failures of a transaction, without dialogs."""
        options = transaction.GetFailureHandlingOptions()
        options.SetFailuresPreprocessor(self.preprocessor(answer))
        options.SetClearAfterRollback(True)
        transaction.SetFailureHandlingOptions(options)

    def severities(self, transaction, seen):
        """Note the severity of each failure of a transaction in `seen`; roll back on an error."""

        def answer(accessor):
            for message in accessor.GetFailureMessages():
                seen.append(message.GetSeverity().ToString())
            if "Error" in seen:
                return self.DB.FailureProcessingResult.ProceedWithRollBack
            accessor.DeleteAllWarnings()
            return self.DB.FailureProcessingResult.Continue

        self.preprocess(transaction, answer)
