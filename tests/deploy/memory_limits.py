"""How much memory a replica must be given, by its settings."""

from collections.abc import Iterator

from revitron_grpc.settings import Settings

SCRIPT_WORKER_MIB = 100
"""A worker for large scripts that has none; each may take `review.script_memory_mb` more."""


def too_little(settings: Settings, limit_mib: float) -> Iterator[str]:
    """Say how a replica may come to the limit of what it runs in.

    There the kernel ends a process, in a pod all of them: a large script of one colleague would cut
    off everybody's streams.
    """
    ceiling = settings.performance.memory_management.max_memory_mb
    review = settings.review
    workers = review.script_workers * (SCRIPT_WORKER_MIB + review.script_memory_mb)
    if not ceiling:
        yield "without max_memory_mb nothing is refused before the limit of memory"
    if ceiling + workers > limit_mib:
        yield (
            f"max_memory_mb {ceiling} and {workers} MiB for the workers of large scripts are above "
            f"the limit of {limit_mib:.0f} MiB"
        )
