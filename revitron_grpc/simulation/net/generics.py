"""Generic types as IronPython offers them: `List[ElementId]` is a type, called it makes a list.

A script indexes a `GenericType` with types and gets a `ConstructedType`, which it calls, asks
`isinstance` of, or uses as an item type of another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from revitron_grpc.simulation.net.item_types import type_name

Constructor = Callable[..., Any]
"""Called with the type arguments first, then what the script gave."""

InstanceTest = Callable[[object, tuple[Any, ...]], bool]
"""Whether an object is an instance of the type constructed with these arguments."""


@dataclass(frozen=True, slots=True)
class GenericType:
    """A generic type before it has its type arguments, such as `List`."""

    _name: str
    _namespace: str
    _arity: int
    _construct: Constructor | None
    """None for an interface: it cannot be called."""
    _is_instance: InstanceTest

    def __getitem__(self, arguments: Any) -> Any:
        given = arguments if isinstance(arguments, tuple) else (arguments,)
        if len(given) != self._arity:
            raise ValueError(
                f"{self._name} takes {self._arity} type argument(s), but {len(given)} are given"
            )
        given = tuple(getattr(argument, "_python_type", argument) for argument in given)
        for argument in given:
            if not isinstance(argument, type | ConstructedType):
                raise TypeError(f"expected type for type argument, got {type_name(type(argument))}")
        return ConstructedType(self, given)

    def __call__(self, *_arguments: object) -> Any:
        raise TypeError(f"{self._name} needs its item type first: {self._name}[...]()")

    def __repr__(self) -> str:
        return f"<type '{self._name}[{','.join(['T'] * self._arity)}]'>"


@dataclass(frozen=True, slots=True)
class ConstructedType:
    """A generic type with its type arguments, such as `List[ElementId]`."""

    _generic: GenericType
    _arguments: tuple[Any, ...]

    @property
    def _net_name(self) -> str:
        inner = ", ".join(type_name(argument) for argument in self._arguments)
        return f"{self._generic._name}[{inner}]"

    @property
    def __name__(self) -> str:
        return self._net_name

    def __call__(self, *arguments: Any) -> Any:
        if self._generic._construct is None:
            raise TypeError(f"Cannot create instances of {self._net_name} because it is abstract")
        return self._generic._construct(*self._arguments, *arguments)

    def __instancecheck__(self, instance: object) -> bool:
        return self._generic._is_instance(instance, self._arguments)

    def __repr__(self) -> str:
        return f"<type '{self._net_name}'>"
