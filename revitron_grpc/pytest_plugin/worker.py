"""The process of one button: build the model, run the script, tell what it did."""

import ntpath
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.pytest_plugin.button_run import ButtonRun
from revitron_grpc.pytest_plugin.model import RevitModel
from revitron_grpc.simulation.answers import Answers, answer_text, read_answers
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.observed import (
    changed_values,
    handle_of,
    simple_class,
    written_texts,
)
from revitron_grpc.simulation.proof import prepare
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.simulation.session import Session
from revitron_grpc.simulation.virtual_files import VirtualFiles
from revitron_grpc.vocabulary import Engine, RevitVersion


def run_order(
    script: str,
    sources: dict[str, str],
    files: dict[str, bytes],
    model: RevitModel,
    answers: list[dict[str, Any]],
    config: dict[str, Any],
    *,
    shift_click: bool,
) -> ButtonRun:
    """Run a script; raises `KeyError` for a handle, parameter or model that does not exist."""
    api = RevitApi(packaged_catalog(), RevitVersion(model.revit), Engine(model.engine))
    held = VirtualFiles()
    beside = ntpath.dirname(held.script_path)
    for name, content in files.items():
        held.write(ntpath.join(beside, name), content)
        held.write(name, content)
    with SampleModels().lent(model.sample) as database:
        prepare(database, model.changes, model.active_view)
        session = Session(
            api=api,
            database=database,
            answers=Answers(read_answers(answers)),
            files=held,
            selection=[database.by_handle(handle).id for handle in model.selection],
            remembered=config,
            sources=sources,
            shift_click=shift_click,
        )
        return _told(run_script(session, script), database)


def _told(result: RunResult, database: Any) -> ButtonRun:
    changes, outcome = result.changes, result.outcome
    created: dict[str, int] = {}
    for record in changes.created:
        created[simple_class(record)] = created.get(simple_class(record), 0) + 1
    return ButtonRun(
        changed={c.record.handle: changed_values(database, c) for c in changes.changed},
        created=created,
        deleted=sorted(record.handle for record in changes.deleted),
        selected=[handle_of(database, number) for number in outcome.selection],
        transactions=list(changes.transactions),
        messages=[message.text for message in outcome.messages],
        output="\n".join(outcome.texts[len(outcome.messages) :]),
        tables=[[list(row) for row in table.rows] for table in outcome.tables],
        files=written_texts(outcome),
        unused_answers=[answer_text(answer) for answer in outcome.unused_answers],
        error=result.error,
        unknown=result.unknown,
        trace=result.trace,
    )
