"""A pack that is wrong is told with file and key, all of it at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.recipes.library import CORE_PACK, load_packs

GOOD = CORE_PACK / "selection_and_filtering" / "openings-weaker-than-their-wall"

Change = Callable[[dict], None]


def pack_with(tmp_path: Path, change: Change = lambda _: None) -> Path:
    folder = tmp_path / "pack" / "selection_and_filtering" / "my-recipe"
    folder.mkdir(parents=True)
    recipe = yaml.safe_load((GOOD / "recipe.yaml").read_text(encoding="utf-8"))
    recipe["id"] = "my-recipe"
    change(recipe)
    (folder / "recipe.yaml").write_text(yaml.safe_dump(recipe), encoding="utf-8")
    (folder / "script.py.j2").write_text("pass\n", encoding="utf-8")
    return tmp_path / "pack"


def refused(*packs: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        load_packs(packs)
    assert caught.value.reason is Reason.INVALID_RECIPE
    return str(caught.value)


def test_a_good_pack_loads_and_has_a_digest_of_its_content(tmp_path: Path) -> None:
    pack = pack_with(tmp_path)
    first = load_packs([pack])
    assert [loaded.id for loaded in first.recipes] == ["my-recipe"]
    script = pack / "selection_and_filtering" / "my-recipe" / "script.py.j2"
    script.write_text("pass  # changed\n", encoding="utf-8")
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
