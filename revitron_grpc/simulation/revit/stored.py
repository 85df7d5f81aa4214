"""Values of built-in parameters by name: what members and parameters of an element share."""

from functools import cache
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.parameter_table import number_of

__all__ = ["derived", "elevation_of", "store", "stored"]


@cache
def _number(name: str) -> int:
    number = number_of(packaged_catalog(), name)
    if number is None:
        raise KeyError(name)
    return number


def stored(record: ElementRecord, name: str, default: Any = None) -> Any:
    """Return what the parameter of that `BuiltInParameter` name stores, or `default`."""
    return record.values.get(_number(name), default)


def derived(record: ElementRecord, name: str, default: Any = None) -> Any:
    """Return what the parameter stored at the last regeneration (behaviour 5), or `default`."""
    return record.database.derived_values(record).get(_number(name), default)


def store(record: ElementRecord, name: str, value: Any) -> None:
    """Set what a parameter stores, in a transaction and with the journal."""
    record.database.write_value(record, _number(name), value)


def elevation_of(database: Database, level: int | None) -> float:
    """Return the height of a level over the project's zero in feet; 0 without a level."""
    record = database.get(INVALID if level is None else level)
    if record is None:
        return 0.0
    return record.data.get("elevation", stored(record, "LEVEL_ELEV", 0.0))
