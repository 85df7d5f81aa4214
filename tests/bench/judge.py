"""The judge against pyright with stubs of Revit 2026: the same scripts, one core each.

Both run as commands in processes of their own, start included. `revitron-grpc validate` judges for
five versions, pyright with the package pyrevit-stubs-26 for the one that it describes.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from revitron_grpc.catalog.load import packaged_catalog
from tests.bench.labelled import IN, LabelledScript, labelled_scripts
from tests.recipes.rendered import SCRIPTS

STUBS = "pyrevit-stubs-26==1.0"
RENDERED = 100
ROWS = 150
_LIMIT = 600
"""Seconds after which a tool is ended."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool reported, with its CPU seconds and its seconds by the clock."""

    errors: tuple[tuple[str, str], ...]
    """File and rule of each error, whatever version it is about."""
    places: frozenset[tuple[str, int]]
    """File and line of all that is reported to fail in Revit 2026."""
    cpu: float
    wall: float


def measure(given: Sequence[Path] = (), rows: int = ROWS, rendered: int = RENDERED) -> dict:
    """All figures of both tools; `given` are folders whose scripts are added to our own."""
    labelled = labelled_scripts(packaged_catalog(), rows)
    with tempfile.TemporaryDirectory(prefix="bench-judge-") as temporary:
        work = Path(temporary)
        stubs = _stubs(work / "stubs")
        clean, truth = work / "clean", work / "labelled"
        ours_only = _write_rendered(clean, rendered)
        for number, folder in enumerate(given):
            shutil.copytree(folder, clean / f"given{number}", ignore=_not_python)
        truth.mkdir()
        for script in labelled:
            (truth / script.name).write_text(script.text, encoding="utf-8")
        return {
            "rendered_scripts": len(ours_only),
            "given_scripts": _count(clean) - len(ours_only),
            "revitron_grpc": _figures("revitron_grpc", clean, truth, labelled, ours_only, stubs),
            "pyright": _figures("pyright", clean, truth, labelled, ours_only, stubs),
        }


