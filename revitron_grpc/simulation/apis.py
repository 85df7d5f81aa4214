"""The simulated Revits of a process: one for each version and engine, made when first asked for."""

import threading

from revitron_grpc.catalog.query import Catalog
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.vocabulary import Engine, RevitVersion


class RevitApis:
    """Keeps a `RevitApi` for each version and engine; at most fifteen for five versions."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._apis: dict[tuple[RevitVersion, Engine], RevitApi] = {}
        self._lock = threading.Lock()

    def get(self, version: RevitVersion, engine: Engine) -> RevitApi:
        """Return the API of a version as an engine sees it."""
        with self._lock:
            api = self._apis.get((version, engine))
            if api is None:
                api = self._apis[version, engine] = RevitApi(self._catalog, version, engine)
            return api
