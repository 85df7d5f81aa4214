# -*- coding: utf-8 -*-
"""Names: how they are read, and which are refused."""

from revit_behaviours.table import FIELD, behaviour, page
from revit_behaviours.tools import assign, attempt

_NAME = page("e372092e-ff47-71c2-1272-50ab08e5a41d")
_NO_GETTER = "https://github.com/pyrevitlabs/pyRevit/issues/854"


@behaviour(
    "25.1",
    "IronPython cannot read the Name of a type",
    _NO_GETTER,
    "raises AttributeError",
)
def name_of_type(doc, DB, tools):
    kind = tools.elements(DB.WallType).FirstElement() or tools.missing("a wall type")
    return attempt(getattr, kind, "Name")


@behaviour(
    "25.2",
    "Element.Name.GetValue reads it, and so does the name parameter",
    "https://github.com/pyrevitlabs/pyRevit/issues/380",
    "same: True",
)
def name_by_descriptor(doc, DB, tools):
    kind = tools.elements(DB.WallType).FirstElement() or tools.missing("a wall type")
    parameter = kind.get_Parameter(DB.BuiltInParameter.SYMBOL_NAME_PARAM)
    return "same: {}".format(DB.Element.Name.GetValue(kind) == parameter.AsString() != "")


@behaviour(
    "25.3",
    "The name of a room is its name and number; ROOM_NAME is the name alone",
    FIELD,
    "Behaviour B 17, parameter: Behaviour",
)
def name_of_room(doc, DB, tools):
    with tools.changes():
        room = doc.Create.NewRoom(tools.phases()[-1])
        name = room.get_Parameter(DB.BuiltInParameter.ROOM_NAME)
        name.Set("Behaviour")
        room.Number = "B 17"
        return "{}, parameter: {}".format(DB.Element.Name.GetValue(room), name.AsString())


@behaviour("26.1", "A view's name that is taken is refused", _NAME, "raises ArgumentException")
def view_name_taken(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        first, second = tools.plan(level), tools.plan(level)
        first.Name = tools.fresh_name()
        return attempt(assign, second, "Name", first.Name)


@behaviour("26.2", "A level's name that is taken is refused", _NAME, "raises ArgumentException")
def level_name_taken(doc, DB, tools):
    with tools.changes():
        first, second = tools.level(), tools.level()
        return attempt(assign, second, "Name", first.Name)


@behaviour("26.3", "A grid's name that is taken is refused", _NAME, "raises ArgumentException")
def grid_name_taken(doc, DB, tools):
    def grid(y):
        return DB.Grid.Create(doc, DB.Line.CreateBound(DB.XYZ(0.0, y, 0.0), DB.XYZ(50.0, y, 0.0)))

    with tools.changes():
        first, second = grid(0.0), grid(10.0)
        return attempt(assign, second, "Name", first.Name)


@behaviour(
    "26.4",
    "A sheet number that is taken is refused",
    page("5f9129ba-b323-c55d-e27e-46d88bec503b"),
    "raises ArgumentException",
)
def sheet_number_taken(doc, DB, tools):
    with tools.changes():
        first, second = tools.sheet(), tools.sheet()
        return attempt(assign, second, "SheetNumber", first.SheetNumber)


@behaviour(
    "26.5",
    "A name of a material that is taken is refused",
    page("5d8f8735-b814-5ac0-e8c5-114da8caa7bc"),
    "raises ArgumentException",
)
def material_name_taken(doc, DB, tools):
    with tools.changes():
        name = tools.fresh_name()
        DB.Material.Create(doc, name)
        return attempt(DB.Material.Create, doc, name)


@behaviour(
    "26.6",
    "A name of a type that is taken is refused",
    page("b0e7d5d5-f33a-8ff2-b471-78a213f06ef5"),
    "raises ArgumentException",
)
def type_name_taken(doc, DB, tools):
    with tools.changes():
        kind = tools.layered_wall_type()
        return attempt(kind.Duplicate, DB.Element.Name.GetValue(kind))


@behaviour(
    "26.7",
    "Some characters are in no name",
    page("68b151b1-b170-f351-914a-5aa09ecdb1af"),
    "allowed of them: none",
)
def forbidden_characters(doc, DB, tools):
    allowed = [one for one in "\\:{}[]|;<>?`~" if DB.NamingUtils.IsValidName("a" + one + "b")]
    return "allowed of them: {}".format("".join(allowed) or "none")


@behaviour(
    "26.8",
    "A view with such a character in its name is refused",
    _NAME,
    "raises ArgumentException",
)
def view_name_forbidden(doc, DB, tools):
    with tools.changes():
        return attempt(assign, tools.plan(tools.level()), "Name", tools.fresh_name() + "{1}")


@behaviour(
    "26.9",
    "A sheet number of blanks is refused",
    page("5f9129ba-b323-c55d-e27e-46d88bec503b"),
    "raises ArgumentException",
)
def sheet_number_blank(doc, DB, tools):
    with tools.changes():
        return attempt(assign, tools.sheet(), "SheetNumber", "  ")


@behaviour(
    "26.10",
    "Two rooms of the same number are accepted, with a warning",
    page("af8889b0-6b56-7d99-b397-22441415d95b"),
    "Committed, warned of: True",
)
def room_number_taken(doc, DB, tools):
    warned = []

    def answer(accessor):
        duplicate = DB.BuiltInFailures.GeneralFailures.DuplicateValue
        for message in accessor.GetFailureMessages():
            if message.GetFailureDefinitionId() == duplicate:
                warned.append(message.GetSeverity().ToString())
        accessor.DeleteAllWarnings()
        return DB.FailureProcessingResult.Continue

    with tools.changes() as transaction:
        level = tools.level()
        for offset in (0.0, 100.0):
            tools.box(level, offset)
            doc.Create.NewRoom(level, DB.UV(offset + 10.0, 10.0)).Number = "Behaviour"
        tools.preprocess(transaction, answer)
        status = transaction.Commit()
    return "{}, warned of: {}".format(status, set(warned) == {"Warning"})


@behaviour(
    "56.1",
    "A name of a view filter that is taken is refused",
    page("afa22520-52de-c6b3-fac8-246fe2f8e4fe"),
    "raises ArgumentException",
)
def filter_name_taken(doc, DB, tools):
    categories = tools.list_of(DB.ElementId, [DB.ElementId(DB.BuiltInCategory.OST_Walls)])
    with tools.changes():
        name = tools.fresh_name()
        DB.ParameterFilterElement.Create(doc, name, categories)
        return attempt(DB.ParameterFilterElement.Create, doc, name, categories)
