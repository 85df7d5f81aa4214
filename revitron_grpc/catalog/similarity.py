"""Compare tools by what they do: action, thing, properties and effect, not by their words alone.

Every tool is read into a `ToolFunction`: what it does (select, delete, number ...), to what
(doors, view templates ...), and what tells it from others of that kind (fire rating, unused, to
PDF ...). Two tools are as similar as these three are, multiplied: the same properties of another
thing, or another action on the same thing, make another tool. docs/criteria.md has the formula
and the numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from revitron_grpc.catalog.lexicon import Term, TermKind, closeness, terms_of
from revitron_grpc.catalog.query import Catalog

DUPLICATE_LIMIT = 0.6
"""Two tools at or above this similarity are duplicates; docs/criteria.md says how it was fixed."""


@dataclass(frozen=True, slots=True)
class ToolDescription:
    """What is known of a tool: its own words, and where it stands.

    `verb`, `object` and `api` are filled where the tool says them itself; `path` is the bundle's
    folder, whose group names the action of tools with bare titles such as Export > Sheets.
    """

    title: str
    description: str = ""
    verb: str = ""
    object: str = ""
    source: str = ""
    path: str = ""
    api: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ToolFunction:
    """What a tool does, in the terms of the field.

    `actions` are the leading ones; `things` and `details` carry weights of 0 to 1: what the
    action is done to, and all else that tells the tool from others.
    """

    actions: frozenset[str]
    things: tuple[tuple[str, float], ...]
    details: tuple[tuple[str, float], ...]
    api: frozenset[str] = frozenset()

    @property
    def weight_of_things(self) -> float:
        """The sum of the weights of `things`."""
        return sum(weight for _, weight in self.things)


@dataclass(frozen=True, slots=True)
class ToolMatch:
    """A tool that does something similar, how similar (0 to 1), and in which respects."""

    tool: ToolDescription
    similarity: float
    reason: str


# Weights of what a detail is: a property tells tools apart more than a format, and that more
# than the scope in which a tool works.
_PROPERTY, _FORMAT, _SCOPE, _STEM = 0.9, 0.7, 0.25, 0.3
_GENERIC = frozenset(("element", "model", "selection", "value", "name", "type"))
_LOOKING = frozenset("select find list check report compare count measure calculate filter".split())


class _Reading:
    """Collects terms of a tool's texts with weights."""

    def __init__(self) -> None:
        self.actions: list[str] = []
        self.things: dict[str, float] = {}
        self.details: dict[str, float] = {}

    def title(self, text: str, weight: float) -> list[str]:
        """Read a title; return the actions that it names."""
        terms = [term for term in terms_of(text) if term.sense(TermKind.BREAK) is None]
        actions: list[str] = []
        related = False
        for place, term in enumerate(terms):
            action = term.sense(TermKind.ACTION)
            thing = term.sense(TermKind.OBJECT)
            ambiguous = thing is not None or term.sense(TermKind.PROPERTY) is not None
            if action and (place == 0 or not (ambiguous or actions)):
                actions.append(action)
                continue
            if term.sense(TermKind.RELATION) is not None and self.things:
                related = True
            elif thing is not None and not related:
                self._thing(thing, weight)
            else:
                self._detail(term, weight)
        return actions

    def object(self, text: str) -> None:
        """Read a declared object: every thing in it leads."""
        for term in terms_of(text):
            thing = term.sense(TermKind.OBJECT)
            if thing is not None:
                self._thing(thing, 1.0)
            elif term.sense(TermKind.STEM) is not None:
                self._thing(f"~{term.sense(TermKind.STEM)}", 0.7)
            else:
                self._detail(term, 1.0)

    def description(self, text: str) -> list[str]:
        """Read a description; return the leading actions."""
        actions: list[str] = []
        weight, start, leading, named = 1.0, True, True, False
        for term in terms_of(text):
            mark = term.sense(TermKind.BREAK)
            if mark is not None:
                if mark in ".;!?\n" and actions:
                    weight, leading = 0.35, False
                start = True
                continue
            joined = term.sense(TermKind.STOP)
            if joined == ",":
                start = True
                continue
            action = term.sense(TermKind.ACTION)
            thing = term.sense(TermKind.OBJECT)
            ambiguous = thing is not None or term.sense(TermKind.PROPERTY) is not None
            if action and start and weight == 1.0 and not (actions and ambiguous):
                actions.append(action)
                leading = leading or not named
                start = False
                continue
            if joined is None:
                start = False
            if term.sense(TermKind.RELATION) is not None:
                leading = leading and not named
            elif thing is not None:
                if leading:
                    self._thing(thing, weight)
                    named = True
                else:
                    self._detail(term, 0.6 * weight)
            elif leading and not named and term.sense(TermKind.STEM) is not None:
                self._detail(term, 1.5 * weight)
            else:
                self._detail(term, weight)
        return actions

    def _thing(self, name: str, weight: float) -> None:
        if name in _GENERIC:
            weight *= 0.5
        self.things[name] = max(weight, self.things.get(name, 0.0))

    def _detail(self, term: Term, weight: float) -> None:
        for kind, share in (
            (TermKind.PROPERTY, _PROPERTY),
            (TermKind.FORMAT, _FORMAT),
            (TermKind.SCOPE, _SCOPE),
            (TermKind.STEM, _STEM),
            (TermKind.OBJECT, _PROPERTY),
        ):
            name = term.sense(kind)
            if name is not None:
                if name in _GENERIC:
                    share *= 0.3
                self.details[name] = max(weight * share, self.details.get(name, 0.0))
                return


