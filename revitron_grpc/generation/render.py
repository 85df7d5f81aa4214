"""Turn a candidate into the text of its script."""

import json
import re

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, Undefined

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.recipes.library import RecipeLibrary
from revitron_grpc.vocabulary import Library

_BLANK_LINES = re.compile(r"\n{4,}")


class ScriptRenderer:
    """Renders scripts of one recipe library; templates are compiled once and shared by threads."""

    def __init__(self, library: RecipeLibrary) -> None:
        sources = dict(library.blocks)
        for loaded in library.recipes:
            for flavour, text in loaded.templates.items():
                sources[_name(loaded.id, flavour)] = text
        # The output is Python, not HTML: escaping would break it.
        self._environment = Environment(  # noqa: S701
            loader=DictLoader(sources),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters["py"] = as_python

    def compile(self) -> None:
        """Compile all templates now instead of each at its first use."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def render(self, candidate: Candidate, flavour: Library) -> str:
        """Return the script; raises `InvalidInputError` (INVALID_RECIPE) for a broken template."""
        variant = candidate.variant
        try:
            template = self._environment.get_template(_name(candidate.loaded.id, flavour))
            text = template.render(
                title=variant.title, tooltip=variant.tooltip, variant=variant.id, **variant.values
            )
        except TemplateError as error:
            raise InvalidInputError(
                Reason.INVALID_RECIPE,
                (FieldViolation(f"{candidate.key}: {_name('', flavour)}", str(error)),),
            ) from error
        return _BLANK_LINES.sub("\n\n\n", text).strip() + "\n"


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
    return f"{recipe_id}/{flavour}"
