"""What is wrong with the certificate that a service showed."""

import ssl
from datetime import UTC, datetime

from revitron_grpc.client.connection import Connection

# OpenSSL's numbers (X509_V_ERR_...).
_NOT_YET, _EXPIRED = 9, 10
_NAMES = {62, 64}
_ITS_OWN = {18, 19}
_UNKNOWN = {2, 20, 21}


def certificate_problem(
    error: ssl.SSLCertVerificationError,
    shown: dict[str, object],
    connection: Connection,
    target: str,
    name: str,
) -> str:
    """Return what to tell a person: what is wrong with it, and what to do.

    `shown` is the certificate as `ssl` has it; empty where its authority is not trusted, because
    nothing in it could be believed.
    """
    code = error.verify_code
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    if code == _EXPIRED:
        return (
            f"the certificate of {target} expired{_when(' on', shown, 'notAfter')}, and this "
            f"machine's clock says {now}; who runs the service must renew it, unless the clock is "
            "wrong"
        )
    if code == _NOT_YET:
        return (
            f"the certificate of {target} is not yet valid{_when(', but from', shown, 'notBefore')}"
            f"; this machine's clock says {now}: set the clock, or wait"
        )
    if code in _NAMES:
        names = _names(shown)
        return (
            f"the certificate of {target} is not for {name}{names and f' but for {names}'}; use "
            "that name in --server, or give it with --server-name"
        )
    if code in _ITS_OWN | _UNKNOWN:
        whose = f"{connection.ca} does not hold" if connection.ca else "this system does not trust"
        what = "an authority of its own" if code in _ITS_OWN else "an authority"
        return (
            f"the certificate of {target} is of {what} that {whose}; get the authority's PEM file "
            "from who runs the service, and give it with --ca FILE"
        )
    return f"the certificate of {target} cannot be trusted: {error.verify_message}"


def _when(before: str, shown: dict[str, object], key: str) -> str:
    value = shown.get(key)
    if not isinstance(value, str):
        return ""
    when = datetime.fromtimestamp(ssl.cert_time_to_seconds(value), UTC)
    return f"{before} {when:%Y-%m-%d %H:%M} UTC"


def _names(shown: dict[str, object]) -> str:
    found = shown.get("subjectAltName")
    if not isinstance(found, tuple):
        return ""
    return ", ".join(str(value) for kind, value in found if kind in {"DNS", "IP Address"})
