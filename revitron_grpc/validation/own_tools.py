"""The caller's own tools, and which of them does what a candidate does.

An office's button is described by its tooltip, by its title alone, or by nothing that says what
it does. So a candidate is compared in each of its own forms: by its effect, by its tooltip as it
would stand beside the office's, and, with a button that has only a title, by title.
"""

import re
from collections.abc import Iterable

from revitron_grpc.catalog.similarity import ToolDescription, ToolIndex, ToolMatch, function_of
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.validation.description import function_of_candidate

_NO_LETTER = re.compile(r"[\W_]+")


class OwnTools:
    """An index of the caller's tools; never changes after construction."""

    def __init__(self, tools: Iterable[ToolDescription] = ()) -> None:
        described: list[ToolDescription] = []
        bare: list[ToolDescription] = []
        for tool in tools:
            (described if tool.description.strip() else bare).append(tool)
        self._described = ToolIndex(described)
        self._bare = ToolIndex(bare)
        self._titles = {_letters(tool.title): tool for tool in reversed(bare)}

    def __len__(self) -> int:
        return len(self._described) + len(self._bare)

    def nearest(self, candidate: Candidate) -> ToolMatch | None:
        """Return the own tool that is most like a candidate, None if none does anything similar.

        A button with nothing but the same title counts as the same tool: nothing tells it apart.
        """
        if not len(self):
            return None
        title, tooltip = candidate.variant.title, " ".join(candidate.variant.tooltip.split())
        twin = self._titles.get(_letters(title))
        if twin is not None:
            return ToolMatch(twin, 1.0, "the same title, and nothing else is said about it")
        effect = function_of_candidate(candidate)
        found = [
            *self._described.nearest(effect),
            *self._described.nearest(function_of(ToolDescription(title, tooltip))),
            *self._bare.nearest(effect),
            *self._bare.nearest(function_of(ToolDescription(title))),
        ]
        return max(found, key=lambda match: match.similarity, default=None)


def _letters(title: str) -> str:
    return _NO_LETTER.sub("", title).casefold()
