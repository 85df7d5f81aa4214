"""The modules of Revitron for one run."""

from types import ModuleType
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.python_model import Effect
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.pyrevit.known import LibraryModule
from revitron_grpc.simulation.revitron import (
    categories,
    documents,
    elements,
    filters,
    geometry,
    parameters,
    transactions,
    values,
    views,
)
from revitron_grpc.simulation.revitron.library import written_classes
from revitron_grpc.simulation.session import Session
from revitron_grpc.vocabulary import Engine

_REVITRON = "revitron"
RELEASE = "0.4.3"
"""The release whose behaviour is written here."""
# Their classes are registered when they are imported.
_WRITTEN_IN = (
    categories,
    documents,
    elements,
    filters,
    geometry,
    parameters,
    transactions,
    values,
    views,
)


def build_revitron(session: Session) -> dict[str, ModuleType]:
    """Make the modules of Revitron for a run, by full name.

    A name that is not written here raises `NotSimulated` if Revitron has it, and
    `AttributeError` if it does not. Office is taken to be installed, without which
    `import revitron` fails in Revit 2022 to 2024 too.

    Raises `OSError` as IronPython does in a version in which Revitron cannot be imported.
    """
    api = session.api
    if api.engine is Engine.CPYTHON_3:
        raise NotSimulated("revitron under CPython")
    for finding in packaged_catalog().python_api.findings_for(_REVITRON):
        effect = finding.effect(api.version)
        if _REVITRON in finding.names and effect is not None and effect.effect is Effect.FAILS:
            raise OSError("Could not add reference to assembly Microsoft.Office.Interop.Excel")
    main: Any = LibraryModule(_REVITRON)
    main.__dict__.update(
        DB=api.DB,
        REVIT_VERSION=str(api.version),
        REVITRON_VERSION=RELEASE,
        _=elements.shorthand,
    )
    if session.document is not None:
        main.DOC = session.document
        main.UIDOC = session.uidocument
        main.APP = session.application
        main.ACTIVE_VIEW = session.document.ActiveView
    known = packaged_catalog().python_api.modules
    modules: dict[str, ModuleType] = {_REVITRON: main}
    for name in sorted(known):
        if name.startswith(f"{_REVITRON}."):
            modules[name] = LibraryModule(name)
    for name, (submodule, held) in written_classes().items():
        setattr(main, name, held)
        setattr(modules[f"{_REVITRON}.{submodule}"], name, held)
    for name, module in modules.items():
        parent, _, simple_name = name.rpartition(".")
        if parent:
            setattr(modules[parent], simple_name, module)
    session.libraries[_REVITRON] = main
    return modules
