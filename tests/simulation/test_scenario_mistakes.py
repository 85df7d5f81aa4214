"""A scenario that asks for what is not there is not proven, and says what it should ask for."""

from typing import Any

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.recipes.scenario import Scenario
from revitron_grpc.simulation.apis import RevitApis
from revitron_grpc.simulation.proof import Proof, prove
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.vocabulary import Engine, RevitVersion

SAMPLES = SampleModels()
API = RevitApis(packaged_catalog()).get(RevitVersion(2026), Engine.IRONPYTHON_34)
SCRIPT = "from pyrevit import forms\nforms.alert('Nothing to do.')\n"


def proof_of(**changes: Any) -> Proof:
    told = {
        "id": "nothing",
        "shows": "A message says that there is nothing to do.",
        "proves": "nothing",
        "model": "small-house",
        "expect": {"says": ["Nothing to do"]},
    }
    return prove(Scenario.model_validate(told | changes), SCRIPT, API, SAMPLES)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"model": "smal-house"}, "there is no sample model 'smal-house'; there are"),
        ({"selection": ["dor-1"]}, "small-house does not have dor-1; did you mean door-1?"),
        ({"active_view": "plan-9"}, "small-house does not have plan-9"),
        ({"set": {"door-1": {"NO_SUCH": 1}}}, "no parameter 'NO_SUCH'"),
        ({"answers": [{"chose": "x"}]}, "answers"),
    ],
)
def test_what_is_not_there_is_told(changes: dict[str, Any], said: str) -> None:
    proof = proof_of(**changes)
    assert not proof.proven
    assert said in "; ".join(proof.failures)


def test_the_model_is_fit_for_the_next_scenario() -> None:
    assert not proof_of(set={"door-1": {"ALL_MODEL_MARK": "9"}, "dor-2": {}}).proven
    after = proof_of()
    assert after.proven, after.failures


LISTING = """
from pyrevit import DB, revit, script
doors = DB.FilteredElementCollector(revit.doc).OfCategory(DB.BuiltInCategory.OST_Doors)
ids = list(doors.WhereElementIsNotElementType().ToElementIds())[:2]
output = script.get_output()
output.print_table([[output.linkify(ids[0]), output.linkify(ids), "x"]], title="Doors")
"""


@pytest.mark.parametrize(("second", "proven"), [("@door-1, @door-2", True), ("@door-2", False)])
def test_linked_ids_in_tables_go_by_handle(second: str, proven: bool) -> None:
    told = {
        "id": "doors",
        "shows": "A table lists the first two doors.",
        "proves": "effect",
        "model": "small-house",
        "expect": {"tables": [{"exactly": [["@door-1", second, "x"]]}]},
    }
    assert prove(Scenario.model_validate(told), LISTING, API, SAMPLES).proven is proven


REMEMBERING = """
from pyrevit import forms, script
config = script.get_config()
config.set_option("limit", config.get_option("limit", 2) + 1)
{save}
forms.alert("Nothing to do.")
"""


@pytest.mark.parametrize(
    ("save", "limit", "said"),
    [
        ("script.save_config()", 6, ""),
        ("script.save_config()", 5, "remembers 6 as Limit, expected 5"),
        ("pass", 6, "remembers 5 as Limit, expected 6"),
    ],
)
def test_what_the_button_saves_is_compared(save: str, limit: int, said: str) -> None:
    told = {
        "id": "remembers",
        "shows": "The limit is remembered.",
        "proves": "nothing",
        "model": "small-house",
        "config": {"limit": 5},
        "expect": {"says": ["Nothing to do"], "remembered": {"Limit": limit}},
    }
    proof = prove(Scenario.model_validate(told), REMEMBERING.format(save=save), API, SAMPLES)
    assert "; ".join(proof.failures) == said
