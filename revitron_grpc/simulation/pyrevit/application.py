"""`HOST_APP`, `EXEC_PARAMS` and `DOCS`: the Revit, the command and the documents of a run."""

from typing import Any

from revitron_grpc.simulation.pyrevit.host import command_name, command_path, host
from revitron_grpc.simulation.pyrevit.known import Known
from revitron_grpc.vocabulary import Engine


class HostApplication(Known):
    """The Revit that the script runs in."""

    _known_as = "pyrevit.HOST_APP"

    @property
    def uiapp(self) -> Any:
        """The UIApplication."""
        return host().uiapplication

    @property
    def app(self) -> Any:
        """The Application."""
        return host().application

    @property
    def uidoc(self) -> Any:
        """The active UIDocument."""
        return host().uidocument

    @property
    def doc(self) -> Any:
        """The active document."""
        return host().document

    @property
    def docs(self) -> Any:
        """All open documents."""
        return host().application.Documents

    @property
    def active_view(self) -> Any:
        """The active view."""
        return host().uidocument.ActiveView

    @property
    def version(self) -> int:
        """The year of the Revit."""
        return int(host().application.VersionNumber)

    @property
    def subversion(self) -> str:
        """The version with its updates."""
        return host().application.SubVersionNumber

    @property
    def version_name(self) -> str:
        """The product's name with the year."""
        return host().application.VersionName

    @property
    def build(self) -> str:
        """The build of the Revit."""
        return host().application.VersionBuild

    @property
    def username(self) -> str:
        """The user name in Revit's options, without a mail provider's part."""
        return host().application.Username.partition("@")[0].replace(".", "")

    @property
    def language(self) -> Any:
        """The language of Revit's user interface."""
        return host().application.Language

    @property
    def has_api_context(self) -> bool:
        """Whether the API can be used now: always while a script runs."""
        return True

    def is_newer_than(self, version: Any, or_equal: bool = False) -> bool:
        """Tell whether this Revit is newer than a year, or the same with `or_equal`."""
        return self.version >= int(version) if or_equal else self.version > int(version)

    def is_older_than(self, version: Any) -> bool:
        """Tell whether this Revit is older than a year."""
        return self.version < int(version)

    def is_exactly(self, version: Any) -> bool:
        """Tell whether this Revit is of that year."""
        return self.version == int(version)


class ExecutionParameters(Known):
    """The command that runs."""

    _known_as = "pyrevit.EXEC_PARAMS"
    cached_engine = False
    debug_mode = False
    executed_from_ui = True
    exec_id = "simulated"
    first_load = False

    @property
    def config_mode(self) -> bool:
        """Whether the button was clicked with Shift."""
        return host().shift_click

    @property
    def command_name(self) -> str:
        """The name of the command."""
        return command_name()

    @property
    def command_path(self) -> str:
        """The folder of the command's bundle."""
        return command_path()

    @property
    def command_bundle(self) -> str:
        """The name of the folder of the command's bundle."""
        return command_path().rpartition("\\")[2]

    @property
    def engine_ver(self) -> str:
        """The version of the engine as pyRevit writes it."""
        versions = {Engine.IRONPYTHON_27: "2712", Engine.IRONPYTHON_34: "342"}
        return versions.get(host().api.engine, "3123")


class OpenDocuments:
    """The open documents."""

    @property
    def doc(self) -> Any:
        """The active document."""
        return host().document

    @property
    def docs(self) -> Any:
        """All open documents."""
        return host().application.Documents


HOST_APP = HostApplication()
EXEC_PARAMS = ExecutionParameters()
DOCS = OpenDocuments()
