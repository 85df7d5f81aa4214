"""Settings of ports, limits, workers, memory and the end of a replica."""

import os
from typing import Annotated, Literal

from pydantic import Field

from revitron_grpc.settings.section import Seconds, Section


class ServerSettings(Section):
    """The gRPC port and its limits."""

    host: str = "127.0.0.1"
    """Address to listen on; loopback unless somebody decides otherwise."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 50051
    """gRPC port; 0 takes a free one."""
    replica: Annotated[int, Field(ge=0, le=999)] = 0
    """Index of this replica on the machine; added to `http.port`."""
    processes: Annotated[int, Field(ge=1, le=256)] = 1
    """Serving processes; with more than one a supervisor starts and watches them. Process N has
    `port` + N and replica index N."""
    shared_port: bool = False
    """All processes on one `port`, where there is no proxy; Linux spreads connections, not calls.
    Off, a port that is taken is an error."""
    max_concurrent_runs: Annotated[int, Field(ge=1, le=10_000)] = 128
    """Generation calls in flight before further ones get RESOURCE_EXHAUSTED."""
    max_concurrent_validations: Annotated[int, Field(ge=1, le=10_000)] = 32
    """Validation calls in flight before further ones get RESOURCE_EXHAUSTED."""
    max_concurrent_calls: Annotated[int, Field(ge=1, le=100_000)] = 512
    """Calls of all kinds in flight, health left out, before further ones get
    RESOURCE_EXHAUSTED."""
    max_concurrent_streams: Annotated[int, Field(ge=1, le=100_000)] = 256
    """Calls open on one connection; a client holds further ones back and says nothing, so keep it
    above `max_concurrent_runs`, which answers with a delay."""
    max_connections: Annotated[int, Field(ge=1, le=100_000)] = 512
    """Connections to the gRPC port; a further one is closed at once. Keep it below the limit on
    open files."""
    heartbeat_seconds: Annotated[float, Field(gt=0, le=15)] = 10.0
    """A stream is never silent for longer; the contract promises 15."""
    reflection: bool = True
    """Server reflection, which grpcurl uses."""
    channelz: bool = True
    """Channelz, the live state of channels and sockets."""
    keepalive_seconds: Annotated[float, Field(ge=10, le=7_200)] = 60.0
    """Ping an idle connection after this time, so that dead peers are noticed."""
    keepalive_timeout_seconds: Annotated[float, Field(ge=1, le=3_600)] = 20.0
    """A peer that does not answer such a ping for so long is gone, and its calls end."""
    min_ping_interval_seconds: Annotated[float, Field(ge=1, le=3_600)] = 10.0
    """Clients that ping more often are cut off; gRPC's own default of 300 s surprises them."""
    max_connection_age_seconds: Annotated[float, Field(ge=1, le=86_400)] = 1_800.0
    """Connections are renewed after this time, so that a balancer can spread them anew."""
    max_connection_age_grace_seconds: Annotated[float, Field(ge=1, le=86_400)] = 600.0
    """Streams under way on an aged connection have this long to end."""
    handshake_seconds: Annotated[float, Field(ge=0.1, le=120)] = 10.0
    """A connection that has not begun to speak HTTP/2 by then is closed; gRPC's own default of
    120 s lets callers hold connections for nothing."""
    max_request_bytes: Annotated[int, Field(ge=65_536, le=67_108_864)] = 20_971_520
    """Largest message accepted. A request with 5,000 existing tools, each with texts of full
    length, is about 13 MB in ASCII and more in other letters; lib files of a validation may have
    16 MiB."""


class HttpSettings(Section):
    """The side port: /health, /ready, and calls as newline-delimited JSON."""

    enabled: bool = True
    """Whether the side port is opened."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    """Port of replica 0; replica N listens on port + N; 0 takes a free one."""
    max_connections: Annotated[int, Field(ge=1, le=100_000)] = 1_024
    """Connections open at one time; further ones are closed at once."""
    read_seconds: Annotated[float, Field(gt=0, le=3_600)] = 30.0
    """Time for a request's headers to come in whole, and for the body of a generation; a connection
    without a request is closed after it."""


class ExecutorSettings(Section):
    """The bounded pool that judges candidates."""

    kind: Literal["thread", "process"] = "thread"
    """Threads share the catalog; spawned processes keep the event loop freer."""
    max_workers: Annotated[int, Field(ge=0, le=256)] = 0
    """Workers; 0 takes the number of cores. More threads than cores only hurt (GIL)."""
    window: Annotated[int, Field(ge=0, le=256)] = 0
    """Candidates in work for one run; 0 takes twice the workers, at least 4."""

    @property
    def workers(self) -> int:
        """The number of workers after the default is filled in."""
        return self.max_workers or os.cpu_count() or 1

    @property
    def run_window(self) -> int:
        """The window of one run after the default is filled in."""
        return self.window or max(4, 2 * self.workers)


class ShutdownSettings(Section):
    """The order of an orderly end: notice, then drain, then exit."""

    notice_seconds: Seconds = 2.0
    """NOT_SERVING and /ready 404 are shown this long before new work is refused."""
    drain_seconds: Seconds = 60.0
    """Runs under way have this long to end."""


class MemoryManagementSettings(Section):
    """Memory of a serving process."""

    aggressive_gc: bool = False
    """Collect garbage and hand memory back to the system when the last run has ended."""
    max_memory_mb: Annotated[int, Field(ge=0, le=1_048_576)] = 0
    """Resident memory of a serving process, in MB of 1,048,576 bytes, above which new calls get
    RESOURCE_EXHAUSTED until it is below nine tenths; 0 for no ceiling."""


class PerformanceSettings(Section):
    """Workers, measuring, memory."""

    parallel_processing: bool = True
    """Off: one worker, whatever `max_workers` says."""
    max_workers: Annotated[int, Field(ge=0, le=256)] | None = None
    """Another name of `executor.max_workers`; two different values are an error."""
    performance_monitoring: bool = False
    """Measure stages and the event loop, and log it for each run and each interval."""
    monitoring_interval_seconds: Annotated[float, Field(ge=1, le=3_600)] = 60.0
    """Seconds between two log lines of the monitoring."""
    memory_management: MemoryManagementSettings = MemoryManagementSettings()
