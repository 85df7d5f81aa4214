"""Who is told how a store is: logs, metrics and health listen, the stores do not know them."""

from typing import Protocol


class StoreWatch(Protocol):
    """Hears of one store; each method returns at once."""

    def called(self, seconds: float, *, failed: bool) -> None:
        """A call to the store ended after so long."""
        ...

    def went_away(self, reason: str) -> None:
        """The store answers no more; said once for each outage."""
        ...

    def came_back(self) -> None:
        """The store answers again, or for the first time."""
        ...


class Unwatched:
    """Tells nobody."""

    def called(self, seconds: float, *, failed: bool) -> None:
        """Pass over it."""

    def went_away(self, reason: str) -> None:
        """Pass over it."""

    def came_back(self) -> None:
        """Pass over it."""
