"""Who is let in at a replica: its gate by its settings, and what keeps that up to date."""

from collections.abc import Coroutine, Iterator

from revitron_grpc.access.api_key import KeyHasher
from revitron_grpc.access.gate import Gate, KeyGate, OpenGate
from revitron_grpc.access.keyring import MAX_AGE_SECONDS, Keyring
from revitron_grpc.service.admission import Admission
from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.security.key_watch import KeyWatch
from revitron_grpc.service.stores.store_health import StoreHealth
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.settings import Settings
from revitron_grpc.storage.key_store import KeyStore
from revitron_grpc.storage.sql_keys import open_keys

_WITHOUT_KEYS = (
    f"keys are checked against what was read last, and after {MAX_AGE_SECONDS:.0f} s nobody is let "
    "in; streams under way go on"
)


class AccessControl:
    """The gate of both ports."""

    def __init__(
        self,
        settings: Settings,
        admission: Admission,
        metrics: Metrics,
        board: HealthBoard,
        store: KeyStore | None = None,
    ) -> None:
        """Without keys in the settings everybody is let in; `store` is that of the settings.

        Raises `InvalidInputError` (INVALID_CONFIGURATION) for a secret that cannot be had, or
        keys without a database.
        """
        self.gate: Gate = OpenGate()
        self._watch: KeyWatch | None = None
        keys = settings.keys
        if not keys.in_use:
            return
        keyring = Keyring(KeyHasher(keys.hashing_secret()))
        self.gate = KeyGate(keyring, required=keys.required, looked=metrics.authenticated)
        self._watch = KeyWatch(
            store or open_keys(settings.runs),
            keyring,
            admission,
            keys.refresh_seconds,
            StoreHealth("keys", "keys", _WITHOUT_KEYS, board, metrics),
        )

    async def open(self) -> None:
        """Read the keys for the first time; what cannot be read yet is read later.

        Raises `RevitronGrpcError` (DATABASE_VERSION) for a database of another release.
        """
        if self._watch is not None:
            await self._watch.begin()

    def upkeep(self) -> Iterator[Coroutine[None, None, None]]:
        """What runs beside the calls for as long as the replica serves."""
        if self._watch is not None:
            yield self._watch.watch()

    async def close(self) -> None:
        """Note the last uses of keys, and end."""
        if self._watch is not None:
            await self._watch.write_uses()
            await self._watch.close()
