"""Python 2's meaning for scripts that Python 3 runs: what IronPython 2.7 does otherwise.

`python2_semantics` rewrites a syntax tree so that division, dictionaries, text and exceptions mean
what they mean in Python 2. The rewritten places call functions from `PYTHON2_FUNCTIONS`, which the
kernel puts among the script's builtins. What is not followed: comparing values of different types
with `<` (sorting them works), the twelve digits of `str(float)`, variables of list comprehensions
that stay alive.
"""

import ast
import functools
import re
from collections.abc import Callable
from typing import Any

from revitron_grpc.analysis.nodes import NodeIndex, nodes_by_class

_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))
_LISTED = frozenset({"keys", "values", "items"})
_ITERATED = {"iterkeys": "keys", "itervalues": "values", "iteritems": "items"}
_VIEWED = {"viewkeys": "keys", "viewvalues": "values", "viewitems": "items"}
_REWRITTEN = frozenset(
    {"message", "sort", "encode", "decode", "has_key", "next", *_LISTED, *_ITERATED, *_VIEWED}
)
"""Attributes that are rewritten, or whose calls are."""
# A special method of Python 2, and the name under which Python 3 looks for it.
_RENAMED_METHODS = {
    "__nonzero__": "__bool__",
    "__div__": "__truediv__",
    "__rdiv__": "__rtruediv__",
    "__idiv__": "__itruediv__",
    "next": "__next__",
    "__unicode__": "__str__",
}


def divided(one: Any, other: Any) -> Any:
    """Divide as Python 2: whole numbers give a whole number, rounded down."""
    if isinstance(one, int) and isinstance(other, int):
        return one // other
    return one / other


def _divide_item(holder: Any, key: Any, other: Any) -> None:
    holder[key] = divided(holder[key], other)


def _divide_attribute(holder: Any, name: str, other: Any) -> None:
    setattr(holder, name, divided(getattr(holder, name), other))


def _listed(found: Any) -> Any:
    return list(found) if isinstance(found, _VIEWS) else found


def _iterated(holder: Any, name: str) -> Any:
    if isinstance(holder, dict):
        return iter(getattr(holder, _ITERATED[name])())
    return getattr(holder, name)()


def _viewed(holder: Any, name: str) -> Any:
    if isinstance(holder, dict):
        return getattr(holder, _VIEWED[name])()
    return getattr(holder, name)()


def _has_key(holder: Any, key: Any) -> Any:
    return key in holder if isinstance(holder, dict) else holder.has_key(key)


def _next(holder: Any) -> Any:
    return holder.next() if hasattr(holder, "next") else next(holder)


def _sort(holder: Any, *arguments: Any, **options: Any) -> Any:
    if not isinstance(holder, list):
        return holder.sort(*arguments, **options)
    names = ("cmp", "key", "reverse")
    given = dict(zip(names, arguments, strict=False)) | options
    holder[:] = sorted2(holder, **given)
    return None


def _message(holder: Any) -> Any:
    if isinstance(holder, BaseException):
        only = holder.args[0] if len(holder.args) == 1 else ""
        return getattr(holder, "message", only)
    return holder.message


def _encode(text: Any, *arguments: Any, **options: Any) -> Any:
    encoded = text.encode(*arguments, **options)
    # Bytes are text with characters up to 255 in IronPython 2.7.
    return encoded.decode("latin-1") if isinstance(text, str) else encoded


def _decode(text: Any, *arguments: Any, **options: Any) -> Any:
    if isinstance(text, str):
        return text.encode("latin-1").decode(*arguments, **options)
    return text.decode(*arguments, **options)


def _rank(value: Any) -> tuple[int, str]:
    if value is None:
        return 0, ""
    if isinstance(value, int | float):
        return 1, ""
    return 2, type(value).__name__


def compared(one: Any, other: Any) -> int:
    """Compare as `cmp` does: None before numbers before the rest by the name of its type."""
    try:
        return (one > other) - (one < other)
    except TypeError:
        if type(one) is type(other) and isinstance(one, list | tuple):
            for left, right in zip(one, other, strict=False):
                if result := compared(left, right):
                    return result
            return (len(one) > len(other)) - (len(one) < len(other))
        return (_rank(one) > _rank(other)) - (_rank(one) < _rank(other))


_Comparison = Callable[[Any, Any], int]


def sorted2(
    items: Any,
    cmp: _Comparison | None = None,
    key: Callable[[Any], Any] | None = None,
    reverse: bool = False,
) -> list[Any]:
    """Sort as Python 2: with a comparison, and values of different types."""
    taken = list(items)
    if cmp is None:
        try:
            return sorted(taken, key=key, reverse=reverse)
        except TypeError:
            cmp = compared
    by = functools.cmp_to_key(cmp)
    return sorted(taken, key=by if key is None else lambda item: by(key(item)), reverse=reverse)


