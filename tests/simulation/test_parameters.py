"""Parameters as Revit has them: behaviours 18 to 22, 24, 25 and 28."""

import functools
import math
from collections.abc import Iterator
from typing import Any

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.errors import NotSimulated, revit_exception
from revitron_grpc.simulation.models.builder import ModelBuilder, mm
from revitron_grpc.simulation.parameter_table import number_of
from revitron_grpc.simulation.revit.documents import Document
from revitron_grpc.simulation.revit.parameters import value_of
from revitron_grpc.simulation.revit.worksharing import WorksetFacts
from revitron_grpc.simulation.session import Session, opened
from revitron_grpc.vocabulary import Engine, RevitVersion

SHARED = "0f1c2d3e-4b5a-4697-8899-aabbccddeeff"


@functools.cache
def revit(version: int = 2025) -> RevitApi:
    return RevitApi(packaged_catalog(), RevitVersion(version), Engine.IRONPYTHON_27)


class Model:
    """A wall, its type, a door and a room; opened by one version of Revit."""

    def __init__(self, *, german: bool = False, version: int = 2025) -> None:
        build = ModelBuilder("Test", language="de" if german else "en", metric=german)
        build.add("Level", "level", "OST_Levels", name="Level 1")
        build.add("Level", "upper", "OST_Levels", name="Level 2")
        build.add_type("WallType", "wall_type", "OST_Walls", "Basic Wall", "Brick")
        build.add_type("WallType", "other_type", "OST_Walls", "Basic Wall", "Stone")
        build.add_type("FamilySymbol", "door_type", "OST_Doors", "Single", "900 x 2100")
        build.set(build.database.by_handle("door_type"), "DOOR_WIDTH", mm(900))
        build.add(
            "Wall",
            "wall",
            "OST_Walls",
            {"WALL_USER_HEIGHT_PARAM": 10.5, "WALL_ATTR_ROOM_BOUNDING": 1},
            type=build.database.by_handle("wall_type"),
            level=build.database.by_handle("level"),
        )
        build.add("FamilyInstance", "door", "OST_Doors", type=build.database.by_handle("door_type"))
        build.add(
            "SharedParameterElement",
            "zone",
            name="Zone",
            spec="String.Text",
            shared_guid=SHARED,
            categories=("OST_Walls", "OST_Doors"),
            instance=True,
        )
        build.add(
            "ParameterElement",
            "load",
            name="Load",
            spec="ElectricalPower",
            categories=("OST_Doors",),
            instance=False,
        )
        self.database = build.finish()
        self.api = revit(version)
        self.document: Any = self.api.promote(Document.of(self.database, None))
        self.session = Session(self.api, self.database)
        self.DB: Any = self.api.DB

    def element(self, handle: str) -> Any:
        return self.document.GetElement(self.DB.ElementId(self.database.by_handle(handle).id))

    def get(self, handle: str, name: str) -> Any:
        return self.element(handle).get_Parameter(getattr(self.DB.BuiltInParameter, name))

    def change(self) -> None:
        self.database.transaction = "Test"


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()
    with opened(made.session):
        yield made


@pytest.fixture
def german() -> Iterator[Model]:
    made = Model(german=True)
    with opened(made.session):
        yield made


# Behaviour 18: field knowledge.
def test_a_type_parameter_is_not_on_the_instance(model: Model) -> None:
    assert model.get("door", "DOOR_WIDTH") is None
    assert model.get("door_type", "DOOR_WIDTH").AsDouble() == pytest.approx(mm(900))
    assert model.get("wall", "INSTANCE_SILL_HEIGHT_PARAM") is None


