"""`make score`: how well the judge does on labelled sets, with intervals.

The sets are small: they show where the judge stands, and are no target to fit it to.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from revitron_grpc.catalog.load import packaged_catalog
from tests.score.figures import Estimate, separation, share
from tests.score.labels import MadeUp, Pair, made_up, missing, pairs

LABELS = Path(__file__).parents[2].parent / "shared" / "labels"


def main(arguments: list[str]) -> int:
    """Print the figures; 2 where the labelled sets are not there, 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="make score", description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS, help="folder of the labelled sets")
    folder = parser.parse_args(arguments).labels
    absent = missing(folder)
    if absent:
        print(
            f"{folder} has no {', '.join(absent)}: the labelled sets are not part of the "
            "repository; say where they are with --labels FOLDER",
            file=sys.stderr,
        )
        return 2
    uses, compared = made_up(folder, packaged_catalog()), pairs(folder)
    reached = _print(_rows(uses, compared))
    for one in uses:
        if one.twin_flagged or not one.flagged:
            what = "its real twin is reported" if one.twin_flagged else "is not reported"
            print(f"{one.id} (needs: {one.needs}): {what}")
    return 0 if reached else 1


def _rows(uses: list[MadeUp], compared: list[Pair]) -> list[tuple[str, int, Estimate, str, bool]]:
    flagged = share([one.flagged for one in uses])
    twins = share([one.twin_flagged for one in uses])
    rows = [
        ("made-up API reported", len(uses), flagged, ">= 0.95", flagged.value >= 0.95),
        ("their real twins reported", len(uses), twins, "0.00", twins.value == 0),
    ]
    for hard, goal in ((False, 0.90), (True, 0.80)):
        same, other = (
            [one for one in compared if one.label == label and (one.hard or not hard)]
            for label in ("duplicate", "different")
        )
        which = "duplicate against different" + (", hard cases" if hard else "")
        count = len(same) + len(other)
        for name, of in (
            ("function", lambda one: one.similarity),
            ("words of titles", lambda one: one.titles),
            ("words of titles and descriptions", lambda one: one.words),
        ):
            area = separation([of(one) for one in same], [of(one) for one in other])
            ours = name == "function"
            stated = f">= {goal:.2f}" if ours else "baseline"
            rows.append((f"{which}: {name}", count, area, stated, not ours or area.value >= goal))
    return rows


def _print(rows: list[tuple[str, int, Estimate, str, bool]]) -> bool:
    table = Table("figure", "of", "value [95 % interval]", "goal", "")
    for name, count, estimate, goal, reached in rows:
        told = "" if goal == "baseline" else "reached" if reached else "MISSED"
        table.add_row(name, str(count), str(estimate).replace("[", r"\["), goal, told)
    Console(width=120).print(table)
    return all(reached for *_, reached in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
