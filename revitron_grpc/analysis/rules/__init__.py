"""The rules that the analysis knows: the only place where they are described.

One module for each block of codes.
"""

from dataclasses import replace

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.analysis.rules import engine, existence, model, performance, security
from revitron_grpc.analysis.rules.rule import Rule as Rule

_MODULES = (existence, model, engine, performance, security)

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in sorted((one for m in _MODULES for one in m.RULES), key=lambda one: one.code)
}
"""All rules by code."""
if len(RULES) != sum(len(module.RULES) for module in _MODULES):
    raise ValueError("two rules have the same code")

BLOCKS = {
    "RVT0": "API that exists, in which versions, and what it takes",
    "RVT1": "Transactions and the model",
    "RVT2": "Engine, language level and .NET",
    "RVT3": "Performance",
    "RVT4": "Security",
}
"""What the codes of each block are about."""

_PAGES = "docs/rules"
"""Where the pages are: in the repository, and so relative to its root."""


def with_page(finding: Finding) -> Finding:
    """A finding that names no page of Revit's API, with the page of its rule."""
    if finding.documentation_url:
        return finding
    return replace(finding, documentation_url=page_of(finding.rule))


def page_of(code: str) -> str:
    """The address of the page about a rule."""
    return f"{_PAGES}/{code}.md"
