"""The page docs/behaviours.md, from the table of behaviours itself.

`python -m tests.docs.behaviours_page` writes it.
"""

from tests.docs.pages import ROOT
from tests.simulation.behaviour_table import ROWS

PAGE = ROOT / "docs" / "behaviours.md"
_NEWEST = 9999

_TITLES = {
    "collectors": "Collectors",
    "dotnet": "Python and .NET",
    "elements": "Elements",
    "failures": "Warnings, errors and groups",
    "geometry": "Geometry",
    "links": "Links",
    "mep": "Ducts and pipes",
    "names": "Names",
    "parameters": "Parameters and units",
    "rooms": "Rooms and doors",
    "transactions": "Transactions",
    "views": "Views, sheets and revisions",
    "worksharing": "Worksharing and phases",
}

_HEAD = """\
# Behaviours of Revit

What Revit does where scripts expect otherwise. The simulated Revit is held to this table by a test
for each row, in the oldest and the newest Revit version that the row concerns; the button
*Check behaviours* of [the extension for Revit](../clients/pyrevit/README.md) replays the same rows
in a real one and exports where it differs. **That has not been done yet**: the expectations rest on
their sources, not on a Revit that we ran.

A source is a page of Autodesk's documentation, a thread or an article; *field knowledge* is what
people who work with Revit say and no page that we found. Where no source decides, the row says
*undecided*: the simulation refuses to guess, and the replay writes down what Revit does.

`python -m tests.docs.behaviours_page` writes this page from
`clients/pyrevit/RevitronGrpc.extension/lib/revit_behaviours/`.
"""


def _versions(since: int, until: int) -> str:
    if until == _NEWEST:
        return "" if since <= 2022 else f" (from {since})"
    return f" (up to {until})" if since <= 2022 else f" ({since} to {until})"


def _source(source: str) -> str:
    if not source.startswith("http"):
        return source
    host = source.split("/")[2].removeprefix("www.")
    return f"[{host}]({source})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def behaviours_page() -> str:
    """The whole page."""
    lines = [_HEAD]
    decided = sum(row.expected is not None for row in ROWS)
    numbers = {row.number.split(".")[0] for row in ROWS}
    lines.append(
        f"{len(numbers)} behaviours in {len(ROWS)} rows, {len(ROWS) - decided} of them undecided.\n"
    )
    for area in sorted(_TITLES, key=lambda name: _TITLES[name]):
        lines.append(f"## {_TITLES[area]}\n")
        lines.append("| number | behaviour | expected | source |")
        lines.append("|---|---|---|---|")
        for row in (row for row in ROWS if row.area == area):
            expected = "*undecided*" if row.expected is None else f"`{row.expected}`"
            title = row.title + _versions(row.since, row.until)
            cells = (row.number, _cell(title), _cell(expected), _source(row.source))
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(behaviours_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
