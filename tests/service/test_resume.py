"""A resume token is good for its owner, its plan, its release and its secret, nothing else."""

import base64
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.runs.resume import OwnerTokens, Position, ResumeTokens

TOKENS = ResumeTokens("secret").of("anna")
PLAN = "a" * 64
TOKEN = TOKENS.write(PLAN, Position("run-1", 17))
NAMES = st.text(max_size=40)


def refused(tokens: OwnerTokens, token: str, plan: str) -> Reason:
    with pytest.raises(RevitronGrpcError) as caught:
        tokens.read(token, plan)
    return caught.value.reason


@given(NAMES, NAMES, NAMES, st.integers(0, 10_000))
def test_a_token_brings_the_position_back_on_any_replica(
    secret: str, owner: str, run_id: str, settled: int
) -> None:
    token = ResumeTokens(secret).of(owner).write(PLAN, Position(run_id, settled))
    assert ResumeTokens(secret).of(owner).read(token, PLAN) == Position(run_id, settled)
    assert len(token) <= 2048


def test_another_plan_is_told_apart() -> None:
    assert refused(TOKENS, TOKEN, "b" * 64) is Reason.PLAN_CHANGED


@given(NAMES)
def test_another_secret_refuses(secret: str) -> None:
    assume(secret != "secret")  # noqa: S105
    assert refused(ResumeTokens(secret).of("anna"), TOKEN, PLAN) is Reason.RESUME_TOKEN_INVALID


@given(NAMES, NAMES)
def test_another_owner_is_refused_like_a_forger(owner: str, other: str) -> None:
    assume(owner != other)
    tokens = ResumeTokens("secret")
    token = tokens.of(owner).write(PLAN, Position("run-1", 17))
    messages: list[str] = []
    # Also for another plan: that would tell that the token is somebody's.
    for wrong in (token, tokens.of(owner).write("b" * 64, Position("r", 1)), "forged"):
        with pytest.raises(RevitronGrpcError) as caught:
            tokens.of(other).read(wrong, PLAN)
        assert caught.value.reason is Reason.RESUME_TOKEN_INVALID
        messages.append(caught.value.message)
    assert len(set(messages)) == 1


def test_a_token_names_nobody() -> None:
    content = TOKEN.split(".")[0] or TOKEN.split(".")[1]
    plain = base64.urlsafe_b64decode(content + "=" * (-len(content) % 4))
    assert b"anna" not in plain
    assert "anna" not in TOKEN


@given(st.integers(0, len(TOKEN) - 2), st.characters(codec="ascii"))
def test_a_changed_token_is_refused(position: int, character: str) -> None:
    # The last character of base64 has spare bits, so another one may mean the same.
    changed = TOKEN[:position] + character + TOKEN[position + 1 :]
    assume(changed != TOKEN)
    assert refused(TOKENS, changed, PLAN) is Reason.RESUME_TOKEN_INVALID


@pytest.mark.parametrize(("written", "spelled"), [("_", "/"), ("-", "+"), ("", "="), ("", "!!!!")])
def test_a_token_has_one_spelling(written: str, spelled: str) -> None:
    tokens = (TOKENS.write(PLAN, Position("run-1", settled)) for settled in range(1000))
    parts = (token.rpartition(".") for token in tokens)
    body, dot, signature = next(found for found in parts if written in found[2])
    head, tail = signature.split(written, 1) if written else (signature, "")
    changed = body + dot + head + spelled + tail
    assert refused(TOKENS, changed, PLAN) is Reason.RESUME_TOKEN_INVALID


@given(st.text(max_size=200))
def test_any_text_is_refused_without_a_crash(text: str) -> None:
    assert refused(TOKENS, text, PLAN) is Reason.RESUME_TOKEN_INVALID


@pytest.mark.parametrize(
    "content",
    [
        *(None, 7, "text", [], [PLAN], {"plan": PLAN}),
        *([PLAN, "run", "17"], [PLAN, "run", None], [PLAN, "run", -1], [PLAN, "run", 1.5]),
        *([PLAN, 7, 17], [PLAN, "run", 17, "more"]),
    ],
    ids=json.dumps,
)
def test_signed_nonsense_is_refused(content: object) -> None:
    token = TOKENS._serializer.dumps(content)
    assert isinstance(token, str)
    assert refused(TOKENS, token, PLAN) is Reason.RESUME_TOKEN_INVALID
