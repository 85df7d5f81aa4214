"""What both IronPythons do otherwise than CPython, built into a script's syntax tree."""

import ast
import re
from collections.abc import Callable
from typing import Any

from revitron_grpc.analysis.nodes import nodes_by_class
from revitron_grpc.simulation.errors import NetException
from revitron_grpc.simulation.net.primitive_members import PRIMITIVE_MEMBERS, net_member

_NET_IMPORT = re.compile(r"^\s*(?:from|import)\s+(?:Autodesk|Microsoft|System|clr)\b", re.MULTILINE)


def _caught(types: Any) -> Any:
    """What a handler catches: every exception of Python is a `System.Exception` in IronPython."""
    if isinstance(types, tuple):
        return tuple(_caught(each) for each in types)
    return Exception if types is NetException else types


IRONPYTHON_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "__net_member__": net_member,
    "__net_caught__": _caught,
}
"""What a rewritten script calls; `builtins_for` has them for both IronPythons."""


def imports_net(source: str) -> bool:
    """Tell whether a script imports `clr` or a namespace of .NET."""
    return _NET_IMPORT.search(source) is not None


def ironpython_semantics(tree: ast.Module) -> ast.Module:
    """Return the tree with IronPython's meaning after an import of .NET; changes it.

    Texts and numbers have their .NET members once the script imports `clr` or a namespace of .NET
    (`imports_net`), and `except System.Exception` catches Python's exceptions too.
    """
    nodes = nodes_by_class(tree)
    members = any(node.attr in PRIMITIVE_MEMBERS for node in nodes.of(ast.Attribute))
    if not members and not nodes.of(ast.ExceptHandler):
        return tree
    return ast.fix_missing_locations(_IronPython().visit(tree))


class _IronPython(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or node.attr not in PRIMITIVE_MEMBERS:
            return node
        function = ast.Name("__net_member__", ast.Load())
        call = ast.Call(function, [node.value, ast.Constant(node.attr)], [])
        return ast.copy_location(call, node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        self.generic_visit(node)
        if node.type is not None:
            function = ast.Name("__net_caught__", ast.Load())
            node.type = ast.copy_location(ast.Call(function, [node.type], []), node.type)
        return node
