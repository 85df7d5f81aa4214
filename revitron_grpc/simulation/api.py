"""The Revit API of one version as an engine sees it: classes made from catalog and behaviour."""

import threading
from typing import Any

from revitron_grpc.catalog.model import ApiType, Member, MemberKind, Presence, TypeKind
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.simulation import revit
from revitron_grpc.simulation.behaviour import BEHAVIOURS, generic_method, static_property
from revitron_grpc.simulation.calls import checked_constructor, checked_method, checked_setter
from revitron_grpc.simulation.conversion import Conversion
from revitron_grpc.simulation.enums import make_enum
from revitron_grpc.simulation.errors import NetException, NotSimulated, revit_exception
from revitron_grpc.vocabulary import Engine, RevitVersion

_EXCEPTIONS = "Autodesk.Revit.Exceptions"
_ROOT = "Autodesk.Revit"


class NetType(type):
    """The type of simulated classes: says what a name that nobody wrote is."""

    _api: "RevitApi"
    _full_name: str

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_") or "_full_name" not in cls.__dict__:
            # A class of the script that derives from ours finds what ours has.
            for base in cls.__mro__[1:]:
                if "_full_name" in base.__dict__ and not name.startswith("_"):
                    return getattr(base, name)
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")
        return cls._api.unwritten(cls._full_name, cls.__name__, name)


class NetObject:
    """The base of simulated objects: only what the API has can be read or set."""

    def __getattr__(self, name: str) -> Any:
        cls = type(self)
        if name.startswith("_"):
            raise AttributeError(f"'{cls.__name__}' object has no attribute '{name}'")
        held = next((c.__dict__[name] for c in cls.__mro__ if name in c.__dict__), None)
        if isinstance(held, property) and held.fget is None:
            # It can only be set, as the name of a type or a room (behaviour 25).
            raise AttributeError(name)
        return cls._api.unwritten(cls._full_name, cls.__name__, name)  # type: ignore[attr-defined]

    def __setattr__(self, name: str, value: object) -> None:
        cls = type(self)
        if not name.startswith("_"):
            held = next((c.__dict__[name] for c in cls.__mro__ if name in c.__dict__), None)
            if held is None and "_full_name" in cls.__dict__:
                cls._api.unwritten(cls._full_name, cls.__name__, name)  # type: ignore[attr-defined]
            if isinstance(held, property) and held.fset is None:
                raise AttributeError(f"can't assign to read-only property {name}")
        object.__setattr__(self, name, value)


