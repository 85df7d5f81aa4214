"""Validated pyRevit and Revitron button specs, streamed over gRPC.

The stubs are in :mod:`revitron_grpc.v1`, the client library in :mod:`revitron_grpc.client`.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("revitron-grpc")
except PackageNotFoundError:  # a source tree that nobody installed
    __version__ = "0+unknown"
