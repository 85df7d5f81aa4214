"""A script as written, with its tree: where an edit would go, and what stands there.

The tree's positions are those of a text that may have been rewritten from Python 2, line for
line. So nothing is taken from a position alone: what is edited must stand there as written.
"""

import ast
import re

from revitron_grpc.analysis.findings import Edit, Finding
from revitron_grpc.analysis.parse import parse

_WORD = re.compile(r"\w")


class ScriptText:
    """The lines of a script and the nodes of its tree by place."""

    def __init__(self, source: str) -> None:
        parsed = parse(source)
        self.lines = parsed.lines
        self.tree = parsed.tree
        self.parents: dict[ast.AST, ast.AST] = {}
        self._nodes: dict[tuple[int, int, int, int], list[ast.AST]] = {}
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
            place = self.place(node)
            if place is not None:
                self._nodes.setdefault(place, []).append(node)

    def place(self, node: ast.AST) -> tuple[int, int, int, int] | None:
        """Where a node stands, in characters from 1, the end exclusive; None for one without."""
        line = getattr(node, "lineno", None)
        end_line = getattr(node, "end_lineno", None)
        if line is None or end_line is None or end_line > len(self.lines):
            return None
        start = self._characters(line, getattr(node, "col_offset", 0))
        end = self._characters(end_line, getattr(node, "end_col_offset", 0))
        return line, start, end_line, end

    def nodes_at(self, finding: Finding) -> list[ast.AST]:
        """The nodes that stand exactly where a finding points."""
        place = (finding.line, finding.column, finding.end_line, finding.end_column)
        return self._nodes.get(place, [])

    def text_of(self, node: ast.AST) -> str | None:
        """What is written where a node of one line stands."""
        place = self.place(node)
        if place is None or place[0] != place[2]:
            return None
        return self.lines[place[0] - 1][place[1] - 1 : place[3] - 1]

    def span(self, finding: Finding) -> str | None:
        """What is written where a finding of one line points."""
        if finding.line != finding.end_line or not 0 < finding.line <= len(self.lines):
            return None
        return self.lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]

    def is_enclosed(self, finding: Finding) -> bool:
        """Whether brackets stand right around the piece of one line that a finding points to."""
        text = self.lines[finding.line - 1]
        around = text[max(finding.column - 2, 0) : finding.column - 1]
        return around + text[finding.end_column - 1 : finding.end_column] in ("()", "[]")

    def in_format_string(self, finding: Finding) -> bool:
        """Whether a finding points into an f-string, where a quote may end the text."""
        for node in self.nodes_at(finding):
            above: ast.AST | None = node
            while above is not None:
                if isinstance(above, ast.JoinedStr):
                    return True
                above = self.parents.get(above)
        return False

    def last_name(self, finding: Finding, name: str, new: str) -> Edit | None:
        """The edit of the name with which a finding's piece ends; None if another stands there."""
        return self.name_before(finding.end_line, finding.end_column, name, new)

    def name_before(self, line: int, end: int, name: str, new: str) -> Edit | None:
        """The edit of the name that ends at a place; None if another stands there."""
        if not 0 < line <= len(self.lines):
            return None
        text, start = self.lines[line - 1], end - len(name)
        if start < 1 or text[start - 1 : end - 1] != name:
            return None
        around = text[start - 2 : start - 1] if start > 1 else ""
        if _WORD.match(around) or _WORD.match(text[end - 1 : end]):
            return None
        return Edit(line, start, line, end, new)

    def _characters(self, line: int, offset: int) -> int:
        text = self.lines[line - 1]
        if text.isascii():
            return offset + 1
        return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")) + 1
