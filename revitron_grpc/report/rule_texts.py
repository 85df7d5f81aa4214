"""What each rule is about, RVT and BND alike, for reports that carry the rules along."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.rules import RULES
from revitron_grpc.bundles.check import BUNDLE_RULES
from revitron_grpc.bundles.rules.texts import TEXTS


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule as a reader meets it."""

    code: str
    title: str
    severity: Severity
    what: str
    why: str
    example: str
    fix: str


@cache
def rule_texts() -> Mapping[str, RuleText]:
    """All rules by code."""
    texts = {
        rule.code: RuleText(
            rule.code, rule.title, rule.severity, rule.what, rule.why, rule.example, rule.fix
        )
        for rule in RULES.values()
    }
    for rule in BUNDLE_RULES:
        text = TEXTS[rule.code]
        title = rule.name.replace("-", " ")
        texts[rule.code] = RuleText(
            rule.code,
            title[:1].upper() + title[1:],
            rule.severity,
            text.what,
            rule.effect,
            text.example,
            text.fix,
        )
    return MappingProxyType(texts)
