"""A recipe on Revitron does what it does on pyRevit: shows, writes and selects the same."""

import ntpath
from collections.abc import Iterator
from typing import Any

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.answers import (
    Answer,
    Answers,
    Cancel,
    Choose,
    ChooseFile,
    Dialog,
    Press,
    Tick,
    TypeText,
)
from revitron_grpc.simulation.apis import RevitApis
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.simulation.session import Session
from revitron_grpc.simulation.virtual_files import SCRIPT_PATH, VirtualFiles
from revitron_grpc.vocabulary import Engine, Library, RevitVersion
from tests.recipes.rendered import SCRIPTS, Rendered

APIS = RevitApis(packaged_catalog())
SAMPLES = SampleModels()


def pairs() -> Iterator[tuple[Rendered, Rendered]]:
    """The first and the last variant of each recipe that has both flavours."""
    found: dict[str, dict[str, dict[Library, Rendered]]] = {}
    for one in SCRIPTS:
        variants = found.setdefault(one.candidate.loaded.id, {})
        variants.setdefault(one.candidate.key, {})[one.flavour] = one
    for variants in found.values():
        keys = list(variants)
        for key in dict.fromkeys((keys[0], keys[-1])):
            if Library.REVITRON in variants[key]:
                yield variants[key][Library.PYREVIT], variants[key][Library.REVITRON]


PAIRS = list(pairs())


class WillingUser(Answers):
    """Takes the first that is offered, ticks all, says yes; closes the dialog number `ends_at`."""

    def __init__(self, ends_at: int) -> None:
        super().__init__()
        self._ends_at = ends_at
        self._asked = 0

    def take(self, dialog: Dialog, *accepted: Any) -> Any:
        self._asked += 1
        if self._asked == self._ends_at or not accepted:
            return Cancel()
        offered: dict[type, Answer] = {
            Tick: Tick("all"),
            TypeText: TypeText("1"),
            ChooseFile: ChooseFile(("table.csv",)),
        }
        if dialog.choices:
            offered |= {Choose: Choose(dialog.choices[0]), Press: Press(dialog.choices[0])}
        return next((offered[kind] for kind in accepted if kind in offered), Cancel())


def seen(result: RunResult) -> list[Any]:
    """What one run came to, to be compared."""
    outcome, changes = result.outcome, result.changes
    return [
        result.error,
        outcome.messages,
        outcome.output,
        outcome.log,
        [one.describe() for one in outcome.dialogs],
        outcome.files,
        outcome.selection,
        changes.transactions,
        [record.handle for record in (*changes.created, *changes.deleted)],
        [(one.record.id, one.data, one.values) for one in changes.changed],
    ]


def run(one: Rendered, model: str, engine: Engine, ends_at: int, select: bool = False) -> RunResult:
    with SAMPLES.lent(model) as database:
        placed = [r.id for r in database.elements.values() if not r.data.get("is_type")]
        session = Session(
            api=APIS.get(RevitVersion(2024), engine),
            database=database,
            answers=WillingUser(ends_at),
            files=VirtualFiles(
                {
                    ntpath.join(ntpath.dirname(SCRIPT_PATH), file.name): file.content
                    for file in one.candidate.loaded.files
                }
            ),
            selection=placed[::2] if select else [],
        )
        return run_script(session, one.script)


@pytest.mark.parametrize("pair", PAIRS, ids=[one.candidate.key for one, _ in PAIRS])
def test_both_do_the_same(pair: tuple[Rendered, Rendered]) -> None:
    for model in ("empty-project", "small-house", "small-house-second", "office-floor"):
        for ends_at in (0, 2):
            first, second = (run(one, model, Engine.IRONPYTHON_27, ends_at) for one in pair)
            if not (first.unknown or second.unknown):
                assert seen(second) == seen(first), f"{model}, dialog {ends_at} closed"


def test_what_is_compared_shows_tables_writes_and_selects() -> None:
    results = [run(other, "small-house", Engine.IRONPYTHON_27, 0) for _, other in PAIRS]
    assert sum(bool(one.outcome.tables) for one in results) >= 8
    assert any(one.changes.changed for one in results)
    assert any(one.outcome.selection for one in results)
