"""Who calls: the one place that says to whom a run belongs."""

from grpc.aio import ServicerContext


def owner_of(context: ServicerContext) -> str:
    """Return the name that a call's connection proved, "" for nobody.

    Only a certificate of the caller (mutual TLS) proves one: its first alternative name, or its
    common name where it has none, which is what gRPC calls the peer's identity.
    """
    # The type stubs leave out that there may be none.
    for identity in context.peer_identities() or ():
        return identity.decode("utf-8", "backslashreplace")
    return ""
