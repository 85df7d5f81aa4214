"""The generic types that scripts import from `System.Collections.Generic`, and `System.Array`.

List[ElementId]()            a NetList
List[ElementId](python_list) a NetList, every item checked
isinstance(x, ICollection[ElementId])
"""

from collections.abc import Callable
from typing import Any

from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.collections import (
    KeyValuePair,
    NetCollection,
    NetDictionary,
    NetEnumerator,
    NetList,
    NetReadOnlyList,
    NetSet,
)
from revitron_grpc.simulation.net.generics import GenericType, InstanceTest
from revitron_grpc.simulation.net.item_types import converted

_NAMESPACE = "System.Collections.Generic"


def _of_item_type(kind: type | tuple[type, ...], covariant: bool = False) -> InstanceTest:
    def test(instance: object, arguments: tuple[Any, ...]) -> bool:
        if not isinstance(instance, kind):
            return False
        own: Any = getattr(instance, "item_type", None)
        if own == arguments[0]:
            return True
        wanted = arguments[0]
        both_are_classes = isinstance(own, type) and isinstance(wanted, type)
        return covariant and both_are_classes and issubclass(own, wanted)

    return test


def _is_dictionary(instance: object, arguments: tuple[Any, ...]) -> bool:
    return isinstance(instance, NetDictionary) and (
        (instance.item_type, instance.value_type) == arguments
    )


def _is_pair(instance: object, _arguments: tuple[Any, ...]) -> bool:
    return isinstance(instance, KeyValuePair)


def _pair(key_type: Any, value_type: Any, key: Any, value: Any) -> KeyValuePair:
    return KeyValuePair(converted(key_type, key), converted(value_type, value))


def _generic(
    name: str, arity: int, test: InstanceTest, construct: Callable[..., Any] | None = None
) -> GenericType:
    return GenericType(name, _NAMESPACE, arity, construct, test)


_LISTS = (NetList, NetArray)
_COLLECTIONS = (NetList, NetReadOnlyList, NetSet, NetArray)

List = _generic("List", 1, _of_item_type(NetList), NetList.constructed)
HashSet = _generic("HashSet", 1, _of_item_type(NetSet), NetSet.constructed)
Dictionary = _generic("Dictionary", 2, _is_dictionary, NetDictionary.constructed)
KeyValuePairType = _generic("KeyValuePair", 2, _is_pair, _pair)
ArrayType = GenericType("Array", "System", 1, NetArray.constructed, _of_item_type(NetArray, True))

GENERIC_TYPES: dict[str, GenericType] = {
    "List": List,
    "HashSet": HashSet,
    "Dictionary": Dictionary,
    "KeyValuePair": KeyValuePairType,
    "IList": _generic("IList", 1, _of_item_type(_LISTS)),
    "ICollection": _generic("ICollection", 1, _of_item_type(_COLLECTIONS)),
    "IEnumerable": _generic(
        "IEnumerable", 1, _of_item_type((NetCollection, NetArray), covariant=True)
    ),
    "IReadOnlyList": _generic(
        "IReadOnlyList", 1, _of_item_type((NetReadOnlyList, NetArray), covariant=True)
    ),
    "IReadOnlyCollection": _generic(
        "IReadOnlyCollection", 1, _of_item_type(_COLLECTIONS, covariant=True)
    ),
    "ISet": _generic("ISet", 1, _of_item_type(NetSet)),
    "IDictionary": _generic("IDictionary", 2, _is_dictionary),
    "IEnumerator": _generic(
        "IEnumerator", 1, lambda instance, _arguments: isinstance(instance, NetEnumerator)
    ),
}
"""Simple name to the generic type, for `System.Collections.Generic`."""
