"""A real Python 2.7 grammar, to hold scripts against that must run on IronPython 2.7."""

from typing import Any

import parso

# Bundled type stubs know less of the class than it has.
_GRAMMAR: Any = parso.load_grammar(version="2.7")


def parse_as_python27(script: str) -> None:
    """Raise SyntaxError where the text is not Python 2.7."""
    for problem in _GRAMMAR.iter_errors(_GRAMMAR.parse(script)):
        line, column = problem.start_pos
        raise SyntaxError(f"{problem.message} at line {line}, column {column}")
