"""The command `revitron-grpc`."""

import sys


def run() -> None:
    """Run the command line; the entry point of the installed command."""
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