class Absent:
    """Stands for a member that the behaviour has but this Revit version has not."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type) -> Any:
        raise AttributeError(
            f"'{owner.__name__}' object has no attribute '{self.name}'"
            if instance is not None
            else f"type object '{owner.__name__}' has no attribute '{self.name}'"
        )

    def __set__(self, instance: object, value: object) -> None:
        raise AttributeError(f"'{type(instance).__name__}' object has no attribute '{self.name}'")


class NetProperty(property):
    """A property that scripts can also reach on its class: `Element.Name.GetValue(wall_type)`."""

    def GetValue(self, instance: object) -> Any:
        """Read the property of an object, past what its own class hides."""
        if self.fget is None:
            raise AttributeError("the property cannot be read")
        return self.fget(instance)

    def SetValue(self, instance: object, value: object) -> None:
        """Set the property of an object."""
        if self.fset is None:
            raise AttributeError("can't assign to read-only property")
        self.fset(instance, value)


class StaticProperty:
    """A static property: read through the class or an object, converted as any result."""

    def __init__(self, read: Any, convert: Any) -> None:
        self._read, self._convert = read, convert

    def __get__(self, instance: object, owner: type) -> Any:
        return self._convert(self._read(owner))


class Indexed:
    """An indexed property by its own name: `element.BoundingBox[view]`."""

    def __init__(self, accessor: str) -> None:
        self._accessor = accessor

    def __get__(self, instance: object, owner: type) -> Any:
        return self if instance is None else _Indexer(getattr(instance, self._accessor))


class _Indexer:
    def __init__(self, read: Any) -> None:
        self._read = read

    def __getitem__(self, key: Any) -> Any:
        return self._read(*key) if isinstance(key, tuple) else self._read(key)


class Namespace:
    """A .NET namespace of the Revit API; its types are made when they are first asked for."""

    def __init__(self, api: "RevitApi", name: str) -> None:
        self._api = api
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        full_name = f"{self.__name__}.{name}"
        found = self._api.find(full_name)
        if found is None:
            raise AttributeError(f"'namespace#' object has no attribute '{name}'")
        self.__dict__[name] = found
        return found

    def __repr__(self) -> str:
        return f"<module '{self.__name__}'>"


class RevitApi:
    """Classes, enums and namespaces of one Revit version; shared by threads."""

    def __init__(self, catalog: Catalog, version: RevitVersion, engine: Engine) -> None:
        revit.load()
        self.catalog = catalog
        self.version = version
        self.engine = engine
        self.conversion = Conversion(self)
        self._classes: dict[str, type] = {}
        self._namespaces: dict[str, Namespace] = {}
        self._raw = {behaviour: name for name, behaviour in BEHAVIOURS.items()}
        self._lock = threading.RLock()
        self.DB = self.namespace("Autodesk.Revit.DB")
        self.UI = self.namespace("Autodesk.Revit.UI")

    # Names

    def namespace(self, name: str) -> Namespace:
        """Return the namespace of that name."""
        with self._lock:
            found = self._namespaces.get(name)
            if found is None:
                found = self._namespaces[name] = Namespace(self, name)
            return found

    def find(self, full_name: str) -> Any:
        """Return a class or namespace by its full name; None if this version has neither."""
        if self.catalog.type(full_name) is not None:
            if self.catalog.type_presence(full_name, self.version) is Presence.ABSENT:
                return None
            return self.class_of(full_name)
        if self.catalog.namespace_exists(full_name):
            return self.namespace(full_name)
        return None

    def class_of(self, full_name: str) -> type:
        """Return the class of a type, made at its first use; `KeyError` for an unknown one."""
        found = self._classes.get(full_name)
        if found is None:
            with self._lock:
                found = self._classes.get(full_name)
                if found is None:
                    found = self._classes[full_name] = self._make(full_name)
        return found

    def enum(self, full_name: str, value: str | int) -> Any:
        """Return an enum's value by name or number."""
        made: Any = self.class_of(full_name)
        return getattr(made, value) if isinstance(value, str) else made.numbered(value)

    def promote(self, value: Any) -> Any:
        """Turn an object of a behaviour class into one of the class that scripts see."""
        name = self._raw.get(type(value))
        if name is not None:
            value.__class__ = self.class_of(name)
        return value

    def unwritten(self, full_name: str, shown: str, name: str) -> Any:
        """Answer for a member that no behaviour has: nested type, unknown to us, or not there."""
        nested = f"{full_name}.{name}"
        if self.catalog.type(nested) is not None:
            found = self.find(nested)
            if found is not None:
                return found
        if self.catalog.member_presence(full_name, name, self.version) is Presence.ABSENT:
            raise AttributeError(f"'{shown}' object has no attribute '{name}'")
        raise NotSimulated(f"{full_name.removeprefix('Autodesk.Revit.')}.{name}")

    # Making classes

    def _make(self, full_name: str) -> type:
        api_type = self.catalog.type(full_name)
        if api_type is None:
            raise KeyError(full_name)
        if api_type.kind is TypeKind.ENUM:
            return make_enum(self.catalog, full_name, self.version)
        if api_type.namespace == _EXCEPTIONS:
            return revit_exception(api_type.simple_name)
        base = api_type.base_in(self.version)
        parent: Any = NetObject
        if base is not None and base.startswith(_ROOT) and self.catalog.type(base) is not None:
            parent = self.class_of(base)
        behaviour = BEHAVIOURS.get(full_name)
        bases = (parent,) if behaviour is None else (behaviour, parent)
        namespace: dict[str, Any] = {
            "_api": self,
            "_full_name": full_name,
            "__module__": api_type.namespace,
            "__doc__": f"{full_name} of Revit {self.version}.",
        }
        written = self._written(behaviour, parent) if behaviour is not None else {}
        namespace.update(self._members(api_type, written))
        namespace["__init__"] = checked_constructor(self, api_type, behaviour or parent)
        return NetType(api_type.simple_name, bases, namespace)

    def _written(self, behaviour: type, parent: type) -> dict[str, Any]:
        """All public names of a behaviour that the base class has not wrapped already."""
        known = set(parent.__mro__)
        found: dict[str, Any] = {}
        for cls in reversed(behaviour.__mro__):
            if cls in known or cls is object:
                continue
            found.update({n: v for n, v in cls.__dict__.items() if n[0].isupper() or n[:4] in _GET})
        return found

    def _members(self, api_type: ApiType, written: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, held in written.items():
            presence = self.catalog.member_presence(api_type.name, name, self.version)
            if presence is Presence.ABSENT:
                made[name] = Absent(name)
                continue
            overloads = self.catalog.members(api_type.name, name, self.version)
            made[name] = self._wrapped(name, held, overloads)
            if name.startswith("get_") and name[4:] not in written:
                made[name[4:]] = Indexed(name)
        for member in api_type.members:
            if (
                member.kind is MemberKind.PROPERTY
                and not member.gettable
                and member.name not in written
                and member.presence(self.version) is not Presence.ABSENT
            ):
                # The subclass overrides only the setter, which hides the getter from IronPython
                # (behaviour 25); pythonnet finds it.
                inherited = self._inherited(api_type, member.name)
                if isinstance(inherited, property) and self.engine is not Engine.CPYTHON_3:
                    made[member.name] = NetProperty(None, inherited.fset)
        return made

    def _inherited(self, api_type: ApiType, name: str) -> Any:
        base = api_type.base_in(self.version)
        while base is not None and base.startswith(_ROOT):
            for cls in self.class_of(base).__mro__:
                held = cls.__dict__.get(name)
                if isinstance(held, property) and held.fget is not None:
                    return held
            above = self.catalog.type(base)
            base = above.base_in(self.version) if above is not None else None
        return None

    def _wrapped(self, name: str, held: Any, overloads: tuple[Member, ...]) -> Any:
        convert = self.conversion.result(overloads, self.version)
        if isinstance(held, property):
            setter = held.fset
            if setter is not None:
                setter = checked_setter(self, setter, overloads)
            getter = held.fget
            if getter is not None and convert is not None:
                getter = _converted(getter, convert)
            return NetProperty(getter, setter)
        if isinstance(held, static_property):
            return StaticProperty(held.getter, convert or _same)
        if isinstance(held, generic_method):
            return held
        if isinstance(held, classmethod):
            function = checked_method(self, name, held.__func__, overloads, convert)
            return classmethod(function)
        if callable(held):
            return checked_method(self, name, held, overloads, convert)
        return held


_GET = ("get_", "set_")


def _converted(getter: Any, convert: Any) -> Any:
    def read(self: Any) -> Any:
        return convert(getter(self))

    return read


def _same(value: Any) -> Any:
    return value


__all__ = ["Namespace", "NetException", "NetObject", "NetProperty", "NetType", "RevitApi"]
