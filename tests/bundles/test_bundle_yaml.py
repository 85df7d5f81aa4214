import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.bundles.bundle_yaml import button_yaml, container_yaml, read_bundle_yaml
from revitron_grpc.bundles.button import Highlight
from revitron_grpc.vocabulary import RevitVersion
from tests.bundles.buttons import a_button

GOLDEN = """\
title:
  en_us: |-
    Doors on
    a grid
  de_de: Türen am Raster
tooltip: "Selects doors: those on a grid."
help_url: "https://example.com/doors#grid"
author: Office of A. Smith
context:
  - doc-project
  - OST_Doors
min_revit_version: 2022
max_revit_version: 2026
highlight: new
"""


def test_a_full_bundle_is_written_as_the_loaders_want_it():
    button = a_button(
        title="Doors on\na grid",
        titles={"de_de": "Türen am Raster"},
        tooltip="Selects doors: those on a grid.",
        author="Office of A. Smith",
        context=("doc-project", "OST_Doors"),
        min_revit=RevitVersion(2022),
        max_revit=RevitVersion(2026),
        highlight=Highlight.NEW,
        help_url="https://example.com/doors#grid",
    )
    assert button_yaml(button) == GOLDEN


def test_a_small_bundle_has_no_empty_keys():
    button = a_button(title="Doors", tooltip="", context=("selection",))
    assert button_yaml(button) == "title: Doors\ncontext: selection\n"


def test_a_container_lists_its_items_in_order():
    assert container_yaml(["Doors", "More", "Stack 1"], title="No") == (
        'title: "No"\nlayout:\n  - Doors\n  - More\n  - Stack 1\n'
    )


@pytest.mark.parametrize(
    "text",
    ["yes", "No", "on", "y", "null", "~", "12", "1e3", "0x1F", "1_000", "2024-01-01", "12:30",
     "[a]", "{a}", "- a", "a: b", "a #b", "&a", "*a", "!a", "%a", "@a", "`a", "'a'", '"a"', "?",
     " a", "a ", "a:", "", ".inf", "=", "<<", "NaN"],
)  # fmt: skip
def test_what_could_be_read_as_something_else_is_quoted(text):
    written = container_yaml(["x"], title="t", tooltip=text or "-")
    tooltip = next(line for line in written.splitlines() if line.startswith("tooltip"))
    assert tooltip.startswith('tooltip: "')


@pytest.mark.parametrize(
    "text", ["a\n b", "a \nb", "\na", "a\n", "a\tb\nc", "a\r\nb", "a\x85b\nc", "a\u2028b\nc"]
)
def test_lines_that_a_block_could_not_hold_exactly_are_quoted(text):
    written = container_yaml(["x"], tooltip=text)
    assert written.startswith('tooltip: "')
    assert yaml.safe_load(written)["tooltip"] == text


@pytest.mark.parametrize("text", ["word " * 100 + "end", "word: " * 100 + "end"])
def test_long_lines_are_not_folded(text):
    assert len(container_yaml(["x"], tooltip=text).splitlines()) == 3


_TEXT = st.text(max_size=200).filter(lambda text: text.strip())


@given(_TEXT, st.text(max_size=300), st.text(max_size=50))
def test_any_text_comes_back_as_it_was(title, tooltip, german):
    button = a_button(title=title, tooltip=tooltip, titles={"de_de": german})
    text = button_yaml(button)
    read = yaml.safe_load(text)
    assert read["title"] == {"en_us": title, "de_de": german}
    assert read.get("tooltip", "") == tooltip
    assert dict(read_bundle_yaml(text.encode()).values) == read


@given(_TEXT, st.text(alphabet="ab \n\t\r:#-\x85\u2028", max_size=60))
def test_no_tab_no_anchor_no_folded_line_is_written(title, tooltip):
    text = button_yaml(a_button(title=title, tooltip=tooltip))
    assert "\t" not in text
    assert "\r" not in text
    for line in text.split("\n"):
        assert line == "" or line.startswith(("title: ", "tooltip: ", "  "))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b"# only a comment\n", "is empty"),
        (b"- a\n", "no map"),
        (b"title", "no map"),
        (b"title: [a", "not YAML"),
        (b"title:\n\t- a", "not YAML"),
        (b"a: &x [1]\nb: *x\n", "anchor or alias"),
        (b"a: !!python/object:os.system x", "tag"),
        (b"a: !x y", "tag"),
        (b"a: " + b"[" * 17, "nested more than 16"),
        (b"a: " + b"[" * 10_000, "nested more than 16"),
        (b"- " * 10_000, "nested more than 16"),
        (b"a: [" + b"1," * 20_001 + b"1]", "more than 20000 nodes"),
        (b"a: " + b"x" * (256 * 1024), "bytes; at most"),
        (b"a: " + b"9" * 5000, "not YAML"),
        (b"a: 2024-13-45", "not YAML"),
        (b"? [1]\n: 2\n", "not YAML"),
        (b"title: \xff", "not UTF-8"),
        (b"a: 1\n---\nb: 2\n", "not YAML"),
    ],
)
def test_what_is_not_read_says_why(data, problem):
    parsed = read_bundle_yaml(data)
    assert problem in parsed.problem
    assert not parsed.values


@given(st.binary(max_size=200))
def test_reading_never_raises(data):
    read_bundle_yaml(data)


@given(st.text(alphabet="a:-[]{}&*!|>'\"# \n\t?,%@`1.", max_size=60))
def test_reading_near_yaml_never_raises(text):
    read_bundle_yaml(text.encode())


def test_a_byte_order_mark_is_read_over():
    assert read_bundle_yaml(b"\xef\xbb\xbftitle: a\n").values == {"title": "a"}


def test_keys_that_stand_twice_are_named_at_any_depth():
    parsed = read_bundle_yaml(b"a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")
    assert parsed.repeated_keys == ("a", "c")
