"""The packaged results of `recipes test`: what was proven before a release, for each candidate.

They hold for exactly the recipe, values, script and simulation that they were made with: each is
found under a key of the first three, and the whole table only under the simulation's digest.
"""

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from revitron_grpc.catalog.query import Catalog
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.simulation.digest import simulation_digest
from revitron_grpc.simulation.tested import TestedCandidate, TestedScenario
from revitron_grpc.vocabulary import Library

FORMAT = 1


def proof_key(candidate: Candidate, flavour: Library, script: str) -> str:
    """Name a candidate by recipe digest, parameter values and script."""
    digest = hashlib.sha256(candidate.loaded.digest.encode())
    digest.update(f"\0{candidate.id}\0{flavour}\0{script}".encode())
    return digest.hexdigest()[:20]


class ProofTable:
    """The table as it was read; empty where it belongs to another simulation."""

    def __init__(self, tested: dict[str, TestedCandidate]) -> None:
        self._tested = tested

    def __len__(self) -> int:
        return len(self._tested)

    def find(self, key: str) -> TestedCandidate | None:
        """Return the packaged runs of a candidate by its `proof_key`, or None."""
        return self._tested.get(key)


def read_table(text: str, catalog: Catalog) -> ProofTable:
    """Read a table; it is empty if it was made with another simulation or in another format."""
    data: dict[str, Any] = json.loads(text)
    if data["format"] != FORMAT or data["simulation"] != simulation_digest(catalog):
        return ProofTable({})
    return ProofTable(
        {
            key: TestedCandidate(
                tuple(TestedScenario(*scenario) for scenario in entry["scenarios"]),
                tuple(entry["versions"]),
                tuple(entry["engines"]),
            )
            for key, entry in data["proofs"].items()
        }
    )


def write_table(path: Path, tested: dict[str, TestedCandidate], catalog: Catalog) -> None:
    """Write a table, whole or not at all; the same runs give the same bytes."""
    data = {
        "format": FORMAT,
        "simulation": simulation_digest(catalog),
        "proofs": {
            key: {
                "scenarios": [[s.id, s.proven, s.runs] for s in entry.scenarios],
                "versions": list(entry.versions),
                "engines": list(entry.engines),
            }
            for key, entry in sorted(tested.items())
        },
    }
    beside = path.with_suffix(".tmp")
    beside.write_text(_lines(data), encoding="utf-8", newline="\n")
    beside.replace(path)


def _lines(data: dict[str, Any]) -> str:
    """One line a candidate, so that a change of one recipe is a small change of the file."""
    head = {key: value for key, value in data.items() if key != "proofs"}
    proofs = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(entry, separators=(',', ':'))}"
        for key, entry in data["proofs"].items()
    )
    return json.dumps(head)[:-1] + ', "proofs": {\n' + proofs + "\n}}\n"


PACKAGED = Path(str(resources.files("revitron_grpc") / "recipes" / "proofs.json"))
"""The table that comes with the package."""


@cache
def _packaged_text() -> str:
    return PACKAGED.read_text(encoding="utf-8") if PACKAGED.is_file() else ""


def packaged_proofs(catalog: Catalog) -> ProofTable:
    """Return the table that comes with the package."""
    text = _packaged_text()
    return read_table(text, catalog) if text else ProofTable({})
