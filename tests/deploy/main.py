"""`make deploy-check`: hold each artefact of the deployment kit against the tool its users trust.

One line an artefact: what checked it, and the result. The exit code is 1 if one failed.
"""

import argparse
import importlib
import itertools
import json
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tests.deploy.artefact import Check, FailedCheck, all_checks

GROUPS = (
    ("names", "versions", "firewall", "sysctl", "redis", "postgresql", "workflows"),
    ("k8s",),
    ("monitoring",),
    ("elk",),
    ("release",),
    ("docker",),
    ("newcomer", "runbook"),
    ("systemd", "backup"),
    ("ansible",),
)
"""Modules of this package with checks, the quick ones first; those of a group share a machine."""
KINDS = tuple(itertools.chain.from_iterable(GROUPS))


@dataclass(frozen=True, slots=True)
class Line:
    """A check that was run."""

    artefact: str
    tool: str
    passed: bool
    result: str
    seconds: float


def run(check: Check) -> Line:
    """Run one check."""
    began = time.perf_counter()
    try:
        passed, result = True, check.run()
    except FailedCheck as failed:
        passed, result = False, str(failed)
    except Exception:
        # A mistake of the check itself; the others are run all the same.
        passed, result = False, f"the check broke\n{traceback.format_exc()}"
    return Line(check.artefact, check.tool, passed, result, round(time.perf_counter() - began, 1))


def show(line: Line, console: Console) -> None:
    """Print one line, and below it what a tool said that found a fault."""
    mark = "[green]ok[/]    " if line.passed else "[bold red]FAILED[/]"
    head, _, rest = line.result.partition("\n")
    console.print(
        f"{mark} {line.artefact}  [dim]{line.tool}:[/] {head}  [dim]{line.seconds:.1f} s[/]",
        highlight=False,
        soft_wrap=True,
    )
    if rest and not line.passed:
        console.print(rest.rstrip(), highlight=False, markup=False, soft_wrap=True)


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for; 0 if all is well, 1 if not, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="make deploy-check", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS) + "; all")
    parser.add_argument("--jobs", type=int, default=1, help="groups of kinds side by side")
    parser.add_argument(
        "--no-total", dest="total", action="store_false", help="leave out the last line"
    )
    parser.add_argument("--list", action="store_true", help="print the checks, run none")
    parser.add_argument("--json", type=Path, help="write the lines there too")
    options = parser.parse_args(words)
    unknown = sorted(set(options.kinds) - set(KINDS))
    if unknown:
        parser.error(f"no such kind: {', '.join(unknown)}; there are {', '.join(KINDS)}")
    kinds = [kind for kind in KINDS if not options.kinds or kind in options.kinds]
    console = Console()
    if options.jobs > 1 and not options.list:
        lines = _side_by_side(kinds, options.jobs)
    else:
        for kind in kinds:
            importlib.import_module(f"tests.deploy.{kind}")
        # One kind may import what it needs from another, with its checks.
        checks = [check for check in all_checks() if check.kind in kinds]
        if options.list:
            for check in checks:
                console.print(f"{check.kind}: {check.artefact} ({check.tool})", highlight=False)
            return 0
        lines = []
        for check in checks:
            lines.append(run(check))
            show(lines[-1], console)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps([_record(line) for line in lines], indent=2) + "\n")
    failed = sum(not line.passed for line in lines)
    if options.total:
        console.print(f"{len(lines) - failed} of {len(lines)} checks passed", highlight=False)
    return 1 if failed else 0


def _side_by_side(kinds: Sequence[str], jobs: int) -> list[Line]:
    """Run each group in a process of its own, so many at once, the long ones first."""
    wanted = [[kind for kind in group if kind in kinds] for group in reversed(GROUPS)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        files = [Path(folder, f"{number}.json") for number in range(len(wanted))]
        return list(itertools.chain.from_iterable(pool.map(_in_a_process, wanted, files)))


def _in_a_process(group: list[str], file: Path) -> list[Line]:
    if not group:
        return []
    words = [sys.executable, "-m", "tests.deploy.main", *group, "--json", str(file), "--no-total"]
    code = subprocess.run(words, stdin=subprocess.DEVNULL, check=False).returncode
    if not file.exists():
        return [Line("deploy/", ", ".join(group), False, f"ended with exit code {code}", 0.0)]
    return [Line(**record) for record in json.loads(file.read_text(encoding="utf-8"))]


def _record(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in Line.__slots__}


if __name__ == "__main__":
    sys.exit(main())
