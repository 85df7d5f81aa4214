"""Write `bundle.yaml` so that all loaders of pyRevit read it alike; read anybody's safely.

The Python loader reads every scalar as a string, the C# loader reads typed values, and the first
builds of 6.0 read line by line and wanted two-blank indents (pyRevit issue 3097). What is written
here holds for all of them: UTF-8, block style, strings quoted wherever one of them could read
something else, no line ever folded.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import yaml
from yaml.representer import BaseRepresenter

from revitron_grpc.bundles.button import ButtonFolder
from revitron_grpc.recipes.pyrevit_words import ENGLISH

MAX_BYTES = 256 * 1024
"""The largest `bundle.yaml` that is read; pyRevit's own largest has 4 KiB."""
MAX_DEPTH = 16
MAX_NODES = 20_000
# From PyYAML 6.0.4 on, libyaml, which scans ahead of its events, stops at 1,000 levels itself.
_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
_NEVER_FOLD = 1 << 30

YamlValue = (
    str
    | int
    | float
    | bool
    | bytes
    | date
    | None
    | list["YamlValue"]
    | dict["YamlValue", "YamlValue"]
)

# Words that some YAML reader takes for a truth value, nothing or a number.
_KEYWORDS = frozenset(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"]
)
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/'-]*[\w.)])?")


