from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.bundles.layout import (
    MAX_COLUMNS,
    MAX_PANELS,
    MAX_PULLDOWN,
    plan_ribbon,
)
from revitron_grpc.bundles.names import (
    MAX_RELATIVE_PATH,
    collision_key,
    folder_name,
    is_folder_name,
)
from revitron_grpc.bundles.ribbon import PanelEntry, PlacedButton, Pulldown, Ribbon, Stack
from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.vocabulary import Category
from tests.bundles.buttons import a_button, many_buttons

_TITLES = st.one_of(
    st.sampled_from(["", "Doors", "doors", "D oors", "Selection", "Stack 1", "More", "Türen"]),
    st.text(max_size=30),
)
_BUTTONS = st.lists(
    st.tuples(_TITLES, _TITLES, st.sampled_from(Category), _TITLES), max_size=90
).map(
    lambda rows: [
        a_button(number=n, panel=panel, group=group, category=category, name=folder_name(name))
        for n, (panel, group, category, name) in enumerate(rows)
    ]
)


def _stems(ribbon: Ribbon) -> Iterator[str]:
    def below(item: Stack | PanelEntry) -> Iterator[str]:
        yield item.name
        if isinstance(item, Stack):
            for entry in item.items:
                yield from below(entry)
        elif isinstance(item, Pulldown):
            for button in item.buttons:
                yield button.name

    yield ribbon.name
    for panel in ribbon.panels:
        yield panel.name
        for item in panel.items:
            yield from below(item)


def _entries(ribbon: Ribbon) -> Iterator[PanelEntry]:
    for panel in ribbon.panels:
        for item in panel.items:
            yield from item.items if isinstance(item, Stack) else (item,)


@given(_BUTTONS)
def test_every_button_stands_on_the_ribbon_once(buttons):
    ribbon = plan_ribbon(buttons, "Tab")
    assert sorted(placed.button.id for _, placed in ribbon.buttons()) == sorted(
        button.id for button in buttons
    )


@given(_BUTTONS)
def test_sizes_are_what_revit_and_eyes_take(buttons):
    ribbon = plan_ribbon(buttons, "Tab")
    assert len(ribbon.panels) <= MAX_PANELS
    for panel in ribbon.panels:
        assert 1 <= len(panel.items) <= MAX_COLUMNS
        for item in panel.items:
            if isinstance(item, Stack):
                assert len(item.items) in (2, 3)
    for entry in _entries(ribbon):
        if isinstance(entry, Pulldown):
            assert 2 <= len(entry.buttons) <= MAX_PULLDOWN


@given(_BUTTONS)
def test_names_are_folder_names_and_unique_in_the_tab(buttons):
    ribbon = plan_ribbon(buttons, "Tab")
    stems = list(_stems(ribbon))
    assert all(is_folder_name(stem) for stem in stems)
    assert len({collision_key(stem) for stem in stems}) == len(stems)


@given(_BUTTONS)
def test_the_same_buttons_give_the_same_plan(buttons):
    assert plan_ribbon(buttons, "Tab") == plan_ribbon(list(buttons), "Tab")


def test_250_buttons_make_a_usable_ribbon():
    ribbon = plan_ribbon(many_buttons(250), "Revitron Suggestions")
    assert [panel.title for panel in ribbon.panels] == [
        "Selection", "Model", "Documentation", "Automation", "Analysis",
    ]  # fmt: skip
    assert all(len(panel.items) <= MAX_COLUMNS for panel in ribbon.panels)
    assert sum(1 for _ in ribbon.buttons()) == 250


def test_one_panel_of_a_thousand_is_cut_into_several():
    buttons = [a_button(number=n, panel="All", group=f"G{n // 11}") for n in range(1000)]
    ribbon = plan_ribbon(buttons, "Tab")
    assert [panel.title for panel in ribbon.panels] == ["All", "All 2", "All 3", "All 4"]
    assert all(len(panel.items) <= MAX_COLUMNS for panel in ribbon.panels)


def test_many_small_groups_are_gathered():
    buttons = [a_button(number=n, group=f"G{n // 2}") for n in range(60)]
    (panel,) = plan_ribbon(buttons, "Tab").panels
    titles = [e.title for e in _entries(plan_ribbon(buttons, "Tab")) if isinstance(e, Pulldown)]
    assert titles[0] == "G0"
    assert titles[-2:] == ["More 1", "More 2"]
    assert len(panel.items) <= MAX_COLUMNS


def test_a_group_of_two_becomes_a_pulldown_and_one_alone_a_button():
    buttons = [a_button(number=n, group=g) for n, g in enumerate(["Doors", "Doors", "Walls", ""])]
    (panel,) = plan_ribbon(buttons, "Tab").panels
    pulldown, wall, loose = panel.items
    assert isinstance(pulldown, Pulldown)
    assert (pulldown.title, len(pulldown.buttons)) == ("Doors", 2)
    assert isinstance(wall, PlacedButton)
    assert isinstance(loose, PlacedButton)


def test_a_long_group_is_split_evenly_with_numbers():
    buttons = [a_button(number=n, group="Doors") for n in range(13)]
    (panel,) = plan_ribbon(buttons, "Tab").panels
    parts = [item for item in panel.items if isinstance(item, Pulldown)]
    assert [(part.title, len(part.buttons)) for part in parts] == [("Doors 1", 6), ("Doors 2", 7)]


