# -*- coding: utf-8 -*-
"""Replay the table of behaviours on a detached copy, show it, and write what differs."""

from pyrevit import DB, HOST_APP, forms, revit, script
from revit_behaviours import replay

TITLE = "Check behaviours"
QUESTION = "Is this model a detached copy that nobody needs?"
ADVICE = (
    "The check creates, changes and deletes elements and undoes each step. "
    "It takes some minutes. Twice it asks you to cancel something."
)


def allowed(doc):
    """Whether the check may run here; says why not."""
    if doc is None or doc.IsFamilyDocument:
        forms.alert("Open a project: families have no rooms, sheets and phases.", title=TITLE)
        return False
    if doc.IsReadOnly:
        forms.alert("This document is read-only, so nothing can be tried in it.", title=TITLE)
        return False
    return forms.alert(QUESTION, title=TITLE, sub_msg=ADVICE, yes=True, no=True)


def replayed():
    """Return the results; those so far where the user stops it."""
    with forms.ProgressBar(title="{value} of {max_value}", cancellable=True) as bar:

        def show(done, of):
            bar.update_progress(done, of)
            return not bar.cancelled

        return replay.replay(revit.doc, DB, revit.uidoc, forms, show)


def show(results):
    """Print how many are as expected, and a table of the others."""
    output = script.get_output()
    others = [result for result in results if result.verdict != replay.AS_EXPECTED]
    output.print_md(
        "**{} of {} behaviours as expected.**".format(len(results) - len(others), len(results))
    )
    if others:
        output.print_table(
            [
                [result.row.number, result.row.title, result.verdict]
                + [text.replace("|", "/").replace("\n", " ") for text in result.cells()[3:5]]
                for result in others
            ],
            columns=["Number", "Behaviour", "Verdict", "Expected", "Observed"],
        )


def main():
    if not allowed(revit.doc):
        return
    results = replayed()
    show(results)
    if not any(result.worth_telling for result in results):
        forms.alert("Nothing differs; there is nothing to export.", title=TITLE, warn_icon=False)
        return
    path = forms.save_file(file_ext="csv", default_name="behaviours-{}".format(HOST_APP.version))
    if path:
        replay.write(path, results, replay.about(HOST_APP.app))


main()
