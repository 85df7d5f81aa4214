"""The tools of a pyRevit extension, read from the archive of its repository."""

import ast
from pathlib import PurePosixPath

from revitron_grpc.analysis.parse import parse
from revitron_grpc.bundles.extension import Component
from revitron_grpc.bundles.folder_kinds import COMMANDS, GROUPS, Kind, kind_of, split_postfix
from revitron_grpc.bundles.reader import MAX_DEPTH, extension_from_files
from revitron_grpc.catalog.model import ExistingTool, SourceKind
from revitron_grpc.research.archive import Archive, unreadable
from revitron_grpc.research.facts import MAX_PROBLEMS, DescribedTool, Facts
from revitron_grpc.vocabulary import RevitVersion

_BUNDLE = "bundle.yaml"
_SCRIPTS = tuple(f"script.{end}" for end in ("py", "cs", "vb", "rb", "dyn", "gh", "ghx"))
_EXTENSION = "extension"
_TITLE, _DESCRIPTION = 200, 2_000
_YEARS = range(2010, 2100)


def is_tool_file(path: str) -> bool:
    """Tell whether a file of an archive says anything of a tool."""
    name = path.lower()
    return name.endswith((_BUNDLE, *_SCRIPTS)) and any(
        kind_of(split_postfix(part)[1]) is not None for part in PurePosixPath(path).parts[:-1]
    )


def read_extension_tools(archive: Archive, name: str, path: str, version: str) -> Facts:
    """Read the commands and groups of all extensions in the archive, or in its folder `path`.

    Raises RevitronGrpcError (FACTS_UNREADABLE) where there is none.
    """
    tools: list[DescribedTool] = []
    problems = [f"{place}: too large, encrypted or damaged" for place in archive.passed_over]
    for root, files in _extensions(archive.files, path.strip("/")).items():
        extension = extension_from_files(PurePosixPath(root).name or name, files)
        for component in extension.components():
            if component.kind is None or component.kind not in COMMANDS | GROUPS:
                continue
            # It is there, under its folder's name, whatever became of what it says of itself.
            if component.bundle is not None and component.bundle.parsed.problem:
                problems.append(
                    f"{root}/{component.bundle.path}: {component.bundle.parsed.problem}"
                )
            tools.append(_tool(component, name, root))
    if not tools and not problems:
        raise unreadable(
            name,
            f"no pyRevit button in {path or 'the archive'}; an extension has folders such as "
            "X.tab/Y.panel/Z.pushbutton",
        )
    return Facts(
        name,
        SourceKind.EXTENSION,
        version,
        tools=tuple(tools),
        unread=len(problems),
        problems=tuple(problems[:MAX_PROBLEMS]),
    )


def _extensions(files: dict[str, bytes], below: str) -> dict[str, dict[str, bytes]]:
    """The files of each extension, by its root: an `X.extension`, or what a tab stands in."""
    found: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        parts = PurePosixPath(path).parts
        if below and not f"{path}/".startswith(f"{below}/"):
            continue
        root = next(
            (
                index + 1
                for index, part in enumerate(parts[:-1])
                if split_postfix(part)[1] == _EXTENSION
            ),
            None,
        )
        if root is None:
            root = next(
                (i for i, part in enumerate(parts[:-1]) if split_postfix(part)[1] == Kind.TAB), None
            )
        if root is None or len(parts) - root > MAX_DEPTH:
            continue
        place = "/".join(parts[:root])
        found.setdefault(place, {})["/".join(parts[root:])] = content
    return found


def _tool(component: Component, source: str, root: str) -> DescribedTool:
    values = dict(_script_values(component))
    values.update(component.bundle.parsed.values if component.bundle else {})
    where = [split_postfix(part) for part in component.path.parts]
    least = str(values.get("min_revit_version", ""))
    title = _text(values.get("title")) or component.name
    tool = ExistingTool(
        title=title[:_TITLE],
        source=source,
        kind=str(component.kind),
        path=f"{root}/{component.path}".strip("/"),
        name=component.name,
        group=component.kind in GROUPS,
        tab=next((stem for stem, postfix in where if postfix == Kind.TAB), None),
        panel=next((stem for stem, postfix in where if postfix == Kind.PANEL), None),
        context=_context(values.get("context")),
        locales=_locales(values.get("title")),
        min_revit_version=RevitVersion(int(least))
        if least.isdigit() and int(least) in _YEARS
        else None,
        cpython=any(
            script.data.lstrip(b"\xef\xbb\xbf").startswith(b"#! python3")
            for script in component.scripts
        ),
    )
    return DescribedTool(tool, _text(values.get("tooltip"))[:_DESCRIPTION])


def _script_values(component: Component) -> dict[str, object]:
    """What a script says in its globals, as extensions from before `bundle.yaml` do."""
    script = next((one for one in component.scripts if one.is_python), None)
    if script is None:
        return {}
    tree = parse(script.data).tree
    found: dict[str, object] = {}
    documented = ast.get_docstring(tree)
    if documented:
        found["tooltip"] = documented
    for statement in tree.body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
            continue
        key = _GLOBALS.get(statement.targets[0].id)
        if key is not None:
            try:
                found[key] = ast.literal_eval(statement.value)
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                continue
    return found


_GLOBALS = {
    "__title__": "title",
    "__doc__": "tooltip",
    "__context__": "context",
    "__min_revit_ver__": "min_revit_version",
}


def _text(value: object) -> str:
    """A text in English, else in its first language; line breaks as blanks."""
    if isinstance(value, dict):
        value = value.get("en_us") or next(iter(value.values()), None)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _context(value: object) -> str | None:
    """When the button is live, in one line as the facts of published toolbars have it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))[:_TITLE] or None
    if isinstance(value, dict):
        parts = (f"{rule}: {_context(names) or names}" for rule, names in value.items())
        return "; ".join(parts)[:_TITLE] or None
    return value[:_TITLE] if isinstance(value, str) and value else None


def _locales(value: object) -> tuple[str, ...]:
    return tuple(sorted(str(key) for key in value)) if isinstance(value, dict) else ()
