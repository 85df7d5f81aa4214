"""Keys: what they look like, what is kept of them, and what never shows them."""

import hashlib
import hmac
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.access.api_key import KeyHasher, bearer_key, new_key, parsed_key

HASHER = KeyHasher(b"a secret of the server, long enough")
KEY_TEXT = st.from_regex(r"rgk_[a-z0-9]{12}_[A-Za-z0-9_-]{43}", fullmatch=True)


def test_a_new_key_is_recognisable_and_never_the_same() -> None:
    keys = [new_key() for _ in range(100)]
    assert len({key.key_id for key in keys}) == len({key.secret for key in keys}) == 100
    for key in keys:
        assert re.fullmatch(r"rgk_[a-z0-9]{12}_[A-Za-z0-9_-]{43}", key.reveal())
        assert parsed_key(key.reveal()) == key


def test_no_text_of_a_key_shows_its_secret() -> None:
    key = new_key()
    for shown in (str(key), repr(key), f"{key}", repr([key]), repr(HASHER), str(HASHER)):
        assert key.secret not in shown
        assert "server" not in shown


@given(KEY_TEXT)
def test_what_looks_like_a_key_is_read_and_written_back(text: str) -> None:
    key = parsed_key(text)
    assert key is not None
    assert key.reveal() == text


@given(st.text(max_size=200) | KEY_TEXT.map(lambda text: text + "\n") | KEY_TEXT.map(str.upper))
def test_no_other_text_is_a_key(text: str) -> None:
    if re.fullmatch(r"rgk_[a-z0-9]{12}_[A-Za-z0-9_-]{43}\Z", text, re.ASCII) is None:
        assert parsed_key(text) is None


@given(KEY_TEXT, st.integers(0, 59), st.sampled_from("abcXYZ019_-"))
def test_a_key_that_differs_in_one_letter_does_not_match(text: str, at: int, letter: str) -> None:
    digest = HASHER.digest(_key(text))
    other = text[:at] + letter + text[at + 1 :]
    read = parsed_key(other)
    if read is not None:
        assert HASHER.matches(read, digest) is (other == text)


def test_the_digest_is_the_hmac_of_the_whole_key() -> None:
    key = new_key()
    secret = b"a secret of the server, long enough"
    assert HASHER.digest(key) == hmac.new(secret, key.reveal().encode(), hashlib.sha256).digest()
    assert not KeyHasher(b"another").matches(key, HASHER.digest(key))


def test_an_unknown_key_is_compared_like_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = hmac.compare_digest

    def compare(one: Any, other: Any) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    key = new_key()
    assert not HASHER.matches(key, None)
    assert not HASHER.matches(key, bytes(32))
    assert HASHER.matches(key, HASHER.digest(key))
    assert len(compared) == 3
    assert {len(side) for pair in compared for side in pair} == {32}


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("BEARER abc", "abc"),
        ("Basic abc", ""),
        ("abc", ""),
        ("Bearer", ""),
        ("", ""),
    ],
)
def test_the_header(header: str, key: str) -> None:
    assert bearer_key(header) == key


def _key(text: str) -> Any:
    return parsed_key(text)
