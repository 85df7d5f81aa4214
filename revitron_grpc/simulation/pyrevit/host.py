"""The run that a call into the Python libraries belongs to."""

import ntpath
from typing import Any

from revitron_grpc.simulation.session import Session, current_session


def host() -> Session:
    """Return the session of the calling script."""
    return current_session()


def document_or_active(document: Any) -> Any:
    """Return the document that a script passed, or the one that is open in front."""
    return current_session().document if document is None else document


def db() -> Any:
    """Return `Autodesk.Revit.DB` as the script sees it."""
    return current_session().api.DB


def command_path(session: Session | None = None) -> str:
    """Return the folder of the script's bundle."""
    return ntpath.dirname((session or current_session()).files.script_path)


def command_name(session: Session | None = None) -> str:
    """Return the name of the command: of the bundle's folder, without its kind."""
    return ntpath.splitext(ntpath.basename(command_path(session)))[0]
