"""PyYAML's own writer and libyaml's, which is used where it is there, write the same bytes."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.bundles import bundle_yaml
from revitron_grpc.bundles.bundle_yaml import button_yaml
from tests.bundles.buttons import a_button

SPECIAL = "ab \n\t\ré:#\"'\\-|>{[&*!%@`?.,\x00\x1b\x7f\x85\xa0\u2028\ue000\ufeff\uffff\U00029cf4"
TEXTS = st.text(max_size=12) | st.text(SPECIAL, max_size=16) | st.text("ab \n.", max_size=300)


def by_pyyaml(button):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundle_yaml, "_LIBYAML_WRITER", None)
        return button_yaml(button)


@given(TEXTS, TEXTS, TEXTS)
def test_both_writers_write_the_same(title, tooltip, german):
    button = a_button(title=title, tooltip=tooltip, titles={"de_de": german}, author=tooltip)
    assert button_yaml(button) == by_pyyaml(button)


@pytest.mark.parametrize(
    "button",
    [
        a_button(title="A sign \U00029cf4"),
        a_button(titles={"de_de": "\U00029cf4"}),
        a_button(context=("doc-project", "OST_Doors")),
    ],
    ids=["beyond the basic plane", "in a map", "list"],
)
def test_what_libyaml_writes_otherwise_is_left_to_the_other_writer(button):
    assert button_yaml(button) == by_pyyaml(button)


@pytest.mark.parametrize("present", [True, False])
def test_the_fast_writer_is_used_where_it_is_installed(monkeypatch, present):
    monkeypatch.setattr(yaml, "__with_libyaml__", present)
    writer = bundle_yaml._libyaml_writer()
    assert (writer is not None and issubclass(writer, yaml.CSafeDumper)) is present