# Behaviour 19: pages of Element.LookupParameter and Element.GetParameters.
def test_a_name_is_looked_up_in_the_language_of_the_document(model: Model, german: Model) -> None:
    assert model.element("wall").LookupParameter("Mark") is not None
    assert model.element("wall").LookupParameter("mark") is None
    assert german.element("wall").LookupParameter("Mark") is None
    assert german.element("wall").LookupParameter("Kennzeichen").Definition.Name == "Kennzeichen"
    assert len(list(model.element("wall").GetParameters("Area"))) == 1
    assert len(list(model.element("wall").GetParameters("no such"))) == 0


def test_a_shared_parameter_is_found_by_guid_definition_and_name(model: Model) -> None:
    from revitron_grpc.simulation.net.values import Guid

    wall = model.element("wall")
    by_name = wall.LookupParameter("Zone")
    assert by_name.IsShared
    assert str(by_name.GUID) == SHARED
    assert wall.get_Parameter(Guid(SHARED)).Id == by_name.Id
    assert wall.get_Parameter(by_name.Definition).Id == by_name.Id
    assert model.element("door_type").LookupParameter("Zone") is None
    assert model.element("wall_type").LookupParameter("Load") is None
    assert model.element("door_type").LookupParameter("Load").StorageType.name == "Double"


def test_a_built_in_parameter_has_no_guid(model: Model) -> None:
    mark = model.get("wall", "ALL_MODEL_MARK")
    assert not mark.IsShared
    with pytest.raises(revit_exception("InvalidOperationException")):
        _ = mark.GUID


# Behaviour 20: field knowledge, and the page of Parameter.AsString.
def test_a_text_never_filled_is_none_and_one_emptied_is_empty(model: Model) -> None:
    mark = model.get("wall", "ALL_MODEL_MARK")
    assert mark.AsString() is None
    assert mark.AsValueString() is None
    assert not mark.HasValue
    model.change()
    assert mark.Set("") is True
    assert mark.AsString() == ""
    assert mark.HasValue
    assert mark.Set("W1") is True
    assert mark.AsString() == "W1"


# Behaviour 20: no source says what Revit returns, so nothing is guessed.
def test_what_is_stored_otherwise_is_not_guessed(model: Model) -> None:
    height = model.get("wall", "WALL_USER_HEIGHT_PARAM")
    assert height.AsDouble() == 10.5
    assert height.AsString() is None
    for read in (
        height.AsInteger,
        height.AsElementId,
        model.get("wall", "ALL_MODEL_MARK").AsDouble,
    ):
        with pytest.raises(NotSimulated):
            read()


# Behaviour 21: the developer guide says that Set returns whether the value was changed.
@pytest.mark.parametrize("value", [10, True, "10"])
def test_a_value_of_another_type_changes_nothing(model: Model, value: object) -> None:
    model.change()
    height = model.get("wall", "WALL_USER_HEIGHT_PARAM")
    assert height.Set(value) is False
    assert height.AsDouble() == 10.5
    assert height.Set(12.0) is True
    assert height.AsDouble() == 12.0


def test_none_fits_two_overloads(model: Model) -> None:
    model.change()
    with pytest.raises(TypeError, match="Multiple targets could match"):
        model.get("wall", "ALL_MODEL_MARK").Set(None)


def test_what_is_read_only_is_refused(model: Model) -> None:
    model.change()
    area = model.get("wall", "HOST_AREA_COMPUTED")
    assert area.IsReadOnly
    with pytest.raises(revit_exception("InvalidOperationException")):
        area.Set(5.0)


def test_setting_needs_a_transaction(model: Model) -> None:
    with pytest.raises(revit_exception("ModificationOutsideTransactionException")):
        model.get("wall", "ALL_MODEL_MARK").Set("W1")


def test_an_id_must_be_of_an_element(model: Model) -> None:
    model.change()
    top = model.get("wall", "WALL_HEIGHT_TYPE")
    with pytest.raises(revit_exception("ArgumentException")):
        top.Set(model.DB.ElementId(99))
    assert top.Set(model.element("upper").Id) is True
    assert top.AsElementId() == model.element("upper").Id
    assert top.AsValueString() == "Level 2"


