"""`pyrevit.revit`: transactions as blocks, rolled back if the block fails."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from revitron_grpc.simulation.pyrevit.host import db, document_or_active
from revitron_grpc.simulation.pyrevit.logger import get_logger

_NAME = "pyRevit Transaction"
_log = get_logger("pyrevit.revit.transaction")


class Transaction:
    """A transaction around a block, or a sub-transaction where one is open already.

    An error in the block rolls back and goes on to the script; a commit that fails is rolled back
    and told to the log alone, so that a script does not notice. Read `status` to know.
    """

    def __init__(
        self,
        name: str | None = None,
        doc: Any = None,
        clear_after_rollback: bool = False,
        show_error_dialog: bool = False,
        swallow_errors: bool = False,
        log_errors: bool = True,
        nested: bool = False,
    ) -> None:
        document = document_or_active(doc)
        api = db()
        self._log_errors = log_errors
        if document.IsModifiable or nested:
            self._rvtxn = api.SubTransaction(document)
            return
        self._rvtxn = api.Transaction(document, name or _NAME)
        if clear_after_rollback or show_error_dialog or swallow_errors:
            options = self._rvtxn.GetFailureHandlingOptions()
            options = options.SetClearAfterRollback(clear_after_rollback)
            options = options.SetForcedModalHandling(show_error_dialog)
            if swallow_errors:
                options = options.SetFailuresPreprocessor(_FailureSwallower())
            self._rvtxn.SetFailureHandlingOptions(options)

    def __enter__(self) -> "Transaction":
        self._rvtxn.Start()
        return self

    def __exit__(self, exception: Any, exception_value: Any, traceback: Any) -> None:
        if exception:
            self._rvtxn.RollBack()
            if self._log_errors:
                _log.error(
                    "Error in Transaction Context. Rolling back changes. | %s:%s",
                    exception,
                    exception_value,
                )
            return
        try:
            self._rvtxn.Commit()
        except Exception as failed:
            self._rvtxn.RollBack()
            if self._log_errors:
                _log.error("Error in Transaction Commit. Rolling back changes. | %s", failed)

    @property
    def name(self) -> Any:
        """The transaction's name; None for a sub-transaction, which has none."""
        return self._rvtxn.GetName() if hasattr(self._rvtxn, "GetName") else None

    @name.setter
    def name(self, new_name: str) -> None:
        if hasattr(self._rvtxn, "SetName"):
            self._rvtxn.SetName(new_name)

    @property
    def status(self) -> Any:
        """The status of Revit's transaction."""
        return self._rvtxn.GetStatus()

    def has_started(self) -> bool:
        """Tell whether Revit's transaction has started."""
        return self._rvtxn.HasStarted()

    def has_ended(self) -> bool:
        """Tell whether Revit's transaction has ended."""
        return self._rvtxn.HasEnded()


class DryTransaction(Transaction):
    """A transaction around a block that is always rolled back."""

    def __exit__(self, exception: Any, exception_value: Any, traceback: Any) -> None:
        self._rvtxn.RollBack()


class TransactionGroup:
    """A transaction group around a block: one step to undo if it is assimilated."""

    def __init__(
        self,
        name: str | None = None,
        doc: Any = None,
        assimilate: bool = True,
        log_errors: bool = True,
    ) -> None:
        self._group = db().TransactionGroup(document_or_active(doc), name or _NAME)
        self.assimilate = assimilate
        self._log_errors = log_errors

    def __enter__(self) -> "TransactionGroup":
        self._group.Start()
        return self

    def __exit__(self, exception: Any, exception_value: Any, traceback: Any) -> None:
        if exception:
            self._group.RollBack()
            if self._log_errors:
                _log.error(
                    "Error in TransactionGroup Context. Rolling back changes. | %s:%s",
                    exception,
                    exception_value,
                )
            return
        try:
            if self.assimilate:
                self._group.Assimilate()
            else:
                self._group.Commit()
        except Exception as failed:
            self._group.RollBack()
            if self._log_errors:
                _log.error("Error in TransactionGroup Commit. Rolling back changes. | %s", failed)

    @property
    def name(self) -> str:
        """The group's name."""
        return self._group.GetName()

    @name.setter
    def name(self, new_name: str) -> None:
        self._group.SetName(new_name)

    @property
    def status(self) -> Any:
        """The status of Revit's transaction group."""
        return self._group.GetStatus()

    def has_started(self) -> bool:
        """Tell whether Revit's group has started."""
        return self._group.HasStarted()

    def has_ended(self) -> bool:
        """Tell whether Revit's group has ended."""
        return self._group.HasEnded()


def carryout(name: str, doc: Any = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a function to run in a transaction of that name."""

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with Transaction(name, doc=doc):
                return function(*args, **kwargs)

        return wrapped

    return wrap


class _FailureSwallower:
    """Takes warnings away and answers errors with their first resolution, as pyRevit does."""

    def PreprocessFailures(self, accessor: Any) -> Any:
        api = db()
        for failure in list(accessor.GetFailureMessages()):
            if failure.GetSeverity() == api.FailureSeverity.Warning:
                accessor.DeleteWarning(failure)
            elif failure.HasResolutions():
                accessor.ResolveFailure(failure)
        return api.FailureProcessingResult.ProceedWithCommit
