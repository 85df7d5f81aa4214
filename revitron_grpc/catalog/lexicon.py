"""Read the words of a tool as terms of the field: actions, things, properties, formats, scopes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from threading import Lock

import snowballstemmer

from revitron_grpc.catalog import lexicon_relations, lexicon_terms

# A tool's purpose stands in its first words; what follows explains.
_LONGEST_TEXT = 600
# Latin and Cyrillic letters, small and capital.
_SMALL_LETTER, _CAPITAL = r"[a-zß-öø-ÿ\u0430-\u0451]", r"[A-ZÀ-ÖØ-Þ\u0401-\u042f]"
_CAMEL = re.compile(
    f"(?<={_SMALL_LETTER})(?={_CAPITAL})|(?<={_CAPITAL})(?={_CAPITAL}{_SMALL_LETTER}{{2}})"
)
_TOKEN = re.compile(r"[^\W_]+|[.;:!?\n(]|,")
_BREAKS = frozenset(".;:!?\n(")
# A stemmer keeps the word that it works on: it must not be shared between threads.
_ENGLISH = snowballstemmer.stemmer("english")
_RUSSIAN = snowballstemmer.stemmer("russian")
_STEMMING = Lock()
_CYRILLIC = re.compile(r"[\u0430-\u0451]")


class TermKind(StrEnum):
    """What a term is to a tool."""

    ACTION = "action"
    OBJECT = "object"
    PROPERTY = "property"
    FORMAT = "format"
    SCOPE = "scope"
    RELATION = "relation"
    STOP = "stop"
    BREAK = "break"
    STEM = "stem"


class Term:
    """One word or phrase of a text: its senses, a name for each kind that it can be."""

    __slots__ = ("sense",)

    def __init__(self, senses: Mapping[TermKind, str]) -> None:
        self.sense = senses.get
        """Return the name that the term has in the sense asked for, or None."""


# After one of these the thing that the tool works on has been named.
_RELATIONS = frozenset(
    "from to in on onto into by with whose that which where for at as so if although because "
    "when while than after before via through using within between per against up "
    "von nach in mit für aus по на из для".split()
)
_STOPS = frozenset(
    "a an the this their its his her it they them these those is are be was were has have had do "
    "does also all each one two three some any other others only more most very your my you i we "
    "will would can could may might must should not no out off of etc new now how what who many "
    "much own e g there here then thus too just still yet even never always again back over "
    "give gives given get gets make use used need needs want wants hang hangs lead leads lie lies "
    "come comes go goes gone stand stands hold holds take takes tell tells let lets every apart "
    "such certain whether half together "
    "thing things piece pieces kind way ways side sides everything nothing something "
    "der die das und oder den dem des ein eine tool button script command revit quickly easily "
    "automatically".split()
)
_SMALL = ("and", "or", ",")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word, by the rules of its script."""
    stemmer = _RUSSIAN if _CYRILLIC.search(word) else _ENGLISH
    with _STEMMING:
        return stemmer.stemWord(word)


def words_of(text: str) -> list[str]:
    """Split a text into lower-case words and marks of punctuation, CamelCase too."""
    spaced = _CAMEL.sub(" ", text[:_LONGEST_TEXT])
    return _TOKEN.findall(spaced.lower().replace("'s ", " "))


def terms_of(text: str) -> tuple[Term, ...]:
    """Read a text as terms, the longest phrase first."""
    words = words_of(text)
    lexicon = _lexicon()
    keys = [_key(word) for word in words]
    found: list[Term] = []
    at = 0
    while at < len(words):
        for size in lexicon.sizes.get(keys[at], ()):
            term = lexicon.terms.get(tuple(keys[at : at + size]))
            # "apart" has the stem of "apartment".
            if term is not None and (size > 1 or words[at] not in _STOPS):
                found.append(term)
                at += size
                break
        else:
            found.append(_plain(words[at], keys[at]))
            at += 1
    return tuple(found)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    """The form by which words are compared: "selected" and "selection" are no selecting."""
    root = stem(word)
    if root == word or len(word) < 5:
        return root
    if word.endswith("ed"):
        return f"{root}+ed"
    noun = word.endswith(("tion", "tions")) and not root.endswith("tion")
    return f"{root}+ion" if noun else root


@lru_cache(maxsize=50_000)
def _plain(word: str, key: str) -> Term:
    if word in _BREAKS:
        return Term({TermKind.BREAK: word})
    if word in _SMALL:
        return Term({TermKind.STOP: ","})
    if word in _RELATIONS:
        return Term({TermKind.RELATION: word})
    if word in _STOPS:
        return Term({TermKind.STOP: word})
    if word.isdigit() or len(word) == 1:
        return Term({TermKind.STOP: word})
    return Term({TermKind.STEM: key.partition("+")[0]})


@dataclass(frozen=True, slots=True)
class _Lexicon:
    terms: Mapping[tuple[str, ...], Term]
    sizes: Mapping[str, tuple[int, ...]]
    """How long the phrases are that begin with a word, longest first."""


@cache
def _lexicon() -> _Lexicon:
    senses: dict[tuple[str, ...], list[tuple[TermKind, str]]] = {}
    for kind, text in (
        (TermKind.ACTION, lexicon_terms.ACTIONS),
        (TermKind.OBJECT, lexicon_terms.OBJECTS),
        (TermKind.PROPERTY, lexicon_terms.PROPERTIES),
        (TermKind.FORMAT, lexicon_terms.FORMATS),
        (TermKind.SCOPE, lexicon_terms.SCOPES),
    ):
        for name, phrases in _entries(text):
            for phrase in phrases:
                key = tuple(_key(word) for word in words_of(phrase))
                known = senses.setdefault(key, [])
                if all(sense is not kind for sense, _ in known):
                    known.append((kind, name))
    terms = {key: Term(dict(found)) for key, found in senses.items()}
    sizes: dict[str, set[int]] = {}
    for phrase in terms:
        sizes.setdefault(phrase[0], set()).add(len(phrase))
    return _Lexicon(
        terms, {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}
    )


def _entries(text: str) -> Iterable[tuple[str, list[str]]]:
    for line in re.sub(r"\n\s+", " ", text.strip()).splitlines():
        name, _, phrases = line.partition(":")
        yield name, [phrase.strip() for phrase in phrases.split(",") if phrase.strip()]


@cache
def closeness() -> Mapping[tuple[str, str], float]:
    """How close two different actions, or two different things, are; both orders."""
    table: dict[tuple[str, str], float] = {}
    for prefix, pairs in (("a", lexicon_relations.FAMILIES), ("o", lexicon_relations.KIN)):
        for one, other, value in pairs:
            table[f"{prefix}:{one}", f"{prefix}:{other}"] = value
            table[f"{prefix}:{other}", f"{prefix}:{one}"] = value
    return table


@cache
def action_families() -> Mapping[str, str]:
    """The family of each action that has one."""
    return {
        member: family
        for family, members in _entries(lexicon_relations.ACTION_FAMILIES)
        for member in members
    }


@cache
def object_families() -> Mapping[str, tuple[str, ...]]:
    """The families of each thing that has some."""
    found: dict[str, tuple[str, ...]] = {}
    for family, members in _entries(lexicon_relations.OBJECT_FAMILIES):
        for member in members:
            found[member] = (*found.get(member, ()), family)
    return found


@cache
def siblings() -> Mapping[str, frozenset[str]]:
    """The other things of the same rank."""
    return {
        name: frozenset(row) - {name}
        for line in lexicon_relations.SIBLINGS.split("\n")
        for row in [[name.strip() for name in line.split(",") if name.strip()]]
        for name in row
    }
