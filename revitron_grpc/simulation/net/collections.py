"""The collections of `System.Collections.Generic` as scripts meet them under IronPython.

A Python list is none of these: what takes an `ICollection` wants one made by `List[T]`. They have
`Count`, `Add` and their like, `len()`, iteration and an indexer, and of a Python list's habits only
that a `List[T]` can be sliced, which gives another one, and loses items by `del` (`ListOfTOps` in
IronPython's source): no `append`, no `+`, no index from the end. In CPython it is the other way
round: pythonnet gives lists the methods of a `MutableSequence`, and no slices.

An empty one is false: IronPython gives every `ICollection` and `ICollection<T>` a `__len__`
(`PythonTypeInfo.LengthResolver` in its source) and takes the truth value from that
(`PythonProtocol.ConvertToBool`). An `IEnumerable` that is no collection has no length and is
always true.
"""

from revitron_grpc.simulation.net.dictionaries import KeyValuePair, NetDictionary
from revitron_grpc.simulation.net.enumeration import NetCollection, NetEnumerator
from revitron_grpc.simulation.net.lists import NetList, NetReadOnlyList
from revitron_grpc.simulation.net.sets import NetSet

__all__ = [
    "KeyValuePair",
    "NetCollection",
    "NetDictionary",
    "NetEnumerator",
    "NetList",
    "NetReadOnlyList",
    "NetSet",
]