def _write_rendered(folder: Path, count: int) -> frozenset[str]:
    """Write scripts of the recipes, evenly from the whole list; return their names."""
    (folder / "rendered").mkdir(parents=True)
    step = max(1, len(SCRIPTS) // count) if count else 1
    chosen = SCRIPTS[::step][: count or None]
    for number, one in enumerate(chosen):
        (folder / "rendered" / f"recipe{number:04d}.py").write_text(one.script, encoding="utf-8")
    return frozenset(f"rendered/recipe{number:04d}.py" for number in range(len(chosen)))


def _not_python(folder: str, names: list[str]) -> set[str]:
    return {n for n in names if not (n.endswith(".py") or (Path(folder) / n).is_dir())}


def _stubs(folder: Path) -> Path:
    """Install the stubs, which pyright alone sees."""
    install = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile")
    subprocess.run([*install, "--target", str(folder), STUBS], check=True, timeout=_LIMIT)
    return folder


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*.py"))


def _figures(
    tool: str,
    clean: Path,
    truth: Path,
    labelled: list[LabelledScript],
    rendered: frozenset[str],
    stubs: Path,
) -> dict[str, Any]:
    run = _pyright if tool == "pyright" else _judge
    speed, found = run(clean, stubs), run(truth, stubs)
    hit = {s.name for s in labelled if any((s.name, line) in found.places for line in s.lines)}
    missed = sorted({s.symbol for s in labelled if not s.guarded and s.name not in hit})
    wrong = sorted({s.symbol for s in labelled if s.guarded and s.name in hit})
    errors = [one for one in speed.errors if one[0] in rendered]
    count = _count(clean)
    return {
        "cpu_seconds": round(speed.cpu, 2),
        "wall_seconds": round(speed.wall, 2),
        "scripts_per_cpu_second": round(count / speed.cpu, 2),
        "breaks": sum(not s.guarded for s in labelled),
        "breaks_found": sum(not s.guarded and s.name in hit for s in labelled),
        "guarded": sum(s.guarded for s in labelled),
        "guarded_reported": sum(s.guarded and s.name in hit for s in labelled),
        "clean": len(rendered),
        "clean_with_errors": len({name for name, _ in errors}),
        "clean_errors_by_rule": dict(Counter(rule for _, rule in errors).most_common()),
        "missed": missed,
        "reported_although_guarded": wrong,
    }


def _judge(folder: Path, _: Path) -> Told:
    """Errors of all rules; errors and warnings about Revit 2026."""
    command = [sys.executable, "-m", "revitron_grpc", "validate", ".", "--format", "jsonl"]
    out, cpu, wall = _timed([*command, "--revit", "2022-2026", "--exit-zero"], folder)
    findings = [json.loads(line) for line in out.splitlines()]
    return Told(
        tuple((f["path"], f["rule"]) for f in findings if f["severity"] == "error"),
        frozenset(
            (f["path"], f["line"])
            for f in findings
            if f["severity"] != "info" and IN in f.get("revit_versions", ())
        ),
        cpu,
        wall,
    )


def _pyright(folder: Path, stubs: Path) -> Told:
    """Errors of the default rule set."""
    settings = {"include": ["."], "extraPaths": [str(stubs)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "-p", str(folder)]
    out, cpu, wall = _timed(command, folder)
    told = json.loads(out)
    if told["summary"]["filesAnalyzed"] != _count(folder):
        raise RuntimeError(f"pyright read {told['summary']['filesAnalyzed']} of {_count(folder)}")
    errors = [one for one in told["generalDiagnostics"] if one["severity"] == "error"]
    names = [Path(one["file"]).relative_to(folder.resolve()).as_posix() for one in errors]
    return Told(
        tuple((name, e.get("rule", "syntax")) for name, e in zip(names, errors, strict=True)),
        frozenset(
            (name, e["range"]["start"]["line"] + 1) for name, e in zip(names, errors, strict=True)
        ),
        cpu,
        wall,
    )


def _timed(command: list[str], folder: Path) -> tuple[str, float, float]:
    """Run on one core; what it printed, its CPU seconds and its seconds by the clock."""
    core = min(os.sched_getaffinity(0))
    pinned = f"import os,sys;os.sched_setaffinity(0,{{{core}}});os.execv(sys.argv[1],sys.argv[1:])"
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", pinned, *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=_LIMIT,
        check=False,
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if not done.stdout and done.returncode:
        raise RuntimeError(f"{command[2]} ended with {done.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, cpu, wall


def tell(figures: dict[str, Any]) -> None:
    """Print both tools side by side."""
    ours, other = figures["revitron_grpc"], figures["pyright"]
    count = figures["rendered_scripts"] + figures["given_scripts"]
    table = Table(
        f"{count} scripts, one core", "judge, Revit 2022-2026", f"pyright, {STUBS}", box=None
    )
    rows = [
        (what, *(str(one[key]) + (f" of {one[of]}" if of else "") for one in (ours, other)))
        for what, key, of in (
            ("scripts a second of CPU", "scripts_per_cpu_second", ""),
            ("seconds by the clock", "wall_seconds", ""),
            ("true breaks found", "breaks_found", "breaks"),
            ("guarded uses reported all the same", "guarded_reported", "guarded"),
            ("clean scripts with errors", "clean_with_errors", "clean"),
        )
    ]
    for row in rows:
        table.add_row(*row)
    ratio = ours["scripts_per_cpu_second"] / other["scripts_per_cpu_second"]
    table.add_row("times pyright's throughput", f"{ratio:.1f}", "1")
    console = Console()
    console.print(table)
    for name, one in (("judge", ours), ("pyright", other)):
        shown = ", ".join(symbol.removeprefix("Autodesk.Revit.") for symbol in one["missed"][:5])
        more = f" and {len(one['missed']) - 5} more" if len(one["missed"]) > 5 else ""
        console.print(f"missed by {name}: {shown or 'none'}{more}", highlight=False)


def main() -> None:
    """Measure and print; the JSON names every symbol missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scripts", type=Path, action="append", default=[], help="folder to add")
    parser.add_argument("--rows", type=int, default=ROWS, help="breaking changes; 0: all")
    parser.add_argument("--rendered", type=int, default=RENDERED, help="of the recipes; 0: all")
    parser.add_argument("--json", type=Path, help="file that receives the figures")
    arguments = parser.parse_args()
    figures = measure(arguments.scripts, arguments.rows, arguments.rendered)
    tell(figures)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
