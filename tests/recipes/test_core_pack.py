"""What the metadata of every recipe that comes with the package must keep to."""

import re
from collections import Counter

from revitron_grpc.bundles.names import collision_key, folder_name
from revitron_grpc.recipes.library import BLOCKS, CORE_PACK
from revitron_grpc.vocabulary import Category
from tests.recipes.rendered import CANDIDATES, LIBRARY, SCRIPTS

_INCLUDED = re.compile(r'{%\s*include\s+"([^"]+)"')
_WORD = re.compile(r"[a-z]+")


def _more_than_once(values: list[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


def test_each_category_can_fill_a_balanced_run_of_250() -> None:
    recipes = Counter(loaded.recipe.category for loaded in LIBRARY.recipes)
    assert all(recipes[category] >= 22 for category in Category), recipes
    assert len(LIBRARY.recipes) >= 120
    # Three of one recipe stand in a run of 250; a fifth more than the 50, so that some may fail.
    found = Counter(
        loaded.recipe.category for loaded in LIBRARY.recipes for _ in loaded.recipe.variants[:3]
    )
    assert all(found[category] >= 60 for category in Category), found


def test_no_recipe_has_more_than_six_variants() -> None:
    assert not [r.id for r in LIBRARY.recipes if len(r.recipe.variants) > 6]


def test_keys_and_ids_are_given_once() -> None:
    assert not _more_than_once([candidate.key for candidate in CANDIDATES])
    assert not _more_than_once([candidate.id for candidate in CANDIDATES])


def test_titles_make_folder_names_that_do_not_collide() -> None:
    titles = [candidate.variant.title for candidate in CANDIDATES]
    assert not _more_than_once([collision_key(folder_name(title)) for title in titles])


def test_titles_are_sentences_without_signs_that_folders_lose() -> None:
    titles = [candidate.variant.title for candidate in CANDIDATES]
    assert not [t for t in titles if not re.fullmatch(r"[A-Z0-9][A-Za-z0-9 ,'-]*", t)]


def test_each_effect_is_said_of_one_tool_only() -> None:
    effects = [" ".join(_WORD.findall(c.variant.does.effect.lower())) for c in CANDIDATES]
    assert not _more_than_once(effects)


def test_an_effect_says_more_than_the_title() -> None:
    poor: list[str] = []
    for candidate in CANDIDATES:
        effect = set(_WORD.findall(candidate.variant.does.effect.lower()))
        title = set(_WORD.findall(candidate.variant.title.lower()))
        if len(effect - title) < 4:
            poor.append(candidate.key)
    assert not poor


def test_every_tool_speaks_german_too() -> None:
    mute = [c.key for c in CANDIDATES if "de_de" not in c.variant.locales]
    assert not mute
    titles = [c.variant.locales["de_de"].title.lower() for c in CANDIDATES]
    assert not _more_than_once(titles)


def test_german_texts_are_german() -> None:
    english = re.compile(
        r"\b(the|and|with|of|from|each|worksets?|view templates?|scope box)\b", re.IGNORECASE
    )
    spelt_out = re.compile(r"\b(fuer|ueber|Tueren?|Waende|Raeume|Geschoss\w*hoehe)\b")
    # Names of office files are not German and need not be.
    file_name = re.compile(r"\S+\.csv")
    wrong: list[str] = []
    for candidate in CANDIDATES:
        own, local = candidate.variant, candidate.variant.locales["de_de"]
        text = file_name.sub("", f"{local.title} {local.tooltip}")
        if english.search(text) or spelt_out.search(text):
            wrong.append(candidate.key)
        if local.tooltip == own.tooltip or local.title == own.title:
            wrong.append(candidate.key)
    assert not wrong


def test_titles_and_tooltips_are_written_alike_in_both_languages() -> None:
    wrong: list[str] = []
    for candidate in CANDIDATES:
        own, local = candidate.variant, candidate.variant.locales["de_de"]
        for title, tooltip in ((own.title, own.tooltip), (local.title, local.tooltip)):
            # The title is a heading, the tooltip is made of sentences; both stand on one line.
            if title.endswith(".") or not tooltip.endswith(".") or title[0].islower():
                wrong.append(candidate.key)
            if re.search(r"\s{2}|\n|\s[,.;:]", f"{title} {tooltip}"):
                wrong.append(candidate.key)
    assert not wrong


def test_every_block_is_used_by_a_recipe_under_its_name() -> None:
    included: set[str] = set()
    waiting = [text for loaded in LIBRARY.recipes for text in loaded.templates.values()]
    while waiting:
        for name in _INCLUDED.findall(waiting.pop()):
            if name not in included:
                included.add(name)
                waiting.append(LIBRARY.blocks[name])
    on_revitron = {name.replace(".py.j2", ".revitron.py.j2") for name in included}
    included |= on_revitron & set(LIBRARY.blocks)
    assert included == set(LIBRARY.blocks)
    assert {path.name for path in (CORE_PACK / BLOCKS).iterdir()} == {
        name.rpartition("/")[2] for name in included
    }


def test_every_office_file_is_read_by_a_script_of_its_recipe() -> None:
    scripts: dict[str, str] = {}
    for one in SCRIPTS:
        recipe = one.candidate.loaded.id
        scripts[recipe] = scripts.get(recipe, "") + one.script
    idle = [
        f"{loaded.id}/{file.name}"
        for loaded in LIBRARY.recipes
        for file in loaded.files
        if f'"{file.name}"' not in scripts[loaded.id]
    ]
    assert not idle


def test_every_parameter_differs_between_variants_or_names_something() -> None:
    idle = [
        f"{loaded.id}: {name}"
        for loaded in LIBRARY.recipes
        for name in loaded.recipe.parameters
        if not any(re.search(rf"\b{name}\b", text) for text in loaded.templates.values())
    ]
    assert not idle
