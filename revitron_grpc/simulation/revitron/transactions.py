"""`revitron.transaction` and `revitron.failure`: transactions that begin when they are made."""

from typing import Any

from revitron_grpc.simulation.behaviour import static_property
from revitron_grpc.simulation.pyrevit.host import command_name
from revitron_grpc.simulation.revitron.library import db, document, of_revitron
from revitron_grpc.simulation.session import current_session

_ERROR = "revitron.FailureHandler.errorMessage"


@of_revitron("transaction")
class BaseTransaction:
    """A transaction; the `with` block gives nothing to hold and commits in any case."""

    transaction: Any

    def __init__(self) -> None:
        self.transaction = db().Transaction(document(), command_name())

    def __enter__(self) -> None:
        return None

    def __exit__(self, *exception: object) -> None:
        # Also after an exception, which goes on afterwards.
        self.commit()

    def commit(self) -> None:
        """Commit, unless it has ended."""
        if not self.transaction.HasEnded():
            self.transaction.Commit()

    def rollback(self) -> None:
        """Roll back, unless it has ended."""
        if not self.transaction.HasEnded():
            self.transaction.RollBack()


@of_revitron("transaction")
class Transaction(BaseTransaction):
    """A transaction named as the button; inside of an open one a sub-transaction."""

    def __init__(
        self, doc: Any = None, suppressWarnings: bool = False, rollbackOnError: bool = False
    ) -> None:
        target = doc or document()
        if target.IsModifiable:
            self.transaction = db().SubTransaction(target)
        else:
            self.transaction = db().Transaction(target, command_name())
            if suppressWarnings and rollbackOnError:
                self._handle(WarningAndErrorCatcher(), clear=True)
            elif suppressWarnings:
                self._handle(WarningCatcher())
            elif rollbackOnError:
                self._handle(ErrorCatcher(), clear=True)
        self.transaction.Start()

    def _handle(self, catcher: Any, clear: bool = False) -> None:
        options = self.transaction.GetFailureHandlingOptions()
        options.SetFailuresPreprocessor(catcher)
        options.SetClearAfterRollback(clear)
        self.transaction.SetFailureHandlingOptions(options)


@of_revitron("transaction")
class TransactionGroup(BaseTransaction):
    """A group of transactions, which its `with` block assimilates."""

    def __init__(self, doc: Any = False) -> None:
        self.transaction = db().TransactionGroup(doc or document(), command_name())
        self.transaction.Start()

    def __exit__(self, *exception: object) -> None:
        self.assimilate()

    def assimilate(self) -> None:
        """Make one undo step of the group, unless it has ended."""
        if not self.transaction.HasEnded():
            self.transaction.Assimilate()


@of_revitron("failure")
class FailureHandler:
    """Deals with warnings and errors before Revit shows them."""

    errorMessage = static_property(  # noqa: N815 - the name that scripts read
        lambda _: current_session().libraries.get(_ERROR, "")
    )
    """The text of the error that the last transaction of this run was rolled back for."""

    @staticmethod
    def preprocess(
        failuresAccessor: Any, suppressWarnings: bool = False, rollbackOnError: bool = False
    ) -> Any:
        """Delete warnings, or roll back at the first error, and say so to Revit."""
        result = db().FailureProcessingResult
        held = current_session().libraries
        held[_ERROR] = ""
        for failure in failuresAccessor.GetFailureMessages():
            if rollbackOnError and failure.GetSeverity() == db().FailureSeverity.Error:
                held[_ERROR] = failure.GetDescriptionText()
                failuresAccessor.DeleteWarning(failure)
                return result.ProceedWithRollBack
            if suppressWarnings:
                failuresAccessor.DeleteWarning(failure)
        return result.Continue


@of_revitron("failure")
class ErrorCatcher:
    """Rolls back at the first error."""

    def PreprocessFailures(self, failuresAccessor: Any) -> Any:
        """Answer Revit."""
        return FailureHandler.preprocess(failuresAccessor, rollbackOnError=True)


@of_revitron("failure")
class WarningCatcher:
    """Deletes warnings."""

    def PreprocessFailures(self, failuresAccessor: Any) -> Any:
        """Answer Revit."""
        return FailureHandler.preprocess(failuresAccessor, suppressWarnings=True)


@of_revitron("failure")
class WarningAndErrorCatcher:
    """Deletes warnings and rolls back at the first error."""

    def PreprocessFailures(self, failuresAccessor: Any) -> Any:
        """Answer Revit."""
        return FailureHandler.preprocess(failuresAccessor, True, True)
