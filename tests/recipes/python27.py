"""A real Python 2.7 grammar, to hold scripts against that must run on IronPython 2.7."""

from typed_ast import ast27


def parse_as_python27(script: str) -> None:
    """Raise SyntaxError where the text is not Python 2.7."""
    # typed_ast encodes the text itself, so a coding line contradicts it; the line stays counted.
    ast27.parse(script.replace("# -*- coding: utf-8 -*-", "#", 1))
