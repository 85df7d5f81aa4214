"""What came of a run, for people."""

from rich.table import Table

from revitron_grpc.bundles.writer import WrittenExtension
from revitron_grpc.cli.terminal import err, out
from revitron_grpc.contract import CATEGORY_OF, CRITERION_OF
from revitron_grpc.v1.button_service_pb2 import RunSummary


def tell_summary(summary: RunSummary, wanted: int) -> None:
    """Print what was accepted and rejected, and why something is missing."""
    table = Table("Category", "Wanted", "Accepted", "Rejected", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for outcome in summary.categories:
        table.add_row(
            CATEGORY_OF[outcome.category].replace("_", " ").capitalize(),
            str(outcome.wanted),
            str(outcome.accepted),
            str(outcome.rejected),
        )
    out.print(table)
    for outcome in summary.categories:
        if outcome.shortage_reason:
            category = CATEGORY_OF[outcome.category]
            out.print(f"shortage in {category}: {outcome.shortage_reason}", markup=False)
    if summary.rejected_by_criterion:
        counts = ", ".join(
            f"{CRITERION_OF[c.criterion]} {c.candidates}" for c in summary.rejected_by_criterion
        )
        out.print(f"rejected by criterion: {counts}", markup=False)
    out.print(
        f"{summary.accepted} of {wanted} buttons from {summary.recipes} recipes; "
        f"{summary.rejected} candidates rejected",
        markup=False,
    )
    out.print(summary.proof_statement, markup=False)
    if summary.criteria_coverage < 1:
        err.print(
            f"warning: {summary.proof_statement} Every spec carries this mark.",
            style="bold red",
            markup=False,
        )


def tell_extension(written: WrittenExtension) -> None:
    """Say where the extension is and how to use it."""
    out.print(f"Written: {written.path} ({written.files} files)", markup=False)
    out.print(
        f"To use it, add the folder {written.path.resolve().parent} in pyRevit's settings under "
        "Custom Extension Directories, then reload pyRevit.",
        markup=False,
    )
