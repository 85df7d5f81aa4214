"""A resume token is good for its plan, its release and its secret, and for nothing else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.resume import Position, ResumeTokens

TOKENS = ResumeTokens("secret")
PLAN = "a" * 64
TOKEN = TOKENS.write(PLAN, Position("run-1", 17))


def refused(tokens: ResumeTokens, token: str, plan: str) -> Reason:
    with pytest.raises(RevitronGrpcError) as caught:
        tokens.read(token, plan)
    return caught.value.reason


def test_a_token_brings_the_position_back() -> None:
    assert TOKENS.read(TOKEN, PLAN) == Position("run-1", 17)


def test_a_replica_with_the_same_secret_reads_it() -> None:
    assert ResumeTokens("secret").read(TOKEN, PLAN).settled == 17


def test_another_plan_is_told_apart() -> None:
    assert refused(TOKENS, TOKEN, "b" * 64) is Reason.PLAN_CHANGED


@pytest.mark.parametrize("secret", ["", "other"])
def test_another_secret_refuses(secret: str) -> None:
    assert refused(ResumeTokens(secret), TOKEN, PLAN) is Reason.RESUME_TOKEN_INVALID


@given(st.integers(0, len(TOKEN) - 2), st.characters(codec="ascii"))
def test_a_changed_token_is_refused(position: int, character: str) -> None:
    # The last character of base64 has spare bits, so another one may mean the same.
    changed = TOKEN[:position] + character + TOKEN[position + 1 :]
    assume(changed != TOKEN)
    assert refused(TOKENS, changed, PLAN) is Reason.RESUME_TOKEN_INVALID


@given(st.text(max_size=200))
def test_any_text_is_refused_without_a_crash(text: str) -> None:
    assert refused(TOKENS, text, PLAN) is Reason.RESUME_TOKEN_INVALID
