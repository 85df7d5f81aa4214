"""Compare tools by what they do: action, thing, properties and effect, not by their words alone.

Two tools are as similar as their actions, the things that they work on and all else that is said
about them, multiplied; things or properties that only one has, while the other has its own, count
against. docs/criteria.md has the formula and the numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from revitron_grpc.catalog.lexicon import action_families, closeness, object_families, siblings
from revitron_grpc.catalog.lexicon_relations import OPPOSITES
from revitron_grpc.catalog.model import CONFIGURED
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.catalog.tool_function import (
    GENERIC,
    ToolDescription,
    ToolFunction,
    function_of,
)

__all__ = [
    "DUPLICATE_LIMIT",
    "ToolDescription",
    "ToolFunction",
    "ToolIndex",
    "ToolMatch",
    "function_of",
    "known_tools",
    "office_tools",
    "similarity",
]

DUPLICATE_LIMIT = 0.52
"""Two tools at or above this similarity are duplicates; docs/criteria.md says how it was fixed."""

# What a tool works on decides more than the whole of what is said about it.
_THING, _WHOLE = 0.75, 0.5
_OTHER_THING, _OTHER_DETAIL = 0.6, 0.35
_OTHER_GROUPING = 0.5
# The smaller description counts more than the larger: what one text leaves out is no difference.
_SMALLER, _LARGER = 0.65, 0.35
# A bare title such as "Rooms" says too little to be the twin of a tool that says more.
_LEAST_MASS = 3.0
_NO_ACTION = 0.6
_LEADING = 0.6


@dataclass(frozen=True, slots=True)
class ToolMatch:
    """A tool that does something similar, how similar (0 to 1), and in which respects."""

    tool: ToolDescription
    similarity: float
    reason: str


def similarity(one: ToolFunction, other: ToolFunction) -> float:
    """Return how similar two tools are, 0 to 1; symmetric, rounded to four decimals."""
    action = _action(one.actions, other.actions)
    if not action:
        return 0.0
    common = _common(one.thing_weights, other.thing_weights)
    if not common:
        return 0.0
    thing = _share(common, one.thing_mass, other.thing_mass)
    floor = min(_LEAST_MASS, max(one.mass, other.mass))
    whole = _share(
        _common(one.weights, other.weights), max(one.mass, floor), max(other.mass, floor)
    )
    other_thing = _opposed(one.thing_weights, other.thing_weights, one, other)
    other_detail = _opposed(one.detail_weights, other.detail_weights, one, other)
    against = (1.0 - _OTHER_THING * max(other_thing, _opposite(one, other))) * (
        1.0 - _OTHER_DETAIL * other_detail
    )
    return round(action * thing**_THING * whole**_WHOLE * against, 4)


def _action(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return _NO_ACTION
    if one & other:
        return 1.0
    table = closeness()
    return max(table.get((f"a:{a}", f"a:{b}"), 0.0) for a in one for b in other)


def _common(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The weight of what two descriptions have in common, near kin counted in part."""
    same = sum(sorted(min(weight, other[name]) for name, weight in one.items() if name in other))
    kinship = _kinship(one, other)
    return same + (min(kinship, _kinship(other, one)) if kinship else 0.0)


