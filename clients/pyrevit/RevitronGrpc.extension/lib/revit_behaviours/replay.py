# -*- coding: utf-8 -*-
"""Run the observations on an open document, each undone at its end, and write what differs."""

import io
import json
import sys

from revit_behaviours.areas import behaviours
from revit_behaviours.tools import NotApplicable, Tools, error_name

AS_EXPECTED, DIFFERS = "as expected", "differs"
NOT_APPLICABLE, NOT_DECIDED = "not applicable", "not decided yet"

_COLUMNS = ("number", "title", "verdict", "expected", "observed", "source")


class Result(object):
    """What came of one row of the table."""

    def __init__(self, row, verdict, observed):
        self.row = row
        self.verdict = verdict
        self.observed = observed

    @property
    def worth_telling(self):
        """Whether those who look after the table should hear of it."""
        return self.verdict in (DIFFERS, NOT_DECIDED)

    def cells(self):
        """Return its texts in the order of the columns."""
        expected = "" if self.row.expected is None else self.row.expected
        return [
            self.row.number,
            self.row.title,
            self.verdict,
            expected,
            self.observed,
            self.row.source,
        ]


def rows_for(version):
    """Return the rows that concern a Revit version, in order."""
    return [row for row in behaviours() if row.concerns(version)]


def observed(row, tools):
    """Return a result for one row; the document is as before."""
    tools.group("Behaviour " + row.number)
    try:
        seen = row.observe(tools.doc, tools.DB, tools)
    except NotApplicable as stop:
        return Result(row, NOT_APPLICABLE, "The document does not hold " + stop.missing + ".")
    except Exception as error:
        return Result(row, DIFFERS, "{}: {}".format(error_name(error), error))
    finally:
        tools.close_all()
    if row.expected is None:
        return Result(row, NOT_DECIDED, seen)
    return Result(row, AS_EXPECTED if seen == row.expected else DIFFERS, seen)


def replay(doc, DB, uidoc, forms, on_progress):
    """Return the results of all rows for this Revit.

    `on_progress(done, of)` is called before each row, and returns False to stop.
    """
    tools = Tools(doc, DB, uidoc, forms)
    rows = rows_for(tools.version)
    results = []
    for done, row in enumerate(rows):
        if on_progress(done, len(rows)) is False:
            break
        if row.asks:
            forms.alert(row.asks, title="Check behaviours", warn_icon=False)
        results.append(observed(row, tools))
    return results


def about(application):
    """Return what the results depend on: version, build and language of Revit, and the engine."""
    engine = "{} {}.{}".format(
        "IronPython" if sys.platform == "cli" else sys.platform, *sys.version_info[:2]
    )
    return {
        "revit": "{}".format(application.VersionNumber),
        "build": "{}".format(application.VersionBuild),
        "language": "{}".format(application.Language),
        "engine": engine,
    }


def _quoted(text):
    return '"' + text.replace('"', '""') + '"'


def as_csv(results, circumstances):
    """Return the results worth telling as CSV, the circumstances in each line."""
    names = sorted(circumstances)
    lines = [names + list(_COLUMNS)]
    for result in results:
        if result.worth_telling:
            lines.append([circumstances[name] for name in names] + result.cells())
    return "\r\n".join(",".join(_quoted(cell) for cell in line) for line in lines) + "\r\n"


def as_json(results, circumstances):
    """Return the same as JSON, with the number of results by verdict."""
    counts = {}
    for result in results:
        counts[result.verdict] = counts.get(result.verdict, 0) + 1
    found = dict(circumstances)
    found["counts"] = counts
    told = [result for result in results if result.worth_telling]
    # Python 2 has no strict zip.
    found["results"] = [dict(zip(_COLUMNS, result.cells())) for result in told]  # noqa: B905
    return "{}\n".format(json.dumps(found, indent=2, sort_keys=True))


def write(path, results, circumstances):
    """Write the results worth telling, as JSON where the name says so, else as CSV."""
    make = as_json if path.lower().endswith(".json") else as_csv
    with io.open(path, "w", encoding="utf-8", newline="") as file:
        file.write(make(results, circumstances))
