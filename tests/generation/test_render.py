"""Scripts are rendered as Python that both Pythons read alike, or the template is named."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.generation.candidate import Candidate, candidates_of
from revitron_grpc.generation.render import ScriptRenderer, as_python
from revitron_grpc.recipes.library import CORE_PACK, RecipeLibrary, load_recipe
from revitron_grpc.recipes.templates import GIVEN
from revitron_grpc.vocabulary import Library

FOLDER = CORE_PACK / "selection_and_filtering" / "openings-weaker-than-their-wall"


def rendered(template: str, on_revitron: str = "", blocks: dict[str, str] | None = None) -> str:
    templates = {Library.PYREVIT: template, Library.REVITRON: on_revitron}
    loaded = replace(load_recipe(Path(FOLDER)), templates=templates)
    library = RecipeLibrary((loaded,), blocks or {}, "digest")
    candidate: Candidate = candidates_of(loaded)[0]
    flavour = Library.REVITRON if on_revitron else Library.PYREVIT
    return ScriptRenderer(library).render(candidate, flavour)


def test_values_are_written_as_literals() -> None:
    assert rendered("x = {{ what | py }}") == 'x = "doors"\n'


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ nothing | py }}", "{% if %}"])
def test_a_broken_template_is_named(template: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        rendered(template)
    assert caught.value.reason is Reason.INVALID_RECIPE
    assert "openings-weaker-than-their-wall/doors" in str(caught.value)


_SHARED = "{{ DOC }}\n{% include '_blocks/get.py.j2' %}{% block rest %}own{% endblock %}"
_BLOCKS = {
    "_blocks/get.py.j2": "{{ BIP.DOOR_WIDTH }} of {{ BIC[category] }}\n",
    "_blocks/get.revitron.py.j2": "_(door).get({{ BIP['DOOR_WIDTH'] }}), {{ BIC.OST_Doors }}\n",
}


def test_a_script_on_pyrevit_is_written_in_its_words() -> None:
    assert rendered(_SHARED, blocks=_BLOCKS) == (
        "revit.doc\nDB.BuiltInParameter.DOOR_WIDTH of DB.BuiltInCategory.OST_Doors\nown\n"
    )


def test_a_script_on_revitron_extends_it_in_other_words() -> None:
    child = '{% extends "openings-weaker-than-their-wall/script.py.j2" %}'
    child += "{% block rest %}its{% endblock %}"
    assert rendered(_SHARED, child, _BLOCKS) == (
        'revitron.DOC\n_(door).get("DOOR_WIDTH"), "OST_Doors"\nits\n'
    )


@given(st.recursive(st.text() | st.integers() | st.booleans(), st.lists))
def test_a_literal_reads_back_as_the_value(value: object) -> None:
    if "\\u" in as_python(value):
        return  # a lone surrogate: no recipe file can hold one
    assert ast.literal_eval(as_python(value)) == value


@pytest.mark.parametrize("flavour", list(Library))
def test_every_name_that_is_said_to_be_given_is_given(flavour: Library) -> None:
    loaded = load_recipe(Path(FOLDER))
    given = "".join(f"# {{{{ {name} }}}}\n" for name in sorted(GIVEN))
    loaded = replace(loaded, templates=dict.fromkeys(Library, given))
    library = RecipeLibrary((loaded,), {}, "digest")
    assert ScriptRenderer(library).render(candidates_of(loaded)[0], flavour).count("#") == len(
        GIVEN
    )
