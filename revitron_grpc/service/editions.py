"""What calls are served from, and how a replica changes over to another catalog while it serves.

An edition is one catalog with the recipes, the pool and the workers made for it. A call keeps the
edition that it began with; new calls get the newest one.
"""

import asyncio
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog

from revitron_grpc import __version__
from revitron_grpc.catalog.load import load_catalog, packaged_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.pipeline import Pipeline
from revitron_grpc.pool import JudgePool
from revitron_grpc.recipes.library import CORE_PACK, load_packs
from revitron_grpc.research.catalog_folder import (
    ChosenCatalog,
    chosen_catalog,
    without_refresh,
)
from revitron_grpc.service.process.interpreter import let_go_of_what_was_loaded
from revitron_grpc.service.reviews import Reviews
from revitron_grpc.settings import Settings
from revitron_grpc.stage_times import StageTimes
from revitron_grpc.workshop import Memory, Workshop

# When to look again for what the frames of an edition's last call held a moment longer. A catalog
# that is alive after that is held for good, as the one is that Revit is simulated from.
_LOOK_AGAIN_AFTER_SECONDS = (0.5, 2.0, 5.0)

_log = structlog.get_logger("revitron_grpc.editions")


def open_pipeline(
    settings: Settings, times: StageTimes | None = None, before: Pipeline | None = None
) -> tuple[Pipeline, ChosenCatalog]:
    """Load catalog and recipes and make the pipeline; about a second of work.

    `before` is the one that it follows, which it may share facts with: then a refreshed catalog
    that cannot be used is an error; at the start the service does without. Returns also which
    catalog it is. Raises `RevitronGrpcError` for a catalog or a recipe that cannot be read.
    """
    try:
        chosen = chosen_catalog(settings)
        catalog = _loaded(settings, chosen)
    except RevitronGrpcError as error:
        if before is not None or not settings.research.used:
            raise
        chosen = without_refresh(settings, error.message)
        catalog = _loaded(settings, chosen)
    packs = (CORE_PACK, *settings.catalog.recipe_packs)
    workshop = Workshop(
        catalog,
        load_packs(packs),
        research=not settings.framework.disable_research,
        simulated=before.workshop.simulated if before is not None else None,
        memory=Memory(
            judged=settings.cache.enable_validation_cache,
            nearest=settings.cache.enable_research_cache,
        ),
    )
    pool = JudgePool(
        workshop,
        settings.executor.kind,
        settings.executor.workers,
        catalog=chosen.path,
        packs=packs,
    )
    pipeline = Pipeline(
        workshop,
        pool,
        settings.validation,
        window=settings.executor.run_window,
        release=__version__,
        framework=settings.framework,
        times=times,
    )
    return pipeline, chosen


def _loaded(settings: Settings, chosen: ChosenCatalog) -> Catalog:
    # The packaged one is shared by all of this process, who see none of one service's sources.
    if chosen.path is None and not settings.research.used:
        return packaged_catalog()
    return load_catalog(chosen.path, chosen.fetches)


