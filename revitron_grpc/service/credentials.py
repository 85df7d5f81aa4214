"""What a call brought along to show who makes it, read from gRPC or HTTP, and what it needs."""

from aiohttp import web
from grpc.aio import ServicerContext

from revitron_grpc.access.caller import Permission
from revitron_grpc.access.gate import Credentials

AUTHORIZATION_KEY = "authorization"
# What makes something, and so is more than reading.
_WRITING = {"GenerateButtons", "RateButton"}


def needed_permission(method: str) -> Permission:
    """Return what a call of this method needs; `method` may be a path."""
    return Permission.WRITE if method.rpartition("/")[2] in _WRITING else Permission.READ


def grpc_credentials(context: ServicerContext) -> Credentials:
    """Return what a call on the gRPC port brought.

    A certificate (mutual TLS) proves its first alternative name, or its common name where it has
    none, which is what gRPC calls the peer's identity.
    """
    metadata = dict(context.invocation_metadata() or ())
    # The type stubs leave out that there may be none.
    names = [name.decode("utf-8", "backslashreplace") for name in context.peer_identities() or ()]
    return Credentials(str(metadata.get(AUTHORIZATION_KEY, "")), names[0] if names else "")


def http_credentials(request: web.Request) -> Credentials:
    """Return what a call on the side port brought."""
    return Credentials(request.headers.get(AUTHORIZATION_KEY, ""))
