"""Turn a candidate into the text of its script."""

import json
import re
from collections.abc import MutableMapping
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template, TemplateError, Undefined
from typing_extensions import override

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.recipes.library import BLOCKS, TEMPLATES, RecipeLibrary
from revitron_grpc.recipes.templates import ENDING, STAND_IN
from revitron_grpc.syntax_trees import one_tree_at_a_time
from revitron_grpc.vocabulary import Library

_BLANK_LINES = re.compile(r"\n{4,}")


class _Named:
    """Names of one kind as a flavour writes them: `{{ BIP.DOOR_WIDTH }}`, `{{ BIP[own] }}`."""

    def __init__(self, form: str) -> None:
        self._form = form

    def __getitem__(self, name: str) -> str:
        return self._form.format(name)


# How each flavour writes what both share. Revitron takes built-in parameters and categories by the
# names of their enum members, which are the same in every language of Revit.
_WORDS: dict[Library, dict[str, object]] = {
    Library.PYREVIT: {
        "DOC": "revit.doc",
        "UIDOC": "revit.uidoc",
        "BIP": _Named("DB.BuiltInParameter.{}"),
        "BIC": _Named("DB.BuiltInCategory.{}"),
    },
    Library.REVITRON: {
        "DOC": "revitron.DOC",
        "UIDOC": "revitron.UIDOC",
        "BIP": _Named('"{}"'),
        "BIC": _Named('"{}"'),
    },
}


class ScriptRenderer:
    """Renders scripts of one recipe library; templates are compiled once and shared by threads.

    In a script on Revitron a part `_blocks/NAME.revitron.py.j2` stands in for
    `_blocks/NAME.py.j2`, where there is one.
    """

    def __init__(self, library: RecipeLibrary) -> None:
        templates = {
            _name(loaded.id, flavour): text
            for loaded in library.recipes
            for flavour, text in loaded.templates.items()
        }
        self._environments = {
            Library.PYREVIT: _environment(templates | library.blocks, _WORDS[Library.PYREVIT]),
            Library.REVITRON: _environment(
                templates | _on_revitron(library.blocks), _WORDS[Library.REVITRON]
            ),
        }
        self._entries = sorted(
            (flavour, _name(loaded.id, flavour))
            for loaded in library.recipes
            for flavour in loaded.templates
        )

    def compile(self) -> None:
        """Compile all templates now instead of each at its first use."""
        for flavour, name in self._entries:
            self._environments[flavour].get_template(name)
        for environment in self._environments.values():
            for name in environment.list_templates(filter_func=lambda one: one.startswith(BLOCKS)):
                environment.get_template(name)

    def render(self, candidate: Candidate, flavour: Library) -> str:
        """Return the script; raises `InvalidInputError` (INVALID_RECIPE) for a broken template."""
        variant = candidate.variant
        try:
            template = self._environments[flavour].get_template(_name(candidate.loaded.id, flavour))
            text = template.render(
                title=variant.title, tooltip=variant.tooltip, variant=variant.id, **variant.values
            )
        except TemplateError as error:
            raise InvalidInputError(
                Reason.INVALID_RECIPE,
                (FieldViolation(f"{candidate.key}: {TEMPLATES[flavour]}", str(error)),),
            ) from error
        return _BLANK_LINES.sub("\n\n\n", text).strip() + "\n"


class _OneAtATime(DictLoader):
    """Compiles a template while nobody else makes a tree of Python's: its numbers become one."""

    @override
    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        with one_tree_at_a_time():
            return super().load(environment, name, globals)


def _environment(sources: dict[str, str], words: dict[str, object]) -> Environment:
    # The output is Python, not HTML: escaping would break it.
    environment = Environment(  # noqa: S701
        loader=_OneAtATime(sources),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters["py"] = as_python
    environment.globals.update(words)
    return environment


def _on_revitron(blocks: dict[str, str]) -> dict[str, str]:
    return {name: blocks.get(name.removesuffix(ENDING) + STAND_IN, blocks[name]) for name in blocks}


def as_python(value: object) -> str:
    """Write a parameter's value as a literal that Python 2.7 and 3 read alike.

    >>> as_python(["Höhe", 2, True])
    '["Höhe", 2, True]'
    """
    if isinstance(value, Undefined):
        str(value)  # raises and names it; as JSON it would be told as a type that is not known
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(as_python(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _name(recipe_id: str, flavour: Library) -> str:
    return f"{recipe_id}/{TEMPLATES[flavour]}"
