"""`pyrevit.forms`: message boxes, notifications and the checks that end in one."""

from collections.abc import Sequence
from typing import Any

from revitron_grpc.simulation.answers import Dialog
from revitron_grpc.simulation.dialogs import show_message
from revitron_grpc.simulation.outcome import Toast
from revitron_grpc.simulation.pyrevit.host import (
    command_name,
    db,
    document_or_active,
    host,
)

_COMMAND_LINKS = 4
"""A task dialog has room for four; pyRevit drops the rest."""


def alert(
    msg: Any,
    title: str | None = None,
    sub_msg: str | None = None,
    expanded: str | None = None,
    footer: str = "",
    ok: bool = True,
    cancel: bool = False,
    yes: bool = False,
    no: bool = False,
    retry: bool = False,
    warn_icon: bool = True,
    options: Sequence[str] | None = None,
    exitscript: bool = False,
) -> Any:
    """Show a message; True for OK, Yes and Retry, False otherwise, or the option that was chosen.

    With `exitscript` a message that has only OK ends the script, and so does any other one that
    is answered with No or Cancel.
    """
    del footer, warn_icon
    links = tuple(options or ())[:_COMMAND_LINKS]
    buttons: list[str] = []
    if not links:
        if yes:
            buttons.append("Yes")
        elif ok:
            buttons.append("OK")
        buttons += [
            text for wanted, text in ((no, "No"), (retry, "Retry"), (cancel, "Cancel")) if wanted
        ]
    shown = Dialog(
        "forms.alert", title or command_name() or "pyRevit", str(msg),
        links or tuple(buttons) or ("Close",),
    )  # fmt: skip
    details = "\n".join(part for part in (sub_msg, expanded) if part)
    pressed = show_message(shown, details, closable=bool(links) or cancel)
    if links and pressed is not None:
        return pressed
    agreed = pressed in ("OK", "Yes", "Retry")
    only_ok = ok and not (cancel or yes or no or retry)
    if exitscript and (only_ok or not agreed):
        raise SystemExit
    return agreed


def alert_ifnot(condition: Any, msg: Any, *args: Any, **kwargs: Any) -> Any:
    """Show a message if `condition` does not hold."""
    return None if condition else alert(msg, *args, **kwargs)


def inform_wip() -> None:
    """Say that the tool is not ready, and end the script."""
    alert("Work in progress.", exitscript=True)


def toast(
    message: str,
    title: str = "pyRevit",
    appid: str = "pyRevit",
    icon: str | None = None,
    click: str | None = None,
    actions: Any = None,
) -> None:
    """Show a notification of Windows."""
    del appid, icon, click, actions
    host().outcome.toasts.append(Toast(str(message), title))


def show_balloon(header: str, text: str, *args: Any, **kwargs: Any) -> None:
    """Show a balloon at the top of Revit's window."""
    del args, kwargs
    host().outcome.toasts.append(Toast(str(text), header))


def check_workshared(doc: Any = None, message: str = "Model is not workshared.") -> bool:
    """Tell whether the document is workshared, with a message if not."""
    if document_or_active(doc).IsWorkshared:
        return True
    alert(message)
    return False


def check_selection(
    exitscript: bool = False, message: str = "At least one element must be selected."
) -> bool:
    """Tell whether something is selected, with a message if not."""
    if host().uidocument.Selection.GetElementIds().Count > 0:
        return True
    alert(message, exitscript=exitscript)
    return False


def check_familydoc(doc: Any = None, family_cat: Any = None, exitscript: bool = False) -> bool:
    """Tell whether the document is a family, of a category if one is named."""
    from revitron_grpc.simulation.pyrevit.query import get_category

    document = document_or_active(doc)
    category = None if family_cat is None else get_category(family_cat)
    if document.IsFamilyDocument and (
        category is None or document.OwnerFamily.FamilyCategory.Id == category.Id
    ):
        return True
    kind = f" of type {category.Name}" if category is not None else ""
    alert(f"Active document must be a Family document{kind}.", exitscript=exitscript)
    return False


def check_modeldoc(doc: Any = None, exitscript: bool = False) -> bool:
    """Tell whether the document is a model and no family, with a message if not."""
    if not document_or_active(doc).IsFamilyDocument:
        return True
    alert("Active document must be a Revit model (not a Family).", exitscript=exitscript)
    return False


def check_modelview(view: Any, exitscript: bool = False) -> bool:
    """Tell whether a view shows the model, with a message if not."""
    api = db()
    if isinstance(view, (api.View3D, api.ViewPlan, api.ViewSection)):
        return True
    alert("Active view must be a model view.", exitscript=exitscript)
    return False


def check_viewtype(view: Any, view_type: Any, exitscript: bool = False) -> bool:
    """Tell whether a view is of a type, with a message if not."""
    if view.ViewType == view_type:
        return True
    words = "".join(f" {sign}" if sign.isupper() else sign for sign in str(view_type)).strip()
    alert(f"Active view must be a {words}.", exitscript=exitscript)
    return False


def check_graphicalview(view: Any, exitscript: bool = False) -> bool:
    """Tell whether a view is graphical, with a message if not."""
    if view.Category is not None:
        return True
    # pyRevit's own spelling.
    alert("Active view must be a grahical view.", exitscript=exitscript)
    return False


def ask_to_use_selected(type_name: str, count: int | None = None, multiple: bool = True) -> bool:
    """Ask whether to go on with what is selected."""
    named = type_name.lower() if count is None else f"{count} {type_name.lower()}"
    question = (
        "Do you want to proceed with currently selected item(s)?"
        if multiple
        else "Do you want to use the first selected item?"
    )
    only = "" if multiple else " and only one is required"
    return bool(alert(f"You currently have {named} selected{only}. {question}", yes=True, no=True))
