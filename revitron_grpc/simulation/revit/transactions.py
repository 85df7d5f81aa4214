"""Transactions, sub-transactions and groups, as strict as Revit (behaviours 1 to 4)."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.commit import committed
from revitron_grpc.simulation.revit.failures import FailureHandlingOptions
from revitron_grpc.simulation.revit.ownership import borrow


class _Scope:
    """What transaction, sub-transaction and group share: a state, and a place in the journal."""

    _database: Database
    _name: str
    _status: str
    _mark: int
    _disposed: bool = False

    def HasStarted(self) -> bool:
        return self._status != "Uninitialized"

    def HasEnded(self) -> bool:
        return self._status in ("Committed", "RolledBack")

    def GetStatus(self) -> str:
        return self._status

    @property
    def IsValidObject(self) -> bool:
        return not self._disposed

    def _check_started(self, deed: str) -> None:
        if self._status != "Started":
            raise revit_error(
                "InvalidOperationException",
                f"The transaction has not been started yet (the current status is not "
                f"'Started'). A transaction must be started before it can be {deed}.",
            )

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *exception: object) -> None:
        self.Dispose()

    def Dispose(self) -> None:
        if self._status == "Started":
            self._roll_back()
        self._disposed = True

    def _roll_back(self) -> None:
        self._database.undo_to(self._mark)
        self._status = "RolledBack"


@behaves("Autodesk.Revit.DB.Transaction")
class Transaction(_Scope):
    """One undo step; all changes of the model happen inside one."""

    def __init__(self, document: Any, name: str | None = None) -> None:
        if document is None:
            raise revit_error("ArgumentNullException", "The input argument 'document' is null.")
        if document._database.is_linked:
            raise revit_error(
                "ArgumentException",
                "Document is a linked file. Transactions can only be used in primary documents "
                "(projects or families.)",
            )
        if name == "":
            raise revit_error("ArgumentException", "The name argument is an empty string.")
        self._database = document._database
        self._name = name or ""
        self._status = "Uninitialized"
        self._mark = 0
        self._options: Any = FailureHandlingOptions.fresh()

    def GetName(self) -> str:
        return self._name

    def SetName(self, name: str) -> None:
        self._name = name

    def Start(self, name: str | None = None) -> str:
        database = self._database
        if name == "":
            raise revit_error("ArgumentException", "The name argument is an empty string.")
        if name is not None:
            self._name = name
        if self._status == "Started":
            raise revit_error(
                "InvalidOperationException", "The transaction has already been started."
            )
        if database.is_read_only:
            raise revit_error(
                "InvalidOperationException",
                "Starting a transaction is not permitted: the document is read-only.",
            )
        if database.transaction is not None:
            raise revit_error(
                "InvalidOperationException",
                "Starting a new transaction is not permitted. It could be because another "
                "transaction already started and has not been completed yet, or the document is "
                "in a state in which it cannot start a new transaction (e.g. during failure "
                "handling or a read-only mode, which could be either permanent or temporary).",
            )
        if not self._name:
            raise revit_error(
                "InvalidOperationException", "A transaction must have a name before it starts."
            )
        database.transaction = self._name
        database.parts = 0
        database.settings.pop("posted_failures", None)
        self._mark = len(database.journal)
        self._status = "Started"
        # Options that were set before the start are gone (page of Transaction.Start).
        self._options = FailureHandlingOptions.fresh()
        return self._status

    def Commit(self, options: Any = None) -> str:
        self._check_started("committed")
        database = self._database
        if database.parts:
            raise revit_error(
                "InvalidOperationException",
                "A sub-transaction is still open. It must be committed or rolled back first.",
            )
        database.regenerate()
        if committed(database, self._mark, self._name, options or self._options):
            borrow(database, self._mark)
            database.transaction = None
            database.committed.append(self._name)
            database.regenerate()
            self._status = "Committed"
        else:
            self._roll_back()
        self._options = FailureHandlingOptions.fresh()
        return self._status

    def RollBack(self, options: Any = None) -> str:
        self._check_started("rolled back")
        self._roll_back()
        self._options = FailureHandlingOptions.fresh()
        return self._status

    def _roll_back(self) -> None:
        super()._roll_back()
        self._database.transaction = None
        self._database.parts = 0

    def GetFailureHandlingOptions(self) -> Any:
        return self._options.copy()

    def SetFailureHandlingOptions(self, options: Any) -> None:
        self._options = options.copy()


@behaves("Autodesk.Revit.DB.SubTransaction")
class SubTransaction(_Scope):
    """A part of a transaction that can be taken back alone."""

    def __init__(self, document: Any) -> None:
        self._database = document._database
        self._status = "Uninitialized"
        self._mark = self._depth = 0

    def Start(self) -> str:
        if self._database.transaction is None:
            raise revit_error(
                "InvalidOperationException",
                "Cannot modify the document for either a read-only external command is being "
                "executed, or changes to the document are temporarily disabled: a "
                "sub-transaction can only be started inside of a transaction.",
            )
        if self._status == "Started":
            raise revit_error(
                "InvalidOperationException", "The sub-transaction has already been started."
            )
        self._mark = len(self._database.journal)
        self._database.parts += 1
        self._depth = self._database.parts
        self._status = "Started"
        return self._status

    def _end(self, deed: str) -> None:
        self._check_started(deed)
        if self._database.parts != self._depth:
            raise revit_error(
                "InvalidOperationException",
                "A sub-transaction inside of this one is still open.",
            )
        self._database.parts -= 1

    def Commit(self) -> str:
        self._end("committed")
        self._status = "Committed"
        return self._status

    def RollBack(self) -> str:
        self._end("rolled back")
        super()._roll_back()
        return self._status

    def _roll_back(self) -> None:
        if self._database.transaction is not None and self._database.parts == self._depth:
            self.RollBack()


@behaves("Autodesk.Revit.DB.TransactionGroup")
class TransactionGroup(_Scope):
    """Several transactions that can be taken back, or be one undo step, together."""

    def __init__(self, document: Any, transGroupName: str | None = None) -> None:
        self._database = document._database
        self._name = transGroupName or ""
        self._status = "Uninitialized"
        self._mark = self._depth = 0
        self._committed = 0

    def GetName(self) -> str:
        return self._name

    def SetName(self, name: str) -> None:
        self._name = name

    def Start(self, transGroupName: str | None = None) -> str:
        if transGroupName is not None:
            self._name = transGroupName
        if self._database.transaction is not None:
            raise revit_error(
                "InvalidOperationException",
                "A transaction group cannot be started while a transaction is open.",
            )
        if self._status == "Started":
            raise revit_error("InvalidOperationException", "The group has already been started.")
        if self._database.is_linked or self._database.is_read_only:
            raise revit_error("InvalidOperationException", "The document is read-only or linked.")
        self._mark = len(self._database.journal)
        self._committed = len(self._database.committed)
        self._database.groups.append(self._name)
        self._depth = len(self._database.groups)
        self._status = "Started"
        return self._status

    def _end(self, deed: str) -> None:
        self._check_started(deed)
        if self._database.transaction is not None:
            raise revit_error(
                "InvalidOperationException",
                "The transaction group cannot be ended while a transaction is still open.",
            )
        if len(self._database.groups) != self._depth:
            raise revit_error(
                "InvalidOperationException",
                "The transaction group cannot be ended while a group inside of it is open.",
            )
        self._database.groups.pop()

    def Commit(self) -> str:
        self._end("committed")
        self._status = "Committed"
        return self._status

    def Assimilate(self) -> str:
        self._end("assimilated")
        committed = self._database.committed
        if len(committed) > self._committed:
            committed[self._committed :] = [self._name or committed[self._committed]]
        self._status = "Committed"
        return self._status

    def RollBack(self) -> str:
        self._end("rolled back")
        del self._database.committed[self._committed :]
        super()._roll_back()
        return self._status

    def _roll_back(self) -> None:
        if self._database.transaction is None and len(self._database.groups) == self._depth:
            self.RollBack()
