import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.similarity import (
    DUPLICATE_LIMIT,
    ToolDescription,
    ToolIndex,
    function_of,
    known_tools,
    similarity,
)


@pytest.fixture(scope="module")
def known() -> ToolIndex:
    return ToolIndex(known_tools(packaged_catalog()))


def alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    return similarity(function_of(ToolDescription(*one)), function_of(ToolDescription(*other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            (
                "Doors weaker than their wall",
                "Selects doors whose fire rating is lower than the fire rating of their host wall.",
            ),
            (
                "Fire check of doors",
                "highlights doors with a lower fire resistance than the wall they sit in",
            ),
        ),
        (
            ("Tidy templates", "Deletes view templates that no view uses."),
            ("VT cleaner", "Wipes unused view templates"),
        ),
        (
            ("Who lost its ceiling", "Selects luminaires whose host ceiling is missing."),
            ("Floating lights", "Highlights light fixtures without a host ceiling"),
        ),
        (("Sheets out", "Exports sheets to PDF."), ("Batch PDF", "publishes drawings as PDF")),
        (
            ("Door numbers", "Renumbers doors after the number of their room."),
            ("Doors by room", "numbers doors from the room number"),
        ),
    ],
)
def test_a_paraphrase_is_a_duplicate(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert alike(one, other) >= DUPLICATE_LIMIT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Weak doors", "Selects doors whose fire rating is lower than that of their wall."),
            ("Weak windows", "Selects windows whose fire rating is lower than that of their wall."),
        ),
        (
            ("Room into furniture", "Writes the number of the room into each furniture element."),
            ("Room into devices", "Writes the number of the room into mechanical equipment."),
        ),
        (("Purge views", "Deletes unused views."), ("List views", "Lists unused views.")),
        (("Doors", "Selects doors that are mirrored."), ("Doors", "Selects doors without a tag.")),
        (
            ("One plan per storey", "Creates one view for each level."),
            ("One plan per department", "Creates one view for each department."),
        ),
        (
            ("Low ceilings", "Selects ceilings that are lower than allowed."),
            ("High ceilings", "Selects ceilings that are higher than allowed."),
        ),
    ],
)
def test_another_object_action_or_property_is_another_tool(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert alike(one, other) < DUPLICATE_LIMIT


def test_the_same_title_with_another_function_is_no_duplicate() -> None:
    one = ("Match", "copies graphic overrides from a picked element to others")
    assert alike(one, ("Match", "gives tags the orientation of a picked tag")) < DUPLICATE_LIMIT


def test_abbreviations_camel_case_and_other_languages_are_read() -> None:
    assert alike(("PurgeViewTemplates", ""), ("Wipe VTs", "")) == 1.0
    assert alike(("Выровнять марки", ""), ("Align tags", "")) == 1.0
    assert alike(("Fenster umbenennen", ""), ("Rename windows", "")) == 1.0


@pytest.mark.parametrize(
    ("title", "does", "twin"),
    [
        ("Templates out", "Deletes view templates used by no view", "Wipe Unused View Templates"),
        ("Mirrored", "Picks doors that are mirrored", "Select Mirrored Doors"),
        ("Reload", "Reloads the chosen Revit links", "Reload Links"),
        ("Along a curve", "Numbers elements along a picked spline", "Renumber by Spline"),
    ],
)
def test_published_tools_are_found_by_what_they_do(
    known: ToolIndex, title: str, does: str, twin: str
) -> None:
    found = known.nearest(function_of(ToolDescription(title, does)), 5)
    assert found[0].similarity >= DUPLICATE_LIMIT
    assert twin in {m.tool.title for m in found if m.similarity == found[0].similarity}


def test_a_group_names_the_action_of_bare_titles() -> None:
    bare = ToolDescription("Sheets", path="Office.tab/Data.panel/Export.pulldown/Sheets.pushbutton")
    assert function_of(bare).actions == {"export"}


def test_known_tools_hold_the_published_ones_and_the_native_commands() -> None:
    catalog = packaged_catalog()
    tools = known_tools(catalog)
    assert len(tools) == len(catalog.tools) + len(catalog.native_commands)
    assert {"Purge Unused", "Select Mirrored Doors"} <= {tool.title for tool in tools}


def test_nearest_is_the_best_of_all_in_order(known: ToolIndex) -> None:
    function = function_of(ToolDescription("Doors", "Selects doors of the active view"))
    every = (similarity(function, function_of(t)) for t in known_tools(packaged_catalog()))
    found = [match.similarity for match in known.nearest(function, 10)]
    assert found == sorted((value for value in every if value), reverse=True)[:10]


def test_a_match_says_in_which_respects() -> None:
    index = ToolIndex([ToolDescription("Mirrored doors", "Selects doors that are mirrored")])
    match = index.nearest(function_of(ToolDescription("Flipped", "Picks all mirrored doors")))[0]
    assert "select" in match.reason
    assert "door" in match.reason
    assert "mirrored" in match.reason


def test_an_index_of_nothing_finds_nothing() -> None:
    assert ToolIndex().nearest(function_of(ToolDescription("Select doors"))) == ()


def test_a_task_family_counts_like_actions_on_like_things() -> None:
    index = ToolIndex(
        [
            ToolDescription("Find unplaced rooms"),
            ToolDescription("Count areas"),
            ToolDescription("Delete rooms"),
            ToolDescription("Select sheets"),
        ]
    )
    assert index.family_size(function_of(ToolDescription("Check rooms"))) == 2


_WORDS = st.lists(
    st.sampled_from(
        "selects deletes doors walls rooms view templates unused fire rating lower than the of "
        "for each level by sheets to PDF room number sheet number parameter value "
        "xyzzy Türen двери (and) . , : 12 ViewFilters".split()
    ),
    max_size=14,
).map(" ".join)


@given(_WORDS, _WORDS, _WORDS, _WORDS)
def test_similarity_is_symmetric_and_within_bounds(a: str, b: str, c: str, d: str) -> None:
    one, other = function_of(ToolDescription(a, b)), function_of(ToolDescription(c, d))
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0


def test_two_kin_of_one_thing_count_alike_from_both_sides() -> None:
    one = function_of(ToolDescription("Rename", "Renames room numbers and sheet numbers"))
    other = function_of(ToolDescription("Rename", "Renames each number of walls"))
    assert similarity(one, other) == similarity(other, one)


@given(_WORDS, _WORDS)
def test_a_tool_is_its_own_twin_as_soon_as_it_names_a_thing(title: str, does: str) -> None:
    function = function_of(ToolDescription(title, does))
    if function.things and function.actions:
        assert similarity(function, function) == 1.0


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_read(title: str, does: str) -> None:
    assert function_of(ToolDescription(title, does)) == function_of(ToolDescription(title, does))


@given(st.lists(st.tuples(_WORDS, _WORDS), max_size=12), _WORDS, _WORDS)
def test_the_index_misses_nothing(tools: list[tuple[str, str]], title: str, does: str) -> None:
    descriptions = [ToolDescription(*tool) for tool in tools]
    function = function_of(ToolDescription(title, does))
    best = max((similarity(function, function_of(tool)) for tool in descriptions), default=0.0)
    found = ToolIndex(descriptions).nearest(function)
    assert (found[0].similarity if found else 0.0) == best


def test_a_bare_title_is_no_twin_of_a_tool_that_says_more() -> None:
    told = (
        "Walls over their U-value",
        "Lists walls with layer thickness, fire rating and thermal values over the limit.",
    )
    assert 0.0 < alike(told, ("List Walls", "")) < DUPLICATE_LIMIT
    assert alike(("List walls", "Lists walls."), ("List Walls", "")) >= DUPLICATE_LIMIT
