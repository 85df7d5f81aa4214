"""The labelled sets, and what the analyser and the comparison of tools say of them."""

import csv
from dataclasses import dataclass
from pathlib import Path

from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.catalog.similarity import ToolDescription, function_of, similarity
from revitron_grpc.vocabulary import Engine
from tests.score.figures import word_overlap

FILES = ("made_up_api.csv", "prelude.txt", "tool_pairs.csv")


@dataclass(frozen=True)
class MadeUp:
    """An invented use of API: whether it is an error in every version, and its real twin in any."""

    id: str
    needs: str
    flagged: bool
    twin_flagged: bool


@dataclass(frozen=True)
class Pair:
    """Two tools: their label, and how similar they are by function and by words."""

    label: str
    hard: bool
    similarity: float
    titles: float
    words: float


def missing(folder: Path) -> list[str]:
    """The files of the labelled sets that are not in a folder."""
    return [name for name in FILES if not (folder / name).is_file()]


def made_up(folder: Path, catalog: Catalog) -> list[MadeUp]:
    """Judge every invented use and its twin."""
    prelude = (folder / "prelude.txt").read_text(encoding="utf-8").rstrip() + "\n"
    view = ApiView(catalog, catalog.versions)
    options = AnalysisOptions(catalog.versions, Engine.IRONPYTHON_27)

    def failing(snippet: str) -> list[int]:
        """In how many versions each error fails."""
        findings = analyse(prelude + snippet + "\n", catalog, options, view).findings
        return [len(f.revit_versions) for f in findings if f.severity is Severity.ERROR]

    return [
        MadeUp(
            row["id"],
            row["needs"],
            len(catalog.versions) in failing(row["made_up"]),
            bool(failing(row["real_twin"])),
        )
        for row in _rows(folder / "made_up_api.csv")
    ]


def pairs(folder: Path) -> list[Pair]:
    """Compare the tools of every pair."""
    found = []
    for row in _rows(folder / "tool_pairs.csv"):
        (a, does_a), (b, does_b) = ((row[f"title_{x}"], row[f"does_{x}"]) for x in "ab")
        one, other = (function_of(ToolDescription(*of)) for of in ((a, does_a), (b, does_b)))
        found.append(
            Pair(
                row["label"],
                bool(row["hard_case"]),
                similarity(one, other),
                word_overlap(a, b),
                word_overlap(f"{a} {does_a}", f"{b} {does_b}"),
            )
        )
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
