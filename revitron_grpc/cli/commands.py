"""All commands in one place, one module each."""

import typer

from revitron_grpc import __version__
from revitron_grpc.cli import catalog, config, generate, health, recipes, rules, serve, validate
from revitron_grpc.cli.terminal import out, use_utf8

app = typer.Typer(
    name="revitron-grpc",
    help="Validated pyRevit buttons: generate them, judge your own, run the service.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"revitron-grpc {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    """Streams button specs proven against the Revit API facts; not run in your Revit."""
    del version
    use_utf8()


app.command("generate")(generate.generate)
app.command("validate")(validate.validate)
app.command("rules")(rules.rules)
app.command("serve")(serve.serve)
app.command("health")(health.health)
app.add_typer(catalog.app, name="catalog")
app.add_typer(config.app, name="config")
app.add_typer(recipes.app, name="recipes")
