"""Check a recipe's templates against what its `recipe.yaml` declares, without rendering them."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from revitron_grpc.errors import FieldViolation

GIVEN = frozenset(("title", "tooltip", "variant", "DOC", "UIDOC", "BIP", "BIC"))
"""Names that every template is given, beside the parameters of its recipe."""
ENDING, STAND_IN = ".py.j2", ".revitron.py.j2"
"""How templates and blocks end; in a script on Revitron a block of the second ending stands in for
its namesake of the first."""
LITERAL_FILTER = "py"
"""The filter that writes a value as a Python literal; the others are those of Jinja."""

_environment = Environment(autoescape=False)  # noqa: S701 - the output is Python, not HTML
# What it does is no question here, only that it exists.
_environment.filters[LITERAL_FILTER] = str


def template_violations(
    recipe_id: str,
    parameters: frozenset[str],
    templates: Mapping[str, str],
    sources: Mapping[str, str],
) -> Iterator[FieldViolation]:
    """Yield what is wrong with a recipe's templates, each with its file and line.

    `templates` are the recipe's own texts by file name, `sources` all blocks and templates of all
    packs by the name that an `include` or `extends` gives them. Wrong are: what Jinja cannot parse,
    a name that is neither declared nor given, a source or a filter that does not exist, and a
    parameter that no template uses.
    """
    used: set[str] = set()
    for file_name, text in templates.items():
        # The recipe's other templates are read for themselves.
        others = {f"{recipe_id}/{name}" for name in templates}
        check = _Check(f"{recipe_id}/{file_name}", parameters, sources, others)
        check.read(text)
        used |= check.used
        yield from check.violations
    for name in sorted(parameters - used):
        yield FieldViolation(
            f"{recipe_id}/recipe.yaml: parameters.{name}", "is used by no template; take it out"
        )


class _Check:
    """One template with all blocks that it includes, directly or through others."""

    def __init__(
        self, place: str, parameters: frozenset[str], sources: Mapping[str, str], read: set[str]
    ) -> None:
        self.violations: list[FieldViolation] = []
        self.used: set[str] = set()
        self._place = place
        self._known = parameters | GIVEN
        self._sources = sources
        self._read = read

    def read(self, text: str, source: str = "", set_before: frozenset[str] = frozenset()) -> None:
        """Check one text; `set_before` are names that the including template sets itself."""
        try:
            tree = _environment.parse(text)
            # Also what only shows when it is compiled, such as a filter that does not exist.
            undeclared = meta.find_undeclared_variables(tree)
        except TemplateSyntaxError as error:
            self._tell(source, error.lineno, error.message or "cannot be parsed")
            return
        own = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"} | set_before
        for name in sorted(undeclared - set_before):
            self.used.add(name)
            # A name set in only one branch counts as undeclared; it may well be right.
            if name not in self._known and name not in own:
                near = get_close_matches(name, sorted(self._known), n=1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                line = min(n.lineno for n in tree.find_all(nodes.Name) if n.name == name)
                self._tell(source, line, f"'{name}' is not declared under parameters{hint}")
        for part in tree.find_all((nodes.Include, nodes.Extends)):
            if isinstance(part.template, nodes.Const):
                self._follow(source, part.lineno, str(part.template.value), frozenset(own))

    def _follow(self, source: str, line: int, name: str, set_before: frozenset[str]) -> None:
        if self._place.endswith(STAND_IN):
            stand_in = name.removesuffix(ENDING) + STAND_IN
            name = stand_in if stand_in in self._sources else name
        if name in self._read:
            return
        self._read.add(name)
        if name not in self._sources:
            near = get_close_matches(name, sorted(self._sources), n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            self._tell(source, line, f"no pack has '{name}'{hint}")
            return
        self.read(self._sources[name], name, set_before)

    def _tell(self, source: str, line: int, description: str) -> None:
        where = f"{self._place}: {source + ' ' if source else ''}line {line}"
        self.violations.append(FieldViolation(where, description))
