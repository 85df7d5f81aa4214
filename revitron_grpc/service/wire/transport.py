"""What gRPC is told about connections and streams, each with its reason."""

from revitron_grpc.settings import ServerSettings

# Bytes that one stream may send before a handler asks for them. More than the 64 KiB that HTTP/2
# begins with, so that an upload over a distance is not one window a round trip.
_RECEIVE_WINDOW_BYTES = 262_144


def transport_options(settings: ServerSettings) -> list[tuple[str, int]]:
    """Return the channel arguments of the server."""
    return [
        # Two servers on one port would go unnoticed, so it must be asked for.
        ("grpc.so_reuseport", int(settings.shared_port)),
        # Beyond it a connection is closed as soon as it is opened; each costs a file descriptor.
        ("grpc.max_allowed_incoming_connections", settings.max_connections),
        # gRPC's own 120 s would let a few hundred silent connections keep everybody out.
        ("grpc.server_handshake_timeout_ms", _milliseconds(settings.handshake_seconds)),
        ("grpc.max_concurrent_streams", settings.max_concurrent_streams),
        ("grpc.max_receive_message_length", settings.max_request_bytes),
        # Without the probe windows do not grow with the speed of the line. Grown ones were measured
        # to let thirty callers leave 243 MB in a server that does not read, fixed ones 9 MB. What
        # a caller that does not read lets the server send is the caller's own window.
        ("grpc.http2.bdp_probe", 0),
        ("grpc.http2.lookahead_bytes", _RECEIVE_WINDOW_BYTES),
        # Dead peers and forgotten connections are noticed although nothing is sent.
        ("grpc.keepalive_time_ms", _milliseconds(settings.keepalive_seconds)),
        ("grpc.keepalive_timeout_ms", _milliseconds(settings.keepalive_timeout_seconds)),
        ("grpc.keepalive_permit_without_calls", 1),
        # Clients and proxies that ping more often than every five minutes are common, and gRPC's
        # default cuts them off with "too many pings".
        (
            "grpc.http2.min_ping_interval_without_data_ms",
            _milliseconds(settings.min_ping_interval_seconds),
        ),
        ("grpc.max_connection_age_ms", _milliseconds(settings.max_connection_age_seconds)),
        (
            "grpc.max_connection_age_grace_ms",
            _milliseconds(settings.max_connection_age_grace_seconds),
        ),
    ]


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)
