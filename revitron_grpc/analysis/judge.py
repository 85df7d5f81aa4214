"""Turns looked-up symbols into references and findings, under the guard they stand in."""

import ast
from enum import IntEnum

import msgspec

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.references import ApiReference, ReferenceKind
from revitron_grpc.analysis.replacements import instead_of
from revitron_grpc.analysis.resolve import ApiView, Lookup

MAX_FINDINGS = 2000
"""Of one script; further ones are left out."""


class Guard(IntEnum):
    """How sure it is that a failing line fails in front of the user."""

    NONE = 0
    NARROW = 1
    """The failure itself is caught, or the version was asked in a way not understood."""
    BROAD = 2
    """Everything is caught: nothing certain can be said."""


class Situation(msgspec.Struct, frozen=True):
    """Where a reference stands: versions that can get there, and what catches a failure."""

    mask: int
    guard: Guard
    narrowed: bool
    """A version or `hasattr` test is in force."""


class Judge:
    """Collects references and findings of one script."""

    def __init__(self, view: ApiView, path: str) -> None:
        self.view = view
        self.path = path
        self.findings: list[Finding] = []
        self._references: dict[tuple[str, ReferenceKind, bool, int], ApiReference] = {}
        self._uses: dict[tuple[str, ReferenceKind, bool, int], int] = {}

    def references(self) -> tuple[ApiReference, ...]:
        """All references by first position."""
        counted = [
            msgspec.structs.replace(reference, uses=self._uses[key])
            if key in self._uses
            else reference
            for key, reference in self._references.items()
        ]
        return tuple(sorted(counted, key=lambda r: (r.line, r.column, r.symbol, r.kind)))

    def report(
        self,
        rule: str,
        severity: Severity,
        message: str,
        node: ast.AST,
        *,
        symbol: str = "",
        mask: int = 0,
        suggestion: str = "",
        url: str = "",
    ) -> None:
        """Add one finding at a node, unless there are more already than anybody reads."""
        if len(self.findings) >= MAX_FINDINGS:
            return
        line, column, end_line, end_column = place(node)
        self.findings.append(
            Finding(
                rule,
                severity,
                message,
                self.path,
                line,
                column,
                end_line,
                end_column,
                symbol,
                self.view.versions_of(mask),
                suggestion,
                url,
            )
        )

    def refer(
        self, lookup: Lookup, kind: ReferenceKind, node: ast.AST, situation: Situation
    ) -> int:
        """Record a reference; returns the mask of versions in which it is absent."""
        mask = situation.mask
        absent = lookup.absent & mask
        guarded = situation.guard > Guard.NONE or situation.narrowed
        key = (lookup.symbol, kind, guarded, mask)
        known = self._references.get(key)
        if known is None:
            view = self.view
            line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
            obsolete = lookup.obsolete & mask
            self._references[key] = ApiReference(
                lookup.symbol,
                kind,
                line,
                column,
                guarded,
                view.versions_of(mask),
                view.versions_of(lookup.present & mask),
                view.versions_of(absent),
                view.versions_of(lookup.unknown & mask),
                view.versions_of(obsolete),
                self._replacement(lookup.symbol) if absent or obsolete else "",
                lookup.documentation_url,
            )
        else:
            self._uses[key] = self._uses.get(key, 1) + 1
        return absent

    def severity(self, situation: Situation, absent: int) -> Severity | None:
        """How loudly a failure in these versions is said; None: not at all."""
        if not absent:
            return None
        if situation.guard is Guard.NONE:
            return Severity.ERROR
        if absent == situation.mask and not situation.narrowed:
            # It works nowhere: the try around it hides a mistake.
            return Severity.WARNING
        return Severity.INFO if situation.guard is Guard.BROAD else None

    def missing(
        self,
        lookup: Lookup,
        owner: str,
        name: str,
        node: ast.AST,
        situation: Situation,
        absent: int,
    ) -> None:
        """Report a type or member that is not there in the `absent` versions."""
        severity = self.severity(situation, absent)
        if severity is None or len(self.findings) >= MAX_FINDINGS:
            return
        view = self.view
        catalog = view.catalog
        what = f"{_short(owner)}.{name}" if name else _short(owner)
        url = ""
        suggestion = ""
        if name:
            history = catalog.member_history(owner, name)
            existed = bool(history) or catalog.type(f"{owner}.{name}") is not None
        else:
            existed = catalog.type(owner) is not None
        if existed:
            rule = "RVT002"
            suggestion = self._instead(owner, name, absent)
            where = _years(view, absent)
            message = f"{what} does not exist in Revit {where}"
            url = lookup.documentation_url
        else:
            rule = "RVT001"
            gone = catalog.gone_before(owner, name or None)
            message = f"{what} does not exist" + (
                f" in Revit {catalog.versions[0]} and later" if gone else ""
            )
            close = view.similar_member(owner, name) if name and not gone else ""
            suggestion = instead_of(view, f"{owner}.{name}" if name else owner) or (
                f"did you mean {close}?" if close else ""
            )
        self.report(
            rule,
            severity,
            message,
            node,
            symbol=lookup.symbol,
            mask=absent,
            suggestion=suggestion,
            url=url,
        )

    def obsolete(self, lookup: Lookup, what: str, node: ast.AST, situation: Situation) -> None:
        """Report what is marked obsolete, unless it is missing somewhere as well."""
        mask = lookup.obsolete & situation.mask
        if not mask or lookup.absent & situation.mask or situation.guard is not Guard.NONE:
            return
        replacement = self._replacement(lookup.symbol)
        self.report(
            "RVT003",
            Severity.INFO,
            f"{what} is obsolete in Revit {_years(self.view, mask)}",
            node,
            symbol=lookup.symbol,
            mask=0,
            suggestion=_instead_of_obsolete(lookup.symbol, replacement),
            url=lookup.documentation_url,
        )

    def _instead(self, owner: str, name: str, absent: int) -> str:
        catalog = self.view.catalog
        if name:
            for version in self.view.versions_of(absent):
                renamed = catalog.enum_renamed(owner, name, version)
                if renamed:
                    return f"called {renamed} in Revit {version}, with the same number"
        known = instead_of(self.view, f"{owner}.{name}" if name else owner)
        if known:
            return known
        replacement = catalog.replacement(owner, name or None)
        if replacement and replacement != f"{owner}.{name}":
            return f"use {_short(replacement)} where it exists"
        return ""

    def _replacement(self, symbol: str) -> str:
        catalog = self.view.catalog
        if catalog.type(symbol) is not None:
            return catalog.replacement(symbol) or ""
        owner, _, name = symbol.rpartition(".")
        if owner.endswith("."):
            owner, name = owner[:-1], ".ctor"
        return catalog.replacement(owner, name) or ""


def place(node: ast.AST) -> tuple[int, int, int, int]:
    """Line, column, end line, end column of a node, all from 1."""
    line = getattr(node, "lineno", 1)
    column = getattr(node, "col_offset", 0) + 1
    end_line = getattr(node, "end_lineno", None) or line
    end_column = (getattr(node, "end_col_offset", None) or column) + 1
    return line, column, end_line, end_column


def _instead_of_obsolete(symbol: str, replacement: str) -> str:
    if not replacement:
        return ""
    return "use another overload" if replacement == symbol else f"use {_short(replacement)}"


def _short(name: str) -> str:
    for prefix in ("Autodesk.Revit.DB.", "Autodesk.Revit.UI.", "Autodesk.Revit."):
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


def _years(view: ApiView, mask: int) -> str:
    return ", ".join(str(version) for version in view.versions_of(mask))
