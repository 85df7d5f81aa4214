"""`pyrevit.forms`: bars at the top of Revit's window, and windows that only pyRevit can draw."""

import string
from typing import Any

from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.pyrevit.known import Known


class _Bar(Known):
    def __init__(self, height: float = 32, **kwargs: Any) -> None:
        self.user_height = height
        self._options = kwargs

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, exception: Any, exception_value: Any, traceback: Any) -> None:
        return None


class WarningBar(_Bar):
    """A warning at the top of Revit's window while a block runs."""

    _known_as = "pyrevit.forms.WarningBar"


class ProgressBar(_Bar):
    """A progress bar at the top of Revit's window while a block runs; nobody cancels it here."""

    _known_as = "pyrevit.forms.ProgressBar"

    def __init__(self, height: float = 32, **kwargs: Any) -> None:
        super().__init__(height, **kwargs)
        self.max_value: float = 1
        self.new_value: float = 0
        self.step = kwargs.get("step", 0)
        self.cancelled = False
        self.indeterminate = bool(kwargs.get("indeterminate", False))
        self._title = kwargs.get("title", "{value}/{max_value}")

    @property
    def title(self) -> str:
        """The text on the bar, with {value} and {max_value} in it."""
        return self._title

    @title.setter
    def title(self, value: Any) -> None:
        if isinstance(value, str):
            self._title = value

    def update_progress(self, new_value: float, max_value: float = 1) -> None:
        """Move the bar; a title with other fields than its two raises no error."""
        self.max_value, self.new_value = max_value, new_value
        fields = _KeptFields(value=new_value, max_value=max_value)
        string.Formatter().vformat(self._title, (), fields)

    def reset(self) -> None:
        """Move the bar back to its start."""
        self.update_progress(0, 1)


class _KeptFields(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class WPFWindow:
    """A window from a XAML file: the simulation cannot draw or answer it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise NotSimulated("pyrevit.forms.WPFWindow")
