"""The options by which a command finds a service, trusts it, and says who calls."""

import os
from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.client.connection import Connection, connection_to
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.settings import API_KEY_VARIABLE

_MAX_KEY_FILE = 8192

TlsOption = Annotated[
    bool, typer.Option("--tls", help="The service, or the proxy before it, speaks TLS.")
]
CaOption = Annotated[
    Path | None,
    typer.Option("--ca", help="PEM file of the authority to trust; implies --tls."),
]
CertificateOption = Annotated[
    Path | None,
    typer.Option(
        "--certificate", help="PEM file of your certificate, for a service that asks for one."
    ),
]
PrivateKeyOption = Annotated[
    Path | None, typer.Option("--private-key", help="PEM file of your certificate's key.")
]
ServerNameOption = Annotated[
    str,
    typer.Option(
        "--server-name", help="The name in the service's certificate, if not the host of --server."
    ),
]
ApiKeyFileOption = Annotated[
    Path | None,
    typer.Option("--api-key-file", help=f"File with your API key; wins over {API_KEY_VARIABLE}."),
]


def connection_from(
    server: str,
    tls: bool = False,
    ca: Path | None = None,
    certificate: Path | None = None,
    private_key: Path | None = None,
    server_name: str = "",
    api_key_file: Path | None = None,
) -> Connection:
    """Return what the options say, with the key of the file or the environment.

    A key is no option: the list of processes would show it. Raises `RevitronGrpcError`
    (INVALID_CONFIGURATION).
    """
    # The address first: whether a key may be sent hangs on it.
    options = Connection("localhost:0", tls, ca, certificate, private_key, server_name=server_name)
    found = connection_to(server, options)
    return Connection(
        found.target,
        found.tls,
        ca,
        certificate,
        private_key,
        server_name,
        _api_key(api_key_file),
    )


def _api_key(path: Path | None) -> str:
    if path is None:
        return os.environ.get(API_KEY_VARIABLE, "").strip()
    try:
        with path.open("rb") as file:
            key = file.read(_MAX_KEY_FILE).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "is no text"
        raise _wrong(f"{path}: the API key cannot be read: {why}") from error
    if not key:
        raise _wrong(f"{path}: holds no API key")
    return key


def _wrong(message: str) -> RevitronGrpcError:
    return RevitronGrpcError(Reason.INVALID_CONFIGURATION, message)
