"""`revitron-grpc config`: check and show settings."""

from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from pydantic import BaseModel, SecretStr

from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.terminal import out, told_errors
from revitron_grpc.framework_environment import chosen_file
from revitron_grpc.settings import Settings, load_settings
from revitron_grpc.settings.stores import without_password

app = typer.Typer(help="Check and show settings.", no_args_is_help=True)

_File = Annotated[Path | None, typer.Argument(help="A YAML file; the defaults if left out.")]


@app.command()
def check(path: _File = None) -> None:
    """Check a settings file and the environment; exit code 2 says what is wrong and where."""
    with told_errors():
        check_files(load_settings(path))
        checked = path or chosen_file()
    out.print(f"{checked or 'defaults and environment'}: good", markup=False)


def check_files(settings: Settings) -> None:
    """Check the files that the settings name, beyond that there are some.

    Raises `RevitronGrpcError`: INVALID_CONFIGURATION, or EXTRA_MISSING where there are files that
    only the service itself can read.
    """
    if settings.keys.in_use:
        settings.keys.hashing_secret()
    settings.resume.signing_secret(settings.keys)
    if settings.tls.enabled:
        require_server()
        from revitron_grpc.service.security.certificates import read_certificates

        read_certificates(settings.tls)


@app.command()
def show(path: _File = None) -> None:
    """Print the settings in force, defaults and environment included; secrets are masked."""
    with told_errors():
        settings = load_settings(path)
    shown = _masked(settings)
    shown["runs"]["url"] = without_password(settings.runs.url)
    out.print(yaml.safe_dump(shown, sort_keys=False).rstrip(), markup=False)


def _masked(section: BaseModel) -> dict[str, Any]:
    """The settings of a section at any depth; what its repr leaves out is a secret."""
    shown = section.model_dump(mode="json")
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            shown[name] = _masked(value)
        elif value and (not field.repr or isinstance(value, SecretStr)):
            shown[name] = "***"
    return shown
