"""How behaviour by hand is written down and found.

A behaviour class is a plain Python class named as the Revit type, with Revit's member names:

    @behaves("Autodesk.Revit.DB.XYZ")
    class XYZ: ...

`RevitApi` (api.py) makes the class that scripts see from it, for one version and engine.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Behaviour = TypeVar("Behaviour", bound=type)
Result = TypeVar("Result")

BEHAVIOURS: dict[str, type] = {}
"""Full name of a .NET type to the class with its behaviour; filled when `revit` is imported."""


def behaves(full_name: str) -> Callable[[Behaviour], Behaviour]:
    """Register a class as the behaviour of a Revit type; one class a type."""

    def register(behaviour: Behaviour) -> Behaviour:
        if full_name in BEHAVIOURS and BEHAVIOURS[full_name].__module__ != behaviour.__module__:
            raise TypeError(
                f"{full_name} has its behaviour in {BEHAVIOURS[full_name].__module__}; "
                f"it cannot have another in {behaviour.__module__}"
            )
        BEHAVIOURS[full_name] = behaviour
        return behaviour

    return register


class static_property(Generic[Result]):  # noqa: N801 - reads as `property` does
    """A static property of a .NET class, such as `XYZ.Zero`: read on the class and on instances."""

    def __init__(self, getter: Callable[[Any], Result]) -> None:
        self.getter = getter

    def __get__(self, instance: object, owner: type) -> Result:
        return self.getter(owner)


class generic_method:  # noqa: N801 - reads as a decorator
    """A generic .NET method, called with its type arguments in brackets: `entity.Get[str]("x")`.

    The function takes the type arguments as a tuple before its own; it is empty where a script
    gives none.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __get__(self, instance: object, owner: type) -> "BoundGeneric":
        return BoundGeneric(self._function, owner if instance is None else instance)


class BoundGeneric:
    """A generic method of one object, which takes type arguments by `[]` or is called at once."""

    def __init__(self, function: Callable[..., Any], instance: object) -> None:
        self._function, self._instance = function, instance

    def __getitem__(self, types: Any) -> Callable[..., Any]:
        given = types if isinstance(types, tuple) else (types,)
        return lambda *args: self._function(self._instance, given, *args)

    def __call__(self, *args: Any) -> Any:
        return self._function(self._instance, (), *args)
