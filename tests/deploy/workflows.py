"""The workflows, held against actionlint, zizmor, their schemas and what was agreed on."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.artefact import ROOT, FailedCheck, check, run_tool

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TOOLS = ROOT / ".tools" / "release" / "bin"
_USES = re.compile(r"uses:\s*(\S+)(.*)")
_PINNED = re.compile(r"([\w.-]+/[\w./-]+)@([0-9a-f]{40})")
_RELEASE = re.compile(r"\s+# v\d+\.\d+\.\d+")


def _documents() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in WORKFLOWS:
        yield path.name, yaml.safe_load(path.read_text(encoding="utf-8"))


@check(".github/workflows/", "actionlint with ShellCheck")
def are_sound() -> str:
    """Expressions, contexts, inputs of actions, and every script in them."""
    # Without ShellCheck actionlint would leave the scripts out in silence.
    run_tool(TOOLS / "shellcheck", "--version")
    run_tool("actionlint", "-shellcheck", TOOLS / "shellcheck", "-pyflakes", "")
    return f"{len(WORKFLOWS)} workflows"


@check(".github/ and action.yml", "zizmor --offline")
def are_safe() -> str:
    """No template injection, no rights or credentials that are not needed, nothing unpinned."""
    # Without `strict` it passes over a file that it cannot read.
    run_tool(TOOLS / "zizmor", "--offline", "--strict-collection", "--no-progress", ".")
    return "no findings"


@check(".github/", "schemas of workflows, actions, Dependabot")
def have_the_form() -> str:
    """The schemas of schemastore.org, as check-jsonschema carries them."""
    run_tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    run_tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    run_tool("check-jsonschema", "--builtin-schema", "vendor.dependabot", ".github/dependabot.yml")
    return f"{len(WORKFLOWS) + 2} files"


@check(".github/workflows/ and action.yml", "digests of actions")
def actions_are_pinned() -> str:
    """Each action by the digest of its commit, with its version beside it, the same everywhere."""
    wrong: list[str] = []
    pins: dict[str, set[str]] = {}
    for path in (*WORKFLOWS, ROOT / "action.yml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            uses = _USES.search(line)
            if not uses or uses[1].startswith("./"):
                continue
            pinned = _PINNED.fullmatch(uses[1])
            if not pinned or not _RELEASE.fullmatch(uses[2]):
                wrong.append(f"{path.name}:{number}: {line.strip()}")
                continue
            pins.setdefault(pinned[1], set()).add(f"{pinned[2]}{uses[2]}")
    wrong += [
        f"{action} is pinned to {sorted(found)}" for action, found in pins.items() if len(found) > 1
    ]
    if wrong:
        raise FailedCheck(f"{len(wrong)} not pinned to one commit\n" + "\n".join(wrong))
    return f"{len(pins)} actions"


@check(".github/workflows/", "rights, limits of time, Python versions")
def keep_to_what_was_agreed() -> str:
    """Least rights, an end for every job, and tests on the Python versions that are promised."""
    wrong: list[str] = []
    versions: set[str] = set()
    for name, document in _documents():
        if document.get("permissions") not in ({}, {"contents": "read"}):
            wrong.append(f"{name}: rights for all jobs that not each of them needs")
        if "concurrency" not in document:
            wrong.append(f"{name}: two of it may be under way at once")
        for job, what in document["jobs"].items():
            if "uses" in what:
                # Another workflow of these.
                continue
            if "timeout-minutes" not in what:
                wrong.append(f"{name}: {job} may go on for ever")
            for one in what["steps"]:
                takes = one.get("uses", "").startswith("actions/checkout@")
                if takes and one.get("with", {}).get("persist-credentials") is not False:
                    wrong.append(f"{name}: {job} leaves its credentials to later steps")
            if name == "test.yml":
                versions |= set(_python_versions(what))
    promised = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    least = promised["requires-python"].removeprefix(">=")
    minors = sorted(int(version.partition(".")[2]) for version in versions)
    if minors != list(range(int(least.partition(".")[2]), minors[-1] + 1)):
        wrong.append(f"test.yml tests {sorted(versions)}; promised is {least} and later")
    if wrong:
        raise FailedCheck("\n".join(["", *wrong]))
    for minor in minors:
        run_tool(
            "ruff", "check", "--target-version", f"py3{minor}", "--select", "F", "revitron_grpc"
        )
    return f"Python {', '.join(f'3.{minor}' for minor in minors)}"


def _python_versions(job: dict[str, Any]) -> Iterator[str]:
    yield from job.get("strategy", {}).get("matrix", {}).get("python-version", ())
    for one in job["steps"]:
        version = one.get("with", {}).get("python-version", "")
        if version and "$" not in version:
            yield version


@check(".github/workflows/release.yml", "order of its jobs")
def releases_what_passed() -> str:
    """Nothing leaves for good before tests, build, signatures and image are through."""
    document = dict(_documents())["release.yml"]
    jobs = document["jobs"]

    def before(job: str) -> set[str]:
        needs = jobs[job].get("needs", [])
        direct = {needs} if isinstance(needs, str) else set(needs)
        return direct.union(*(before(one) for one in direct))

    wanted = {"test", "build", "attest", "image"}
    wrong = [
        f"{job} does not wait for {', '.join(sorted(wanted - before(job)))}"
        for job in ("publish", "page")
        if not wanted <= before(job)
    ]
    wrong += [
        f"{job} is not {workflow}"
        for job, workflow in (("test", "test.yml"), ("image", "image.yml"))
        if jobs[job].get("uses") != f"./.github/workflows/{workflow}"
    ]
    if wrong:
        raise FailedCheck("; ".join(wrong))
    return " -> ".join(sorted(jobs, key=lambda job: (len(before(job)), job)))


@check(".github/workflows/", "paths and commands of the project")
def name_what_is_there() -> str:
    """Files of the project, and targets of its Makefile, that a step names exist."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    seen, wrong = 0, []
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        for found in re.findall(r"(?<![\w./-])(?:deploy|tests|\.ci)/[\w./-]*\w", text):
            seen += 1
            if not Path(ROOT, found).exists():
                wrong.append(f"{path.name}: there is no {found}")
            elif found.endswith(".sh") and not os.access(ROOT / found, os.X_OK):
                wrong.append(f"{path.name}: {found} cannot be run")
        for target in re.findall(r"\bmake ([a-z-]+)\b", text):
            seen += 1
            if target not in targets:
                wrong.append(f"{path.name}: make has no {target}")
    if wrong:
        raise FailedCheck("; ".join(wrong))
    return f"{seen} exist"
