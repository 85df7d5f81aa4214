# -*- coding: utf-8 -*-
"""Where Python and .NET meet."""

import sys

from revit_behaviours.table import FIELD, behaviour, page
from revit_behaviours.tools import attempt


@behaviour(
    "30.1",
    "A Python list is no collection of .NET",
    FIELD,
    "raises TypeError",
)
def python_list(doc, DB, tools):
    with tools.changes():
        return attempt(doc.Delete, [tools.level().Id])


@behaviour(
    "30.2",
    "A Python set is none either",
    FIELD,
    "raises TypeError",
)
def python_set(doc, DB, tools):
    with tools.changes():
        return attempt(doc.Delete, {tools.level().Id})


@behaviour(
    "30.3",
    "List[ElementId] is one",
    page("f4ce9113-b164-954e-5025-7b4edbdcc07d"),
    "no exception",
)
def net_list(doc, DB, tools):
    with tools.changes():
        return attempt(doc.Delete, tools.ids(tools.level()))


@behaviour(
    "31.1",
    "Out parameters come back in a tuple after the result",
    "https://developer.rhino3d.com/guides/rhinopython/python-reference/",
    "tuple of 2, True",
)
def out_parameter(doc, DB, tools):
    found = DB.UnitFormatUtils.TryParse(doc.GetUnits(), DB.SpecTypeId.Length, "1")
    return "{} of {}, {}".format(type(found).__name__, len(found), found[0])


@behaviour(
    "31.2",
    "A member of an enum is no whole number",
    FIELD,
    "int: False, equal: False",
)
def enum_number(doc, DB, tools):
    member = DB.BuiltInCategory.OST_Walls
    return "int: {}, equal: {}".format(isinstance(member, int), member == -2000011)


@behaviour(
    "31.3",
    "The member None of an enum is reached by getattr in both Pythons",
    page("3dbebcb8-792b-a3dd-fe63-faaa05704f3c"),
    "None, is None: False",
)
def enum_none(doc, DB, tools):
    member = getattr(DB.StorageType, "None")
    return "{}, is None: {}".format(member, member is None)


@behaviour(
    "31.4",
    "Whole numbers divide to whole numbers in Python 2 alone",
    "https://docs.python.org/3/whatsnew/3.0.html#integers",
    "as this Python does: True",
)
def division(doc, DB, tools):
    # Names, so that nobody computes it before.
    five, two = 5, 2
    whole = five / two == 2
    return "as this Python does: {}".format(whole == (sys.version_info[0] == 2))


@behaviour(
    "33.1",
    "A pick that the user ends by Esc raises",
    page("0315fd62-b533-1817-2f2d-d9ebd4bc8e33"),
    "raises OperationCanceledException",
    asks="Press Esc when Revit asks you to pick an element.",
)
def cancelled_pick(doc, DB, tools):
    from Autodesk.Revit.UI.Selection import ObjectType

    return attempt(
        tools.uidoc.Selection.PickObject, ObjectType.Element, "Behaviour check: press Esc"
    )


@behaviour(
    "33.2",
    "A list of pyRevit that the user closes gives None, not an empty list",
    "https://docs.pyrevitlabs.io/reference/pyrevit/forms/",
    "None",
    asks="Close the list without a choice.",
)
def cancelled_list(doc, DB, tools):
    return "{}".format(
        tools.forms.SelectFromList.show(
            ["Close this window"], title="Behaviour check", multiselect=True
        )
    )
