"""Objects that belong to one element."""

from typing import Any

from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error


class Owned:
    """An object that belongs to one element record; refuses to serve when that is gone."""

    _held: ElementRecord

    @property
    def _record(self) -> ElementRecord:
        record = self._held
        if not record.alive:
            raise revit_error(
                "InvalidObjectException",
                "The referenced object is not valid, possibly because it has been deleted from "
                "the database, or its creation was undone.",
            )
        return record

    @property
    def _database(self) -> Database:
        return self._held.database

    @property
    def _document(self) -> Any:
        return self._held.database.document

    @property
    def _data(self) -> dict[str, Any]:
        return self._record.data

    def _write(self, key: str, value: Any) -> None:
        self._database.write(self._record, key, value)

    def _other(self, key: str) -> ElementRecord | None:
        """Return the element whose id stands under `key`, or None."""
        return self._database.get(self._data.get(key, INVALID))
