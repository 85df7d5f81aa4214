"""Runs an observation of the table of behaviours in the simulated Revit, as a script there."""

from functools import cache

from revitron_grpc.simulation.answers import Answers, Cancel
from revitron_grpc.simulation.library_sources import read_library
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.session import Session
from revitron_grpc.vocabulary import Engine
from tests.simulation.behaviour_model import behaviour_model
from tests.simulation.behaviour_table import LIBRARY
from tests.simulation.pyrevit_run import api_of

_SCRIPT = """\
from pyrevit import DB, forms, revit
from revit_behaviours import replay
from revit_behaviours.tools import Tools

tools = Tools(revit.doc, DB, revit.uidoc, forms)
rows = [row for row in replay.rows_for(tools.version) if row.number == {number!r}]
found = replay.observed(rows[0], tools)
verdict, seen = found.verdict, found.observed
"""


@cache
def _sources() -> dict[str, str]:
    return {
        name: source
        for name, source in read_library([LIBRARY]).items()
        if name.startswith("revit_behaviours")
    }


def observe(
    number: str, version: int, engine: Engine = Engine.IRONPYTHON_27, *, workshared: bool = False
) -> RunResult:
    """Run one observation; `verdict` and `seen` are among the variables of the result."""
    database = behaviour_model(workshared=workshared)
    session = Session(
        api=api_of(version, engine),
        database=database,
        answers=Answers([Cancel()]),
        sources=_sources(),
    )
    return run_script(session, _SCRIPT.format(number=number))
