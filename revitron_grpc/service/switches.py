"""The switches in force, as health, /health and the log show them."""

from revitron_grpc.service.health import Component
from revitron_grpc.settings import Settings
from revitron_grpc.validation.judge import RESEARCHED
from revitron_grpc.vocabulary import Criterion


def switches(settings: Settings) -> dict[str, bool]:
    """Return the switches of the whole service by name, as `/health` shows them."""
    framework, performance = settings.framework, settings.performance
    return {
        "strict_mode": framework.strict_mode,
        "debug_mode": framework.debug_mode,
        "disable_validation": framework.disable_validation,
        "disable_research": framework.disable_research,
        "performance_monitoring": performance.performance_monitoring,
        "parallel_processing": performance.parallel_processing,
        "aggressive_gc": performance.memory_management.aggressive_gc,
    }


def switched_off(settings: Settings) -> dict[Component, str]:
    """Return the components that an emergency switch took out, and how."""
    framework = settings.framework
    found: dict[Component, str] = {}
    if framework.disable_research:
        named = ", ".join(c for c in Criterion if c in RESEARCHED)
        found[Component.RESEARCH] = (
            f"framework.disable_research: compared with no tool that exists; {named} decide nothing"
        )
    if framework.disable_validation:
        found[Component.VALIDATION] = "framework.disable_validation: every check decides nothing"
    return found