def function_of(description: ToolDescription) -> ToolFunction:
    """Read what a tool does from its texts; takes some tens of microseconds."""
    reading = _Reading()
    actions: list[str] = []
    if description.verb:
        actions += _actions_in(description.verb) or [description.verb]
    if description.object:
        reading.object(description.object)
    if description.description:
        told = reading.description(description.description)
        actions += _main(told)
    in_title = reading.title(description.title, 0.5 if description.description else 1.0)
    if not actions:
        actions = _main(in_title) or _group_actions(description.path)
    for name in reading.things:
        reading.details.pop(name, None)
    return ToolFunction(
        actions=frozenset(actions),
        things=tuple(sorted(reading.things.items())),
        details=tuple(sorted(reading.details.items())),
        api=description.api,
    )


def _actions_in(text: str) -> list[str]:
    return [a for term in terms_of(text) if (a := term.sense(TermKind.ACTION)) is not None]


def _main(actions: list[str]) -> list[str]:
    """Leave out looking where something is done with what was found."""
    doing = [action for action in actions if action not in _LOOKING]
    if doing and len(doing) < len(actions) and actions[0] in _LOOKING:
        return doing[:2]
    return actions[:2]


def _group_actions(path: str) -> list[str]:
    groups = [part for part in path.replace("\\", "/").split("/")[:-1] if "." in part]
    for part in reversed(groups):
        name, _, kind = part.rpartition(".")
        if kind in ("pulldown", "splitbutton", "splitpushbutton", "panel"):
            actions = _actions_in(name)
            if actions:
                return actions[:1]
    return []


def similarity(one: ToolFunction, other: ToolFunction) -> float:
    """Return how similar two tools are, 0 to 1; symmetric, rounded to four decimals."""
    action = _action(one.actions, other.actions)
    if not action:
        return 0.0
    thing = _overlap(dict(one.things), dict(other.things), kin=True)
    if not thing:
        return 0.0
    whole = _overlap(
        {**dict(one.details), **dict(one.things)},
        {**dict(other.details), **dict(other.things)},
        kin=False,
    )
    return round(action * sqrt(thing) * sqrt(whole), 4)


