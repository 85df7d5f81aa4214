import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.similarity import ToolIndex, known_tools


@pytest.fixture(scope="session")
def known() -> ToolIndex:
    return ToolIndex(known_tools(packaged_catalog()))
