"""A channel that sends an API key with every call.

An interceptor would put a task and a queue between a stream and its reader, and gRPC's own call
credentials refuse loopback without TLS; this adds one pair of metadata and nothing else.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Any

import grpc
from typing_extensions import override

AUTHORIZATION_KEY = "authorization"


class KeyedChannel(grpc.aio.Channel):
    """Another channel, with a key for each of its calls."""

    def __init__(self, channel: grpc.aio.Channel, api_key: str) -> None:
        self._channel = channel
        self._metadata = ((AUTHORIZATION_KEY, f"Bearer {api_key}"),)

    @override
    async def __aenter__(self) -> "KeyedChannel":
        await self._channel.__aenter__()
        return self

    @override
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> bool | None:
        return await self._channel.__aexit__(exc_type, exc_val, exc_tb)

    @override
    async def close(self, grace: float | None = None) -> None:
        await self._channel.close(grace)

    @override
    def get_state(self, try_to_connect: bool = False) -> grpc.ChannelConnectivity:
        return self._channel.get_state(try_to_connect)

    @override
    async def wait_for_state_change(self, last_observed_state: grpc.ChannelConnectivity) -> None:
        await self._channel.wait_for_state_change(last_observed_state)

    @override
    async def channel_ready(self) -> None:
        await self._channel.channel_ready()

    @override
    def unary_unary(self, *words: Any, **options: Any) -> Any:
        return self._keyed(self._channel.unary_unary(*words, **options))

    @override
    def unary_stream(self, *words: Any, **options: Any) -> Any:
        return self._keyed(self._channel.unary_stream(*words, **options))

    @override
    def stream_unary(self, *words: Any, **options: Any) -> Any:
        return self._keyed(self._channel.stream_unary(*words, **options))

    @override
    def stream_stream(self, *words: Any, **options: Any) -> Any:
        return self._keyed(self._channel.stream_stream(*words, **options))

    def _keyed(self, call: Any) -> Callable[..., Any]:
        def with_key(*words: Any, metadata: Any = None, **options: Any) -> Any:
            return call(*words, metadata=(*(metadata or ()), *self._metadata), **options)

        return with_key