# Behaviour 22: page of Parameter.AsValueString; texts as in unit tests of formats.
def test_a_value_is_shown_in_the_units_of_the_project(model: Model, german: Model) -> None:
    assert model.get("wall", "WALL_USER_HEIGHT_PARAM").AsValueString() == "10' - 6\""
    assert german.get("wall", "WALL_USER_HEIGHT_PARAM").AsValueString() == "3200"
    german.change()
    height = german.get("wall", "WALL_USER_HEIGHT_PARAM")
    assert height.SetValueString("2,5 m") is True
    assert height.AsDouble() == pytest.approx(mm(2500))
    assert height.SetValueString("high") is False
    assert height.GetUnitTypeId() == german.DB.UnitTypeId.Millimeters


def test_yes_and_no_are_integers_with_words(model: Model, german: Model) -> None:
    bounding = model.get("wall", "WALL_ATTR_ROOM_BOUNDING")
    assert bounding.StorageType.name == "Integer"
    assert bounding.AsInteger() == 1
    assert bounding.AsValueString() == "Yes"
    assert german.get("wall", "WALL_ATTR_ROOM_BOUNDING").AsValueString() == "Ja"
    assert bounding.Definition.GetDataType() == model.DB.SpecTypeId.Boolean.YesNo


# Behaviour 24: field knowledge.
def test_the_workset_is_an_integer_parameter(model: Model) -> None:
    workset = model.get("wall", "ELEM_PARTITION_PARAM")
    assert workset.StorageType.name == "Integer"
    assert workset.IsReadOnly
    model.database.is_workshared = True
    model.database.settings["worksets"] = (WorksetFacts(7, "Shell"),)
    model.change()
    with pytest.raises(revit_exception("ArgumentException")):
        workset.Set(8)
    assert workset.Set(7) is True
    assert workset.AsValueString() == "Shell"
    assert model.database.by_handle("wall").data["workset"] == 7


def test_type_and_family_are_told_by_name(model: Model) -> None:
    both = model.get("wall", "ELEM_FAMILY_AND_TYPE_PARAM")
    assert both.AsElementId() == model.element("wall_type").Id
    assert both.AsValueString() == "Basic Wall: Brick"
    assert model.get("wall", "ELEM_FAMILY_PARAM").AsValueString() == "Basic Wall"
    assert model.get("wall", "ELEM_TYPE_PARAM").AsValueString() == "Brick"
    model.change()
    assert both.Set(model.element("other_type").Id) is True
    assert model.element("wall").GetTypeId() == model.element("other_type").Id
    with pytest.raises(revit_exception("ArgumentException")):
        both.Set(model.element("door_type").Id)


# Behaviour 25: the name parameters work where Name cannot be read.
def test_the_name_of_a_type_is_a_parameter(model: Model) -> None:
    assert model.get("wall_type", "SYMBOL_NAME_PARAM").AsString() == "Brick"
    assert model.get("wall_type", "ALL_MODEL_TYPE_NAME").AsString() == "Brick"
    assert model.get("wall_type", "SYMBOL_FAMILY_NAME_PARAM").AsString() == "Basic Wall"


def test_a_title_block_tells_the_name_of_its_sheet_and_not_its_own() -> None:
    build = ModelBuilder("Sheets")
    build.add("FamilyInstance", "frame", "OST_TitleBlocks", {"SHEET_NAME": "Plan"}, name="A1")
    build.add("ViewSheet", "sheet", "OST_Sheets", name="Section")
    database = build.finish()
    number = number_of(packaged_catalog(), "SHEET_NAME")
    assert number is not None
    assert value_of(database.by_handle("frame"), number) == "Plan"
    assert value_of(database.by_handle("sheet"), number) == "Section"


