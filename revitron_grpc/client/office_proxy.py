"""The proxy that an office sets in the environment, as gRPC reads it."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from revitron_grpc.client.connection import Connection

# In the order in which gRPC looks; only these spellings.
_PROXIES = ("grpc_proxy", "https_proxy", "http_proxy")
_EXCEPTIONS = ("no_grpc_proxy", "no_proxy")


@dataclass(frozen=True, slots=True)
class OfficeProxy:
    """A proxy, without the password that may stand in its address."""

    variable: str
    host: str
    port: int

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"


def proxy_before(connection: Connection) -> OfficeProxy | None:
    """Return the proxy through which gRPC goes to a service; None if it goes there by itself."""
    place = connection.host_and_port()
    if connection.on_loopback or place is None:
        return None
    for name in _EXCEPTIONS:
        exceptions = os.environ.get(name)
        if exceptions is not None:
            if any(place[0].endswith(e.strip()) for e in exceptions.split(",") if e.strip()):
                return None
            break
    for name in _PROXIES:
        address = os.environ.get(name, "")
        if address:
            try:
                parts = urlsplit(address)
                return OfficeProxy(name, parts.hostname or "", parts.port or 80)
            except ValueError:
                return None
    return None
