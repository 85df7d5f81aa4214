"""A pack that is wrong is told with file and key, all of it at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.recipes.library import CORE_PACK, check_templates, load_packs, packaged_library

GOOD = CORE_PACK / "selection_and_filtering" / "openings-weaker-than-their-wall"

TEXT = {"title": "Ein Titel", "tooltip": "Was das Werkzeug tut und womit."}

Change = Callable[[dict], None]


def pack_with(tmp_path: Path, change: Change = lambda _: None) -> Path:
    folder = tmp_path / "pack" / "selection_and_filtering" / "my-recipe"
    folder.mkdir(parents=True)
    recipe = yaml.safe_load((GOOD / "recipe.yaml").read_text(encoding="utf-8"))
    recipe["id"] = "my-recipe"
    change(recipe)
    (folder / "recipe.yaml").write_text(yaml.safe_dump(recipe), encoding="utf-8")
    script = "".join(f"# {{{{ {name} }}}}\n" for name in recipe.get("parameters", {}))
    (folder / "script.py.j2").write_text(script + "pass\n", encoding="utf-8")
    return tmp_path / "pack"


def with_titles_of_its_own(recipe: dict) -> None:
    for number, variant in enumerate(recipe["variants"]):
        variant["title"] = f"Tool {number} of our office"


def script_of(pack: Path) -> Path:
    return pack / "selection_and_filtering" / "my-recipe" / "script.py.j2"


def refused(*packs: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        load_packs(packs)
    assert caught.value.reason is Reason.INVALID_RECIPE
    return str(caught.value)


def test_a_good_pack_loads_and_has_a_digest_of_its_content(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    first = load_packs([pack])
    assert [loaded.id for loaded in first.recipes] == ["my-recipe"]
    script = script_of(pack)
    script.write_text(script.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert load_packs([pack]).digest != first.digest


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda r: r.update(titel="x"), "titel"),
        (lambda r: r.update(category="beauty"), "category"),
        (lambda r: r.pop("problem"), "problem"),
        (lambda r: r["variants"][0].update(title="lower case."), "variants.0.title"),
        (lambda r: r["variants"][0]["values"].pop("rating"), "missing rating"),
        (lambda r: r["variants"][0]["values"].update(other=1), "other not declared"),
        (lambda r: r["variants"].append(r["variants"][0]), "used twice"),
        (lambda r: r.update(revit={"min": 2026, "max": 2022}), "min 2026 is later"),
        (lambda r: r.update(icon={"subject": "unicorn", "action": "select"}), "icon.subject"),
        (lambda r: r.update(context=["doc-projekt"]), "context.0"),
        (lambda r: r.update(context=["doc-projekt"]), "did you mean doc-project?"),
        (lambda r: r["variants"][0].update(locales={"de": TEXT}), "'de' is no locale"),
        (lambda r: r["variants"][0].update(locales={"en_us": TEXT}), "leave it out"),
        (lambda r: r["variants"][0]["locales"]["de_de"].update(title="x" * 61), "de_de.title"),
        (lambda r: r.update(id="another-id"), "id"),
        (lambda r: r.update(category="model_management"), "category"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, change: Change, key: str) -> None:
    message = refused(pack_with(tmp_path, change))
    assert "my-recipe/recipe.yaml" in message
    assert key in message


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    message = refused(pack_with(tmp_path, lambda r: r.update(titel="x", users=[])))
    assert "titel" in message
    assert "users" in message


def test_a_missing_script_a_folder_among_files_and_bad_yaml_are_told(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    folder = pack / "selection_and_filtering" / "my-recipe"
    (folder / "script.py.j2").unlink()
    assert "script.py.j2: is missing" in refused(pack)
    (folder / "files" / "deeper").mkdir(parents=True)
    assert "cannot be read" in refused(pack)
    (folder / "recipe.yaml").write_text("id: [", encoding="utf-8")
    assert "cannot be read" in refused(pack)


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ("x = {{ ratingg | py }}", "line 1", "'ratingg' is not declared under parameters; did"),
        ("x = {{ rating | pi }}", "line 1", "No filter named 'pi'"),
        ("{% if what %}", "line", "'endif'"),
        ('{% include "_blocks/no_such.py.j2" %}', "line 1", "no pack has '_blocks/no_such"),
        ('{% include "_blocks/tabel.py.j2" %}', "line 1", "did you mean '_blocks/table.py.j2'?"),
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_told_with_its_line(
    tmp_path: Path, line: str, place: str, said: str
) -> None:
    pack = pack_with(tmp_path, with_titles_of_its_own)
    script = script_of(pack)
    script.write_text(line + "\n" + script.read_text(encoding="utf-8"), encoding="utf-8")
    message = refused(CORE_PACK, pack)
    assert f"my-recipe/script.py.j2: {place}" in message
    assert said in message


def test_names_that_a_template_sets_itself_are_its_own(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    script = script_of(pack)
    own = (
        "{% set half = 2 %}{% for one in [half] %}# {{ one }} {{ loop.index }}{% endfor %}"
        "{% if what %}{% set word = what %}{% endif %}# {{ word }} {{ BIC.OST_Doors }}\n"
    )
    script.write_text(own + script.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_packs([pack]).recipes


def test_a_flavour_may_extend_a_script_but_none_that_no_pack_has(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    flavour = script_of(pack).with_name("script.revitron.py.j2")
    flavour.write_text('{% extends "my-recipe/script.py.j2" %}\n', encoding="utf-8")
    assert load_packs([pack]).recipes
    flavour.write_text('{% extends "my-recipe/skript.py.j2" %}\n', encoding="utf-8")
    message = refused(pack)
    assert "my-recipe/script.revitron.py.j2: line 1" in message
    assert "no pack has 'my-recipe/skript.py.j2'; did you mean" in message


def test_a_parameter_that_no_template_uses_is_told(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    script_of(pack).write_text("pass\n", encoding="utf-8")
    message = refused(pack)
    assert "my-recipe/recipe.yaml: parameters.rating: is used by no template" in message


def test_the_core_pack_is_checked_like_a_pack_from_outside() -> None:
    assert not check_templates(packaged_library())


def test_a_pack_without_recipes_or_with_one_in_the_wrong_place_is_told(tmp_path: Path) -> None:
    assert "holds no recipe" in refused(tmp_path)
    pack = pack_with(tmp_path)
    message = refused(pack / "selection_and_filtering")
    assert "my-recipe/recipe.yaml: is not in a folder CATEGORY/ID of the pack" in message


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    assert "is not a folder" in refused(tmp_path / "nowhere")


def test_titles_and_parts_may_not_hide_those_of_an_earlier_pack(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    block = next((CORE_PACK / "_blocks").glob("*.j2"))
    (pack / "_blocks").mkdir()
    (pack / "_blocks" / block.name).write_text("", encoding="utf-8")
    message = refused(CORE_PACK, pack)
    assert "is also in an earlier pack" in message
    assert "'Doors weaker than their wall' is also a title of" in message
