"""What the text of an obsolete attribute says: since when, and what to use instead.

The text is prose for people ("This property is deprecated in Revit 2024. Please use the `Value`
property instead."). Only names that exist are taken from it; the prose itself is not kept.
"""

import re
from collections.abc import Iterable, Mapping

from revitron_grpc.catalog.hierarchy import group

_YEAR = re.compile(r"(?i)\b(?:deprecated|obsoleted?)\b[^.]*?\b(20\d\d)\b")
_INSTEAD = re.compile(
    r"(?i)\b(?:us(?:e|ing)|call|prefer|(?:replaced|superseded) (?:\w+ )?(?:by|with)|"
    r"replacement is|in favou?r of)\b(.*)",
    re.DOTALL,
)
_BEFORE = re.compile(r"\b([\w.]+)\W+(?:can|should|must) be used\b")
_ARGUMENTS = re.compile(r"(?<=\w)\s*\([^()]*\)")
_NAME = re.compile(r"[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*)*")
# Words that begin a sentence or name no symbol, though types may be called so.
_PROSE = frozenset({"A", "An", "API", "Autodesk", "In", "Instead", "It", "Please", "Revit", "The"})


def stated_year(note: str) -> int | None:
    """Return the year since when the note says that it is obsolete; None where it says none."""
    match = _YEAR.search(note)
    return int(match[1]) if match else None


class KnownNames:
    """The names that a note may mean: types, the members they declare, what they derive from."""

    def __init__(
        self, members: Mapping[str, Iterable[str]], bases: Mapping[str, str | None]
    ) -> None:
        self._members = {name: frozenset(names) for name, names in members.items()}
        self._bases = bases
        self._simple = group((name.rpartition(".")[2], name) for name in sorted(members))

    def replacement(self, note: str, type_name: str, member_name: str | None = None) -> str | None:
        """Return the full name of what the note says to use instead, the first that exists.

        `type_name` and `member_name` are what the note stands on; the same name again means
        another overload.
        """
        told = _BEFORE.search(note)
        text = f"{told[1]} " if told else ""
        match = _INSTEAD.search(note)
        text += match[1] if match else ""
        if member_name == ".ctor" and re.search(r"(?i)\bconstructor\b", text):
            return f"{type_name}.{member_name}"
        for word in _NAME.findall(_ARGUMENTS.sub("", text)):
            found = self._meant(word.replace("::", "."), type_name, member_name)
            if found is not None:
                return found
        return None

    def _meant(self, word: str, type_name: str, member_name: str | None) -> str | None:
        if word in _PROSE or word == word.lower():
            return None
        if word in self._members:
            return None if word == type_name else word
        if "." in word:
            return self._qualified(word, type_name)
        if member_name is not None:
            inherited = self._declared(type_name, word)
            if inherited is not None:
                return inherited
        return self._nearest(word, type_name)

    def _qualified(self, word: str, type_name: str) -> str | None:
        head, _, last = word.rpartition(".")
        candidates = [head] if head in self._members else self._ending(head)
        for candidate in _nearest_first(candidates, type_name):
            found = self._declared(candidate, last)
            if found is not None:
                return found
        return next(iter(_nearest_first(self._ending(word), type_name)), None)

    def _ending(self, name: str) -> list[str]:
        simple = self._simple.get(name.rpartition(".")[2], ())
        return [full for full in simple if f".{full}".endswith(f".{name}")]

    def _nearest(self, word: str, type_name: str) -> str | None:
        """Return the type of that simple name: of the same namespace, or the only one."""
        candidates = [name for name in self._simple.get(word, ()) if name != type_name]
        namespace = type_name.rpartition(".")[0]
        beside = [name for name in candidates if name.rpartition(".")[0] == namespace]
        if beside or len(candidates) == 1:
            return (beside or candidates)[0]
        return None

    def _declared(self, type_name: str, member_name: str) -> str | None:
        """Return the full name of a member that a type declares or inherits."""
        current: str | None = type_name
        seen: set[str] = set()
        while current is not None and current not in seen:
            seen.add(current)
            if member_name in self._members.get(current, ()):
                return f"{current}.{member_name}"
            current = self._bases.get(current)
        return None


def _nearest_first(names: Iterable[str], type_name: str) -> list[str]:
    namespace = type_name.rpartition(".")[0]
    return sorted(names, key=lambda name: (name.rpartition(".")[0] != namespace, name))
