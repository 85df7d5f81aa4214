"""A workshop for all tests of the pipeline: loading it takes about a second."""

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.recipes.library import packaged_library
from revitron_grpc.workshop import Workshop


@pytest.fixture(scope="session")
def workshop() -> Workshop:
    return Workshop(packaged_catalog(), packaged_library())
