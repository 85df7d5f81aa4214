"""How much somebody may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quota:
    """How many calls somebody may make; None leaves it to the settings, 0 sets no limit."""

    calls_per_minute: int | None = None
    calls_per_hour: int | None = None
    calls_per_day: int | None = None
    runs_per_day: int | None = None


AS_SET = Quota()
"""No limits of one's own: those of the settings."""
