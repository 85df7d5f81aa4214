"""The command `revitron-grpc`."""

import os
import sys

from revitron_grpc.service.process.interpreter import collect_rarely


def run() -> None:
    """Run the command line; the entry point of the installed command."""
    if sys.argv[1:2] != ["serve"]:
        # Beside our own message, what gRPC writes by itself only frightens; a service's log
        # keeps it. It is read when gRPC is imported.
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    collect_rarely()
    try:
        from revitron_grpc.cli.commands import app

        app()
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("revitron_grpc"):
            raise
        sys.stderr.write(
            f"The command line needs the package {error.name}: "
            "install it with `pip install revitron-grpc[cli]`.\n"
        )
        sys.exit(2)
