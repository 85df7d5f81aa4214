"""What Python 2.7 and Python 3 both run, with different results.

Generated scripts must run under IronPython 2.7 and 3.4 alike (DESIGN section 6), so whatever
differs in silence is reported here. Only what the text itself shows: types are not inferred.
"""

import ast
from collections.abc import Iterator

from revitron_grpc.analysis.findings import Finding, Severity, by_position
from revitron_grpc.analysis.judge import place
from revitron_grpc.analysis.nodes import NodeIndex, nodes_by_class
from revitron_grpc.analysis.parse import parse

_LAZY = frozenset(("map", "filter", "zip"))
_VIEWS = frozenset(("keys", "values", "items"))
_PYTHON2_ONLY = {
    "raw_input": "forms.ask_for_string",
    "xrange": "range",
    "unicode": "u'...' or str",
    "basestring": "str",
    "long": "int",
    "unichr": "chr",
    "reduce": "functools.reduce",
    "cmp": "key=",
    "execfile": "import",
    "apply": "f(*args)",
    "coerce": "",
    "reload": "",
    "intern": "",
    "buffer": "",
    "file": "io.open",
}
_PYTHON2_METHODS = {
    "iteritems": "items",
    "iterkeys": "keys",
    "itervalues": "values",
    "has_key": "in",
}

_Problem = tuple[ast.AST, str, str]


def common_subset_findings(
    source: str | ast.Module, path: str = "script.py"
) -> tuple[Finding, ...]:
    """Return a finding for each construct that the two Pythons treat differently.

    Text that does not parse as Python 3 is judged as far as `parse` can read it.
    """
    tree = source if isinstance(source, ast.Module) else parse(source).tree
    index = nodes_by_class(tree)
    future = {
        alias.name
        for node in index.of(ast.ImportFrom)
        if node.module == "__future__"
        for alias in node.names
    }
    bound = _bound(index)
    problems = [
        *_divisions(index, future),
        *_lazy_results(index, bound),
        *_calls(index, future, bound),
        *_names(index, bound),
        *_comparisons(index),
        *_imports(index),
        *_classes_and_scopes(index),
    ]
    return by_position(_finding(path, *problem) for problem in problems)


def _finding(path: str, node: ast.AST, message: str, suggestion: str) -> Finding:
    line, column, end_line, end_column = place(node)
    return Finding(
        "RVT210",
        Severity.WARNING,
        message,
        path,
        line,
        column,
        end_line,
        end_column,
        suggestion=suggestion,
    )


def _bound(index: NodeIndex) -> set[str]:
    """Names that the script gives a meaning of its own."""
    names = {node.id for node in index.of(ast.Name) if not isinstance(node.ctx, ast.Load)}
    names.update(node.name for node in index.of(ast.FunctionDef))
    names.update(node.name for node in index.of(ast.ClassDef))
    names.update(node.arg for node in index.of(ast.arg))
    names.update((node.asname or node.name).partition(".")[0] for node in index.of(ast.alias))
    return names


def _divisions(index: NodeIndex, future: set[str]) -> Iterator[_Problem]:
    if "division" in future:
        return
    suggestion = "from __future__ import division, or // for whole numbers"
    for node in index.of(ast.BinOp):
        if isinstance(node.op, ast.Div) and not (_is_float(node.left) or _is_float(node.right)):
            yield node, "Python 2 divides integers without a remainder", suggestion
    for node in index.of(ast.AugAssign):
        if isinstance(node.op, ast.Div) and not _is_float(node.value):
            yield node, "Python 2 divides integers without a remainder", suggestion


def _is_float(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    if isinstance(node, ast.BinOp):
        return _is_float(node.left) or _is_float(node.right)
    if isinstance(node, ast.UnaryOp):
        return _is_float(node.operand)
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    )