def _action(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.6
    if one & other:
        return 1.0
    table = closeness()
    return max(
        (table.get((f"a:{a}", f"a:{b}"), 0.0) for a in one for b in other),
        default=0.0,
    )


def _overlap(one: Mapping[str, float], other: Mapping[str, float], *, kin: bool) -> float:
    """The share of two weighted sets that is common (Dice), near kin counted in part."""
    total = sum(one.values()) + sum(other.values())
    if not total:
        return 0.0
    common = sum(sorted(min(w, other[name]) for name, w in one.items() if name in other))
    if kin:
        table = closeness()
        rest_one = sorted(set(one) - set(other))
        rest_other = sorted(set(other) - set(one))
        for a in rest_one:
            for b in rest_other:
                near = table.get((f"o:{a}", f"o:{b}"), 0.0)
                common += near * min(one[a], other[b])
    return min(1.0, 2 * common / total)


class ToolIndex:
    """Tools by what they do; answers which of them is nearest to a function.

    Safe for threads that only ask; `add` is for the one thread that owns an index.
    """

    def __init__(self, tools: Iterable[ToolDescription] = ()) -> None:
        self._tools: list[ToolDescription] = []
        self._functions: list[ToolFunction] = []
        self._by_thing: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for tool in tools:
            self.add(tool)

    def __len__(self) -> int:
        return len(self._tools)

    def add(self, tool: ToolDescription) -> None:
        """Add one tool."""
        function = function_of(tool)
        number = len(self._tools)
        self._tools.append(tool)
        self._functions.append(function)
        for name, weight in function.things:
            self._by_thing[name].append((number, weight))

    def nearest(self, function: ToolFunction, limit: int = 1) -> tuple[ToolMatch, ...]:
        """Return the most similar tools, best first, ties in order of addition.

        Tools with nothing in common are left out, so that fewer than `limit` may come.
        """
        best: list[tuple[float, int]] = []
        for bound, number in self._bounds(function):
            if len(best) >= limit and bound < -best[-1][0]:
                break
            value = similarity(function, self._functions[number])
            if value:
                best.append((-value, number))
                best.sort()
                del best[limit:]
        return tuple(
            ToolMatch(self._tools[number], -value, _reason(function, self._functions[number]))
            for value, number in best
        )

    def family_size(self, function: ToolFunction) -> int:
        """Count the tools that do the same, or nearly the same, to the same kind of thing."""
        actions = {name: _action(function.actions, name) for name in self._action_sets(function)}
        return sum(
            actions[self._functions[number].actions] >= _SAME_FAMILY
            for number in self._common(function)
            if self._functions[number].actions
        )

    def _action_sets(self, function: ToolFunction) -> set[frozenset[str]]:
        return {self._functions[number].actions for number in self._common(function)}

    def _bounds(self, function: ToolFunction) -> list[tuple[float, int]]:
        """The tools with a thing in common and the most that their similarity can be."""
        common = self._common(function)
        mine = function.weight_of_things
        actions: dict[frozenset[str], float] = {}
        bounds: list[tuple[float, int]] = []
        for number, shared in common.items():
            other = self._functions[number]
            action = actions.get(other.actions)
            if action is None:
                action = actions[other.actions] = _action(function.actions, other.actions)
            if action:
                total = mine + other.weight_of_things
                bounds.append((action * sqrt(min(1.0, 2 * shared / total)) + _ROUNDING, number))
        bounds.sort(key=_by_bound)
        return bounds

    def _common(self, function: ToolFunction) -> dict[int, float]:
        """The weight of things that each tool has in common with a function."""
        common: dict[int, float] = {}
        for name, weight in function.things:
            for number, other in self._by_thing.get(name, ()):
                common[number] = common.get(number, 0.0) + min(weight, other)
            for kin, near in _KIN.get(name, ()):
                for number, other in self._by_thing.get(kin, ()):
                    common[number] = common.get(number, 0.0) + near * min(weight, other)
        return common


def _by_bound(bound: tuple[float, int]) -> tuple[float, int]:
    return -bound[0], bound[1]


def _kin_table() -> Mapping[str, tuple[tuple[str, float], ...]]:
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (one, other), value in closeness().items():
        if one.startswith("o:") and value:
            found[one[2:]].append((other[2:], value))
    return {name: tuple(sorted(others)) for name, others in found.items()}


_KIN = _kin_table()
# The bound sums in another order than the similarity itself.
_ROUNDING = 1e-4
_SAME_FAMILY = 0.7


def _reason(one: ToolFunction, other: ToolFunction) -> str:
    def words(names: Iterable[str]) -> str:
        return ", ".join(sorted(name.lstrip("~").replace("_", " ") for name in names)) or "nothing"

    same_things = dict(one.things).keys() & dict(other.things).keys()
    all_one = dict(one.details).keys() | dict(one.things).keys()
    all_other = dict(other.details).keys() | dict(other.things).keys()
    same_details = (all_one & all_other) - same_things
    actions = (one.actions & other.actions) or (one.actions | other.actions)
    return (
        f"action: {words(actions)}; same things: {words(same_things)}; "
        f"same details: {words(same_details)}; "
        f"only one of the two: {words(all_one ^ all_other)}"
    )


def known_tools(catalog: Catalog) -> tuple[ToolDescription, ...]:
    """Return all tools and groups of the facts, and Revit's own commands."""
    published = tuple(
        ToolDescription(tool.title, source=tool.source, path=tool.path) for tool in catalog.tools
    )
    native = tuple(
        ToolDescription(command.title, source="Revit", path=command.name)
        for command in catalog.native_commands
    )
    return published + native
