"""Comparisons that prove nothing, or hold in one language only."""

import ast

from revitron_grpc.analysis.checks.display_names import category_by_label
from revitron_grpc.analysis.checks.report import report
from revitron_grpc.analysis.library_types import ELEMENT
from revitron_grpc.analysis.types import (
    Instance,
    Literal,
    LocalClass,
    LocalInstance,
    Module,
    Type,
    without_none,
)
from revitron_grpc.analysis.walk import Walk

_OPERATORS = {ast.Is: "is", ast.IsNot: "is not", ast.Eq: "==", ast.NotEq: "!="}
_CATEGORY = "Autodesk.Revit.DB.Category"


def compared(walk: Walk, node: ast.Compare, left: Type, op: ast.cmpop, right: Type) -> None:
    """One comparison of two values."""
    sign = _OPERATORS.get(op.__class__)
    if sign is None:
        return
    other = node.comparators[0]
    if _is_element(walk, left) and _is_element(walk, right):
        # Two names may stand for the very same wrapper, out of one list; what was just asked for
        # is a wrapper of its own.
        if _is_fresh(walk, node.left) or _is_fresh(walk, other):
            report(
                walk,
                "RVT110",
                f"`{sign}` compares wrappers, not elements: Revit makes a new one each time",
                node,
                suggestion=f"compare {_id(node.left)} with {_id(other)}",
            )
    elif sign in ("==", "!="):
        _category_name(walk, node.left, right, other)
        _category_name(walk, other, left, node.left)


def _is_element(walk: Walk, of: Type) -> bool:
    one = without_none(of)
    return isinstance(one, Instance) and walk.view.is_a(one.name, ELEMENT.name)


def _is_fresh(walk: Walk, node: ast.expr) -> bool:
    """Whether an expression asks Revit for the element: a property or a method of something."""
    if isinstance(node, ast.Call):
        node = node.func
    if not isinstance(node, ast.Attribute):
        return False
    root: ast.expr = node
    while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    if not isinstance(root, ast.Name):
        return False
    found = walk.scope.find(root.id)
    return not isinstance(found, Module | LocalClass | LocalInstance)


def _id(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"{text}.Id" if len(text) <= 40 else "the Id"


def _category_name(walk: Walk, node: ast.expr, literal: Type, place: ast.expr) -> None:
    """`element.Category.Name == "Walls"`, where the left side is known to be a category."""
    if (
        not isinstance(literal, Literal)
        or not isinstance(literal.value, str)
        or not isinstance(node, ast.Attribute)
        or node.attr != "Name"
        or not isinstance(node.value, ast.Attribute)
        or node.value.attr != "Category"
    ):
        return
    name = category_by_label(walk.view, literal.value)
    if name:
        report(
            walk,
            "RVT111",
            f"{literal.value!r} is the English name of a category: Revit in another language "
            "calls it otherwise",
            place,
            symbol=f"{_CATEGORY}.Name",
            suggestion=f"compare {_id(node.value)} with ElementId(BuiltInCategory.{name})",
        )
