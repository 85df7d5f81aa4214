"""Calls into the simulated API: arguments are checked as .NET's overloads would take them."""

from typing import TYPE_CHECKING, Any

from revitron_grpc.catalog.model import ApiType, Member, Parameter, Presence, TypeKind
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.collections import NetCollection

if TYPE_CHECKING:
    from revitron_grpc.simulation.api import RevitApi

# What fits by its items and not by its type alone.
_COLLECTIONS = (NetArray, NetCollection, list, tuple)
# Signatures of one method that were seen to fit; far more than real scripts use.
_SHAPES = 64


def checked_method(
    api: "RevitApi", name: str, function: Any, overloads: tuple[Member, ...], convert: Any
) -> Any:
    """Wrap a behaviour's method: check what it is given, convert what it returns."""
    check = _Check(api, name, overloads)

    def call(self: Any, *args: Any, **named: Any) -> Any:
        outs = None
        if args or not check.takes_none or named:
            outs = check(args, named)
        given: list[Any] = []
        if outs:
            given = [args[place] for place in sorted(outs)]
            args = tuple(arg for place, arg in enumerate(args) if place not in outs)
        result = function(self, *args, **named)
        if convert is not None:
            result = convert(result)
        return _filled(given, result) if given else result

    call.__name__ = name
    return call


def checked_setter(api: "RevitApi", setter: Any, overloads: tuple[Member, ...]) -> Any:
    """Wrap a property's setter: the value must fit the property's type."""
    kind = overloads[0].returns_in(api.version) if overloads else None
    settable = next((m.settable_in(api.version) for m in overloads), None)
    if kind is None:
        return setter
    if settable is False:
        return None
    accept = api.conversion.acceptor(kind)

    def assign(self: Any, value: Any) -> None:
        if not accept(value):
            raise TypeError(f"expected {_short(kind)}, got {type(value).__name__}")
        setter(self, value)

    return assign


def checked_constructor(api: "RevitApi", api_type: ApiType, behaviour: type) -> Any:
    """Make `__init__`: only what the API can construct, with arguments that fit."""
    full_name = api_type.name
    if api_type.kind is TypeKind.INTERFACE:
        return _nothing
    overloads = api.catalog.members(full_name, ".ctor", api.version)
    written = next(
        (c.__dict__["__init__"] for c in behaviour.__mro__ if "__init__" in c.__dict__), None
    )
    check = _Check(api, api_type.simple_name, overloads)
    known = api_type.presence(api.version) is Presence.PRESENT

    def construct(self: Any, *args: Any, **named: Any) -> None:
        if not overloads and known:
            raise TypeError(f"Cannot create instances of {api_type.simple_name}")
        check(args, named)
        if written is None or written is object.__init__ or getattr(written, "made", False):
            raise NotSimulated(f"{full_name.removeprefix('Autodesk.Revit.')}()")
        written(self, *args, **named)

    construct.made = True  # type: ignore[attr-defined]
    return construct


def _filled(references: list[Any], result: Any) -> Any:
    """Put the values of out parameters into the `clr.Reference`s that were passed for them."""
    values = result if isinstance(result, tuple) else (result,)
    own = len(values) - len(references)
    for reference, value in zip(references, values[max(own, 0) :], strict=False):
        reference.Value = value
    return values[0] if own > 0 else None


def _nothing(self: Any, *args: Any, **named: Any) -> None:
    """Construct a class of the script that implements an interface."""


class _Check:
    """Tells whether some overload takes the arguments of a call."""

    def __init__(self, api: "RevitApi", name: str, overloads: tuple[Member, ...]) -> None:
        self._name = name
        self._shapes: dict[tuple[Any, ...], frozenset[int] | None] = {}
        self._lists = [_parameters(m, api) for m in overloads]
        self._open = not overloads or any(p is None for p in self._lists)
        self._known = [p for p in self._lists if p is not None]
        self._accept = api.conversion.acceptor
        self.takes_none = self._open or any(not p for p in self._lists)

    def __call__(self, args: tuple[Any, ...], named: dict[str, Any]) -> frozenset[int] | None:
        """Return the places of out parameters that were passed; raises `TypeError`."""
        if self._open:
            return None
        shape = tuple(map(type, args))
        if not named:
            known = self._shapes.get(shape, self)
            if known is not self:
                return known  # type: ignore[return-value]
        for parameters in self._known:
            outs = self._fits(parameters, args, named)
            if outs is not None:
                found = outs or None
                plain = not any(isinstance(arg, _COLLECTIONS) for arg in args)
                if not named and plain and len(self._shapes) < _SHAPES:
                    self._shapes[shape] = found
                return found
        raise TypeError(self._complaint(args))

    def _fits(
        self, parameters: tuple[Parameter, ...], args: tuple[Any, ...], named: dict[str, Any]
    ) -> frozenset[int] | None:
        rest = list(parameters)
        if any(p.modifier == "params" for p in rest):
            return frozenset()
        outs = [place for place, p in enumerate(rest) if p.modifier == "out"]
        given = len(args) + len(named)
        least = sum(1 for p in rest if not p.optional) - len(outs)
        if given == len(rest):
            expected, passed = rest, frozenset(outs)
        elif least <= given <= len(rest) - len(outs):
            expected, passed = [p for p in rest if p.modifier != "out"], frozenset()
        else:
            return None
        for place, (parameter, arg) in enumerate(zip(expected, args, strict=False)):
            if place not in passed and not self._accept(parameter.type)(arg):
                return None
        by_name = {p.name: p for p in expected[len(args) :]}
        for name, value in named.items():
            if name not in by_name or not self._accept(by_name[name].type)(value):
                return None
        return passed

    def _complaint(self, args: tuple[Any, ...]) -> str:
        counts = {len(p or ()) for p in self._lists}
        if len(args) not in counts:
            takes = " or ".join(str(count) for count in sorted(counts))
            return f"{self._name}() takes {takes} arguments ({len(args)} given)"
        same = [p for p in self._lists if p is not None and len(p) == len(args)]
        if len(same) == 1:
            for parameter, arg in zip(same[0], args, strict=True):
                if not self._accept(parameter.type)(arg):
                    return f"expected {_short(parameter.type)}, got {type(arg).__name__}"
        shown = ", ".join(type(arg).__name__ for arg in args)
        return f"No method matches given arguments for {self._name}: ({shown})"


def _parameters(member: Member, api: "RevitApi") -> tuple[Parameter, ...] | None:
    return member.parameters_in(api.version)


def _short(type_name: str) -> str:
    outer, _, inner = type_name.partition("<")
    short = outer.rpartition(".")[2]
    return f"{short}[{_short(inner[:-1])}]" if inner else short
