"""What `make deploy-check` runs: one check an artefact, by a tool that its users trust."""

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"

Run = Callable[[], str]


class FailedCheck(Exception):
    """An artefact is not as it should be; the text says why."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table.

    Attributes:
        kind: what may be asked for alone, such as "systemd"; the module's name.
        artefact: the file or folder that is checked, from the top of the project.
        tool: the program, or the way, that checks it.
        run: returns what was found in a few words; raises FailedCheck.
    """

    kind: str
    artefact: str
    tool: str
    run: Run


_CHECKS: list[Check] = []


def check(artefact: str, tool: str) -> Callable[[Run], Run]:
    """Register a function as the check of an artefact."""

    def register(run: Run) -> Run:
        _CHECKS.append(Check(run.__module__.rpartition(".")[2], artefact, tool, run))
        return run

    return register


def all_checks() -> Iterator[Check]:
    """Yield the checks in the order of their registration."""
    yield from _CHECKS


def run_tool(
    *words: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    timeout: float = 300,
    accepted: Sequence[int] = (0,),
    stdin: str | None = None,
) -> str:
    """Run a program and return what it printed, both streams together.

    Raises:
        FailedCheck: it ended with another code than the accepted ones, not within `timeout`
            seconds, or it is not installed.
    """
    line = " ".join(map(str, words))
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=env,
            timeout=timeout,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise FailedCheck(
            f"{words[0]} is not installed: run tests/install-deploy-tools.sh"
        ) from error
    except subprocess.TimeoutExpired as error:
        said = error.stdout or b""
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        raise FailedCheck(f"{line}: no end after {timeout:.0f} s\n{text}") from error
    if done.returncode not in accepted:
        raise FailedCheck(f"{line}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout
