"""What the collections of .NET take and refuse, as IronPython shows them to a script."""

import copy
from collections.abc import Callable

import pytest

from revitron_grpc.simulation.environment import Environment, in_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.collections import (
    NetDictionary,
    NetList,
    NetReadOnlyList,
    NetSet,
)
from revitron_grpc.simulation.net.exceptions import InvalidOperationException
from revitron_grpc.simulation.net.generic_types import (
    GENERIC_TYPES,
    ArrayType,
    Dictionary,
    HashSet,
    KeyValuePairType,
    List,
)
from revitron_grpc.vocabulary import Engine


class Wall:
    pass


class Door:
    pass


def test_a_list_has_the_members_of_net() -> None:
    numbers = List[int]([3, 1])
    numbers.Add(2)
    numbers.Insert(0, 9)
    numbers.AddRange([7, 7])
    assert (numbers.Count, len(numbers), list(numbers)) == (6, 6, [9, 3, 1, 2, 7, 7])
    assert numbers.Remove(7)
    assert not numbers.Remove(70)
    numbers.RemoveAt(0)
    numbers.Sort()
    assert list(numbers) == [1, 2, 3, 7]
    numbers.Reverse()
    assert (numbers.IndexOf(7), numbers.IndexOf(8), numbers.Contains(8), 3 in numbers) == (
        0,
        -1,
        False,
        True,
    )
    numbers[1] = 30
    numbers.set_Item(2, 20)
    numbers.Item[3] = 10
    assert (numbers.get_Item(0), numbers[1], numbers.Item[2], numbers[3]) == (7, 30, 20, 10)
    assert repr(numbers) == "List[int]([7, 30, 20, 10])"
    assert list(numbers.GetRange(1, 2)) == [30, 20]
    assert numbers.ToArray().Length == 4
    numbers.Clear()
    assert numbers.Count == 0


def test_items_are_held_by_reference_and_the_python_list_is_not() -> None:
    wall = Wall()
    given = [wall]
    held = List[Wall](given)
    given.append(Wall())
    assert held.Count == 1
    assert held[0] is wall


@pytest.mark.parametrize(
    ("use", "refusal"),
    [
        (lambda items: items.append(Wall()), AttributeError),
        (lambda items: items.extend([Wall()]), AttributeError),
        (lambda items: items + [Wall()], TypeError),  # noqa: RUF005 - what is refused
        (lambda items: items["0"], TypeError),
        (lambda items: items[0.0], TypeError),
        (lambda items: items[1], ValueError),
        (lambda items: items[-1], ValueError),
        (lambda items: items.RemoveAt(1), ValueError),
        (lambda items: items.Insert(2, Wall()), ValueError),
        (lambda items: items.Add(Door()), TypeError),
        (lambda items: items.AddRange([Door()]), TypeError),
        (lambda items: items.AddRange(Wall()), TypeError),
        (lambda items: items.AddRange(None), TypeError),
    ],
)
def test_a_list_is_no_python_list(
    use: Callable[[NetList], object], refusal: type[Exception]
) -> None:
    walls = List[Wall]([Wall()])
    with pytest.raises(refusal):
        use(walls)
    assert walls.Count == 1


def test_a_list_can_be_sliced_and_loses_items_by_del() -> None:
    numbers = List[int]([1, 2, 3, 4])
    part = numbers[1:3]
    assert isinstance(part, List[int])
    assert list(part) == [2, 3]
    del numbers[-1]
    del numbers[:2]
    assert list(numbers) == [3]
    with pytest.raises(ValueError, match="out of range"):
        del numbers[1]
    with pytest.raises(TypeError):
        NetReadOnlyList.of(int, [1])[0:1]
    assert repr(numbers[:0]) == "List[int]()"


def test_pythonnet_gives_a_list_pythons_methods_and_no_slices() -> None:
    with in_environment(Environment(engine=Engine.CPYTHON_3)):
        numbers = List[int]()
        numbers.append(1)
        numbers.extend([2])
        assert list(numbers) == [1, 2]
        with pytest.raises(TypeError):
            numbers[0:1]
        with pytest.raises(NotSimulated):
            List[int]([1])
        with pytest.raises(NotSimulated):
            numbers.pop()


def test_a_wrong_item_is_named_as_ironpython_names_it() -> None:
    with pytest.raises(TypeError, match="expected Wall, got Door"):
        List[Wall]().Add(Door())
    with pytest.raises(TypeError, match="Could not cast: Wall in Door"):
        List[Wall]([Door()])
    with pytest.raises(AttributeError, match=r"'List\[Wall\]' object has no attribute 'append'"):
        List[Wall]().append(1)