@dataclass(slots=True, eq=False)
class Edition:
    """One catalog with all that was made for it; `calls` counts those that are served from it."""

    pipeline: Pipeline
    reviews: Reviews
    problem: str = ""
    """Why it has not the refreshed catalog, where one is wanted."""
    calls: int = 0
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is no longer the newest one and its last call has ended."""

    async def close(self) -> None:
        """End its workers; what they have in work is waited for."""
        await self.reviews.close()
        await asyncio.to_thread(self.pipeline.pool.close)


class Editions:
    """The newest edition, and at most one older one that calls are still served from.

    Everything here belongs to one event loop.
    """

    def __init__(
        self,
        settings: Settings,
        times: StageTimes | None = None,
        *,
        warm_up: bool = False,
        opened: Callable[[Edition], None] = lambda _: None,
        failed: Callable[[str], None] = lambda _: None,
        review_failed: Callable[[], None] = lambda: None,
    ) -> None:
        """`opened` hears of each newest edition, `failed` why there is no newer one.

        `review_failed` hears of each item that met an error which nobody foresaw.
        """
        self._review_failed = review_failed
        self._settings = settings
        self._times = times
        self._warm_up = warm_up
        self._opened = opened
        self._failed = failed
        self._current: Edition | None = None
        self._older: Edition | None = None
        self._runs_before = 0
        self._wanted = False
        self._closing = asyncio.Event()
        self._switching: asyncio.Task[None] | None = None

    async def open(self) -> Edition:
        """Open the first edition.

        Raises `RevitronGrpcError` for a catalog or a recipe that cannot be read.
        """
        self._current = await self._new()
        self._opened(self._current)
        if self._wanted:
            self.switch()
        return self._current

    @property
    def current(self) -> Edition:
        """The newest edition; what is asked before calls are served is a mistake."""
        if self._current is None:
            raise RuntimeError("no edition is open yet")
        return self._current

    @contextmanager
    def lease(self) -> Iterator[Edition]:
        """Hold the newest edition for the length of a call."""
        edition = self.current
        edition.calls += 1
        try:
            yield edition
        finally:
            edition.calls -= 1
            if edition is not self._current and not edition.calls:
                edition.left.set()

    @property
    def outstanding_work(self) -> int:
        """Candidates and items queued or in work in all pools."""
        return sum(edition.pipeline.pool.outstanding for edition in self._alive)

    @property
    def runs_opened(self) -> int:
        """Runs since the start, those of editions that are gone included."""
        return self._runs_before + sum(edition.pipeline.runs_opened for edition in self._alive)

    def switch(self) -> None:
        """Read catalog and recipes anew, and serve new calls from them.

        Returns at once. While a switch is going on, any number of further ones are one more: no
        more than two catalogs are in memory at a time, so that one waits for the last call of the
        older edition.
        """
        self._wanted = True
        if self._current is not None and (self._switching is None or self._switching.done()):
            self._switching = asyncio.create_task(self._switch())

    async def close(self) -> None:
        """End all editions; calls have ended before."""
        self._wanted = False
        self._closing.set()
        if self._older is not None:
            self._older.left.set()
        if self._switching is not None:
            await self._switching  # what is being opened has workers that must end
        for edition in self._alive:
            await edition.close()

    @property
    def _alive(self) -> tuple[Edition, ...]:
        return tuple(edition for edition in (self._older, self._current) if edition is not None)

    async def _switch(self) -> None:
        while self._wanted:
            self._wanted = False
            try:
                edition = await self._new()
            except RevitronGrpcError as error:
                _log.error("catalog not taken", reason=error.reason, error=error.message)
                self._failed(error.message)
                continue
            except Exception as error:
                # Whatever is wrong with it, calls go on as they did before.
                _log.exception("catalog not taken", error=type(error).__name__)
                self._failed(f"unexpected {type(error).__name__}; the log has it")
                continue
            self._older, self._current = self.current, edition
            _log.info(
                "catalog taken",
                catalog=edition.pipeline.workshop.catalog.digest,
                recipes=edition.pipeline.workshop.library.digest,
                before=self._older.pipeline.workshop.catalog.digest,
                calls_of_before=self._older.calls,
            )
            self._opened(edition)
            catalog = weakref.ref(self._older.pipeline.workshop.catalog)
            await self._retire(self._older)
            await self._let_go(catalog)

    async def _retire(self, older: Edition) -> None:
        """Wait for the last call of the older edition, and end its workers."""
        if self._closing.is_set() or not older.calls:
            older.left.set()
        await older.left.wait()
        self._runs_before += older.pipeline.runs_opened
        self._older = None
        await older.close()

    async def _let_go(self, catalog: weakref.ref[Catalog]) -> None:
        """Free what was loaded with a catalog: the garbage collector was told to pass it over."""
        await asyncio.to_thread(let_go_of_what_was_loaded)
        for seconds in _LOOK_AGAIN_AFTER_SECONDS:
            if catalog() is None:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), seconds)
                return
            await asyncio.to_thread(let_go_of_what_was_loaded)

    async def _new(self) -> Edition:
        pipeline, chosen = await asyncio.to_thread(self._open)
        reviews = Reviews(
            pipeline.workshop,
            pipeline.pool,
            self._settings.review,
            chosen.path,
            self._review_failed,
        )
        return Edition(pipeline, reviews, chosen.problem)

    def _open(self) -> tuple[Pipeline, ChosenCatalog]:
        pipeline, chosen = open_pipeline(
            self._settings, self._times, self._current.pipeline if self._current else None
        )
        try:
            if self._warm_up:
                pipeline.warm_up()
        except BaseException:
            pipeline.pool.close()
            raise
        return pipeline, chosen
