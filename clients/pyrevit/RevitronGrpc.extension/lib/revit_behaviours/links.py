# -*- coding: utf-8 -*-
"""Linked documents."""

from revit_behaviours.table import behaviour, page
from revit_behaviours.tools import attempt

_LINK_DOCUMENT = page("6f81c365-15d9-06b8-48ef-df84914fec60")


def _linked(DB, tools):
    """Return the document of a loaded link."""
    for instance in tools.elements(DB.RevitLinkInstance):
        document = instance.GetLinkDocument()
        if document is not None:
            return document
    return tools.missing("a loaded link")


@behaviour(
    "6.1",
    "No transaction can be made for a linked document",
    page("36a9e161-5943-3a7d-b022-a2779185d02c"),
    "IsLinked: True, raises ArgumentException",
    needs="a loaded link",
)
def transaction_in_link(doc, DB, tools):
    linked = _linked(DB, tools)
    return "IsLinked: {}, {}".format(linked.IsLinked, attempt(DB.Transaction, linked, "Behaviour"))


@behaviour(
    "42.1",
    "A link that is not loaded has no document",
    _LINK_DOCUMENT,
    "None",
    needs="a link that is not loaded",
)
def unloaded_link(doc, DB, tools):
    for instance in tools.elements(DB.RevitLinkInstance):
        if not DB.RevitLinkType.IsLoaded(doc, instance.GetTypeId()):
            return "{}".format(instance.GetLinkDocument())
    return tools.missing("a link that is not loaded")


@behaviour(
    "42.2",
    "Elements of a link cannot be changed, not even in a transaction of the host",
    page("af884262-3ba2-b0a0-d7ef-f0a49c1bf1bc"),
    "raises ModificationOutsideTransactionException",
    needs="a loaded link",
)
def change_in_link(doc, DB, tools):
    linked = _linked(DB, tools)
    with tools.changes():
        return attempt(DB.Level.Create, linked, 5000.0)


@behaviour(
    "42.3",
    "A link instance and the document it shows have elements of their own",
    page("44f3f7b1-3229-3404-93c9-dc5e70337dd6"),
    "of the link: True, of the host: False",
    needs="a loaded link",
)
def ids_of_link(doc, DB, tools):
    linked = _linked(DB, tools)
    with tools.changes():
        level = tools.level()
        found = DB.FilteredElementCollector(linked).OfClass(DB.Level)
        names = {one.UniqueId for one in found}
        own = [one.Document.Equals(linked) for one in found]
        return "of the link: {}, of the host: {}".format(all(own), level.UniqueId in names)
