"""The public names of a Python library, read from its source; nothing is imported.

What cannot be seen in plain sight, such as names that a star import brings, is left unknown: the
module is then open, and a name that is not found in it is never called missing.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from revitron_grpc.analysis.parse import parse
from revitron_grpc.catalog.model import (
    PythonApiEntry,
    PythonKind,
    PythonParameter,
    SourceKind,
)
from revitron_grpc.research.archive import Archive, unreadable
from revitron_grpc.research.facts import MAX_PROBLEMS, Facts

MAX_MODULES = 2_000
_PACKAGE = "__init__"
_NOT_LIBRARY = frozenset(("setup", "conftest", "script", "startup"))
_LONGEST_DEFAULT = 80
_DYNAMIC = frozenset(("__getattr__", "__getattribute__"))
_CLASS_BINDINGS = {"staticmethod": "static", "classmethod": "class"}


def is_library_file(path: str) -> bool:
    """Tell whether a file of an archive may be a module that scripts import."""
    return path.lower().endswith(".py")


def read_library_names(archive: Archive, name: str, path: str, version: str) -> Facts:
    """Read the names of the modules in the folder `path` of the archive.

    Without `path`: those in its folder `lib`, else at its top. A folder is a package where it has
    an `__init__.py`. Raises RevitronGrpcError (FACTS_UNREADABLE) where no module is there, or
    more than 2,000 are.
    """
    modules = _modules(archive.files, path.strip("/"))
    if not modules:
        raise unreadable(
            name,
            f"no Python module in {path or 'the archive'}; set `path` to the folder from which "
            "scripts import",
        )
    if len(modules) > MAX_MODULES:
        raise unreadable(name, f"{len(modules)} modules; at most {MAX_MODULES} are read")
    problems = [f"{place}: too large, encrypted or damaged" for place in archive.passed_over]
    readers: list[_Module] = []
    for module, (place, content) in sorted(modules.items()):
        parsed = parse(content)
        if parsed.problems:
            first = parsed.problems[0]
            problems.append(f"{place}, line {first.line}: {first.message}")
        reader = _Module(name, module, place.endswith(f"{_PACKAGE}.py"), frozenset(modules))
        reader.open = bool(parsed.problems)
        reader.read(parsed.tree)
        readers.append(reader)
    return Facts(
        name,
        SourceKind.LIBRARY,
        version,
        names=tuple(entry for reader in readers for _, entry in sorted(reader.entries.items())),
        modules=tuple(sorted(modules)),
        open_modules=tuple(reader.module for reader in readers if reader.open),
        unread=len(problems),
        problems=tuple(problems[:MAX_PROBLEMS]),
    )


def _modules(files: dict[str, bytes], below: str) -> dict[str, tuple[str, bytes]]:
    """The importable modules by their dotted name, with path and content."""
    if not below and any(path.startswith("lib/") for path in files):
        below = "lib"
    prefix = f"{below}/" if below else ""
    inside = {path[len(prefix) :]: path for path in files if path.startswith(prefix)}
    packages = {
        str(PurePosixPath(path).parent) for path in inside if path.endswith(f"{_PACKAGE}.py")
    }
    found: dict[str, tuple[str, bytes]] = {}
    for relative, path in inside.items():
        place = PurePosixPath(relative)
        folders = [str(parent) for parent in place.parents if str(parent) != "."]
        parts = [*place.parts[:-1], place.stem]
        if not all(folder in packages for folder in folders) or not all(
            part.isidentifier() for part in parts
        ):
            continue
        if len(parts) == 1 and (place.stem in _NOT_LIBRARY or place.stem == _PACKAGE):
            continue
        if place.stem.endswith(("_script", "_config")):
            continue
        module = ".".join(parts[:-1] if place.stem == _PACKAGE else parts)
        found[module] = (path, files[path])
    return found


@dataclass(slots=True)
class _Module:
    """Gathers the entries of one module."""

    library: str
    module: str
    is_package: bool
    modules: frozenset[str]
    open: bool = False
    entries: dict[str, PythonApiEntry] = field(default_factory=dict)

    def read(self, tree: ast.Module) -> None:
        """Add the module itself and every public name that it binds."""
        self._add(self.module, PythonKind.MODULE)
        for statement in _flat(tree.body):
            self._statement(statement)

    def _add(self, name: str, kind: PythonKind, **facts: object) -> None:
        fields: dict[str, object] = {"name": name, "kind": kind, "library": self.library, **facts}
        self.entries[name] = PythonApiEntry(**fields)  # type: ignore[arg-type]

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if not name.startswith("_"):
                    self._add(
                        f"{self.module}.{name}",
                        PythonKind.FUNCTION,
                        parameters=_parameters(node.args, bound=False),
                        context_manager=_is_decorated(node, "contextmanager"),
                    )
            case ast.ClassDef():
                if not node.name.startswith("_"):
                    self._class(node)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bound(target, value)
            case ast.AnnAssign(target=target, value=value):
                self._bound(target, value)
            case ast.ImportFrom():
                self._imported_from(node)
            case ast.Import():
                for alias in node.names:
                    self._reexport(
                        alias.asname or alias.name.partition(".")[0],
                        alias.name if alias.asname else alias.name.partition(".")[0],
                    )
            case _:
                pass

    def _bound(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._bound(element, None)
        elif isinstance(target, ast.Name) and not target.id.startswith("_"):
            name = f"{self.module}.{target.id}"
            if name not in self.entries:
                self._add(name, PythonKind.MODULE_ATTRIBUTE, type=_type_of(value))

    def _imported_from(self, node: ast.ImportFrom) -> None:
        source = self._absolute(node)
        for alias in node.names:
            if alias.name == "*":
                self.open = True
            else:
                self._reexport(
                    alias.asname or alias.name, f"{source}.{alias.name}" if source else alias.name
                )

    def _absolute(self, node: ast.ImportFrom) -> str:
        """The module that is imported from, for `from . import x` and Python 2's own folder too."""
        package = self.module if self.is_package else self.module.rpartition(".")[0]
        if node.level:
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1])
            return ".".join(part for part in (base, node.module or "") if part)
        beside = f"{package}.{node.module}" if package else ""
        return beside if beside in self.modules else node.module or ""

    def _reexport(self, name: str, target: str) -> None:
        full = f"{self.module}.{name}"
        if name.startswith("_") or target == full or full in self.entries:
            return
        # Only what leads to the library's own names: where scripts import others from is theirs.
        if target.partition(".")[0] in {module.partition(".")[0] for module in self.modules}:
            self._add(full, PythonKind.REEXPORT, target=target)

    def _class(self, node: ast.ClassDef) -> None:
        name = f"{self.module}.{node.name}"
        bases = tuple(text for base in node.bases if (text := _dotted(base)))
        own = tuple(
            f"{self.module}.{base}" for base in bases if f"{self.module}.{base}" in self.entries
        )
        outside = tuple(
            base
            for base in bases
            if base != "object" and f"{self.module}.{base}" not in self.entries
        )
        methods = [one for one in _flat(node.body) if isinstance(one, ast.FunctionDef)]
        init = next((one for one in methods if one.name == "__init__"), None)
        self._add(
            name,
            PythonKind.CLASS,
            parameters=_parameters(init.args, bound=True) if init is not None else None,
            bases=own,
            external_bases=outside or (("unknown",) if len(bases) < len(node.bases) else ()),
            instance_attributes=tuple(sorted(_set_on_self(methods))),
            context_manager=any(one.name == "__enter__" for one in methods),
            any_attribute=bool(node.decorator_list or node.keywords)
            or any(one.name in _DYNAMIC for one in methods),
        )
        for statement in _flat(node.body):
            self._member(name, statement)

    def _member(self, owner: str, node: ast.stmt) -> None:
        match node:
            case ast.FunctionDef() if not node.name.startswith("_"):
                if _is_decorated(node, "property"):
                    self._add(f"{owner}.{node.name}", PythonKind.PROPERTY, owner=owner)
                elif f"{owner}.{node.name}" not in self.entries:  # a setter follows its getter
                    binding = next(
                        (b for word, b in _CLASS_BINDINGS.items() if _is_decorated(node, word)),
                        "instance",
                    )
                    self._add(
                        f"{owner}.{node.name}",
                        PythonKind.METHOD,
                        owner=owner,
                        binding=binding,
                        parameters=_parameters(node.args, bound=binding != "static"),
                    )
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not name.startswith("_"):
                self._add(
                    f"{owner}.{name}",
                    PythonKind.CLASS_ATTRIBUTE,
                    owner=owner,
                    type=_type_of(value),
                )
            case _:
                pass


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, with those in its branches: any of them may have been run."""
    for node in body:
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While):
            for part in ("body", "orelse", "finalbody"):
                yield from _flat(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from _flat(handler.body)


def _parameters(args: ast.arguments, *, bound: bool) -> tuple[PythonParameter, ...]:
    positional = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(args.defaults))
    defaults += args.defaults
    found = [
        PythonParameter(arg.arg, default=_default(default))
        for arg, default in zip(positional, defaults, strict=True)
    ][1 if bound else 0 :]
    if args.vararg is not None:
        found.append(PythonParameter(args.vararg.arg, "var_positional"))
    found += [
        PythonParameter(arg.arg, default=_default(default) or "None")
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
    ]
    if args.kwarg is not None:
        found.append(PythonParameter(args.kwarg.arg, "var_keyword"))
    return tuple(found)


def _default(node: ast.expr | None) -> str | None:
    if node is None:
        return None
    text = ast.unparse(node)
    return text if len(text) <= _LONGEST_DEFAULT else "..."


def _type_of(value: ast.expr | None) -> str | None:
    # The type alone: what a constant says is its author's own text.
    match value:
        case ast.Constant(value=constant) if constant is not None:
            return type(constant).__name__
        case ast.List():
            return "list"
        case ast.Dict():
            return "dict"
        case _:
            return None


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            before = _dotted(value)
            return f"{before}.{attribute}" if before else ""
        case _:
            return ""


def _is_decorated(node: ast.FunctionDef | ast.AsyncFunctionDef, word: str) -> bool:
    return any(_dotted(one).rpartition(".")[2] == word for one in node.decorator_list)


def _set_on_self(methods: list[ast.FunctionDef]) -> set[str]:
    found: set[str] = set()
    for method in methods:
        if not method.args.args:
            continue
        me = method.args.args[0].arg
        for node in ast.walk(method):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Store)
                and isinstance(node.value, ast.Name)
                and node.value.id == me
            ):
                found.add(node.attr)
    return found
