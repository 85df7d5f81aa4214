"""Options that win over the settings of the environment and the file."""

from revitron_grpc.settings import Settings, changed

DISABLE_VALIDATION = "Emergency: no check decides anything; every spec says so."
DISABLE_RESEARCH = "Emergency: no comparison with tools that exist; every spec says so."


def with_switches(
    settings: Settings, *, disable_validation: bool, disable_research: bool
) -> Settings:
    """Return the settings with the emergency switches that were given.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) in strict mode, which has none.
    """
    given = {"disable_validation": disable_validation, "disable_research": disable_research}
    return changed(settings, {"framework": {name: True for name, on in given.items() if on}})
