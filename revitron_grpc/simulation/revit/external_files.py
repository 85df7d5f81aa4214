"""Files that a model refers to: links, drawings, keynotes and so on.

Data of an element that stands for such a file: `file` (its absolute path as the user sees it),
`file_kind` (a name of `ExternalFileReferenceType`), `path_type` (a name of `PathType`) and
`link_status` (a name of `LinkedFileStatus`).
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.links import link_status

__all__ = ["ExternalFileReference", "ExternalFileUtils", "ModelPath", "ModelPathUtils"]


@behaves("Autodesk.Revit.DB.ModelPath")
class ModelPath:
    """Where a file lies."""

    _path: str

    @property
    def Empty(self) -> bool:
        return not self._path

    @property
    def ServerPath(self) -> bool:
        return False

    def Dispose(self) -> None:
        """Nothing is held."""


@behaves("Autodesk.Revit.DB.ModelPathUtils")
class ModelPathUtils:
    """Paths as Revit holds them and as users see them."""

    @classmethod
    def ConvertModelPathToUserVisiblePath(cls, modelPath: Any) -> str:
        return modelPath._path


@behaves("Autodesk.Revit.DB.ExternalFileReference")
class ExternalFileReference:
    """What a model knows of a file that it refers to."""

    _record: ElementRecord

    @property
    def ExternalFileReferenceType(self) -> str:
        return self._record.data["file_kind"]

    @property
    def PathType(self) -> str:
        return self._record.data.get("path_type", "Relative")

    def GetLinkedFileStatus(self) -> str:
        return link_status(self._record)

    def GetAbsolutePath(self) -> Any:
        made = object.__new__(ModelPath)
        made.__dict__["_path"] = self._record.data["file"]
        return made

    def Dispose(self) -> None:
        """Nothing is held."""


@behaves("Autodesk.Revit.DB.ExternalFileUtils")
class ExternalFileUtils:
    """Finds the files that a model refers to."""

    @classmethod
    def GetAllExternalFileReferences(cls, aDoc: Any) -> set[int]:
        return {one.id for one in aDoc._database.elements.values() if "file_kind" in one.data}

    @classmethod
    def IsExternalFileReference(cls, aDoc: Any, elemId: Any) -> bool:
        record = aDoc._database.get(elemId.number)
        return record is not None and "file_kind" in record.data

    @classmethod
    def GetExternalFileReference(cls, aDoc: Any, elemId: Any) -> Any:
        if not cls.IsExternalFileReference(aDoc, elemId):
            raise revit_error(
                "ArgumentException", "The element id elemId is not an external file reference."
            )
        made = object.__new__(ExternalFileReference)
        made.__dict__["_record"] = aDoc._database.get(elemId.number)
        return made
