"""Failures: warnings that stay in the model, and errors that take a transaction back."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database, Entry


@behaves("Autodesk.Revit.DB.FailureHandlingOptions")
class FailureHandlingOptions:
    """How failures of one transaction are handled; a copy until it is set back."""

    def __init__(self) -> None:
        self._preprocessor: Any = None

    def SetFailuresPreprocessor(self, preprocessor: Any) -> Any:
        self._preprocessor = preprocessor
        return self

    def SetClearAfterRollback(self, clearAfterRollback: bool) -> Any:
        return self

    def SetForcedModalHandling(self, forcedModalHandling: bool) -> Any:
        return self

    def SetDelayedMiniWarnings(self, delayMiniWarnings: bool) -> Any:
        return self


def commit_is_allowed(database: Database, entries: list[Entry], options: Any) -> bool:  # noqa: ARG001
    """Tell whether a transaction with these entries is committed; else Revit takes it back.

    What a colleague holds fails as a whole (behaviour 44); so does a member of a group whose
    other instances would differ (behaviour 43).
    """
    return not any(_refused(database, entry) for entry in entries if entry.where != "add")


def _refused(database: Database, entry: Entry) -> bool:
    data = entry.record.data
    owner = data.get("owner", "")
    if owner and owner != database.user:
        return True
    if data.get("out_of_date"):
        return True
    in_group = data.get("group", -1) != -1
    return in_group and (entry.where == "remove" or entry.key not in data.get("varies", ()))


def warnings_of(database: Database) -> list[Any]:
    """Return the warnings that stand in the model, as `FailureMessage` objects."""
    return list(database.settings.get("warnings", ()))
