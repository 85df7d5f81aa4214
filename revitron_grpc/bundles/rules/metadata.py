"""Rules about what `bundle.yaml` says."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.bundles.bundle_yaml import YamlValue
from revitron_grpc.bundles.extension import BundleFile, Component, Extension
from revitron_grpc.bundles.folder_kinds import Kind
from revitron_grpc.bundles.rules.registry import Hit, KnownNames, rule
from revitron_grpc.recipes.pyrevit_words import CONTEXT_TOKENS, ENGLISH, LOCALES

_CONTEXT_RULES = ("any", "all", "exact", "not_any", "not_all", "not_exact")
_LOCALIZED = ("title", "tooltip", "help_url")
_SEPARATORS = ("---", ">>>")
_DIRECTIVE = re.compile(r"\[[^\]]*\]")
_TEMPLATE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
_EXPRESSION = re.compile(r"[()&|;!]+")


def _is_scalar(value: YamlValue) -> bool:
    return value is not None and not isinstance(value, list | dict)


def _is_text(value: YamlValue) -> bool:
    return _is_scalar(value) or (
        isinstance(value, dict) and bool(value) and all(map(_is_scalar, value.values()))
    )


def _is_list(value: YamlValue) -> bool:
    return isinstance(value, list) and all(map(_is_scalar, value))


def _is_text_or_list(value: YamlValue) -> bool:
    return _is_scalar(value) or _is_list(value)


def _is_truth(value: YamlValue) -> bool:
    return isinstance(value, bool) or str(value).lower() in ("true", "false")


def _is_year(value: YamlValue) -> bool:
    return not isinstance(value, bool) and re.fullmatch(r"20\d\d", str(value)) is not None


def _is_map(value: YamlValue) -> bool:
    return isinstance(value, dict)


def _is_scalar_or_map(value: YamlValue) -> bool:
    return _is_scalar(value) or _is_map(value)


def _is_context(value: YamlValue) -> bool:
    if not isinstance(value, dict):
        return _is_text_or_list(value)
    return bool(value) and all(
        key in (*_CONTEXT_RULES, "type", "rule") and _is_text_or_list(entry)
        for key, entry in value.items()
    )


def _is_members(value: YamlValue) -> bool:
    return isinstance(value, list | dict)


def _is_highlight(value: YamlValue) -> bool:
    return value in ("new", "updated")


_TYPES: Mapping[str, tuple[Callable[[YamlValue], bool], str]] = {
    **dict.fromkeys(_LOCALIZED, (_is_text, "a text, or a map of locales to texts")),
    "author": (_is_text_or_list, "a text or a list of texts"),
    "authors": (_is_list, "a list of texts"),
    "context": (_is_context, "a token, a list of tokens, or a map such as any: [...]"),
    "min_revit_version": (_is_year, "a year such as 2022"),
    "max_revit_version": (_is_year, "a year such as 2026"),
    "is_beta": (_is_truth, "true or false"),
    "beta": (_is_truth, "true or false"),
    "highlight": (_is_highlight, "new or updated"),
    "collapsed": (_is_truth, "true or false"),
    "layout": (_is_list, "a list of folder stems"),
    "layout_order": (_is_list, "a list of folder stems"),
    "background": (_is_scalar_or_map, "a colour, or a map of colours"),
    "background_dark": (_is_scalar_or_map, "a colour, or a map of colours"),
    "engine": (_is_map, "a map such as clean: true"),
    "modules": (_is_list, "a list of DLL names"),
    "templates": (_is_map, "a map of names to texts"),
    "members": (_is_members, "a list or a map"),
    **dict.fromkeys(
        ("assembly", "command_class", "availability_class", "hyperlink", "content", "content_alt"),
        (_is_scalar, "a text"),
    ),
}
"""Every key that a loader reads: the shape that it wants and how to say it."""


def _bundles(extension: Extension) -> Iterator[tuple[Component, BundleFile]]:
    for component in extension.root.walk():
        if component.bundle is not None:
            yield component, component.bundle


@rule("BND013", "unreadable-bundle", Severity.ERROR, "The Python loader fails, metadata is lost.")
def _unreadable_bundle(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, bundle in _bundles(extension):
        if bundle.parsed.problem:
            yield Hit(
                bundle.path, bundle.parsed.problem, "write a map of keys to values, or no file"
            )


def _texts(value: YamlValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts(entry)


@rule("BND014", "unknown-key", Severity.WARNING, "The key does nothing.")
def _unknown_key(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    # A key that no loader knows is a template value; one that some text asks for is no mistake.
    templates = {
        name
        for _, bundle in _bundles(extension)
        for value in bundle.parsed.values.values()
        for text in _texts(value)
        for name in _TEMPLATE.findall(text)
    }
    for _, bundle in _bundles(extension):
        for key in bundle.parsed.values:
            if key not in _TYPES and key not in templates:
                near = get_close_matches(key, list(_TYPES), n=1)
                yield Hit(
                    bundle.path, f"has the unknown key {key}", f"write {near[0]}" if near else ""
                )


@rule("BND015", "wrong-type", Severity.ERROR, "The value is dropped, or loading fails.")
def _wrong_type(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, bundle in _bundles(extension):
        for key, value in bundle.parsed.values.items():
            if key in _TYPES and not _TYPES[key][0](value):
                yield Hit(bundle.path, f"{key} must be {_TYPES[key][1]}")


def _locale_maps(extension: Extension) -> Iterator[tuple[BundleFile, str, list[str]]]:
    for _, bundle in _bundles(extension):
        for key in _LOCALIZED:
            value = bundle.parsed.values.get(key)
            if isinstance(value, dict):
                yield bundle, key, [str(locale) for locale in value]


@rule("BND016", "unknown-locale", Severity.WARNING, "The C# loader drops the text.")
def _unknown_locale(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for bundle, key, locales in _locale_maps(extension):
        for locale in locales:
            if locale not in LOCALES:
                written = locale.lower().replace("-", "_")
                near = next((known for known in sorted(LOCALES) if known.startswith(written)), "")
                yield Hit(
                    bundle.path,
                    f"{key} has the unknown locale {locale}",
                    f"write {near}" if near else "use one of " + " ".join(sorted(LOCALES)),
                )


@rule("BND017", "no-english", Severity.WARNING, "Other languages see the first entry.")
def _no_english(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for bundle, key, locales in _locale_maps(extension):
        if ENGLISH not in locales:
            yield Hit(
                bundle.path, f"{key} has no {ENGLISH}", f"add {ENGLISH}, which all fall back to"
            )


def _context_tokens(value: YamlValue) -> Iterator[str]:
    if isinstance(value, dict):
        for key, entry in value.items():
            if key in _CONTEXT_RULES:
                yield from _context_tokens(entry)
            elif key == "rule":
                yield from (token for token in _EXPRESSION.split(str(entry)) if token)
    elif isinstance(value, list):
        yield from (str(entry) for entry in value)
    elif value is not None:
        yield str(value)


def _strange_tokens(
    extension: Extension, known: KnownNames
) -> Iterator[tuple[BundleFile, str, str, bool]]:
    """Yield tokens that are none, what they may have meant, and whether they are surely wrong."""
    for _, bundle in _bundles(extension):
        for token in _context_tokens(bundle.parsed.values.get("context")):
            if token in CONTEXT_TOKENS or token in known.categories:
                continue
            if token.startswith("OST_"):
                if known.categories:
                    near = get_close_matches(token, sorted(known.categories), n=1)
                    yield bundle, token, near[0] if near else "", True
                continue
            near = get_close_matches(token, sorted(CONTEXT_TOKENS), n=1, cutoff=0.75)
            yield bundle, token, near[0] if near else "", bool(near) or "-" in token


@rule("BND018", "unknown-context", Severity.ERROR, "The button stays grey for ever.")
def _unknown_context(extension: Extension, known: KnownNames) -> Iterator[Hit]:
    for bundle, token, near, surely in _strange_tokens(extension, known):
        if surely:
            yield Hit(
                bundle.path,
                f"context asks for {token}, which is neither a token nor a BuiltInCategory",
                f"write {near}" if near else "",
            )


@rule("BND019", "context-in-one-language", Severity.WARNING, "Grey in all other languages.")
def _context_in_one_language(extension: Extension, known: KnownNames) -> Iterator[Hit]:
    for bundle, token, _, surely in _strange_tokens(extension, known):
        if not surely:
            yield Hit(
                bundle.path,
                f"context asks for {token}, at best the name of a category in one language",
                "write the BuiltInCategory, such as OST_Walls",
            )


@rule("BND020", "context-on-link", Severity.WARNING, "The context is ignored.")
def _context_on_link(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component, bundle in _bundles(extension):
        if component.kind is Kind.LINKBUTTON and "context" in bundle.parsed.values:
            yield Hit(bundle.path, "a linkbutton has no context", "use availability_class")


def _layouts(extension: Extension) -> Iterator[tuple[Component, BundleFile, list[str]]]:
    for component, bundle in _bundles(extension):
        values = bundle.parsed.values
        layout = values.get("layout", values.get("layout_order"))
        if isinstance(layout, list):
            yield component, bundle, [str(entry) for entry in layout]


def _is_separator(entry: str) -> bool:
    return any(mark in entry for mark in _SEPARATORS)


def _stem(entry: str) -> str:
    return _DIRECTIVE.sub("", entry).strip()


@rule("BND021", "layout-without-folder", Severity.WARNING, "The entry is ignored.")
def _layout_without_folder(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component, bundle, layout in _layouts(extension):
        names = {child.name for child in component.children}
        for entry in layout:
            if not _is_separator(entry) and _stem(entry) not in names:
                near = get_close_matches(_stem(entry), sorted(names), n=1)
                yield Hit(
                    bundle.path,
                    f"layout lists {_stem(entry)}, for which there is no folder",
                    f"write {near[0]}" if near else "remove the entry",
                )


@rule("BND022", "folder-without-layout", Severity.WARNING, "The Python loader drops the folder.")
def _folder_without_layout(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component, bundle, layout in _layouts(extension):
        listed = {_stem(entry) for entry in layout}
        for child in component.children:
            if child.kind is not None and child.name not in listed:
                yield Hit(child.path, f"is missing in the layout of {bundle.path}", "add it")


@rule("BND023", "layout-ends-in-separator", Severity.WARNING, "Revit refuses the separator.")
def _layout_ends_in_separator(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, bundle, layout in _layouts(extension):
        if layout and _is_separator(layout[-1]):
            yield Hit(bundle.path, f"layout ends in {layout[-1]}", "remove the last entry")


@rule("BND024", "version-range", Severity.ERROR, "The item is made in no version of Revit.")
def _version_range(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, bundle in _bundles(extension):
        first = bundle.parsed.values.get("min_revit_version")
        last = bundle.parsed.values.get("max_revit_version")
        if _is_year(first) and _is_year(last) and str(first) > str(last):
            yield Hit(
                bundle.path, f"min_revit_version {first} is later than max_revit_version {last}"
            )


@rule("BND025", "repeated-key", Severity.ERROR, "The C# loader fails, the other takes the last.")
def _repeated_key(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, bundle in _bundles(extension):
        for key in bundle.parsed.repeated_keys:
            yield Hit(bundle.path, f"{key} stands twice in one map", "remove one")
