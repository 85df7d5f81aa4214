"""Resume tokens: where a stream was, signed, and good for its owner and the same plan only."""

import hashlib
import re
import uuid
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

from revitron_grpc.errors import Reason, RevitronGrpcError

# Base64 is read leniently: "/" means "_" there, and what is no character of its is skipped.
_SPELLING = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Position:
    """How far a run was delivered: candidates settled, of which so many specs were accepted."""

    run_id: str
    settled: int


class ResumeTokens:
    """The tokens of all owners; all replicas with one secret read each other's."""

    def __init__(self, secret: str) -> None:
        # Without a secret the key is known to everybody: replicas agree with nothing to
        # configure, and a mangled token is noticed, but not a forged one.
        self._key = hashlib.sha256(f"revitron-grpc\0{secret}".encode()).hexdigest()

    def of(self, owner: str) -> "OwnerTokens":
        """Return the tokens of one owner, "" for nobody (see access/caller.py)."""
        return OwnerTokens(self._key, owner)


class OwnerTokens:
    """Writes and reads the tokens of one owner.

    The owner is no part of the token but of the key that signs it: somebody else's token reads
    exactly like a forged one, and names nobody. The plan digest in a token names the release
    too, so that one of another release is told as a changed plan.
    """

    def __init__(self, key: str, owner: str) -> None:
        self._serializer = URLSafeSerializer(
            key, salt=f"resume\0{owner}", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def write(self, plan_digest: str, position: Position) -> str:
        """Return the token of a position."""
        token = self._serializer.dumps([plan_digest, position.run_id, position.settled])
        return token if isinstance(token, str) else token.decode()

    def start(self, token: str, plan_digest: str) -> Position:
        """Return where a stream begins: at its token, or with a new run where that is empty.

        Raises `RevitronGrpcError` as `read` does.
        """
        return self.read(token, plan_digest) if token else Position(str(uuid.uuid4()), 0)

    def read(self, token: str, plan_digest: str) -> Position:
        """Return the position of a token.

        Raises `RevitronGrpcError`: RESUME_TOKEN_INVALID for a token that this service did not
        write for this owner, PLAN_CHANGED for one of another plan.
        """
        digest, position = self.contents(token)
        if digest != plan_digest:
            raise RevitronGrpcError(
                Reason.PLAN_CHANGED,
                "resume_token belongs to another plan: the request, the catalog, the recipes, "
                "the settings or the release differ from when the stream began; send the request "
                "without it to start a new run",
            )
        return position

    def contents(self, token: str) -> tuple[str, Position]:
        """Return the plan digest and the position of a token, whichever plan it is of.

        Raises `RevitronGrpcError` (RESUME_TOKEN_INVALID) as `read` does.
        """
        if not _SPELLING.fullmatch(token):
            raise _not_ours()
        try:
            content = self._serializer.loads(token)
        except (BadData, ValueError) as error:
            raise _not_ours() from error
        match content:
            case [str(digest), str(run_id), int(settled)] if settled >= 0:
                return digest, Position(run_id, settled)
            case _:
                raise _not_ours()


def _not_ours() -> RevitronGrpcError:
    return RevitronGrpcError(
        Reason.RESUME_TOKEN_INVALID,
        "resume_token was not written by this service for this caller, or was changed on the way; "
        "send the request without it to start a new run",
    )
