"""Revit's own message boxes."""

from collections.abc import Callable
from typing import Any

from revitron_grpc.simulation.answers import Dialog
from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.dialogs import show_message
from revitron_grpc.simulation.errors import revit_error

# Name of the button's flag, its number, its text in an English Revit.
_BUTTONS = (
    ("Ok", 1, "OK"),
    ("Yes", 2, "Yes"),
    ("No", 4, "No"),
    ("Retry", 16, "Retry"),
    ("Cancel", 8, "Cancel"),
    ("Close", 32, "Close"),
)
_RESULT = "Autodesk.Revit.UI.TaskDialogResult"


def _stored(name: str, default: Any) -> Any:
    """Make a property that keeps what it is given."""

    def read(self: Any) -> Any:
        return self.__dict__.get(f"_{name}", default)

    def write(self: Any, value: Any) -> None:
        self.__dict__[f"_{name}"] = value

    return property(read, write)


class _Show:
    """`Show` of an object and, with title and text, of the class."""

    def __get__(self, instance: Any, owner: Any) -> Callable[..., Any]:
        def show(*args: Any) -> Any:
            if instance is not None and not args:
                return instance._shown()
            if not 2 <= len(args) <= 4:
                raise TypeError(f"Show() takes 2 to 4 arguments ({len(args)} given)")
            made = owner(args[0])
            made.MainInstruction = args[1]
            if len(args) > 2:
                made.CommonButtons = args[2]
            return made._shown()

        return show


@behaves("Autodesk.Revit.UI.TaskDialog")
class TaskDialog:
    """A message box with buttons and command links; the answer says which one is pressed."""

    def __init__(self, title: str) -> None:
        self.__dict__.update(_Title=title, _links={})

    Title = _stored("Title", "")
    MainInstruction = _stored("MainInstruction", "")
    MainContent = _stored("MainContent", "")
    ExpandedContent = _stored("ExpandedContent", "")
    FooterText = _stored("FooterText", "")
    VerificationText = _stored("VerificationText", "")
    ExtraCheckBoxText = _stored("ExtraCheckBoxText", "")
    Id = _stored("Id", "")
    TitleAutoPrefix = _stored("TitleAutoPrefix", True)
    AllowCancellation = _stored("AllowCancellation", False)
    EnableMarqueeProgressBar = _stored("EnableMarqueeProgressBar", False)
    MainIcon = _stored("MainIcon", "TaskDialogIconNone")
    CommonButtons = _stored("CommonButtons", "None")
    DefaultButton = _stored("DefaultButton", "None")

    Show = _Show()

    def AddCommandLink(self, id: Any, mainContent: str, supportingContent: str = "") -> None:
        del supportingContent
        if not mainContent:
            raise revit_error("ArgumentException", "The main content of a command link is empty.")
        self.__dict__["_links"][id.name] = mainContent

    def WasVerificationChecked(self) -> bool:
        return False

    def WasExtraCheckBoxChecked(self) -> bool:
        return False

    def _shown(self) -> Any:
        """Show the box and return the result as Revit names it."""
        links: dict[str, str] = self.__dict__["_links"]
        flags = self.__dict__.get("_CommonButtons")
        number = 0 if flags is None else flags.number
        results = {text: name for name, text in sorted(links.items())}
        results |= {text: name for name, flag, text in _BUTTONS if number & flag}
        if not results:
            results = {"Close": "Close"}
        dialog = Dialog("TaskDialog", self.Title, self.MainInstruction, tuple(results))
        details = "\n".join(part for part in (self.MainContent, self.ExpandedContent) if part)
        # Without a Cancel button Esc does nothing, unless the script allowed it (Revit API docs,
        # TaskDialog.AllowCancellation).
        closable = bool(self.AllowCancellation) or bool(number & 8) or bool(number & 32)
        pressed = show_message(dialog, details, closable=closable)
        if pressed is None:
            closed = "Close" if number & 32 and not number & 8 else "Cancel"
            return self._api.enum(_RESULT, closed)  # type: ignore[attr-defined]
        return self._api.enum(_RESULT, results[pressed])  # type: ignore[attr-defined]
