"""A replica: start it, serve, end it in order."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path

import grpc
import structlog
from grpc_channelz.v1 import channelz, channelz_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from revitron_grpc import __version__
from revitron_grpc.service.admission import Admission, Work
from revitron_grpc.service.calls.button_calls import ButtonCalls
from revitron_grpc.service.calls.button_servicer import ButtonServicer
from revitron_grpc.service.calls.catalog_servicer import CatalogServicer
from revitron_grpc.service.calls.interceptors import CallInterceptor
from revitron_grpc.service.editions import Edition, Editions
from revitron_grpc.service.health import Component, HealthBoard
from revitron_grpc.service.http.http_port import HttpPort
from revitron_grpc.service.http.metrics_page import MetricsPage
from revitron_grpc.service.http.ndjson import NdjsonCalls
from revitron_grpc.service.process.hangup import on_hangup
from revitron_grpc.service.process.idle_memory import IdleMemory
from revitron_grpc.service.process.interpreter import prepare_interpreter
from revitron_grpc.service.process.memory import MemoryCeiling
from revitron_grpc.service.process.parent import Parent, write_ports
from revitron_grpc.service.process.performance import PerformanceMonitor
from revitron_grpc.service.process.systemd import ServiceManager
from revitron_grpc.service.reviews import Reviews
from revitron_grpc.service.runs.caches import Caches
from revitron_grpc.service.runs.resume import ResumeTokens
from revitron_grpc.service.runs.run_records import RunRecords, open_run_records
from revitron_grpc.service.runs.stored_runs import StoredRuns
from revitron_grpc.service.security.access_control import AccessControl
from revitron_grpc.service.security.certificates import CertificateFiles, read_certificates
from revitron_grpc.service.security.quotas import Quotas
from revitron_grpc.service.security.tls import grpc_port_credentials, side_port_context
from revitron_grpc.service.stores.run_store_health import RunStoreHealth
from revitron_grpc.service.switches import switched_off, switches
from revitron_grpc.service.telemetry.loop_lag import watch_loop
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.service.telemetry.tracing import Tracing
from revitron_grpc.service.wire.transport import transport_options
from revitron_grpc.settings import Settings
from revitron_grpc.stage_times import StageTimes
from revitron_grpc.storage.key_store import KeyStore
from revitron_grpc.storage.quota_counters import quota_counters
from revitron_grpc.v1 import button_service_pb2, catalog_service_pb2
from revitron_grpc.v1.button_service_pb2_grpc import add_ButtonServiceServicer_to_server
from revitron_grpc.v1.catalog_service_pb2_grpc import add_CatalogServiceServicer_to_server

_BUTTONS = button_service_pb2.DESCRIPTOR.services_by_name["ButtonService"].full_name
_CATALOG = catalog_service_pb2.DESCRIPTOR.services_by_name["CatalogService"].full_name
# After the drain, calls that were cut off get this long to hear of it; a client that does not read
# hears nothing.
_LAST_WORDS_SECONDS = 0.5
_WITHOUT_REDIS = "runs are judged anew, and each replica grants its share of a quota"
# A certificate that ends sooner is told at the start as something to do.
_CERTIFICATE_NOTICE_DAYS = 21

_log = structlog.get_logger("revitron_grpc.server")


class Replica:
    """One serving process: the gRPC port, the side port, the health board, the pool."""

    def __init__(
        self, settings: Settings, *, warm_up: bool = False, key_store: KeyStore | None = None
    ) -> None:
        """`warm_up` compiles templates and draws icons before calls are served: a second more.

        Raises `InvalidInputError` (INVALID_CONFIGURATION) for secrets that cannot be had.
        """
        self._settings = settings
        tracing = settings.tracing
        self._tracing = (
            Tracing(tracing, __version__, str(settings.server.replica))
            if tracing.endpoint
            else None
        )
        monitored = settings.performance.performance_monitoring
        self._times = StageTimes() if monitored or self._tracing is not None else None
        self.metrics = Metrics(__version__)
        self.editions = Editions(
            settings,
            self._times,
            warm_up=warm_up,
            opened=self._opened,
            failed=self._not_taken,
            review_failed=self.metrics.review_failed,
        )
        self._calls: ButtonCalls | None = None
        self._server: grpc.aio.Server | None = None
        self._memory: asyncio.Task[None] | None = None
        self.board = HealthBoard((_BUTTONS, _CATALOG))
        self.admission = Admission(settings.server)
        self.metrics.watch_health(lambda: self.board.ready, self.board.conditions)
        for component, reason in switched_off(settings).items():
            self.board.switch_off(component, reason)
        self._access = AccessControl(settings, self.admission, self.metrics, self.board, key_store)
        gate = self._access.gate
        self._ndjson = NdjsonCalls(
            gate, self.admission, settings, __version__, self.metrics, self._tracing
        )
        self._http = HttpPort(
            self.board,
            settings.http,
            __version__,
            switches(settings),
            self._ndjson,
            MetricsPage(self.metrics, gate if settings.metrics.require_key else None)
            if settings.metrics.enabled
            else None,
        )
        self.caches = Caches(settings, self.board, self.metrics)
        self._quotas = Quotas(
            settings.quotas,
            quota_counters(self.caches.redis, settings.quotas.replicas),
            self.metrics,
        )
        self.records: RunRecords | None = None
        self._upkeep: list[asyncio.Task[None]] = []
        self._serving = False
        self.port = 0
        self.http_port = 0

    @property
    def reviews(self) -> Reviews:
        """Where new validations are done."""
        return self.editions.current.reviews

    @property
    def outstanding_work(self) -> int:
        """Candidates queued or in work for anybody."""
        return self.editions.outstanding_work

    @property
    def runs_in_flight(self) -> int:
        """Generation calls under way."""
        return self.admission.in_flight(Work.RUN)

    @property
    def validations_in_flight(self) -> int:
        """Validation calls under way."""
        return self.admission.in_flight(Work.VALIDATION)

    async def start(self) -> None:
        """Open the ports; returns when calls are served.

        Raises `RevitronGrpcError` for facts or certificates that cannot be used, `OSError` or
        `RuntimeError` for a port that is taken.
        """
        settings = self._settings
        files = read_certificates(settings.tls) if settings.tls.enabled else None
        # First what an administrator may have to mend: it is told at once.
        self.records = await open_run_records(
            settings.runs,
            RunStoreHealth(self.board, self.metrics),
            self.metrics,
            replica=settings.server.replica,
            cuts_off=lambda: self.admission.cuts_this_off,
        )
        if settings.http.enabled:
            asked = settings.http.port and settings.http.port + settings.server.replica
            context = side_port_context(settings.tls) if files else None
            self.http_port = await self._http.start(asked, context)
        await self.caches.open()
        edition = await self.editions.open()
        await self._access.open()
        secret = settings.resume.signing_secret(settings.keys)
        calls = ButtonCalls(
            self.editions,
            ResumeTokens(secret),
            settings,
            __version__,
            self.metrics,
            self._quotas,
            self.records,
            self.caches.runs,
        )
        self._calls = calls
        server = grpc.aio.server(
            interceptors=[
                CallInterceptor(
                    __version__,
                    self._access.gate,
                    self.admission,
                    self.metrics,
                    self._quotas,
                    self._tracing,
                )
            ],
            options=transport_options(settings.server),
        )
        stored = None
        if self.records is not None:
            stored = StoredRuns(
                self.records.store, self.records.calls, self.records.rejected, secret
            )
        add_ButtonServiceServicer_to_server(ButtonServicer(calls, stored), server)
        add_CatalogServiceServicer_to_server(CatalogServicer(self.editions), server)
        health_pb2_grpc.add_HealthServicer_to_server(self.board.servicer, server)
        names = [_BUTTONS, _CATALOG, health_pb2.DESCRIPTOR.services_by_name["Health"].full_name]
        if settings.server.channelz:
            channelz.add_channelz_servicer(server)
            names.append(channelz_pb2.DESCRIPTOR.services_by_name["Channelz"].full_name)
        if settings.server.reflection:
            reflection.enable_server_reflection((*names, reflection.SERVICE_NAME), server)
        address = f"{settings.server.host}:{settings.server.port}"
        if files is not None:
            self.port = server.add_secure_port(address, grpc_port_credentials(files))
            self._tell_certificate(files)
        else:
            self.port = server.add_insecure_port(address)
        await server.start()
        self._server = server
        self._ndjson.serve(calls)
        prepare_interpreter()
        max_mb = settings.performance.memory_management.max_memory_mb
        if max_mb:
            ceiling = MemoryCeiling(max_mb, self.admission, self.board)
            ceiling.check_start()
            self._memory = asyncio.create_task(ceiling.watch())
        self._serving = True
        for component in Component:
            self.board.report(component)
        self._report_research(edition)
        for component, reason in switched_off(settings).items():
            _log.warning("switched off", component=component.value, reason=reason)
        self._tell_metrics(calls)
        self._upkeep = [asyncio.create_task(work) for work in self._upkeep_of()]
        _log.info("serving", port=self.port, http_port=self.http_port, version=__version__)

    def reload(self) -> None:
        """Read catalog and recipes anew; new calls are served from them once that is done."""
        self.editions.switch()

    def _opened(self, edition: Edition) -> None:
        """Say how research is with this edition, once calls are served from any."""
        if self._serving:
            self.metrics.catalog_refreshed(succeeded=True)
            self._report_research(edition)

    def _report_research(self, edition: Edition) -> None:
        catalog = edition.pipeline.workshop.catalog
        self.metrics.catalog_loaded(
            catalog.digest,
            catalog.completeness,
            sum(source.entries for source in catalog.sources),
            max((at.timestamp() for at in catalog.fetch_times.values()), default=0.0),
        )
        reason = edition.pipeline.incompleteness
        self.board.degrade(Component.RESEARCH, edition.problem)
        if edition.problem:
            _log.warning("catalog not refreshed", reason=edition.problem)
        self.board.report(Component.RESEARCH, reason)
        if reason:
            _log.error("not ready", reason=reason)

    def _not_taken(self, reason: str) -> None:
        self.metrics.catalog_refreshed(succeeded=False)
        self.board.degrade(Component.RESEARCH, f"the new catalog was not taken: {reason}")

    def _upkeep_of(self) -> Iterator[Coroutine[None, None, None]]:
        """What runs beside the calls for as long as the replica serves."""
        performance = self._settings.performance
        told = [self.metrics.loop_lagged]
        if self._times is not None and performance.performance_monitoring:
            monitor = PerformanceMonitor(
                self._times, performance.monitoring_interval_seconds, self._counts
            )
            told.append(monitor.lagged)
            yield monitor.watch()
        yield watch_loop(*told)
        if self.records is not None:
            yield self.records.sweep()
            yield self.records.look_again()
        yield from self.caches.upkeep()
        yield from self._access.upkeep()
        if performance.memory_management.aggressive_gc:
            yield IdleMemory(
                lambda: self.editions.runs_opened,
                lambda: bool(self.admission.in_flight(Work.RUN)),
            ).watch()

    def _tell_metrics(self, calls: ButtonCalls) -> None:
        """Say what the metrics ask for when somebody reads them."""
        metrics = self.metrics
        metrics.memory_ceiling(self._settings.performance.memory_management.max_memory_mb)
        limits = self._settings.server
        metrics.calls_limit("GenerateButtons", limits.max_concurrent_runs)
        metrics.calls_limit("ValidateButtons", limits.max_concurrent_validations)
        metrics.calls_limit("all", limits.max_concurrent_calls)
        metrics.watch_pool(
            self._settings.executor.workers,
            lambda: self.outstanding_work,
            lambda: calls.in_windows,
        )

    def _tell_certificate(self, files: CertificateFiles) -> None:
        self.metrics.certificate_loaded(files.ends.timestamp())
        ends, days = files.ends.isoformat(), (files.ends - datetime.now(UTC)).days
        if days < _CERTIFICATE_NOTICE_DAYS:
            _log.warning("certificate ends soon", ends=ends, days=days)
        else:
            _log.info("certificate in use", ends=ends, days=days)

    def _counts(self) -> dict[str, int]:
        return {
            "runs_in_flight": self.runs_in_flight,
            "validations_in_flight": self.validations_in_flight,
            "outstanding_work": self.outstanding_work,
        }

    async def stop(self, *, notice: float, drain: float) -> None:
        """End in order: say so, wait for the balancer to notice, drain, close.

        `notice` and `drain` are seconds. Calls that are still under way after the drain get
        UNAVAILABLE; their clients resume on another replica. A call that has written everything
        may have a caller who has yet to read it: what is left of the drain is for that.
        """
        self.board.drain()
        _log.info("draining", runs=self.runs_in_flight, notice_seconds=notice)
        await asyncio.sleep(notice)
        self.board.end_watches()
        self.admission.refuse_new_work()
        clock = asyncio.get_running_loop().time
        ends = clock() + drain
        if not await self.admission.wait_until_idle(drain):
            _log.warning("cutting off", runs=self.runs_in_flight, drain_seconds=drain)
            self.admission.cut_calls_off()
        await self._close(ends - clock())

    async def abandon(self) -> None:
        """End at once; calls under way are cut off."""
        self.board.drain()
        self.board.end_watches()
        self.admission.refuse_new_work()
        self.admission.cut_calls_off()
        await self._close(0)

    async def _close(self, reading: float) -> None:
        """Close everything; callers have `reading` seconds to take what was sent to them."""
        clock = asyncio.get_running_loop().time
        ends = clock() + max(_LAST_WORDS_SECONDS, reading)
        if self._memory is not None:
            self._memory.cancel()
        if self._server is not None:
            # Sooner where every connection has said, by its answer to a ping, that it has read all.
            await self._server.stop(ends - clock())
        for task in self._upkeep:
            task.cancel()
        await asyncio.gather(*self._upkeep, return_exceptions=True)
        await self._http.stop(max(0, ends - clock()))
        if self._calls is not None:
            self._calls.close()
        if self.records is not None:
            await self.records.close()
        await self._access.close()
        await self.editions.close()
        await self.caches.close()
        if self._tracing is not None:
            await asyncio.to_thread(self._tracing.close)
        _log.info("stopped")


async def serve_until_told(
    settings: Settings, *, port_file: Path | None = None, parent: Parent | None = None
) -> bool:
    """Serve until SIGTERM or SIGINT, or until the supervisor says so or is gone; then drain.

    Returns False where a second signal cut the drain short. `port_file` receives the two ports,
    one a line, once calls are served.
    """
    replica = Replica(settings, warm_up=True)
    told, hurried = asyncio.Event(), asyncio.Event()
    on_signals(lambda: (hurried if told.is_set() else told).set())
    manager = ServiceManager()

    def reload() -> None:
        manager.reloading()
        replica.reload()
        manager.ready("serving; takes a new catalog")

    on_hangup(reload, told.set)
    if parent is not None:
        parent.on_words(replica.reload, told.set)
    await replica.start()
    if told.is_set():  # while it was starting: nobody was served, nobody has to notice
        await replica.stop(notice=0, drain=0)
        return True
    if port_file is not None:
        write_ports(port_file, [(replica.port, replica.http_port)])
    if parent is not None:
        parent.tell_ports(replica.port, replica.http_port)
    manager.ready(f"serving on port {replica.port}")
    watched = asyncio.create_task(manager.keep_alive())
    await told.wait()
    manager.stopping("draining")
    shutdown = settings.shutdown
    ending = asyncio.create_task(
        replica.stop(notice=shutdown.notice_seconds, drain=shutdown.drain_seconds)
    )
    hurry = asyncio.create_task(hurried.wait())
    await asyncio.wait((ending, hurry), return_when=asyncio.FIRST_COMPLETED)
    hurry.cancel()
    watched.cancel()
    if ending.done():
        await ending
        return True
    _log.warning("ending at once", runs=replica.runs_in_flight)
    ending.cancel()
    await replica.abandon()
    return False


def on_signals(told: Callable[[], None]) -> None:
    """Call `told` in the running event loop at every SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGINT"):
        number = getattr(signal, name)
        try:
            loop.add_signal_handler(number, told)
        except NotImplementedError:  # Windows has no signal handlers in its event loops
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(told))
