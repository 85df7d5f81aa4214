"""Every second flavour has what makes tools stumble in an office's models."""

import pytest

from revitron_grpc.simulation.database import INVALID
from revitron_grpc.simulation.models import SAMPLE_MODELS

SECOND = sorted(name for name in SAMPLE_MODELS if name.endswith("-second"))


def test_every_model_has_one() -> None:
    assert {f"{name}-second" for name in SAMPLE_MODELS if name not in SECOND} == set(SECOND)


@pytest.mark.parametrize("name", SECOND)
def test_it_has_an_option_a_group_a_link_and_a_colleague(name: str) -> None:
    database = SAMPLE_MODELS[name]()
    elements = database.elements.values()
    assert database.is_workshared
    assert any(one.data.get("option", INVALID) != INVALID for one in elements)
    assert any(one.data.get("group", INVALID) != INVALID for one in elements)
    assert any(one.kind.endswith(".RevitLinkInstance") for one in elements)
    assert any(one.data.get("owner", "") not in ("", database.user) for one in elements)
