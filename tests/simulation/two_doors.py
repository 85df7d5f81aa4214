"""A small model for the tests of filters and of Revitron, and a run of a script in it."""

import textwrap

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.apis import RevitApis
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.vectors import XYZ
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.session import Session
from revitron_grpc.vocabulary import Engine, RevitVersion

APIS = RevitApis(packaged_catalog())


def model(language: str = "en") -> Database:
    """A project with two doors of one type, a room and a sheet with a plan."""
    builder = ModelBuilder("Test", language=language, metric=True)
    start(builder)
    level = builder.database.by_handle("level-1")
    kind = builder.add_type(
        "FamilySymbol", "door-type", "OST_Doors", "Single", "900", values={"FIRE_RATING": "T30"}
    )
    for number, mark in ((1, "A1"), (2, "B2")):
        builder.add(
            "FamilyInstance",
            f"door-{number}",
            "OST_Doors",
            name="900",
            type=kind,
            level=level,
            point=XYZ(m(number), 0.0, 0.0),
            values={"ALL_MODEL_MARK": mark, "INSTANCE_SILL_HEIGHT_PARAM": float(number)},
        )
    builder.add(
        "Architecture.Room",
        "room",
        "OST_Rooms",
        name="Office",
        level=level,
        point=XYZ(1.0, 1.0, 0.0),
        values={"ROOM_NAME": "Office", "ROOM_NUMBER": "101"},
    )
    plan = builder.database.by_handle("plan-1")
    builder.add(
        "ViewSheet",
        "sheet",
        "OST_Sheets",
        name="Plans",
        number="A-1",
        placed=(plan,),
    )
    return builder.finish()


def run(
    script: str,
    database: Database | None = None,
    *,
    version: int = 2024,
    engine: Engine = Engine.IRONPYTHON_27,
    selected: tuple[str, ...] = (),
    before: str = "import revitron\nfrom revitron import _\n",
) -> RunResult:
    database = database or model()
    session = Session(
        api=APIS.get(RevitVersion(version), engine),
        database=database,
        selection=[database.by_handle(handle).id for handle in selected],
    )
    return run_script(session, before + textwrap.dedent(script))
