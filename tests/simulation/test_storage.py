"""Extensible storage: what is kept, what is refused, what a roll-back takes away."""

from typing import Any

import pytest

from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.session import Session
from tests.simulation.behaviour_model import behaviour_model
from tests.simulation.pyrevit_run import api_of

HEAD = """\
from pyrevit import DB, revit
from System import Guid, Int32, String
from Autodesk.Revit.DB.ExtensibleStorage import DataStorage, Entity, Schema, SchemaBuilder
doc = revit.doc
ID = Guid("3f0c7c52-8a1e-4f0b-9d5c-6f2f6a5b1c47")
def schema_with(*fields):
    builder = SchemaBuilder(ID)
    builder.SetSchemaName("Notes")
    for field in fields:
        builder.AddSimpleField(field, String)
    return builder.Finish()
absent = Schema.Lookup(ID)
schema = schema_with("Text", "More")
entity = Entity(schema)
transaction = DB.Transaction(doc, "Keep")
"""


def run(source: str) -> RunResult:
    session = Session(api=api_of(2025), database=behaviour_model(workshared=False))
    result = run_script(session, HEAD + source)
    assert result.unknown == "", result.trace
    return result


def test_an_entity_is_a_copy_until_it_is_set() -> None:
    source = """
transaction.Start()
storage = DataStorage.Create(doc)
entity.Set[String]("Text", "first")
storage.SetEntity(entity)
entity.Set[String]("Text", "second")
transaction.Commit()
held = storage.GetEntity(schema)
result = [absent, Schema.Lookup(ID).SchemaName, held.Get[String]("Text"), held.Get[String]("More"),
          storage.GetEntitySchemaGuids()[0] == ID]
"""
    assert run(source).variables["result"] == [None, "Notes", "first", "", True]


def test_a_roll_back_takes_the_entity_away() -> None:
    source = """
level = DB.FilteredElementCollector(doc).OfClass(DB.Level).FirstElement()
transaction.Start()
level.SetEntity(entity)
during = level.GetEntity(schema).IsValid()
transaction.RollBack()
result = [during, level.GetEntity(schema).IsValid()]
"""
    assert run(source).variables["result"] == [True, False]


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ('entity.Get[String]("Else")', "The field Else is not in the Schema"),
        ('entity.Get[Int32]("Text")', "does not match"),
        ('entity.Set[String]("Text", 5)', "expected String, got int"),
        ('schema_with("Other")', "A different Schema"),
        ('schema_with("Two words")', "not acceptable"),
        ("doc.ProjectInformation.SetEntity(entity)", "outside of transaction"),
    ],
)
def test_what_revit_refuses(source: str, refusal: str) -> None:
    result: Any = run(source)
    assert refusal in result.error