class _Writer(yaml.SafeDumper):
    """PyYAML's dumper with indented lists and no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _string_style(text: str) -> str | None:
    """Choose plain (None), a literal block or double quotes."""
    if _PLAIN.fullmatch(text) and text.isprintable():
        return '"' if text.lower() in _KEYWORDS else None
    lines = text.split("\n")
    if (
        len(lines) > 1
        and all(_stands_in_a_block(line) for line in lines)
        and lines[0]
        and lines[-1]
    ):
        return "|"
    return '"'


def _stands_in_a_block(line: str) -> bool:
    return line.isprintable() and not line.endswith(" ") and not line.startswith(" ")


def _represent_string(writer: BaseRepresenter, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=_string_style(text))


_Writer.add_representer(str, _represent_string)


def _libyaml_writer() -> type[yaml.CSafeDumper] | None:
    if not yaml.__with_libyaml__:
        return None

    class LibyamlWriter(yaml.CSafeDumper):
        """The same in C, five times as fast."""

        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
            return True

    LibyamlWriter.add_representer(str, _represent_string)
    return LibyamlWriter


_LIBYAML_WRITER = _libyaml_writer()
# What libyaml escapes although it may be written as it is, or cannot write at all.
_NOT_BY_LIBYAML = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")

Localized = str | Mapping[str, str]
WrittenValue = str | int | bool | Mapping[str, str] | Sequence[str]
_PlainValue = str | int | bool | dict[str, str] | list[str]


def _writes_alike(value: _PlainValue) -> bool:
    """Whether libyaml writes that value byte for byte as PyYAML does; it never indents lists."""
    if isinstance(value, list):
        return False
    texts = (*value, *value.values()) if isinstance(value, dict) else (str(value),)
    return not any(_NOT_BY_LIBYAML.search(text) for text in texts)


def _dump(values: Mapping[str, WrittenValue]) -> str:
    plain: dict[str, _PlainValue] = {
        key: dict(value)
        if isinstance(value, Mapping)
        else value
        if isinstance(value, str | int)
        else list(value)
        for key, value in values.items()
    }
    alike = _LIBYAML_WRITER is not None and all(map(_writes_alike, plain.values()))
    return yaml.dump(
        plain,
        Dumper=_LIBYAML_WRITER if alike else _Writer,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_NEVER_FOLD,
    )


def _localized(english: str, others: Mapping[str, str]) -> Localized:
    """Give the plain text, or a locale map that starts with `en_us`, where there are others."""
    if not others:
        return english
    rest = {locale: others[locale] for locale in sorted(others) if locale != ENGLISH}
    return {ENGLISH: english, **rest}


def button_yaml(button: ButtonFolder) -> str:
    """Write the `bundle.yaml` of a button."""
    values: dict[str, WrittenValue] = {"title": _localized(button.title, button.titles)}
    if button.tooltip or button.tooltips:
        values["tooltip"] = _localized(button.tooltip, button.tooltips)
    if button.help_url:
        values["help_url"] = button.help_url
    if button.author:
        values["author"] = button.author
    if button.context:
        values["context"] = button.context[0] if len(button.context) == 1 else button.context
    if button.min_revit is not None:
        values["min_revit_version"] = int(button.min_revit)
    if button.max_revit is not None:
        values["max_revit_version"] = int(button.max_revit)
    if button.highlight is not None:
        values["highlight"] = button.highlight.value
    return _dump(values)


def container_yaml(layout: Sequence[str], *, title: str = "", tooltip: str = "") -> str:
    """Write the `bundle.yaml` of a tab, panel, stack or pulldown; `layout` must be complete."""
    values: dict[str, WrittenValue] = {}
    if title:
        values["title"] = title
    if tooltip:
        values["tooltip"] = tooltip
    values["layout"] = layout
    return _dump(values)


@dataclass(frozen=True, slots=True)
class ParsedBundle:
    """What a `bundle.yaml` says, and what is wrong with it as a file.

    `values` is empty where `problem` says why the file cannot be read. The values are those of
    anybody's file: nothing about their types is known.
    """

    values: Mapping[str, YamlValue]
    problem: str = ""
    repeated_keys: tuple[str, ...] = ()


class _RefusedError(Exception):
    """A document that is not read on purpose."""


def _refused(problem: str) -> ParsedBundle:
    return ParsedBundle(MappingProxyType({}), problem)


def read_bundle_yaml(data: bytes) -> ParsedBundle:
    """Read a `bundle.yaml` that anybody may have written. Never raises.

    Refused: more than 256 KiB, 20,000 nodes or 16 levels; anchors, aliases and tags, which
    a small document can grow without end by and no loader of pyRevit needs.
    """
    if len(data) > MAX_BYTES:
        return _refused(f"has {len(data)} bytes; at most {MAX_BYTES} are read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(f"is not UTF-8 (byte {error.start})")
    try:
        _check_events(text)
        loader = yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return _refused("is empty, which the Python loader takes for an error")
            if not isinstance(node, yaml.MappingNode):
                return _refused("is no map of keys to values")
            repeated = _repeated_keys(node)
            values = loader.construct_document(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        if getattr(error, "problem", "") == _TOO_DEEP_FOR_LIBYAML:
            return _refused(f"is nested more than {MAX_DEPTH} deep")
        return _refused("is not YAML: " + " ".join(str(error).split()))
    except _RefusedError as refused:
        return _refused(str(refused))
    return ParsedBundle(
        MappingProxyType({str(key): value for key, value in values.items()}), "", repeated
    )


def _check_events(text: str) -> None:
    depth = nodes = 0
    parser = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    for event in yaml.parse(text, Loader=parser):
        where = f"line {event.start_mark.line + 1}" if event.start_mark else "somewhere"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(f"uses an anchor or alias ({where}); write the value out")
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            raise _RefusedError(f"uses a tag ({where}); write a plain value")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > MAX_DEPTH:
            raise _RefusedError(f"is nested more than {MAX_DEPTH} deep ({where})")
        if nodes > MAX_NODES:
            raise _RefusedError(f"has more than {MAX_NODES} nodes")


def _repeated_keys(node: yaml.MappingNode) -> tuple[str, ...]:
    """Keys that stand twice in one map: PyYAML takes the last, the C# loader throws."""
    seen: set[str] = set()
    repeated: list[str] = []
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            repeated.append(name)
        seen.add(name)
        if isinstance(value, yaml.MappingNode):
            repeated.extend(_repeated_keys(value))
    return tuple(repeated)
