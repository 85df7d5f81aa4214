import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.bundles import names
from revitron_grpc.bundles.names import control_name, folder_name, is_folder_name, shorten


def test_examples_of_the_docstrings_hold():
    assert doctest.testmod(names).failed == 0


@given(st.text(max_size=80), st.integers(min_value=8, max_value=60))
def test_any_text_gives_a_folder_name(text, limit):
    assert is_folder_name(folder_name(text, limit=limit))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Straße --- Größe", "Strasse - Grosse"),
        ("Rooms' numbers (2)", "Rooms numbers 2"),
        ("двери", "Tool"),
        ("con", "con Tool"),
        (" -x- ", "x"),
    ],
)
def test_folder_names_stay_readable(text, name):
    assert folder_name(text) == name


def test_shorten_cuts_after_a_word():
    assert shorten("Doors weaker than their wall", 20) == "Doors weaker than"


def test_a_name_is_not_cut_to_nothing():
    assert shorten("Abcdefghijklmnop qrs", 10) == "Abcdefghij"


def test_control_names_spell_out_hyphens():
    assert control_name(("A-B", "C & D")) == "aminusb_candd"


@pytest.mark.parametrize("name", ["", "a--b", "a.b", "a ", " a", "-a", "ä", "nul", "COM1", "a_b"])
def test_what_is_no_folder_name(name):
    assert not is_folder_name(name)
