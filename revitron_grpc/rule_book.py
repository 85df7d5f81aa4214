"""All rules of both kinds: RVT about scripts, BND about the folders they lie in."""

from revitron_grpc.analysis.rules import RULES
from revitron_grpc.bundles.check import BUNDLE_RULES

CODES: frozenset[str] = frozenset(RULES) | {rule.code for rule in BUNDLE_RULES}
"""Every code that exists."""
