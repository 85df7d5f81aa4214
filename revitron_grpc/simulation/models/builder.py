"""How sample models are built: elements with handles, values by parameter name.

A builder fills a `Database` without transactions; `finish` seals it, so that a run can be undone.
Lengths are in feet, areas in square feet, angles in radians, as inside of Revit; `mm` and `m`
convert.
"""

from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.parameter_table import number_of

_FEET = 304.8


def mm(length: float) -> float:
    """Convert millimetres to feet."""
    return length / _FEET


def m(length: float) -> float:
    """Convert metres to feet."""
    return length * 1000.0 / _FEET


class ModelBuilder:
    """Adds elements to a new document."""

    def __init__(self, title: str, *, language: str = "en", metric: bool = False) -> None:
        self.database = Database(title=title, language=language)
        self.database.settings["metric"] = metric
        self.database.transaction = "build"
        self._handles: set[str] = set()

    @classmethod
    def of(cls, database: Database) -> "ModelBuilder":
        """Go on building a model that was finished."""
        builder = cls.__new__(cls)
        builder.database = database
        builder._handles = {record.handle for record in database.elements.values()}
        database.transaction = "build"
        return builder

    @property
    def german(self) -> bool:
        """Whether names are German: the second flavour of a sample model."""
        return self.database.language == "de"

    def text(self, english: str, german: str) -> str:
        """Return the name in the model's language."""
        return german if self.german else english

    def add(
        self,
        kind: str,
        handle: str,
        category: str | None = None,
        values: dict[str, Any] | None = None,
        **data: Any,
    ) -> ElementRecord:
        """Add an element; `values` are stored parameter values by `BuiltInParameter` name.

        `data` keys are those of revit/elements.py and of the modules of each discipline; element
        records among them become their ids. Raises `ValueError` for a handle that is taken.
        """
        if handle in self._handles:
            raise ValueError(f"the handle '{handle}' is taken in '{self.database.title}'")
        self._handles.add(handle)
        plain = {key: _plain(value) for key, value in data.items() if value is not None}
        if category is not None:
            plain["category"] = category
        record = self.database.add(kind, handle, **plain)
        for name, value in (values or {}).items():
            self.set(record, name, value)
        return record

    def add_type(
        self, kind: str, handle: str, category: str, family: str, name: str, **data: Any
    ) -> ElementRecord:
        """Add an element type of a family."""
        return self.add(kind, handle, category, name=name, family_name=family, is_type=True, **data)

    def set(self, record: ElementRecord, parameter: str, value: Any) -> None:
        """Store a parameter's value: internal units, text, whole numbers, or an element."""
        number = number_of(packaged_catalog(), parameter)
        if number is None:
            raise KeyError(parameter)
        record.values[number] = _plain(value)

    def finish(self) -> Database:
        """Take what is there as the first state of the model."""
        self.database.seal()
        return self.database


def _plain(value: Any) -> Any:
    if isinstance(value, ElementRecord):
        return value.id
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    return value
