"""Read what a tool does from its title, its description and the place where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from revitron_grpc.catalog.lexicon import Term, TermKind, terms_of


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
    action is done to, and all else that tells the tool from others; `groupings` are the things
    for each of which there is one result, such as a view for each storey. A name that begins
    with `~` is a word that the lexicon does not have.
    """

    actions: frozenset[str]
    things: tuple[tuple[str, float], ...]
    details: tuple[tuple[str, float], ...]
    groupings: frozenset[str] = frozenset()
    api: frozenset[str] = frozenset()
    thing_weights: Mapping[str, float] = field(init=False, compare=False, repr=False)
    detail_weights: Mapping[str, float] = field(init=False, compare=False, repr=False)
    weights: Mapping[str, float] = field(init=False, compare=False, repr=False)
    """All things and details; the three mappings follow from the fields above."""
    thing_mass: float = field(init=False, compare=False, repr=False)
    mass: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        set_field = object.__setattr__
        things, details = dict(self.things), dict(self.details)
        set_field(self, "thing_weights", things)
        set_field(self, "detail_weights", details)
        set_field(self, "weights", {**details, **things})
        set_field(self, "thing_mass", sum(things.values()))
        set_field(self, "mass", sum(self.weights.values()))


# Weights of what a detail is: a property tells tools apart more than a format, and that more
# than the scope in which a tool works, or a word that means nothing to the lexicon.
_SHARES = (
    (TermKind.PROPERTY, 0.9),
    (TermKind.FORMAT, 0.7),
    (TermKind.SCOPE, 0.25),
    (TermKind.STEM, 0.3),
    (TermKind.OBJECT, 0.55),
)
# What stands before another noun (room in "room tag") or after "of" says less than the head.
_MODIFIER = 0.65
_TITLE_BESIDE_DESCRIPTION = 0.5
_LATER_SENTENCE = 0.35
_UNKNOWN_THING = 0.7
_ANY_THING = 0.5
GENERIC = frozenset(("element", "model", "selection", "value", "name", "type"))
"""Things that nearly every tool works on; they say little."""
_LOOKING = frozenset("select find list check report compare count measure calculate filter".split())
_SECONDARY = frozenset(("sort", "open", "relate", "toggle"))


