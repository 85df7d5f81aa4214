"""Failures: warnings that stay in the model, and errors that take a transaction back.

A failure is a plain value in the database; scripts see it as a `FailureMessage`, or while a
transaction ends as a `FailureMessageAccessor`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.failure_definitions import (
    ERROR,
    WARNING,
    FailureDefinitionId,
    kind_named,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure: its kind by name, and the ids of the elements that it concerns."""

    kind: str
    elements: tuple[int, ...]
    additional: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    """What its message names: a parameter, a room, a colleague."""

    @property
    def severity(self) -> str:
        """`Warning` or `Error`."""
        return kind_named(self.kind).severity


class _Told:
    """What message and accessor tell of a failure."""

    _failure: Failure
    _database: Database | None = None

    def GetDescriptionText(self) -> str:
        language = self._database.language if self._database is not None else "en"
        return kind_named(self._failure.kind).text(language, *self._failure.values)

    def GetSeverity(self) -> str:
        return self._failure.severity

    def GetFailureDefinitionId(self) -> Any:
        return FailureDefinitionId.of(self._failure.kind)

    def HasResolutions(self) -> bool:
        return kind_named(self._failure.kind).ungroups

    def HasResolutionOfType(self, type: Any) -> bool:
        return bool(self._resolutions("FailureMessage.HasResolutionOfType"))

    def _resolutions(self, asked: str) -> int:
        """Return 0; of what type a resolution is, and how many there are, is not known here."""
        if self.HasResolutions():
            raise NotSimulated(f"{asked} of {self._failure.kind}")
        return 0

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        """Nothing is held."""


@behaves("Autodesk.Revit.DB.FailureMessage")
class FailureMessage(_Told):
    """A failure as it stands in the model, or as a script posts it."""

    def __init__(self, id: Any) -> None:
        kind_named(id._name)
        self._failure = Failure(id._name, ())

    @classmethod
    def of(cls, failure: Failure, database: Database | None) -> Any:
        """Return the message of a failure."""
        made = object.__new__(cls)
        made.__dict__.update(_failure=failure, _database=database)
        return made

    def GetFailingElements(self) -> list[int]:
        return list(self._failure.elements)

    def GetAdditionalElements(self) -> list[int]:
        return list(self._failure.additional)

    def SetFailingElement(self, id: Any) -> Any:
        return self._changed(elements=(id.number,))

    def SetFailingElements(self, ids: Any) -> Any:
        return self._changed(elements=tuple(one.number for one in ids))

    def SetAdditionalElement(self, id: Any) -> Any:
        return self._changed(additional=(id.number,))

    def SetAdditionalElements(self, ids: Any) -> Any:
        return self._changed(additional=tuple(one.number for one in ids))

    def _changed(self, **data: tuple[int, ...]) -> Any:
        self._failure = replace(self._failure, **data)
        return self


@behaves("Autodesk.Revit.DB.FailureMessageAccessor")
class FailureMessageAccessor(_Told):
    """A failure while its transaction ends."""

    @classmethod
    def of(cls, failure: Failure, database: Database) -> Any:
        """Return the accessor of a failure."""
        made = object.__new__(cls)
        made.__dict__.update(_failure=failure, _database=database)
        return made

    def GetFailingElementIds(self) -> list[int]:
        return list(self._failure.elements)

    def GetAdditionalElementIds(self) -> list[int]:
        return list(self._failure.additional)

    def GetNumberOfResolutions(self) -> int:
        return self._resolutions("FailureMessageAccessor.GetNumberOfResolutions")

    def CloneFailureMessage(self) -> Any:
        return FailureMessage.of(self._failure, self._database)


