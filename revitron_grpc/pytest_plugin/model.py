"""The model that a button meets in a test: a sample model and what is changed before the run."""

from dataclasses import dataclass, field
from typing import Any

from revitron_grpc.vocabulary import Engine


@dataclass
class RevitModel:
    """A sample model, opened in one Revit version; it is built anew for each run.

    Elements are named by the handles of the sample model, such as `door-1`.
    """

    sample: str = "small-house"
    revit: int = 2024
    engine: Engine | str = Engine.IRONPYTHON_27
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    selection: list[str] = field(default_factory=list)
    active_view: str = ""

    def set(self, handle: str, **values: Any) -> "RevitModel":
        """Set parameters of an element before the run, by `BuiltInParameter` name.

        Numbers are in Revit's internal units (feet, square feet, radians).
        """
        self.changes.setdefault(handle, {}).update(values)
        return self

    def data(self, handle: str, **values: Any) -> "RevitModel":
        """Set what is no parameter, such as `owner="colleague"` in a workshared model."""
        self.changes.setdefault(handle, {}).update({f"data.{k}": v for k, v in values.items()})
        return self

    def delete(self, handle: str) -> "RevitModel":
        """Take an element out of the model before the run."""
        self.changes.setdefault(handle, {})["delete"] = True
        return self

    def select(self, *handles: str) -> "RevitModel":
        """Select elements before the run."""
        self.selection = list(handles)
        return self

    def open_view(self, handle: str) -> "RevitModel":
        """Make a view the active one."""
        self.active_view = handle
        return self