class _Reading:
    """Collects the things and details of a tool's texts."""

    def __init__(self) -> None:
        self.things: dict[str, float] = {}
        self.details: dict[str, float] = {}
        self.groupings: set[str] = set()
        self._before: tuple[str, float] | None = None
        self._share = 1.0
        self._related = self._grouped = False

    def title(self, text: str, weight: float) -> list[str]:
        """Read a title; return the actions that it names."""
        actions: list[str] = []
        related = False
        self._end_phrase()
        self._related = self._grouped = False
        for place, term in enumerate(t for t in terms_of(text) if not t.sense(TermKind.BREAK)):
            action = term.sense(TermKind.ACTION)
            thing = term.sense(TermKind.OBJECT)
            ambiguous = thing is not None or term.sense(TermKind.PROPERTY) is not None
            if action and (place == 0 or not (ambiguous or actions)):
                actions.append(action)
                self._end_phrase()
            elif self._grouping(term, weight):
                continue
            elif term.sense(TermKind.RELATION) is not None and self.things:
                related = True
            elif related or not self._phrase(term, weight):
                self._detail(term, weight)
        self._end_phrase()
        return actions

    def object(self, text: str) -> None:
        """Read a declared object; unknown words are things too."""
        for term in terms_of(text):
            if self._phrase(term, 1.0):
                continue
            unknown = term.sense(TermKind.STEM)
            if unknown is not None:
                self._thing(f"~{unknown}", _UNKNOWN_THING)
            elif term.sense(TermKind.RELATION) is not None:
                self._end_phrase(_MODIFIER)
            else:
                self._detail(term, 1.0)
        self._end_phrase()

    def description(self, text: str) -> list[str]:
        """Read a description; return the leading actions."""
        actions: list[str] = []
        weight, start, leading, named = 1.0, True, True, False
        for term in terms_of(text):
            mark = term.sense(TermKind.BREAK)
            if mark is not None:
                if mark in ".;!?\n" and actions:
                    weight, leading = _LATER_SENTENCE, False
                start = mark != "("
                self._end_phrase()
                continue
            action = term.sense(TermKind.ACTION)
            thing = term.sense(TermKind.OBJECT)
            ambiguous = thing is not None or term.sense(TermKind.PROPERTY) is not None
            if action and start and weight == 1.0 and not (actions and ambiguous):
                actions.append(action)
                leading = leading or not named
                start = False
                self._end_phrase()
                continue
            stop = term.sense(TermKind.STOP)
            start = stop == "," or (start and stop is not None)
            if self._grouping(term, weight):
                continue
            if term.sense(TermKind.RELATION) is not None:
                leading = leading and not named
                self._end_phrase()
            elif leading and self._phrase(term, weight):
                named = named or thing is not None
            elif leading and not named and term.sense(TermKind.STEM) is not None:
                self._detail(term, 1.5 * weight)
            else:
                self._detail(term, weight)
        self._end_phrase()
        return actions

    def _grouping(self, term: Term, weight: float) -> bool:
        """Take the thing after "by", "per" or "for each"; tell whether the term was one."""
        relation, stop = term.sense(TermKind.RELATION), term.sense(TermKind.STOP)
        thing = term.sense(TermKind.OBJECT)
        if relation is not None:
            self._related, self._grouped = True, relation in ("by", "per")
        elif stop in ("each", "every"):
            self._grouped = self._grouped or self._related
        elif thing is not None and self._grouped:
            self.groupings.add(thing)
            self._related = self._grouped = False
            self._detail(term, weight)
            return True
        elif stop is None:
            self._related = self._grouped = False
        return False

    def _phrase(self, term: Term, weight: float) -> bool:
        """Take a thing, or a mark between things; tell whether the term was one."""
        stop = term.sense(TermKind.STOP)
        if stop == "of":
            self._end_phrase(_MODIFIER)
            return True
        if stop == ",":
            share = self._share
            self._end_phrase(share)
            return True
        thing = term.sense(TermKind.OBJECT)
        if thing is None:
            return False
        if self._before is not None:
            name, head = self._before
            self._thing(name, head * _MODIFIER)
        self._before = (thing, weight * self._share)
        return True

    def _end_phrase(self, share: float = 1.0) -> None:
        if self._before is not None:
            self._thing(*self._before)
        self._before, self._share = None, share

    def _thing(self, name: str, weight: float) -> None:
        if name in GENERIC:
            weight *= 0.5
        self.things[name] = max(weight, self.things.get(name, 0.0))

    def _detail(self, term: Term, weight: float) -> None:
        for kind, share in _SHARES:
            name = term.sense(kind)
            if name is not None:
                if kind is TermKind.STEM:
                    name = f"~{name}"
                elif name in GENERIC:
                    share *= 0.3
                self.details[name] = max(weight * share, self.details.get(name, 0.0))
                return


def function_of(description: ToolDescription) -> ToolFunction:
    """Read what a tool does from its texts.

    >>> function_of(ToolDescription("Purge unused view filters")).actions
    frozenset({'delete'})
    """
    reading = _Reading()
    actions: list[str] = []
    if description.verb:
        actions += _actions_in(description.verb) or [description.verb]
    if description.object:
        reading.object(description.object)
    if description.description:
        actions += _main(reading.description(description.description))
    beside = _TITLE_BESIDE_DESCRIPTION if description.description else 1.0
    in_title = reading.title(description.title, beside)
    if not actions:
        actions = _main(in_title) or _group_actions(description.path)
    if actions and not reading.things:
        # A tool that names no thing, such as "Renumber", works on elements of any kind.
        reading.things["element"] = _ANY_THING
    for name in reading.things:
        reading.details.pop(name, None)
    return ToolFunction(
        actions=frozenset(actions),
        things=tuple(sorted(reading.things.items())),
        details=tuple(sorted(reading.details.items())),
        groupings=frozenset(reading.groupings),
        api=description.api,
    )


def _actions_in(text: str) -> list[str]:
    found = (term.sense(TermKind.ACTION) for term in terms_of(text))
    return [action for action in found if action is not None]


def _main(actions: list[str]) -> list[str]:
    """Leave out looking where something is done with what was found, and sorting anywhere."""
    primary = [action for action in actions if action not in _SECONDARY] or actions
    doing = [action for action in primary if action not in _LOOKING]
    if doing and primary[0] in _LOOKING:
        return doing[:2]
    return primary[:2]


def _group_actions(path: str) -> list[str]:
    """The action in the name of the group that a bundle stands in: Export > Sheets."""
    for part in reversed(path.replace("\\", "/").split("/")[:-1]):
        name, _, kind = part.rpartition(".")
        if kind in ("pulldown", "splitbutton", "splitpushbutton", "panel"):
            actions = _actions_in(name)
            if actions:
                return actions[:1]
    return []