def test_null_is_an_item_of_classes_and_not_of_numbers() -> None:
    walls = List[Wall]()
    walls.Add(None)
    assert walls[0] is None
    with pytest.raises(TypeError, match="NoneType"):
        List[int]().Add(None)


def test_whole_numbers_widen_to_doubles_one_by_one_only() -> None:
    lengths = List[float]()
    lengths.Add(1)
    lengths.Add(True)
    assert [type(length) for length in lengths] == [float, float]
    with pytest.raises(TypeError, match="Could not cast: float in int"):
        List[float]([1])
    with pytest.raises(TypeError, match="expected int, got float"):
        List[int]().Add(1.0)
    truths = List[bool]()
    truths.Add("a")
    assert list(truths) == [True]


def test_an_empty_collection_is_false() -> None:
    for empty in (List[int](), HashSet[int](), Dictionary[str, int](), List[int](8)):
        assert not empty
    assert List[int]([0])


def test_changing_while_iterating_raises() -> None:
    numbers = NetList.of(int, [1, 2, 3])
    with pytest.raises(InvalidOperationException, match="Collection was modified"):
        [numbers.Remove(number) for number in numbers]
    assert list(numbers) == [2, 3]
    entries = NetDictionary.of(str, int, {"a": 1, "b": 2})
    with pytest.raises(SystemError):
        [entries.set_Item(entry.Key, 0) for entry in entries]


def test_an_enumerator_moves_as_net_does() -> None:
    enumerator = NetSet.of(str, ["b", "a"]).GetEnumerator()
    assert enumerator.MoveNext()
    assert enumerator.Current == "b"
    assert enumerator.MoveNext()
    assert not enumerator.MoveNext()
    enumerator.Reset()
    assert list(enumerator) == ["b", "a"]


def test_a_set_tells_whether_it_took_an_item() -> None:
    names = HashSet[str](["a", "a"])
    assert (names.Count, names.Add("a"), names.Add("b"), names.Remove("x")) == (
        1,
        False,
        True,
        False,
    )
    names.UnionWith(List[str](["c"]))
    names.ExceptWith(["a"])
    assert list(names) == ["b", "c"]
    names.IntersectWith(["c", "d"])
    assert names.SetEquals(["c"])
    assert names.IsSubsetOf(["c", "d"])
    assert not names.Overlaps(["d"])
    with pytest.raises(TypeError):
        names[0]


def test_a_dictionary_gives_pairs_and_asks_for_keys() -> None:
    ages = Dictionary[str, int]()
    ages.Add("a", 1)
    ages["b"] = 2
    assert [(pair.Key, pair.Value) for pair in ages] == [("a", 1), ("b", 2)]
    assert "a" in ages
    assert "c" not in ages
    assert ages.TryGetValue("b") == (True, 2)
    assert ages.TryGetValue("c") == (False, None)
    assert (list(ages.Keys), list(ages.Values)) == (["a", "b"], [1, 2])
    assert ages.Remove("a")
    with pytest.raises(KeyError, match="not present in the dictionary"):
        ages["a"]
    with pytest.raises(ValueError, match="already been added"):
        ages.Add("b", 3)
    with pytest.raises(AttributeError):
        ages.items()


def test_generic_types_are_types() -> None:
    walls = List[Wall]()
    interface = GENERIC_TYPES["ICollection"]
    assert isinstance(walls, List[Wall])
    assert isinstance(walls, interface[Wall])
    assert not isinstance(walls, interface[Door])
    assert not isinstance([Wall()], interface[Wall])
    assert isinstance(walls, GENERIC_TYPES["IEnumerable"][object])
    assert not isinstance(walls, interface[object])
    assert List[List[Wall]]([walls])[0] is walls
    assert List[Wall] == List[Wall]
    assert KeyValuePairType[str, int]("a", 1).Value == 1
    for wrong in (lambda: interface[Wall](), lambda: List(), lambda: List["Wall"]):
        with pytest.raises(TypeError):
            wrong()


def test_arrays_have_a_fixed_length_and_take_negative_indexes() -> None:
    numbers = ArrayType[int]([1, 2, 3])
    assert (numbers.Length, len(numbers), numbers[-1], list(numbers[1:])) == (3, 3, 3, [2, 3])
    assert list(ArrayType[int](2)) == [0, 0]
    with pytest.raises(IndexError):
        numbers[3]
    with pytest.raises(TypeError):
        numbers[0] = "x"
    assert repr(NetArray.of(int, [1])) == "Array[int]((1))"


def test_a_collection_can_be_copied() -> None:
    walls = NetList.of(Wall, [Wall()])
    assert copy.copy(walls)[0] is walls[0]
