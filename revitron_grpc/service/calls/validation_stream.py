"""Drive one validation: options, then items; a report as each is done, then the summary.

Nothing of it belongs to a transport: requests come from an asynchronous iterator, responses are
yielded. What a caller sends is neither run nor stored nor logged.
"""

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.button_spec import Compatibility
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.review.items import ReviewItem, ReviewReport
from revitron_grpc.service.reviews import Review, Reviews
from revitron_grpc.service.wire.review_messages import report_message
from revitron_grpc.service.wire.validation_requests import misplaced, review_item, review_options
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.vocabulary import RevitVersion

MAX_ITEMS = 50_000
"""Items of one call."""
# People watch a bar: tell them how far it is about once a second.
_PROGRESS_SECONDS = 1.0


class ValidationStream:
    """The responses of one call.

    At most a window of items is in work or waits for the caller to read: while it is full,
    nothing further is taken from the requests.
    """

    def __init__(
        self,
        reviews: Reviews,
        requests: AsyncIterator[pb.ValidateButtonsRequest],
        *,
        window: int,
        heartbeat_seconds: float,
        silence_seconds: float,
    ) -> None:
        """`silence_seconds`: how long a caller may send nothing while nothing is in work."""
        self._reviews = reviews
        self._requests = requests
        self._window = window
        self._interval = min(_PROGRESS_SECONDS, heartbeat_seconds)
        self._silence = silence_seconds
        self._seen: set[bytes] = set()
        self._messages = 0
        self._reported = 0
        self._severities: Counter[Severity] = Counter()
        self._failing: Counter[RevitVersion] = Counter()

    async def responses(self) -> AsyncGenerator[pb.ValidateButtonsResponse]:
        """Yield reports and progress; the last response is the summary.

        Raises `InvalidInputError` for a message that cannot be matched or stands in the wrong
        place. When the generator is closed, the work under way is cancelled.
        """
        review = await self._opened()
        work: set[asyncio.Task[ReviewReport]] = set()
        reading: asyncio.Task[ReviewItem | None] | None = None
        ended = False
        clock = asyncio.get_running_loop().time
        heard = told = clock()
        try:
            while not ended or work:
                if not ended and reading is None and len(work) < self._window:
                    reading = asyncio.create_task(self._next_item())
                pending: set[asyncio.Task[ReviewReport] | asyncio.Task[ReviewItem | None]] = set(
                    work
                )
                if reading is not None:
                    pending.add(reading)
                done, _ = await asyncio.wait(
                    pending, timeout=self._interval, return_when=asyncio.FIRST_COMPLETED
                )
                if reading is not None and reading in done:
                    heard = clock()
                    item, reading = reading.result(), None
                    if item is None:
                        ended = True
                    else:
                        work.add(asyncio.create_task(review.review(item)))
                for task in [task for task in work if task.done()]:
                    work.discard(task)
                    yield self._report(task.result())
                    heard = told = clock()
                if not work and not ended and clock() - heard > self._silence:
                    raise self._silent()
                if clock() - told > self._interval:
                    yield self._progress()
                    told = clock()
            yield self._summary(review)
        finally:
            left = [*work, *([reading] if reading is not None else [])]
            for task in left:
                task.cancel()
            # Their ends are looked at, whatever they are, so that nobody misses them.
            await asyncio.gather(*left, return_exceptions=True)

    async def _opened(self) -> Review:
        first = await self._next_message()
        if first is None or first.WhichOneof("message") != "options":
            raise misplaced("options", "must be the first message of a call")
        return await asyncio.to_thread(self._open, first.options)

    def _open(self, message: pb.ValidationOptions) -> Review:
        covered = self._reviews.workshop.catalog.versions
        return self._reviews.open(review_options(message, covered))

    async def _next_message(self) -> pb.ValidateButtonsRequest | None:
        try:
            async with asyncio.timeout(self._silence):
                return await anext(self._requests, None)
        except TimeoutError as error:
            raise self._silent() from error

    async def _next_item(self) -> ReviewItem | None:
        """Return the next item; None when the caller has no more."""
        message = await anext(self._requests, None)
        if message is None:
            return None
        self._messages += 1
        place = f"messages[{self._messages}]"
        kind = message.WhichOneof("message")
        if kind == "options":
            raise misplaced(f"{place}.options", "may only be the first message of a call")
        if kind is None:
            raise misplaced(f"{place}.item", "is missing")
        item = review_item(message.item, f"{place}.item")
        if len(self._seen) >= MAX_ITEMS:
            raise misplaced(f"{place}.item", f"is one too many; at most {MAX_ITEMS} in one call")
        # A digest, so that ids of any length cost the same.
        name = hashlib.blake2b(item.id.encode(), digest_size=16).digest()
        if name in self._seen:
            raise misplaced(f"{place}.item.id", f"{item.id!r} was used before in this call")
        self._seen.add(name)
        return item

    def _silent(self) -> RevitronGrpcError:
        return RevitronGrpcError(
            Reason.CALLER_SILENT,
            f"nothing came for {self._silence:g} seconds; send the next item, or end the stream",
        )

    def _report(self, report: ReviewReport) -> pb.ValidateButtonsResponse:
        self._reported += 1
        self._severities.update(finding.severity for finding in report.findings)
        self._failing.update(
            verdict.revit_version
            for verdict in report.revit_compatibility
            if verdict.compatibility is Compatibility.INCOMPATIBLE
        )
        return pb.ValidateButtonsResponse(report=report_message(report))

    def _progress(self) -> pb.ValidateButtonsResponse:
        return pb.ValidateButtonsResponse(
            progress=pb.ValidationProgress(received=len(self._seen), reported=self._reported)
        )

    def _summary(self, review: Review) -> pb.ValidateButtonsResponse:
        return pb.ValidateButtonsResponse(
            summary=pb.ValidationSummary(
                items=self._reported,
                errors=self._severities[Severity.ERROR],
                warnings=self._severities[Severity.WARNING],
                infos=self._severities[Severity.INFO],
                failing_by_version=[
                    pb.VersionCount(revit_version=version, items=self._failing[version])
                    for version in review.options.revit_versions
                ],
                catalog_digest=self._reviews.workshop.catalog.digest,
            )
        )
