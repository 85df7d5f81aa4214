"""Ask the side port of a replica for its metrics."""

import asyncio

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from revitron_grpc.cli.replica_state import Measures, SidePortError
from revitron_grpc.client.connection import Connection, tls_context

_MIB = 1_048_576
_MOST_BYTES = 4 * _MIB


class SidePort:
    """The side port of one replica, over the same trust as its gRPC port."""

    def __init__(self, connection: Connection, host: str, port: int) -> None:
        """Raises `RevitronGrpcError` (INVALID_CONFIGURATION) for files that cannot be used."""
        shown = f"[{host}]" if ":" in host else host
        self._url = f"{'https' if connection.tls else 'http'}://{shown}:{port}/metrics"
        self._tls = tls_context(connection) if connection.tls else True
        self._server_name = connection.server_name or None
        self._headers = (
            {"Authorization": f"Bearer {connection.api_key}"} if connection.api_key else {}
        )

    async def measures(self, timeout: float) -> Measures:
        """Return what it tells now.

        Raises `SidePortError` where it does not answer, or with something else than metrics.
        """
        try:
            async with (
                asyncio.timeout(timeout),
                aiohttp.ClientSession(headers=self._headers) as session,
                session.get(self._url, ssl=self._tls, server_hostname=self._server_name) as answer,
            ):
                if answer.status != 200:
                    raise SidePortError(f"{self._url} answers with HTTP {answer.status}")
                body = await answer.content.read(_MOST_BYTES)
                while chunk := await answer.content.read(_MOST_BYTES - len(body)):
                    body += chunk
        except TimeoutError as error:
            raise SidePortError(f"{self._url} did not answer in {timeout:g} s") from error
        except aiohttp.ClientError as error:
            raise SidePortError(f"{self._url}: {error}") from error
        return _measures(body.decode(errors="replace"), self._url)


def _measures(text: str, url: str) -> Measures:
    sums: dict[str, float] = {}
    version, away, limit = "", list[str](), 0.0
    try:
        families = list(text_string_to_metric_families(text))
    except ValueError as error:
        raise SidePortError(f"{url} answers with something else than metrics") from error
    for family in families:
        for sample in family.samples:
            labels, name = sample.labels, sample.name.removeprefix("revitron_grpc_")
            if name == "build_info":
                version = labels["version"]
            elif name == "store_up" and not sample.value:
                away.append(labels["store"])
            elif name == "calls_limit" and labels["method"] == "GenerateButtons":
                limit = sample.value
            elif name != "calls_in_flight" or labels["method"] == "GenerateButtons":
                sums[name] = sums.get(name, 0.0) + sample.value
    if not version:
        raise SidePortError(f"{url} answers, but not as a replica does")
    resident = sums.get("process_resident_memory_bytes")
    return Measures(
        version=version,
        ready=bool(sums.get("ready")),
        runs=int(sums.get("calls_in_flight", 0)),
        runs_limit=int(limit),
        pool_tasks=int(sums.get("pool_tasks", 0)),
        pool_workers=int(sums.get("pool_workers", 0)),
        memory_mb=None if resident is None else round(resident / _MIB, 1),
        stores_away=tuple(sorted(away)),
    )