# Behaviour 28: the numbers of the API's enum.
@pytest.mark.parametrize(
    ("version", "name"), [(2025, "UNIFORMAT_CODE"), (2026, "ASSEMBLY_CODE"), (2024, "DOOR_WIDTH")]
)
def test_names_of_one_number_are_one_parameter(version: int, name: str) -> None:
    model = Model(version=version)
    with opened(model.session):
        found = model.get("door_type", name)
        assert found.Definition.BuiltInParameter == getattr(model.DB.BuiltInParameter, name)
        wide = model.get("door_type", "DOOR_WIDTH")
        assert wide.Id == model.get("door_type", "FURNITURE_WIDTH").Id


def test_a_built_in_parameter_that_nobody_described_is_not_guessed(model: Model) -> None:
    with pytest.raises(NotSimulated):
        model.get("wall", "ALIGNMENT_STATION_LABEL_DISTANCE")


def test_all_parameters_are_listed_by_name(model: Model) -> None:
    wall = model.element("wall")
    names = [one.Definition.Name for one in wall.GetOrderedParameters()]
    assert "Unconnected Height" in names
    assert names[-1] == "Zone"
    assert wall.Parameters.Size == len(names)
    assert sorted(one.Definition.Name for one in wall.Parameters) == sorted(names)
    assert wall.ParametersMap.Contains("Zone")


def test_a_level_is_shown_by_name_and_none_as_none(model: Model) -> None:
    assert model.get("wall", "WALL_BASE_CONSTRAINT").AsValueString() == "Level 1"
    assert model.get("wall", "PHASE_DEMOLISHED").AsValueString() == "None"


# Bindings: pages "Shared parameters" and "Project parameters" of the developer guide.


def test_bindings_are_told_with_their_categories(model: Model) -> None:
    places = {}
    iterator = model.document.ParameterBindings.ForwardIterator()
    while iterator.MoveNext():
        binding = iterator.Current
        places[iterator.Key.Name] = (
            isinstance(binding, model.DB.InstanceBinding),
            [category.Name for category in binding.Categories],
        )
    assert places == {"Zone": (True, ["Walls", "Doors"]), "Load": (False, ["Doors"])}


def test_a_binding_is_made_changed_and_taken_back(model: Model) -> None:
    db, bindings = model.DB, model.document.ParameterBindings
    definition = model.element("wall").LookupParameter("Zone").Definition
    doors = db.CategorySet()
    doors.Insert(model.element("door").Category)
    with pytest.raises(revit_exception("ModificationOutsideTransactionException")):
        bindings.ReInsert(definition, db.TypeBinding(doors))
    model.change()
    assert bindings.Insert(definition, db.InstanceBinding(doors)) is False
    assert bindings.ReInsert(definition, db.TypeBinding(doors), db.GroupTypeId.Text) is True
    assert model.element("wall").LookupParameter("Zone") is None
    assert model.element("door_type").LookupParameter("Zone") is not None
    assert bindings.get_Item(definition).Categories.Size == 1
    assert definition.GetGroupTypeId() == db.GroupTypeId.Text
    assert bindings.Remove(definition) is True
    assert not bindings.Contains(definition)


def test_a_definition_of_a_shared_parameter_file_is_bound(model: Model) -> None:
    from revitron_grpc.simulation.revit.shared_parameter_file import DefinitionFile

    guid = "11111111-2222-4333-8444-555555555555"
    text = f"*GROUP\tID\tNAME\nGROUP\t1\tRooms\nPARAM\t{guid}\tCode\tLENGTH\t\t1\t1\tA code\t1\t0\n"
    file: Any = model.api.promote(DefinitionFile.of("shared.txt", text))
    definition = file.Groups["Rooms"].Definitions["Code"]
    assert definition.GetDataType() == model.DB.SpecTypeId.Length
    walls = model.DB.CategorySet()
    walls.Insert(model.element("wall").Category)
    model.change()
    assert model.document.ParameterBindings.Insert(definition, model.DB.InstanceBinding(walls))
    with pytest.raises(revit_exception("ArgumentException")):
        model.DB.SharedParameterElement.Create(model.document, definition)
    code = model.element("wall").LookupParameter("Code")
    assert code.IsShared
    assert not code.HasValue
    assert code.Set(1.0) is True
    assert code.AsValueString() == "1' - 0\""