def _is_lazy(node: ast.expr, bound: set[str]) -> str:
    """Name the call whose result is a list in Python 2 only; empty for any other expression."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    if isinstance(function, ast.Name):
        return function.id if function.id in _LAZY and function.id not in bound else ""
    if isinstance(function, ast.Attribute) and not node.args and not node.keywords:
        return function.attr if function.attr in _VIEWS else ""
    return ""


def _lazy_results(index: NodeIndex, bound: set[str]) -> Iterator[_Problem]:
    for node in index.of(ast.Subscript):
        name = _is_lazy(node.value, bound)
        if name:
            yield node, f"the result of {name}() has no index in Python 3", f"list({name}(...))"
    for node in index.of(ast.Call):
        function = node.func
        if isinstance(function, ast.Name) and function.id == "len" and node.args:
            name = _is_lazy(node.args[0], bound)
            if name in _LAZY:
                yield node, f"the result of {name}() has no length in Python 3", "wrap it in list()"
        if isinstance(function, ast.Attribute) and _is_lazy(function.value, bound):
            name = _is_lazy(function.value, bound)
            yield node, f"the result of {name}() is no list in Python 3", "wrap it in list()"
    for node in index.of(ast.BinOp):
        for side in (node.left, node.right):
            name = _is_lazy(side, bound)
            if name and isinstance(node.op, ast.Add):
                yield node, f"the result of {name}() is no list in Python 3", "wrap it in list()"
    reads: dict[str, int] = {}
    for node in index.of(ast.Name):
        if isinstance(node.ctx, ast.Load):
            reads[node.id] = reads.get(node.id, 0) + 1
    for node in index.of(ast.Assign):
        name = _is_lazy(node.value, bound)
        for target in node.targets:
            if name in _LAZY and (not isinstance(target, ast.Name) or reads.get(target.id, 0) > 1):
                yield (
                    node,
                    f"the result of {name}() is empty after it was read once in Python 3",
                    "wrap it in list()",
                )
    for node in index.of(ast.Return):
        if node.value is not None and _is_lazy(node.value, bound) in _LAZY:
            yield node, "a lazy result in Python 3, a list in Python 2", "wrap it in list()"


def _calls(index: NodeIndex, future: set[str], bound: set[str]) -> Iterator[_Problem]:
    for node in index.of(ast.Call):
        function = node.func
        if isinstance(function, ast.Name) and function.id not in bound:
            yield from _builtin_call(node, function.id, future)
        elif isinstance(function, ast.Attribute):
            if function.attr in _PYTHON2_METHODS:
                better = _PYTHON2_METHODS[function.attr]
                yield node, f".{function.attr}() exists in Python 2 only", f"use {better}"
            elif function.attr in ("encode", "decode") and not _is_codec(function):
                yield (
                    node,
                    f".{function.attr}() takes and gives other types in Python 2 and 3",
                    "io.open(path, encoding='utf-8') for files, u'' text everywhere else",
                )
            elif function.attr == "sort" and any(one.arg == "cmp" for one in node.keywords):
                yield node, "sort(cmp=...) exists in Python 2 only", "use key="


def _is_codec(function: ast.Attribute) -> bool:
    value = function.value
    return isinstance(value, ast.Name) and value.id in ("json", "base64", "codecs", "urllib")


def _builtin_call(node: ast.Call, name: str, future: set[str]) -> Iterator[_Problem]:
    keywords = {one.arg for one in node.keywords}
    if name == "round":
        yield (
            node,
            "round() gives a float, .5 away from zero, in Python 2; an integer, .5 to even, in 3",
            "format(value, '.2f') for text, int(value + 0.5) for whole positive numbers",
        )
    elif name == "open":
        yield (
            node,
            "open() reads bytes in Python 2 and text in the machine's encoding in Python 3",
            "io.open(path, encoding='utf-8')",
        )
    elif name == "input":
        yield node, "input() evaluates what is typed in Python 2", "forms.ask_for_string"
    elif name == "print" and "print_function" not in future:
        if len(node.args) > 1 or not node.args or keywords:
            yield (
                node,
                "Python 2 prints a tuple",
                "print('...'.format(...)), or from __future__ import print_function",
            )
    elif name in ("sorted", "max", "min") and "cmp" in keywords:
        yield node, f"{name}(cmp=...) exists in Python 2 only", "use key="
    elif name in ("str", "bytes") and len(node.args) > 1:
        yield node, f"{name}() takes one argument in Python 2", ""


def _names(index: NodeIndex, bound: set[str]) -> Iterator[_Problem]:
    for node in index.of(ast.Name):
        if isinstance(node.ctx, ast.Load) and node.id in _PYTHON2_ONLY and node.id not in bound:
            better = _PYTHON2_ONLY[node.id]
            yield node, f"{node.id} exists in Python 2 only", f"use {better}" if better else ""
    for node in index.of(ast.Constant):
        if isinstance(node.value, bytes):
            yield node, "a bytes literal is text in Python 2", "u'...' or ''"


def _comparisons(index: NodeIndex) -> Iterator[_Problem]:
    for node in index.of(ast.Compare):
        sides = [node.left, *node.comparators]
        ordered = any(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in node.ops)
        if ordered and any(isinstance(one, ast.Constant) and one.value is None for one in sides):
            yield node, "None is less than anything in Python 2, an error in Python 3", "is None"
        plain = {
            "text" if isinstance(one.value, str) else "number"
            for one in sides
            if isinstance(one, ast.Constant) and isinstance(one.value, str | int | float)
        }
        if ordered and len(plain) > 1:
            yield node, "text is greater than any number in Python 2, an error in Python 3", ""
    for node in index.of(ast.Constant):
        if isinstance(node.value, int) and node.value > 2**63 - 1:
            yield node, "a long in Python 2: its text ends in L", ""


def _imports(index: NodeIndex) -> Iterator[_Problem]:
    for node in index.of(ast.Import):
        for alias in node.names:
            if alias.name in (
                "StringIO",
                "ConfigParser",
                "urllib2",
                "cPickle",
                "Queue",
                "urlparse",
            ):
                yield node, f"module {alias.name} exists in Python 2 only", ""
    for node in index.of(ast.ImportFrom):
        if node.level == 0 and node.module in ("StringIO", "ConfigParser", "urllib2", "itertools"):
            names = {alias.name for alias in node.names}
            if node.module != "itertools" or names & {"imap", "izip", "ifilter", "izip_longest"}:
                yield node, f"{node.module} differs between Python 2 and 3", ""


def _classes_and_scopes(index: NodeIndex) -> Iterator[_Problem]:
    for node in index.of(ast.ClassDef):
        methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
        for one in node.body:
            if isinstance(one, ast.Assign):
                methods.update(t.id for t in one.targets if isinstance(t, ast.Name))
        for old, new in (
            ("__nonzero__", "__bool__"),
            ("__div__", "__truediv__"),
            ("next", "__next__"),
            ("__cmp__", "__lt__"),
            ("__unicode__", "__str__"),
        ):
            if (old in methods) != (new in methods) and (old in methods or new != "__str__"):
                if old not in methods and new == "__lt__":
                    continue
                present, missing = (old, new) if old in methods else (new, old)
                yield node, f"{present} needs {missing} beside it", f"define {missing} as well"
        if "__metaclass__" in methods:
            yield node, "__metaclass__ does nothing in Python 3", ""
    for node in index.of(ast.ListComp):
        inner = {
            one.id
            for generator in node.generators
            for one in ast.walk(generator.target)
            if isinstance(one, ast.Name)
        }
        for generator in node.generators[:1]:
            read = {one.id for one in ast.walk(generator.iter) if isinstance(one, ast.Name)}
            own = {one.arg for one in ast.walk(generator.iter) if isinstance(one, ast.arg)}
            shared = sorted((inner & read) - own)
            if shared:
                yield (
                    node,
                    f"in Python 2 the comprehension overwrites {shared[0]}",
                    "use another name inside",
                )