def _kinship(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared: list[float] = []
    for name, weight in one.items():
        if name in _KIN and name not in other:
            near = [
                near * min(weight, other[kin])
                for kin, near in _KIN[name]
                if kin in other and kin not in one
            ]
            if near:
                shared.append(max(near))
    return sum(sorted(shared))


def _share(common: float, one: float, other: float) -> float:
    total = _SMALLER * min(one, other) + _LARGER * max(one, other)
    return min(1.0, common / total) if total else 0.0


def _most_of_whole(one: ToolFunction, other: ToolFunction) -> float:
    """The most that the whole can make of a similarity: all that the smaller one says is common."""
    floor = min(_LEAST_MASS, max(one.mass, other.mass))
    least = min(one.mass, other.mass)
    return _share(least, max(one.mass, floor), max(other.mass, floor)) ** _WHOLE


def _opposed(
    mine: Mapping[str, float], others: Mapping[str, float], one: ToolFunction, other: ToolFunction
) -> float:
    """How much each of the two has that the other lacks: doors here, windows there.

    A tool that only says more than the other is not opposed to it.
    """
    own = _own_weight(mine, other.weights)
    return min(1.0, own, _own_weight(others, one.weights)) if own else 0.0


def _own_weight(mine: Mapping[str, float], others: Mapping[str, float]) -> float:
    own = 0.0
    for name, weight in mine.items():
        # What weighs no more than what was found cannot count more, however far from all others.
        if weight > own and name not in others:
            near = 0.0
            for kin, value in _KIN.get(name, ()):
                if value > near and kin in others:
                    near = value
            own = max(own, weight * (1.0 - near))
    return own


def _opposite(one: ToolFunction, other: ToolFunction) -> float:
    """How much the two exclude each other: lower or higher, pipes or ducts, by room or by type."""
    mine, others = one.weights, other.weights
    most = 0.0
    for name, weight in mine.items():
        contrary = _CONTRARY.get(name)
        if (
            contrary is not None
            and contrary in others
            and (contrary not in mine or name not in others)
        ):
            most = max(most, min(weight, others[contrary]))
        if name in others:
            continue
        rank = _SIBLINGS.get(name)
        if rank and mine.keys().isdisjoint(rank & others.keys()):
            most = max([most, *(min(weight, others[rival]) for rival in rank & others.keys())])
    if one.groupings and other.groupings and one.groupings.isdisjoint(other.groupings):
        most = max(most, _OTHER_GROUPING)
    return min(1.0, most)


def _kin_table() -> Mapping[str, tuple[tuple[str, float], ...]]:
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (one, other), value in closeness().items():
        if one.startswith("o:") and value:
            found[one[2:]].append((other[2:], value))
    return {name: tuple(sorted(others)) for name, others in found.items()}


_KIN = _kin_table()
_SIBLINGS = siblings()
_CONTRARY = {a: b for pair in OPPOSITES for a, b in (pair, pair[::-1])}


class ToolIndex:
    """Tools by what they do; answers which of them is nearest to a function.

    Safe for threads that only ask; `add` is for the one thread that owns an index.
    """

    def __init__(self, tools: Iterable[ToolDescription] = ()) -> None:
        self._tools: list[ToolDescription] = []
        self._functions: list[ToolFunction] = []
        self._masses: list[float] = []
        # Postings by thing and by actions: most tools do something else to the same thing.
        self._by_thing: dict[str, dict[frozenset[str], list[tuple[int, float]]]] = {}
        self._by_family: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for tool in tools:
            self.add(tool)

    def __len__(self) -> int:
        return len(self._tools)

    def add(self, tool: ToolDescription, function: ToolFunction | None = None) -> None:
        """Add one tool; `function` is what it does, where that was read before."""
        function = function or function_of(tool)
        number = len(self._tools)
        self._tools.append(tool)
        self._functions.append(function)
        self._masses.append(function.thing_mass)
        for name, weight in function.things:
            postings = self._by_thing.setdefault(name, {})
            postings.setdefault(function.actions, []).append((number, weight))
        for family in task_families(function):
            self._by_family[family].append(number)

    def nearest(self, function: ToolFunction, limit: int = 1) -> tuple[ToolMatch, ...]:
        """Return the most similar tools, best first, ties in order of addition.

        Tools with nothing in common are left out, so that fewer than `limit` may come.
        """
        best: list[tuple[float, int]] = []
        for bound, number in self._bounds(function):
            if len(best) >= limit and bound > best[-1][0]:
                break
            other = self._functions[number]
            most = bound * _most_of_whole(function, other) - _ROUNDING
            if len(best) >= limit and most > best[-1][0]:
                continue
            value = similarity(function, other)
            if value:
                best.append((-value, number))
                best.sort()
                del best[limit:]
        return tuple(
            ToolMatch(self._tools[number], -value, _reason(function, self._functions[number]))
            for value, number in best
        )

    def family_size(self, function: ToolFunction) -> int:
        """Count the tools of the same task family: a like action on things of a like kind."""
        members: set[int] = set()
        for family in task_families(function):
            members.update(self._by_family.get(family, ()))
        return len(members)

    def _bounds(self, function: ToolFunction) -> list[tuple[float, int]]:
        """The tools with a thing in common, by the most that their similarity can be, negated."""
        common: defaultdict[int, float] = defaultdict(float)
        action_of: dict[int, float] = {}
        actions: dict[frozenset[str], float] = {}
        for name, weight in function.things:
            for thing, near in ((name, 1.0), *_KIN.get(name, ())):
                for theirs, postings in self._by_thing.get(thing, {}).items():
                    action = actions.get(theirs)
                    if action is None:
                        action = actions[theirs] = _action(function.actions, theirs)
                    if action:
                        for number, other in postings:
                            common[number] += near * min(weight, other)
                            action_of[number] = action
        # Written out, since this runs over hundreds of tools where `similarity` sees a dozen.
        mine, masses = function.thing_mass, self._masses
        bounds: list[tuple[float, int]] = []
        for number, shared in common.items():
            mass = masses[number]
            if mass < mine:
                share = shared / (_SMALLER * mass + _LARGER * mine)
            else:
                share = shared / (_SMALLER * mine + _LARGER * mass)
            action = action_of[number]
            bounds.append((-_ROUNDING - (action * share**_THING if share < 1 else action), number))
        bounds.sort()
        return bounds


def task_families(function: ToolFunction) -> frozenset[tuple[str, str]]:
    """Return the task families of a tool: each leading action with each leading thing, by kind.

    A tool without an action belongs to none.
    """
    actions, kinds = action_families(), object_families()
    leading = [name for name, weight in function.things if _leads(name, weight)]
    return frozenset(
        (actions[action], kind)
        for action in function.actions
        if action in actions
        for name in leading
        for kind in kinds.get(name, ())
    )


def _leads(name: str, weight: float) -> bool:
    return weight >= (_LEADING / 2 if name in GENERIC else _LEADING)


# The bound sums in another order than the similarity itself.
_ROUNDING = 1e-4


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


def office_tools(catalog: Catalog) -> tuple[ToolDescription, ...]:
    """Return those tools of the catalog that an office has configured as its own."""
    own = {source.name for source in catalog.sources if source.kind in CONFIGURED}
    return tuple(tool for tool in known_tools(catalog) if tool.source in own)


def known_tools(catalog: Catalog) -> tuple[ToolDescription, ...]:
    """Return all tools and groups of the facts, and Revit's own commands."""
    published = tuple(
        ToolDescription(tool.title, text, source=tool.source, path=tool.path)
        for tool, text in catalog.described_tools()
    )
    native = tuple(
        ToolDescription(command.title, source="Revit", path=command.name)
        for command in catalog.native_commands
    )
    return published + native