@behaves("Autodesk.Revit.DB.FailuresAccessor")
class FailuresAccessor:
    """All failures of a transaction that ends, for whoever handles them."""

    _database: Database
    _failures: list[Failure]
    _deleted: list[Failure]
    _resolved: list[Failure]
    _name: str
    _options: Any
    _active: bool

    @classmethod
    def of(cls, database: Database, failures: Sequence[Failure], name: str, options: Any) -> Any:
        """Return the accessor for a transaction that is being committed."""
        made = object.__new__(cls)
        made.__dict__.update(
            _database=database,
            _failures=list(failures),
            _deleted=[],
            _resolved=[],
            _name=name,
            _options=options,
            _active=True,
        )
        return made

    def close(self) -> None:
        """End the use of the accessor; later calls are refused."""
        self.__dict__["_active"] = False

    @property
    def deleted(self) -> list[Failure]:
        """The warnings that were deleted."""
        return self._deleted

    @property
    def resolved(self) -> list[Failure]:
        """The failures that are to be resolved before the checks begin anew."""
        return self._resolved

    @property
    def left(self) -> list[Failure]:
        """What was not deleted."""
        return self._failures

    def _check_active(self) -> None:
        if not self._active:
            raise revit_error(
                "InvalidOperationException",
                "This FailuresAccessor is inactive (is used outside of failures processing).",
            )

    def GetFailureMessages(self, severity: Any = None) -> list[Any]:
        self._check_active()
        wanted = [
            one for one in self._failures if severity is None or one.severity == severity.name
        ]
        # The more severe come first.
        wanted.sort(key=lambda one: one.severity != ERROR)
        return [FailureMessageAccessor.of(one, self._database) for one in wanted]

    def GetSeverity(self) -> str:
        self._check_active()
        severities = {one.severity for one in self._failures}
        return ERROR if ERROR in severities else WARNING if severities else "None"

    def DeleteWarning(self, failure: Any) -> None:
        self._check_active()
        if failure._failure.severity != WARNING:
            raise revit_error("ArgumentException", "Only warnings can be deleted.")
        self._delete([failure._failure])

    def DeleteAllWarnings(self) -> None:
        self._check_active()
        self._delete([one for one in self._failures if one.severity == WARNING])

    def _delete(self, warnings: list[Failure]) -> None:
        for warning in warnings:
            if warning in self._failures:
                self._failures.remove(warning)
                self._deleted.append(warning)

    def ResolveFailure(self, failure: Any) -> None:
        self._check_active()
        if not failure.HasResolutions():
            raise revit_error("ArgumentException", "The failure does not have any resolutions.")
        self._resolved.append(failure._failure)

    def ResolveFailures(self, failures: Any) -> None:
        for failure in failures:
            self.ResolveFailure(failure)

    def GetAttemptedResolutionTypes(self, failure: Any) -> list[str]:
        self._check_active()
        return ["Default"] if failure._failure in self._resolved else []

    def IsFailureResolutionPermitted(self, *failure: Any) -> bool:
        self._check_active()
        return all(one.HasResolutions() for one in failure)

    def GetDocument(self) -> Any:
        self._check_active()
        return self._database.document

    def GetTransactionName(self) -> str:
        self._check_active()
        return self._name

    def IsTransactionBeingCommitted(self) -> bool:
        self._check_active()
        return True

    def GetFailureHandlingOptions(self) -> Any:
        self._check_active()
        return self._options.copy()

    def SetFailureHandlingOptions(self, options: Any) -> None:
        self._check_active()
        self.__dict__["_options"] = options.copy()

    @property
    def IsValidObject(self) -> bool:
        return self._active


@behaves("Autodesk.Revit.DB.FailureHandlingOptions")
class FailureHandlingOptions:
    """How failures of one transaction are handled; a copy until it is set back."""

    _preprocessor: Any = None
    _clear: bool = False
    _modal: bool = True
    _delayed: bool = False

    @classmethod
    def fresh(cls) -> Any:
        """Return the options that each transaction starts with."""
        return object.__new__(cls)

    def copy(self) -> Any:
        """Return options that can be changed without changing these."""
        made = FailureHandlingOptions.fresh()
        made.__dict__.update(self.__dict__)
        return made

    def SetFailuresPreprocessor(self, preprocessor: Any) -> Any:
        self._preprocessor = preprocessor
        return self

    def GetFailuresPreprocessor(self) -> Any:
        return self._preprocessor

    def SetClearAfterRollback(self, bFlag: bool) -> Any:
        self._clear = bool(bFlag)
        return self

    def GetClearAfterRollback(self) -> bool:
        return self._clear

    def SetForcedModalHandling(self, bFlag: bool) -> Any:
        self._modal = bool(bFlag)
        return self

    def GetForcedModalHandling(self) -> bool:
        return self._modal

    def SetDelayedMiniWarnings(self, bFlag: bool) -> Any:
        self._delayed = bool(bFlag)
        return self

    def GetDelayedMiniWarnings(self) -> bool:
        return self._delayed

    def Dispose(self) -> None:
        """Nothing is held."""


@behaves("Autodesk.Revit.DB.FailureMessageKey")
class FailureMessageKey:
    """Stands for a failure that was posted."""

    @classmethod
    def fresh(cls) -> Any:
        """Return a key."""
        return object.__new__(cls)

    @property
    def IsValidObject(self) -> bool:
        return True
