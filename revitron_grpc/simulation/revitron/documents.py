"""`revitron.document`: the open document, exchanged for a while, and what is stored in it."""

import json
from typing import Any

from revitron_grpc.simulation.revitron.elements import Element
from revitron_grpc.simulation.revitron.filters import Filter
from revitron_grpc.simulation.revitron.library import db, of_revitron, revitron
from revitron_grpc.simulation.revitron.parameters import Parameter
from revitron_grpc.simulation.revitron.transactions import Transaction
from revitron_grpc.simulation.session import current_session
from revitron_grpc.vocabulary import Engine

_STORAGE = "REVITRON_CONFIG"


@of_revitron("document")
class Document:
    """A document; in its `with` block it stands in for `revitron.DOC`."""

    def __init__(self, doc: Any = None) -> None:
        self.doc = doc if doc is not None else revitron().DOC

    def __enter__(self) -> None:
        self.cache = revitron().DOC
        revitron().DOC = self.doc

    def __exit__(self, *exception: object) -> None:
        revitron().DOC = self.cache

    def getDuplicateInstances(self, preferOlderElement: bool = False) -> list[Any]:
        """Return one element of each warning about identical instances in one place."""
        wanted = db().BuiltInFailures.OverlapFailures.DuplicateInstances.Guid
        found: dict[Any, None] = {}
        for warning in self.doc.GetWarnings():
            if warning.GetFailureDefinitionId().Guid == wanted:
                found[warning.GetFailingElements()[0 if preferOlderElement else 1]] = None
        return list(found)

    def getLinkedDocuments(self, scope: Any = None) -> dict[Any, Any]:
        """Return the loaded links by the id of their instance, in an English Revit."""
        found: dict[Any, Any] = {}
        for link in Filter(scope).byCategory("RVT Links").noTypes().getElements():
            title = Parameter(link, "Type").getValueString().removesuffix(".rvt")
            for one in revitron().APP.Documents:
                if one.IsLinked and one.Title == title:
                    found[link.Id] = one
        return found

    def getPath(self) -> str:
        """Return the path of the document's file."""
        return self.doc.PathName

    def isFamily(self) -> bool:
        """Tell whether the document is a family."""
        return self.doc.IsFamilyDocument

    @staticmethod
    def isOpen(path: str) -> bool:
        """Tell whether the document of a path is open."""
        return any(path == one.PathName for one in revitron().APP.Documents)


@of_revitron("document")
class DocumentConfigStorage:
    """Settings kept in a parameter of the project information."""

    def __init__(self) -> None:
        self.storageName = _STORAGE
        self.info = revitron().DOC.ProjectInformation
        raw = Element(self.info).get(_STORAGE)
        self.storage: dict[str, Any] = json.loads(raw) if raw else {}

    def get(self, key: str, default: Any = None) -> Any:
        """Return a setting."""
        return self.storage.get(key, default)

    def set(self, key: str, data: Any) -> None:
        """Keep a setting in a transaction; empty ones are dropped. Needs Python 2."""
        self.storage[key] = data
        if current_session().api.engine is not Engine.IRONPYTHON_27:
            raise AttributeError("'dict' object has no attribute 'iteritems'")
        self.storage = {name: value for name, value in self.storage.items() if value}
        raw = json.dumps(self.storage, sort_keys=True, ensure_ascii=False)
        transaction = Transaction()
        Element(self.info).set(_STORAGE, raw)
        transaction.commit()
