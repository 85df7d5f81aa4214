"""`revitron-grpc catalog`: what is known of the Revit API, and how to build it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from revitron_grpc.catalog.build import build_catalog
from revitron_grpc.catalog.load import PACKAGED, load_catalog, packaged_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.catalog.search import SearchHit
from revitron_grpc.cli.catalog_import import import_assemblies
from revitron_grpc.cli.catalog_option import CatalogOption
from revitron_grpc.cli.refresh import refresh
from revitron_grpc.cli.terminal import ExitCode, err, out, told_errors

app = typer.Typer(help="What is known, and since when.", no_args_is_help=True)
app.command()(refresh)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def info(path: CatalogOption = None, as_json: _Json = False) -> None:
    """Show digest, versions, counts and sources of the catalog."""
    with told_errors():
        catalog = _open(path)
    facts = {
        "digest": catalog.digest,
        "revit_versions": list(catalog.versions),
        "types": len(catalog.types),
        "members": sum(len(api.members) for api in catalog.types),
        "existing_tools": len(catalog.tools),
        "native_commands": len(catalog.native_commands),
        "completeness": catalog.completeness,
        "sources": [
            {"name": s.name, "version": s.version, "completeness": s.completeness}
            for s in catalog.sources
        ],
    }
    if as_json:
        out.print(json.dumps(facts, indent=2, ensure_ascii=False), markup=False)
        return
    for key in list(facts)[:-1]:
        value = facts[key]
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        out.print(f"{key.replace('_', ' '):16} {shown}", markup=False)
    table = Table("Source", "Version", "Completeness", box=None, pad_edge=False)
    for source in catalog.sources:
        table.add_row(source.name, source.version, f"{source.completeness:.4f}")
    out.print(table)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="ElementId.IntegerValue, OfClass, forms.alert ...")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="Answers at most.")] = 10,
    path: CatalogOption = None,
    as_json: _Json = False,
) -> None:
    """Look up an API member: where, since when, until when, what instead, link.

    Exit code 1 if nothing is found.
    """
    with told_errors():
        hits = _open(path).search(query, limit)
    if as_json:
        rows = [{k: v for k, v in asdict(hit).items() if k != "symbol"} for hit in hits]
        out.print(json.dumps(rows, indent=2, ensure_ascii=False), markup=False)
    elif not hits:
        err.print(f"nothing is called {query!r} or nearly so", markup=False)
    else:
        if hits[0].score < 100:
            err.print(f"nothing is called {query!r}; similar names:", markup=False)
        for hit in hits:
            _tell(hit)
    if not hits:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command()
def build(
    facts: Annotated[Path, typer.Option("--from", help="The folder with the facts.")] = Path(
        "../shared/facts"
    ),
    target: Annotated[Path, typer.Option("--out", help="The catalog file to write.")] = PACKAGED,
) -> None:
    """Build the packaged catalog from facts; the same facts give the same bytes."""
    with told_errors():
        report = build_catalog(facts, target)
    out.print(
        f"{report.target}: {report.types} types, {report.members} members, {report.tools} tools, "
        f"{report.size} bytes\ndigest {report.digest}",
        markup=False,
    )


app.command("import")(import_assemblies)


def _open(path: Path | None) -> Catalog:
    return load_catalog(path) if path else packaged_catalog()


def _tell(hit: SearchHit) -> None:
    out.print(f"{hit.full_name}  [{hit.kind}]", markup=False, style="bold")
    if hit.signature:
        out.print(f"  {hit.signature}", markup=False)
    where = ", ".join(map(str, hit.versions)) or hit.library
    facts = [f"in {where}"]
    if hit.unknown_in:
        facts.append(f"unknown in {', '.join(map(str, hit.unknown_in))}")
    if hit.since:
        facts.append(f"since {hit.since}")
    if hit.obsolete_since:
        facts.append(f"obsolete since {hit.obsolete_since}")
    if hit.removed_in:
        facts.append(f"removed in {hit.removed_in}")
    out.print(f"  {'; '.join(facts)}", markup=False)
    if hit.instead:
        out.print(f"  instead: {hit.instead}", markup=False)
    if hit.url:
        out.print(f"  {hit.url}", markup=False)
