"""TLS on the two ports, from one set of files."""

import ssl

import grpc

from revitron_grpc.service.security.certificates import CertificateFiles
from revitron_grpc.settings import TlsSettings


def grpc_port_credentials(files: CertificateFiles) -> grpc.ServerCredentials:
    """Return what the gRPC port serves with; gRPC accepts TLS 1.2 and 1.3 and nothing older."""
    return grpc.ssl_server_credentials(
        [(files.private_key, files.certificate)],
        root_certificates=files.client_ca or None,
        require_client_auth=bool(files.client_ca),
    )


def side_port_context(settings: TlsSettings) -> ssl.SSLContext:
    """Return what the side port serves with.

    With mutual TLS a certificate is asked for and checked in the handshake, but one who shows none
    is let through: balancers and monitors ask /health without one. Calls refuse him.
    """
    if settings.certificate is None or settings.private_key is None:
        raise ValueError("TLS is off")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(settings.certificate, settings.private_key)
    if settings.client_ca is not None:
        context.verify_mode = ssl.CERT_OPTIONAL
        context.load_verify_locations(settings.client_ca)
    return context
