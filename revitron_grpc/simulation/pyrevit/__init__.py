"""The pyrevit library as a script sees it in the simulation."""

from revitron_grpc.simulation.pyrevit.modules import build_pyrevit

__all__ = ["build_pyrevit"]