def test_panels_too_many_become_groups_of_the_category_panel():
    buttons = [a_button(number=n, panel=f"P{n // 2}") for n in range(40)]
    ribbon = plan_ribbon(buttons, "Tab")
    titles = [panel.title for panel in ribbon.panels]
    assert titles[0] == "P0"
    assert titles[-1] == "Selection"
    assert len(titles) == MAX_PANELS
    folded = {e.title for e in _entries(ribbon) if isinstance(e, Pulldown)}
    assert "P19" in folded


def test_the_biggest_panels_too_many_stay():
    buttons = [a_button(number=n, panel=f"P{n}") for n in range(20)]
    buttons += [a_button(number=100 + n, panel="Big") for n in range(5)]
    assert "Big" in [panel.title for panel in plan_ribbon(buttons, "Tab").panels]


def test_pulldowns_come_before_what_stands_alone():
    buttons = [a_button(number=n, group=g) for n, g in enumerate(["", "Doors", "Doors"])]
    (panel,) = plan_ribbon(buttons, "Tab").panels
    assert [type(item) for item in panel.items] == [Pulldown, PlacedButton]


def test_what_stands_alone_is_gathered_before_any_group_and_the_last_first():
    buttons = [a_button(number=n, group=f"G{n // 2}") for n in range(40)]
    buttons += [a_button(number=100 + n) for n in range(10)]
    entries = list(_entries(plan_ribbon(buttons, "Tab")))
    more = entries[-1]
    assert isinstance(more, Pulldown)
    assert more.title == "More"
    assert [b.button.id for b in more.buttons] == [f"btn-{n}" for n in range(103, 110)]
    assert sum(isinstance(entry, Pulldown) for entry in entries) == 21


def test_250_tools_without_groups_make_one_panel():
    (panel,) = plan_ribbon([a_button(number=n, panel="All") for n in range(250)], "Tab").panels
    assert len(panel.items) <= MAX_COLUMNS


def test_stacks_leave_one_large_button_rather_than_a_stack_of_one():
    groups = ["A", "A", "B", "B", "C", "C", "D", "D", "E", "E", "F", "F", ""]
    buttons = [a_button(number=n, group=g) for n, g in enumerate(groups)]
    (panel,) = plan_ribbon(buttons, "Tab").panels
    assert [type(item).__name__ for item in panel.items] == ["PlacedButton", "Stack", "Stack"]


def test_groups_of_the_same_name_in_two_panels_take_the_name_of_the_panel():
    buttons = [
        a_button(number=n, group="Doors", category=category)
        for n, category in enumerate([Category.SELECTION] * 2 + [Category.MODEL] * 2)
    ]
    pulldowns = [e for e in _entries(plan_ribbon(buttons, "Tab")) if isinstance(e, Pulldown)]
    assert [p.name for p in pulldowns] == ["Doors", "Doors Model"]
    assert [p.title for p in pulldowns] == ["Doors", "Doors"]


@pytest.mark.parametrize("length", [10, 60, 200])
def test_no_path_is_longer_than_windows_leaves_room_for(length):
    words = ("Documentation of doors and windows " * 9)[:length].strip()
    buttons = [
        a_button(
            number=n, name=folder_name(words, limit=200), panel=words, group=f"{n % 7} {words}"
        )
        for n in range(60)
    ]
    ribbon = plan_ribbon(buttons, "T" * 24)
    longest = max(len(f"{folder}/icon.dark.png") for folder, _ in ribbon.buttons())
    assert longest <= MAX_RELATIVE_PATH


def test_a_file_name_too_long_for_any_folder_is_refused():
    with pytest.raises(InvalidInputError, match="shorten it"):
        plan_ribbon([a_button(files={"x" * 140 + ".csv": b""})], "Tab")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "Doors v1.2"}, "name"),
        ({"name": "aux"}, "name"),
        ({"title": " "}, "title"),
        ({"script": ""}, "script"),
        ({"script": "\ufeffprint(1)"}, "script"),
        ({"tooltip": "\ud800"}, "tooltip"),
        ({"icon_dark": b"GIF"}, "icon_dark"),
        ({"titles": {"de": "Tür"}}, "titles[de]"),
        ({"tooltips": {"zh_cn": "x"}}, "tooltips[zh_cn]"),
        ({"min_revit": 2025, "max_revit": 2024}, "min_revit"),
        ({"files": {"../evil.py": b""}}, "files"),
        ({"files": {"/evil.py": b""}}, "files"),
        ({"files": {"a\\b.py": b""}}, "files"),
        ({"files": {"my_script.py": b""}}, "files"),
        ({"files": {"Icon.PNG": b""}}, "files"),
        ({"files": {"a.csv": b"", "A.csv": b""}}, "files"),
        ({"files": {"a./b": b""}}, "files"),
    ],
)
def test_a_button_that_cannot_be_written_is_named_with_its_field(fields, field):
    with pytest.raises(InvalidInputError) as caught:
        plan_ribbon([a_button(**fields)], "Tab")
    assert caught.value.reason is Reason.INVALID_REQUEST
    assert caught.value.violations[0].field.startswith(f"buttons[btn-1].{field}")


def test_an_id_used_twice_is_refused():
    with pytest.raises(InvalidInputError, match="used twice"):
        plan_ribbon([a_button(), a_button()], "Tab")


def test_a_tab_name_that_is_no_folder_name_is_refused():
    with pytest.raises(InvalidInputError, match="tab_name"):
        plan_ribbon([], "A/B")
