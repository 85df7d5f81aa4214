"""The revitron library as a script sees it in the simulation."""

from revitron_grpc.simulation.revitron.modules import build_revitron

__all__ = ["build_revitron"]
