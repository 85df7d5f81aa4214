# -*- coding: utf-8 -*-
"""The table of behaviours: each is a function that looks at Revit, with what it should see."""

# A source that is no page: what people who work with Revit know, found in no page by us.
FIELD = "field knowledge"

# Expected of a behaviour that no source decides: a replay in Revit writes down what it sees.
UNDECIDED = None

_PAGE = "https://www.revitapidocs.com/2025/{}.htm"


def page(guid):
    """Return the address of a page of the Revit 2025 API documentation."""
    return _PAGE.format(guid)


class Behaviour(object):
    """One row: its number is that of the behaviour and, after the dot, of the check.

    `expected` is what `observe(doc, DB, tools)` should return in the versions from `since` until
    `until`, both included. `needs` says what the document must hold that cannot be made here;
    `asks` what the user is asked to do meanwhile.
    """

    def __init__(self, number, title, source, expected, since, until, needs, asks, observe):
        self.number = number
        self.title = title
        self.source = source
        self.expected = expected
        self.since = since
        self.until = until
        self.needs = needs
        self.asks = asks
        self.observe = observe

    @property
    def area(self):
        """Return the area of Revit that it belongs to."""
        return self.observe.__module__.split(".")[-1]

    def concerns(self, version):
        """Say whether the row is about this Revit version, an integer."""
        return self.since <= version <= self.until


TABLE = []


def behaviour(number, title, source, expected, since=2022, until=9999, needs="", asks=""):
    """Put the function below into the table."""

    def register(observe):
        TABLE.append(Behaviour(number, title, source, expected, since, until, needs, asks, observe))
        return observe

    return register


def sort_key(row):
    """Return what rows are sorted by: 2.10 comes after 2.9."""
    return [int(part) for part in row.number.split(".")]