# Units as scripts see them. Behaviour 16: what is given is a copy.


def test_units_of_a_document_are_a_copy_until_set_back(model: Model) -> None:
    db = model.DB
    units = model.document.GetUnits()
    options = units.GetFormatOptions(db.SpecTypeId.Length)
    assert options.GetUnitTypeId() == db.UnitTypeId.FeetFractionalInches
    options.SetUnitTypeId(db.UnitTypeId.Meters)
    options.Accuracy = 0.01
    held = units.GetFormatOptions(db.SpecTypeId.Length)
    assert held.GetUnitTypeId() == db.UnitTypeId.FeetFractionalInches
    height = model.get("wall", "WALL_USER_HEIGHT_PARAM")
    assert height.AsValueString() == "10' - 6\""
    units.SetFormatOptions(db.SpecTypeId.Length, options)
    assert height.AsValueString() == "10' - 6\""
    model.change()
    model.document.SetUnits(units)
    assert height.AsValueString() == "3.20"
    model.database.undo_to(0)
    assert height.AsValueString() == "10' - 6\""


def test_units_are_converted_and_named(model: Model) -> None:
    db = model.DB
    metres = db.UnitTypeId.Meters
    assert db.UnitUtils.ConvertToInternalUnits(3.048, metres) == pytest.approx(10.0)
    assert db.UnitUtils.ConvertFromInternalUnits(10, metres) == pytest.approx(3.048)
    assert db.UnitUtils.Convert(1.0, metres, db.UnitTypeId.Millimeters) == pytest.approx(1000.0)
    assert db.LabelUtils.GetLabelForUnit(metres) == "Meters"
    assert db.LabelUtils.GetLabelForSpec(db.SpecTypeId.Area) == "Area"
    assert db.LabelUtils.GetLabelFor(db.BuiltInParameter.ALL_MODEL_MARK) == "Mark"
    assert db.LabelUtils.GetLabelForGroup(db.GroupTypeId.IdentityData) == "Identity Data"
    assert db.UnitUtils.IsMeasurableSpec(db.SpecTypeId.Length)
    assert not db.UnitUtils.IsMeasurableSpec(db.SpecTypeId.String.Text)
    with pytest.raises(revit_exception("ArgumentException")):
        db.UnitUtils.ConvertToInternalUnits(1.0, db.SpecTypeId.Length)
    with pytest.raises(revit_exception("ArgumentException")):
        db.UnitUtils.Convert(1.0, metres, db.UnitTypeId.Kilograms)


def test_values_are_formatted_and_parsed_by_the_api(german: Model) -> None:
    db, units = german.DB, german.document.GetUnits()
    angle = db.UnitFormatUtils.Format(units, db.SpecTypeId.Angle, math.pi / 4, False)
    assert angle == "45,00°"
    read = db.UnitFormatUtils.TryParse(units, db.SpecTypeId.Length, "3,5 m")
    assert read == (True, pytest.approx(mm(3500)))
    assert db.UnitFormatUtils.TryParse(units, db.SpecTypeId.Length, "x") == (False, 0.0)
    assert db.LabelUtils.GetLabelForUnit(db.UnitTypeId.SquareMeters) == "Quadratmeter"
    assert units.DecimalSymbol == db.DecimalSymbol.Comma


def test_a_type_id_is_equal_whatever_its_version(model: Model) -> None:
    made = model.DB.ForgeTypeId("autodesk.unit.unit:meters-9.9.9")
    assert made == model.DB.UnitTypeId.Meters
    assert not made.StrictlyEquals(model.DB.UnitTypeId.Meters)
    assert model.DB.ForgeTypeId().Empty()
