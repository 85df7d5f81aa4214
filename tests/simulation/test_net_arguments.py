"""Which collections a method of Revit takes from a script, engine by engine."""

from typing import Any

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.generic_types import HashSet, List
from revitron_grpc.vocabulary import Engine

GENERIC = "System.Collections.Generic."
XYZ = "Autodesk.Revit.DB.XYZ"


def accepts(engine: Engine, kind: str, make: Any) -> bool:
    catalog = packaged_catalog()
    api = RevitApi(catalog, catalog.versions[-1], engine)
    point: Any = api.DB.XYZ
    return api.conversion.acceptor(f"{GENERIC}{kind}<{XYZ}>")(make(point))


@pytest.mark.parametrize("engine", Engine)
def test_collections_of_net_are_taken(engine: Engine) -> None:
    for kind in ("IList", "ICollection", "IEnumerable"):
        assert accepts(engine, kind, lambda point: List[point]())
        assert accepts(engine, kind, lambda point: NetArray(point, [point()]))
        assert not accepts(engine, kind, lambda point: List[int]())
        assert not accepts(engine, kind, lambda point: List[List[point]]())
    assert accepts(engine, "ISet", lambda point: HashSet[point]())
    assert not accepts(engine, "ISet", lambda point: List[point]())


def test_ironpython_hands_a_python_list_over_as_ilist_alone() -> None:
    engine = Engine.IRONPYTHON_27
    for kind, taken in (("IList", True), ("IEnumerable", True), ("ICollection", False)):
        assert accepts(engine, kind, lambda point: [point()]) is taken
        assert accepts(engine, kind, lambda point: (point(),)) is taken
    assert not accepts(engine, "IList", lambda point: [1])
    assert not accepts(engine, "IList", lambda point: {point()})
    assert not accepts(Engine.CPYTHON_3, "IList", lambda point: [point()])
