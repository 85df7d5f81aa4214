"""Where items are reviewed: small ones in the pool, large ones in spawned workers."""

import asyncio
import traceback
from collections.abc import Callable
from pathlib import Path

import structlog

from revitron_grpc.pool import JudgePool
from revitron_grpc.review.items import ReviewItem, ReviewOptions, ReviewReport
from revitron_grpc.review.reviewer import Reviewer, not_judged
from revitron_grpc.service.process.script_workers import EncodedOptions, ScriptWorkers
from revitron_grpc.settings import ReviewSettings
from revitron_grpc.workshop import Workshop

_READ = (".py", ".yaml")

_log = structlog.get_logger("revitron_grpc.reviews")


class Reviews:
    """Opens reviews; one for a process. With a pool of processes, the workers take everything."""

    def __init__(
        self,
        workshop: Workshop,
        pool: JudgePool,
        settings: ReviewSettings,
        catalog: Path | None,
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """`failed` hears of each item that met an error which nobody foresaw."""
        self.failed = failed
        self.workshop = workshop
        self._pool = pool
        self._inline_bytes = settings.inline_bytes if pool.shares_memory else -1
        self.workers = ScriptWorkers(settings, settings.script_workers, catalog)

    def open(self, options: ReviewOptions) -> "Review":
        """Return the review of one call; up to a tenth of a second of work."""
        return Review(self, options)

    async def close(self) -> None:
        """End the workers."""
        await self.workers.close()

    def fits_inline(self, size: int) -> bool:
        """Whether that many bytes may be analysed in this process."""
        return size <= self._inline_bytes

    async def call(
        self, function: Callable[[ReviewItem], ReviewReport], item: ReviewItem
    ) -> ReviewReport:
        """Run a function in the pool; what is queued is dropped when the caller is cancelled."""
        return await asyncio.wrap_future(self._pool.call(function, item))


class Review:
    """The reviews of one call, all with the same options."""

    def __init__(self, reviews: Reviews, options: ReviewOptions) -> None:
        workshop = reviews.workshop
        self.options = options
        self._reviews = reviews
        self._reviewer = Reviewer(workshop.catalog, options, workshop.view(options.revit_versions))
        # What an item imports is analysed with it.
        self._library_size = sum(
            len(f.content) for f in options.lib_files if f.path.lower().endswith(".py")
        )
        self._encoded: EncodedOptions | None = None

    async def review(self, item: ReviewItem) -> ReviewReport:
        """Return the report of one item; an error that nobody foresaw is a finding on it."""
        try:
            return await self._review(item)
        except Exception as error:
            # Where it happened, but not what it says: that may quote what a caller sent.
            frames = traceback.extract_tb(error.__traceback__)
            place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
            _log.error("review failed", place=place, **{"error.type": type(error).__name__})
            self._reviews.failed()
            return not_judged(
                item.id, "an unexpected error of the service; its log has it", self.options
            )

    async def _review(self, item: ReviewItem) -> ReviewReport:
        size = sum(
            len(file.content)
            for file in item.files
            if item.folder is None or file.path.lower().endswith(_READ)
        )
        if self._reviews.fits_inline(size + self._library_size):
            return await self._reviews.call(self._reviewer.review, item)
        if self._encoded is None:
            self._encoded = EncodedOptions(self.options)
        return await self._reviews.workers.review(self._encoded, item)
