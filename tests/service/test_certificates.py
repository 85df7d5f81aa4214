"""Certificate files that a service cannot serve with are told, with the file and what is wrong."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.service.security.certificates import name_in, read_certificates
from revitron_grpc.settings import Settings, TlsSettings
from tests.certificates import LATER, LONG_AGO, TOMORROW, YESTERDAY, Authority, Pair
from tests.e2e.conftest import run


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def settings(pair: Pair, **more: object) -> TlsSettings:
    return TlsSettings.model_validate(
        {"certificate": pair.certificate, "private_key": pair.private_key, **more}
    )


def wrong(found: TlsSettings) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        read_certificates(found)
    assert caught.value.reason is Reason.INVALID_CONFIGURATION
    return {v.field: v.description for v in caught.value.violations}


def test_good_files_are_read(authority: Authority) -> None:
    pair = authority.issue("localhost")
    found = read_certificates(
        settings(pair, client_ca=authority.file, client_certificates="required")
    )
    assert found.certificate == pair.certificate.read_bytes()
    assert found.client_ca == authority.pem
    assert abs(found.ends - LATER) < timedelta(seconds=2)
    assert "PRIVATE KEY" not in repr(found)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((LONG_AGO, YESTERDAY), f"expired on {YESTERDAY:%Y-%m-%d}"),
        ((TOMORROW, LATER), f"is not valid before {TOMORROW:%Y-%m-%d}"),
    ],
)
def test_a_certificate_out_of_its_time(
    authority: Authority, times: tuple[datetime, datetime], said: str
) -> None:
    pair = authority.issue("localhost", not_before=times[0], not_after=times[1])
    assert f"{pair.certificate} {said}" in wrong(settings(pair))["tls.certificate"]


def test_a_key_of_another_certificate(authority: Authority) -> None:
    one, other = authority.issue("a"), authority.issue("b")
    found = wrong(settings(Pair(one.certificate, other.private_key)))
    assert found == {
        "tls.private_key": f"{other.private_key} does not belong to the certificate in "
        f"{one.certificate}"
    }


def test_a_chain_in_the_wrong_order(authority: Authority) -> None:
    pair = authority.issue("localhost")
    pair.certificate.write_bytes(authority.pem + pair.certificate.read_bytes())
    assert "must come first" in wrong(settings(pair))["tls.private_key"]


def test_a_key_with_a_password(authority: Authority) -> None:
    pair = authority.issue("localhost")
    key = serialization.load_pem_private_key(pair.private_key.read_bytes(), None)
    pair.private_key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    assert f"{pair.private_key} has a password" in wrong(settings(pair))["tls.private_key"]


def test_everything_wrong_is_told_at_once(authority: Authority, tmp_path: Path) -> None:
    text = tmp_path / "text.pem"
    text.write_text("nothing")
    found = wrong(
        TlsSettings(
            certificate=tmp_path / "gone.pem",
            private_key=text,
            client_ca=authority.issue("a").certificate,
            client_certificates="required",
        )
    )
    assert "gone.pem does not exist" in found["tls.certificate"]
    assert "text.pem holds no private key in PEM form" in found["tls.private_key"]
    assert "is no authority" in found["tls.client_ca"]


def test_a_folder_is_no_certificate(authority: Authority, tmp_path: Path) -> None:
    pair = Pair(tmp_path, authority.issue("a").private_key)
    assert f"{tmp_path} cannot be read" in wrong(settings(pair))["tls.certificate"]


@pytest.mark.parametrize(
    ("tls", "said"),
    [
        ({"certificate": "a.pem"}, "certificate needs private_key too"),
        ({"private_key": "a.key"}, "private_key needs certificate too"),
        ({"client_certificates": "required"}, "needs certificate and private_key"),
        (
            {"certificate": "a.pem", "private_key": "a.key", "client_ca": "ca.pem"},
            "one of them alone asks nobody for a certificate",
        ),
        ({"client_certificates": "optional"}, "'off' or 'required'"),
    ],
)
def test_settings_that_are_half_a_thing(tls: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Settings.model_validate({"tls": tls})


def test_config_check_and_serve_name_the_file(authority: Authority, tmp_path: Path) -> None:
    pair = authority.issue("localhost", not_before=LONG_AGO, not_after=YESTERDAY)
    path = tmp_path / "office.yaml"
    path.write_text(f"tls:\n  certificate: {pair.certificate}\n  private_key: {pair.private_key}\n")
    for arguments in (("config", "check", path), ("serve", "--config", path, "--port", "0")):
        done = run(*arguments)
        assert done.code == 2
        assert f"error: tls.certificate: {pair.certificate} expired on" in done.err


def issued(*names: x509.GeneralName, common_name: str = "anna") -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC))
        .not_valid_after(LATER)
    )
    if names:
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


WINDOWS_ACCOUNT = x509.OtherName(ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), b"\x0c\x04anna")


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ([], "anna"),
        ([x509.DNSName("pc7.office"), x509.RFC822Name("a@b.example")], "pc7.office"),
        ([x509.RFC822Name("a@b.example"), x509.DNSName("pc7.office")], "a@b.example"),
        ([x509.UniformResourceIdentifier("spiffe://office/anna")], "spiffe://office/anna"),
        ([x509.IPAddress(ipaddress.ip_address("::1"))], "::1"),
        # What gRPC calls `other types of SAN`, for everybody alike.
        ([WINDOWS_ACCOUNT, x509.RFC822Name("a@b.example")], "a@b.example"),
        ([WINDOWS_ACCOUNT], "anna"),
    ],
)
def test_the_name_that_a_certificate_proves(names: list[x509.GeneralName], name: str) -> None:
    assert name_in(issued(*names)) == name


def test_a_file_may_hold_windows_line_ends(authority: Authority) -> None:
    pair = authority.issue("localhost")
    for path in (pair.certificate, pair.private_key):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = read_certificates(settings(pair))
    assert ssl.PEM_cert_to_DER_cert(found.certificate.decode().replace("\r", ""))
