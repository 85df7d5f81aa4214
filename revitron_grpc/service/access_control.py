"""Who is let in at a replica: its gate by its settings, and what keeps that up to date."""

from collections.abc import Coroutine, Iterator

from revitron_grpc.access.api_key import KeyHasher
from revitron_grpc.access.gate import Gate, KeyGate, OpenGate
from revitron_grpc.access.keyring import Keyring
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.service.admission import Admission
from revitron_grpc.service.key_watch import KeyWatch
from revitron_grpc.service.metrics import Metrics
from revitron_grpc.settings import KeysSettings
from revitron_grpc.storage.key_store import KeyStore


class AccessControl:
    """The gate of both ports."""

    def __init__(
        self,
        settings: KeysSettings,
        store: KeyStore | None,
        admission: Admission,
        metrics: Metrics,
    ) -> None:
        """Without keys in the settings everybody is let in, and `store` is not asked.

        Raises `InvalidInputError` (INVALID_CONFIGURATION) for a secret that cannot be had, or
        keys without a store.
        """
        self.gate: Gate = OpenGate()
        self._watch: KeyWatch | None = None
        if not settings.in_use:
            return
        if store is None:
            raise InvalidInputError(
                Reason.INVALID_CONFIGURATION,
                (FieldViolation("keys", "need a database to be in; set runs.url"),),
            )
        keyring = Keyring(KeyHasher(settings.hashing_secret()))
        self.gate = KeyGate(keyring, required=settings.required, looked=metrics.authenticated)
        self._watch = KeyWatch(store, keyring, admission, settings.refresh_seconds)

    async def open(self) -> None:
        """Read the keys for the first time; what cannot be read yet is read later."""
        if self._watch is not None:
            await self._watch.refresh()

    def upkeep(self) -> Iterator[Coroutine[None, None, None]]:
        """What runs beside the calls for as long as the replica serves."""
        if self._watch is not None:
            yield self._watch.watch()

    async def close(self) -> None:
        """Note the last uses of keys, and end."""
        if self._watch is not None:
            await self._watch.write_uses()
            self._watch.close()
