"""What a call brought along to show who makes it, read from gRPC or HTTP, and what it needs."""

import ssl

from aiohttp import web
from grpc.aio import ServicerContext

from revitron_grpc.access.api_key import PREFIX
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.gate import Credentials
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.service.security.certificates import name_in

AUTHORIZATION_KEY = "authorization"
# What makes something, and so is more than reading.
_WRITING = {"GenerateButtons", "RateButton"}
# Where gRPC keeps the certificate that the peer showed.
_PEER_CERTIFICATE = "x509_pem_cert"
_CHANNELZ = "/grpc.channelz."
"""Shows the addresses of everybody who is connected."""
_IN_URL = ("key", "api_key", "apikey", "access_token", "token", "authorization")


def needed_permission(method: str) -> Permission:
    """Return what a call of this method needs; `method` is its path."""
    if method.startswith(_CHANNELZ):
        return Permission.ADMIN
    return Permission.WRITE if method.rpartition("/")[2] in _WRITING else Permission.READ


def grpc_credentials(context: ServicerContext) -> Credentials:
    """Return what a call on the gRPC port brought.

    A certificate (mutual TLS) proves the name that `certificates.name_in` says.
    """
    metadata = dict(context.invocation_metadata() or ())
    shown = context.auth_context().get(_PEER_CERTIFICATE, ())
    name = next((name_in(ssl.PEM_cert_to_DER_cert(pem.decode("ascii"))) for pem in shown), "")
    return Credentials(str(metadata.get(AUTHORIZATION_KEY, "")), name)


def http_credentials(request: web.Request, *, certificate_needed: bool) -> Credentials:
    """Return what a call on the side port brought, the same name for the same certificate.

    Raises `RevitronGrpcError`: UNAUTHENTICATED where a certificate is needed and none was shown,
    since on the gRPC port such a caller gets no connection; INVALID_REQUEST for a key in the URL,
    where logs of proxies and browsers keep it.
    """
    if any(
        name.lower() in _IN_URL or value.startswith(f"{PREFIX}_")
        for name, value in request.query.items()
    ):
        raise _key_in_url()
    secured = request.get_extra_info("ssl_object")
    shown = secured.getpeercert(binary_form=True) if isinstance(secured, ssl.SSLObject) else None
    if shown is None and certificate_needed:
        raise RevitronGrpcError(
            Reason.UNAUTHENTICATED,
            "this service needs a client certificate, and there is none; ask who runs it for one",
        )
    name = name_in(shown) if shown else ""
    return Credentials(request.headers.get(AUTHORIZATION_KEY, ""), name)


def _key_in_url() -> InvalidInputError:
    told = (
        "holds a key; send it as the header `Authorization: Bearer KEY`, and have this one "
        "revoked: whatever logs addresses has it now"
    )
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation("url", told),))
