"""Runs small scripts in a simulated Revit with an empty project open."""

from functools import cache
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.answers import Answers, read_answers
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.models import SAMPLE_MODELS
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.session import Session
from revitron_grpc.vocabulary import Engine, RevitVersion

HEAD = "from pyrevit import DB, UI, EXEC_PARAMS, HOST_APP, forms, revit, script\n"


@cache
def api_of(version: int = 2024, engine: Engine = Engine.IRONPYTHON_27) -> RevitApi:
    """Return the API of one Revit, made once for all tests."""
    return RevitApi(packaged_catalog(), RevitVersion(version), engine)


def a_session(*answers: object, **options: Any) -> Session:
    """Return a Revit with an empty project: views `plan-1` and `plan-2`, levels."""
    return Session(
        api=options.pop("api", None) or api_of(),
        database=SAMPLE_MODELS["empty-project"](),
        answers=Answers(read_answers(list(answers))),
        **options,
    )


def run(source: str, *answers: object, **options: Any) -> RunResult:
    """Run a script that must end without an error."""
    result = run_script(a_session(*answers, **options), HEAD + source)
    assert result.error == "", result.trace
    assert result.unknown == "", result.trace
    return result


def failing(source: str, *answers: object, **options: Any) -> str:
    """Run a script that must fail, and return with what."""
    result = run_script(a_session(*answers, **options), HEAD + source)
    return result.error or result.unknown


def value(source: str, *answers: object, **options: Any) -> Any:
    """Run a script and return what it left in `result`."""
    return run(source, *answers, **options).variables["result"]
