"""The application and what the user has in front: documents, views, the selection, picks."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from typing import Any

from revitron_grpc.simulation.answers import Cancel, Dialog, NoAnswer, Pick, PickPoint
from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.dialogs import asked
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.references import Reference
from revitron_grpc.simulation.revit.shared_parameter_file import DefinitionFile
from revitron_grpc.simulation.revit.vectors import XYZ
from revitron_grpc.simulation.session import Session

_LANGUAGES = {"de": "German"}


@behaves("Autodesk.Revit.ApplicationServices.Application")
class Application:
    """The Revit of a run, without its user interface."""

    _session: Session

    @classmethod
    def of(cls, session: Session) -> Any:
        """Return the application of a session."""
        made = object.__new__(cls)
        path = session.database.settings.get("shared_parameter_file", "")
        made.__dict__.update(_session=session, _shared_parameters=path)
        return made

    @property
    def VersionNumber(self) -> str:
        return str(self._session.api.version)

    @property
    def VersionName(self) -> str:
        return f"Autodesk Revit {self._session.api.version}"

    @property
    def SubVersionNumber(self) -> str:
        return f"{self._session.api.version}.0"

    @property
    def VersionBuild(self) -> str:
        return f"{self._session.api.version - 1}0301_1515(x64)"

    @property
    def Product(self) -> str:
        return "Revit"

    @property
    def Language(self) -> str:
        return _LANGUAGES.get(self._session.language, "English_USA")

    @property
    def Username(self) -> str:
        return self._session.database.user

    @property
    def IsValidObject(self) -> bool:
        return True

    @property
    def ShortCurveTolerance(self) -> float:
        # 1/32 of an inch and a little: as Revit returns it in all versions (field knowledge).
        return 0.00256026455729167

    @property
    def VertexTolerance(self) -> float:
        return 0.0005233832795

    @property
    def AngleTolerance(self) -> float:
        # A tenth of a degree.
        return 0.00174532925199433

    @property
    def Documents(self) -> "DocumentSet":
        session = self._session
        linked = session.database.settings.get("links", {}).values()
        return DocumentSet([session.document, *(database.document for database in linked)])

    @property
    def SharedParametersFilename(self) -> str:
        return self.__dict__["_shared_parameters"]

    @SharedParametersFilename.setter
    def SharedParametersFilename(self, value: str) -> None:
        self.__dict__["_shared_parameters"] = value or ""

    def OpenSharedParameterFile(self) -> DefinitionFile | None:
        path = self.SharedParametersFilename
        if not path:
            return None
        files = self._session.files
        if not files.is_file(path):
            raise NotSimulated(
                "ApplicationServices.Application.OpenSharedParameterFile of a missing file"
            )
        content = files.read(path)
        # Revit writes these files as UTF-16 with its mark; older ones are ANSI.
        encoding = "utf-16" if content[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "cp1252"
        return DefinitionFile.of(path, content.decode(encoding))


@behaves("Autodesk.Revit.DB.DocumentSet")
class DocumentSet:
    """Open documents, those of loaded links among them."""

    def __init__(self, documents: Iterable[Any] = ()) -> None:
        self._documents = list(documents)

    @property
    def Size(self) -> int:
        return len(self._documents)

    @property
    def IsEmpty(self) -> bool:
        return not self._documents

    def Contains(self, item: Any) -> bool:
        return item in self._documents

    def __iter__(self) -> Iterator[Any]:
        return iter(self._documents)


@behaves("Autodesk.Revit.UI.UIApplication")
class UIApplication:
    """The Revit of a run with its user interface."""

    _session: Session

    @classmethod
    def of(cls, session: Session) -> Any:
        """Return the user interface of a session, whose documents are open."""
        made = object.__new__(cls)
        made.__dict__["_session"] = session
        return made

    @property
    def Application(self) -> Any:
        return self._session.application

    @property
    def ActiveUIDocument(self) -> "UIDocument":
        return UIDocument.of(self._session)

    @property
    def IsValidObject(self) -> bool:
        return True


@behaves("Autodesk.Revit.UI.UIDocument")
class UIDocument:
    """The document in front."""

    _session: Session

    def __init__(self, document: Any) -> None:
        raise NotSimulated("UI.UIDocument(document)")

    @classmethod
    def of(cls, session: Session) -> "UIDocument":
        """Return the document that a session has in front."""
        made = object.__new__(cls)
        made.__dict__["_session"] = session
        return made

    @property
    def _database(self) -> Database:
        return self._session.database

    @property
    def Document(self) -> Any:
        return self._session.document

    @property
    def Application(self) -> Any:
        return self._session.uiapplication

    @property
    def Selection(self) -> "Selection":
        return Selection.of(self._session)

    @property
    def IsValidObject(self) -> bool:
        return True

    @property
    def ActiveView(self) -> ElementRecord | None:
        return self._database.get(self._database.settings.get("active_view", INVALID))

    @ActiveView.setter
    def ActiveView(self, value: Any) -> None:
        self._check_view(value)
        self._database.settings["active_view"] = value._record.id

    @property
    def ActiveGraphicalView(self) -> ElementRecord | None:
        return self.ActiveView

    def RequestViewChange(self, view: Any) -> None:
        # Takes effect when the command has ended.
        self._check_view(view)
        self._database.settings["requested_view"] = view._record.id

    def RefreshActiveView(self) -> None:
        pass

    def UpdateAllOpenViews(self) -> None:
        pass

    def ShowElements(self, what: Any) -> None:
        several = isinstance(what, (list, tuple)) or hasattr(what, "Count")
        shown = [_id_of(one) for one in (what if several else [what])]
        if not shown:
            raise revit_error("ArgumentException", "The collection is empty.")
        self._session.outcome.shown.extend(shown)

    def _check_view(self, view: Any) -> None:
        if view is None:
            raise revit_error("ArgumentNullException", "The input argument is null.")
        if self._database.transaction is not None:
            raise revit_error(
                "InvalidOperationException",
                "Cannot change the active view of a modifiable document (with a transaction "
                "curently open).",
            )
        if view._record.data.get("is_template"):
            raise revit_error("ArgumentException", "View templates cannot be active views.")


@behaves("Autodesk.Revit.UI.Selection.Selection")
class Selection:
    """The selection, and picking in the view."""

    _session: Session

    @classmethod
    def of(cls, session: Session) -> "Selection":
        """Return the selection of a session."""
        made = object.__new__(cls)
        made.__dict__["_session"] = session
        return made

    @property
    def IsValidObject(self) -> bool:
        return True

    def GetElementIds(self) -> list[int]:
        # What was deleted is selected no longer.
        database = self._session.database
        return [number for number in self._session.selection if database.get(number) is not None]

    def SetElementIds(self, elementIds: Any) -> None:
        if elementIds is None:
            raise revit_error("ArgumentNullException", "The input argument is null.")
        database = self._session.database
        numbers = dict.fromkeys(one.number for one in elementIds)
        # Ids of nothing select nothing (pyRevit clears the selection with the invalid id).
        self._session.selection[:] = [n for n in numbers if database.get(n) is not None]

    def PickObject(self, objectType: Any, *more: Any) -> Reference:
        only, prompt = _filter_and_prompt(more)
        _elements_only(objectType, "PickObject")
        dialog = Dialog("Selection.PickObject", message=prompt)
        picked = self._picked(dialog, only)
        if len(picked) != 1:
            raise NoAnswer(dialog, "needs exactly one element")
        return Reference.to(picked[0].id)

    def PickObjects(self, objectType: Any, *more: Any) -> list[Reference]:
        only, prompt = _filter_and_prompt(more)
        _elements_only(objectType, "PickObjects")
        picked = self._picked(Dialog("Selection.PickObjects", message=prompt), only)
        return [Reference.to(record.id) for record in picked]

    def PickElementsByRectangle(self, *more: Any) -> list[ElementRecord]:
        only, prompt = _filter_and_prompt(more)
        dialog = Dialog("Selection.PickElementsByRectangle", message=prompt)
        # A rectangle catches what it may; the filter drops the rest without a word.
        return self._picked(dialog, only, refuse=False)

    def PickPoint(self, *more: Any) -> XYZ:
        prompt = next((one for one in more if isinstance(one, str)), "")
        answer = asked(Dialog("Selection.PickPoint", message=prompt), PickPoint)
        if isinstance(answer, Cancel):
            raise _cancelled()
        return XYZ(*answer.point)

    def _picked(self, dialog: Dialog, only: Any, refuse: bool = True) -> list[ElementRecord]:
        answer = asked(dialog, Pick)
        if isinstance(answer, Cancel):
            raise _cancelled()
        found: list[ElementRecord] = []
        for named in answer.elements:
            record = _named(self._session.database, named)
            if record is None:
                raise NoAnswer(dialog, f'there is no element "{named}" to pick')
            if only is not None:
                element = self._session.api.conversion.element(record)
                if not only.AllowElement(element):
                    if refuse:
                        raise NoAnswer(dialog, f'the filter lets nobody pick "{named}"')
                    continue
            found.append(record)
        return found


def _filter_and_prompt(more: tuple[Any, ...]) -> tuple[Any, str]:
    prompt = next((one for one in more if isinstance(one, str)), "")
    only = next((one for one in more if hasattr(one, "AllowElement")), None)
    return only, prompt


def _elements_only(object_type: Any, method: str) -> None:
    if object_type.name != "Element":
        raise NotSimulated(f"UI.Selection.Selection.{method} of ObjectType.{object_type.name}")


def _named(database: Database, named: str | int) -> ElementRecord | None:
    if isinstance(named, int):
        return database.get(named)
    try:
        return database.by_handle(named)
    except KeyError:
        return None


def _id_of(what: Any) -> int:
    return what.number if hasattr(what, "number") else what._record.id


def _cancelled() -> Exception:
    return revit_error("OperationCanceledException", "The user aborted the pick operation.")
