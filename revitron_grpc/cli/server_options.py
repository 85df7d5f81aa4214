"""The options by which a command finds a service and trusts it."""

from pathlib import Path
from typing import Annotated

import typer

TlsOption = Annotated[
    bool, typer.Option("--tls", help="The service, or the proxy before it, speaks TLS.")
]
CaOption = Annotated[
    Path | None,
    typer.Option("--ca", help="PEM file of the authority to trust; implies --tls."),
]
