"""The rules that the analysis knows: the only place where they are described.

One module for each block of codes.
"""

from revitron_grpc.analysis.rules import engine, existence, model, performance, security
from revitron_grpc.analysis.rules.rule import Rule as Rule

_BLOCKS = (existence, model, engine, performance, security)

RULES: dict[str, Rule] = {rule.code: rule for block in _BLOCKS for rule in block.RULES}
"""All rules by code."""
if len(RULES) != sum(len(block.RULES) for block in _BLOCKS):
    raise ValueError("two rules have the same code")