_TRUE_DIVISION = re.compile(r"^from __future__ import [^\n]*\bdivision\b", re.MULTILINE)
PYTHON2_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "__py2_divided__": divided,
    "__py2_divide_item__": _divide_item,
    "__py2_divide_attribute__": _divide_attribute,
    "__py2_listed__": _listed,
    "__py2_iterated__": _iterated,
    "__py2_viewed__": _viewed,
    "__py2_has_key__": _has_key,
    "__py2_message__": _message,
    "__py2_next__": _next,
    "__py2_sort__": _sort,
    "__py2_encode__": _encode,
    "__py2_decode__": _decode,
}
"""What a rewritten script calls; `builtins_for` has them for IronPython 2.7."""


def divides_truly(source: str) -> bool:
    """Tell whether a script imports `division` from `__future__`."""
    return _TRUE_DIVISION.search(source) is not None


def python2_semantics(tree: ast.Module, *, true_division: bool) -> ast.Module:
    """Return the tree with Python 2's meaning; changes it. Syntax is the parser's affair.

    With `true_division` the script imports it from `__future__`.
    """
    if not _means_otherwise(nodes_by_class(tree), true_division=true_division):
        return tree
    return ast.fix_missing_locations(_Python2(true_division).visit(tree))


def _means_otherwise(nodes: NodeIndex, *, true_division: bool) -> bool:
    """Whether a tree has anything that may have to be rewritten; most functions have not."""
    divisions = () if true_division else (*nodes.of(ast.BinOp), *nodes.of(ast.AugAssign))
    return bool(
        nodes.of(ast.ClassDef)
        or any(node.name is not None for node in nodes.of(ast.ExceptHandler))
        or any(node.attr in _REWRITTEN for node in nodes.of(ast.Attribute))
        or any(isinstance(node.op, ast.Div) for node in divisions)
    )


def _call(function: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(f"__py2_{function}__", ast.Load()), list(arguments), [])


class _Python2(ast.NodeTransformer):
    def __init__(self, true_division: bool) -> None:
        self._true_division = true_division
        self._caught = 0

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if self._true_division or not isinstance(node.op, ast.Div):
            return node
        return ast.copy_location(_call("divided", node.left, node.right), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        self.generic_visit(node)
        if self._true_division or not isinstance(node.op, ast.Div):
            return node
        target = node.target
        made: ast.stmt
        if isinstance(target, ast.Name):
            value = _call("divided", ast.Name(target.id, ast.Load()), node.value)
            made = ast.Assign([target], value)
        elif isinstance(target, ast.Attribute):
            name = ast.Constant(target.attr)
            made = ast.Expr(_call("divide_attribute", target.value, name, node.value))
        else:
            made = ast.Expr(_call("divide_item", target.value, target.slice, node.value))
        return ast.copy_location(made, node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if node.attr != "message" or not isinstance(node.ctx, ast.Load):
            return node
        return ast.copy_location(_call("message", node.value), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute):
            return node
        made = self._method(node, node.func.value, node.func.attr)
        return node if made is None else ast.copy_location(made, node)

    def _method(self, node: ast.Call, holder: ast.expr, name: str) -> ast.expr | None:
        if name in ("sort", "encode", "decode"):
            made = _call(name, holder, *node.args)
            made.keywords = node.keywords
            return made
        if name == "has_key" and len(node.args) == 1 and not node.keywords:
            return _call("has_key", holder, node.args[0])
        if node.args or node.keywords:
            return None
        if name in _LISTED:
            return _call("listed", node)
        if name in _ITERATED:
            return _call("iterated", holder, ast.Constant(name))
        if name in _VIEWED:
            return _call("viewed", holder, ast.Constant(name))
        if name == "next":
            return _call("next", holder)
        return None

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        self.generic_visit(node)
        if node.name is not None:
            # In Python 2 the variable outlives its handler.
            self._caught += 1
            kept, node.name = node.name, f"__py2_caught_{self._caught}__"
            value = ast.Name(node.name, ast.Load())
            assigned = ast.Assign([ast.Name(kept, ast.Store())], value)
            node.body.insert(0, ast.copy_location(assigned, node.body[0]))
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.generic_visit(node)
        defined = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
        for old, new in _RENAMED_METHODS.items():
            if old in defined and new not in defined:
                node.body.append(_alias(new, ast.Name(old, ast.Load())))
        if "__eq__" in defined and "__hash__" not in defined:
            # Python 3 would make the class unhashable.
            hashed = ast.Attribute(ast.Name("object", ast.Load()), "__hash__", ast.Load())
            node.body.append(_alias("__hash__", hashed))
        for place, each in enumerate(node.body):
            if not isinstance(each, ast.Assign):
                continue
            target = each.targets[0]
            if isinstance(target, ast.Name) and target.id == "__metaclass__":
                node.keywords.append(ast.keyword("metaclass", each.value))
                node.body[place] = ast.copy_location(ast.Pass(), each)
        return node


def _alias(name: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(name, ast.Store())], value)
