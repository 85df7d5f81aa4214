"""Which values a .NET variable of a type takes, as IronPython converts them.

An item type is a Python class (a simulated Revit class, `str` for System.String, `int` for
System.Int32, `float` for System.Double, `bool`, `object`) or a constructed generic type.
A class says that it is a .NET value type, for which None is no value, by a true class
attribute `_net_value_type`, and its .NET name by `_net_name` where `__name__` is not it.
"""

from typing import Any

from revitron_grpc.simulation.enums import NetEnum

_PYTHON_VALUE_TYPES: frozenset[object] = frozenset({int, float, bool, complex})


def type_name(item_type: object) -> str:
    """The name that IronPython prints for a type: `ElementId`, `List[ElementId]`, `str`."""
    named = getattr(item_type, "_net_name", None) or getattr(item_type, "__name__", None)
    return named if isinstance(named, str) else str(item_type)


def value_type_name(value: object) -> str:
    """The name of a value's type in an error message; `NoneType` for None."""
    described = getattr(value, "_net_type_name", None)
    return described if isinstance(described, str) else type_name(type(value))


def is_value_type(item_type: object) -> bool:
    """Whether None (null) is no value of the type: numbers, enums, structures."""
    if isinstance(item_type, type) and issubclass(item_type, NetEnum):
        return True
    return item_type in _PYTHON_VALUE_TYPES or bool(getattr(item_type, "_net_value_type", False))


def converted(item_type: Any, value: Any) -> Any:
    """The value as a variable of the type holds it.

    Whole numbers and truth values become what is asked, and anything a truth value
    (`Converter.HasNarrowingConversion` in IronPython's source). Raises `TypeError` when the value
    is no instance of the type ("expected ElementId, got int").
    """
    if item_type is object:
        return value
    if value is None:
        if is_value_type(item_type):
            raise TypeError(f"expected {type_name(item_type)}, got NoneType")
        return None
    if item_type is bool:
        return bool(value)
    if item_type is float:
        if isinstance(value, float | int):
            return float(value)
    elif item_type is int:
        if isinstance(value, int):
            return int(value)
    elif isinstance(value, item_type):
        return value
    raise TypeError(f"expected {type_name(item_type)}, got {value_type_name(value)}")
