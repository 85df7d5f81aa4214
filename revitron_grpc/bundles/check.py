"""Check an extension for what pyRevit and Revit leave unsaid, or say too late."""

from collections.abc import Collection

from revitron_grpc.bundles.extension import Extension
from revitron_grpc.bundles.findings import BundleFinding
from revitron_grpc.bundles.rules import files, metadata, structure, unread
from revitron_grpc.bundles.rules.registry import BundleRule, KnownNames, entered_rules

# Importing a module of rules enters them into the table.
_MODULES_OF_RULES = (structure, metadata, files, unread)
BUNDLE_RULES: tuple[BundleRule, ...] = entered_rules()


def check_extension(
    extension: Extension,
    *,
    categories: Collection[str] = (),
    modules: Collection[str] = (),
) -> tuple[BundleFinding, ...]:
    """Return what is wrong with an extension, by path and rule; empty when nothing is.

    `categories` are the BuiltInCategory names of the Revit API, which a context may ask for;
    without any, none is judged. `modules` are the top-level modules that the engine, pyRevit and
    its site-packages bring along; without any, imports are not judged.
    """
    known = KnownNames(frozenset(categories), frozenset(modules))
    found = (
        BundleFinding(rule.code, rule.severity, hit.message, str(hit.path) or ".", hit.suggestion)
        for rule in BUNDLE_RULES
        for hit in rule.check(extension, known)
    )
    return tuple(sorted(found, key=lambda f: (f.path, f.rule, f.message)))


def rules_table() -> str:
    """Return the table of the rules in Markdown, as it stands in docs/extension.md."""
    rows = [
        f"| {rule.code} | {rule.name} | {rule.severity} | {rule.effect} |" for rule in BUNDLE_RULES
    ]
    return "\n".join(
        ["| code | name | severity | what pyRevit or Revit does |", "|---|---|---|---|", *rows]
    )
