"""The authority for development makes what a service and its callers need, and nothing twice."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.e2e.conftest import Done

SCRIPT = ROOT / "deploy" / "tls" / "development_ca.py"
NAMES = ("--server", "localhost", "127.0.0.1", "--client", "anna@office.example")


def make(folder: Path, *arguments: str) -> Done:
    done = subprocess.run(
        [sys.executable, SCRIPT, folder, *arguments], capture_output=True, text=True, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    done = make(tmp_path, *NAMES)
    assert done.code == 0, done.err
    assert done.out.count("valid until") == 3
    assert done.out.count("serial ") == 3
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def verified(folder: Path, name: str, purpose: str) -> bool:
    words = ["openssl", "verify", "-x509_strict", "-purpose", purpose]
    words += ["-CAfile", str(folder / "ca.pem"), str(folder / name)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_openssl_finds_nothing_wrong(made: Path) -> None:
    client = "client-anna@office.example.pem"
    assert verified(made, "server.pem", "sslserver")
    assert verified(made, client, "sslclient")
    assert not verified(made, client, "sslserver")


def test_keys_are_for_their_owner_alone(made: Path) -> None:
    for key in made.glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert len(list(made.glob("*.key"))) == 3


def test_what_is_there_is_kept(made: Path) -> None:
    before = content(made)
    done = make(made, *NAMES, "bert@office.example")
    assert done.code == 0, done.err
    after = content(made)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {
        "client-bert@office.example.pem",
        "client-bert@office.example.key",
    }


def test_another_name_needs_force(made: Path) -> None:
    before = content(made)
    done = make(made, "--server", "other.office.example")
    assert done.code == 2
    assert "server.pem exists and is for other names; --force makes it anew" in done.err
    assert content(made) == before
    assert make(made, "--server", "other.office.example", "--force").code == 0
    after = content(made)
    assert after["server.pem"] != before["server.pem"]
    assert after["ca.pem"] == before["ca.pem"]


def test_half_an_authority_is_not_mended_in_silence(made: Path) -> None:
    (made / "ca.key").unlink()
    done = make(made, *NAMES)
    assert done.code == 2
    assert "has one of ca.pem and ca.key" in done.err
    assert make(made, *NAMES, "--force-ca").code == 0
    assert verified(made, "server.pem", "sslserver")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--client", "../x"), "is no host"), (("--days", "0"), "1 to 3650")],
)
def test_what_cannot_be_made_is_told(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = make(tmp_path / "ca", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not os.path.lexists(tmp_path / "ca")
